// SPDX-License-Identifier: MIT
package org.focussession;

/** The loudness of one audio file, by EBU R 128. */
public final class Measurement {
  int sampleRate;
  int channelCount;
  double curveStepSeconds;
  double durationSeconds;
  double integratedLufs;
  double rangeLu;
  double truePeakDbtp;
  double maxMomentaryLufs;
  double maxShortTermLufs;
  double cueInSeconds;
  double cueOutSeconds;
  private float[] momentaryLufs;
  private float[] shortTermLufs;

  private Measurement() {}

  /** Measures a whole file. */
  public static Measurement of(String path) {
    Measurement result = new Measurement();
    long measurement = Native.measurementCreate(path);
    try {
      Native.measurementInfo(measurement, result);
      result.momentaryLufs = Native.measurementCurve(measurement, false);
      result.shortTermLufs = Native.measurementCurve(measurement, true);
    } finally {
      Native.measurementDestroy(measurement);
    }
    return result;
  }

  public int getSampleRate() {
    return sampleRate;
  }

  public int getChannelCount() {
    return channelCount;
  }

  public double getDurationSeconds() {
    return durationSeconds;
  }

  /** Negative infinity for silence. */
  public double getIntegratedLufs() {
    return integratedLufs;
  }

  public double getRangeLu() {
    return rangeLu;
  }

  public double getTruePeakDbtp() {
    return truePeakDbtp;
  }

  public double getMaxMomentaryLufs() {
    return maxMomentaryLufs;
  }

  public double getMaxShortTermLufs() {
    return maxShortTermLufs;
  }

  /** First moment at which the body is at full level. */
  public double getCueInSeconds() {
    return cueInSeconds;
  }

  /** The last one. */
  public double getCueOutSeconds() {
    return cueOutSeconds;
  }

  /** From one point of the curves to the next; the first is one step from the start. */
  public double getCurveStepSeconds() {
    return curveStepSeconds;
  }

  /** Loudness over 400 ms. */
  public float[] getMomentaryLufs() {
    return momentaryLufs.clone();
  }

  /** Loudness over 3 s. */
  public float[] getShortTermLufs() {
    return shortTermLufs.clone();
  }
}
