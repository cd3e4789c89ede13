// SPDX-License-Identifier: MIT
package org.focussession;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Worker threads, engines and a store: what sessions live in. Every method may be called from any thread,
 * and throws {@link FocusException} where the library refuses, {@link IllegalStateException} once closed.
 */
public final class Service implements AutoCloseable {
  private final Handle handle;
  private final long logger;

  /** Opens a service with a temporary store and one worker a core. */
  public Service() {
    this(new ServiceOptions());
  }

  public Service(ServiceOptions options) {
    logger = Native.addLogger(options.logger);
    long opened = 0;
    try {
      opened = Native.serviceOpen(options, logger);
    } finally {
      if (opened == 0) Native.removeLogger(logger);
    }
    long log = logger;
    handle =
        new Handle(
            this,
            "service",
            opened,
            service -> {
              Native.serviceDestroy(service);
              Native.removeLogger(log);
            });
  }

  /** The version of the loaded library: major * 10000 + minor * 100 + patch. */
  public static int version() {
    return Native.version();
  }

  /** Plans a session and begins to make its segments. Returns at once. */
  public Session start(Request request) {
    long service = handle.acquire();
    try {
      return new Session(Native.sessionStart(service, request));
    } finally {
      handle.release();
    }
  }

  /** Opens a session of this store by its id. */
  public Session open(String sessionId) {
    long service = handle.acquire();
    try {
      return new Session(Native.sessionOpen(service, sessionId));
    } finally {
      handle.release();
    }
  }

  /** The ids of the sessions in the store, oldest first. */
  public List<String> sessionIds() {
    long service = handle.acquire();
    try {
      return Arrays.asList(Native.sessionIds(service));
    } finally {
      handle.release();
    }
  }

  /** Ends a session and removes it and its segments from the store. */
  public void deleteSession(String sessionId) {
    long service = handle.acquire();
    try {
      Native.sessionDelete(service, sessionId);
    } finally {
      handle.release();
    }
  }

  /**
   * Removes every session that nobody uses and that has not changed since then.
   *
   * @param unixBefore seconds since 1970-01-01T00:00:00Z
   * @return how many were removed
   */
  public int deleteExpired(long unixBefore) {
    long service = handle.acquire();
    try {
      return Native.sessionDeleteExpired(service, unixBefore);
    } finally {
      handle.release();
    }
  }

  /** The engines that can be played, as they are now. */
  public List<EngineInfo> engines() {
    long service = handle.acquire();
    try {
      long list = Native.engineListCreate(service);
      try {
        List<EngineInfo> engines = new ArrayList<>();
        for (int i = 0; i < Native.engineListCount(list); ++i) {
          EngineInfo info = new EngineInfo();
          Native.engineListGet(list, i, info);
          engines.add(info);
        }
        return engines;
      } finally {
        Native.engineListDestroy(list);
      }
    } finally {
      handle.release();
    }
  }

  /** Adds an engine of the host's own: requests can name it at once. */
  public void register(Engine engine) {
    EngineDescription description = engine.describe();
    long service = handle.acquire();
    try {
      Native.engineRegister(service, engine, description);
    } finally {
      handle.release();
    }
  }

  /**
   * Takes an engine of the host's own away: calls under way are cancelled, and no further one begins. Not
   * to be called from the engine itself.
   *
   * @return whether no call is under way any more and {@link Engine#release} has returned; false: a call
   *     goes on after that time, and {@code release} comes after it
   */
  public boolean unregister(String engineKey, int timeoutMs) {
    long service = handle.acquire();
    try {
      return Native.engineUnregister(service, engineKey, timeoutMs);
    } finally {
      handle.release();
    }
  }

  /** What an engine costs per minute of its music, in millionths of the host's currency. */
  public void setEnginePrice(String engineKey, long microsPerMinute) {
    long service = handle.acquire();
    try {
      Native.setEnginePrice(service, engineKey, microsPerMinute);
    } finally {
      handle.release();
    }
  }

  /** What may be spent by one session and by all in a day (UTC), in micro-units; -1: no cap. */
  public void setSpendCaps(long perSessionMicros, long perDayMicros) {
    long service = handle.acquire();
    try {
      Native.setSpendCaps(service, perSessionMicros, perDayMicros);
    } finally {
      handle.release();
    }
  }

  /** The ids of the tracks in the store, oldest first. */
  public List<String> trackIds() {
    long service = handle.acquire();
    try {
      return Arrays.asList(Native.trackIds(service));
    } finally {
      handle.release();
    }
  }

  public Track openTrack(String trackId) {
    long service = handle.acquire();
    try {
      return new Track(Native.trackOpen(service, trackId));
    } finally {
      handle.release();
    }
  }

  /** Removes a track and its audio from the store. */
  public void deleteTrack(String trackId) {
    long service = handle.acquire();
    try {
      Native.trackDelete(service, trackId);
    } finally {
      handle.release();
    }
  }

  /** Draws a key for {@link #addAccessKey}. */
  public static String generateAccessKey() {
    return Native.accessKeyGenerate();
  }

  /**
   * Lets requests that carry the key (as {@code X-API-Key} or {@code Authorization: Bearer}) start and
   * steer sessions. Not kept: to be called after each opening.
   *
   * @param caller whose key it is; sessions and tracks are their caller's
   */
  public void addAccessKey(String key, String caller, String... organizations) {
    long service = handle.acquire();
    try {
      Native.addAccessKey(service, key, caller, organizations);
    } finally {
      handle.release();
    }
  }

  /**
   * Answers a request of the wire contract, as a web view has made it. What is wrong with the request is
   * part of the answer.
   *
   * @param target path and query, percent-encoded as they came
   * @param headers may be null
   * @param body may be null
   */
  public HttpResponse handle(
      String method, String target, Map<String, String> headers, byte[] body) {
    String[] pairs = new String[headers == null ? 0 : headers.size() * 2];
    int next = 0;
    if (headers != null) {
      for (Map.Entry<String, String> header : headers.entrySet()) {
        pairs[next++] = header.getKey();
        pairs[next++] = header.getValue();
      }
    }
    long service = handle.acquire();
    try {
      return new HttpResponse(Native.serviceHandle(service, method, target, pairs, body));
    } finally {
      handle.release();
    }
  }

  /**
   * Gives the service back, after calls that are under way. Sessions and players that are not closed live
   * on, and the work stops with the last of them.
   */
  @Override
  public void close() {
    handle.close();
  }
}
