// SPDX-License-Identifier: MIT
// At divergence 0 neighbours are one piece that goes on: what is played is the piece as it would
// have been made in one go, under the gains of mastering as they move from one to the next.
#include <cmath>
#include <numbers>

#include "engines/studio/studio_engine.h"
#include "player/mixdown.h"
#include "session/session_fixture.h"

using namespace focus::core;
using namespace focus::test;

namespace {

class BufferSink final : public engines::SegmentSink {
 public:
  explicit BufferSink(audio::AudioBuffer& audio) : audio_(audio) {}
  void write(audio::ConstAudioView block) override {
    for (int c = 0; c < 2; ++c) {
      std::copy_n(block.channel(c), block.frames(), audio_.samples(c).begin() + written_);
    }
    written_ += block.frames();
  }
  bool cancelled() const override { return false; }

 private:
  audio::AudioBuffer& audio_;
  std::int64_t written_ = 0;
};

/// The session up to the beginning of its last segment, which comes to rest, as one segment.
audio::AudioBuffer render_uncut(const plan::Plan& plan) {
  plan::Brief brief = plan.brief(0, 48000);
  brief.frames = plan.start_frame(plan.segment_count() - 1, 48000);
  brief.overlap_out = 0;
  audio::AudioBuffer audio(2, brief.frames, 48000);
  BufferSink sink(audio);
  REQUIRE(engines::StudioEngine().generate(brief, sink).ok());
  return audio;
}

/// The published gain at a frame: each segment's own, and in an overlap, at u, (1 + cos(pi u)) / 2
/// of the old one's and the rest of the new one's.
double gain_at(const session::SessionView& view, std::int64_t frame) {
  const plan::Plan& plan = *view.plan;
  const auto gain_of = [&](int k) {
    return std::pow(10.0, view.segments[static_cast<std::size_t>(k)]->mastering.gain_db / 20.0);
  };
  const int k = plan.segment_at(frame, 48000);
  if (k == 0 || frame >= plan.end_frame(k - 1, 48000)) return gain_of(k);
  const double u = static_cast<double>(frame - plan.start_frame(k, 48000)) /
                   static_cast<double>(plan.overlap_out_frames(k - 1, 48000));
  const double p = 0.5 - 0.5 * std::cos(std::numbers::pi * u);
  return (1.0 - p) * gain_of(k - 1) + p * gain_of(k);
}

}  // namespace

TEST_CASE("at divergence 0 the played mix is the uncut piece under the published gains") {
  const auto service = open_service(session::ServiceOptions());
  plan::Request request;
  request.goal =
      GENERATE(plan::Goal::focus, plan::Goal::relax, plan::Goal::sleep, plan::Goal::energize);
  request.target_minutes = 2;
  request.segment_seconds = 30.0;
  request.seed = 31;
  request.format = audio::AudioFormat::wav;
  const auto session = service->start(request);
  REQUIRE(all_ready(**session));
  const session::SessionView view = (*session)->view();
  const audio::AudioBuffer uncut = render_uncut(*view.plan);
  audio::AudioBuffer played(2, uncut.frames(), 48000);
  player::Mixdown mixdown(*session, session::Listeners::Kind::offline);
  REQUIRE(mixdown.read(played.view())->frames == uncut.frames());

  INFO(name_of(request.goal));
  for (int k = 0; k + 1 < view.plan->segment_count(); ++k) {
    CAPTURE(k);
    CHECK_FALSE(view.segments[static_cast<std::size_t>(k)]->mastering.limited);
    double apart = 0.0;
    double whole = 0.0;
    for (std::int64_t i = view.plan->start_frame(k, 48000);
         i < view.plan->start_frame(k + 1, 48000); ++i) {
      const double gain = gain_at(view, i);
      for (int c = 0; c < 2; ++c) {
        const double wanted =
            gain * static_cast<double>(uncut.samples(c)[static_cast<std::size_t>(i)]);
        const double heard = static_cast<double>(played.samples(c)[static_cast<std::size_t>(i)]);
        apart += (heard - wanted) * (heard - wanted);
        whole += wanted * wanted;
      }
    }
    const double residual_db = 10.0 * std::log10(apart / whole);
    CHECK(residual_db < -60.0);
  }
}
