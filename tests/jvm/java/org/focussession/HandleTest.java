// SPDX-License-Identifier: MIT
package org.focussession;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.After;
import org.junit.Test;

/** Handles are given back once, and at no moment too early. */
public class HandleTest {
  @After
  public void everyHandleIsGivenBack() throws Exception {
    TestSupport.waitUntil("no handle is open", () -> Handle.openCount() == 0);
  }

  @Test
  public void closingTwiceIsTheSameAsOnce() {
    Service service = TestSupport.service();
    service.close();
    service.close();
    assertThrows(IllegalStateException.class, service::engines);
  }

  @Test
  public void whatIsClosedSaysSoInsteadOfCrashing() {
    try (Service service = TestSupport.service()) {
      Session session = service.start(TestSupport.request());
      Player player = session.play();
      Snapshot snapshot = session.snapshot();
      HttpResponse response = service.handle("GET", "/healthz", null, null);
      player.close();
      snapshot.close();
      response.close();
      session.close();
      assertThrows(IllegalStateException.class, () -> player.read(new float[64]));
      assertThrows(IllegalStateException.class, player::info);
      assertThrows(IllegalStateException.class, snapshot::info);
      assertThrows(IllegalStateException.class, session::pollEvent);
      assertThrows(IllegalStateException.class, session::snapshot);
      assertThrows(java.io.IOException.class, () -> response.body().read());
    }
  }

  @Test
  public void parentsMayBeClosedFirst() throws Exception {
    Service service = TestSupport.service();
    Session session = service.start(TestSupport.request());
    Player player = session.play(new PlayerOptions().mode(PlayerMode.OFFLINE));
    service.close();
    session.close();
    assertEquals(4800, player.read(new float[9600]));
    player.close();
  }

  @Test
  public void closingEndsTheWaitOfAnotherThread() throws Exception {
    try (Service service = TestSupport.service()) {
      Session session = service.start(TestSupport.request().lookAhead(0));
      CountDownLatch waiting = new CountDownLatch(1);
      AtomicReference<Throwable> end = new AtomicReference<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  waiting.countDown();
                  while (session.waitEvent(60_000) != null) {}
                } catch (Throwable error) {
                  end.set(error);
                }
              });
      thread.start();
      assertTrue(waiting.await(10, TimeUnit.SECONDS));
      session.close();
      thread.join(10_000);
      assertTrue(String.valueOf(end.get()), end.get() instanceof IllegalStateException);
    }
  }

  @Test
  public void anInterruptEndsAWait() throws Exception {
    try (Service service = TestSupport.service();
        Session session = service.start(TestSupport.request().lookAhead(0))) {
      AtomicReference<Throwable> end = new AtomicReference<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  while (session.waitEvent(60_000) != null) {}
                } catch (Throwable error) {
                  end.set(error);
                }
              });
      thread.start();
      thread.interrupt();
      thread.join(10_000);
      assertTrue(String.valueOf(end.get()), end.get() instanceof InterruptedException);
    }
  }

  @Test
  public void aPlayerCanBeClosedWhileAnotherThreadReads() throws Exception {
    try (Service service = TestSupport.service();
        Session session = service.start(TestSupport.request())) {
      for (int round = 0; round < 20; ++round) {
        Player player = session.play();
        CountDownLatch reading = new CountDownLatch(1);
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread thread =
            new Thread(
                () -> {
                  float[] samples = new float[512];
                  try {
                    for (; ; ) {
                      player.read(samples);
                      reading.countDown();
                    }
                  } catch (Throwable error) {
                    end.set(error);
                  }
                });
        thread.start();
        assertTrue(reading.await(10, TimeUnit.SECONDS));
        player.close();
        thread.join(10_000);
        assertTrue(String.valueOf(end.get()), end.get() instanceof IllegalStateException);
      }
    }
  }

  @Test
  public void whatWasForgottenIsGivenBackByTheGarbageCollector() throws Exception {
    forget();
    TestSupport.waitUntil(
        "what was forgotten is given back",
        () -> {
          System.gc();
          return Handle.openCount() == 0;
        });
  }

  private static void forget() {
    Service service = TestSupport.service();
    Session session = service.start(TestSupport.request());
    session.play().info();
    session.snapshot().info();
    assertTrue(Handle.openCount() >= 4);
  }
}
