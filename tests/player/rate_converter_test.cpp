// SPDX-License-Identifier: MIT
#include "player/rate_converter.h"

#include <cmath>

#include <catch2/catch.hpp>

using namespace focus::core;

namespace {

constexpr int kRate = 48000;
constexpr double kHertz = 440.0;

float tone_at(double seconds) {
  return static_cast<float>(0.5 * std::sin(2 * M_PI * kHertz * seconds));
}

/// A tone on the left, and its negative on the right, for as long as it lasts.
class ToneSource final : public player::Source {
 public:
  explicit ToneSource(double seconds) : frames_(std::llround(seconds * kRate)) {}

  absl::StatusOr<std::int64_t> pull(float* samples, std::int64_t frames) override {
    leaps_ = false;
    std::int64_t music = std::min(frames, frames_ - position_);
    if (pauses_after_ > 0 && position_ + music > pauses_after_) {
      music = silent_ == kPause ? std::min<std::int64_t>(music, 40) : 0;
      if (--silent_ == 0) pauses_after_ = position_ + kRate / 10;
      if (silent_ == 0) silent_ = kPause;
    }
    for (std::int64_t i = 0; i < frames; ++i) {
      const float tone = i < music ? tone_at(static_cast<double>(position_ + i) / kRate) : 0.0f;
      samples[2 * i] = tone;
      samples[2 * i + 1] = -tone;
    }
    position_ += music;
    if (position_ == frames_) state_ = player::PlayerState::finished;
    return music;
  }
  void set_paused(bool) override {}
  /// From now on it pauses ten times a second.
  void begin_to_pause() { pauses_after_ = position_ + kRate / 10; }
  void seek(std::int64_t frame) override {
    position_ = frame;
    leaps_ = true;
  }
  bool leaps() const override { return leaps_; }
  player::PlayerState state() const override { return state_; }
  std::int64_t position() const override { return position_; }
  int underruns() const override { return 0; }

 private:
  static constexpr int kPause = 5;  // in blocks, the first of which holds a little music
  const std::int64_t frames_;
  std::int64_t pauses_after_ = 0;
  int silent_ = kPause;
  std::int64_t position_ = 0;
  bool leaps_ = false;
  player::PlayerState state_ = player::PlayerState::playing;
};

/// What a host hears, and when.
class Host {
 public:
  explicit Host(player::RateConverter& converter) : converter_(converter) {}

  void set_rate(int rate) {
    REQUIRE(converter_.set_rate(rate).ok());
    rate_ = rate;
  }

  /// Hears `seconds`, or all there is; false at the end.
  bool hear(double seconds) {
    float block[2 * player::RateConverter::kBlock];
    for (std::int64_t left = std::llround(seconds * rate_); left > 0;) {
      const std::int64_t frames = std::min(left, 1 + sizes_++ % player::RateConverter::kBlock);
      const auto music = converter_.fill(block, frames);
      REQUIRE(music.ok());
      for (std::int64_t i = 0; i < *music; ++i) {
        worst_ = std::max(worst_, std::abs(block[2 * i] - tone_at(heard_)));
        const float step = std::abs(block[2 * i] - last_);
        steepest_ = std::max(steepest_, step / slope_of(last_rate_));
        last_ = block[2 * i];
        last_rate_ = rate_;
        is_mirrored_ = is_mirrored_ && block[2 * i] == -block[2 * i + 1];
        heard_ += 1.0 / rate_;
      }
      if (*music < frames) return false;
      left -= frames;
    }
    return true;
  }

  double heard() const { return heard_; }
  /// The largest difference from the tone, and the largest step in those that a tone may make.
  float worst() const { return worst_; }
  float steepest() const { return steepest_; }
  bool is_mirrored() const { return is_mirrored_; }

 private:
  static float slope_of(int rate) { return static_cast<float>(0.5 * 2 * M_PI * kHertz / rate); }

  player::RateConverter& converter_;
  int rate_ = kRate;
  std::int64_t sizes_ = 0;
  double heard_ = 0.0;
  float worst_ = 0.0f;
  float last_ = 0.0f;
  int last_rate_ = kRate;
  float steepest_ = 0.0f;
  bool is_mirrored_ = true;
};

}  // namespace

TEST_CASE("whatever the rates of the host, the music goes on where it was") {
  constexpr double kSeconds = 6.0;
  const std::vector<int> rates = {48000, 44100, 48000, 44100, 96000, 8000, 11025, 192000, 48000};
  ToneSource source(kSeconds);
  player::RateConverter converter(source, kRate);
  Host host(converter);
  for (int round = 0; round < 4; ++round) {
    for (const int rate : rates) {
      host.set_rate(rate);
      REQUIRE(host.hear(0.1));
    }
  }
  // Half a frame of the source is lost or heard twice where a rate is the source's own again; from
  // 192 kHz on that is two frames of the host's.
  CHECK(host.steepest() < 3.1f);
  CHECK(host.is_mirrored());
  host.set_rate(44100);
  while (host.hear(1.0)) {
  }
  CHECK(host.heard() == Approx(kSeconds).margin(0.001));
}

TEST_CASE("between rates that are not the source's own nothing is lost at all") {
  ToneSource source(4.0);
  player::RateConverter converter(source, kRate);
  Host host(converter);
  for (int round = 0; round < 8; ++round) {
    for (const int rate : {44100, 96000, 32000}) {
      host.set_rate(rate);
      REQUIRE(host.hear(0.05));
    }
  }
  CHECK(host.worst() < 0.01f);
  while (host.hear(1.0)) {
  }
  CHECK(host.heard() == Approx(4.0).margin(0.0001));
}

TEST_CASE("the same rate again changes nothing, nor does one that was never heard") {
  const auto hear = [](bool sets_again) {
    ToneSource source(1.0);
    player::RateConverter converter(source, kRate);
    REQUIRE(converter.set_rate(44100).ok());
    std::vector<float> all;
    float block[2 * 200];
    for (std::int64_t music = 200; music == 200;) {
      if (sets_again && all.size() == 20 * 400) {
        REQUIRE(converter.set_rate(44100).ok());
      }
      music = converter.fill(block, 200).value();
      all.insert(all.end(), block, block + 2 * music);
    }
    return all;
  };
  const auto whole = hear(false);
  CHECK(whole.size() == 2 * 44100);
  CHECK(hear(true) == whole);

  ToneSource source(1.0);
  player::RateConverter converter(source, kRate);
  Host host(converter);
  REQUIRE(host.hear(0.3));
  for (const int rate : {44100, 8000, 192000, 48000}) host.set_rate(rate);
  while (host.hear(1.0)) {
  }
  CHECK(host.heard() == Approx(1.0).margin(1e-6));
  CHECK(host.worst() < 1e-4f);
}

TEST_CASE("what was pulled before the source leaps is not heard after it") {
  ToneSource source(2.0);
  player::RateConverter converter(source, kRate);
  Host host(converter);
  host.set_rate(44100);
  REQUIRE(host.hear(0.5));
  source.seek(kRate);
  Host after(converter);
  after.set_rate(44100);
  while (after.hear(1.0)) {
  }
  CHECK(after.heard() == Approx(1.0).margin(1e-6));
}

TEST_CASE("pauses take nothing from the end") {
  for (const int rate : {48000, 44100, 96000, 192000}) {
    ToneSource source(2.0);
    source.begin_to_pause();
    player::RateConverter converter(source, kRate);
    REQUIRE(converter.set_rate(rate).ok());
    float block[2 * player::RateConverter::kBlock];
    std::int64_t end = 0;  // behind the last frame that is not silent
    std::int64_t given = 0;
    for (int after = 0; after < 20;) {
      REQUIRE(converter.fill(block, player::RateConverter::kBlock).ok());
      for (std::int64_t i = 0; i < player::RateConverter::kBlock; ++i, ++given) {
        if (std::abs(block[2 * i]) > 0.01f) end = given;
      }
      if (source.state() == player::PlayerState::finished) ++after;
    }
    // The whole of it, and the pauses: 20 of four blocks and 216 frames.
    const double expected = 2.0 + 20 * (4 * 256 + 216) / 48000.0;
    CAPTURE(rate, end);
    CHECK(static_cast<double>(end) / rate == Approx(expected).margin(0.001));
  }
}
