// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <memory>

#include "audio/file.h"
#include "base/cancel.h"
#include "boundary.h"
#include "mastering/cue_points.h"
#include "mastering/inspection.h"
#include "mastering/loudness.h"

using namespace focus::core;
using namespace focus::core::capi;

struct focus_measurement : HandleBase {
  audio::AudioFileInfo file;
  mastering::Loudness loudness;
  mastering::LoudnessCurve curve;
  mastering::CuePoints cue;
  mastering::Inspection found;
  int32_t state = FOCUS_LOUDNESS_MEASURED;
};

namespace {

constexpr std::int64_t kMeasuredFrames = 65'536;
constexpr std::int64_t kBlocksBetweenReports = 16;  // some 20 seconds of music

/// Tells the host how far the measuring is. A host that wants no more ends it.
absl::Status tell_measured(const focus_measurement_options& options, std::int64_t frames,
                           std::int64_t all_frames) {
  if (options.callback == nullptr) return absl::OkStatus();
  const double share = all_frames > 0 ? static_cast<double>(frames) / all_frames : 0.0;
  return options.callback(options.user_data, std::clamp(share, 0.0, 1.0)) == 0 ? absl::OkStatus()
                                                                               : cancelled_error();
}

/// Measures block by block: a whole night of music needs no more memory than a minute.
absl::Status measure_into(focus_measurement& measurement, const std::string& path,
                          const focus_measurement_options& options) {
  FOCUS_ASSIGN_OR_RETURN(auto reader, audio::AudioFileReader::open(path));
  const audio::AudioFileInfo& file = reader->info();
  FOCUS_ASSIGN_OR_RETURN(auto meter,
                         mastering::LoudnessMeter::create(file.channel_count, file.sample_rate));
  mastering::Inspector inspector(file.channel_count, file.sample_rate);
  audio::AudioBuffer block(file.channel_count, kMeasuredFrames, file.sample_rate);
  std::int64_t frames = 0;
  while (true) {
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t count, reader->read(block.view()));
    if (count == 0) break;
    meter.add(block.view().subview(0, count));
    inspector.add(block.view().subview(0, count));
    frames += count;
    if (frames / kMeasuredFrames % kBlocksBetweenReports == 0) {
      FOCUS_RETURN_IF_ERROR(tell_measured(options, frames, file.frames));
    }
  }
  measurement.file = file;
  measurement.file.frames = frames;
  measurement.loudness = meter.loudness();
  measurement.curve = meter.curve();
  measurement.cue = find_cue_points(meter, frames, file.sample_rate);
  measurement.found = inspector.result();
  if (meter.block_energies().empty()) {
    measurement.state = FOCUS_LOUDNESS_TOO_SHORT;
  } else if (!std::isfinite(measurement.loudness.integrated_lufs)) {
    measurement.state = FOCUS_LOUDNESS_SILENT;
  }
  return tell_measured(options, 1, 1);
}

}  // namespace

int32_t focus_measurement_create(const char* path, focus_measurement** measurement) noexcept {
  return focus_measurement_create_with(path, nullptr, measurement);
}

int32_t focus_measurement_create_with(const char* path, const focus_measurement_options* options,
                                      focus_measurement** measurement) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(measurement, "measurement"));
    if (path == nullptr) return null_argument("path");
    FOCUS_ASSIGN_OR_RETURN(const focus_measurement_options given,
                           read_struct(options, FOCUS_MEASUREMENT_OPTIONS_INIT, "options"));
    auto made = std::make_unique<focus_measurement>();
    FOCUS_RETURN_IF_ERROR(measure_into(*made, path, given));
    *measurement = made.release();
    return absl::OkStatus();
  });
}

int32_t focus_measurement_get_info(const focus_measurement* measurement,
                                   focus_measurement_info* info) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(measurement, "measurement"));
    const mastering::Loudness& loudness = measurement->loudness;
    const double rate = measurement->file.sample_rate;
    focus_measurement_info value = FOCUS_MEASUREMENT_INFO_INIT;
    value.sample_rate = measurement->file.sample_rate;
    value.channel_count = measurement->file.channel_count;
    value.curve_count = static_cast<int32_t>(measurement->curve.momentary_lufs.size());
    value.curve_step_seconds = mastering::LoudnessCurve::kStepSeconds;
    value.duration_seconds = static_cast<double>(measurement->file.frames) / rate;
    value.integrated_lufs = loudness.integrated_lufs;
    value.range_lu = loudness.range_lu;
    value.true_peak_dbtp = loudness.true_peak_dbtp;
    value.max_momentary_lufs = loudness.max_momentary_lufs;
    value.max_short_term_lufs = loudness.max_short_term_lufs;
    value.cue_in_seconds = static_cast<double>(measurement->cue.cue_in) / rate;
    value.cue_out_seconds = static_cast<double>(measurement->cue.cue_out) / rate;
    value.non_finite_count = measurement->found.not_finite_count;
    value.first_non_finite_seconds = measurement->found.first_not_finite_seconds;
    value.offset = measurement->found.offset;
    value.loudness_state = measurement->state;
    return write_struct(info, value, "info");
  });
}

int32_t focus_measurement_curves(const focus_measurement* measurement, const float** momentary_lufs,
                                 const float** short_term_lufs) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(measurement, "measurement"));
    if (momentary_lufs != nullptr) *momentary_lufs = measurement->curve.momentary_lufs.data();
    if (short_term_lufs != nullptr) *short_term_lufs = measurement->curve.short_term_lufs.data();
    return absl::OkStatus();
  });
}

int32_t focus_measurement_destroy(focus_measurement* measurement) noexcept {
  return destroy(measurement);
}
