// SPDX-License-Identifier: MIT
package org.focussession;

/** A segment: planned from the start; what was measured is 0 until it is ready. */
public final class SegmentInfo {
  int index;
  int ready;
  String path;
  String engine;
  String key;
  double tempoBpm;
  double startSeconds;
  double durationSeconds;
  long frames;
  int fadeInMs;
  int fadeOutMs;
  double targetLufs;
  double integratedLufs;
  double rangeLu;
  double truePeakDbtp;
  double gainDb;
  double cueInSeconds;
  double cueOutSeconds;
  int limited;
  int fallback;
  int phase;
  int licenceClass;
  String engineVersion;

  SegmentInfo() {}

  /** From 0. */
  public int getIndex() {
    return index;
  }

  public boolean isReady() {
    return ready != 0;
  }

  /** Of its file; "" in a memory store and until it is ready. */
  public String getPath() {
    return path;
  }

  /** That really played it; "" until it is ready. */
  public String getEngine() {
    return engine;
  }

  /** Tonic and mode, e.g. "D dorian". */
  public String getKey() {
    return key;
  }

  public double getTempoBpm() {
    return tempoBpm;
  }

  /** Where it begins in what the listener hears. */
  public double getStartSeconds() {
    return startSeconds;
  }

  /** Overlaps included. */
  public double getDurationSeconds() {
    return durationSeconds;
  }

  /** The same at the session's sample rate. */
  public long getFrames() {
    return frames;
  }

  public int getFadeInMs() {
    return fadeInMs;
  }

  public int getFadeOutMs() {
    return fadeOutMs;
  }

  public double getTargetLufs() {
    return targetLufs;
  }

  public double getIntegratedLufs() {
    return integratedLufs;
  }

  public double getRangeLu() {
    return rangeLu;
  }

  public double getTruePeakDbtp() {
    return truePeakDbtp;
  }

  public double getGainDb() {
    return gainDb;
  }

  public double getCueInSeconds() {
    return cueInSeconds;
  }

  public double getCueOutSeconds() {
    return cueOutSeconds;
  }

  public boolean isLimited() {
    return limited != 0;
  }

  /** Whether another engine stood in for the one asked for. */
  public boolean isFallback() {
    return fallback != 0;
  }

  public Phase getPhase() {
    return Coded.of(Phase.values(), phase, Phase.OTHER);
  }

  /** What {@code engine} said of it when it played it. */
  public LicenceClass getLicenceClass() {
    return Coded.of(LicenceClass.values(), licenceClass, LicenceClass.UNCLEAR);
  }

  public String getEngineVersion() {
    return engineVersion;
  }
}
