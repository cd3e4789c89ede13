// SPDX-License-Identifier: MIT
// What is sent back: from the library, from the page, or because a request never reached either.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <focus_session/focus_session.hpp>

namespace cli {

struct Answer {
  int status = 200;
  focus::HttpHeaders headers;
  std::string bytes;  ///< the body, where it is in memory
  std::int64_t body_size = 0;
  focus::HttpBody kind = focus::HttpBody::bytes;
  std::string party;                            ///< for whom it is; "" where nobody is known
  std::shared_ptr<focus::HttpResponse> source;  ///< the body, where it is read as it is sent
};

/// The library's answer.
Answer answer_of(focus::HttpResponse response);

/// Why a request is answered without asking the library.
struct Refusal {
  int status;
  const char* code;
  const char* type;
  const char* message;
};
inline constexpr Refusal kBadRequest = {400, "BAD_REQUEST", "invalid_request_error",
                                        "The request is not valid HTTP."};
inline constexpr Refusal kRequestTimeout = {408, "REQUEST_TIMEOUT", "invalid_request_error",
                                            "The request took too long to arrive."};
inline constexpr Refusal kUriTooLong = {414, "URI_TOO_LONG", "invalid_request_error",
                                        "The address is too long."};
inline constexpr Refusal kHeadersTooLong = {431, "HEADERS_TOO_LARGE", "invalid_request_error",
                                            "The headers are too long."};
inline constexpr Refusal kInternalError = {500, "INTERNAL_ERROR", "internal_error",
                                           "Something went wrong on this side."};
inline constexpr Refusal kNotImplemented = {501, "NOT_IMPLEMENTED", "invalid_request_error",
                                            "That part of HTTP is not spoken here."};
inline constexpr Refusal kServiceBusy = {
    503, "SERVICE_BUSY", "service_unavailable_error",
    "There is too much to do at the moment; please try again soon."};

/// The contract's error envelope. `reason` is for a developer.
Answer refuse_request(const Refusal& refusal, const std::string& reason);

}  // namespace cli
