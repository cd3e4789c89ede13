// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include <absl/status/status.h>

#include "plan/request.h"

namespace focus::core::plan {

/// Where a field's value lives in a Request. A Stem stands for its level in `stem_db`.
using RequestMember = std::variant<int Request::*, double Request::*, std::string Request::*,
                                   std::optional<int> Request::*, std::optional<double> Request::*,
                                   std::optional<std::uint64_t> Request::*, Goal Request::*,
                                   Intensity Request::*, audio::AudioFormat Request::*, Stem>;

template <typename Value>
concept NumberValue = std::same_as<Value, int> || std::same_as<Value, double>;
template <typename Value>
concept OptionalNumber =
    std::same_as<Value, std::optional<int>> || std::same_as<Value, std::optional<double>>;

/// What a number may be, ends included. `words` is the error's text: $0 is `low`, $1 is `high`.
struct NumberRange {
  double low = 0.0;
  double high = 0.0;
  std::string_view words;  ///< "" where any value is allowed
};

/// One field of the request. The rows are in request_fields.inc, and validation, the JSON of
/// requests, the catalogue's columns, the C struct and its descriptions all walk them, so that they
/// cannot differ. All texts are literals: their data() ends with a zero byte.
struct RequestField {
  /// The member of the JSON body and of the C struct, and the catalogue's column.
  std::string_view name;
  RequestMember member;
  bool in_options = true;  ///< in JSON a member of `options`; else of the body itself
  bool is_required = false;
  bool is_engine_key = false;  ///< a text which JSON may leave out, but not leave empty
  NumberRange range = {};
  /// Whether 0, though outside of the range, is valid and means "not asked for". Where `zero_with`
  /// names a field, 0 is valid only while that field is 0 as well.
  bool or_zero = false;
  std::string_view zero_with = {};
  /// The value of the C struct's member that leaves the field at its default.
  double c_unset = 0.0;
  /// What the range alone cannot say, checked before and after it. Null where there is no more.
  absl::Status (*before)(const Request&) = nullptr;
  absl::Status (*after)(const Request&) = nullptr;
  std::string_view about = {};  ///< one or two sentences for a person, in Markdown
};

/// All fields, in the order in which they are checked.
std::span<const RequestField> request_fields();
/// Null where no field has this name.
const RequestField* request_field_named(std::string_view name);

/// Calls `visitor` with a reference to the field's value in `request`.
template <typename AnyRequest, typename Visitor>
decltype(auto) visit_value(const RequestField& field, AnyRequest& request, Visitor&& visitor) {
  return std::visit(
      [&](auto member) -> decltype(auto) {
        if constexpr (std::is_same_v<decltype(member), Stem>) {
          return visitor(request.stem_db[static_cast<std::size_t>(member)]);
        } else {
          return visitor(request.*member);
        }
      },
      field.member);
}

/// Sets a field whose value is a number, whole or not. Does nothing for other kinds.
void set_number(const RequestField& field, double value, Request& request);

}  // namespace focus::core::plan
