// SPDX-License-Identifier: MIT
package org.focussession;

/** Something that has happened in a session. */
public final class Event {
  int type;
  int segmentIndex;
  int code;
  String message;
  String engine;

  Event() {}

  public EventType getType() {
    return Coded.of(EventType.values(), type, EventType.OTHER);
  }

  /** -1 where the event is not about a segment. */
  public int getSegmentIndex() {
    return segmentIndex;
  }

  /** Of a failure; null where there is none. */
  public FocusException.Code getCode() {
    return code == 0
        ? null
        : Coded.of(FocusException.Code.values(), code, FocusException.Code.OTHER);
  }

  /** One line; "" where there is nothing to say. */
  public String getMessage() {
    return message;
  }

  /** Key of the engine that has played the segment or stands in for it; else "". */
  public String getEngine() {
    return engine;
  }
}
