// SPDX-License-Identifier: MIT
#include "rest/session_calls.h"

#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "rest/audio_urls.h"
#include "rest/request_json.h"

namespace focus::core::rest {
namespace {

absl::StatusOr<HttpResponse> session_object(RestContext& context, const Call& call, int status,
                                            session::Session& session) {
  FOCUS_ASSIGN_OR_RETURN(const AudioUrls urls, AudioUrls::mint(context, call.request));
  SessionJsonOptions options = urls.json_options(session.id());
  FOCUS_ASSIGN_OR_RETURN(options.include_analysis, wants_analysis(call.target));
  if (options.include_analysis) {
    FOCUS_ASSIGN_OR_RETURN(const AudioUrls lasting, AudioUrls::mint_lasting(context, call.request));
    options.streams = lasting.of_streams(session.id());
  }
  return json_response(status, session_json(context.service().view(session), options));
}

/// Returns the response, or the response for the error.
Answer answer(RestContext& context, absl::StatusOr<HttpResponse> response) {
  if (response.ok()) return *std::move(response);
  return explain(context, response.status());
}

/// Returns the reason why a valid request cannot be played now, or nothing.
std::optional<ApiError> unavailable(RestContext& context, const plan::Request& request) {
  const engines::EngineRegistry& engines = context.service().engines();
  if (engines.default_engine() == nullptr) return engine_unavailable("no engine is enabled");
  for (const auto& engine : engines.list()) {
    if (engine->info().key != request.engine || engine->info().enabled) continue;
    return engine_unavailable(absl::StrCat("engine '", request.engine, "' is not enabled now"));
  }
  return std::nullopt;
}

/// How long a caller that has reached a bound should wait before it asks again.
constexpr int kRetrySeconds = 30;

/// Returns the reason why the owner may not make more music now, or nothing. `slot` receives the
/// right of one more session to be active; it is kept until the session is.
std::optional<ApiError> bound_on_making(RestContext& context, const Call& call,
                                        SessionUses::Slot& slot) {
  const HttpOptions::Bounds bounds = context.options().bounds;
  std::string why;
  slot = context.uses().reserve(call.owner(),
                                {bounds.sessions_per_key, bounds.sessions_per_organization}, why);
  if (!slot) return bound_reached(std::move(why), kRetrySeconds);
  return bound_on_storing(context, call);
}

}  // namespace

absl::StatusOr<bool> wants_analysis(const Target& target) {
  const auto include = target.parameter("include");
  if (!include) return false;
  if (*include == "analysis") return true;
  return invalid_field("include", "must be analysis, or left out");
}

std::optional<ApiError> bound_on_storing(RestContext& context, const Call& call) {
  auto reached = context.service().stored_bound_reached(call.owner());
  return reached ? std::optional(bound_reached(*std::move(reached), kRetrySeconds)) : std::nullopt;
}

Answer start_session(RestContext& context, const Call& call) {
  if (const auto analysis = wants_analysis(call.target); !analysis.ok()) {
    return explain(context, analysis.status());  // checked before a session is started
  }
  if (!call.made_session.empty()) {  // a killed process has started it, and answered nobody
    const auto made = context.uses().find(call.made_session, call.owner());
    if (made.ok()) return answer(context, session_object(context, call, 202, ***made));
    if (!is_not_found(made.status())) return explain(context, made.status());
  }
  absl::StatusOr<plan::Request> request = read_start(call.request.body);
  if (!request.ok()) return explain(context, request.status());
  if (auto error = unavailable(context, *request)) return *std::move(error);
  SessionUses::Slot slot;
  if (auto error = bound_on_making(context, call, slot)) return *std::move(error);
  const auto use = context.uses().start(*std::move(request), call.owner(), call.request_key);
  if (!use.ok()) return explain(context, as_in_body(use.status()));
  return answer(context, session_object(context, call, 202, ***use));
}

Answer get_session(RestContext& context, const Call& call) {
  const auto use = context.uses().find(call.arguments[1], call.owner());
  if (!use.ok()) return explain(context, use.status());
  return answer(context, session_object(context, call, 200, ***use));
}

Answer end_session(RestContext& context, const Call& call) {
  const auto use = context.uses().find(call.arguments[1], call.owner());
  if (!use.ok()) return explain(context, use.status());
  if (const auto analysis = wants_analysis(call.target); !analysis.ok()) {
    return explain(context, analysis.status());  // checked before the session is ended
  }
  if (const absl::Status ended = (**use)->end(); !ended.ok()) return explain(context, ended);
  return answer(context, session_object(context, call, 200, ***use));
}

Answer steer_session(RestContext& context, const Call& call) {
  const auto use = context.uses().find(call.arguments[1], call.owner());
  if (!use.ok()) return explain(context, use.status());
  if (const auto analysis = wants_analysis(call.target); !analysis.ok()) {
    return explain(context, analysis.status());  // checked before the session is changed
  }
  const absl::StatusOr<SteeringBody> body = read_steering(call.request.body);
  if (!body.ok()) return explain(context, body.status());
  SessionUses::Slot slot;  // a complete session may go on after a steering
  if (!(**use)->is_active()) {
    if (auto error = bound_on_making(context, call, slot)) return *std::move(error);
  }
  const auto from = (**use)->steer(body->steering, body->at_seconds);
  if (!from.ok()) return explain(context, from.status());
  return answer(context, session_object(context, call, 200, ***use));
}

}  // namespace focus::core::rest
