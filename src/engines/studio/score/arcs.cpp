// SPDX-License-Identifier: MIT
#include "engines/studio/score/arcs.h"

#include <algorithm>
#include <array>

#include "base/random.h"
#include "dsp/noise.h"

namespace focus::core::engines::studio {
namespace {

/// The course of one layer. `enters` and `leaves` are shares of the session's opening and closing
/// (at most 36 and 30 s, less in short sessions). `breath` is the period of the layer's own wave in
/// seconds; all are different. `rest` is the level of the wave below which the layer rests.
struct Course {
  double enters, leaves, breath, rest;
};
constexpr std::array<Course, 6> kCourses = {{
    {0.0, 0.0, 31.0, 0.0},    // pad
    {0.55, 0.5, 47.0, 0.25},  // upper pad
    {0.2, 0.2, 37.0, 0.0},    // bass
    {0.4, 0.35, 53.0, 0.12},  // lead
    {0.7, 0.8, 59.0, 0.22},   // ostinato
    {0.85, 1.0, 43.0, 0.15},  // kit
}};

const Course& course_of(Layer layer) { return kCourses[static_cast<std::size_t>(layer)]; }

double ramp(double x) { return std::clamp(x, 0.0, 1.0); }

}  // namespace

Arcs::Arcs(const plan::Brief& brief, const Style& style)
    : key_(static_cast<std::uint32_t>(Random(brief.seed).fork("arcs").bits())),
      session_(brief.session_seconds),
      ending_start_(brief.session_seconds - style.ending_seconds),
      restlessness_(0.25 + 0.75 * brief.divergence),
      sinks_(style.sinks) {}

double Arcs::presence(Layer layer, double seconds) const {
  const Course& course = course_of(layer);
  const double opening = std::min(36.0, 0.045 * session_);
  const double closing = std::min(30.0, 0.045 * session_);
  const double in = course.enters == 0.0 ? 1.0 : ramp((seconds - course.enters * opening) / 8.0);
  const double out =
      course.leaves == 0.0 ? 1.0 : ramp((ending_start_ - course.leaves * closing - seconds) / 6.0);
  const auto own = key_ + 17U * static_cast<std::uint32_t>(layer);
  // The layer rests while a slow random wave is below the threshold, and is at full presence again
  // at 0.15 above it.
  double wave = 1.0;
  if (course.rest > 0.0) {
    const double level = 0.5 + 0.5 * dsp::drift(own, seconds / (2.6 * course.breath));
    wave = ramp((level - restlessness_ * course.rest) / 0.15);
  }
  const double sunk = sinks_ && layer != Layer::pad ? 1.0 - 0.65 * ramp(seconds / session_) : 1.0;
  return in * out * wave * sunk;
}

}  // namespace focus::core::engines::studio
