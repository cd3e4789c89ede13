// SPDX-License-Identifier: MIT
// Decks and sessions of the player's tests that need neither files nor threads.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "player/mix_policy.h"
#include "player/sounding.h"
#include "store/memory_reader.h"

namespace focus::test {

constexpr int kDeckRate = 8000;

/// Sample number i of segment `index`, on both channels: a tone that every segment has for itself.
inline float deck_sample(int index, std::int64_t i) {
  return 0.2f * static_cast<float>(std::sin(static_cast<double>(i) * (0.11 + 0.013 * index)));
}

/// Gives `whole` frames of the segment's sound, of which it claims to have `frames`.
class BrokenReader final : public core::store::SegmentReader {
 public:
  BrokenReader(std::shared_ptr<const core::audio::AudioBuffer> audio, std::int64_t whole)
      : audio_(std::move(audio)), whole_(whole) {}
  std::int64_t frames() const override { return audio_.frames(); }
  absl::StatusOr<std::int64_t> read(std::int64_t first_frame, core::audio::AudioView out) override {
    const std::int64_t left = std::clamp<std::int64_t>(whole_ - first_frame, 0, out.frames());
    return audio_.read(first_frame, out.subview(0, left));
  }

 private:
  core::store::MemorySegmentReader audio_;
  std::int64_t whole_;
};

inline std::shared_ptr<const core::audio::AudioBuffer> deck_audio(int index, std::int64_t frames) {
  auto audio = std::make_shared<core::audio::AudioBuffer>(2, frames, kDeckRate);
  for (int c = 0; c < 2; ++c) {
    for (std::int64_t i = 0; i < frames; ++i) {
      audio->samples(c)[static_cast<std::size_t>(i)] = deck_sample(index, i);
    }
  }
  return audio;
}

/// Segment `index`, at frame `start` of the session.
inline core::player::Deck deck_of(int index, std::int64_t start, std::int64_t frames) {
  return {index, start,
          std::make_unique<core::store::MemorySegmentReader>(deck_audio(index, frames)), 1.0f};
}

/// The same, whose file breaks off after `whole` frames.
inline core::player::Deck broken_deck(int index, std::int64_t start, std::int64_t frames,
                                      std::int64_t whole) {
  return {index, start, std::make_unique<BrokenReader>(deck_audio(index, frames), whole), 1.0f};
}

/// The left channel of what a sounding gives from `frame` on, read in blocks, at most `frames`.
inline std::vector<float> sound_of(core::player::Sounding& sounding, std::int64_t frame,
                                   std::int64_t frames, std::int64_t block = 100) {
  std::vector<float> all;
  core::audio::AudioBuffer part(2, block, kDeckRate);
  while (static_cast<std::int64_t>(all.size()) < frames) {
    const std::int64_t wanted = std::min(block, frames - static_cast<std::int64_t>(all.size()));
    const auto count = sounding.read(frame, part.view().subview(0, wanted));
    REQUIRE(count.ok());
    if (*count == 0) break;
    all.insert(all.end(), part.samples(0).begin(), part.samples(0).begin() + *count);
    frame += *count;
    sounding.settle(frame);
  }
  return all;
}

/// A policy without a session: remembers what it was told.
class FakePolicy final : public core::player::MixPolicy {
 public:
  explicit FakePolicy(core::session::Listeners::Kind kind) : kind_(kind) {}

  struct Lost {
    int index = 0;
    bool is_replaced = false;
    bool operator==(const Lost&) const = default;
  };
  std::vector<Lost> lost;
  std::vector<float> given;  ///< the left channel; recalled on both

  bool waits() const override { return kind_ == core::session::Listeners::Kind::offline; }
  bool goes_on_after_exception() const override { return !waits(); }
  core::session::Readiness wait(int) override { return core::session::Readiness::ready; }
  absl::Status lose(int index, const absl::Status& why, bool is_replaced) override {
    lost.push_back({index, is_replaced});
    return waits() ? why : absl::OkStatus();
  }
  absl::Status lose_unopened(int index, const absl::Status& why) override {
    return lose(index, why, false);
  }
  absl::Status fail(int) override { return absl::OkStatus(); }
  void remember(core::audio::ConstAudioView audio) override {
    given.insert(given.end(), audio.channel(0), audio.channel(0) + audio.frames());
  }
  bool recall(std::int64_t frames_ago, core::audio::AudioView out) const override {
    if (given.empty()) return false;
    const auto first = static_cast<std::int64_t>(given.size()) - frames_ago;
    REQUIRE(first >= 0);
    for (int c = 0; c < out.channel_count(); ++c) {
      std::copy_n(given.begin() + first, out.frames(), out.channel(c));
    }
    return true;
  }

 private:
  const core::session::Listeners::Kind kind_;
};

}  // namespace focus::test
