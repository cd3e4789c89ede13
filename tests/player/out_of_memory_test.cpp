// SPDX-License-Identifier: MIT
// A mixdown whose thread gets no more memory now and then.
#include <cmath>
#include <new>
#include <utility>

#include "base/error.h"
#include "player/mixdown.h"
#include "player/player_fixture.h"
#include "support/scarce_memory.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr int kRate = 8000;
constexpr std::int64_t kBlock = 700;
constexpr std::int64_t kFrames = std::int64_t{60} * kRate;

/// One tone, upside down in every other segment, so that joins turn the polarity of what follows.
class TurningEngine final : public engines::MusicEngine {
 public:
  TurningEngine() {
    info_.key = "turning";
    info_.max_duration_seconds = 600;
  }
  const engines::EngineInfo& info() const override { return info_; }
  absl::Status generate(const plan::Brief& brief, engines::SegmentSink& sink) const override {
    audio::AudioBuffer audio(2, brief.frames, brief.sample_rate);
    const float level = brief.index % 2 == 0 ? 0.2f : -0.2f;
    for (std::int64_t i = 0; i < brief.frames; ++i) {
      const double t = brief.start_seconds + static_cast<double>(i) / brief.sample_rate;
      const float sample = level * static_cast<float>(std::sin(2 * M_PI * 220.0 * t));
      for (int c = 0; c < 2; ++c) audio.samples(c)[static_cast<std::size_t>(i)] = sample;
    }
    sink.write(std::as_const(audio).view());
    return absl::OkStatus();
  }

 private:
  engines::EngineInfo info_;
};

struct Played {
  audio::AudioBuffer audio;
  int refused = 0;  // reads that gave nothing, for want of memory
};

/// Plays a session to its end. While it is between `from` and `to` each read may allocate `allowed`
/// times; what it can not do then it is asked for again with all the memory there is.
Played play(const session::SessionUse& session, session::Listeners::Kind kind, double from,
            double to, int allowed) {
  player::Mixdown mixdown(session, kind);
  Played played{audio::AudioBuffer(2, kFrames, kRate)};
  for (std::int64_t at = 0; at < kFrames;) {
    const audio::AudioView rest = played.audio.view().subview(at, std::min(kBlock, kFrames - at));
    const double seconds = static_cast<double>(at) / kRate;
    const auto refusals = played.refused;
    absl::StatusOr<player::Mixdown::Block> block;
    allocations_left = seconds > from && seconds < to ? allowed : -1;
    try {
      block = mixdown.read(rest);
    } catch (const std::bad_alloc&) {
      block = player::Mixdown::Block{0, player::Mixdown::State::waiting};
    }
    allocations_left = -1;
    if (has_fault(block.status(), Fault::memory)) {  // as a codec tells it
      block = player::Mixdown::Block{0, player::Mixdown::State::waiting};
    }
    INFO(block.status());
    REQUIRE(block.ok());
    if (block->state == player::Mixdown::State::waiting) {
      ++played.refused;
      at += block->frames;
      const auto again =
          mixdown.read(played.audio.view().subview(at, std::min(kBlock, kFrames - at)));
      REQUIRE(again.ok());
      REQUIRE(again->frames > 0);
      at += again->frames;
    } else {
      at += block->frames;
    }
    REQUIRE((block->state != player::Mixdown::State::finished || at == kFrames));
    REQUIRE(played.refused <= refusals + 1);
  }
  return played;
}

std::vector<float> interleaved(const audio::AudioBuffer& audio) {
  std::vector<float> samples(2 * static_cast<std::size_t>(audio.frames()));
  audio::interleave(audio.view(), samples.data());
  return samples;
}

}  // namespace

TEST_CASE("a mixdown that runs out of memory goes on where it was") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  REQUIRE(service->engines().add(std::make_shared<TurningEngine>()).ok());
  plan::Request request = tone_request(1);
  request.engine = GENERATE("tone", "turning");
  request.sample_rate = kRate;
  const auto session = service->start(request);
  REQUIRE(all_ready(**session));
  const double join = (*session)->plan()->start_seconds(1);
  const auto whole = interleaved(play(*session, session::Listeners::Kind::offline, 0, 0, 0).audio);
  const float step = largest_step(whole);
  for (const int allowed : {0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 30}) {
    CAPTURE(allowed);
    const Played live =
        play(*session, session::Listeners::Kind::live, join - 1.0, join + 10.0, allowed);
    CHECK(largest_step(interleaved(live.audio)) < 1.2f * step);
    const Played offline =
        play(*session, session::Listeners::Kind::offline, join - 1.0, join + 10.0, allowed);
    CHECK(interleaved(offline.audio) == whole);
    // How much a join needs is the store's affair; so little it never is.
    if (allowed < 5) CHECK(std::min(live.refused, offline.refused) > 0);
  }
}
