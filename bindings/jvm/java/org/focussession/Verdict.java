// SPDX-License-Identifier: MIT
package org.focussession;

/** What a check has found. */
public enum Verdict implements Coded {
  HOLDS(0),
  FAILS(1),
  NOTE(2),
  SKIPPED(3),
  /** One that this class does not know: the library is newer. */
  OTHER(Integer.MIN_VALUE);

  private final int code;

  Verdict(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
