// SPDX-License-Identifier: MIT
#include "rest/request_json.h"

#include <cmath>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/text.h"
#include "rest/json_reader.h"

namespace focus::core {
namespace {

template <typename Value>
absl::StatusOr<Value> required(std::optional<Value> value, const std::string& field) {
  if (value) return *std::move(value);
  return invalid_field(field, "is required");
}

absl::StatusOr<std::optional<Goal>> read_goal(JsonObject& body) {
  FOCUS_ASSIGN_OR_RETURN(const auto name, body.text("goal"));
  if (!name) return std::nullopt;
  const auto goal = goal_named(*name);
  if (goal) return goal;
  return invalid_field("goal", "must be one of focus, relax, sleep, energize and custom_prompt");
}

absl::StatusOr<std::optional<Intensity>> read_intensity(JsonObject& body) {
  FOCUS_ASSIGN_OR_RETURN(const auto name, body.text("intensity"));
  if (!name) return std::nullopt;
  const auto intensity = intensity_named(*name);
  if (intensity) return intensity;
  return invalid_field("intensity", "must be one of low, medium and high");
}

/// Files of sessions; MP3 is for what a host writes itself.
absl::StatusOr<AudioFormat> read_format(JsonObject& options) {
  FOCUS_ASSIGN_OR_RETURN(const auto name, options.text("format"));
  if (!name) return AudioFormat::flac16;
  const auto format = format_named(*name);
  if (format && *format != AudioFormat::mp3) return *format;
  return invalid_field(options.field("format"), "must be one of flac, flac24, wav, ogg and opus");
}

/// An engine's key; "" where none is named.
absl::StatusOr<std::string> read_engine(JsonObject& object, std::string_view name) {
  FOCUS_ASSIGN_OR_RETURN(const auto key, object.text(name));
  if (!key || !key->empty()) return key.value_or("");
  return invalid_field(object.field(name),
                       "must name an engine, or be left out for the default one");
}

/// Takes a member that is there into the request's field.
template <typename Value, typename Field>
absl::Status take(absl::StatusOr<std::optional<Value>> member, Field& field) {
  if (!member.ok()) return member.status();
  if (*member) field = **std::move(member);
  return absl::OkStatus();
}

absl::Status read_options(JsonObject& options, Request& request) {
  FOCUS_RETURN_IF_ERROR(take(options.natural("seed"), request.seed));
  FOCUS_RETURN_IF_ERROR(take(options.number("target_lufs"), request.target_lufs));
  FOCUS_ASSIGN_OR_RETURN(request.format, read_format(options));
  FOCUS_RETURN_IF_ERROR(take(options.whole("sample_rate"), request.sample_rate));
  FOCUS_RETURN_IF_ERROR(take(options.number("segment_seconds"), request.segment_seconds));
  FOCUS_RETURN_IF_ERROR(take(options.whole("look_ahead"), request.look_ahead));
  FOCUS_ASSIGN_OR_RETURN(request.fallback, read_engine(options, "fallback"));
  FOCUS_RETURN_IF_ERROR(
      take(options.number("fallback_after_seconds"), request.fallback_after_seconds));
  FOCUS_RETURN_IF_ERROR(take(options.number("modulation_depth"), request.modulation_depth));
  for (std::size_t stem = 0; stem < request.stem_db.size(); ++stem) {
    const std::string name = absl::StrCat(std::string(name_of(static_cast<Stem>(stem))), "_db");
    FOCUS_RETURN_IF_ERROR(take(options.number(name), request.stem_db[stem]));
  }
  FOCUS_RETURN_IF_ERROR(take(options.whole("work_minutes"), request.work_minutes));
  FOCUS_RETURN_IF_ERROR(take(options.whole("break_minutes"), request.break_minutes));
  FOCUS_RETURN_IF_ERROR(take(options.number("ending_seconds"), request.ending_seconds));
  return options.refuse_others();
}

bool is_of_the_contract(std::string_view field) {
  for (const std::string_view name :
       {"goal", "target_minutes", "custom_prompt", "intensity", "divergence", "engine"}) {
    if (field == name) return true;
  }
  return false;
}

}  // namespace

absl::Status as_in_body(absl::Status status) {
  const std::string field = field_of(status);
  if (!has_fault(status, Fault::argument) || field.empty() || is_of_the_contract(field)) {
    return status;
  }
  const std::string message = absl::StrCat("options.", std::string(status.message()));
  return with_field(fault_error(Fault::argument, message), absl::StrCat("options.", field));
}

absl::StatusOr<Request> read_start(std::string_view body) {
  FOCUS_ASSIGN_OR_RETURN(JsonObject object, JsonObject::parse(body));
  Request request;
  FOCUS_ASSIGN_OR_RETURN(const auto goal, read_goal(object));
  FOCUS_ASSIGN_OR_RETURN(const auto minutes, object.whole("target_minutes"));
  FOCUS_RETURN_IF_ERROR(take(object.text("custom_prompt"), request.custom_prompt));
  FOCUS_RETURN_IF_ERROR(take(read_intensity(object), request.intensity));
  FOCUS_RETURN_IF_ERROR(take(object.number("divergence"), request.divergence));
  FOCUS_ASSIGN_OR_RETURN(request.engine, read_engine(object, "engine"));
  FOCUS_ASSIGN_OR_RETURN(auto options, object.object("options"));
  FOCUS_RETURN_IF_ERROR(object.refuse_others());
  FOCUS_ASSIGN_OR_RETURN(request.goal, required(goal, "goal"));
  FOCUS_ASSIGN_OR_RETURN(request.target_minutes, required(minutes, "target_minutes"));
  if (options) FOCUS_RETURN_IF_ERROR(read_options(*options, request));
  FOCUS_RETURN_IF_ERROR(as_in_body(validate(request)));
  return request;
}

absl::StatusOr<SteeringBody> read_steering(std::string_view body) {
  FOCUS_ASSIGN_OR_RETURN(JsonObject object, JsonObject::parse(body));
  SteeringBody read;
  Steering& steering = read.steering;
  FOCUS_ASSIGN_OR_RETURN(steering.goal, read_goal(object));
  FOCUS_ASSIGN_OR_RETURN(steering.intensity, read_intensity(object));
  FOCUS_ASSIGN_OR_RETURN(steering.divergence, object.number("divergence"));
  FOCUS_ASSIGN_OR_RETURN(steering.custom_prompt, object.text("custom_prompt"));
  FOCUS_ASSIGN_OR_RETURN(steering.target_minutes, object.whole("target_minutes"));
  FOCUS_ASSIGN_OR_RETURN(read.at_seconds, object.number("at_seconds"));
  FOCUS_RETURN_IF_ERROR(object.refuse_others());
  if (steering.custom_prompt && steering.goal && *steering.goal != Goal::custom_prompt) {
    return invalid_field("custom_prompt", "is for the goal custom_prompt; leave the goal out");
  }
  if (steering.empty()) {
    return invalid_field("body",
                         "changes nothing; give at least one of goal, intensity, "
                         "divergence, custom_prompt and target_minutes");
  }
  if (read.at_seconds && *read.at_seconds < 0.0) {
    return invalid_field("at_seconds", "must be 0 or more, or left out for as soon as can be");
  }
  return read;
}

absl::StatusOr<std::string> read_title(std::string_view body) {
  if (is_blank(body)) return std::string();
  FOCUS_ASSIGN_OR_RETURN(JsonObject object, JsonObject::parse(body));
  FOCUS_ASSIGN_OR_RETURN(const auto title, object.text("title"));
  FOCUS_RETURN_IF_ERROR(object.refuse_others());
  return title.value_or("");
}

}  // namespace focus::core
