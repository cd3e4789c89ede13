// SPDX-License-Identifier: MIT
//
// What the fields of a request may hold, in the C++ wrapper. Included by
// focus_session.hpp; a program includes that.
#ifndef FOCUS_SESSION_REQUEST_FIELDS_HPP
#define FOCUS_SESSION_REQUEST_FIELDS_HPP

#include <cstdint>
#include <string>
#include <vector>

#include "focus_session.h"
#include "handle.hpp"

namespace focus {
#if defined(FOCUS_NO_EXCEPTIONS)
inline namespace without_exceptions {
#else
inline namespace with_exceptions {
#endif

enum class RequestFieldKind : std::int32_t {
  integer = FOCUS_REQUEST_FIELD_INTEGER,
  real = FOCUS_REQUEST_FIELD_REAL,
  text = FOCUS_REQUEST_FIELD_TEXT,
  choice = FOCUS_REQUEST_FIELD_CHOICE,  ///< an enumerator
  seed = FOCUS_REQUEST_FIELD_SEED
};

/// What a field of a Request may hold.
struct RequestField {
  RequestFieldKind kind = {};
  std::string name = {};         ///< as in Request and in the JSON of a request
  std::string description = {};  ///< in English, with `names` in backquotes
  double minimum = 0.0;          ///< of a number or a choice; both ends are allowed
  double maximum = 0.0;
  double unset = 0.0;  ///< the value that leaves the field at its default
  bool is_required = false;
  bool is_option = false;  ///< in JSON a member of `options`
};

/// All fields that this library knows.
inline std::vector<RequestField> request_fields() {
  std::vector<RequestField> fields;
  std::int32_t count = 0;
  detail::check(focus_request_field_count(&count));
  for (std::int32_t index = 0; index < count; ++index) {
    focus_request_field c = FOCUS_REQUEST_FIELD_INIT;
    if (!detail::check(focus_request_field_get(index, &c))) return {};
    RequestField field;
    field.kind = static_cast<RequestFieldKind>(c.kind);
    field.name = detail::text(c.name);
    field.description = detail::text(c.description);
    field.minimum = c.minimum;
    field.maximum = c.maximum;
    field.unset = c.unset;
    field.is_required = c.is_required != 0;
    field.is_option = c.is_option != 0;
    fields.push_back(field);
  }
  return fields;
}

}  // namespace with_exceptions or without_exceptions
}  // namespace focus

#endif  // FOCUS_SESSION_REQUEST_FIELDS_HPP
