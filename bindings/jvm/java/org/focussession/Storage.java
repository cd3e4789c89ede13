// SPDX-License-Identifier: MIT
package org.focussession;

/** Where segments are kept: a folder that goes with the service, one that lasts, or memory alone. */
public enum Storage implements Coded {
  TEMPORARY(0),
  FOLDER(1),
  MEMORY(2);

  private final int code;

  Storage(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
