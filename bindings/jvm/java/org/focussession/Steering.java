// SPDX-License-Identifier: MIT
package org.focussession;

/** What changes while a session goes on; what is not set stays as it is. */
public final class Steering {
  int goal;
  int intensity;
  int targetMinutes;
  double divergence = -1;
  String customPrompt;
  double atSeconds = -1;

  public Steering goal(Goal goal) {
    this.goal = goal.code();
    return this;
  }

  public Steering intensity(Intensity intensity) {
    this.intensity = intensity.code();
    return this;
  }

  /** Of the whole session. */
  public Steering targetMinutes(int targetMinutes) {
    this.targetMinutes = targetMinutes;
    return this;
  }

  /** 0 to 1. */
  public Steering divergence(double divergence) {
    this.divergence = divergence;
    return this;
  }

  /** Other words, and with them {@link Goal#CUSTOM_PROMPT}. */
  public Steering customPrompt(String customPrompt) {
    this.customPrompt = customPrompt;
    return this;
  }

  /** Not before this moment of the session; without it as soon as can be. */
  public Steering atSeconds(double atSeconds) {
    this.atSeconds = atSeconds;
    return this;
  }
}
