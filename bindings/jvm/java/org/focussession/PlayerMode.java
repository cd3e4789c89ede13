// SPDX-License-Identifier: MIT
package org.focussession;

/** Whether a player never waits, for an audio callback, or waits for what is still being made. */
public enum PlayerMode implements Coded {
  REALTIME(0),
  OFFLINE(1);

  private final int code;

  PlayerMode(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
