// SPDX-License-Identifier: MIT
package org.focussession;

/** How segments are kept. */
public enum Format implements Coded {
  FLAC16(0),
  FLAC24(1),
  WAV(2),
  OGG(3),
  OPUS(4);

  private final int code;

  Format(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
