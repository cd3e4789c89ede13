// SPDX-License-Identifier: MIT
package org.focussession;

/** What the listener wants to do. */
public enum Goal implements Coded {
  FOCUS(1),
  RELAX(2),
  SLEEP(3),
  ENERGIZE(4),
  CUSTOM_PROMPT(5);

  private final int code;

  Goal(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
