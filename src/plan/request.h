// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <absl/status/status.h>

#include "audio/format.h"
#include "plan/leaning.h"

namespace focus::core::plan {

enum class Goal { focus, relax, sleep, energize, custom_prompt };
enum class Intensity { low, medium, high };

std::string_view name_of(Goal goal);
std::string_view name_of(Intensity intensity);
std::optional<Goal> goal_named(std::string_view name);
std::optional<Intensity> intensity_named(std::string_view name);

/// The loudness a session of this goal is brought to unless the request says otherwise, in LUFS.
double default_target_lufs(Goal goal);

/// What a listener asks for: the fields of the wire contract, then those of its `options`.
struct Request {
  Goal goal = Goal::focus;
  int target_minutes = 0;     ///< 1 to 1440
  std::string custom_prompt;  ///< UTF-8; required by Goal::custom_prompt, else ignored
  Intensity intensity = Intensity::medium;
  double divergence = 0.0;  ///< 0 (very similar) to 1 (highly varied)
  std::string engine;       ///< a key of the engine registry; "" is the default engine
  std::string fallback;     ///< of the engine that stands in where it fails; "" is the default one
  /// How long `engine` may take for a segment before `fallback` makes it, 0.1 to 86400; 0: as long
  /// as it likes. A live listener is never kept waiting for it.
  double fallback_after_seconds = 0.0;

  std::optional<std::uint64_t> seed;  ///< drawn by the service where the request has none
  std::optional<double> target_lufs;  ///< -40 to -8; by default the goal's own
  audio::AudioFormat format = audio::AudioFormat::flac16;
  int sample_rate = 48000;  ///< of the segments, 8000 to 192000 Hz
  double segment_seconds =
      120.0;  ///< nominal distance from one segment's start to the next, 20 to 600
  /// Segments made ahead of the playhead; absent: as many as there are, or what the store can hold.
  std::optional<int> look_ahead;

  /// How deep the music is modulated at 16 Hz (see mastering/modulation.h), 0 (off) to 1; for the
  /// goals focus and custom_prompt.
  double modulation_depth = 0.0;
  /// Level of each stem against how it is composed, by Stem: kStemOff (silent) to 12 dB.
  std::array<double, kStemCount> stem_db{};
  /// Length of the phases of work (5 to 120) and of rest (1 to 60) that take turns, the first one
  /// being work; both 0: the goal's music all through. Not for the goals relax and sleep.
  int work_minutes = 0;
  int break_minutes = 0;
  /// Length of the last fade, 1 to 3600 s and at most half the session; 0: the goal's own.
  double ending_seconds = 0.0;
  /// Beats a minute, 30 to 240; 0: the goal's own. Breaks keep a tempo of their own.
  double tempo_bpm = 0.0;
  /// Scenes that are heard with the music, or that `soundscape` plays: see read_scenes().
  std::string scenes;
  /// Other scenes and levels at given times: see read_programme().
  std::string programme;

  bool has_phases() const { return work_minutes > 0; }
  double loudness_target() const { return target_lufs.value_or(default_target_lufs(goal)); }
  bool operator==(const Request&) const = default;
};

/// The longest session, in minutes: a day.
inline constexpr int kLongestSessionMinutes = 1440;
/// The stem level, in dB, at which nothing of the stem is heard.
inline constexpr double kStemOff = -60.0;
/// What a segment's loudness may be, in LUFS.
inline constexpr double kLowestLufs = -40.0;
inline constexpr double kHighestLufs = -8.0;

/// Checks every field but `engine` and `fallback`, which only a registry can judge. The error names
/// the field. See request_fields.h for what is checked.
absl::Status validate(const Request& request);

}  // namespace focus::core::plan
