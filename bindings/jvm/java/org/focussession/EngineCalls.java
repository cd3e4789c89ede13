// SPDX-License-Identifier: MIT
package org.focussession;

/** What the library calls of an engine: exceptions end here. */
final class EngineCalls {
  private EngineCalls() {}

  /** Called by the library; a code of the C header. */
  @SuppressWarnings("unused")
  private static int generate(Engine engine, long nativeBrief, long nativeSink) {
    Sink sink = new Sink(nativeSink);
    try {
      Brief brief = new Brief();
      Native.briefRead(nativeBrief, brief);
      brief.previousSamples = Native.briefPrevious(nativeBrief);
      engine.generate(brief, sink);
      return 0;
    } catch (FocusException error) {
      explain(sink, error);
      return error.rawCode() < 0 ? error.rawCode() : FocusException.Code.ENGINE.code();
    } catch (Throwable error) {
      explain(sink, error);
      return FocusException.Code.ENGINE.code();
    } finally {
      sink.invalidate();
    }
  }

  @SuppressWarnings("unused")
  private static void release(Engine engine) {
    engine.release();
  }

  private static void explain(Sink sink, Throwable error) {
    try {
      String message = error instanceof FocusException ? error.getMessage() : error.toString();
      sink.explain(String.valueOf(message).replace('\0', ' ').replace('\n', ' '));
    } catch (Throwable ignored) {
      // The code says what can be said.
    }
  }
}
