// SPDX-License-Identifier: MIT
#include <algorithm>
#include <chrono>

#include <absl/strings/str_cat.h>

#include "base/text.h"
#include "handles.h"
#include "plan/request_fields.h"

using namespace focus::core;
using namespace focus::core::capi;

namespace {

/// Converts an enumerator: those of the header have the same order as the core's and begin at
/// `first`.
template <typename Enum>
absl::StatusOr<Enum> enum_from(std::int32_t value, std::int32_t first, std::int32_t last,
                               const char* field) {
  if (value >= first && value <= last) return static_cast<Enum>(value - first);
  return invalid_field(field, absl::StrCat("must be one of enum focus_", field, ", not ", value));
}

absl::StatusOr<plan::Goal> goal_from(std::int32_t value) {
  return enum_from<plan::Goal>(value, FOCUS_GOAL_FOCUS, FOCUS_GOAL_CUSTOM_PROMPT, "goal");
}
absl::StatusOr<plan::Intensity> intensity_from(std::int32_t value) {
  return enum_from<plan::Intensity>(value, FOCUS_INTENSITY_LOW, FOCUS_INTENSITY_HIGH, "intensity");
}

// A member of the C struct goes to the field of its name, unless it is unset. Enumerators are
// checked by request_from itself, and the seed counts only with its flag.
template <typename Number>
void take(const char* name, Number value, plan::Request& request) {
  const plan::RequestField& field = *plan::request_field_named(name);
  if (value != field.c_unset) set_number(field, value, request);
}
void take(const char* name, const char* value, plan::Request& request) {
  visit_value(*plan::request_field_named(name), request, [&]<typename Value>(Value& to) {
    if constexpr (std::same_as<Value, std::string>) to = text_or_empty(value);
  });
}
void take(const char*, std::uint64_t, plan::Request&) {}

absl::StatusOr<plan::Request> request_from(const focus_session_request& given) {
  plan::Request request;
  if (given.goal == 0) {
    return invalid_field("goal", "is required: one of enum focus_goal");
  }
  FOCUS_ASSIGN_OR_RETURN(request.goal, goal_from(given.goal));
  // Over HTTP such a prompt is ignored, as the contract says. Here a host would never hear of it.
  if (request.goal != plan::Goal::custom_prompt && !text_or_empty(given.custom_prompt).empty()) {
    return invalid_field("custom_prompt",
                         "is heard only with the goal custom_prompt; set that goal, or leave the "
                         "prompt out");
  }
  if (given.intensity != FOCUS_INTENSITY_DEFAULT) {
    FOCUS_ASSIGN_OR_RETURN(request.intensity, intensity_from(given.intensity));
  }
  FOCUS_ASSIGN_OR_RETURN(request.format,
                         enum_from<audio::AudioFormat>(given.format, FOCUS_FORMAT_FLAC16,
                                                       FOCUS_FORMAT_OPUS, "format"));
  FOCUS_ASSIGN_OR_RETURN(const bool has_seed, flag_from(given.has_seed, "has_seed"));
  if (has_seed) request.seed = given.seed;
#define FIELD(name, ...) take(#name, given.name, request);
#include "plan/request_fields.inc"
  return request;
}

absl::Status take_levels(const focus_steering& given, plan::Steering& steering) {
  struct Level {
    plan::Stem stem;
    std::int32_t counts;
    const char* flag;
    double db;
  };
  const Level levels[] = {
      {plan::Stem::pads, given.has_pads_db, "has_pads_db", given.pads_db},
      {plan::Stem::bass, given.has_bass_db, "has_bass_db", given.bass_db},
      {plan::Stem::melody, given.has_melody_db, "has_melody_db", given.melody_db},
      {plan::Stem::percussion, given.has_percussion_db, "has_percussion_db", given.percussion_db},
      {plan::Stem::ambience, given.has_ambience_db, "has_ambience_db", given.ambience_db},
  };
  for (const Level& level : levels) {
    FOCUS_ASSIGN_OR_RETURN(const bool counts, flag_from(level.counts, level.flag));
    if (counts) steering.stem_db[static_cast<std::size_t>(level.stem)] = level.db;
  }
  return absl::OkStatus();
}

absl::StatusOr<plan::Steering> steering_from(const focus_steering& given) {
  plan::Steering steering;
  if (given.goal != 0) {
    FOCUS_ASSIGN_OR_RETURN(steering.goal, goal_from(given.goal));
  }
  if (given.intensity != FOCUS_INTENSITY_DEFAULT) {
    FOCUS_ASSIGN_OR_RETURN(steering.intensity, intensity_from(given.intensity));
  }
  if (given.target_minutes != 0) steering.target_minutes = given.target_minutes;
  if (given.divergence != -1.0) steering.divergence = given.divergence;
  if (given.custom_prompt != nullptr) {
    if (steering.goal && *steering.goal != plan::Goal::custom_prompt) {
      return invalid_field("custom_prompt",
                           "is for FOCUS_GOAL_CUSTOM_PROMPT; leave goal 0 with it");
    }
    steering.custom_prompt = given.custom_prompt;
  }
  FOCUS_RETURN_IF_ERROR(take_levels(given, steering));
  if (given.scenes != nullptr) steering.scenes = given.scenes;
  return steering;
}

std::int32_t type_of(session::EventType type) {
  switch (type) {
    case session::EventType::segment_ready:
      return FOCUS_EVENT_SEGMENT_READY;
    case session::EventType::fallback:
      return FOCUS_EVENT_FALLBACK;
    case session::EventType::segment_failed:
      return FOCUS_EVENT_SEGMENT_FAILED;
    case session::EventType::steered:
      return FOCUS_EVENT_STEERED;
    case session::EventType::trouble:
      return FOCUS_EVENT_TROUBLE;
    case session::EventType::status_changed:
      break;
  }
  return FOCUS_EVENT_STATUS_CHANGED;
}

/// Checks the caller's struct before an event is taken, because it can be taken only once.
absl::Status check_event(const focus_event* event) {
  if (event == nullptr) return null_argument("event");
  return check_struct(event, event->struct_size, sizeof(focus_event), "event");
}

absl::Status give_event(const std::optional<session::Event>& happened, focus_event* event) {
  focus_event value = FOCUS_EVENT_INIT;
  if (happened) {
    value.type = type_of(happened->type);
    value.segment_index = happened->segment_index;
    value.code = result_of(happened->status);
    const std::string line = one_line(happened->message, sizeof(value.message) - 1);
    std::copy_n(line.c_str(), line.size() + 1, value.message);
    const std::string engine = one_line(happened->engine, sizeof(value.engine) - 1);
    std::copy_n(engine.c_str(), engine.size() + 1, value.engine);
  }
  return write_struct(event, value, "event");
}

}  // namespace

int32_t focus_session_start(focus_service* service, const focus_session_request* request,
                            focus_session** session) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(session, "session"));
    FOCUS_RETURN_IF_ERROR(check_handle(service, "service"));
    if (request == nullptr) return null_argument("request");
    FOCUS_ASSIGN_OR_RETURN(const focus_session_request given,
                           read_struct(request, FOCUS_SESSION_REQUEST_INIT, "request"));
    FOCUS_ASSIGN_OR_RETURN(plan::Request asked, request_from(given));
    FOCUS_ASSIGN_OR_RETURN(session::SessionUse use, service->service->start(std::move(asked)));
    *session = new focus_session(std::move(use));
    return absl::OkStatus();
  });
}

int32_t focus_session_open(focus_service* service, const char* session_id,
                           focus_session** session) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(session, "session"));
    FOCUS_RETURN_IF_ERROR(check_handle(service, "service"));
    if (session_id == nullptr) return null_argument("session_id");
    FOCUS_ASSIGN_OR_RETURN(session::SessionUse use, service->service->open_session(session_id));
    *session = new focus_session(std::move(use));
    return absl::OkStatus();
  });
}

int32_t focus_session_steer(focus_session* session, const focus_steering* steering,
                            double* from_seconds) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(session, "session"));
    if (steering == nullptr) return null_argument("steering");
    FOCUS_ASSIGN_OR_RETURN(const focus_steering given,
                           read_struct(steering, FOCUS_STEERING_INIT, "steering"));
    FOCUS_ASSIGN_OR_RETURN(const plan::Steering wanted, steering_from(given));
    std::optional<double> at_seconds;
    if (given.at_seconds != -1.0) {
      if (!(given.at_seconds >= 0.0)) {
        return invalid_field("at_seconds", "must be 0 or more, or -1 for as soon as can be");
      }
      at_seconds = given.at_seconds;
    }
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t from, session->use->steer(wanted, at_seconds));
    if (from_seconds != nullptr) *from_seconds = static_cast<double>(from) * 0.01;
    return absl::OkStatus();
  });
}

int32_t focus_session_end(focus_session* session) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(session, "session"));
    return session->use->end();
  });
}

int32_t focus_session_destroy(focus_session* session) noexcept { return destroy(session); }

int32_t focus_session_delete(focus_service* service, const char* session_id) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(service, "service"));
    if (session_id == nullptr) return null_argument("session_id");
    return service->service->delete_session(session_id);
  });
}

int32_t focus_session_delete_expired(focus_service* service, int64_t unix_before,
                                     int32_t* deleted) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(service, "service"));
    let_go_idle(service->rest.get());
    FOCUS_ASSIGN_OR_RETURN(const int count, service->service->delete_expired(unix_before));
    if (deleted != nullptr) *deleted = count;
    return absl::OkStatus();
  });
}

int32_t focus_session_poll_event(focus_session* session, focus_event* event) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(session, "session"));
    FOCUS_RETURN_IF_ERROR(check_event(event));
    return give_event(session->use->events().poll(session->next_event), event);
  });
}

int32_t focus_session_wait_event(focus_session* session, int32_t timeout_ms,
                                 focus_event* event) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(session, "session"));
    FOCUS_RETURN_IF_ERROR(check_event(event));
    if (timeout_ms < 0) return invalid_field("timeout_ms", "must not be negative");
    const std::chrono::milliseconds timeout(timeout_ms);
    return give_event(session->use->events().wait(session->next_event, timeout), event);
  });
}
