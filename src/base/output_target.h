// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include <absl/status/status.h>

namespace focus::core {

/// What a path that is to be written to stands for.
struct OutputTarget {
  enum class Kind {
    file,    ///< a file, or nothing yet: it is written beside and renamed
    folder,  ///< cannot be written to
    stream,  ///< a pipe, a device or an open descriptor: it gets the bytes and stays what it is
  };
  Kind kind = Kind::file;
  std::string path;     ///< with its symbolic links followed
  int descriptor = -1;  ///< the open descriptor that /dev/stdout or /dev/fd/N names, else -1
};

/// Follows symbolic links, also one that leads to nothing yet.
OutputTarget find_output_target(const std::string& path);

/// Refuses what can not be written before any work is done for it: a folder, a name that is too
/// long, a path that leads through a file. The error names the path that the user gave.
absl::Status check_output(const OutputTarget& target, const std::string& path);

/// Refuses an output that is the file `input`, which it would replace. The error names `field`.
absl::Status check_not_input(const std::string& path, const std::string& input,
                             const std::string& field);

/// Whether both paths lead to one file, by whatever links. False unless both are there. Devices,
/// pipes and descriptors are never one file: reading one does not depend on what is written.
bool is_same_file(const std::string& a, const std::string& b);

/// Writes bytes to the stream of a target, in order. To be used by one thread at a time.
class OutputStream {
 public:
  explicit OutputStream(OutputTarget target);
  ~OutputStream();
  OutputStream(const OutputStream&) = delete;
  OutputStream& operator=(const OutputStream&) = delete;

  /// Writes all of it. The stream is opened by the first call, which waits for the reader of a
  /// named pipe. Returns 0, or the errno of the failure.
  int write(const void* from, std::int64_t count);
  /// Replaces what was written at `offset` from the beginning, if the stream is a file that can do
  /// that (standard output may be one). Returns whether it was.
  bool rewrite(std::int64_t offset, const void* from, std::int64_t count);

 private:
  int open();

  const OutputTarget target_;
  int descriptor_ = -1;
  std::int64_t begin_ = -1;  ///< the position of the first byte in a file; -1: not a file
};

/// Copies the file `from` to the stream of `target`.
absl::Status copy_to_stream(const std::string& from, const OutputTarget& target);

}  // namespace focus::core
