// SPDX-License-Identifier: MIT
package org.focussession;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A session as one continuous stream, crossfaded, at the host's rate and channel count. The two {@code
 * read} methods are for an audio thread, one at a time: in real-time mode they neither allocate nor wait.
 */
public final class Player implements AutoCloseable {
  private final Handle handle;
  // Renders and changes of the output take turns; what is read in a turn is not torn.
  private final Object output = new Object();
  private int channelCount;

  Player(long player, int channelCount) {
    this.channelCount = channelCount;
    handle = new Handle(this, "player", player, Native::playerDestroy);
  }

  /** Fills the whole array with interleaved samples, see {@link #read(float[], int, int)}. */
  public int read(float[] samples) {
    synchronized (output) {
      return read(samples, 0, samples.length / channelCount);
    }
  }

  /**
   * Fills {@code frames} frames of the array, interleaved. What is not music is silence.
   *
   * @return how many frames were music, see {@link #info()}
   */
  public int read(float[] samples, int offset, int frames) {
    synchronized (output) {
      Samples.check(samples.length, offset, frames, channelCount);
      long player = handle.acquire();
      try {
        return Native.playerReadArray(player, samples, offset, frames, channelCount);
      } finally {
        handle.release();
      }
    }
  }

  /**
   * Fills a direct buffer in native order from its position to its limit, or up to the last whole frame
   * before it, and moves its position. Nothing is copied on the way.
   *
   * @return how many frames were music
   */
  public int read(FloatBuffer samples) {
    if (!samples.isDirect() || samples.order() != ByteOrder.nativeOrder() || samples.isReadOnly()) {
      throw new IllegalArgumentException("samples must be direct, writable and in native order.");
    }
    synchronized (output) {
      int frames = samples.remaining() / channelCount;
      long player = handle.acquire();
      try {
        int position = samples.position();
        int music = Native.playerReadDirect(player, samples, position, frames);
        samples.position(position + frames * channelCount);
        return music;
      } finally {
        handle.release();
      }
    }
  }

  /** Fades out within 20 ms and holds the position. */
  public void pause() {
    long player = handle.acquire();
    try {
      Native.playerPause(player);
    } finally {
      handle.release();
    }
  }

  /** Goes on where pause held. */
  public void resume() {
    long player = handle.acquire();
    try {
      Native.playerResume(player);
    } finally {
      handle.release();
    }
  }

  /** Goes on at a moment of the session; what is not made yet is made first. */
  public void seek(double seconds) {
    long player = handle.acquire();
    try {
      Native.playerSeek(player, seconds);
    } finally {
      handle.release();
    }
  }

  /** Goes on where the next segment begins. */
  public void skip() {
    long player = handle.acquire();
    try {
      Native.playerSkip(player);
    } finally {
      handle.release();
    }
  }

  /** Linear, from 0 (silent) to 1 (as it is). */
  public void setVolume(double volume) {
    long player = handle.acquire();
    try {
      Native.playerSetVolume(player, volume);
    } finally {
      handle.release();
    }
  }

  /** Pauses after a time of music, the last {@code fadeSeconds} of which fade away; negative: no timer. */
  public void setSleepTimer(double seconds, double fadeSeconds) {
    long player = handle.acquire();
    try {
      Native.playerSetSleepTimer(player, seconds, fadeSeconds);
    } finally {
      handle.release();
    }
  }

  /**
   * The host plays at another rate or on other channels from now on, as after a change of the route. Waits
   * for a read that is under way.
   *
   * @param sampleRate 0: the session's
   * @param channelCount 1 to 8
   */
  public void setOutput(int sampleRate, int channelCount) {
    synchronized (output) {
      long player = handle.acquire();
      try {
        Native.playerSetOutput(player, sampleRate, channelCount);
        this.channelCount = channelCount;
      } finally {
        handle.release();
      }
    }
  }

  /** What the player does now. */
  public PlayerInfo info() {
    return info(new PlayerInfo());
  }

  /** The same into an object that is there; allocates nothing. */
  public PlayerInfo info(PlayerInfo into) {
    long player = handle.acquire();
    try {
      Native.playerInfo(player, into);
    } finally {
      handle.release();
    }
    return into;
  }

  /** Stops the player; a read that is under way ends as it would, and the player is given back after it. */
  @Override
  public void close() {
    handle.close();
  }
}
