// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <fstream>
#include <string>

struct SF_VIRTUAL_IO;

namespace focus::core {

/// What libsndfile writes through. Its own input and output forgets why a write failed, above all
/// the last one at closing; this remembers the first error there was.
class EncoderOutput {
 public:
  virtual ~EncoderOutput() = default;

  virtual void open() {}
  virtual void close() {}
  /// What was written, where it is in memory.
  virtual std::string take_bytes() { return {}; }

  /// The first error (an errno), or 0.
  int error() const { return error_; }
  /// For sf_open_virtual, with this object as the user's data.
  static SF_VIRTUAL_IO* callbacks();

 protected:
  void note_error(int error_number);

 private:
  virtual bool move_to(std::int64_t position) = 0;
  virtual std::int64_t read_at(std::int64_t position, char* to, std::int64_t count) = 0;
  /// Fewer than `count` is an error, which it notes.
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

class MemoryOutput final : public EncoderOutput {
 public:
  std::string take_bytes() override { return std::move(bytes_); }

 private:
  bool move_to(std::int64_t) override { return true; }
  std::int64_t read_at(std::int64_t position, char* to, std::int64_t count) override;
  std::int64_t write_at(std::int64_t position, const char* from, std::int64_t count) override;

  std::string bytes_;
};

}  // namespace focus::core
