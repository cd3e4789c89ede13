// SPDX-License-Identifier: MIT
package org.focussession;

/** How strong the music is. */
public enum Intensity implements Coded {
  DEFAULT(0),
  LOW(1),
  MEDIUM(2),
  HIGH(3);

  private final int code;

  Intensity(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
