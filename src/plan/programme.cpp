// SPDX-License-Identifier: MIT
#include "plan/programme.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <absl/strings/ascii.h>
#include <absl/strings/str_cat.h>
#include <absl/strings/strip.h>

#include "base/error.h"
#include "plan/scene_numbers.h"

namespace focus::core::plan {
namespace {

constexpr double kSecondsPerMinute = 60.0;

absl::Status refuse_step(std::string_view step, std::string_view why) {
  return invalid_field("programme", absl::StrCat("has \"", std::string(step.substr(0, 60)),
                                                 "\": ", std::string(why)));
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && absl::ascii_isspace(static_cast<unsigned char>(text.front()))) {
    text.remove_prefix(1);
  }
  while (!text.empty() && absl::ascii_isspace(static_cast<unsigned char>(text.back()))) {
    text.remove_suffix(1);
  }
  return text;
}

/// A step as it is written; a fade that is not given is -1.
absl::StatusOr<SceneStep> read_step(const std::string_view whole) {
  const std::size_t colon = whole.find(':');
  if (colon == std::string_view::npos) {
    return refuse_step(whole, "an entry is such as \"180/10: sea=-3\", its minute first");
  }
  std::string_view head = without_blanks(whole.substr(0, colon));
  SceneStep step;
  if (const auto level = taken_after(head, ' ')) {
    const auto value = number_between(*level, kLowestStepDb, kHighestStepDb);
    if (!value) return refuse_step(whole, "a level is from -30 to 12 dB");
    step.level_db = *value;
  }
  step.fade_seconds = -1.0;
  if (const auto fade = taken_after(head, '/')) {
    const auto value = number_between(*fade, 0.0, kLongestStepFade);
    if (!value) return refuse_step(whole, "a fade is from 0 to 240 minutes");
    step.fade_seconds = *value * kSecondsPerMinute;
  }
  const auto minute = number_between(without_blanks(head), 0.0, kLongestSessionMinutes);
  if (!minute) return refuse_step(whole, "a minute is from 0 to 1440");
  step.from_seconds = *minute * kSecondsPerMinute;
  auto scenes = read_scenes(whole.substr(colon + 1));
  if (!scenes.ok()) {
    const absl::string_view why = absl::StripPrefix(scenes.status().message(), "scenes: ");
    return invalid_field("programme", std::string(why.data(), why.size()));
  }
  step.scenes = *std::move(scenes);
  return step;
}

/// Fits the fades between the steps.
absl::Status settle_fades(std::vector<SceneStep>& steps) {
  for (std::size_t n = 0; n < steps.size(); ++n) {
    SceneStep& step = steps[n];
    double room = kLongestStepFade * kSecondsPerMinute;
    if (n + 1 < steps.size()) room = steps[n + 1].from_seconds - step.from_seconds;
    const std::string minute = scene_figure(step.from_seconds / kSecondsPerMinute);
    if (room <= 0.0) {
      return invalid_field(
          "programme", absl::StrCat("must be in the order of time: the entry after minute ", minute,
                                    " begins no later than it"));
    }
    if (step.fade_seconds < 0.0) {
      step.fade_seconds =
          step.from_seconds > 0.0 ? std::min(kDefaultStepFade * kSecondsPerMinute, room) : 0;
    }
    if (step.fade_seconds > room) {
      return invalid_field("programme",
                           absl::StrCat("has a fade at minute ", minute,
                                        " that does not end before the next entry "
                                        "begins; it has ",
                                        scene_figure(room / kSecondsPerMinute), " minutes"));
    }
  }
  return absl::OkStatus();
}

/// The step that a moment belongs to, counted from 1; 0 before the first one.
std::size_t steps_begun(const std::vector<SceneStep>& steps, double seconds) {
  const auto next = std::partition_point(steps.begin(), steps.end(), [&](const SceneStep& step) {
    return step.from_seconds <= seconds;
  });
  return static_cast<std::size_t>(next - steps.begin());
}

double share_of(const SceneStep& step, double seconds) {
  if (step.fade_seconds <= 0.0) return 1.0;
  return std::clamp((seconds - step.from_seconds) / step.fade_seconds, 0.0, 1.0);
}

}  // namespace

bool SceneProgramme::names_scenes() const {
  return !opening.empty() || std::any_of(steps.begin(), steps.end(), [](const SceneStep& step) {
    return !step.scenes.empty();
  });
}

SceneBlend SceneProgramme::at(double seconds) const {
  const std::size_t begun = steps_begun(steps, seconds);
  const auto mix_after = [&](std::size_t count) -> const SceneMix* {
    while (count > 0 && steps[count - 1].scenes.empty()) --count;
    return count > 0 ? &steps[count - 1].scenes : &opening;
  };
  const SceneMix* after = mix_after(begun);
  if (begun == 0) return {after, after, 1.0};
  const double share = share_of(steps[begun - 1], seconds);
  if (share >= 1.0) return {after, after, 1.0};
  return {mix_after(begun - 1), after, share};
}

double SceneProgramme::level_db(double seconds) const {
  const std::size_t begun = steps_begun(steps, seconds);
  if (begun == 0) return 0.0;
  const SceneStep& step = steps[begun - 1];
  const double before = begun > 1 ? steps[begun - 2].level_db : 0.0;
  return before + (step.level_db - before) * share_of(step, seconds);
}

double SceneProgramme::mean_level_db(double start, double end) const {
  constexpr int kPoints = 64;
  double power = 0.0;
  for (int n = 0; n < kPoints; ++n) {
    const double at = start + (end - start) * (n + 0.5) / kPoints;
    power += std::pow(10.0, 0.1 * level_db(at)) / kPoints;
  }
  return 10.0 * std::log10(power);
}

absl::StatusOr<std::vector<SceneStep>> read_programme(std::string_view text) {
  if (text.size() > kLongestSceneText) {
    return invalid_field("programme",
                         absl::StrCat("must be at most ", kLongestSceneText, " bytes long"));
  }
  std::vector<SceneStep> steps;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    const std::string_view entry = without_blanks(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (entry.empty()) continue;
    if (steps.size() == kMostSteps) {
      return invalid_field("programme", absl::StrCat("must have at most ", kMostSteps, " entries"));
    }
    FOCUS_ASSIGN_OR_RETURN(steps.emplace_back(), read_step(entry));
  }
  FOCUS_RETURN_IF_ERROR(settle_fades(steps));
  return steps;
}

std::string text_of(const std::vector<SceneStep>& steps) {
  std::string text;
  for (const SceneStep& step : steps) {
    absl::StrAppend(&text, text.empty() ? "" : "; ",
                    scene_figure(step.from_seconds / kSecondsPerMinute), "/",
                    scene_figure(step.fade_seconds / kSecondsPerMinute));
    if (step.level_db != 0.0) absl::StrAppend(&text, " ", scene_figure(step.level_db));
    absl::StrAppend(&text, ": ", text_of(step.scenes));
  }
  return text;
}

SceneProgramme programme_of(const Request& request) {
  SceneProgramme programme;
  if (auto opening = read_scenes(request.scenes); opening.ok()) {
    programme.opening = *std::move(opening);
  }
  if (auto steps = read_programme(request.programme); steps.ok()) {
    programme.steps = *std::move(steps);
  }
  return programme;
}

}  // namespace focus::core::plan
