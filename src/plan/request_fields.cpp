// SPDX-License-Identifier: MIT
#include "plan/request_fields.h"

#include <algorithm>
#include <string>

#include <absl/strings/str_cat.h>
#include <absl/strings/substitute.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"
#include "plan/programme.h"
#include "plan/scenes.h"

namespace focus::core::plan {
namespace {

constexpr std::size_t kLongestPrompt = 60'000;  // what fits a request body of 64 KiB

// ---- What concerns more than one field, or more than a range ----

absl::Status check_prompt(const Request& request) {
  if (request.goal == Goal::custom_prompt && request.custom_prompt.empty()) {
    return with_field(
        fault_error(Fault::argument, "custom_prompt is required when goal is custom_prompt"),
        "custom_prompt");
  }
  if (!is_utf8(request.custom_prompt)) {
    return invalid_field("custom_prompt", "must be valid UTF-8");
  }
  if (request.custom_prompt.find('\0') != std::string::npos) {  // C would not see what follows
    return invalid_field("custom_prompt", "must not contain a zero character (U+0000)");
  }
  if (request.goal == Goal::custom_prompt && is_blank(request.custom_prompt)) {
    return invalid_field("custom_prompt", "must not be blank; say in words what you want to hear");
  }
  if (request.custom_prompt.size() > kLongestPrompt) {
    return invalid_field("custom_prompt",
                         absl::StrCat("must be at most ", kLongestPrompt, " bytes long"));
  }
  return absl::OkStatus();
}

absl::Status check_modulation(const Request& request) {
  if (request.modulation_depth > 0.0 && request.goal != Goal::focus &&
      request.goal != Goal::custom_prompt) {
    return invalid_field("modulation_depth",
                         absl::StrCat("is for the goals focus and custom_prompt; leave it 0 for ",
                                      std::string(name_of(request.goal))));
  }
  return absl::OkStatus();
}

absl::Status check_stems(const Request& request) {
  const bool audible = std::any_of(request.stem_db.begin(), request.stem_db.end(),
                                   [](double level) { return level > kStemOff; });
  if (audible) return absl::OkStatus();
  return invalid_field("pads_db", "is -60 (off) like all others; raise at least one of them");
}

absl::Status check_phases(const Request& request) {
  if (request.work_minutes == 0 && request.break_minutes == 0) return absl::OkStatus();
  if (request.goal != Goal::relax && request.goal != Goal::sleep) return absl::OkStatus();
  return invalid_field(
      "work_minutes",
      absl::StrCat("is for the goals focus, energize and custom_prompt, whose music takes turns "
                   "with breaks; leave it and break_minutes 0 for ",
                   std::string(name_of(request.goal))));
}

absl::Status check_ending(const Request& request) {
  const double half = 30.0 * request.target_minutes;
  if (request.ending_seconds <= half) return absl::OkStatus();
  return invalid_field("ending_seconds",
                       absl::StrCat("must be at most half the session, ", half,
                                    " seconds; make it shorter or the session longer"));
}

absl::Status check_scenes(const Request& request) { return read_scenes(request.scenes).status(); }

absl::Status check_programme(const Request& request) {
  return read_programme(request.programme).status();
}

// ---- The table ----

constexpr NumberRange kStemLevel = {kStemOff, 12, "must be a level from $0 (off) to $1 dB"};
#define FIELD(name_, ...) RequestField{.name = #name_, __VA_ARGS__},
constexpr RequestField kFields[] = {
#include "plan/request_fields.inc"
};

// ---- The ranges ----

bool is_zero(std::string_view name, const Request& request) {
  return visit_value(*request_field_named(name), request, []<typename Value>(const Value& value) {
    if constexpr (NumberValue<Value>) return value == 0;
    return false;
  });
}

template <typename Number>
absl::Status check_number(const RequestField& field, Number value, const Request& request) {
  const NumberRange& range = field.range;
  // NaN is outside every range.
  const auto number = static_cast<double>(value);
  if (range.words.empty() || (number >= range.low && number <= range.high)) return absl::OkStatus();
  const bool may_be_zero =
      field.or_zero && (field.zero_with.empty() || is_zero(field.zero_with, request));
  if (number == 0.0 && may_be_zero) return absl::OkStatus();
  return invalid_field(
      std::string(field.name),
      absl::StrCat(absl::Substitute(absl::string_view(range.words.data(), range.words.size()),
                                    range.low, range.high),
                   ", not ", value));
}

absl::Status check_range(const RequestField& field, const Request& request) {
  return visit_value(field, request, [&]<typename Value>(const Value& value) -> absl::Status {
    if constexpr (NumberValue<Value>) return check_number(field, value, request);
    if constexpr (OptionalNumber<Value>) {
      if (value) return check_number(field, *value, request);
    }
    return absl::OkStatus();
  });
}

}  // namespace

std::span<const RequestField> request_fields() { return kFields; }

const RequestField* request_field_named(std::string_view name) {
  const auto* found = std::find_if(std::begin(kFields), std::end(kFields),
                                   [&](const RequestField& field) { return field.name == name; });
  return found == std::end(kFields) ? nullptr : found;
}

void set_number(const RequestField& field, double value, Request& request) {
  visit_value(field, request, [&]<typename Value>(Value& to) {
    if constexpr (NumberValue<Value>) to = static_cast<Value>(value);
    if constexpr (OptionalNumber<Value>) to = static_cast<typename Value::value_type>(value);
  });
}

absl::Status validate(const Request& request) {
  for (const RequestField& field : kFields) {
    if (field.before != nullptr) FOCUS_RETURN_IF_ERROR(field.before(request));
    FOCUS_RETURN_IF_ERROR(check_range(field, request));
    if (field.after != nullptr) FOCUS_RETURN_IF_ERROR(field.after(request));
  }
  return check_format_rate(request.format, request.sample_rate);
}

}  // namespace focus::core::plan
