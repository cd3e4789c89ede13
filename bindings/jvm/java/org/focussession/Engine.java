// SPDX-License-Identifier: MIT
package org.focussession;

/**
 * An engine of the host's own. What {@link #generate} throws becomes an error of that segment, which is
 * tried again as described and then stood in for; it never ends the process.
 */
public interface Engine {
  /** Called once, by {@link Service#register}. */
  EngineDescription describe();

  /**
   * Plays one segment into the sink, on a thread of the library's. When the work is wanted no more, the
   * sink's methods throw {@link FocusException} with the code CANCELLED, which is to be passed on.
   */
  void generate(Brief brief, Sink sink) throws Exception;

  /** The last call, when no other is under way or will ever come. */
  default void release() {}
}
