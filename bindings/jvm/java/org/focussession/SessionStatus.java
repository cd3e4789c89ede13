// SPDX-License-Identifier: MIT
package org.focussession;

/** How far a session is. */
public enum SessionStatus implements Coded {
  ACTIVE(0),
  ENDED(1),
  STOPPED_CAP(2),
  /** One that this class does not know: the library is newer. */
  OTHER(Integer.MIN_VALUE);

  private final int code;

  SessionStatus(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
