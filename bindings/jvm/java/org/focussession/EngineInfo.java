// SPDX-License-Identifier: MIT
package org.focussession;

/** An engine that sessions can be played with. */
public final class EngineInfo {
  int enabled;
  String key;
  String displayName;
  String description;
  String version;
  int maxDurationSeconds;
  int vocals;
  int stems;
  int licenceClass;
  int commercialUse;
  int requiresAttribution;
  int hasScore;
  int concurrency;
  long priceMicrosPerMinute;

  EngineInfo() {}

  public boolean isEnabled() {
    return enabled != 0;
  }

  /** What a request names. */
  public String getKey() {
    return key;
  }

  public String getDisplayName() {
    return displayName;
  }

  /** One line for a person who chooses. */
  public String getDescription() {
    return description;
  }

  public String getVersion() {
    return version;
  }

  /** Of one segment. */
  public int getMaxDurationSeconds() {
    return maxDurationSeconds;
  }

  public boolean hasVocals() {
    return vocals != 0;
  }

  public boolean hasStems() {
    return stems != 0;
  }

  public LicenceClass getLicenceClass() {
    return Coded.of(LicenceClass.values(), licenceClass, LicenceClass.UNCLEAR);
  }

  public boolean allowsCommercialUse() {
    return commercialUse != 0;
  }

  public boolean requiresAttribution() {
    return requiresAttribution != 0;
  }

  /** Whether {@link Session#writeScore} works. */
  public boolean hasScore() {
    return hasScore != 0;
  }

  /** Segments it makes at a time; 0: as many as there are workers. */
  public int getConcurrency() {
    return concurrency;
  }

  /** Of its music, in millionths of the host's currency; 0: free. */
  public long getPriceMicrosPerMinute() {
    return priceMicrosPerMinute;
  }
}
