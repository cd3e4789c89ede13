// SPDX-License-Identifier: MIT
#include "rest/request_json.h"

#include <charconv>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/text.h"
#include "plan/request_fields.h"
#include "rest/json_reader.h"
#include "rest/scenes_json.h"

namespace focus::core::rest {
namespace {

absl::StatusOr<std::optional<plan::Goal>> read_goal(JsonObject& body) {
  FOCUS_ASSIGN_OR_RETURN(const auto name, body.text("goal"));
  if (!name) return std::nullopt;
  const auto goal = plan::goal_named(*name);
  if (goal) return goal;
  return invalid_field("goal", "must be one of focus, relax, sleep, energize and custom_prompt");
}

absl::StatusOr<std::optional<plan::Intensity>> read_intensity(JsonObject& body) {
  FOCUS_ASSIGN_OR_RETURN(const auto name, body.text("intensity"));
  if (!name) return std::nullopt;
  const auto intensity = plan::intensity_named(*name);
  if (intensity) return intensity;
  return invalid_field("intensity", "must be one of low, medium and high");
}

/// Files of sessions; MP3 is for what a host writes itself.
absl::StatusOr<std::optional<audio::AudioFormat>> read_format(JsonObject& options) {
  FOCUS_ASSIGN_OR_RETURN(const auto name, options.text("format"));
  if (!name) return std::nullopt;
  const auto format = audio::format_named(*name);
  if (format && *format != audio::AudioFormat::mp3) return format;
  return invalid_field(options.field("format"), "must be one of flac, flac24, wav, ogg and opus");
}

/// A text; an engine's key must not be empty. Scenes may be told as objects and lists as well.
absl::StatusOr<std::optional<std::string>> read_text(JsonObject& object,
                                                     const plan::RequestField& field) {
  if (field.name == "scenes") return read_scenes_json(object, field.name);
  if (field.name == "programme") return read_programme_json(object, field.name);
  FOCUS_ASSIGN_OR_RETURN(auto text, object.text(field.name));
  if (!field.is_engine_key || !text || !text->empty()) return text;
  return invalid_field(object.field(field.name),
                       "must name an engine, or be left out for the default one");
}

/// Takes a member that is there into the request's field; says whether it is there.
template <typename Value, typename Field>
absl::StatusOr<bool> take(absl::StatusOr<std::optional<Value>> member, Field& field) {
  if (!member.ok()) return member.status();
  if (*member) field = **std::move(member);
  return member->has_value();
}

absl::StatusOr<bool> read_field(JsonObject& object, const plan::RequestField& field,
                                plan::Request& request) {
  const auto read = [&]<typename Value>(Value& value) -> absl::StatusOr<bool> {
    constexpr bool is_optional_int = std::same_as<Value, std::optional<int>>;
    if constexpr (std::same_as<Value, int> || is_optional_int) {
      return take(object.whole(field.name), value);
    } else if constexpr (plan::NumberValue<Value> || plan::OptionalNumber<Value>) {
      return take(object.number(field.name), value);
    } else if constexpr (std::same_as<Value, std::optional<std::uint64_t>>) {
      return take(object.natural(field.name), value);
    } else if constexpr (std::same_as<Value, std::string>) {
      return take(read_text(object, field), value);
    } else if constexpr (std::same_as<Value, plan::Goal>) {
      return take(read_goal(object), value);
    } else if constexpr (std::same_as<Value, plan::Intensity>) {
      return take(read_intensity(object), value);
    } else {
      static_assert(std::same_as<Value, audio::AudioFormat>);
      return take(read_format(object), value);
    }
  };
  return visit_value(field, request, read);
}

/// Reads the fields of `options`, or those of the body itself. Gives the name of the first required
/// one that is not there, or "".
absl::StatusOr<std::string> read_fields(JsonObject& object, bool in_options,
                                        plan::Request& request) {
  std::string missing;
  for (const plan::RequestField& field : plan::request_fields()) {
    if (field.in_options != in_options) continue;
    FOCUS_ASSIGN_OR_RETURN(const bool is_there, read_field(object, field, request));
    if (field.is_required && !is_there && missing.empty()) missing = std::string(field.name);
  }
  return missing;
}

// ---- Writing ----

/// The shortest figures that read back as the same number.
void write_exactly(JsonWriter& json, double value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof(text), value).ptr;
  json.RawValue(text, static_cast<std::size_t>(end - text), rapidjson::kNumberType);
}
void write_exactly(JsonWriter& json, int value) { json.Int(value); }
void write_exactly(JsonWriter& json, std::uint64_t value) { json.Uint64(value); }
void write_exactly(JsonWriter& json, const std::string& value) { write_text(json, value); }
template <typename Named>
void write_exactly(JsonWriter& json, Named value) {
  write_text(json, name_of(value));
}

/// Absent members read back as the same defaults.
void write_field(JsonWriter& json, const plan::RequestField& field, const plan::Request& request) {
  visit_value(field, request, [&]<typename Value>(const Value& value) {
    if constexpr (std::same_as<Value, std::string>) {
      if (value.empty()) return;
    }
    if constexpr (requires { value.has_value(); }) {
      if (!value) return;
      write_key(json, field.name);
      write_exactly(json, *value);
    } else {
      write_key(json, field.name);
      write_exactly(json, value);
    }
  });
}

void write_fields(JsonWriter& json, bool in_options, const plan::Request& request) {
  for (const plan::RequestField& field : plan::request_fields()) {
    if (field.in_options == in_options) write_field(json, field, request);
  }
}

}  // namespace

absl::Status as_in_body(absl::Status status) {
  const plan::RequestField* field = plan::request_field_named(field_of(status));
  const bool is_option = field != nullptr && field->in_options;
  if (!has_fault(status, Fault::argument) || !is_option) return status;
  const std::string message(status.message().data(), status.message().size());
  const std::string name = absl::StrCat("options.", std::string(field->name));
  return with_field(fault_error(Fault::argument, absl::StrCat("options.", message)), name);
}

absl::StatusOr<plan::Request> read_start(std::string_view body) {
  FOCUS_ASSIGN_OR_RETURN(JsonObject object, JsonObject::parse(body));
  plan::Request request;
  FOCUS_ASSIGN_OR_RETURN(const std::string missing, read_fields(object, false, request));
  FOCUS_ASSIGN_OR_RETURN(auto options, object.object("options"));
  FOCUS_RETURN_IF_ERROR(object.refuse_others());
  if (!missing.empty()) return invalid_field(missing, "is required");
  if (options) {
    FOCUS_RETURN_IF_ERROR(read_fields(*options, true, request).status());
    FOCUS_RETURN_IF_ERROR(options->refuse_others());
  }
  FOCUS_RETURN_IF_ERROR(as_in_body(validate(request)));
  return request;
}

void write_request(JsonWriter& json, const plan::Request& request) {
  json.StartObject();
  write_fields(json, false, request);
  write_key(json, "options");
  json.StartObject();
  write_fields(json, true, request);
  json.EndObject();
  json.EndObject();
}

absl::StatusOr<SteeringBody> read_steering(std::string_view body) {
  FOCUS_ASSIGN_OR_RETURN(JsonObject object, JsonObject::parse(body));
  SteeringBody read;
  plan::Steering& steering = read.steering;
  FOCUS_ASSIGN_OR_RETURN(steering.goal, read_goal(object));
  FOCUS_ASSIGN_OR_RETURN(steering.intensity, read_intensity(object));
  FOCUS_ASSIGN_OR_RETURN(steering.divergence, object.number("divergence"));
  FOCUS_ASSIGN_OR_RETURN(steering.custom_prompt, object.text("custom_prompt"));
  FOCUS_ASSIGN_OR_RETURN(steering.target_minutes, object.whole("target_minutes"));
  for (std::size_t stem = 0; stem < steering.stem_db.size(); ++stem) {
    const std::string name =
        absl::StrCat(std::string(name_of(static_cast<plan::Stem>(stem))), "_db");
    FOCUS_ASSIGN_OR_RETURN(steering.stem_db[stem], object.number(name));
  }
  FOCUS_ASSIGN_OR_RETURN(steering.scenes, read_scenes_json(object, "scenes"));
  FOCUS_ASSIGN_OR_RETURN(read.at_seconds, object.number("at_seconds"));
  FOCUS_RETURN_IF_ERROR(object.refuse_others());
  if (steering.custom_prompt && steering.goal && *steering.goal != plan::Goal::custom_prompt) {
    return invalid_field("custom_prompt", "is for the goal custom_prompt; leave the goal out");
  }
  if (steering.empty()) {
    return invalid_field("body",
                         "changes nothing; give at least one of goal, intensity, "
                         "divergence, custom_prompt, target_minutes, scenes and the levels "
                         "(pads_db, bass_db, melody_db, percussion_db, ambience_db)");
  }
  if (read.at_seconds && *read.at_seconds < 0.0) {
    return invalid_field("at_seconds", "must be 0 or more, or left out for as soon as can be");
  }
  return read;
}

absl::StatusOr<std::string> read_prompt_body(std::string_view body) {
  FOCUS_ASSIGN_OR_RETURN(JsonObject object, JsonObject::parse(body));
  FOCUS_ASSIGN_OR_RETURN(auto prompt, object.text("custom_prompt"));
  FOCUS_RETURN_IF_ERROR(object.refuse_others());
  if (!prompt) return invalid_field("custom_prompt", "is required");
  plan::Request request;
  request.goal = plan::Goal::custom_prompt;
  request.custom_prompt = *std::move(prompt);
  request.target_minutes = 1;  // any that is valid
  FOCUS_RETURN_IF_ERROR(validate(request));
  return std::move(request.custom_prompt);
}

absl::StatusOr<std::string> read_title(std::string_view body) {
  if (is_blank(body)) return std::string();
  FOCUS_ASSIGN_OR_RETURN(JsonObject object, JsonObject::parse(body));
  FOCUS_ASSIGN_OR_RETURN(const auto title, object.text("title"));
  FOCUS_RETURN_IF_ERROR(object.refuse_others());
  return title.value_or("");
}

}  // namespace focus::core::rest
