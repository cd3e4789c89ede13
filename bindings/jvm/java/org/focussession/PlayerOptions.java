// SPDX-License-Identifier: MIT
package org.focussession;

/** How a player is made; the defaults are real-time, the rate of the session, two channels. */
public final class PlayerOptions {
  int mode;
  int sampleRate;
  int channelCount = 2;

  public PlayerOptions mode(PlayerMode mode) {
    this.mode = mode.code();
    return this;
  }

  /** Of the host, 8000 to 192000 Hz; 0: the session's. */
  public PlayerOptions sampleRate(int sampleRate) {
    this.sampleRate = sampleRate;
    return this;
  }

  /** 1 to 8. */
  public PlayerOptions channelCount(int channelCount) {
    this.channelCount = channelCount;
    return this;
  }
}
