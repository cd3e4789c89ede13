// SPDX-License-Identifier: MIT
package org.focussession;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The functions of the native library; it is found as java.library.path says, or where the system
 * property {@code org.focussession.library} says. Handles are checked by {@link Handle} before they come here.
 */
final class Native {
  private static final Map<Long, Logger> loggers = new ConcurrentHashMap<>();
  private static final AtomicLong lastLogger = new AtomicLong();

  static {
    String path = System.getProperty("org.focussession.library");
    if (path != null) {
      System.load(path);
    } else {
      System.loadLibrary("focus_session_jni");
    }
  }

  private Native() {}

  /** A number under which threads of the library's find the logger; 0 for null. */
  static long addLogger(Logger logger) {
    if (logger == null) return 0;
    long number = lastLogger.incrementAndGet();
    loggers.put(number, logger);
    return number;
  }

  static void removeLogger(long number) {
    loggers.remove(number);
  }

  /** Called by the library; a line that comes after the service was closed finds nobody. */
  @SuppressWarnings("unused")
  private static void onLog(long number, int level, String message) {
    Logger logger = loggers.get(number);
    if (logger != null) logger.log(Coded.of(LogLevel.values(), level, LogLevel.ERROR), message);
  }

  static native int version();

  static native long serviceOpen(Object options, long logger);

  static native void serviceDestroy(long service);

  static native String[] sessionIds(long service);

  static native String[] trackIds(long service);

  static native long engineListCreate(long service);

  static native int engineListCount(long list);

  static native void engineListGet(long list, int index, Object info);

  static native void engineListDestroy(long list);

  static native void sessionDelete(long service, String id);

  static native int sessionDeleteExpired(long service, long unixBefore);

  static native void setEnginePrice(long service, String key, long microsPerMinute);

  static native void setSpendCaps(long service, long perSession, long perDay);

  static native long sessionStart(long service, Object request);

  static native long sessionOpen(long service, String id);

  static native double sessionSteer(long session, Object steering);

  static native void sessionEnd(long session);

  static native void sessionDestroy(long session);

  static native long sessionSnapshot(long session);

  static native void snapshotInfo(long snapshot, Object info);

  static native void snapshotSegment(long snapshot, int index, Object info);

  static native String snapshotJson(long snapshot, boolean analysis, String baseUrl);

  static native void snapshotDestroy(long snapshot);

  static native boolean sessionWaitEvent(long session, int timeoutMs, Object event, String[] texts);

  static native int sessionReadSegment(
      long session, int index, long firstFrame, float[] samples, int offset, int frames);

  static native void sessionWriteSegment(long session, int index, String path);

  static native void sessionWriteScore(long session, int index, String path);

  static native long playerCreate(long session, Object options);

  static native void playerDestroy(long player);

  static native int playerReadArray(
      long player, float[] samples, int offset, int frames, int channelCount);

  static native int playerReadDirect(long player, Object buffer, int position, int frames);

  static native void playerPause(long player);

  static native void playerResume(long player);

  static native void playerSeek(long player, double seconds);

  static native void playerSkip(long player);

  static native void playerSetVolume(long player, double volume);

  static native void playerSetSleepTimer(long player, double seconds, double fadeSeconds);

  static native void playerSetOutput(long player, int sampleRate, int channelCount);

  static native void playerInfo(long player, Object info);

  static native long sessionPromote(long session, int index, String title);

  static native long trackOpen(long service, String id);

  static native void trackInfo(long track, Object info);

  static native void trackWrite(long track, String path);

  static native void trackDestroy(long track);

  static native void trackDelete(long service, String id);

  static native long measurementCreate(String path);

  static native void measurementInfo(long measurement, Object info);

  static native float[] measurementCurve(long measurement, boolean shortTerm);

  static native void measurementDestroy(long measurement);

  static native long serviceHandle(
      long service, String method, String target, String[] headers, byte[] body);

  static native void responseInfo(long response, Object info);

  static native void responseHeader(long response, int index, String[] pair);

  static native int responseRead(long response, byte[] buffer, int offset, int length, int timeoutMs);

  static native void responseDestroy(long response);

  static native String accessKeyGenerate();

  static native void addAccessKey(long service, String key, String caller, String[] organizations);

  static native void engineRegister(long service, Object engine, Object description);

  static native boolean engineUnregister(long service, String key, int timeoutMs);

  static native void briefRead(long brief, Object into);

  static native float[] briefPrevious(long brief);

  static native void sinkWriteArray(
      long sink, float[] samples, int offset, int frames, int channelCount);

  static native void sinkWriteDirect(
      long sink, Object buffer, int position, int frames, int channelCount);

  static native void sinkReportProgress(long sink, double fraction);

  static native boolean sinkCancelled(long sink);

  static native void sinkExplain(long sink, String message);
}
