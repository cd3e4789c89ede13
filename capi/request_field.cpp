// SPDX-License-Identifier: MIT
#include <limits>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "boundary.h"
#include "plan/request_fields.h"

using namespace focus::core;
using namespace focus::core::capi;

namespace {

struct Kind {
  std::int32_t kind;
  double minimum, maximum;
};

/// The ranges of enumerators are those of the header, not of the core.
Kind kind_of(const plan::RequestField& field) {
  const plan::Request request;
  return visit_value(field, request, [&]<typename Value>(const Value&) -> Kind {
    if constexpr (std::same_as<Value, plan::Goal>) {
      return {FOCUS_REQUEST_FIELD_CHOICE, FOCUS_GOAL_FOCUS, FOCUS_GOAL_CUSTOM_PROMPT};
    } else if constexpr (std::same_as<Value, plan::Intensity>) {
      return {FOCUS_REQUEST_FIELD_CHOICE, FOCUS_INTENSITY_LOW, FOCUS_INTENSITY_HIGH};
    } else if constexpr (std::same_as<Value, audio::AudioFormat>) {
      return {FOCUS_REQUEST_FIELD_CHOICE, FOCUS_FORMAT_FLAC16, FOCUS_FORMAT_OPUS};
    } else if constexpr (std::same_as<Value, std::string>) {
      return {FOCUS_REQUEST_FIELD_TEXT, 0.0, 0.0};
    } else if constexpr (std::same_as<Value, std::optional<std::uint64_t>>) {
      return {FOCUS_REQUEST_FIELD_SEED, 0.0,
              static_cast<double>(std::numeric_limits<std::uint64_t>::max())};
    } else if constexpr (std::same_as<Value, int> || std::same_as<Value, std::optional<int>>) {
      return {FOCUS_REQUEST_FIELD_INTEGER, field.range.low, field.range.high};
    } else {
      return {FOCUS_REQUEST_FIELD_REAL, field.range.low, field.range.high};
    }
  });
}

}  // namespace

int32_t focus_request_field_count(int32_t* count) noexcept {
  return guarded([&]() -> absl::Status {
    if (count == nullptr) return null_argument("count");
    *count = static_cast<int32_t>(plan::request_fields().size());
    return absl::OkStatus();
  });
}

int32_t focus_request_field_get(int32_t index, focus_request_field* field) noexcept {
  return guarded([&]() -> absl::Status {
    const auto fields = plan::request_fields();
    if (index < 0 || static_cast<std::size_t>(index) >= fields.size()) {
      return not_found("index",
                       absl::StrCat("no field ", index, " in a request of ", fields.size()));
    }
    const plan::RequestField& row = fields[static_cast<std::size_t>(index)];
    const Kind kind = kind_of(row);
    focus_request_field value = FOCUS_REQUEST_FIELD_INIT;
    value.kind = kind.kind;
    value.name = row.name.data();
    value.description = row.about.data();
    value.minimum = kind.minimum;
    value.maximum = kind.maximum;
    value.unset = row.c_unset;
    value.is_required = row.is_required;
    value.is_option = row.in_options;
    return write_struct(field, value, "field");
  });
}
