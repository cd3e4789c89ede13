// SPDX-License-Identifier: MIT
#include "audio/wav_stream.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <string_view>
#include <utility>

#include "base/byte_order.h"

namespace focus::core::audio {
namespace {

constexpr std::int64_t kFramesAtATime = 4096;
constexpr std::uint32_t kUnknownBytes = 0xFFFFFFFF;
constexpr std::uint32_t kPcm = 1;
constexpr std::uint32_t kFloat = 3;

int bytes_of_sample(AudioFormat format) {
  return format == AudioFormat::wav16 ? 2 : format == AudioFormat::wav24 ? 3 : 4;
}

void put(std::vector<unsigned char>& to, std::uint32_t value, int bytes) {
  append_little_endian(to, value, bytes);
}

void put(std::vector<unsigned char>& to, std::string_view name) {
  for (const char letter : name) to.push_back(static_cast<unsigned char>(letter));
}

}  // namespace

WavStream::WavStream(OutputTarget target, AudioFormat format, int sample_rate, int channel_count,
                     std::uint64_t dither_seed, std::string info)
    : stream_(std::move(target)),
      format_(format),
      sample_rate_(sample_rate),
      channel_count_(channel_count),
      info_(std::move(info)),
      dither_(dither_seed) {
  const auto samples = static_cast<std::size_t>(kFramesAtATime * channel_count);
  floats_.resize(format == AudioFormat::wav ? samples : 0);
  shorts_.resize(format == AudioFormat::wav16 ? samples : 0);
  ints_.resize(format == AudioFormat::wav24 ? samples : 0);
}

std::vector<unsigned char> WavStream::header(std::uint32_t data_bytes) const {
  const bool is_float = format_ == AudioFormat::wav;
  const auto channels = static_cast<std::uint32_t>(channel_count_);
  const auto rate = static_cast<std::uint32_t>(sample_rate_);
  const auto sample_bytes = static_cast<std::uint32_t>(bytes_of_sample(format_));
  std::vector<unsigned char> to;
  put(to, "RIFF");
  const std::size_t riff_size = to.size();
  put(to, kUnknownBytes, 4);
  put(to, "WAVE");
  put(to, "fmt ");
  put(to, is_float ? 18 : 16, 4);
  put(to, is_float ? kFloat : kPcm, 2);
  put(to, channels, 2);
  put(to, rate, 4);
  put(to, rate * channels * sample_bytes, 4);
  put(to, channels * sample_bytes, 2);
  put(to, 8 * sample_bytes, 2);
  if (is_float) {
    put(to, 0, 2);  // no extension
    put(to, "fact");
    put(to, 4, 4);
    put(to, data_bytes == kUnknownBytes ? kUnknownBytes : data_bytes / (channels * sample_bytes),
        4);
  }
  put(to, info_);
  put(to, "data");
  put(to, data_bytes, 4);
  if (data_bytes != kUnknownBytes) {
    const auto rest = static_cast<std::uint32_t>(to.size() - riff_size - 4);
    for (std::size_t i = 0; i < 4; ++i) {
      to[riff_size + i] =
          static_cast<unsigned char>((rest + data_bytes + (data_bytes & 1U)) >> (8 * i));
    }
  }
  return to;
}

int WavStream::begin() {
  if (begun_) return 0;
  begun_ = true;
  const auto bytes = header(kUnknownBytes);
  return stream_.write(bytes.data(), static_cast<std::int64_t>(bytes.size()));
}

int WavStream::write(ConstAudioView audio) {
  if (const int failed = begin(); failed != 0) return failed;
  for (std::int64_t done = 0; done < audio.frames(); done += kFramesAtATime) {
    const ConstAudioView part =
        audio.subview(done, std::min(kFramesAtATime, audio.frames() - done));
    const auto samples = static_cast<std::size_t>(part.frames() * channel_count_);
    bytes_.clear();
    if (format_ == AudioFormat::wav16) {
      dither_.quantise(part, frames_, shorts_.data());
      for (std::size_t i = 0; i < samples; ++i) {
        put(bytes_, static_cast<std::uint32_t>(shorts_[i]), 2);
      }
    } else if (format_ == AudioFormat::wav24) {
      quantise24(part, ints_.data());
      for (std::size_t i = 0; i < samples; ++i) {
        put(bytes_, static_cast<std::uint32_t>(ints_[i]) >> 8U, 3);
      }
    } else {
      interleave(part, floats_.data());
      for (std::size_t i = 0; i < samples; ++i) {
        put(bytes_, std::bit_cast<std::uint32_t>(floats_[i]), 4);
      }
    }
    const int failed = stream_.write(bytes_.data(), static_cast<std::int64_t>(bytes_.size()));
    if (failed != 0) return failed;
    frames_ += part.frames();
  }
  return 0;
}

int WavStream::finish() {
  if (const int failed = begin(); failed != 0) return failed;
  const std::int64_t data = frames_ * channel_count_ * bytes_of_sample(format_);
  if (data % 2 != 0) {
    const char padding = 0;
    if (const int failed = stream_.write(&padding, 1); failed != 0) return failed;
  }
  // A file of more than 4 GB keeps the header of a stream.
  constexpr std::int64_t kMostBytes = 0xFFFFFF00;
  if (data < kMostBytes) {
    const auto bytes = header(static_cast<std::uint32_t>(data));
    static_cast<void>(stream_.rewrite(0, bytes.data(), static_cast<std::int64_t>(bytes.size())));
  }
  return 0;
}

}  // namespace focus::core::audio
