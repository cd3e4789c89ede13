// SPDX-License-Identifier: MIT
#include "rest/routes.h"

#include "rest/audio_calls.h"
#include "rest/engine_json.h"
#include "rest/event_stream.h"
#include "rest/metrics.h"
#include "rest/openapi.h"
#include "rest/own_sessions.h"
#include "rest/prompt_calls.h"
#include "rest/session_calls.h"
#include "rest/stream_calls.h"
#include "rest/track_calls.h"

namespace focus::core::rest {
namespace {

using Context = std::shared_ptr<RestContext>;

/// Adapts a call that does not keep the context.
template <Answer (*call_of)(RestContext&, const Call&)>
Answer answer_with(const Context& context, const Call& call) {
  return call_of(*context, call);
}

Answer list_engines(const Context& context, const Call&) {
  return json_response(200, engines_json(context->service().engines().list()));
}

Answer tell_events(const Context& context, const Call& call) {
  return stream_session(context, call);
}

Answer tell_health(const Context&, const Call&) { return json_response(200, R"({"status":"ok"})"); }

Answer tell_contract(const Context&, const Call&) {
  return json_response(200, std::string(openapi_document()));
}

Answer tell_metrics(const Context& context, const Call& call) {
  HttpResponse response;
  response.text = metrics_text(*context, call.caller.get());
  response.add_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  return response;
}

using Needs = Route::Capability;

constexpr Route kRoutes[] = {
    {"POST", "/v1/music/*/focus/sessions", Needs::generate, answer_with<start_session>},
    {"GET", "/v1/music/*/focus/sessions", Needs::none, answer_with<list_sessions>},
    {"GET", "/v1/music/*/focus/sessions/*", Needs::none, answer_with<get_session>},
    {"DELETE", "/v1/music/*/focus/sessions/*", Needs::generate, answer_with<delete_session>},
    {"POST", "/v1/music/*/focus/sessions/*/end", Needs::none, answer_with<end_session>},
    {"POST", "/v1/music/*/focus/sessions/*/steer", Needs::generate, answer_with<steer_session>},
    {"GET", "/v1/music/*/focus/sessions/*/events", Needs::none, tell_events},
    {"POST", "/v1/music/*/focus/sessions/*/segments/*/promote", Needs::none, answer_with<promote>},
    {"GET", "/v1/music/*/focus/sessions/*/stream.mp3", Needs::none, stream_by_key},
    {"GET", "/v1/music/*/focus/sessions/*/stream.opus", Needs::none, stream_by_key},
    {"GET", "/v1/music/*/focus/sessions/*/stream.flac", Needs::none, stream_by_key},
    {"GET", "/v1/music/*/focus/sessions/*/stream.wav", Needs::none, stream_by_key},
    {"GET", "/v1/music/*/focus/sessions/*/hls/index.m3u8", Needs::none, hls_playlist_by_key},
    {"GET", "/v1/music/*/focus/sessions/*/hls/flac.m3u8", Needs::none, hls_playlist_by_key},
    {"POST", "/v1/music/*/focus/prompts", Needs::none, answer_with<read_prompt>},
    {"GET", "/v1/music/*/engines", Needs::none, list_engines},
    {"GET", "/v1/music/*/tracks", Needs::none, answer_with<list_tracks>},
    {"GET", "/v1/music/*/tracks/*", Needs::none, answer_with<get_track>},
    {"GET", "/v1/audio/sessions/*/stream.mp3", Needs::none, stream_by_signature},
    {"GET", "/v1/audio/sessions/*/stream.opus", Needs::none, stream_by_signature},
    {"GET", "/v1/audio/sessions/*/stream.flac", Needs::none, stream_by_signature},
    {"GET", "/v1/audio/sessions/*/stream.wav", Needs::none, stream_by_signature},
    {"GET", "/v1/audio/sessions/*/hls/*", Needs::none, hls_by_signature},
    {"GET", "/v1/audio/sessions/*/*", Needs::none, answer_with<get_segment_audio>},
    {"GET", "/v1/audio/tracks/*", Needs::none, answer_with<get_track_audio>},
    {"GET", "/openapi.json", Needs::none, tell_contract},
    {"GET", "/healthz", Needs::none, tell_health},
    {"GET", "/metrics", Needs::none, tell_metrics},
};

}  // namespace

std::span<const Route> all_routes() { return kRoutes; }

}  // namespace focus::core::rest
