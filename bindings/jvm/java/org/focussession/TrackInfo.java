// SPDX-License-Identifier: MIT
package org.focussession;

/** A segment that was kept. */
public final class TrackInfo {
  int segmentIndex;
  String trackId;
  String title;
  String engine;
  String sessionId;
  String path;
  double durationSeconds;
  long createdAt;
  int licenceClass;
  int instrumental;

  TrackInfo() {}

  public int getSegmentIndex() {
    return segmentIndex;
  }

  public String getTrackId() {
    return trackId;
  }

  public String getTitle() {
    return title;
  }

  public String getEngine() {
    return engine;
  }

  /** That it was promoted from, which may be gone. */
  public String getSessionId() {
    return sessionId;
  }

  /** Of its file; "" in a memory store. */
  public String getPath() {
    return path;
  }

  public double getDurationSeconds() {
    return durationSeconds;
  }

  /** Seconds since 1970-01-01T00:00:00Z. */
  public long getCreatedAt() {
    return createdAt;
  }

  public LicenceClass getLicenceClass() {
    return Coded.of(LicenceClass.values(), licenceClass, LicenceClass.UNCLEAR);
  }

  public boolean isInstrumental() {
    return instrumental != 0;
  }
}
