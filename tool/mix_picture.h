// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <focus_session/focus_session.hpp>

namespace cli {

/// One transition and what lies around it.
struct MixPicture {
  std::string title;
  focus::MixTransitionInfo transition;
  focus::MixFileInfo old_file;
  focus::MixFileInfo new_file;
  std::vector<float> old_curve;  ///< momentary loudness by 0.1 s of the file
  std::vector<float> new_curve;
  std::vector<float> mix_curve;  ///< by 0.1 s of the mix
  focus::MixGains gains;
  double target_lufs = -18.0;
};

/// The drawing as an SVG document: the loudness of both and of the mix, and the two gains.
std::string draw_mix(const MixPicture& picture);

}  // namespace cli
