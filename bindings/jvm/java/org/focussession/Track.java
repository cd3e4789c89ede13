// SPDX-License-Identifier: MIT
package org.focussession;

/** A segment that was kept: it outlives its session. */
public final class Track implements AutoCloseable {
  private final Handle handle;

  Track(long track) {
    handle = new Handle(this, "track", track, Native::trackDestroy);
  }

  public TrackInfo info() {
    TrackInfo info = new TrackInfo();
    long track = handle.acquire();
    try {
      Native.trackInfo(track, info);
    } finally {
      handle.release();
    }
    return info;
  }

  /** Copies its audio to a path, in the format it has. */
  public void write(String path) {
    long track = handle.acquire();
    try {
      Native.trackWrite(track, path);
    } finally {
      handle.release();
    }
  }

  /** Gives the object back; the track stays in the store. */
  @Override
  public void close() {
    handle.close();
  }
}
