// SPDX-License-Identifier: MIT
#include "engines/studio/studio_engine.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.h"
#include "dsp/flush_denormals.h"
#include "engines/studio/clock.h"
#include "engines/studio/mix/ensemble.h"
#include "engines/studio/mix/mixer.h"
#include "engines/studio/score/composer.h"
#include "engines/studio/score/midi.h"

namespace focus::core::engines {
namespace {

using namespace studio;

absl::Status check(const plan::Brief& brief) {
  if (brief.frames <= 0) return invalid_field("frames", "a segment needs at least one frame");
  if (brief.sample_rate != 44100 && brief.sample_rate != 48000) {
    return invalid_field("sample_rate", "studio plays at 44100 or 48000 Hz");
  }
  if (!(brief.bar_seconds > 0.2) || !(brief.bar_seconds < 60.0)) {
    return invalid_field("bar_seconds", "a bar lasts between 0.2 and 60 seconds");
  }
  return absl::OkStatus();
}

/// Collects rendered blocks into larger ones for the sink, and drops the frames before the
/// segment's start.
class SegmentPart {
 public:
  SegmentPart(SegmentSink& sink, std::int64_t skip, std::int64_t frames)
      : sink_(sink), skip_(skip), left_to_send_(frames) {}

  bool done() const { return left_to_send_ == 0; }

  void take(const float* left, const float* right, std::int64_t frames) {
    const std::int64_t dropped = std::min(skip_, frames);
    skip_ -= dropped;
    const std::int64_t count = std::min(frames - dropped, left_to_send_ - held_);
    std::copy_n(left + dropped, count, left_.data() + held_);
    std::copy_n(right + dropped, count, right_.data() + held_);
    held_ += count;
    if (held_ == left_to_send_ || held_ + kFullBlock > kPiece) send();
  }

 private:
  static constexpr std::int64_t kPiece = 4096;

  void send() {
    if (held_ == 0) return;
    const float* channels[] = {left_.data(), right_.data()};
    sink_.write(audio::ConstAudioView(channels, 2, held_));
    left_to_send_ -= held_;
    held_ = 0;
  }

  SegmentSink& sink_;
  std::int64_t skip_, left_to_send_, held_ = 0;
  std::array<float, kPiece> left_{}, right_{};
};

}  // namespace

StudioEngine::StudioEngine() {
  info_.key = "studio";
  info_.display_name = "Studio";
  info_.description = "Built in: composes and plays instrumental focus music without end.";
  info_.version = "1.0";
  info_.max_duration_seconds = 1200;
  info_.licence_class = LicenceClass::commercial_cleared;
  info_.commercial_use = true;
  info_.requires_attribution = false;
  info_.has_score = true;
  info_.expected_speed = 150.0;
}

int StudioEngine::playing_rate(int session_rate) const {
  return session_rate % 11025 == 0 ? 44100 : 48000;
}

absl::Status StudioEngine::generate(const plan::Brief& brief, SegmentSink& sink) const {
  FOCUS_RETURN_IF_ERROR(check(brief));
  const dsp::FlushDenormals flush;
  const Clock clock(brief);
  const Composer composer(brief);
  const int rate = brief.sample_rate;

  // Begin early enough that the reverberation and the notes that are sounding at the segment's
  // start are (nearly) the same as if the session had been rendered from its beginning.
  const double early = 1.2 * composer.style().reverb_t60_seconds + 3.0;
  const std::int64_t start = clock.start_frame();
  const std::int64_t wanted = std::max<std::int64_t>(0, start - std::llround(early * rate));
  const std::int64_t begin = wanted / kFullBlock * kFullBlock;
  const std::int64_t end = start + brief.frames;

  const std::vector<Note> notes =
      composer.notes(clock.beat_of(begin - 6 * std::int64_t{rate}), clock.beat_of(end));
  Ensemble ensemble(composer, clock, brief.seed, rate);
  if (!ensemble.prepare(notes, [&] { return sink.cancelled(); })) {
    return cancelled_error();
  }
  Mixer mixer(composer, clock, brief.seed, rate);
  mixer.follow(notes);

  SegmentPart delivery(sink, start - begin, brief.frames);
  Buses buses;
  std::array<float, kFullBlock> left, right;
  for (std::int64_t frame = begin; !delivery.done(); frame += kFullBlock) {
    if (sink.cancelled()) return cancelled_error();
    ensemble.render(frame, buses);
    mixer.render(frame, buses, left.data(), right.data());
    delivery.take(left.data(), right.data(), kFullBlock);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> StudioEngine::score_as_midi(const plan::Brief& brief) const {
  FOCUS_RETURN_IF_ERROR(check(brief));
  return score_as_midi_file(brief);
}

}  // namespace focus::core::engines
