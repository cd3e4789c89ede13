// SPDX-License-Identifier: MIT
package org.focussession;

/** An enumerator of the C header. */
interface Coded {
  int code();

  /** The one of that code; {@code other} for one that a newer library has brought. */
  static <E extends Coded> E of(E[] values, int code, E other) {
    for (E value : values) {
      if (value.code() == code) return value;
    }
    return other;
  }
}
