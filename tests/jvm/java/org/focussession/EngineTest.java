// SPDX-License-Identifier: MIT
package org.focussession;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.Test;

/** Engines that are written in Java. */
public class EngineTest {
  /** A quiet sine; what a test wants otherwise it overrides. */
  private static class Sine implements Engine {
    final AtomicInteger released = new AtomicInteger();
    final AtomicReference<Brief> lastBrief = new AtomicReference<>();
    final AtomicReference<Sink> lastSink = new AtomicReference<>();

    @Override
    public EngineDescription describe() {
      return new EngineDescription("sine")
          .displayName("Sine \uD83C\uDFB6")
          .version("3")
          .licenceClass(LicenceClass.PERSONAL_ONLY)
          .concurrency(2)
          .retries(-1);
    }

    @Override
    public void generate(Brief brief, Sink sink) throws Exception {
      lastBrief.set(brief);
      lastSink.set(sink);
      float[] samples = new float[(int) brief.getFrames()];
      for (int i = 0; i < samples.length; ++i) {
        samples[i] = (float) (0.2 * Math.sin(2 * Math.PI * 220 * i / brief.getSampleRate()));
      }
      int half = samples.length / 2;
      sink.write(samples, 0, half, 1);
      sink.reportProgress(0.5);
      FloatBuffer rest =
          ByteBuffer.allocateDirect((samples.length - half) * 4)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
      rest.put(samples, half, samples.length - half);
      rest.flip();
      sink.write(rest, 1);
    }

    @Override
    public void release() {
      released.incrementAndGet();
    }
  }

  private static Request request() {
    return TestSupport.request("one tone \uD83C\uDFB5").engine("sine");
  }

  @Test
  public void itPlaysSegmentsOfASession() throws Exception {
    Sine sine = new Sine();
    try (Service service = TestSupport.service()) {
      service.register(sine);
      EngineInfo info = service.engines().get(service.engines().size() - 1);
      assertEquals("sine", info.getKey());
      assertEquals("Sine \uD83C\uDFB6", info.getDisplayName());
      assertEquals(LicenceClass.PERSONAL_ONLY, info.getLicenceClass());
      try (Session session = service.start(request())) {
        Event event = TestSupport.waitFor(session, EventType.SEGMENT_READY);
        assertEquals("sine", event.getEngine());
        try (Snapshot snapshot = session.snapshot()) {
          assertEquals("sine", snapshot.segment(event.getSegmentIndex()).getEngine());
          assertEquals("3", snapshot.segment(event.getSegmentIndex()).getEngineVersion());
        }
        Brief brief = sine.lastBrief.get();
        assertEquals("one tone \uD83C\uDFB5", brief.getPrompt());
        assertEquals(Goal.CUSTOM_PROMPT, brief.getGoal());
        assertEquals(8000, brief.getSampleRate());
        assertEquals(session.id(), brief.getSessionId());
        assertEquals(1, brief.getAttempt());
      }
      assertTrue(service.unregister("sine", 10_000));
      assertEquals(1, sine.released.get());
      assertThrows(
          IllegalStateException.class, () -> sine.lastSink.get().write(new float[2], 0, 1, 2));
    }
  }

  @Test
  public void itIsReleasedWithTheService() throws Exception {
    Sine sine = new Sine();
    try (Service service = TestSupport.service()) {
      service.register(sine);
      FocusException error =
          assertThrows(FocusException.class, () -> service.register(new Sine()));
      assertEquals("key", error.getField());
    }
    TestSupport.waitUntil("the engine is released", () -> sine.released.get() == 1);
  }

  private static void fallsBack(Engine engine, String message) throws Exception {
    try (Service service = TestSupport.service()) {
      service.register(engine);
      try (Session session = service.start(request())) {
        Event event = TestSupport.waitFor(session, EventType.FALLBACK);
        assertEquals("studio", event.getEngine());
        assertTrue(event.getMessage(), event.getMessage().contains(message));
        TestSupport.waitFor(session, EventType.SEGMENT_READY);
      }
    }
  }

  @Test
  public void whatItThrowsIsAnErrorAndTheMusicGoesOn() throws Exception {
    fallsBack(
        new Sine() {
          @Override
          public void generate(Brief brief, Sink sink) throws Exception {
            throw new java.io.FileNotFoundException("the model \u266A is gone");
          }
        },
        "the model \u266A is gone");
    fallsBack(
        new Sine() {
          @Override
          public void generate(Brief brief, Sink sink) {
            throw new FocusException(FocusException.Code.UNSUPPORTED, "only on weekdays");
          }
        },
        "only on weekdays");
    fallsBack(
        new Sine() {
          @Override
          public void generate(Brief brief, Sink sink) {
            generate(brief, sink); // until there is no stack left
          }
        },
        "StackOverflowError");
    fallsBack(
        new Sine() {
          @Override
          public void generate(Brief brief, Sink sink) {
            sink.write(new float[] {Float.NaN}, 0, 1, 1);
          }
        },
        "");
  }

  @Test
  public void cancellingEndsIt() throws Exception {
    CountDownLatch playing = new CountDownLatch(1);
    AtomicReference<FocusException.Code> end = new AtomicReference<>();
    Sine patient =
        new Sine() {
          @Override
          public void generate(Brief brief, Sink sink) throws Exception {
            playing.countDown();
            try {
              for (; ; ) {
                sink.reportProgress(0.1);
                Thread.sleep(2);
              }
            } catch (FocusException cancelled) {
              end.set(cancelled.getCode());
              throw cancelled;
            }
          }
        };
    try (Service service = TestSupport.service()) {
      service.register(patient);
      try (Session session = service.start(request())) {
        assertTrue(playing.await(10, TimeUnit.SECONDS));
        session.end();
        TestSupport.waitUntil("generate has ended", () -> end.get() != null);
      }
      assertTrue(service.unregister("sine", 10_000));
    }
    assertEquals(FocusException.Code.CANCELLED, end.get());
    assertEquals(1, patient.released.get());
  }

  @Test
  public void oneThatContinuesHearsTheSegmentBefore() throws Exception {
    AtomicReference<float[]> previous = new AtomicReference<>();
    Sine continuing =
        new Sine() {
          @Override
          public EngineDescription describe() {
            return super.describe().concurrency(1).continuesPrevious(true).previousSeconds(2);
          }

          @Override
          public void generate(Brief brief, Sink sink) throws Exception {
            if (brief.getSegmentIndex() == 1) previous.set(brief.getPreviousSamples());
            super.generate(brief, sink);
          }
        };
    try (Service service = TestSupport.service()) {
      service.register(continuing);
      try (Session session = service.start(request())) {
        while (TestSupport.waitFor(session, EventType.SEGMENT_READY).getSegmentIndex() != 1) {}
      }
    }
    assertEquals(2 * 2 * 8000, previous.get().length);
  }

  @Test
  public void aDescriptionThatIsWrongIsRefused() {
    Sine wrong =
        new Sine() {
          @Override
          public EngineDescription describe() {
            return new EngineDescription("Not A Key");
          }
        };
    try (Service service = TestSupport.service()) {
      FocusException error = assertThrows(FocusException.class, () -> service.register(wrong));
      assertEquals("key", error.getField());
      assertThrows(FocusException.class, () -> service.unregister("studio", 0));
      Sine none =
          new Sine() {
            @Override
            public EngineDescription describe() {
              return null;
            }
          };
      assertThrows(NullPointerException.class, () -> service.register(none));
      assertFalse(service.engines().isEmpty());
    }
    assertEquals(0, wrong.released.get());
  }
}
