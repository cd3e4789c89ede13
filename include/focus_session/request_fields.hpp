// SPDX-License-Identifier: MIT
//
// What the fields of a request may hold, in the C++ wrapper. Included by
// focus_session.hpp; a program includes that.
#ifndef FOCUS_SESSION_REQUEST_FIELDS_HPP
#define FOCUS_SESSION_REQUEST_FIELDS_HPP

#include <cstdint>
#include <vector>

#include "convert.hpp"
#include "focus_session.h"
#include "handle.hpp"
#include "values.hpp"

namespace focus {
#if defined(FOCUS_NO_EXCEPTIONS)
inline namespace without_exceptions {
#else
inline namespace with_exceptions {
#endif

/// All fields of a request that this library knows.
inline std::vector<RequestField> request_fields() {
  std::vector<RequestField> fields;
  std::int32_t count = 0;
  detail::check(focus_request_field_count(&count));
  for (std::int32_t index = 0; index < count; ++index) {
    focus_request_field c = FOCUS_REQUEST_FIELD_INIT;
    if (!detail::check(focus_request_field_get(index, &c))) return {};
    fields.push_back(detail::from_c(c));
  }
  return fields;
}

}  // namespace with_exceptions or without_exceptions
}  // namespace focus

#endif  // FOCUS_SESSION_REQUEST_FIELDS_HPP
