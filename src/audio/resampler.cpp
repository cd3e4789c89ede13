// SPDX-License-Identifier: MIT
#include "audio/resampler.h"

#include <algorithm>
#include <samplerate.h>
#include <vector>

#include <absl/strings/str_cat.h>

#include "base/error.h"

namespace focus::core::audio {
namespace {

constexpr std::int64_t kConvertedFrames = 1024;

int converter_of(ResamplerQuality quality) {
  switch (quality) {
    case ResamplerQuality::fast:
      return SRC_SINC_FASTEST;
    case ResamplerQuality::medium:
      return SRC_SINC_MEDIUM_QUALITY;
    case ResamplerQuality::best:
      return SRC_SINC_BEST_QUALITY;
  }
  return SRC_SINC_MEDIUM_QUALITY;
}

}  // namespace

void StreamResampler::Delete::operator()(SRC_STATE* state) const { src_delete(state); }

absl::StatusOr<StreamResampler> StreamResampler::create(int channel_count, int from_rate,
                                                        int to_rate, ResamplerQuality quality) {
  if (channel_count < 1 || channel_count > AudioView::kMaxChannels) {
    return invalid_field("channels", absl::StrCat("must be 1 to ", AudioView::kMaxChannels,
                                                  ", not ", channel_count));
  }
  const double ratio = from_rate > 0 ? static_cast<double>(to_rate) / from_rate : 0.0;
  if (src_is_valid_ratio(ratio) == 0) {
    return invalid_field(
        "sample_rate", absl::StrCat("can not be changed from ", from_rate, " to ", to_rate, " Hz"));
  }
  if (from_rate == to_rate) return StreamResampler(channel_count, 1.0, nullptr);
  int error = 0;
  SRC_STATE* state = src_new(converter_of(quality), channel_count, &error);
  if (state == nullptr) {
    return fault_error(Fault::memory,
                       absl::StrCat("no sample rate converter: ", src_strerror(error)));
  }
  return StreamResampler(channel_count, ratio, state);
}

StreamResampler::Progress StreamResampler::process(const float* in, std::int64_t in_frames,
                                                   float* out, std::int64_t out_frames,
                                                   bool end_of_input) {
  if (state_ == nullptr) {
    const std::int64_t count = std::min(in_frames, out_frames);
    std::copy_n(in, count * channel_count_, out);
    return {count, count};
  }
  SRC_DATA data = {};
  data.data_in = in;
  data.data_out = out;
  data.input_frames = static_cast<long>(in_frames);
  data.output_frames = static_cast<long>(out_frames);
  data.end_of_input = end_of_input ? 1 : 0;
  data.src_ratio = ratio_;
  // src_process() fails only on invalid arguments, and create() has excluded these.
  src_process(state_.get(), &data);
  return {data.input_frames_used, data.output_frames_gen};
}

void StreamResampler::reset() {
  if (state_ != nullptr) src_reset(state_.get());
}

std::int64_t resampled_frames(std::int64_t frames, int from_rate, int to_rate) {
  return (frames * to_rate + from_rate / 2) / from_rate;
}

absl::StatusOr<AudioBuffer> resample(const AudioBuffer& audio, int to_rate, std::int64_t frames,
                                     const CancelToken& cancel, ResamplerQuality quality) {
  FOCUS_ASSIGN_OR_RETURN(
      StreamResampler resampler,
      StreamResampler::create(audio.channel_count(), audio.sample_rate(), to_rate, quality));
  const auto channels = static_cast<std::size_t>(audio.channel_count());
  AudioBuffer result(audio.channel_count(), frames, to_rate);
  std::vector<float> in(static_cast<std::size_t>(kConvertedFrames) * channels);
  std::vector<float> out(in.size());
  std::int64_t loaded_to = 0;  // frames of `audio` that were copied to `in`
  std::int64_t in_offset = 0;  // frames of `in` that were consumed
  std::int64_t in_frames = 0;  // frames of `in` that are valid
  std::int64_t done = 0;
  while (done < frames) {
    if (cancel.cancelled()) return cancelled_error();
    if (in_offset == in_frames && loaded_to < audio.frames()) {
      in_frames = std::min(kConvertedFrames, audio.frames() - loaded_to);
      in_offset = 0;
      interleave(audio.view().subview(loaded_to, in_frames), in.data());
      loaded_to += in_frames;
    }
    const auto progress = resampler.process(
        in.data() + static_cast<std::size_t>(in_offset) * channels, in_frames - in_offset,
        out.data(), std::min(kConvertedFrames, frames - done), loaded_to == audio.frames());
    deinterleave(out.data(), result.view().subview(done, progress.produced));
    in_offset += progress.consumed;
    done += progress.produced;
    if (progress.consumed == 0 && progress.produced == 0) break;  // the rest stays silent
  }
  return result;
}

}  // namespace focus::core::audio
