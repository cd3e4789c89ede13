// SPDX-License-Identifier: MIT
package org.focussession;

/** What a player does. One object can be filled again and again, see {@link Player#info(PlayerInfo)}. */
public final class PlayerInfo {
  int state;
  int segmentIndex;
  int underruns;
  double positionSeconds;
  double durationSeconds;
  double nextJoinSeconds;
  double sleepSeconds;
  double volume;
  int sampleRate;
  int channelCount;

  public PlayerInfo() {}

  public PlayerState getState() {
    return Coded.of(PlayerState.values(), state, PlayerState.OTHER);
  }

  /** The one that is heard; in an overlap, the newer one. */
  public int getSegmentIndex() {
    return segmentIndex;
  }

  /** Times that music had begun and then had to wait. */
  public int getUnderruns() {
    return underruns;
  }

  public double getPositionSeconds() {
    return positionSeconds;
  }

  /** Of the session. */
  public double getDurationSeconds() {
    return durationSeconds;
  }

  /** When the next segment begins; -1: none. */
  public double getNextJoinSeconds() {
    return nextJoinSeconds;
  }

  /** Of music, until the sleep timer pauses; -1: it is not set. */
  public double getSleepSeconds() {
    return sleepSeconds;
  }

  public double getVolume() {
    return volume;
  }

  public int getSampleRate() {
    return sampleRate;
  }

  public int getChannelCount() {
    return channelCount;
  }
}
