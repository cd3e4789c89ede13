// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <limits>

namespace focus::core::mastering {

inline double amplitude_of_db(double db) { return std::pow(10.0, db / 20.0); }

/// Returns -infinity for silence.
inline double db_of_amplitude(double amplitude) {
  return amplitude > 0.0 ? 20.0 * std::log10(amplitude) : -std::numeric_limits<double>::infinity();
}

}  // namespace focus::core::mastering
