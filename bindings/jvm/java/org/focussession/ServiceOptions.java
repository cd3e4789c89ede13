// SPDX-License-Identifier: MIT
package org.focussession;

/** How a service is opened; the defaults are a temporary store and one worker a core. */
public final class ServiceOptions {
  int storage;
  String dataFolder;
  int workerCount;
  int logLevel = 1;
  Logger logger;

  public ServiceOptions storage(Storage storage) {
    this.storage = storage.code();
    return this;
  }

  /** For {@link Storage#FOLDER} alone; created if its parent exists. */
  public ServiceOptions dataFolder(String dataFolder) {
    this.dataFolder = dataFolder;
    return this;
  }

  /** Threads that make segments, 1 to 64; 0: one a core, at most 8. */
  public ServiceOptions workerCount(int workerCount) {
    this.workerCount = workerCount;
    return this;
  }

  /** The least important level that the logger gets. */
  public ServiceOptions logLevel(LogLevel logLevel) {
    this.logLevel = logLevel.code();
    return this;
  }

  /** Receives the lines of the log, on threads of the library's; without one the library is silent. */
  public ServiceOptions logger(Logger logger) {
    this.logger = logger;
    return this;
  }
}
