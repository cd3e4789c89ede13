// SPDX-License-Identifier: MIT
package org.focussession;

/** Receives lines of a service's log, on threads of the library's, one at a time. May block. */
public interface Logger {
  void log(LogLevel level, String message);
}
