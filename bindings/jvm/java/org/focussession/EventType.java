// SPDX-License-Identifier: MIT
package org.focussession;

/** What has happened in a session. */
public enum EventType implements Coded {
  SEGMENT_READY(1),
  STATUS_CHANGED(2),
  FALLBACK(3),
  SEGMENT_FAILED(4),
  STEERED(5),
  TROUBLE(6),
  /** One that this class does not know: the library is newer. */
  OTHER(Integer.MIN_VALUE);

  private final int code;

  EventType(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
