// SPDX-License-Identifier: MIT
package org.focussession;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A native handle and the one way it is given back. It is held while calls use it, so that closing it in
 * the middle of one is safe: the call ends as it would, and the handle goes after it. An owner that was
 * not closed is given back after the garbage collector has found it.
 */
final class Handle extends PhantomReference<Object> {
  /** Gives a native handle back. */
  interface Destroy {
    void destroy(long handle);
  }

  private static final int CLOSED = 1 << 30;
  private static final ReferenceQueue<Object> collected = new ReferenceQueue<>();
  private static final Set<Handle> open = Collections.newSetFromMap(new ConcurrentHashMap<>());
  private static final LinkedBlockingQueue<Handle> leftOver = new LinkedBlockingQueue<>();

  static {
    startDaemon("focus-session-collected", () -> ((Handle) collected.remove()).close());
    startDaemon("focus-session-left-over", () -> leftOver.take().destroy());
  }

  private final AtomicInteger users = new AtomicInteger();
  private final long handle;
  private final Destroy destroy;
  private final String noun;

  Handle(Object owner, String noun, long handle, Destroy destroy) {
    super(owner, collected);
    this.noun = noun;
    this.handle = handle;
    this.destroy = destroy;
    open.add(this);
  }

  /** How many handles there are that were not given back. */
  static int openCount() {
    return open.size();
  }

  /** The native handle, until {@link #release}. Allocates and waits for nothing. */
  long acquire() {
    for (; ; ) {
      int now = users.get();
      if ((now & CLOSED) != 0) throw new IllegalStateException("This " + noun + " is closed.");
      if (users.compareAndSet(now, now + 1)) return handle;
    }
  }

  /**
   * The end of a call. Where the handle was closed meanwhile, another thread gives it back: this one may
   * be an audio thread.
   */
  void release() {
    if (users.decrementAndGet() == CLOSED) leftOver.add(this);
  }

  boolean isClosed() {
    return (users.get() & CLOSED) != 0;
  }

  /** Gives the handle back as soon as no call uses it. The second time nothing happens. */
  void close() {
    for (; ; ) {
      int now = users.get();
      if ((now & CLOSED) != 0) return;
      if (users.compareAndSet(now, now | CLOSED)) {
        if (now == 0) destroy();
        return;
      }
    }
  }

  private void destroy() {
    clear();
    destroy.destroy(handle);
    open.remove(this);
  }

  private interface Step {
    void run() throws InterruptedException;
  }

  private static void startDaemon(String name, Step step) {
    Thread thread =
        new Thread(
            () -> {
              for (; ; ) {
                try {
                  step.run();
                } catch (InterruptedException | RuntimeException ignored) {
                  // Nobody is there to tell; the next one is not to be held up by it.
                }
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }
}
