// SPDX-License-Identifier: MIT
package org.focussession;

/** What the listener asks for; the goal and the minutes are needed, all else has a default. */
public final class Request {
  int goal;
  int targetMinutes;
  int intensity;
  double divergence;
  String customPrompt;
  String engine;
  long seed;
  int hasSeed;
  int format;
  double targetLufs;
  double segmentSeconds;
  int sampleRate;
  int lookAhead = -1;
  double modulationDepth;
  double padsDb;
  double bassDb;
  double melodyDb;
  double percussionDb;
  double ambienceDb;
  double endingSeconds;
  int workMinutes;
  int breakMinutes;
  String fallback;
  double fallbackAfterSeconds;

  public Request(Goal goal, int targetMinutes) {
    this.goal = goal.code();
    this.targetMinutes = targetMinutes;
  }

  public Request intensity(Intensity intensity) {
    this.intensity = intensity.code();
    return this;
  }

  /** How much segments differ: 0 (very similar) to 1 (highly varied). */
  public Request divergence(double divergence) {
    this.divergence = divergence;
    return this;
  }

  /** What to play, in words; for {@link Goal#CUSTOM_PROMPT}. */
  public Request customPrompt(String customPrompt) {
    this.customPrompt = customPrompt;
    return this;
  }

  /** A key of {@link Service#engines}; null: the default engine. */
  public Request engine(String engine) {
    this.engine = engine;
    return this;
  }

  /** Decides every choice; without it the service draws one. */
  public Request seed(long seed) {
    this.seed = seed;
    this.hasSeed = 1;
    return this;
  }

  public Request format(Format format) {
    this.format = format.code();
    return this;
  }

  /** -40 to -8; 0: the goal's own. */
  public Request targetLufs(double targetLufs) {
    this.targetLufs = targetLufs;
    return this;
  }

  /** About how long a segment is, 20 to 600; 0: 120. */
  public Request segmentSeconds(double segmentSeconds) {
    this.segmentSeconds = segmentSeconds;
    return this;
  }

  /** Of the segments, 8000 to 192000 Hz; 0: 48000. */
  public Request sampleRate(int sampleRate) {
    this.sampleRate = sampleRate;
    return this;
  }

  /** Segments to make ahead of the playhead; -1: the default. */
  public Request lookAhead(int lookAhead) {
    this.lookAhead = lookAhead;
    return this;
  }

  /** Of 16 Hz amplitude modulation, 0 (off) to 1. */
  public Request modulationDepth(double modulationDepth) {
    this.modulationDepth = modulationDepth;
    return this;
  }

  /** Levels in dB against how the music is composed, -60 (off) to 12. */
  public Request padsDb(double padsDb) {
    this.padsDb = padsDb;
    return this;
  }

  public Request bassDb(double bassDb) {
    this.bassDb = bassDb;
    return this;
  }

  public Request melodyDb(double melodyDb) {
    this.melodyDb = melodyDb;
    return this;
  }

  public Request percussionDb(double percussionDb) {
    this.percussionDb = percussionDb;
    return this;
  }

  public Request ambienceDb(double ambienceDb) {
    this.ambienceDb = ambienceDb;
    return this;
  }

  /** Of the last fade; 0: the goal's own. */
  public Request endingSeconds(double endingSeconds) {
    this.endingSeconds = endingSeconds;
    return this;
  }

  /** 5 to 120: work and breaks take turns; 0: no breaks. */
  public Request workMinutes(int workMinutes) {
    this.workMinutes = workMinutes;
    return this;
  }

  /** 1 to 60. */
  public Request breakMinutes(int breakMinutes) {
    this.breakMinutes = breakMinutes;
    return this;
  }

  /** Key of the engine that stands in where {@code engine} fails; null: the default engine. */
  public Request fallback(String fallback) {
    this.fallback = fallback;
    return this;
  }

  /** How long {@code engine} may take for a segment before the fallback makes it. */
  public Request fallbackAfterSeconds(double fallbackAfterSeconds) {
    this.fallbackAfterSeconds = fallbackAfterSeconds;
    return this;
  }
}
