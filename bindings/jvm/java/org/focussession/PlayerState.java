// SPDX-License-Identifier: MIT
package org.focussession;

/** What a player does. */
public enum PlayerState implements Coded {
  WAITING(0),
  PLAYING(1),
  PAUSED(2),
  FINISHED(3),
  /** One that this class does not know: the library is newer. */
  OTHER(Integer.MIN_VALUE);

  private final int code;

  PlayerState(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
