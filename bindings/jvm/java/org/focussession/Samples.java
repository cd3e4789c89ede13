// SPDX-License-Identifier: MIT
package org.focussession;

/** Checks places for samples before native code writes to them. */
final class Samples {
  private Samples() {}

  static void check(int length, int offset, int frames, int channelCount) {
    if (offset < 0 || frames < 0 || (long) frames * channelCount > (long) length - offset) {
      throw new IndexOutOfBoundsException(
          frames + " frames of " + channelCount + " do not fit into " + length + " from " + offset);
    }
  }
}
