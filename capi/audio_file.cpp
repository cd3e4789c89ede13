// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <absl/strings/str_cat.h>

#include "audio/file.h"
#include "boundary.h"
#include "mastering/loudness.h"
#include "session/file_tags.h"
#include "snapshot.h"

using namespace focus::core;
using namespace focus::core::capi;

namespace {

constexpr std::int64_t kBlock = 4096;

}  // namespace

struct focus_audio_file : HandleBase {
  focus_audio_file(std::unique_ptr<audio::AudioFileWriter> created, audio::AudioFormat chosen,
                   int channels, int sample_rate)
      : writer(std::move(created)), format(chosen), block(channels, kBlock, sample_rate) {}

  std::unique_ptr<audio::AudioFileWriter> writer;  // null after the commit
  const audio::AudioFormat format;
  audio::AudioBuffer block;
  audio::FileTags tags;                           // given to the writer at the first write
  bool has_begun = false;                         // whether they were
  std::optional<mastering::LoudnessMeter> meter;  // where the tags tell the loudness
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

/// Whether the file still takes tags.
absl::Status check_not_begun(const focus_audio_file* file) {
  FOCUS_RETURN_IF_ERROR(check_open(file));
  if (!file->has_begun) return absl::OkStatus();
  return invalid_field("file",
                       "has samples already; tags and chapters come before the first write");
}

/// Takes tags that are changed from the file's own, unless they are refused.
absl::Status adopt_tags(focus_audio_file& file, audio::FileTags changed) {
  FOCUS_RETURN_IF_ERROR(validate(changed));
  file.tags = std::move(changed);
  return absl::OkStatus();
}

absl::Status begin(focus_audio_file& file) {
  if (file.has_begun) return absl::OkStatus();
  file.tags.sample_rate = file.block.sample_rate();
  if (!file.tags.empty() && !file.writer->is_stream()) {
    FOCUS_ASSIGN_OR_RETURN(file.meter, mastering::LoudnessMeter::create(
                                           file.block.channel_count(), file.block.sample_rate(),
                                           mastering::LoudnessMeter::TruePeak::left_out));
    file.tags.loudness = audio::FileTags::Loudness{};
  }
  FOCUS_RETURN_IF_ERROR(file.writer->set_tags(file.tags));
  file.has_begun = true;
  return absl::OkStatus();
}

/// OUT of the command that writes such a file again.
std::string output_of(audio::AudioFormat format) {
  const std::string name = absl::StrCat("focus-session.", std::string(ending_of(format)));
  switch (format) {
    case audio::AudioFormat::flac16:
    case audio::AudioFormat::wav16:
      return name + " --bits 16";
    case audio::AudioFormat::wav24:
      return name + " --bits 24";
    default:
      return name;
  }
}

absl::Status create(const char* path, const focus_audio_file_options& options,
                    focus_audio_file** file) {
  if (path == nullptr) return null_argument("path");
  const int channels = options.channel_count;
  if (channels < 1 || channels > audio::AudioView::kMaxChannels) {
    return invalid_field("channel_count",
                         absl::StrCat("must be 1 to ", audio::AudioView::kMaxChannels));
  }
  FOCUS_ASSIGN_OR_RETURN(
      const audio::AudioFormat format,
      audio::user_format(path, "path", options.bits, text_or_empty(options.format)));
  audio::AudioFileOptions how;
  how.sweeps_leftovers = true;
  FOCUS_ASSIGN_OR_RETURN(auto writer, audio::AudioFileWriter::create(
                                          path, format, options.sample_rate, channels, how));
  *file = new focus_audio_file(std::move(writer), format, channels, options.sample_rate);
  return absl::OkStatus();
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
    focus_audio_file_options options = FOCUS_AUDIO_FILE_OPTIONS_INIT;
    options.sample_rate = sample_rate;
    options.channel_count = channel_count;
    options.bits = bits;
    return create(path, options, file);
  });
}

int32_t focus_audio_file_create_with(const char* path, const focus_audio_file_options* options,
                                     focus_audio_file** file) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(file, "file"));
    if (options == nullptr) return null_argument("options");
    FOCUS_ASSIGN_OR_RETURN(focus_audio_file_options given,
                           read_struct(options, FOCUS_AUDIO_FILE_OPTIONS_INIT, "options"));
    if (given.channel_count == 0) given.channel_count = audio::kChannels;
    return create(path, given, file);
  });
}

int32_t focus_audio_file_set_tag(focus_audio_file* file, const char* name,
                                 const char* value) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_not_begun(file));
    if (name == nullptr) return null_argument("name");
    if (value == nullptr) return null_argument("value");
    audio::FileTags tags = file->tags;
    const auto field =
        std::find_if(tags.fields.begin(), tags.fields.end(),
                     [name](const audio::FileTags::Field& known) { return known.name == name; });
    if (field == tags.fields.end()) {
      tags.fields.push_back({name, value});
    } else {
      field->value = value;
    }
    FOCUS_RETURN_IF_ERROR(validate(tags));
    std::erase_if(tags.fields,
                  [](const audio::FileTags::Field& known) { return known.value.empty(); });
    return adopt_tags(*file, std::move(tags));
  });
}

int32_t focus_audio_file_add_chapter(focus_audio_file* file, double start_seconds,
                                     const char* title) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_not_begun(file));
    if (title == nullptr) return null_argument("title");
    audio::FileTags tags = file->tags;
    constexpr double kLongest = 99.0 * 3600.0;
    if (!(start_seconds >= 0.0 && start_seconds <= kLongest)) {
      return invalid_field("start_seconds", "must be 0 to 356400");
    }
    const std::int64_t start = std::llround(start_seconds * file->block.sample_rate());
    if (!tags.chapters.empty() && start <= tags.chapters.back().start_frame) {
      return invalid_field("start_seconds", "must be after the chapter before");
    }
    tags.chapters.push_back({start, title});
    return adopt_tags(*file, std::move(tags));
  });
}

int32_t focus_audio_file_describe_session(focus_audio_file* file,
                                          const focus_snapshot* snapshot) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_not_begun(file));
    FOCUS_RETURN_IF_ERROR(check_handle(snapshot, "snapshot"));
    return adopt_tags(
        *file, session::session_file_tags(*snapshot->view.plan, snapshot->engine,
                                          file->block.sample_rate(), output_of(file->format)));
  });
}

int32_t focus_audio_file_write(focus_audio_file* file, const float* samples,
                               int64_t frames) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_open(file));
    if (samples == nullptr) return null_argument("samples");
    if (frames < 0) return invalid_field("frames", "must not be negative");
    FOCUS_RETURN_IF_ERROR(check_samples(*file, samples, frames));
    FOCUS_RETURN_IF_ERROR(begin(*file));
    for (std::int64_t at = 0; at < frames; at += kBlock) {
      const audio::AudioView part = file->block.view().subview(0, std::min(kBlock, frames - at));
      deinterleave(samples + at * part.channel_count(), part);
      if (file->meter) file->meter->add(part);
      FOCUS_RETURN_IF_ERROR(file->writer->write(part));
    }
    return absl::OkStatus();
  });
}

int32_t focus_audio_file_commit(focus_audio_file* file) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_open(file));
    FOCUS_RETURN_IF_ERROR(begin(*file));
    const auto writer = std::move(file->writer);
    if (file->meter) {
      file->tags.loudness = mastering::file_loudness(*file->meter);
      file->tags.frames = writer->frames_written();
      writer->settle_tags(file->tags);
    }
    return writer->commit(AtomicFile::Durability::synced);
  });
}

int32_t focus_audio_file_destroy(focus_audio_file* file) noexcept { return destroy(file); }
