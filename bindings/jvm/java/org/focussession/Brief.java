// SPDX-License-Identifier: MIT
package org.focussession;

/** All an engine is told of one segment; see focus_brief in the C header for each field. */
public final class Brief {
  int segmentIndex;
  int segmentCount;
  int goal;
  int character;
  int intensity;
  int phase;
  int section;
  String sessionId;
  String prompt;
  double divergence;
  long sessionSeed;
  long seed;
  double tempoBpm;
  double barSeconds;
  String key;
  String keyBefore;
  String keyAfter;
  double startSeconds;
  double sessionSeconds;
  long frames;
  int sampleRate;
  int channelCount;
  long overlapInFrames;
  long overlapOutFrames;
  double endingSeconds;
  double targetLufs;
  double padsDb;
  double bassDb;
  double melodyDb;
  double percussionDb;
  double ambienceDb;
  long previousFrames;
  int attempt;
  float[] previousSamples;

  Brief() {}

  /** From 0. */
  public int getSegmentIndex() {
    return segmentIndex;
  }

  public int getSegmentCount() {
    return segmentCount;
  }

  /** As asked for. */
  public Goal getGoal() {
    return Coded.of(Goal.values(), goal, Goal.CUSTOM_PROMPT);
  }

  /** The goal whose music is meant here; never CUSTOM_PROMPT. */
  public Goal getCharacter() {
    return Coded.of(Goal.values(), character, Goal.FOCUS);
  }

  public Intensity getIntensity() {
    return Coded.of(Intensity.values(), intensity, Intensity.MEDIUM);
  }

  public Phase getPhase() {
    return Coded.of(Phase.values(), phase, Phase.OTHER);
  }

  public Section getSection() {
    return Coded.of(Section.values(), section, Section.OTHER);
  }

  public String getSessionId() {
    return sessionId;
  }

  /** As it was written; "" where the goal is another. */
  public String getPrompt() {
    return prompt;
  }

  public double getDivergence() {
    return divergence;
  }

  /** The same for all segments of the session. */
  public long getSessionSeed() {
    return sessionSeed;
  }

  /** Of this segment alone. */
  public long getSeed() {
    return seed;
  }

  public double getTempoBpm() {
    return tempoBpm;
  }

  public double getBarSeconds() {
    return barSeconds;
  }

  /** Tonic and mode, e.g. "D dorian". */
  public String getKey() {
    return key;
  }

  public String getKeyBefore() {
    return keyBefore;
  }

  public String getKeyAfter() {
    return keyAfter;
  }

  public double getStartSeconds() {
    return startSeconds;
  }

  public double getSessionSeconds() {
    return sessionSeconds;
  }

  /** To deliver: exactly so many, at {@code sampleRate}. */
  public long getFrames() {
    return frames;
  }

  public int getSampleRate() {
    return sampleRate;
  }

  /** That the library keeps: 2. An engine may deliver 1 or 2. */
  public int getChannelCount() {
    return channelCount;
  }

  public long getOverlapInFrames() {
    return overlapInFrames;
  }

  public long getOverlapOutFrames() {
    return overlapOutFrames;
  }

  public double getEndingSeconds() {
    return endingSeconds;
  }

  public double getTargetLufs() {
    return targetLufs;
  }

  public double getPadsDb() {
    return padsDb;
  }

  public double getBassDb() {
    return bassDb;
  }

  public double getMelodyDb() {
    return melodyDb;
  }

  public double getPercussionDb() {
    return percussionDb;
  }

  public double getAmbienceDb() {
    return ambienceDb;
  }

  public long getPreviousFrames() {
    return previousFrames;
  }

  /** 1 for the first try. */
  public int getAttempt() {
    return attempt;
  }

  /**
   * The end of the segment before as it is heard, two channels interleaved; null unless the engine
   * continues the segment before, and where that is not made yet or this is the first.
   */
  public float[] getPreviousSamples() {
    return previousSamples;
  }
}
