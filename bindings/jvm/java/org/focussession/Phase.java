// SPDX-License-Identifier: MIT
package org.focussession;

/** What a segment is for, in a session with breaks. */
public enum Phase implements Coded {
  NONE(0),
  WORK(1),
  BREAK(2),
  /** One that this class does not know: the library is newer. */
  OTHER(Integer.MIN_VALUE);

  private final int code;

  Phase(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
