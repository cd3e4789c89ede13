// SPDX-License-Identifier: MIT
package org.focussession;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Where an engine puts its audio; it may be used until {@link Engine#generate} returns, by any thread. */
public final class Sink {
  private long sink;

  Sink(long sink) {
    this.sink = sink;
  }

  /**
   * Takes the next frames, interleaved; what is beyond the brief's frames is dropped.
   *
   * @param channelCount 1 or 2
   */
  public synchronized void write(float[] samples, int offset, int frames, int channelCount) {
    checkChannels(channelCount);
    Samples.check(samples.length, offset, frames, channelCount);
    Native.sinkWriteArray(valid(), samples, offset, frames, channelCount);
  }

  /** The same from a direct buffer in native order, from its position to its limit. */
  public synchronized void write(FloatBuffer samples, int channelCount) {
    checkChannels(channelCount);
    if (!samples.isDirect() || samples.order() != ByteOrder.nativeOrder()) {
      throw new IllegalArgumentException("samples must be direct and in native order.");
    }
    int frames = samples.remaining() / channelCount;
    Native.sinkWriteDirect(valid(), samples, samples.position(), frames, channelCount);
    samples.position(samples.position() + frames * channelCount);
  }

  /** Tells how far the work is, 0 to 1, for an engine that delivers only at its end. */
  public synchronized void reportProgress(double fraction) {
    Native.sinkReportProgress(valid(), fraction);
  }

  /** Whether the work is wanted no more. */
  public synchronized boolean isCancelled() {
    return Native.sinkCancelled(valid());
  }

  synchronized void explain(String message) {
    Native.sinkExplain(valid(), message);
  }

  synchronized void invalidate() {
    sink = 0;
  }

  private long valid() {
    if (sink == 0) throw new IllegalStateException("The segment of this sink is over.");
    return sink;
  }

  private static void checkChannels(int channelCount) {
    if (channelCount < 1 || channelCount > 2) {
      throw new IllegalArgumentException("channelCount must be 1 or 2, not " + channelCount + ".");
    }
  }
}
