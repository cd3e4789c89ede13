// SPDX-License-Identifier: MIT
package org.focussession;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.junit.Test;

/** What an audio thread does. */
public class PlayerTest {
  private static FloatBuffer direct(int samples) {
    return ByteBuffer.allocateDirect(samples * 4).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  @Test
  public void anArrayAndADirectBufferHearTheSame() {
    try (Service service = TestSupport.service();
        Session session = service.start(TestSupport.request());
        Player one = session.play(new PlayerOptions().mode(PlayerMode.OFFLINE));
        Player other = session.play(new PlayerOptions().mode(PlayerMode.OFFLINE))) {
      float[] array = new float[16000 * 2 + 6];
      FloatBuffer buffer = direct(16000 * 2 + 6);
      buffer.position(4).limit(4 + 32000 + 1);
      assertEquals(16000, one.read(array, 4, 16000));
      assertEquals(16000, other.read(buffer));
      assertEquals(4 + 32000, buffer.position());
      float[] copy = new float[array.length];
      buffer.clear();
      buffer.get(copy);
      assertArrayEquals(array, copy, 0);
      float loudest = 0;
      for (float sample : array) loudest = Math.max(loudest, Math.abs(sample));
      assertTrue(String.valueOf(loudest), loudest > 0.01);
    }
  }

  @Test
  public void aWholeSessionIsExactlyAsLongAsAskedFor() {
    try (Service service = TestSupport.service();
        Session session = service.start(TestSupport.request());
        Player player =
            session.play(new PlayerOptions().mode(PlayerMode.OFFLINE).channelCount(1))) {
      float[] samples = new float[5000];
      long music = 0;
      for (int count; (count = player.read(samples)) > 0; ) music += count;
      assertEquals(60 * 8000, music);
      assertEquals(PlayerState.FINISHED, player.info().getState());
      assertEquals(0, player.info().getUnderruns());
    }
  }

  @Test
  public void aWrongPlaceForSamplesIsRefused() {
    try (Service service = TestSupport.service();
        Session session = service.start(TestSupport.request());
        Player player = session.play()) {
      assertThrows(IndexOutOfBoundsException.class, () -> player.read(new float[10], 0, 6));
      assertThrows(IndexOutOfBoundsException.class, () -> player.read(new float[10], -1, 1));
      assertThrows(
          IndexOutOfBoundsException.class, () -> player.read(new float[10], 0, 1 << 30));
      assertThrows(IllegalArgumentException.class, () -> player.read(FloatBuffer.allocate(64)));
      assertThrows(
          IllegalArgumentException.class,
          () -> player.read(ByteBuffer.allocateDirect(64).asFloatBuffer()));
      assertEquals(0, player.read(new float[0]));
      assertThrows(FocusException.class, () -> session.play(new PlayerOptions().channelCount(0)));
    }
  }

  @Test
  public void reachedByItsControls() throws Exception {
    try (Service service = TestSupport.service();
        Session session = service.start(TestSupport.request());
        Player player = session.play()) {
      float[] samples = new float[160];
      TestSupport.waitUntil("music plays", () -> player.read(samples) == 80);
      player.setVolume(0.5);
      assertEquals(0.5, player.info().getVolume(), 0);
      player.setSleepTimer(30, 10);
      assertEquals(30, player.info().getSleepSeconds(), 1);
      player.pause();
      TestSupport.waitUntil(
          "it has paused",
          () -> player.read(samples) == 0 && player.info().getState() == PlayerState.PAUSED);
      player.resume();
      player.setOutput(44100, 1);
      assertEquals(44100, player.info().getSampleRate());
      TestSupport.waitUntil("music plays", () -> player.read(samples) == 160);
      player.seek(45);
      TestSupport.waitUntil(
          "it plays from there",
          () -> player.read(samples) > 0 && player.info().getPositionSeconds() >= 45);
      player.seek(0);
      player.skip();
      TestSupport.waitUntil(
          "it plays the next segment",
          () -> player.read(samples) > 0 && player.info().getSegmentIndex() >= 1);
      FocusException error = assertThrows(FocusException.class, () -> player.setVolume(2));
      assertEquals("volume", error.getField());
    }
  }

  /** Both kinds of read, and the look at the state, hundreds of times: not one byte of the Java heap. */
  @Test
  public void readingAllocatesNothing() throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    try (Service service = TestSupport.service();
        Session session = service.start(TestSupport.request());
        Player player = session.play()) {
      float[] array = new float[512];
      FloatBuffer buffer = direct(512);
      PlayerInfo info = new PlayerInfo();
      TestSupport.waitUntil("music plays", () -> player.read(array) == 256);
      long least = Long.MAX_VALUE; // a virtual machine that compiles may put in some of its own
      for (int round = 0; round < 10; ++round) {
        long before = threads.getThreadAllocatedBytes(self);
        for (int i = 0; i < 200; ++i) {
          player.read(array);
          buffer.clear();
          player.read(buffer);
          player.info(info);
        }
        least = Math.min(least, threads.getThreadAllocatedBytes(self) - before);
      }
      long before = threads.getThreadAllocatedBytes(self);
      long ofTheMeasure = threads.getThreadAllocatedBytes(self) - before;
      assertTrue(least + " bytes", least <= ofTheMeasure);
    }
  }
}
