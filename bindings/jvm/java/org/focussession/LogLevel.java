// SPDX-License-Identifier: MIT
package org.focussession;

/** How important a line of the log is. */
public enum LogLevel implements Coded {
  DEBUG(0),
  INFO(1),
  WARNING(2),
  ERROR(3);

  private final int code;

  LogLevel(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
