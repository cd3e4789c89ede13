// SPDX-License-Identifier: MIT
// Loudness after EBU R 128: integrated, momentary and short-term (ITU-R BS.1770-4, EBU Tech 3341)
// and loudness range (EBU Tech 3342), by libebur128.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <absl/status/statusor.h>

#include "audio/buffer.h"
#include "base/cancel.h"
#include "mastering/gating.h"
#include "mastering/true_peak.h"

namespace focus::core {

/// Silence is -infinity in each field that is a level; nothing here is ever NaN.
struct Loudness {
  double integrated_lufs = -std::numeric_limits<double>::infinity();
  double range_lu = 0.0;
  double true_peak_dbtp = -std::numeric_limits<double>::infinity();
  double sample_peak_dbfs = -std::numeric_limits<double>::infinity();
  double max_momentary_lufs = -std::numeric_limits<double>::infinity();
  double max_short_term_lufs = -std::numeric_limits<double>::infinity();
};

/// Momentary (400 ms) and short-term (3 s) loudness, value i at (i + 1) x 100 ms. Before a window
/// is full, what is missing counts as silence.
struct LoudnessCurve {
  static constexpr double kStepSeconds = 0.1;
  std::vector<float> momentary_lufs;
  std::vector<float> short_term_lufs;
};

/// Fed block by block, of any size; the figures do not depend on how. Channels count as BS.1770
/// says for 1 (one loudspeaker: 3 LU under the same in stereo), 2, 4, 5 (L R C Ls Rs) and 6 (with
/// LFE). One thread at a time. A sample that is not a finite number is measured as silence.
class LoudnessMeter {
 public:
  /// Without `true_peak`, which costs some time, true_peak_dbtp stays -infinity.
  enum class TruePeak { measured, left_out };

  /// 8000 to 192000 Hz, 1 to 8 channels.
  static absl::StatusOr<LoudnessMeter> create(int channel_count, int sample_rate,
                                              TruePeak true_peak = TruePeak::measured);
  LoudnessMeter(LoudnessMeter&&) noexcept;
  LoudnessMeter& operator=(LoudnessMeter&&) noexcept;
  ~LoudnessMeter();

  void add(ConstAudioView audio);

  /// Of the 400 ms and the 3 s up to now, in steps of 10 ms.
  double momentary_lufs() const;
  double short_term_lufs() const;
  double integrated_lufs() const { return gated_loudness(energies_); }

  Loudness loudness() const;
  LoudnessCurve curve() const;

  /// The K-weighted mean square of each 10 ms so far, channels summed.
  std::span<const float> block_energies() const { return energies_; }
  static constexpr int kBlocksPerSecond = 100;

 private:
  struct State;
  LoudnessMeter(int channel_count, int sample_rate, std::unique_ptr<State> state);
  void end_block();
  std::int64_t next_block_end() const;

  int sample_rate_;
  std::unique_ptr<State> state_;
  std::optional<TruePeakMeter> true_peak_;
  float sample_peak_ = 0.0f;
  std::int64_t frames_ = 0;
  std::vector<float> interleaved_;
  std::vector<float> energies_;
  double max_momentary_ = 0.0;  ///< energies
  double max_short_term_ = 0.0;
};

/// A whole view. Fault::bad_data where a sample is not a finite number.
absl::StatusOr<Loudness> measure_loudness(ConstAudioView audio, int sample_rate,
                                          const CancelToken& cancel = {});

}  // namespace focus::core
