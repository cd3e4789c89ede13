// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <memory>

#include <absl/strings/str_cat.h>

#include "audio/file.h"
#include "boundary.h"

using namespace focus::core;
using namespace focus::core::capi;

namespace {

constexpr std::int64_t kBlock = 4096;

}  // namespace

struct focus_audio_file : HandleBase {
  focus_audio_file(std::unique_ptr<audio::AudioFileWriter> created, int channels, int sample_rate)
      : writer(std::move(created)), block(channels, kBlock, sample_rate) {}

  std::unique_ptr<audio::AudioFileWriter> writer;  // null after the commit
  audio::AudioBuffer block;
};

namespace {

absl::Status check_open(const focus_audio_file* file) {
  FOCUS_RETURN_IF_ERROR(check_handle(file, "file"));
  if (file->writer) return absl::OkStatus();
  return invalid_field("file", "was committed already");
}

/// Refuses what is not finite before any of it is written, so that the caller may go on.
absl::Status check_samples(const focus_audio_file& file, const float* samples,
                           std::int64_t frames) {
  const int channels = file.block.channel_count();
  const float* const end = samples + frames * channels;
  const float* const wild =
      std::find_if_not(samples, end, [](float x) { return std::isfinite(x); });
  if (wild == end) return absl::OkStatus();
  const std::int64_t frame = (wild - samples) / channels;
  const float* const first = samples + frame * channels;
  const float* planar[audio::AudioView::kMaxChannels] = {};
  for (int c = 0; c < channels; ++c) planar[c] = first + c;
  return audio::check_finite({planar, channels, 1}, file.writer->frames_written() + frame);
}

}  // namespace

int32_t focus_audio_file_create(const char* path, int32_t sample_rate, int32_t channel_count,
                                focus_audio_file** file) noexcept {
  return focus_audio_file_create_with_bits(path, sample_rate, channel_count, 0, file);
}

int32_t focus_audio_file_create_with_bits(const char* path, int32_t sample_rate,
                                          int32_t channel_count, int32_t bits,
                                          focus_audio_file** file) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(file, "file"));
    if (path == nullptr) return null_argument("path");
    if (channel_count < 1 || channel_count > audio::AudioView::kMaxChannels) {
      return invalid_field("channel_count",
                           absl::StrCat("must be 1 to ", audio::AudioView::kMaxChannels));
    }
    FOCUS_ASSIGN_OR_RETURN(const audio::AudioFormat format, audio::user_format(path, "path", bits));
    audio::AudioFileOptions options;
    options.sweeps_leftovers = true;
    FOCUS_ASSIGN_OR_RETURN(auto writer, audio::AudioFileWriter::create(path, format, sample_rate,
                                                                       channel_count, options));
    *file = new focus_audio_file(std::move(writer), channel_count, sample_rate);
    return absl::OkStatus();
  });
}

int32_t focus_audio_file_write(focus_audio_file* file, const float* samples,
                               int64_t frames) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_open(file));
    if (samples == nullptr) return null_argument("samples");
    if (frames < 0) return invalid_field("frames", "must not be negative");
    FOCUS_RETURN_IF_ERROR(check_samples(*file, samples, frames));
    for (std::int64_t at = 0; at < frames; at += kBlock) {
      const audio::AudioView part = file->block.view().subview(0, std::min(kBlock, frames - at));
      deinterleave(samples + at * part.channel_count(), part);
      FOCUS_RETURN_IF_ERROR(file->writer->write(part));
    }
    return absl::OkStatus();
  });
}

int32_t focus_audio_file_commit(focus_audio_file* file) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_open(file));
    const auto writer = std::move(file->writer);
    return writer->commit(AtomicFile::Durability::synced);
  });
}

int32_t focus_audio_file_destroy(focus_audio_file* file) noexcept { return destroy(file); }
