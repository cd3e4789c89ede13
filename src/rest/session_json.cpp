// SPDX-License-Identifier: MIT
#include "rest/session_json.h"

#include <algorithm>

#include "engines/scenery.h"
#include "plan/wording.h"
#include "rest/json_writer.h"
#include "rest/prompt_json.h"
#include "rest/request_json.h"

namespace focus::core::rest {
namespace {

/// Why a segment sounds as it does: the music, if it has any, and the scenes.
std::string why_it_sounds_so(const plan::Brief& brief, const store::SegmentRecord& segment) {
  if (segment.engine == engines::kSceneEngine) {
    return why_scenes(brief, engines::scenes_played(brief));
  }
  const std::string scenes = why_scenes(brief, brief.scenes);
  return scenes.empty() ? why(brief) : why(brief) + " " + scenes;
}

void write_analysis(JsonWriter& json, const session::SessionView& view,
                    const store::SegmentRecord& segment) {
  const plan::Brief brief = view.plan->brief(segment.index, segment.sample_rate);
  const double rate = segment.sample_rate;
  const mastering::Mastering& mastering = segment.mastering;
  write_key(json, "analysis");
  json.StartObject();
  write(json, "start_seconds", brief.start_seconds);
  write(json, "engine", segment.engine);
  write(json, "engine_version", segment.engine_version);
  write(json, "licence_class", segment.licence_class);
  write(json, "fallback", segment.fallback);
  write(json, "integrated_lufs", mastering.integrated_lufs);
  write(json, "loudness_range_lu", mastering.range_lu);
  write(json, "true_peak_dbtp", mastering.true_peak_dbtp);
  write(json, "gain_db", mastering.gain_db);
  write(json, "limited", mastering.limited);
  write(json, "cue_in_seconds", static_cast<double>(mastering.cue.cue_in) / rate);
  write(json, "cue_out_seconds", static_cast<double>(mastering.cue.cue_out) / rate);
  write(json, "tempo_bpm", brief.tempo_bpm);
  write(json, "key", describe(brief.key));
  write(json, "section", name_of(brief.section));
  write(json, "movement", brief.movement);
  write(json, "tension", std::round(1000.0 * brief.tension) / 1000.0);
  if (view.plan->has_phases()) write(json, "phase", name_of(brief.phase));
  write(json, "ending_fade_seconds", brief.ending_seconds);
  write(json, "sample_rate", segment.sample_rate);
  write(json, "why", why_it_sounds_so(brief, segment));
  if (view.record.request.goal == plan::Goal::custom_prompt) {
    write_key(json, "prompt");
    write_reading(json, view.plan->prompt_reading());
  }
  json.EndObject();
}

void write_segment(JsonWriter& json, const session::SessionView& view,
                   const store::SegmentRecord& segment, const SessionJsonOptions& options) {
  json.StartObject();
  write(json, "segment_index", segment.index);
  write(json, "playback_url", options.playback_url(segment));
  write(json, "measured_duration_seconds",
        std::min(static_cast<double>(segment.frames) / segment.sample_rate,
                 view.plan->length_seconds(segment.index)));
  write(json, "target_lufs", view.plan->target_lufs(segment.index));
  write(json, "fade_in_ms", view.plan->overlap_in_ms(segment.index));
  write(json, "fade_out_ms", view.plan->overlap_out_ms(segment.index));
  if (options.include_analysis) write_analysis(json, view, segment);
  json.EndObject();
}

/// What to send to start the same session elsewhere, as it stands after its changes, and where to
/// hear it as one.
void write_session_analysis(JsonWriter& json, const session::SessionView& view,
                            const SessionJsonOptions& options) {
  write_key(json, "analysis");
  json.StartObject();
  write_key(json, "seed");
  json.Uint64(view.plan->seed());
  write_key(json, "request");
  write_request(json, view.record.request);
  for (const auto& [name, url] : options.streams) write(json, name, url);
  json.EndObject();
}

void write_session(JsonWriter& json, const session::SessionView& view,
                   const SessionJsonOptions& options) {
  const plan::Request& request = view.record.request;
  json.StartObject();
  write(json, "session_id", view.record.id);
  write(json, "status", name_of(view.status));
  write(json, "goal", name_of(request.goal));
  write(json, "engine", request.engine);
  write(json, "target_minutes", request.target_minutes);
  write(json, "total_segments", view.plan->segment_count());
  write(json, "ready_count", view.ready_count);
  write_key(json, "segments");
  json.StartArray();
  for (int k = 0; k < view.ready_count; ++k) {
    write_segment(json, view, *view.segments[static_cast<std::size_t>(k)], options);
  }
  json.EndArray();
  write(json, "more_pending", view.more_pending());
  write_time(json, "next_ready_at", view.next_ready_at);
  if (options.include_analysis) write_session_analysis(json, view, options);
  json.EndObject();
}

}  // namespace

std::string session_json(const session::SessionView& view, const SessionJsonOptions& options) {
  JsonText text;
  write_session(text.writer(), view, options);
  return text.take();
}

std::string sessions_json(const std::vector<session::SessionView>& views,
                          const std::optional<std::string>& next,
                          const std::function<SessionJsonOptions(const std::string& id)>& options) {
  JsonText text;
  JsonWriter& json = text.writer();
  json.StartObject();
  write_key(json, "sessions");
  json.StartArray();
  for (const session::SessionView& view : views) write_session(json, view, options(view.record.id));
  json.EndArray();
  write_key(json, "next_before");
  if (next) {
    write_text(json, *next);
  } else {
    json.Null();
  }
  json.EndObject();
  return text.take();
}

std::string segment_json(const session::SessionView& view, int index,
                         const SessionJsonOptions& options) {
  JsonText text;
  write_segment(text.writer(), view, *view.segments[static_cast<std::size_t>(index)], options);
  return text.take();
}

}  // namespace focus::core::rest
