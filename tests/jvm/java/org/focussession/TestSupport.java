// SPDX-License-Identifier: MIT
package org.focussession;

import static org.junit.Assert.fail;

import java.nio.file.Files;
import java.nio.file.Path;

/** What the tests share. Waits are bounded. */
final class TestSupport {
  interface Condition {
    boolean holds() throws Exception;
  }

  private TestSupport() {}

  static Service service() {
    return new Service(new ServiceOptions().storage(Storage.MEMORY).workerCount(1));
  }

  /** Quickly made: a minute at a low rate. */
  static Request request() {
    return new Request(Goal.FOCUS, 1).seed(7).sampleRate(8000).segmentSeconds(20);
  }

  static Request request(String prompt) {
    return new Request(Goal.CUSTOM_PROMPT, 1)
        .customPrompt(prompt)
        .seed(7)
        .sampleRate(8000)
        .segmentSeconds(20);
  }

  static void waitUntil(String what, Condition condition) throws Exception {
    long end = System.nanoTime() + 20_000_000_000L;
    while (!condition.holds()) {
      if (System.nanoTime() > end) fail("It did not come about that " + what + ".");
      Thread.sleep(10);
    }
  }

  static Event waitFor(Session session, EventType type) throws Exception {
    long end = System.nanoTime() + 20_000_000_000L;
    while (System.nanoTime() < end) {
      Event event = session.waitEvent(1000);
      if (event != null && event.getType() == type) return event;
    }
    throw new AssertionError("No event " + type + " came.");
  }

  static Path temporaryFolder() throws Exception {
    Path folder = Files.createTempDirectory("focus-jvm-");
    folder.toFile().deleteOnExit();
    return folder;
  }
}
