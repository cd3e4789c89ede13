// SPDX-License-Identifier: MIT
#include "engines/check/hearing.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <exception>
#include <optional>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "mastering/judgement.h"
#include "mastering/loudness.h"

namespace focus::core::engines {
namespace {

constexpr double kEarlySeconds = 0.05;
constexpr double kCountsAsLate = 0.1;  // a complete segment that returns sooner is accepted

class Listener final : public SegmentSink {
 public:
  Listener(const plan::Brief& brief, const CancelPoint& cancel, const KeptFrames& keep)
      : brief_(brief),
        cancel_(cancel),
        keep_(keep),
        clock_(Clock::system()),
        start_(clock_.steady_seconds()),
        inspector_(2, brief.sample_rate) {
    using mastering::LoudnessMeter;
    auto meter = LoudnessMeter::create(2, brief.sample_rate, LoudnessMeter::TruePeak::left_out);
    if (meter.ok()) meter_ = *std::move(meter);
  }

  void write(audio::ConstAudioView block) override {
    cancelled();
    if (meter_) meter_->add(block);
    inspector_.add(block);
    const auto left = block.samples(0);
    const auto right = block.samples(block.channel_count() - 1);
    for (std::size_t i = 0; i < left.size(); ++i) add(left[i], right[i]);
  }

  void report_progress(double fraction) override { progress_ = std::max(progress_, fraction); }

  bool cancelled() const override {
    if (cancelled_at_ < 0.0) {
      const double now = clock_.steady_seconds() - start_;
      const double share = static_cast<double>(heard_.frames) / static_cast<double>(brief_.frames);
      if (std::max(share, progress_) < cancel_.share && now < cancel_.after_seconds) return false;
      cancelled_at_ = std::min(now, cancel_.after_seconds);
      was_whole_ = heard_.frames >= brief_.frames;
    }
    return true;
  }

  Heard finish(absl::Status status) {
    heard_.seconds = clock_.steady_seconds() - start_;
    heard_.status = std::move(status);
    if (cancelled_at_ >= 0.0 && !was_whole_) {
      const double after = heard_.seconds - cancelled_at_;
      if (!heard_.status.ok() || after > kCountsAsLate) heard_.after_cancel = after;
    }
    const auto count = static_cast<double>(std::max<std::int64_t>(1, heard_.frames));
    heard_.silent_end_seconds = static_cast<double>(silent_end_) / brief_.sample_rate;
    heard_.power = power_ / (2.0 * count);
    heard_.offset = std::max(std::abs(sum_[0]), std::abs(sum_[1])) / count;
    heard_.unfit = unfitness();
    return std::move(heard_);
  }

 private:
  std::string unfitness() const {
    if (!meter_ || !heard_.finite || heard_.frames < brief_.frames) return {};
    const double loudness = meter_->integrated_lufs();
    if (!std::isfinite(loudness)) return {};
    return foresee_segment(inspector_.result(), loudness, {.target_lufs = brief_.target_lufs})
        .fault;
  }

  void add(float left, float right) {
    const std::int64_t frame = heard_.frames++;
    mix(left);
    mix(right);
    if (!std::isfinite(left) || !std::isfinite(right)) {
      heard_.finite = false;
      return;
    }
    const double level = std::max(std::abs(left), std::abs(right));
    const double step = std::max(std::abs(left - last_[0]), std::abs(right - last_[1]));
    heard_.peak = std::max(heard_.peak, level);
    power_ += static_cast<double>(left) * left + static_cast<double>(right) * right;
    sum_[0] += left;
    sum_[1] += right;
    if (frame == 0) {
      heard_.first_step = level;
    } else if (static_cast<double>(frame) < kEarlySeconds * brief_.sample_rate) {
      heard_.early_step = std::max(heard_.early_step, step);
    }
    silent_end_ = level > 0.0 ? 0 : silent_end_ + 1;
    if (frame >= keep_.first && frame < keep_.first + keep_.count) heard_.kept.push_back(left);
    last_[0] = left;
    last_[1] = right;
  }

  void mix(float sample) {
    heard_.print = (heard_.print ^ std::bit_cast<std::uint32_t>(sample)) * 0x9E3779B97F4A7C15ULL;
    heard_.print ^= heard_.print >> 29;
  }

  const plan::Brief& brief_;
  const CancelPoint cancel_;
  const KeptFrames keep_;
  const Clock& clock_;
  const double start_;
  mastering::Inspector inspector_;
  std::optional<mastering::LoudnessMeter> meter_;
  Heard heard_;
  double power_ = 0.0;
  double sum_[2] = {};
  float last_[2] = {};
  std::int64_t silent_end_ = 0;
  double progress_ = 0.0;
  mutable double cancelled_at_ = -1.0;
  mutable bool was_whole_ = false;
};

class Recorder final : public SegmentSink {
 public:
  explicit Recorder(const plan::Brief& brief) : audio_(2, brief.frames, brief.sample_rate) {}

  void write(audio::ConstAudioView block) override {
    const std::int64_t count = std::min(block.frames(), audio_.frames() - written_);
    for (int c = 0; c < 2; ++c) {
      std::copy_n(block.channel(c), count, audio_.samples(c).begin() + written_);
    }
    written_ += count;
  }
  bool cancelled() const override { return false; }
  audio::AudioBuffer take() { return std::move(audio_); }

 private:
  audio::AudioBuffer audio_;
  std::int64_t written_ = 0;
};

absl::Status generate_guarded(const MusicEngine& engine, const plan::Brief& brief,
                              SegmentSink& sink) {
  try {
    return engine.generate(brief, sink);
  } catch (const std::exception& error) {
    return engine_error(absl::StrCat("it threw: ", error.what()));
  } catch (...) {
    return engine_error("it threw something that is no std::exception");
  }
}

}  // namespace

Heard hear(const MusicEngine& engine, const plan::Brief& brief, const CancelPoint& cancel,
           const KeptFrames& keep) {
  Listener listener(brief, cancel, keep);
  absl::Status status = generate_guarded(engine, brief, listener);
  return listener.finish(std::move(status));
}

absl::StatusOr<audio::AudioBuffer> record(const MusicEngine& engine, const plan::Brief& brief) {
  Recorder recorder(brief);
  const absl::Status status = generate_guarded(engine, brief, recorder);
  if (!status.ok()) return status;
  return recorder.take();
}

}  // namespace focus::core::engines
