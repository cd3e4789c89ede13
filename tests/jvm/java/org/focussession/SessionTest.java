// SPDX-License-Identifier: MIT
package org.focussession;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.Test;

/** Sessions, snapshots, events, steering, segments, tracks, errors and text. */
public class SessionTest {
  private static final String PROMPT = "rain \uD83C\uDF27\uFE0F über Zürich, \u96E8 \uD834\uDD1E";

  @Test
  public void theLibraryTellsItsVersionAndItsEngines() {
    assertEquals(100, Service.version());
    try (Service service = TestSupport.service()) {
      EngineInfo studio = service.engines().get(0);
      assertEquals("studio", studio.getKey());
      assertTrue(studio.isEnabled());
      assertTrue(studio.hasScore());
      assertEquals(0, studio.getConcurrency());
      assertEquals(LicenceClass.COMMERCIAL_CLEARED, studio.getLicenceClass());
      assertEquals(0, studio.getPriceMicrosPerMinute());
    }
  }

  @Test
  public void whoWaitsForEverGetsTheFirstEvent() throws InterruptedException {
    try (Service service = TestSupport.service();
        Session session = service.start(new Request(Goal.FOCUS, 1).sampleRate(8000))) {
      assertTrue(session.waitEvent(Long.MAX_VALUE) != null);
    }
  }

  @Test
  public void everyFieldOfARequestArrives() {
    try (Service service = TestSupport.service();
        Session session =
            service.start(
                new Request(Goal.ENERGIZE, 3)
                    .intensity(Intensity.HIGH)
                    .divergence(0.25)
                    .seed(-2)
                    .targetLufs(-21)
                    .sampleRate(22050)
                    .segmentSeconds(30))) {
      SessionInfo info = session.info();
      assertEquals(Goal.ENERGIZE, info.getGoal());
      assertEquals(Intensity.HIGH, info.getIntensity());
      assertEquals(3, info.getTargetMinutes());
      assertEquals(0.25, info.getDivergence(), 0);
      assertEquals(-2, info.getSeed()); // 2^64 - 2, which has no other name in Java
      assertEquals(-21, info.getTargetLufs(), 0);
      assertEquals(22050, info.getSampleRate());
      assertEquals(2, info.getChannelCount());
      assertEquals(SessionStatus.ACTIVE, info.getStatus());
      assertTrue(info.isMorePending());
      assertTrue(info.getSessionId(), info.getSessionId().matches("mfocus_[0-9a-f]{12}"));
      try (Snapshot snapshot = session.snapshot()) {
        assertEquals(info.getTotalSegments(), snapshot.segments().size());
      }
    }
  }

  @Test
  public void textIsRealUtf8InBothDirections() throws Exception {
    try (Service service = TestSupport.service();
        Session session = service.start(TestSupport.request(PROMPT))) {
      assertEquals(PROMPT, session.info().getCustomPrompt());
      TestSupport.waitFor(session, EventType.SEGMENT_READY);
      try (Snapshot snapshot = session.snapshot()) {
        String json = snapshot.json(true, "https://music.invalid/\uD83C\uDFB5/");
        assertTrue(json, json.contains("https://music.invalid/\uD83C\uDFB5/000.flac"));
        assertTrue(json, json.contains("\"analysis\""));
        assertFalse(snapshot.json(false, null).contains("\"analysis\""));
      }
    }
  }

  @Test
  public void anErrorNamesItsFieldAndChangesNothing() {
    try (Service service = TestSupport.service()) {
      FocusException error =
          assertThrows(
              FocusException.class, () -> service.start(new Request(Goal.FOCUS, 0)));
      assertEquals(FocusException.Code.INVALID_ARGUMENT, error.getCode());
      assertEquals("target_minutes", error.getField());
      assertFalse(error.getMessage().isEmpty());
      error =
          assertThrows(
              FocusException.class,
              () -> service.start(TestSupport.request("rain\0and thunder")));
      assertEquals("custom_prompt", error.getField());
      error = assertThrows(FocusException.class, () -> service.open("mfocus_000000000000"));
      assertEquals(FocusException.Code.NOT_FOUND, error.getCode());
      assertEquals("session_id", error.getField());
      assertEquals("", error.getPath());
      assertThrows(FocusException.class, () -> service.open(null));
      error = assertThrows(FocusException.class, () -> Measurement.of("nofile"));
      assertEquals(FocusException.Code.NOT_FOUND, error.getCode());
      assertEquals("nofile", error.getPath());
      assertThrows(NullPointerException.class, () -> new Request(null, 1));
      assertEquals(Collections.emptyList(), service.sessionIds());
    }
  }

  @Test
  public void nullWhereItMayNotBeIsAnException() {
    try (Service service = TestSupport.service();
        Session session = service.start(TestSupport.request());
        Player player = session.play()) {
      assertThrows(NullPointerException.class, () -> service.start(null));
      assertThrows(NullPointerException.class, () -> session.steer(null));
      assertThrows(NullPointerException.class, () -> session.play(null));
      assertThrows(NullPointerException.class, () -> player.info(null));
      assertThrows(NullPointerException.class, () -> player.read((float[]) null));
      assertThrows(NullPointerException.class, () -> new Service(null));
      assertThrows(NullPointerException.class, () -> service.register(null));
      assertThrows(
          NullPointerException.class,
          () -> service.handle("GET", "/healthz", Collections.singletonMap("A", null), null));
      assertThrows(FocusException.class, () -> service.handle(null, null, null, null));
      assertThrows(FocusException.class, () -> service.deleteSession(null));
      assertThrows(FocusException.class, () -> service.deleteTrack(null));
      assertThrows(FocusException.class, () -> service.openTrack(null));
      assertThrows(FocusException.class, () -> service.addAccessKey(null, "a", "b"));
      assertThrows(
          NullPointerException.class,
          () -> service.addAccessKey("fsk_", "a", new String[] {null}));
      assertThrows(FocusException.class, () -> service.setEnginePrice(null, 1));
      assertThrows(FocusException.class, () -> service.unregister(null, 1));
      assertThrows(FocusException.class, () -> session.writeSegment(0, null));
      assertThrows(FocusException.class, () -> session.writeScore(0, null));
      assertThrows(FocusException.class, () -> session.readSegment(-1, 0, new float[2], 0, 1));
      assertThrows(FocusException.class, () -> Measurement.of(null));
    }
  }

  @Test
  public void segmentsBecomeReadyAndCanBeReadAndWritten() throws Exception {
    File folder = TestSupport.temporaryFolder().toFile();
    try (Service service = TestSupport.service();
        Session session = service.start(TestSupport.request())) {
      Event event = TestSupport.waitFor(session, EventType.SEGMENT_READY);
      assertEquals(0, event.getSegmentIndex());
      assertEquals("studio", event.getEngine());
      assertEquals("", event.getMessage());
      assertNull(event.getCode());
      SegmentInfo segment;
      try (Snapshot snapshot = session.snapshot()) {
        segment = snapshot.segment(0);
        assertThrows(FocusException.class, () -> snapshot.segment(1000));
      }
      assertTrue(segment.isReady());
      assertEquals("studio", segment.getEngine());
      assertTrue(segment.getTempoBpm() > 30);
      assertEquals(-18, segment.getTargetLufs(), 2);
      assertEquals(segment.getTargetLufs(), segment.getIntegratedLufs(), 1);
      assertEquals(Phase.NONE, segment.getPhase());
      int frames = (int) segment.getFrames();
      float[] whole = new float[frames * 2];
      assertEquals(frames, session.readSegment(0, 0, whole, 0, frames));
      float[] part = new float[202];
      assertEquals(100, session.readSegment(0, 5000, part, 2, 100));
      assertArrayEquals(
          Arrays.copyOfRange(whole, 10000, 10200), Arrays.copyOfRange(part, 2, 202), 0);
      assertEquals(50, session.readSegment(0, frames - 50, part, 0, 100));
      assertThrows(
          IndexOutOfBoundsException.class, () -> session.readSegment(0, 0, part, 0, 102));

      String wav = new File(folder, "segment \uD83C\uDFB5.wav").getPath();
      session.writeSegment(0, wav);
      Measurement measurement = Measurement.of(wav);
      assertEquals(8000, measurement.getSampleRate());
      assertEquals(segment.getIntegratedLufs(), measurement.getIntegratedLufs(), 0.2);
      assertEquals(
          measurement.getDurationSeconds() / measurement.getCurveStepSeconds(),
          measurement.getMomentaryLufs().length,
          1.5);
      session.writeScore(0, new File(folder, "segment.mid").getPath());
      assertTrue(new File(folder, "segment.mid").length() > 100);
    } finally {
      for (File file : folder.listFiles()) file.delete();
    }
  }

  @Test
  public void aSessionCanBeSteeredAndEnded() throws Exception {
    try (Service service = TestSupport.service();
        Session session = service.start(TestSupport.request())) {
      double from = session.steer(new Steering().goal(Goal.RELAX).divergence(0.9).atSeconds(30));
      assertTrue(String.valueOf(from), from >= 30);
      Event event = TestSupport.waitFor(session, EventType.STEERED);
      assertTrue(event.getSegmentIndex() >= 1);
      assertEquals(Goal.RELAX, session.info().getGoal());
      FocusException error =
          assertThrows(FocusException.class, () -> session.steer(new Steering()));
      assertEquals("steering", error.getField());
      session.end();
      session.end();
      TestSupport.waitUntil(
          "the session is over", () -> session.info().getStatus() == SessionStatus.ENDED);
    }
  }

  @Test
  public void aStoreInAFolderLasts() throws Exception {
    String folder = TestSupport.temporaryFolder().toString();
    ServiceOptions options =
        new ServiceOptions().storage(Storage.FOLDER).dataFolder(folder).workerCount(1);
    String id;
    String trackId;
    try (Service service = new Service(options);
        Session session = service.start(TestSupport.request())) {
      id = session.id();
      TestSupport.waitFor(session, EventType.SEGMENT_READY);
      try (Track track = session.promote(0, "Regen \u2614")) {
        trackId = track.info().getTrackId();
        assertEquals("Regen \u2614", track.info().getTitle());
        assertTrue(track.info().isInstrumental());
      }
      session.end();
    }
    TestSupport.waitUntil("all is given back", () -> Handle.openCount() == 0);
    try (Service service = new Service(options)) {
      assertEquals(Collections.singletonList(id), service.sessionIds());
      try (Session session = service.open(id)) {
        assertEquals(7, session.info().getSeed());
      }
      service.deleteSession(id);
      assertEquals(Collections.emptyList(), service.sessionIds());
      assertEquals(0, service.deleteExpired(0));
      try (Track track = service.openTrack(trackId)) {
        assertEquals(id, track.info().getSessionId());
        track.write(folder + "/copy.flac");
        assertTrue(new File(folder, "copy.flac").length() > 1000);
      }
      service.deleteTrack(trackId);
      assertEquals(Collections.emptyList(), service.trackIds());
    }
  }

  @Test
  public void aCapStopsASessionThatWouldPassIt() throws Exception {
    try (Service service = TestSupport.service()) {
      service.setEnginePrice("studio", 1_000_000);
      service.setSpendCaps(10, -1);
      try (Session session = service.start(TestSupport.request())) {
        TestSupport.waitUntil(
            "the session is stopped",
            () -> session.info().getStatus() == SessionStatus.STOPPED_CAP);
      }
    }
  }

  @Test
  public void theLogComesToTheLoggerAndALoggerMayThrow() throws Exception {
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    ServiceOptions options =
        new ServiceOptions()
            .storage(Storage.MEMORY)
            .logLevel(LogLevel.DEBUG)
            .logger(
                (level, message) -> {
                  lines.add(level + " " + message);
                  throw new IllegalArgumentException("from the logger");
                });
    Engine failing =
        new Engine() {
          @Override
          public EngineDescription describe() {
            return new EngineDescription("failing").retries(-1);
          }

          @Override
          public void generate(Brief brief, Sink sink) {
            throw new IllegalStateException("out of strings \uD83C\uDFBB");
          }
        };
    try (Service service = new Service(options)) {
      service.register(failing);
      try (Session session = service.start(TestSupport.request().engine("failing"))) {
        TestSupport.waitFor(session, EventType.FALLBACK);
        TestSupport.waitUntil("the log has a line", () -> !lines.isEmpty());
      }
    }
    assertTrue(lines.get(0), lines.get(0).contains("out of strings \uD83C\uDFBB"));
  }
}
