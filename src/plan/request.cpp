// SPDX-License-Identifier: MIT
#include "plan/request.h"

#include <array>
#include <cmath>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/text.h"

namespace focus::core {
namespace {

constexpr std::array<std::string_view, 5> kGoalNames = {"focus", "relax", "sleep", "energize",
                                                        "custom_prompt"};
constexpr std::array<std::string_view, 3> kIntensityNames = {"low", "medium", "high"};
constexpr std::size_t kLongestPrompt = 60'000;  // what fits a request body of 64 KiB

template <typename Enum, typename Names>
std::optional<Enum> find_name(const Names& names, std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

absl::Status check_prompt(const Request& request) {
  if (request.goal == Goal::custom_prompt && request.custom_prompt.empty()) {
    return with_field(
        fault_error(Fault::argument, "custom_prompt is required when goal is custom_prompt"),
        "custom_prompt");
  }
  if (!is_utf8(request.custom_prompt)) {
    return invalid_field("custom_prompt", "must be valid UTF-8");
  }
  if (request.goal == Goal::custom_prompt && is_blank(request.custom_prompt)) {
    return invalid_field("custom_prompt", "must not be blank; say in words what you want to hear");
  }
  if (request.custom_prompt.size() > kLongestPrompt) {
    return invalid_field("custom_prompt",
                         absl::StrCat("must be at most ", kLongestPrompt, " bytes long"));
  }
  return absl::OkStatus();
}

/// NaN is outside every range.
bool within(double value, double low, double high) { return value >= low && value <= high; }

absl::Status check_modulation(const Request& request) {
  const double depth = request.modulation_depth;
  if (!within(depth, 0.0, 1.0)) {
    return invalid_field("modulation_depth",
                         absl::StrCat("must be a number from 0 (off) to 1, not ", depth));
  }
  if (depth > 0.0 && request.goal != Goal::focus && request.goal != Goal::custom_prompt) {
    return invalid_field("modulation_depth",
                         absl::StrCat("is for the goals focus and custom_prompt; leave it 0 for ",
                                      std::string(name_of(request.goal))));
  }
  return absl::OkStatus();
}

absl::Status check_stems(const Request& request) {
  bool audible = false;
  for (std::size_t stem = 0; stem < request.stem_db.size(); ++stem) {
    const double level = request.stem_db[stem];
    if (!within(level, kStemOff, 12.0)) {
      return invalid_field(std::string(name_of(static_cast<Stem>(stem))) + "_db",
                           absl::StrCat("must be a level from -60 (off) to 12 dB, not ", level));
    }
    audible = audible || level > kStemOff;
  }
  if (!audible) {
    return invalid_field("pads_db", "is -60 (off) like all others; raise at least one of them");
  }
  return absl::OkStatus();
}

absl::Status check_phases(const Request& request) {
  if (request.work_minutes == 0 && request.break_minutes == 0) return absl::OkStatus();
  if (request.goal == Goal::relax || request.goal == Goal::sleep) {
    return invalid_field(
        "work_minutes",
        absl::StrCat("is for the goals focus, energize and custom_prompt, whose music takes turns "
                     "with breaks; leave it and break_minutes 0 for ",
                     std::string(name_of(request.goal))));
  }
  if (request.work_minutes < 5 || request.work_minutes > 120) {
    return invalid_field("work_minutes",
                         absl::StrCat("must be 5 to 120, or 0 together with break_minutes, not ",
                                      request.work_minutes));
  }
  if (request.break_minutes < 1 || request.break_minutes > 60) {
    return invalid_field("break_minutes",
                         absl::StrCat("must be 1 to 60, or 0 together with work_minutes, not ",
                                      request.break_minutes));
  }
  return absl::OkStatus();
}

absl::Status check_ending(const Request& request) {
  const double ending = request.ending_seconds;
  if (ending == 0.0) return absl::OkStatus();
  if (!within(ending, 1.0, 3600.0)) {
    return invalid_field(
        "ending_seconds",
        absl::StrCat("must be 1 to 3600 seconds, or 0 for the goal's own, not ", ending));
  }
  const double half = 30.0 * request.target_minutes;
  if (ending > half) {
    return invalid_field("ending_seconds",
                         absl::StrCat("must be at most half the session, ", half,
                                      " seconds; make it shorter or the session longer"));
  }
  return absl::OkStatus();
}

absl::Status check_fallback(const Request& request) {
  const double seconds = request.fallback_after_seconds;
  if (seconds == 0.0 || within(seconds, 0.1, 86400.0)) return absl::OkStatus();
  return invalid_field(
      "fallback_after_seconds",
      absl::StrCat("must be 0.1 to 86400 seconds, or 0 for as long as the engine may take, not ",
                   seconds));
}

}  // namespace

std::string_view name_of(Goal goal) { return kGoalNames[static_cast<std::size_t>(goal)]; }
std::string_view name_of(Intensity intensity) {
  return kIntensityNames[static_cast<std::size_t>(intensity)];
}
std::optional<Goal> goal_named(std::string_view name) { return find_name<Goal>(kGoalNames, name); }
std::optional<Intensity> intensity_named(std::string_view name) {
  return find_name<Intensity>(kIntensityNames, name);
}

double default_target_lufs(Goal goal) {
  switch (goal) {
    case Goal::relax:
      return -20.0;
    case Goal::sleep:
      return -23.0;
    case Goal::energize:
      return -16.0;
    case Goal::focus:
    case Goal::custom_prompt:
      break;
  }
  return -18.0;
}

absl::Status validate(const Request& request) {
  if (request.target_minutes < 1 || request.target_minutes > 1440) {
    return invalid_field(
        "target_minutes",
        absl::StrCat("must be a whole number from 1 to 1440, not ", request.target_minutes));
  }
  FOCUS_RETURN_IF_ERROR(check_prompt(request));
  if (!within(request.divergence, 0.0, 1.0)) {
    return invalid_field("divergence", absl::StrCat("must be a number from 0.0 (very similar) to "
                                                    "1.0 (highly varied), not ",
                                                    request.divergence));
  }
  if (request.target_lufs && !within(*request.target_lufs, -40.0, -8.0)) {
    return invalid_field("target_lufs", absl::StrCat("must be a loudness from -40 to -8 LUFS, not ",
                                                     *request.target_lufs));
  }
  if (request.sample_rate < 8000 || request.sample_rate > 192000) {
    return invalid_field("sample_rate",
                         absl::StrCat("must be 8000 to 192000 Hz, not ", request.sample_rate));
  }
  if (!within(request.segment_seconds, 20.0, 600.0)) {
    return invalid_field(
        "segment_seconds",
        absl::StrCat("must be a length from 20 to 600 seconds, not ", request.segment_seconds));
  }
  if (request.look_ahead && (*request.look_ahead < 0 || *request.look_ahead > 100'000)) {
    return invalid_field("look_ahead",
                         absl::StrCat("must be 0 to 100000 segments, not ", *request.look_ahead));
  }
  FOCUS_RETURN_IF_ERROR(check_modulation(request));
  FOCUS_RETURN_IF_ERROR(check_stems(request));
  FOCUS_RETURN_IF_ERROR(check_phases(request));
  FOCUS_RETURN_IF_ERROR(check_ending(request));
  FOCUS_RETURN_IF_ERROR(check_fallback(request));
  return check_format_rate(request.format, request.sample_rate);
}

}  // namespace focus::core
