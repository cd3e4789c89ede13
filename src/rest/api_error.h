// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include <absl/status/status.h>

#include "rest/http.h"

namespace focus::core::rest {

/// What the wire contract answers where a request can not be served.
struct ApiError {
  int status = 500;
  std::string_view code;
  std::string_view type;
  std::string_view message;    ///< one for each code, for a person
  std::string system_message;  ///< for a developer: what is wrong here, and the remedy
  std::string field;           ///< of the request that is wrong; "" where it is about none
  /// Of the answer besides the envelope: "Allow", "Retry-After" and the like; "" for none.
  std::string header_name;
  std::string header_value;
  std::string logged;  ///< what the log is told of it; "": nothing
};

ApiError unauthenticated();
ApiError forbidden(std::string why);
/// The same for a thing that never was and one that is somebody else's.
ApiError not_found(std::string_view noun);
ApiError method_not_allowed(std::string allow);
ApiError payload_too_large();
ApiError invalid(std::string field, std::string message);
ApiError rate_limited(int wait_seconds);
/// An owner has as much at a time as it may. `why` begins with the name of the bound.
ApiError bound_reached(std::string why, int wait_seconds);
/// An owner has as many `things` open ("event streams") as the bound permits, which is
/// `bound`_per_key or `bound`_per_organization.
ApiError too_many_open(std::string_view bound, bool of_key, int most, std::string_view things);
ApiError range_not_satisfiable(std::int64_t length);
ApiError precondition_failed();
ApiError invalid_header(std::string name, std::string message);
/// The request is a repetition of one that is not answered yet.
ApiError request_runs();
ApiError engine_unavailable(std::string why);
/// A database or storage that nodes share does not answer.
ApiError storage_unavailable();
ApiError internal_error();

/// The answer to an error of the library, by its fault. Every fault that is the server's own
/// becomes internal_error(), which tells the client neither message nor path.
ApiError error_of(const absl::Status& status);

/// The message with other words in place of absolute paths: what an engine says of its failure,
/// such as the trace of a script, may name files of the server.
std::string without_paths(std::string_view message);

/// What a client may read of a message that says `status`: all of it, unless the status names a
/// file of the server.
std::string message_for_client(const absl::Status& status, std::string_view message);

/// The answer with the contract's envelope as its body.
HttpResponse envelope(const ApiError& error, std::string_view trace_id, std::string_view timestamp);

}  // namespace focus::core::rest
