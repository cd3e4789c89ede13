// SPDX-License-Identifier: MIT
package org.focussession;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;

/** Requests as a web view makes them. */
public class HttpTest {
  private static String text(HttpResponse response) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] piece = new byte[1000];
    try (InputStream body = response.body()) {
      for (int count; (count = body.read(piece)) >= 0; ) bytes.write(piece, 0, count);
    }
    return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
  }

  private static String first(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertTrue(text, matcher.find());
    return matcher.group(1);
  }

  @Test
  public void aWebViewPlaysASessionWithoutASocket() throws Exception {
    try (Service service = TestSupport.service()) {
      String key = Service.generateAccessKey();
      service.addAccessKey(key, "the-app", "me");
      Map<String, String> headers = new HashMap<>();
      headers.put("X-API-Key", key);
      headers.put("Content-Type", "application/json");
      headers.put("Host", "music.invalid");
      byte[] body =
          "{\"goal\":\"custom_prompt\",\"custom_prompt\":\"rain \uD83C\uDF27\",\"target_minutes\":1}"
              .getBytes(StandardCharsets.UTF_8);
      String target = "/v1/music/me/focus/sessions";
      String id;
      try (HttpResponse response = service.handle("POST", target, headers, body)) {
        String json = text(response);
        assertEquals(json, 200, response.getStatus() / 100 * 100);
        assertTrue(response.getHeaders().get("Content-Type").startsWith("application/json"));
        id = first("\"(mfocus_[0-9a-f]{12})\"", json);
      }
      try (Session session = service.open(id)) {
        assertEquals("rain \uD83C\uDF27", session.info().getCustomPrompt());
        TestSupport.waitFor(session, EventType.SEGMENT_READY);
      }
    }
  }

  @Test
  public void whatIsWrongWithARequestIsAnAnswer() throws Exception {
    try (Service service = TestSupport.service()) {
      try (HttpResponse response = service.handle("GET", "/nowhere", null, null)) {
        assertEquals(404, response.getStatus());
        assertFalse(text(response).isEmpty());
      }
      try (HttpResponse response = service.handle("GET", "/healthz", Collections.emptyMap(), null)) {
        assertEquals(200, response.getStatus());
        assertEquals(response.getBodySize(), text(response).length());
        assertThrows(IOException.class, () -> response.body().read());
      }
      FocusException error =
          assertThrows(
              FocusException.class,
              () ->
                  service.handle(
                      "GET", "/healthz", Collections.singletonMap("A", "b\0c"), null));
      assertEquals("headers", error.getField());
    }
  }

  @Test
  public void closingAnAnswerEndsTheReadingOfAStream() throws Exception {
    try (Service service = TestSupport.service()) {
      String key = Service.generateAccessKey();
      service.addAccessKey(key, null, "me");
      Map<String, String> headers = Collections.singletonMap("X-API-Key", key);
      byte[] body = "{\"goal\":\"focus\",\"target_minutes\":1}".getBytes(StandardCharsets.UTF_8);
      String target = "/v1/music/me/focus/sessions";
      String id;
      try (HttpResponse response =
          service.handle("POST", target, headers, body)) {
        id = first("\"(mfocus_[0-9a-f]{12})\"", text(response));
      }
      HttpResponse stream =
          service.handle(
              "GET", target + "/" + id + "/events", headers, null);
      assertEquals(200, stream.getStatus());
      assertEquals(-1, stream.getBodySize());
      CountDownLatch reading = new CountDownLatch(1);
      AtomicReference<Throwable> end = new AtomicReference<>();
      Thread thread =
          new Thread(
              () -> {
                try (InputStream events = stream.body()) {
                  while (events.read() >= 0) reading.countDown();
                } catch (Throwable error) {
                  end.set(error);
                }
              });
      thread.start();
      assertTrue(reading.await(20, TimeUnit.SECONDS));
      stream.close();
      thread.join(10_000);
      assertTrue(String.valueOf(end.get()), end.get() instanceof IOException);
    }
  }
}
