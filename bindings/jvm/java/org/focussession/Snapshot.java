// SPDX-License-Identifier: MIT
package org.focussession;

import java.util.ArrayList;
import java.util.List;

/** What a session was at one moment; it does not change any more. */
public final class Snapshot implements AutoCloseable {
  private final Handle handle;

  Snapshot(long snapshot) {
    handle = new Handle(this, "snapshot", snapshot, Native::snapshotDestroy);
  }

  public SessionInfo info() {
    SessionInfo info = new SessionInfo();
    long snapshot = handle.acquire();
    try {
      Native.snapshotInfo(snapshot, info);
    } finally {
      handle.release();
    }
    return info;
  }

  /** Segment {@code index}, planned or ready. */
  public SegmentInfo segment(int index) {
    SegmentInfo info = new SegmentInfo();
    long snapshot = handle.acquire();
    try {
      Native.snapshotSegment(snapshot, index, info);
    } finally {
      handle.release();
    }
    return info;
  }

  /** All segments, planned or ready. */
  public List<SegmentInfo> segments() {
    int count = info().getTotalSegments();
    List<SegmentInfo> segments = new ArrayList<>(count);
    for (int i = 0; i < count; ++i) segments.add(segment(i));
    return segments;
  }

  /**
   * The session object of the wire contract.
   *
   * @param baseUrl put before "000.flac"; null: URLs of files
   */
  public String json(boolean includeAnalysis, String baseUrl) {
    // The C function's text belongs to the snapshot until the next call: one call at a time.
    synchronized (handle) {
      long snapshot = handle.acquire();
      try {
        return Native.snapshotJson(snapshot, includeAnalysis, baseUrl);
      } finally {
        handle.release();
      }
    }
  }

  @Override
  public void close() {
    handle.close();
  }
}
