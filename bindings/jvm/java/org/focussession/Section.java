// SPDX-License-Identifier: MIT
package org.focussession;

/** Where in a session's arc a segment stands. */
public enum Section implements Coded {
  OPENING(0),
  SETTLING(1),
  DEVELOPING(2),
  CLOSING(3),
  /** One that this class does not know: the library is newer. */
  OTHER(Integer.MIN_VALUE);

  private final int code;

  Section(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
