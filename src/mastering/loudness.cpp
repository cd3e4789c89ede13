// SPDX-License-Identifier: MIT
#include "mastering/loudness.h"

#include <algorithm>
#include <cmath>
#include <ebur128.h>

#include <absl/strings/str_cat.h>

#include "audio/format.h"
#include "base/error.h"
#include "base/mutex.h"
#include "base/process.h"
#include "mastering/decibels.h"

namespace focus::core::mastering {
namespace {

constexpr unsigned long kBlockMilliseconds = 10;
constexpr double kMostEnergy = std::numeric_limits<float>::max();

// ebur128_init() initialises tables that are shared by all its states, without a lock.
ProcessMutex init_mutex;

}  // namespace

struct LoudnessMeter::State {
  ebur128_state* meter = nullptr;

  ~State() {
    if (meter != nullptr) ebur128_destroy(&meter);
  }
};

absl::StatusOr<LoudnessMeter> LoudnessMeter::create(int channel_count, int sample_rate,
                                                    TruePeak true_peak) {
  if (channel_count < 1 || channel_count > audio::AudioView::kMaxChannels) {
    return invalid_field("channels", absl::StrCat("must be 1 to ", audio::AudioView::kMaxChannels,
                                                  ", not ", channel_count));
  }
  if (sample_rate < audio::kLowestRate || sample_rate > audio::kHighestRate) {
    return invalid_field("sample_rate",
                         absl::StrCat("must be ", audio::kLowestRate, " to ", audio::kHighestRate,
                                      " Hz, not ", sample_rate));
  }
  auto state = std::make_unique<State>();
  {
    const MutexLock lock(init_mutex);
    state->meter = ebur128_init(static_cast<unsigned>(channel_count),
                                static_cast<unsigned long>(sample_rate), EBUR128_MODE_M);
  }
  if (state->meter == nullptr) return out_of_memory("making a loudness meter");
  LoudnessMeter meter(channel_count, sample_rate, std::move(state));
  if (true_peak == TruePeak::measured) meter.true_peak_.emplace(channel_count);
  return meter;
}

LoudnessMeter::LoudnessMeter(int channel_count, int sample_rate, std::unique_ptr<State> state)
    : sample_rate_(sample_rate), state_(std::move(state)) {
  const auto longest_block = static_cast<std::size_t>(sample_rate / kBlocksPerSecond + 1);
  interleaved_.resize(longest_block * static_cast<std::size_t>(channel_count));
}

LoudnessMeter::LoudnessMeter(LoudnessMeter&&) noexcept = default;
LoudnessMeter& LoudnessMeter::operator=(LoudnessMeter&&) noexcept = default;
LoudnessMeter::~LoudnessMeter() = default;

// Blocks end on the 10 ms grid, rounded down to a whole frame if the grid falls between two.
std::int64_t LoudnessMeter::next_block_end() const {
  const auto block = static_cast<std::int64_t>(energies_.size()) + 1;
  return block * sample_rate_ / kBlocksPerSecond;
}

void LoudnessMeter::add(audio::ConstAudioView audio) {
  std::int64_t done = 0;
  while (done < audio.frames()) {
    const std::int64_t count = std::min(next_block_end() - frames_, audio.frames() - done);
    const audio::ConstAudioView part = audio.subview(done, count);
    interleave(part, interleaved_.data());
    const float peak = focus::core::mastering::sample_peak(part);
    if (std::isfinite(peak)) {
      sample_peak_ = std::max(sample_peak_, peak);
    } else {
      for (float& sample : interleaved_) sample = std::isfinite(sample) ? sample : 0.0f;
    }
    if (true_peak_.has_value() && std::isfinite(peak)) true_peak_->add(part);
    ebur128_add_frames_float(state_->meter, interleaved_.data(), static_cast<std::size_t>(count));
    frames_ += count;
    done += count;
    if (frames_ == next_block_end()) end_block();
  }
}

void LoudnessMeter::end_block() {
  double lufs = 0.0;
  ebur128_loudness_window(state_->meter, kBlockMilliseconds, &lufs);
  // libebur128 returns -HUGE_VAL for silence, which energy_of_lufs() turns into 0. Wild samples
  // have more energy than a float holds.
  energies_.push_back(static_cast<float>(std::min(energy_of_lufs(lufs), kMostEnergy)));
  max_momentary_ =
      std::max(max_momentary_, window_energy(energies_, energies_.size(), kMomentaryBlocks));
  max_short_term_ =
      std::max(max_short_term_, window_energy(energies_, energies_.size(), kShortTermBlocks));
}

double LoudnessMeter::momentary_lufs() const {
  return lufs_of_energy(window_energy(energies_, energies_.size(), kMomentaryBlocks));
}

double LoudnessMeter::short_term_lufs() const {
  return lufs_of_energy(window_energy(energies_, energies_.size(), kShortTermBlocks));
}

Loudness LoudnessMeter::loudness() const {
  Loudness result;
  result.integrated_lufs = integrated_lufs();
  result.range_lu = loudness_range(energies_);
  if (true_peak_.has_value()) result.true_peak_dbtp = db_of_amplitude(true_peak_->peak());
  result.sample_peak_dbfs = db_of_amplitude(sample_peak_);
  result.max_momentary_lufs = lufs_of_energy(max_momentary_);
  result.max_short_term_lufs = lufs_of_energy(max_short_term_);
  return result;
}

LoudnessCurve LoudnessMeter::curve() const {
  constexpr std::size_t kStep = 10;
  LoudnessCurve curve;
  for (std::size_t end = kStep; end <= energies_.size(); end += kStep) {
    curve.momentary_lufs.push_back(
        static_cast<float>(lufs_of_energy(window_energy(energies_, end, kMomentaryBlocks))));
    curve.short_term_lufs.push_back(
        static_cast<float>(lufs_of_energy(window_energy(energies_, end, kShortTermBlocks))));
  }
  return curve;
}

audio::FileTags::Loudness file_loudness(const LoudnessMeter& meter) {
  const Loudness loudness = meter.loudness();
  return {loudness.integrated_lufs, amplitude_of_db(loudness.sample_peak_dbfs)};
}

absl::StatusOr<Loudness> measure_loudness(audio::ConstAudioView audio, int sample_rate,
                                          const CancelToken& cancel) {
  if (!std::isfinite(sample_peak(audio))) {
    return fault_error(Fault::bad_data, "the audio holds samples that are not numbers");
  }
  FOCUS_ASSIGN_OR_RETURN(LoudnessMeter meter,
                         LoudnessMeter::create(audio.channel_count(), sample_rate));
  const std::int64_t step = sample_rate;
  for (std::int64_t done = 0; done < audio.frames(); done += step) {
    if (cancel.cancelled()) return cancelled_error();
    meter.add(audio.subview(done, std::min(step, audio.frames() - done)));
  }
  return meter.loudness();
}

}  // namespace focus::core::mastering
