// SPDX-License-Identifier: MIT
package org.focussession;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

/** A virtual machine may end in the middle of everything. */
public class ExitTest {
  /** Ends while an engine in Java plays, a player decodes and another thread waits. */
  public static final class InTheMiddle {
    public static void main(String[] arguments) throws Exception {
      CountDownLatch playing = new CountDownLatch(1);
      Service service = TestSupport.service();
      service.register(
          new Engine() {
            @Override
            public EngineDescription describe() {
              return new EngineDescription("busy");
            }

            @Override
            public void generate(Brief brief, Sink sink) {
              float[] samples = new float[64];
              for (; ; ) {
                sink.write(samples, 0, 32, 2);
                playing.countDown();
              }
            }
          });
      Session session = service.start(TestSupport.request().engine("busy"));
      session.play().read(new float[64]);
      Thread waiting =
          new Thread(
              () -> {
                try {
                  while (session.waitEvent(60_000) != null) {}
                } catch (InterruptedException ignored) {
                  // The virtual machine is gone before that.
                }
              });
      waiting.setDaemon(true);
      waiting.start();
      if (!playing.await(20, TimeUnit.SECONDS)) System.exit(3);
      if (arguments[0].equals("exit")) System.exit(0);
      // Else main returns: threads of the library's are daemons.
    }
  }

  private static void ends(String how) throws Exception {
    File output = File.createTempFile("focus-jvm-", ".txt");
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Xcheck:jni",
                "-Dorg.focussession.library=" + System.getProperty("org.focussession.library"),
                "-cp",
                System.getProperty("java.class.path"),
                InTheMiddle.class.getName(),
                how)
            .redirectErrorStream(true)
            .redirectOutput(output)
            .start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = new String(Files.readAllBytes(output.toPath()));
    output.delete();
    assertTrue(text, ended);
    assertEquals(text, 0, process.exitValue());
    assertFalse(text, text.contains("fatal error") || text.contains("in native method"));
  }

  @Test
  public void exitInTheMiddleOfEverythingIsNoCrash() throws Exception {
    ends("exit");
  }

  @Test
  public void theEndOfMainIsTheEnd() throws Exception {
    ends("return");
  }
}
