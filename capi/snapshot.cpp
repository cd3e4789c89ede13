// SPDX-License-Identifier: MIT
#include "snapshot.h"

#include <memory>

#include <absl/strings/str_cat.h>

#include "licence.h"

using namespace focus::core;
using namespace focus::core::capi;

namespace {

absl::Status check_segment(const focus_snapshot* snapshot, int32_t index) {
  FOCUS_RETURN_IF_ERROR(check_handle(snapshot, "snapshot"));
  const int count = snapshot->view.plan->segment_count();
  if (index >= 0 && index < count) return absl::OkStatus();
  return not_found("index", absl::StrCat("no segment ", index, "; there are ", count));
}

}  // namespace

int32_t focus_session_snapshot(focus_session* session, focus_snapshot** snapshot) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(snapshot, "snapshot"));
    FOCUS_RETURN_IF_ERROR(check_handle(session, "session"));
    auto made = std::make_unique<focus_snapshot>();
    made->view = session->use.service().view(*session->use);
    const plan::Plan& plan = *made->view.plan;
    for (int k = 0; k < plan.segment_count(); ++k) {
      made->keys.push_back(describe(plan.key(k)));
    }
    made->chapters = plan::chapters_of(plan);
    made->engine = session->use->engine().info();
    *snapshot = made.release();
    return absl::OkStatus();
  });
}

int32_t focus_snapshot_info(const focus_snapshot* snapshot, focus_session_info* info) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(snapshot, "snapshot"));
    const session::SessionView& view = snapshot->view;
    const plan::Request& request = view.record.request;
    focus_session_info value = FOCUS_SESSION_INFO_INIT;
    value.status = static_cast<int32_t>(view.status);
    value.session_id = view.record.id.c_str();
    value.engine = request.engine.c_str();
    value.goal = static_cast<int32_t>(request.goal) + FOCUS_GOAL_FOCUS;
    value.intensity = static_cast<int32_t>(request.intensity) + FOCUS_INTENSITY_LOW;
    value.target_minutes = request.target_minutes;
    value.total_segments = view.plan->segment_count();
    value.ready_count = view.ready_count;
    value.more_pending = view.more_pending();
    value.divergence = request.divergence;
    value.seed = view.plan->seed();
    value.target_lufs = request.loudness_target();
    value.sample_rate = request.sample_rate;
    value.channel_count = audio::kChannels;
    value.created_at = view.record.created_at;
    value.next_ready_at = view.next_ready_at.value_or(0);
    value.custom_prompt =
        request.goal == plan::Goal::custom_prompt ? request.custom_prompt.c_str() : "";
    value.spent_micros = view.spent_micros;
    return write_struct(info, value, "info");
  });
}

int32_t focus_snapshot_segment(const focus_snapshot* snapshot, int32_t index,
                               focus_segment_info* info) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_segment(snapshot, index));
    const session::SessionView& view = snapshot->view;
    const auto number = static_cast<std::size_t>(index);
    const plan::Brief brief = view.plan->brief(index, view.record.request.sample_rate);
    focus_segment_info value = FOCUS_SEGMENT_INFO_INIT;
    value.index = index;
    value.path = "";
    value.engine = "";
    value.engine_version = "";
    value.key = snapshot->keys[number].c_str();
    value.tempo_bpm = brief.tempo_bpm;
    value.start_seconds = brief.start_seconds;
    value.duration_seconds = view.plan->length_seconds(index);
    value.frames = view.plan->length_frames(index, view.record.request.sample_rate);
    value.fade_in_ms = view.plan->overlap_in_ms(index);
    value.fade_out_ms = view.plan->overlap_out_ms(index);
    value.target_lufs = brief.target_lufs;
    if (view.plan->has_phases()) {
      value.phase = brief.phase == plan::Phase::work ? FOCUS_PHASE_WORK : FOCUS_PHASE_BREAK;
    }
    if (const auto& record = view.segments[number]) {
      const mastering::Mastering& mastering = record->mastering;
      const double rate = record->sample_rate;
      value.ready = 1;
      value.path = record->path.c_str();
      value.engine = record->engine.c_str();
      value.integrated_lufs = mastering.integrated_lufs;
      value.range_lu = mastering.range_lu;
      value.true_peak_dbtp = mastering.true_peak_dbtp;
      value.gain_db = mastering.gain_db;
      value.cue_in_seconds = static_cast<double>(mastering.cue.cue_in) / rate;
      value.cue_out_seconds = static_cast<double>(mastering.cue.cue_out) / rate;
      value.limited = mastering.limited;
      value.fallback = record->fallback;
      value.engine_version = record->engine_version.c_str();
      value.licence_class = licence_from(record->licence_class);
    }
    return write_struct(info, value, "info");
  });
}

int32_t focus_snapshot_chapter_count(const focus_snapshot* snapshot, int32_t* count) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(snapshot, "snapshot"));
    if (count == nullptr) return null_argument("count");
    *count = static_cast<int32_t>(snapshot->chapters.size());
    return absl::OkStatus();
  });
}

int32_t focus_snapshot_chapter(const focus_snapshot* snapshot, int32_t index,
                               focus_chapter_info* chapter) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(snapshot, "snapshot"));
    const std::size_t count = snapshot->chapters.size();
    if (index < 0 || static_cast<std::size_t>(index) >= count) {
      return not_found("index", absl::StrCat("no chapter ", index, "; there are ", count));
    }
    const plan::Chapter& found = snapshot->chapters[static_cast<std::size_t>(index)];
    focus_chapter_info value = FOCUS_CHAPTER_INFO_INIT;
    value.start_seconds = static_cast<double>(found.start) * 0.01;
    value.title = found.title.c_str();
    return write_struct(chapter, value, "chapter");
  });
}

int32_t focus_snapshot_destroy(focus_snapshot* snapshot) noexcept { return destroy(snapshot); }
