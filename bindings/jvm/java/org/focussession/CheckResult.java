// SPDX-License-Identifier: MIT
package org.focussession;

/** One thing that was tried with an engine. */
public final class CheckResult {
  int verdict;
  String name;
  String detail;
  double seconds;

  CheckResult() {}

  public Verdict getVerdict() {
    return Coded.of(Verdict.values(), verdict, Verdict.OTHER);
  }

  public String getName() {
    return name;
  }

  /** What was measured, or what is wrong and how to mend it. */
  public String getDetail() {
    return detail;
  }

  public double getSeconds() {
    return seconds;
  }
}
