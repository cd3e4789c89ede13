// SPDX-License-Identifier: MIT
#pragma once

#if !defined(_WIN32)
#include <signal.h>
#endif

namespace focus::core {

/// Keeps a write from ending the process while it lives: SIGXFSZ (a file would exceed the limit of
/// `ulimit -f`) and SIGPIPE (nobody reads the pipe) are blocked in the calling thread, and those
/// that the writes have raised are taken away again. The writes then fail with EFBIG or EPIPE. The
/// dispositions of the process, which belong to the host, are not touched.
class FileSignals {
 public:
  FileSignals();
  ~FileSignals();
  FileSignals(const FileSignals&) = delete;
  FileSignals& operator=(const FileSignals&) = delete;

 private:
#if !defined(_WIN32)
  sigset_t before_;
  sigset_t ours_;  ///< of both, those that were neither blocked nor pending before
#endif
};

}  // namespace focus::core
