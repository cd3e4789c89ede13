// SPDX-License-Identifier: MIT
// Loudness according to EBU R 128: integrated, momentary and short-term loudness (ITU-R BS.1770-4,
// EBU Tech 3341) and loudness range (EBU Tech 3342). The K-weighting is done by libebur128.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <absl/status/statusor.h>

#include "audio/buffer.h"
#include "audio/file_tags.h"
#include "base/cancel.h"
#include "mastering/gating.h"
#include "mastering/true_peak.h"

namespace focus::core::mastering {

/// Every level is -infinity for silence. No field is ever NaN or +infinity: beyond some 380 LUFS a
/// level is told as that.
struct Loudness {
  double integrated_lufs = -std::numeric_limits<double>::infinity();
  double range_lu = 0.0;
  double true_peak_dbtp = -std::numeric_limits<double>::infinity();
  double sample_peak_dbfs = -std::numeric_limits<double>::infinity();
  double max_momentary_lufs = -std::numeric_limits<double>::infinity();
  double max_short_term_lufs = -std::numeric_limits<double>::infinity();
};

/// Momentary (400 ms) and short-term (3 s) loudness. Value i belongs to the windows that end at (i
/// + 1) x 100 ms. The part of a window before the start of the audio counts as silence.
struct LoudnessCurve {
  static constexpr double kStepSeconds = 0.1;
  std::vector<float> momentary_lufs;
  std::vector<float> short_term_lufs;
};

/// Measures audio that is added in blocks. The result does not depend on the block sizes. The
/// channels are weighted as in BS.1770 for 1, 2, 4, 5 (L R C Ls Rs) and 6 (with LFE) channels; mono
/// counts as one loudspeaker, 3 LU below the same signal on two. Samples that are not finite are
/// measured as silence. To be used by one thread at a time.
class LoudnessMeter {
 public:
  /// Without `measured`, which takes some time, true_peak_dbtp remains -infinity.
  enum class TruePeak { measured, left_out };

  /// `sample_rate` must be 8000 to 192000 Hz, `channel_count` 1 to 8.
  static absl::StatusOr<LoudnessMeter> create(int channel_count, int sample_rate,
                                              TruePeak true_peak = TruePeak::measured);
  LoudnessMeter(LoudnessMeter&&) noexcept;
  LoudnessMeter& operator=(LoudnessMeter&&) noexcept;
  ~LoudnessMeter();

  void add(audio::ConstAudioView audio);

  /// The loudness of the last 400 ms and the last 3 s, updated every 10 ms.
  double momentary_lufs() const;
  double short_term_lufs() const;
  double integrated_lufs() const { return gated_loudness(energies_); }

  Loudness loudness() const;
  LoudnessCurve curve() const;

  /// The K-weighted mean square of every 10 ms so far, summed over the channels.
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
  double max_momentary_ = 0.0;  ///< the largest energy of a window so far
  double max_short_term_ = 0.0;
};

/// What players level a file by that has all of the measured audio; its peak is that of the
/// samples.
audio::FileTags::Loudness file_loudness(const LoudnessMeter& meter);

/// Measures a whole view. Fault::bad_data if a sample is not a finite number.
absl::StatusOr<Loudness> measure_loudness(audio::ConstAudioView audio, int sample_rate,
                                          const CancelToken& cancel = {});

}  // namespace focus::core::mastering
