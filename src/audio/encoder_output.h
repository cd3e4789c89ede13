// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>

#include "base/output_target.h"

struct SF_VIRTUAL_IO;

namespace focus::core::audio {

/// The output that libsndfile writes to through its virtual I/O. libsndfile's own file output does
/// not report why a write failed, in particular the last write when it closes a file. This class
/// keeps the first error.
class EncoderOutput {
 public:
  virtual ~EncoderOutput() = default;

  virtual void open() {}
  virtual void close() {}
  /// Returns the bytes that were written and clears them. Empty for an output that is not in
  /// memory.
  virtual std::string take_bytes() { return {}; }

  /// How much was written.
  std::int64_t length() const { return length_; }
  /// Reads what was written at `position`; false unless it is all there.
  bool get(std::int64_t position, char* to, std::int64_t count);
  /// Writes at `position`; false after an error.
  bool put(std::int64_t position, std::string_view bytes);

  /// The first error as an errno, or 0 if there was none.
  int error() const { return error_; }
  /// The callbacks for sf_open_virtual(). Its user data must be a pointer to this object.
  static SF_VIRTUAL_IO* callbacks();

 protected:
  void note_error(int error_number);

 private:
  virtual bool move_to(std::int64_t position) = 0;
  virtual std::int64_t read_at(std::int64_t position, char* to, std::int64_t count) = 0;
  /// Returns the number of bytes written. If it is less than `count`, the implementation has called
  /// note_error().
  virtual std::int64_t write_at(std::int64_t position, const char* from, std::int64_t count) = 0;

  std::int64_t seek(std::int64_t offset, int whence);
  std::int64_t read(void* to, std::int64_t count);
  std::int64_t write(const void* from, std::int64_t count);

  std::int64_t position_ = 0;
  std::int64_t length_ = 0;
  int error_ = 0;
};

class FileOutput final : public EncoderOutput {
 public:
  explicit FileOutput(std::string path) : path_(std::move(path)) {}
  void open() override;
  void close() override;

 private:
  bool move_to(std::int64_t position) override;
  std::int64_t read_at(std::int64_t position, char* to, std::int64_t count) override;
  std::int64_t write_at(std::int64_t position, const char* from, std::int64_t count) override;

  std::string path_;
  std::filebuf file_;
};

/// A pipe, a device or standard output. It takes bytes in their order; what an encoder goes back to
/// reaches the stream only if that is a file after all.
class StreamOutput final : public EncoderOutput {
 public:
  explicit StreamOutput(OutputTarget target) : stream_(std::move(target)) {}

 private:
  bool move_to(std::int64_t) override { return true; }
  std::int64_t read_at(std::int64_t, char*, std::int64_t) override { return 0; }
  std::int64_t write_at(std::int64_t position, const char* from, std::int64_t count) override;

  OutputStream stream_;
  std::int64_t sent_ = 0;
};

class MemoryOutput final : public EncoderOutput {
 public:
  std::string take_bytes() override { return std::move(bytes_); }

 private:
  bool move_to(std::int64_t) override { return true; }
  std::int64_t read_at(std::int64_t position, char* to, std::int64_t count) override;
  std::int64_t write_at(std::int64_t position, const char* from, std::int64_t count) override;

  std::string bytes_;
};

}  // namespace focus::core::audio
