// SPDX-License-Identifier: MIT
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <absl/strings/str_cat.h>

#include "boundary.h"
#include "mix/mix_job.h"

using namespace focus::core;
using namespace focus::core::capi;

struct focus_mix : HandleBase {
  explicit focus_mix(std::unique_ptr<mix::MixJob> made) : job(std::move(made)) {}

  std::unique_ptr<mix::MixJob> job;
};

namespace {

constexpr int32_t kMostFiles = 10'000;

absl::StatusOr<mix::MixSettings> settings_from(const focus_mix_options& given) {
  mix::MixSettings settings;
  if (given.sample_rate != 0) settings.sample_rate = given.sample_rate;
  if (given.target_lufs != 0.0) settings.target_lufs = given.target_lufs;
  if (given.ceiling_dbtp != 0.0) settings.ceiling_dbtp = given.ceiling_dbtp;
  if (given.crossfade_seconds != 0.0) settings.crossfade_seconds = given.crossfade_seconds;
  settings.trim_seconds = given.trim_seconds;
  settings.bits = given.bits;
  settings.format = text_or_empty(given.format);
  return settings;
}

/// Returns the report of a complete mix, after checking `index` against the number of files minus
/// `fewer`. `what` names the thing in the error message.
absl::StatusOr<std::shared_ptr<const mix::MixReport>> report_of(const focus_mix* mix, int32_t index,
                                                                std::size_t fewer,
                                                                const char* what) {
  FOCUS_RETURN_IF_ERROR(check_handle(mix, "mix"));
  const std::size_t count = mix->job->paths().size() - fewer;
  if (index < 0 || static_cast<std::size_t>(index) >= count) {
    return not_found("index", absl::StrCat("no ", what, " ", index, "; there are ", count));
  }
  auto report = mix->job->report();
  if (report) return report;
  return fault_error(Fault::not_ready, "the mix was not made yet; call focus_mix_write first");
}

int32_t match_of(mastering::TempoMatch match) {
  switch (match) {
    case mastering::TempoMatch::beats:
      return FOCUS_TEMPO_MATCH_BEATS;
    case mastering::TempoMatch::downbeats:
      return FOCUS_TEMPO_MATCH_DOWNBEATS;
    case mastering::TempoMatch::none:
      break;
  }
  return FOCUS_TEMPO_MATCH_NONE;
}

int32_t curve_of(mastering::CrossfadeCurve curve) {
  switch (curve) {
    case mastering::CrossfadeCurve::equal_gain:
      return FOCUS_CROSSFADE_EQUAL_GAIN;
    case mastering::CrossfadeCurve::loudness_held:
      return FOCUS_CROSSFADE_LOUDNESS_HELD;
    case mastering::CrossfadeCurve::same_piece:
      return FOCUS_CROSSFADE_SAME_PIECE;
    case mastering::CrossfadeCurve::equal_power:
      break;
  }
  return FOCUS_CROSSFADE_EQUAL_POWER;
}

}  // namespace

int32_t focus_mix_create(const char* const* paths, int32_t count, const focus_mix_options* options,
                         focus_mix** mix) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(mix, "mix"));
    if (paths == nullptr) return null_argument("paths");
    if (count < 1 || count > kMostFiles) {
      return invalid_field("count",
                           absl::StrCat("must be 1 to ", kMostFiles, " files, not ", count));
    }
    std::vector<std::string> given_paths;
    for (int32_t index = 0; index < count; ++index) {
      if (paths[index] == nullptr) return null_argument("paths");
      given_paths.emplace_back(paths[index]);
    }
    FOCUS_ASSIGN_OR_RETURN(const focus_mix_options given,
                           read_struct(options, FOCUS_MIX_OPTIONS_INIT, "options"));
    FOCUS_ASSIGN_OR_RETURN(const mix::MixSettings settings, settings_from(given));
    FOCUS_ASSIGN_OR_RETURN(auto job, mix::MixJob::create(std::move(given_paths), settings));
    *mix = new focus_mix(std::move(job));
    return absl::OkStatus();
  });
}

int32_t focus_mix_write(focus_mix* mix, const char* path) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(mix, "mix"));
    return mix->job->write(path != nullptr ? std::optional<std::string>(path) : std::nullopt);
  });
}

int32_t focus_mix_cancel(focus_mix* mix) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(mix, "mix"));
    mix->job->cancel();
    return absl::OkStatus();
  });
}

int32_t focus_mix_get_info(const focus_mix* mix, focus_mix_info* info) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(mix, "mix"));
    focus_mix_info value = FOCUS_MIX_INFO_INIT;
    value.file_count = static_cast<int32_t>(mix->job->paths().size());
    value.transition_count = value.file_count - 1;
    value.channel_count = 2;
    value.progress = mix->job->progress();
    if (const auto report = mix->job->report()) {
      value.complete = 1;
      value.sample_rate = report->sample_rate;
      value.duration_seconds = report->seconds();
    }
    return write_struct(info, value, "info");
  });
}

int32_t focus_mix_get_file(const focus_mix* mix, int32_t index,
                           focus_mix_file_info* info) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_ASSIGN_OR_RETURN(const auto report, report_of(mix, index, 0, "file"));
    const auto number = static_cast<std::size_t>(index);
    const mix::MixedFile& file = report->files[number];
    focus_mix_file_info value = FOCUS_MIX_FILE_INFO_INIT;
    value.index = index;
    value.path = mix->job->paths()[number].c_str();
    value.sample_rate = file.file.sample_rate;
    value.channel_count = file.file.channel_count;
    value.duration_seconds = static_cast<double>(file.file.frames) / file.file.sample_rate;
    value.start_seconds = file.start_seconds;
    value.gain_db = file.mastering.gain_db;
    value.integrated_lufs = file.mastering.integrated_lufs;
    value.true_peak_dbtp = file.mastering.true_peak_dbtp;
    value.cue_in_seconds = file.cue_in_seconds;
    value.cue_out_seconds = file.cue_out_seconds;
    value.limited = file.mastering.limited;
    value.curve_count = static_cast<int32_t>(file.momentary_lufs.size());
    value.unheard_start_seconds = file.unheard_start_seconds;
    value.unheard_end_seconds = file.unheard_end_seconds;
    value.silent_start_seconds = file.silent_start_seconds;
    value.silent_end_seconds = file.silent_end_seconds;
    return write_struct(info, value, "info");
  });
}

int32_t focus_mix_get_transition(const focus_mix* mix, int32_t index,
                                 focus_mix_transition_info* info) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_ASSIGN_OR_RETURN(const auto report, report_of(mix, index, 1, "transition"));
    const mix::MixedTransition& mixed = report->transitions[static_cast<std::size_t>(index)];
    focus_mix_transition_info value = FOCUS_MIX_TRANSITION_INFO_INIT;
    value.index = index;
    value.start_seconds = mixed.start_seconds;
    value.end_seconds = mixed.end_seconds;
    value.old_end_seconds = mixed.old_end_seconds;
    value.new_start_seconds = mixed.new_start_seconds;
    value.offset_seconds = mixed.offset_seconds;
    value.correlation = mixed.transition.correlation;
    value.old_bpm = mixed.old_bpm;
    value.new_bpm = mixed.new_bpm;
    value.deepest_trim_db = mixed.transition.deepest_trim_db;
    value.curve = curve_of(mixed.transition.curve);
    value.polarity_inverted = mixed.transition.invert_new;
    value.tempo_match = match_of(mixed.match);
    return write_struct(info, value, "info");
  });
}

int32_t focus_mix_file_curve(const focus_mix* mix, int32_t index, const float** points) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(points, "points"));
    FOCUS_ASSIGN_OR_RETURN(const auto report, report_of(mix, index, 0, "file"));
    *points = report->files[static_cast<std::size_t>(index)].momentary_lufs.data();
    return absl::OkStatus();
  });
}

int32_t focus_mix_transition_gains(const focus_mix* mix, int32_t index, int32_t count,
                                   float* old_gains, float* new_gains) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_ASSIGN_OR_RETURN(const auto report, report_of(mix, index, 1, "transition"));
    if (count < 2) return invalid_field("count", "must be 2 at least");
    if (old_gains == nullptr) return null_argument("old_gains");
    if (new_gains == nullptr) return null_argument("new_gains");
    const mastering::Transition& transition =
        report->transitions[static_cast<std::size_t>(index)].transition;
    for (int32_t i = 0; i < count; ++i) {
      const mastering::CrossfadeGains gains =
          transition.gains_at(static_cast<double>(i) / (count - 1));
      old_gains[i] = gains.out;
      new_gains[i] = gains.in;
    }
    return absl::OkStatus();
  });
}

int32_t focus_mix_destroy(focus_mix* mix) noexcept { return destroy(mix); }
