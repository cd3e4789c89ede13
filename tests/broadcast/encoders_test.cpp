// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <fstream>

#include <catch2/catch.hpp>

#include "audio/dither.h"
#include "audio/file.h"
#include "broadcast/stream_encoder.h"
#include "support/temp_folder.h"

using namespace focus::core;
using broadcast::Packet;
using broadcast::StreamFormat;

namespace {

constexpr int kRate = 48'000;
constexpr std::int64_t kFrames = 3 * kRate;

/// A tone that slides from 200 to 2,000 Hz: every place sounds as no other does.
audio::AudioBuffer slide() {
  audio::AudioBuffer audio(2, kFrames, kRate);
  double phase = 0.0;
  for (std::int64_t i = 0; i < kFrames; ++i) {
    phase += 2 * M_PI * (200.0 + 600.0 * static_cast<double>(i) / kRate) / kRate;
    const auto at = static_cast<std::size_t>(i);
    audio.samples(0)[at] = static_cast<float>(0.4 * std::sin(phase));
    audio.samples(1)[at] = static_cast<float>(0.3 * std::cos(phase));
  }
  return audio;
}

struct Encoded {
  std::string header;
  std::vector<Packet> packets;

  std::string from(std::size_t packet) const {
    std::string bytes = header;
    for (std::size_t k = packet; k < packets.size(); ++k) bytes += packets[k].bytes;
    return bytes;
  }
  std::int64_t frames(std::size_t packet = 0) const {
    std::int64_t sum = 0;
    for (std::size_t k = packet; k < packets.size(); ++k) sum += packets[k].frames;
    return sum;
  }
};

/// Encodes in blocks that fit no format.
Encoded encode(StreamFormat format, const audio::AudioBuffer& audio) {
  auto encoder = broadcast::StreamEncoder::create(format, kRate);
  REQUIRE(encoder.ok());
  Encoded encoded;
  encoded.header = (*encoder)->header();
  constexpr std::int64_t kBlock = 997;
  for (std::int64_t at = 0; at < audio.frames(); at += kBlock) {
    const std::int64_t count = std::min(kBlock, audio.frames() - at);
    REQUIRE((*encoder)->encode(audio.view().subview(at, count), encoded.packets).ok());
  }
  REQUIRE((*encoder)->finish(encoded.packets).ok());
  return encoded;
}

audio::AudioBuffer decode(const std::string& bytes, StreamFormat format) {
  const focus::test::TempFolder folder;
  const std::string path = folder / ("stream." + std::string(ending_of(format)));
  std::ofstream(path, std::ios::binary) << bytes;
  auto audio = audio::read_audio_file(path, CancelToken());
  INFO(audio.status().ToString());
  REQUIRE(audio.ok());
  return *std::move(audio);
}

/// Energy of the difference against that of `wanted`, over one second from `frame` of `wanted` on.
double difference(const audio::AudioBuffer& heard, std::int64_t heard_frame,
                  const audio::AudioBuffer& wanted, std::int64_t frame) {
  double apart = 0.0;
  double whole = 0.0;
  for (std::int64_t i = 0; i < kRate; ++i) {
    const double a = heard.samples(0)[static_cast<std::size_t>(heard_frame + i)];
    const double b = wanted.samples(0)[static_cast<std::size_t>(frame + i)];
    apart += (a - b) * (a - b);
    whole += b * b;
  }
  return apart / whole;
}

}  // namespace

TEST_CASE("a stream without losses has every sample of the music, dithered to 16 bits",
          "[encoders]") {
  const audio::AudioBuffer music = slide();
  std::vector<std::int16_t> steps(static_cast<std::size_t>(kFrames) * 2);
  audio::Dither(0).quantise(music.view(), 0, steps.data());
  audio::AudioBuffer wanted(2, kFrames, kRate);
  audio::dequantise(steps.data(), wanted.view());
  for (const StreamFormat format : {StreamFormat::flac, StreamFormat::wav}) {
    INFO(ending_of(format));
    const Encoded encoded = encode(format, music);
    CHECK(encoded.frames() == kFrames);
    const audio::AudioBuffer heard = decode(encoded.from(0), format);
    REQUIRE(heard.frames() == kFrames);
    for (int c = 0; c < 2; ++c) {
      CHECK(
          std::equal(heard.samples(c).begin(), heard.samples(c).end(), wanted.samples(c).begin()));
    }
  }
}

TEST_CASE("a listener may begin with any packet", "[encoders]") {
  const audio::AudioBuffer music = slide();
  for (const StreamFormat format : {StreamFormat::flac, StreamFormat::wav}) {
    INFO(ending_of(format));
    const Encoded encoded = encode(format, music);
    const std::size_t joins = encoded.packets.size() / 3;
    const std::int64_t from = kFrames - encoded.frames(joins);
    const audio::AudioBuffer heard = decode(encoded.from(joins), format);
    CHECK(heard.frames() == kFrames - from);
    CHECK(difference(heard, 0, music, from) < 1e-6);
  }
  const Encoded mp3 = encode(StreamFormat::mp3, music);
  for (const Packet& packet : mp3.packets) {
    const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(packet.bytes[k]); };
    REQUIRE((byte(0) == 0xFF && (byte(1) & 0xE0) == 0xE0));
    // main_data_begin, the first nine bits behind the header: nothing of the frame lies before it.
    CHECK((byte(4) == 0 && (byte(5) & 0x80) == 0));
    CHECK(packet.frames == broadcast::kMp3Frames);
  }
}

TEST_CASE("a stream with losses has the music in its place", "[encoders]") {
  const audio::AudioBuffer music = slide();
  // What an encoder and a decoder of MP3 delay together, and no Info frame tells of.
  constexpr std::int64_t kMp3Delay = 1105;
  const Encoded mp3 = encode(StreamFormat::mp3, music);
  const audio::AudioBuffer from_mp3 = decode(mp3.from(0), StreamFormat::mp3);
  CHECK(from_mp3.frames() >= kFrames);
  CHECK(from_mp3.frames() < kFrames + 3 * broadcast::kMp3Frames);
  CHECK(difference(from_mp3, kRate + kMp3Delay, music, kRate) < 1e-3);

  const Encoded opus = encode(StreamFormat::opus, music);
  const audio::AudioBuffer from_opus = decode(opus.from(0), StreamFormat::opus);
  CHECK(from_opus.frames() == kFrames);
  CHECK(difference(from_opus, kRate, music, kRate) < 1e-2);
  const audio::AudioBuffer joined = decode(opus.from(opus.packets.size() / 2), StreamFormat::opus);
  CHECK(joined.frames() > kFrames / 3);
}

TEST_CASE("the same music is encoded to the same bytes", "[encoders]") {
  const audio::AudioBuffer music = slide();
  for (const StreamFormat format :
       {StreamFormat::mp3, StreamFormat::opus, StreamFormat::flac, StreamFormat::wav}) {
    INFO(ending_of(format));
    CHECK(encode(format, music).from(0) == encode(format, music).from(0));
  }
}
