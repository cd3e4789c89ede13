// SPDX-License-Identifier: MIT
package org.focussession;

import java.util.concurrent.TimeUnit;

/**
 * One listener's hour: planned at once, made segment by segment. Segments go on being made while a
 * session or a player of it is open. Every method may be called from any thread.
 */
public final class Session implements AutoCloseable {
  private static final int SLICE_MS = 100;

  private final Handle handle;

  Session(long session) {
    handle = new Handle(this, "session", session, Native::sessionDestroy);
  }

  public String id() {
    return info().getSessionId();
  }

  /** The session as a whole, as it is now. */
  public SessionInfo info() {
    try (Snapshot snapshot = snapshot()) {
      return snapshot.info();
    }
  }

  /** The session with all its segments, as it is now. */
  public Snapshot snapshot() {
    long session = handle.acquire();
    try {
      return new Snapshot(Native.sessionSnapshot(session));
    } finally {
      handle.release();
    }
  }

  /** Changes what is still to come; returns the moment of the session, in seconds, at which it does. */
  public double steer(Steering steering) {
    long session = handle.acquire();
    try {
      return Native.sessionSteer(session, steering);
    } finally {
      handle.release();
    }
  }

  /** Ends the session: no further segment is made, ready ones stay. Never blocks. */
  public void end() {
    long session = handle.acquire();
    try {
      Native.sessionEnd(session);
    } finally {
      handle.release();
    }
  }

  /** The next event of this object, in order; null when there is none. */
  public Event pollEvent() {
    return nextEvent(0);
  }

  /**
   * The same, waiting for one to happen; null when none has in that time. Ends early, with an {@link
   * IllegalStateException}, when the session is closed meanwhile.
   */
  public Event waitEvent(long timeoutMs) throws InterruptedException {
    long longest = TimeUnit.DAYS.toMillis(36_500); // what nanoseconds can count, and nobody waits for
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.min(timeoutMs, longest));
    for (; ; ) {
      if (Thread.interrupted()) throw new InterruptedException();
      long left = Math.max(0, (end - System.nanoTime() + 999_999) / 1_000_000);
      Event event = nextEvent((int) Math.min(SLICE_MS, left));
      if (event != null || left == 0) return event;
    }
  }

  private Event nextEvent(int timeoutMs) {
    Event event = new Event();
    String[] texts = new String[2];
    long session = handle.acquire();
    try {
      if (!Native.sessionWaitEvent(session, timeoutMs, event, texts)) return null;
    } finally {
      handle.release();
    }
    event.message = texts[0];
    event.engine = texts[1];
    return event;
  }

  /**
   * Reads samples of a ready segment, at the session's rate, two channels interleaved.
   *
   * @param firstFrame where to begin
   * @param frames at most (samples.length - offset) / 2
   * @return how many frames were read: fewer than asked only at the end
   */
  public int readSegment(int index, long firstFrame, float[] samples, int offset, int frames) {
    Samples.check(samples.length, offset, frames, 2);
    long session = handle.acquire();
    try {
      return Native.sessionReadSegment(session, index, firstFrame, samples, offset, frames);
    } finally {
      handle.release();
    }
  }

  /** Writes a ready segment to a path whose ending chooses the format: .flac, .wav, .ogg, .opus, .mp3. */
  public void writeSegment(int index, String path) {
    long session = handle.acquire();
    try {
      Native.sessionWriteSegment(session, index, path);
    } finally {
      handle.release();
    }
  }

  /** Writes the notes of a segment as a standard MIDI file. */
  public void writeScore(int index, String path) {
    long session = handle.acquire();
    try {
      Native.sessionWriteScore(session, index, path);
    } finally {
      handle.release();
    }
  }

  /**
   * Keeps a ready segment as a track.
   *
   * @param title null: one is made
   */
  public Track promote(int index, String title) {
    long session = handle.acquire();
    try {
      return new Track(Native.sessionPromote(session, index, title));
    } finally {
      handle.release();
    }
  }

  /** A real-time player at the session's rate, with two channels. */
  public Player play() {
    return play(new PlayerOptions());
  }

  public Player play(PlayerOptions options) {
    long session = handle.acquire();
    try {
      return new Player(Native.playerCreate(session, options), options.channelCount);
    } finally {
      handle.release();
    }
  }

  /** Gives the session back, after calls that are under way; its music stays in the store. */
  @Override
  public void close() {
    handle.close();
  }
}
