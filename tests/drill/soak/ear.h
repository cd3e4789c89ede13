// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace focus::drill {

/// Listens to a live player whose engine plays low tones alone, and notices what no listener may
/// hear: clicks and holes.
///
/// A click is seen in the fourth difference of neighbouring samples: of a tone far below the rate,
/// and of ramps that are smooth, it is next to nothing; a step of d makes it 3 d. Between two rates
/// it says whether the first sample of the new rate lies where the old ones lead to.
class Ear {
 public:
  /// The rate of what follows.
  void set_rate(int rate) {
    rate_ = rate;
    is_new_rate_ = true;
  }
  /// Whether silence is what the host has asked for: a pause, a seek, the end.
  void expect_silence(bool expected) { is_silence_expected_ = expected; }

  void hear(const float* stereo, std::int64_t frames) {
    for (std::int64_t i = 0; i < frames; ++i) {
      hear_frame(static_cast<double>(stereo[2 * i]), static_cast<double>(stereo[2 * i + 1]));
    }
  }

  double worst_click() const { return worst_click_; }
  /// The same where the rate changed.
  double worst_turn() const { return worst_turn_; }
  /// The longest silence, in seconds: where none was asked for, and in all.
  double longest_hole() const { return longest_hole_; }
  double longest_silence() const { return longest_silence_; }
  void forget_silence() { silence_ = longest_silence_ = 0.0; }
  /// Forgets what was found, once that was told.
  void forget() {
    worst_click_ = worst_turn_ = longest_hole_ = hole_ = 0.0;
    heard_nonsense_ = false;
  }
  bool heard_nonsense() const { return heard_nonsense_; }

 private:
  void hear_frame(double left, double right) {
    const double sample = left + 0.5 * right;
    if (!std::isfinite(sample) || std::abs(left) > 1.0 || std::abs(right) > 1.0) {
      heard_nonsense_ = true;
    }
    const double fourth = sample - 4 * past_[0] + 6 * past_[1] - 4 * past_[2] + past_[3];
    if (known_ >= 4) {
      double& worst = is_new_rate_ ? worst_turn_ : worst_click_;
      worst = std::max(worst, std::abs(fourth));
    }
    std::copy_backward(past_, past_ + 3, past_ + 4);
    past_[0] = sample;
    // How the music itself begins is its own affair.
    if (is_new_rate_) known_ = has_begun_ ? 0 : -rate_ / 50;
    ++known_;
    is_new_rate_ = false;
    has_begun_ = true;

    const bool is_silent = std::abs(left) < 1e-3 && std::abs(right) < 1e-3;
    silence_ = is_silent ? silence_ + 1.0 / rate_ : 0.0;
    hole_ = is_silent && !is_silence_expected_ ? hole_ + 1.0 / rate_ : 0.0;
    longest_silence_ = std::max(longest_silence_, silence_);
    longest_hole_ = std::max(longest_hole_, hole_);
  }

  int rate_ = 48000;
  bool is_new_rate_ = true;
  bool has_begun_ = false;
  bool is_silence_expected_ = true;
  double past_[4] = {};
  std::int64_t known_ = 0;
  double worst_click_ = 0.0;
  double worst_turn_ = 0.0;
  double silence_ = 0.0;
  double hole_ = 0.0;
  double longest_silence_ = 0.0;
  double longest_hole_ = 0.0;
  bool heard_nonsense_ = false;
};

}  // namespace focus::drill
