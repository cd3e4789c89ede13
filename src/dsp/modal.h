// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include "dsp/float4.h"
#include "dsp/math.h"

namespace focus::core::dsp {

/// Eight decaying modes, computed in parallel. Each is a two-pole recurrence whose output is
/// amplitude * r^n * sin(w n). A note can be entered at any age.
class ModalBank {
 public:
  static constexpr int kModes = 8;

  struct Mode {
    double hertz = 0.0;
    double amplitude = 0.0;
    double t60_seconds = 1.0;
  };

  void strike(const std::array<Mode, kModes>& modes, double rate, std::int64_t age) {
    for (std::size_t m = 0; m < kModes; ++m) {
      const bool audible = modes[m].hertz < 0.45 * rate;
      const double turns = audible ? modes[m].hertz / rate : 0.0;
      const double steps = modes[m].t60_seconds * rate;
      const double amplitude = audible ? modes[m].amplitude : 0.0;
      const auto at = [&](std::int64_t n) {
        const auto x = static_cast<double>(n);
        return amplitude * power_of_two(-9.965784284662087 * x / steps) * sine_turns(turns * x);
      };
      const double r2 = decay_factor(0.5 * steps);
      a1_[m] = static_cast<float>(2.0 * r2 * cosine_turns(2.0 * turns));
      a2_[m] = static_cast<float>(-r2 * r2);
      // The start values are exact, but a1 and a2 were rounded to float. The state at `age` is
      // therefore computed with the rounded coefficients: a note that is entered late is then the
      // same as one that was rendered from its start.
      std::array<double, 2> even = {at(-2), at(-4)}, odd = {at(-1), at(-3)};
      advance(static_cast<double>(a1_[m]), static_cast<double>(a2_[m]), age / 2, even, odd);
      even_[m] = static_cast<float>(even[0]), even_before_[m] = static_cast<float>(even[1]);
      odd_[m] = static_cast<float>(odd[0]), odd_before_[m] = static_cast<float>(odd[1]);
    }
  }

  /// `frames` must be even. The even and the odd frames are two independent recurrences with a
  /// double step, which halves the time spent waiting for previous results.
  void render(float* out, int frames) {
    Pairs pairs(*this);
    int i = 0;
    for (; i + 4 <= frames; i += 4) {
      Float4 rows[4];
      for (int n = 0; n < 4; n += 2) pairs.step(rows[n], rows[n + 1]);
      transpose4(rows);
      store4((rows[0] + rows[1]) + (rows[2] + rows[3]), out + i);
    }
    if (i < frames) {
      Float4 e, o;
      pairs.step(e, o);
      out[i] = (e[0] + e[1]) + (e[2] + e[3]);
      out[i + 1] = (o[0] + o[1]) + (o[2] + o[3]);
    }
    pairs.store(*this);
  }

 private:
  /// The state while it is computed, in registers.
  struct Pairs {
    explicit Pairs(const ModalBank& bank) {
      for (std::size_t h = 0; h < 2; ++h) {
        a1[h] = load4(bank.a1_.data() + 4 * h);
        a2[h] = load4(bank.a2_.data() + 4 * h);
        even[h] = load4(bank.even_.data() + 4 * h);
        odd[h] = load4(bank.odd_.data() + 4 * h);
        even_before[h] = load4(bank.even_before_.data() + 4 * h);
        odd_before[h] = load4(bank.odd_before_.data() + 4 * h);
      }
    }
    /// The next even and the next odd frame, as four sums of two modes each.
    void step(Float4& even_sum, Float4& odd_sum) {
      for (int h = 0; h < 2; ++h) {
        const Float4 e = a1[h] * even[h] + a2[h] * even_before[h];
        const Float4 o = a1[h] * odd[h] + a2[h] * odd_before[h];
        even_before[h] = even[h];
        odd_before[h] = odd[h];
        even[h] = e;
        odd[h] = o;
      }
      even_sum = even[0] + even[1];
      odd_sum = odd[0] + odd[1];
    }
    void store(ModalBank& bank) const {
      for (std::size_t h = 0; h < 2; ++h) {
        store4(even[h], bank.even_.data() + 4 * h);
        store4(odd[h], bank.odd_.data() + 4 * h);
        store4(even_before[h], bank.even_before_.data() + 4 * h);
        store4(odd_before[h], bank.odd_before_.data() + 4 * h);
      }
    }

    Float4 a1[2], a2[2], even[2], odd[2], even_before[2], odd_before[2];
  };

  /// Advances both recurrences by `steps` at once: the power of their common matrix, by repeated
  /// squaring.
  static void advance(double a1, double a2, std::int64_t steps, std::array<double, 2>& even,
                      std::array<double, 2>& odd) {
    double p = a1, q = a2, r = 1.0, s = 0.0;  // the matrix, row by row
    for (; steps > 0; steps >>= 1) {
      if ((steps & 1) != 0) {
        for (auto* state : {&even, &odd}) {
          *state = {p * (*state)[0] + q * (*state)[1], r * (*state)[0] + s * (*state)[1]};
        }
      }
      const double p2 = p * p + q * r, q2 = q * (p + s), r2 = r * (p + s), s2 = q * r + s * s;
      p = p2, q = q2, r = r2, s = s2;
    }
  }

  std::array<float, kModes> a1_{}, a2_{};
  std::array<float, kModes> even_{}, even_before_{}, odd_{}, odd_before_{};
};

}  // namespace focus::core::dsp
