// SPDX-License-Identifier: MIT
#include "player/live_converter.h"

#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include "player/rate_converter.h"

using namespace focus::core;

namespace {

constexpr int kRate = 48000;
constexpr std::int64_t kKept = 120'000;

/// `frames` frames of a tone, from the session's frame `first` on.
std::vector<float> tone(std::int64_t first, std::int64_t frames, double hertz = 440.0) {
  std::vector<float> samples;
  for (std::int64_t i = first; i < first + frames; ++i) {
    const double t = static_cast<double>(i) / kRate;
    samples.push_back(static_cast<float>(0.5 * std::sin(2 * M_PI * hertz * t)));
    samples.push_back(static_cast<float>(0.5 * std::cos(2 * M_PI * hertz * t)));
  }
  return samples;
}

player::LiveConverter converter_for(int rate) {
  player::LiveConverter converter(kRate, kKept);
  auto resampler = player::LiveConverter::resampler(kRate, rate);
  REQUIRE(resampler.ok());
  converter.set_rate(rate, *resampler);
  converter.continue_from(0.0);
  return converter;
}

/// All that can be made, in parts of odd lengths.
std::vector<float> all_of(player::LiveConverter& converter) {
  std::vector<float> all;
  float part[2 * 333];
  for (std::int64_t count = 1; count > 0;) {
    count = converter.convert(part, 333);
    all.insert(all.end(), part, part + 2 * count);
  }
  return all;
}

float largest_difference(const std::vector<float>& a, const std::vector<float>& b) {
  REQUIRE(a.size() == b.size());
  float largest = 0.0f;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
  return largest;
}

std::vector<float> tail(const std::vector<float>& samples, std::size_t from) {
  return {samples.begin() + static_cast<std::ptrdiff_t>(from), samples.end()};
}

/// Gives a stretch of music, and then nothing.
class Music final : public player::Source {
 public:
  explicit Music(std::vector<float> music) : music_(std::move(music)) {}
  absl::StatusOr<std::int64_t> pull(float* samples, std::int64_t frames) override {
    const auto left = static_cast<std::int64_t>(music_.size()) / 2 - at_;
    const std::int64_t count = std::min(frames, left);
    std::fill(std::copy_n(music_.begin() + at_ * 2, count * 2, samples), samples + frames * 2,
              0.0f);
    at_ += count;
    return count;
  }
  void set_paused(bool) override {}
  void seek(std::int64_t) override {}
  player::PlayerState state() const override {
    return static_cast<std::size_t>(at_) * 2 == music_.size() ? player::PlayerState::finished
                                                              : player::PlayerState::playing;
  }
  std::int64_t position() const override { return at_; }
  int underruns() const override { return 0; }

 private:
  std::vector<float> music_;
  std::int64_t at_ = 0;
};

}  // namespace

TEST_CASE("what is converted ahead is what an offline player makes, to the last frame") {
  const int rate = GENERATE(44100, 96000, 8000, 11025, 192000, 48000, 47999);
  CAPTURE(rate);
  const std::vector<float> music = tone(0, 50'001);
  player::LiveConverter converter = converter_for(rate);
  std::vector<float> ahead;
  for (std::size_t at = 0; at < music.size(); at += 2 * 1024) {
    converter.add(music.data() + at,
                  static_cast<std::int64_t>(std::min<std::size_t>(music.size() - at, 2048) / 2));
    const std::vector<float> made = all_of(converter);
    ahead.insert(ahead.end(), made.begin(), made.end());
  }
  CHECK_FALSE(converter.is_done());
  converter.set_complete(true);
  const std::vector<float> rest = all_of(converter);
  ahead.insert(ahead.end(), rest.begin(), rest.end());
  CHECK(converter.is_done());

  Music source(music);
  player::RateConverter offline(source, kRate);
  REQUIRE(offline.set_rate(rate).ok());
  std::vector<float> expected;
  float block[2 * 200];
  for (std::int64_t count = 200; count == 200;) {
    count = offline.fill(block, 200).value();
    expected.insert(expected.end(), block, block + 2 * count);
  }
  CHECK(ahead == expected);
  CHECK(static_cast<std::int64_t>(ahead.size()) / 2 ==
        std::llround(50'001.0 * rate / static_cast<double>(kRate)));
}

TEST_CASE("what is held back of the music is no more than the filter looks ahead") {
  const int rate = GENERATE(44100, 96000, 8000, 192000, 11025);
  CAPTURE(rate);
  player::LiveConverter converter = converter_for(rate);
  const std::vector<float> music = tone(0, 48'000);
  for (std::int64_t at = 0; at < 48'000; at += 1000) {
    converter.add(music.data() + at * 2, 1000);
    all_of(converter);
    const double held_back = static_cast<double>(at + 1000) - converter.position();
    REQUIRE(held_back >= 0.0);
    REQUIRE(held_back <= static_cast<double>(converter.look_ahead()) + 1.0);
  }
}

TEST_CASE("frames that are made again, from anywhere, are the same") {
  const int rate = GENERATE(44100, 96000, 8000, 192000, 48000, 22050);
  CAPTURE(rate);
  const std::vector<float> music = tone(0, 48'000);
  player::LiveConverter converter = converter_for(rate);
  converter.add(music.data(), 48'000);
  const std::vector<float> whole = all_of(converter);
  for (const std::int64_t frame : {0, 1, 777, 5001, 7000}) {
    converter.continue_from(static_cast<double>(frame) * kRate / rate);
    CHECK(converter.position() == Approx(static_cast<double>(frame) * kRate / rate).margin(0.001));
    std::vector<float> again = all_of(converter);
    std::vector<float> expected = tail(whole, static_cast<std::size_t>(frame) * 2);
    // The music suffices for the last frame in one of the two, where it is about there.
    CHECK(std::abs(std::ssize(again) - std::ssize(expected)) <= 2);
    again.resize(std::min(again.size(), expected.size()));
    expected.resize(again.size());
    CHECK(largest_difference(again, expected) < 1e-5f);
  }
}

TEST_CASE("music that is replaced is heard from there on, and before it nothing changes") {
  const int rate = GENERATE(44100, 96000, 8000, 192000, 48000);
  CAPTURE(rate);
  const std::vector<float> music = tone(0, 48'000);
  const std::vector<float> other = tone(20'000, 28'000, 1000.0);
  player::LiveConverter converter = converter_for(rate);
  converter.add(music.data(), 48'000);
  const std::vector<float> before = all_of(converter);
  // Joined where the whole of it begins with the other music, in one conversion.
  player::LiveConverter joined = converter_for(rate);
  joined.add(music.data(), 20'000);
  joined.add(other.data(), 28'000);
  const std::vector<float> expected = all_of(joined);

  const auto from = static_cast<std::int64_t>(static_cast<double>(20'000 - converter.look_ahead()) *
                                              rate / kRate);
  converter.cut(20'000);
  converter.continue_from(static_cast<double>(from) * kRate / rate);
  converter.add(other.data(), 28'000);
  std::vector<float> heard(before.begin(), before.begin() + from * 2);
  const std::vector<float> behind = all_of(converter);
  heard.insert(heard.end(), behind.begin(), behind.end());
  CHECK(largest_difference(heard, expected) < 1e-5f);
}

TEST_CASE("music that goes on behind what was taken for its end is not broken by silence") {
  const int rate = GENERATE(44100, 96000, 8000, 48000);
  CAPTURE(rate);
  const std::vector<float> music = tone(0, 48'000);
  player::LiveConverter converter = converter_for(rate);
  converter.add(music.data(), 24'000);
  converter.set_complete(true);
  std::vector<float> heard = all_of(converter);
  CHECK(static_cast<std::int64_t>(heard.size()) / 2 == std::llround(24'000.0 * rate / kRate));
  CHECK(converter.is_done());
  converter.add(music.data() + 48'000, 24'000);
  converter.set_complete(true);
  CHECK_FALSE(converter.is_done());
  const std::vector<float> rest = all_of(converter);
  heard.insert(heard.end(), rest.begin(), rest.end());
  CHECK(static_cast<std::int64_t>(heard.size()) / 2 == rate);
  // The filter that looked into the silence is heard for its own length at most.
  player::LiveConverter whole = converter_for(rate);
  whole.add(music.data(), 48'000);
  whole.set_complete(true);
  const std::vector<float> expected = all_of(whole);
  const auto apart =
      static_cast<std::int64_t>(static_cast<double>(whole.look_ahead()) * rate / kRate);
  for (std::int64_t i = 0; i < rate; ++i) {
    if (std::abs(i - rate / 2) <= apart) continue;
    REQUIRE(std::abs(heard[static_cast<std::size_t>(2 * i)] -
                     expected[static_cast<std::size_t>(2 * i)]) < 1e-5f);
  }
}

TEST_CASE("music that is no more kept is not asked for") {
  player::LiveConverter converter(kRate, 4096);
  const std::vector<float> music = tone(0, 48'000);
  float made[2 * 1000];
  for (std::int64_t at = 0; at < 48'000; at += 1000) {
    converter.add(music.data() + at * 2, 1000);
    REQUIRE(converter.convert(made, 1000) == 1000);
    REQUIRE(std::equal(made, made + 2000, music.begin() + at * 2));
  }
  converter.continue_from(0.0);
  CHECK(converter.position() == 48'000 - 4096);
}
