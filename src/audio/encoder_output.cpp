// SPDX-License-Identifier: MIT
#include "audio/encoder_output.h"

#include <algorithm>
#include <cerrno>
#include <exception>
#include <sndfile.h>

#include "base/file_signals.h"

namespace focus::core::audio {

SF_VIRTUAL_IO* EncoderOutput::callbacks() {
  static constexpr auto of = [](void* self) -> EncoderOutput& {
    return *static_cast<EncoderOutput*>(self);
  };
  static SF_VIRTUAL_IO io = {
      [](void* self) -> sf_count_t { return of(self).length_; },
      [](sf_count_t offset, int whence, void* self) -> sf_count_t {
        return of(self).seek(offset, whence);
      },
      [](void* to, sf_count_t count, void* self) -> sf_count_t { return of(self).read(to, count); },
      [](const void* from, sf_count_t count, void* self) -> sf_count_t {
        return of(self).write(from, count);
      },
      [](void* self) -> sf_count_t { return of(self).position_; },
  };
  return &io;
}

void EncoderOutput::note_error(int error_number) {
  if (error_ == 0) error_ = error_number == 0 ? EIO : error_number;
}

std::int64_t EncoderOutput::seek(std::int64_t offset, int whence) {
  const std::int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? position_ : length_;
  if (base + offset < 0 || !move_to(base + offset)) return -1;
  position_ = base + offset;
  return position_;
}

std::int64_t EncoderOutput::read(void* to, std::int64_t count) {
  const std::int64_t got = read_at(position_, static_cast<char*>(to), count);
  position_ += got;
  return got;
}

bool EncoderOutput::get(std::int64_t position, char* to, std::int64_t count) {
  return seek(position, SEEK_SET) == position && read(to, count) == count;
}

bool EncoderOutput::put(std::int64_t position, std::string_view bytes) {
  if (bytes.empty()) return error_ == 0;
  if (position != position_ && seek(position, SEEK_SET) != position) return false;
  const auto count = static_cast<std::int64_t>(bytes.size());
  return write(bytes.data(), count) == count;
}

std::int64_t EncoderOutput::write(const void* from, std::int64_t count) {
  if (error_ != 0) return 0;
  const std::int64_t put = write_at(position_, static_cast<const char*>(from), count);
  position_ += put;
  length_ = std::max(length_, position_);
  return put;
}

void FileOutput::open() {
  errno = 0;
  constexpr auto kMode = std::ios::in | std::ios::out | std::ios::binary | std::ios::trunc;
  if (file_.open(path_, kMode) == nullptr) note_error(errno);
}

void FileOutput::close() {
  const FileSignals guard;
  errno = 0;
  if (file_.is_open() && file_.close() == nullptr) note_error(errno);
}

bool FileOutput::move_to(std::int64_t position) {
  const FileSignals guard;  // writes what is in the buffer
  errno = 0;
  const auto reached = file_.pubseekpos(position);
  if (reached != std::filebuf::pos_type(std::filebuf::off_type(-1))) return true;
  note_error(errno);
  return false;
}

std::int64_t FileOutput::read_at(std::int64_t, char* to, std::int64_t count) {
  return file_.sgetn(to, count);
}

std::int64_t FileOutput::write_at(std::int64_t, const char* from, std::int64_t count) {
  const FileSignals guard;
  errno = 0;
  const std::int64_t put = file_.sputn(from, count);
  if (put < count) note_error(errno);
  return put;
}

std::int64_t StreamOutput::write_at(std::int64_t position, const char* from, std::int64_t count) {
  const std::int64_t again = std::clamp<std::int64_t>(sent_ - position, 0, count);
  if (again > 0) static_cast<void>(stream_.rewrite(position, from, again));
  if (again == count) return count;
  if (const int failed = stream_.write(from + again, count - again); failed != 0) {
    note_error(failed);
    return again;
  }
  sent_ = position + count;
  return count;
}

std::int64_t MemoryOutput::read_at(std::int64_t position, char* to, std::int64_t count) {
  const auto size = static_cast<std::int64_t>(bytes_.size());
  const std::int64_t got = std::clamp<std::int64_t>(size - position, 0, count);
  std::copy_n(bytes_.begin() + std::min(position, size), got, to);
  return got;
}

std::int64_t MemoryOutput::write_at(std::int64_t position, const char* from, std::int64_t count) {
  const auto end = static_cast<std::size_t>(position + count);
  try {
    if (end > bytes_.size()) bytes_.resize(end);
  } catch (const std::exception&) {  // an exception must not pass through libsndfile, which is C
    note_error(ENOMEM);
    return 0;
  }
  std::copy_n(from, count, bytes_.begin() + position);
  return count;
}

}  // namespace focus::core::audio
