// SPDX-License-Identifier: MIT
package org.focussession;

/** A session as a whole, at one moment. */
public final class SessionInfo {
  int status;
  String sessionId;
  String engine;
  int goal;
  int intensity;
  int targetMinutes;
  int totalSegments;
  int readyCount;
  int morePending;
  double divergence;
  long seed;
  double targetLufs;
  int sampleRate;
  int channelCount;
  long createdAt;
  long nextReadyAt;
  String customPrompt;
  long spentMicros;

  SessionInfo() {}

  public SessionStatus getStatus() {
    return Coded.of(SessionStatus.values(), status, SessionStatus.OTHER);
  }

  public String getSessionId() {
    return sessionId;
  }

  /** The key of the engine it plays with. */
  public String getEngine() {
    return engine;
  }

  public Goal getGoal() {
    return Coded.of(Goal.values(), goal, Goal.CUSTOM_PROMPT);
  }

  public Intensity getIntensity() {
    return Coded.of(Intensity.values(), intensity, Intensity.MEDIUM);
  }

  public int getTargetMinutes() {
    return targetMinutes;
  }

  /** Planned. */
  public int getTotalSegments() {
    return totalSegments;
  }

  /** Ready from the first on, without a hole. */
  public int getReadyCount() {
    return readyCount;
  }

  public boolean isMorePending() {
    return morePending != 0;
  }

  public double getDivergence() {
    return divergence;
  }

  /** Start with it again to hear the same music; a number without a sign. */
  public long getSeed() {
    return seed;
  }

  public double getTargetLufs() {
    return targetLufs;
  }

  /** Of the segments, in Hz. */
  public int getSampleRate() {
    return sampleRate;
  }

  public int getChannelCount() {
    return channelCount;
  }

  /** Seconds since 1970-01-01T00:00:00Z. */
  public long getCreatedAt() {
    return createdAt;
  }

  /** When the next segment is expected, likewise; 0 when none is pending. */
  public long getNextReadyAt() {
    return nextReadyAt;
  }

  /** What is played, in words; "" for another goal. */
  public String getCustomPrompt() {
    return customPrompt;
  }

  public long getSpentMicros() {
    return spentMicros;
  }
}
