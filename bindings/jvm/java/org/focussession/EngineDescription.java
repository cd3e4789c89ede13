// SPDX-License-Identifier: MIT
package org.focussession;

/** What an engine of the host's own is. Of all that is not set, but for the key, the default is meant. */
public final class EngineDescription {
  int licenceClass = 3;
  String key;
  String displayName;
  String description;
  String version;
  int commercialUse;
  int requiresAttribution;
  int vocals;
  int stems;
  int continuesPrevious;
  int maxDurationSeconds;
  int sampleRate;
  int concurrency;
  int retries;
  double retryDelaySeconds;
  double timeoutSeconds;
  double previousSeconds;
  double expectedSpeed;
  long priceMicrosPerMinute;

  public EngineDescription(String key) {
    this.key = key;
  }

  /** Never overstated. */
  public EngineDescription licenceClass(LicenceClass licenceClass) {
    this.licenceClass = licenceClass.code();
    return this;
  }

  public EngineDescription displayName(String displayName) {
    this.displayName = displayName;
    return this;
  }

  /** One line for a person who chooses. */
  public EngineDescription description(String description) {
    this.description = description;
    return this;
  }

  /** Part of what a segment is a function of. */
  public EngineDescription version(String version) {
    this.version = version;
    return this;
  }

  public EngineDescription commercialUse(boolean commercialUse) {
    this.commercialUse = commercialUse ? 1 : 0;
    return this;
  }

  public EngineDescription requiresAttribution(boolean requiresAttribution) {
    this.requiresAttribution = requiresAttribution ? 1 : 0;
    return this;
  }

  public EngineDescription vocals(boolean vocals) {
    this.vocals = vocals ? 1 : 0;
    return this;
  }

  public EngineDescription stems(boolean stems) {
    this.stems = stems ? 1 : 0;
    return this;
  }

  /** Its segments are made in order, each with the end of the one before. */
  public EngineDescription continuesPrevious(boolean continuesPrevious) {
    this.continuesPrevious = continuesPrevious ? 1 : 0;
    return this;
  }

  /** Of one segment, 30 at least; 0: 600. */
  public EngineDescription maxDurationSeconds(int maxDurationSeconds) {
    this.maxDurationSeconds = maxDurationSeconds;
    return this;
  }

  /** At which it plays; 0: at the session's. */
  public EngineDescription sampleRate(int sampleRate) {
    this.sampleRate = sampleRate;
    return this;
  }

  /** Calls of generate at a time, 1 to 64; 0: 1. */
  public EngineDescription concurrency(int concurrency) {
    this.concurrency = concurrency;
    return this;
  }

  /** After the first try; 0: 2; -1: none. */
  public EngineDescription retries(int retries) {
    this.retries = retries;
    return this;
  }

  /** Before the first retry; 0: 1. */
  public EngineDescription retryDelaySeconds(double retryDelaySeconds) {
    this.retryDelaySeconds = retryDelaySeconds;
    return this;
  }

  /** Of one call; 0: 30 and four times the segment's length. */
  public EngineDescription timeoutSeconds(double timeoutSeconds) {
    this.timeoutSeconds = timeoutSeconds;
    return this;
  }

  /** How much of the segment before it wants to hear; 0: 30. */
  public EngineDescription previousSeconds(double previousSeconds) {
    this.previousSeconds = previousSeconds;
    return this;
  }

  /** Seconds of audio it makes in a second; 0: 1. */
  public EngineDescription expectedSpeed(double expectedSpeed) {
    this.expectedSpeed = expectedSpeed;
    return this;
  }

  public EngineDescription priceMicrosPerMinute(long priceMicrosPerMinute) {
    this.priceMicrosPerMinute = priceMicrosPerMinute;
    return this;
  }
}
