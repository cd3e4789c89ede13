// SPDX-License-Identifier: MIT
#include "rest/track_json.h"

#include "rest/json_writer.h"

namespace focus::core::rest {
namespace {

void write_track(JsonWriter& json, const store::TrackRecord& track, const TrackUrl& playback_url) {
  json.StartObject();
  write(json, "id", track.id);
  write(json, "title", track.title);
  write(json, "engine", track.engine);
  write(json, "mode", "focus");
  write(json, "measured_duration_seconds", static_cast<double>(track.frames) / track.sample_rate);
  write(json, "instrumental", track.instrumental);
  write(json, "licence_class", track.licence_class);
  write_time(json, "created_at", track.created_at);
  write(json, "playback_url", playback_url(track));
  json.EndObject();
}

}  // namespace

std::string track_json(const store::TrackRecord& track, const TrackUrl& playback_url) {
  JsonText text;
  write_track(text.writer(), track, playback_url);
  return text.take();
}

std::string tracks_json(const std::vector<store::TrackRecord>& tracks,
                        const TrackUrl& playback_url) {
  JsonText text;
  JsonWriter& json = text.writer();
  json.StartObject();
  write_key(json, "tracks");
  json.StartArray();
  for (const store::TrackRecord& track : tracks) write_track(json, track, playback_url);
  json.EndArray();
  json.EndObject();
  return text.take();
}

}  // namespace focus::core::rest
