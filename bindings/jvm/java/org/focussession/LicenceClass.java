// SPDX-License-Identifier: MIT
package org.focussession;

/** What may be done with an engine's music; never overstated. */
public enum LicenceClass implements Coded {
  COMMERCIAL_CLEARED(0),
  COMMERCIAL_ENTERPRISE(1),
  PERSONAL_ONLY(2),
  UNCLEAR(3);

  private final int code;

  LicenceClass(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
