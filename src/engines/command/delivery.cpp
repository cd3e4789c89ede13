// SPDX-License-Identifier: MIT
#include "engines/command/delivery.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <vector>

#include <absl/strings/str_cat.h>

#include "audio/file.h"
#include "audio/resampler.h"
#include "base/error.h"
#include "base/text.h"

namespace focus::core::engines {
namespace {

constexpr std::int64_t kBlock = 4096;

std::int64_t wanted_frames(int sample_rate, const plan::Brief& brief) {
  return brief.frames * sample_rate / brief.sample_rate;
}

/// The error of a file that ends after `frames` frames. It was read to its end: what its header
/// tells is not known to be so.
absl::Status too_short(std::int64_t frames, int sample_rate, const plan::Brief& brief) {
  return engine_error(absl::StrCat(
      "the command left ", frames, " of ", wanted_frames(sample_rate, brief), " frames at ",
      sample_rate, " Hz (", decimals(static_cast<double>(frames) / sample_rate, 3), " of ",
      decimals(brief.length_seconds(), 3), " s); it has to fill the brief's `frames`"));
}

/// An error about the file as one of the engine, which has made it.
absl::Status fault_of_engine(const absl::Status& status, const std::string& path) {
  return with_path(engine_error(std::string(status.message())), path);
}

/// Resamples the samples of a file and writes them to the sink, block by block.
class Delivery {
 public:
  Delivery(audio::StreamResampler resampler, std::int64_t frames, HostSink& sink)
      : resampler_(std::move(resampler)),
        sink_(sink),
        left_(frames),
        out_(static_cast<std::size_t>(kBlock * resampler_.channel_count())) {}

  bool done() const { return left_ == 0; }

  absl::Status take(const float* samples, std::int64_t frames, bool last) {
    const int channels = resampler_.channel_count();
    while (!done()) {
      const auto step =
          resampler_.process(samples, frames, out_.data(), std::min(kBlock, left_), last);
      if (step.consumed == 0 && step.produced == 0) break;
      FOCUS_RETURN_IF_ERROR(sink_.write_interleaved(out_.data(), step.produced, channels));
      if (step.produced > 0) {
        std::copy_n(out_.data() + (step.produced - 1) * channels, channels, held_);
      }
      samples += step.consumed * channels;
      frames -= step.consumed;
      left_ -= step.produced;
    }
    return absl::OkStatus();
  }

  absl::Status hold_last() {
    while (!done()) {
      FOCUS_RETURN_IF_ERROR(sink_.write_interleaved(held_, 1, resampler_.channel_count()));
      --left_;
    }
    return absl::OkStatus();
  }

 private:
  audio::StreamResampler resampler_;
  HostSink& sink_;
  std::int64_t left_;
  std::vector<float> out_;
  float held_[2] = {};
};

}  // namespace

absl::Status deliver_file(const std::string& path, const plan::Brief& brief, HostSink& sink) {
  std::error_code failed;
  const auto kind = std::filesystem::status(path, failed).type();
  if (std::filesystem::exists(std::filesystem::file_status(kind)) &&
      kind != std::filesystem::file_type::regular) {
    return fault_error(Fault::argument, "the command left something at {out} that is no file");
  }
  const auto opened = audio::AudioFileReader::open(path);
  if (has_fault(opened.status(), Fault::file_missing)) {
    return engine_error("the command ended well, but left no audio at {out}");
  }
  if (!opened.ok()) return fault_of_engine(opened.status(), path);
  audio::AudioFileReader& reader = **opened;
  const audio::AudioFileInfo& file = reader.info();
  if (file.channel_count > 2) {
    return fault_error(Fault::argument, absl::StrCat("the command left ", file.channel_count,
                                                     " channels; mix them to 1 or 2"));
  }
  FOCUS_ASSIGN_OR_RETURN(
      audio::StreamResampler resampler,
      audio::StreamResampler::create(file.channel_count, file.sample_rate, brief.sample_rate,
                                     audio::ResamplerQuality::medium));
  Delivery delivery(std::move(resampler), brief.frames, sink);
  audio::AudioBuffer block(file.channel_count, kBlock, file.sample_rate);
  std::vector<float> interleaved(static_cast<std::size_t>(kBlock * file.channel_count));
  std::int64_t frames = 0;
  for (bool last = false; !last && !delivery.done();) {
    const auto count = reader.read(block.view());
    if (!count.ok()) return fault_of_engine(count.status(), path);
    last = *count < kBlock;
    frames += *count;
    if (last && frames < wanted_frames(file.sample_rate, brief)) {
      return too_short(frames, file.sample_rate, brief);
    }
    interleave(std::as_const(block).view().subview(0, *count), interleaved.data());
    FOCUS_RETURN_IF_ERROR(delivery.take(interleaved.data(), *count, last));
  }
  return delivery.hold_last();
}

}  // namespace focus::core::engines
