// SPDX-License-Identifier: MIT
#include "rest/api_error.h"

#include <algorithm>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "rest/json_writer.h"

namespace focus::core::rest {
namespace {

/// A code has one status, one type and one message, wherever it is given.
ApiError error(int status, std::string_view code, std::string_view type, std::string_view message,
               std::string system_message) {
  return {status, code, type, message, std::move(system_message), "", "", "", ""};
}

constexpr std::string_view kInvalidRequest = "invalid_request_error";

/// The thing that a field of a not_found error identifies.
std::string_view noun_of(const std::string& field) {
  if (field == "index") return "segment";
  return field == "track_id" ? "track" : "session";
}

ApiError not_ready(std::string_view remedy) {
  return error(409, "SEGMENT_NOT_READY", "conflict_error", "The segment is not ready yet.",
               std::string(remedy));
}

}  // namespace

std::string without_paths(std::string_view message) {
  constexpr std::string_view kEnds = " \t\r\n'\"`,;)]}>|";
  std::string told;
  while (!message.empty()) {
    const bool may_begin =
        told.empty() ||
        std::string_view(" \t\n'\"`=:([{<|,").find(told.back()) != std::string_view::npos;
    const std::size_t end = std::min(message.find_first_of(kEnds), message.size());
    const std::string_view word = message.substr(0, end);
    // A path has a name behind its slash; a URL has two slashes.
    const bool is_path = may_begin && word.size() > 1 && word[0] == '/' && word[1] != '/';
    if (is_path) {
      told += "(a file of the service)";
      message.remove_prefix(end);
    } else {
      told += message.front();
      message.remove_prefix(1);
    }
  }
  return told;
}

std::string message_for_client(const absl::Status& status, std::string_view message) {
  if (path_of(status).empty()) return without_paths(message);
  return absl::StrCat("a file of the service could not be used (",
                      std::string(name_of(fault_of(status))), ")");
}

ApiError unauthenticated() {
  ApiError answer = error(401, "AUTHENTICATION_REQUIRED", "authentication_error",
                          "Authentication required. Please provide a valid API key.",
                          "Missing or invalid authorization header");
  answer.header_name = "WWW-Authenticate";
  answer.header_value = "Bearer";
  return answer;
}

ApiError forbidden(std::string why) {
  return error(403, "INSUFFICIENT_PERMISSIONS", "authorization_error",
               "You do not have permission to access this resource.", std::move(why));
}

ApiError not_found(std::string_view noun) {
  return error(404, "RESOURCE_NOT_FOUND", "not_found_error",
               "The requested resource was not found.",
               absl::StrCat("There is no such ", std::string(noun)));
}

ApiError method_not_allowed(std::string allow) {
  ApiError answer = error(405, "METHOD_NOT_ALLOWED", kInvalidRequest,
                          "This method is not allowed here.", absl::StrCat("Use ", allow));
  answer.header_name = "Allow";
  answer.header_value = std::move(allow);
  return answer;
}

ApiError payload_too_large() {
  return error(413, "PAYLOAD_TOO_LARGE", kInvalidRequest, "The request body is too large.",
               "A request body may have 65536 bytes at most");
}

ApiError invalid(std::string field, std::string message) {
  ApiError answer = error(422, "VALIDATION_ERROR", "validation_error",
                          "The request contains invalid parameters.", std::move(message));
  answer.field = std::move(field);
  return answer;
}

ApiError rate_limited(int wait_seconds) {
  return bound_reached(
      absl::StrCat("requests_per_minute: the next request is allowed in ", wait_seconds, " s"),
      wait_seconds);
}

ApiError bound_reached(std::string why, int wait_seconds) {
  ApiError answer = error(429, "RATE_LIMITED", "rate_limit_error",
                          "Too many requests. Please wait before you try again.", std::move(why));
  answer.header_name = "Retry-After";
  answer.header_value = absl::StrCat(wait_seconds);
  return answer;
}

ApiError too_many_open(std::string_view bound, bool of_key, int most, std::string_view things) {
  constexpr int kRetrySeconds = 5;
  return bound_reached(
      absl::StrCat(std::string(bound),
                   of_key ? "_per_key: the caller" : "_per_organization: the organization", " has ",
                   most, " ", std::string(things),
                   " open, as many as it may have at a time; close one first"),
      kRetrySeconds);
}

ApiError range_not_satisfiable(std::int64_t length) {
  ApiError answer = error(416, "RANGE_NOT_SATISFIABLE", kInvalidRequest,
                          "The requested range lies outside of the audio.",
                          absl::StrCat("The audio has ", length, " bytes"));
  answer.header_name = "Content-Range";
  answer.header_value = absl::StrCat("bytes */", length);
  return answer;
}

ApiError precondition_failed() {
  return error(412, "PRECONDITION_FAILED", kInvalidRequest, "The audio is another by now.",
               "If-Match names an ETag that the audio does not have");
}

ApiError invalid_header(std::string name, std::string message) {
  ApiError answer = error(400, "INVALID_HEADER", kInvalidRequest,
                          "A header of the request is invalid.", std::move(message));
  answer.field = std::move(name);
  return answer;
}

ApiError request_runs() {
  ApiError answer = error(409, "IDEMPOTENCY_IN_PROGRESS", "conflict_error",
                          "The same request is being answered already.",
                          "Send it again after a second to get its answer");
  answer.header_name = "Retry-After";
  answer.header_value = "1";
  return answer;
}

ApiError engine_unavailable(std::string why) {
  return error(503, "ENGINE_UNAVAILABLE", "service_unavailable_error",
               "No music engine is available for this request.", std::move(why));
}

ApiError storage_unavailable() {
  ApiError answer = error(503, "STORAGE_UNAVAILABLE", "service_unavailable_error",
                          "The service can not reach its storage now.",
                          "Send the request again in a few seconds");
  answer.header_name = "Retry-After";
  answer.header_value = "5";
  return answer;
}

ApiError internal_error() {
  return error(500, "INTERNAL_ERROR", "internal_error", "Something went wrong on our side.",
               "The service's log tells more");
}

ApiError error_of(const absl::Status& status) {
  // A fault that is not in this list is a warning of the compiler: there is no default.
  switch (fault_of(status)) {
    case Fault::argument:
      return invalid(field_of(status), message_for_client(status, {status.message().data(),
                                                                   status.message().size()}));
    case Fault::not_found:
      return not_found(noun_of(field_of(status)));
    case Fault::not_ready:
      return not_ready("Wait until the session lists it, and try again");
    case Fault::conflict:
      return not_ready("It was changed at the same time; look at it again, and try again");
    case Fault::unavailable:
      return storage_unavailable();
    // The rest are faults of the server. Their messages may hold paths of it, and go to the log.
    case Fault::file_missing:
    case Fault::io:
    case Fault::no_space:
    case Fault::bad_data:
    case Fault::unsupported:
    case Fault::engine:
    case Fault::cancelled:
    case Fault::memory:
    case Fault::forked:
    case Fault::internal:
      return internal_error();
  }
  return internal_error();
}

HttpResponse envelope(const ApiError& error, std::string_view trace_id,
                      std::string_view timestamp) {
  JsonText text;
  JsonWriter& json = text.writer();
  json.StartObject();
  write(json, "success", false);
  write_key(json, "error");
  json.StartObject();
  write(json, "code", error.code);
  write(json, "message", error.message);
  write(json, "system_message", std::string_view(error.system_message));
  write(json, "type", error.type);
  write(json, "status", error.status);
  write_key(json, "details");
  json.StartObject();
  if (!error.field.empty()) write(json, "field", std::string_view(error.field));
  json.EndObject();
  write(json, "trace_id", trace_id);
  write(json, "timestamp", timestamp);
  json.EndObject();
  json.EndObject();

  HttpResponse response;
  response.status = error.status;
  response.text = text.take();
  response.add_header("Content-Type", "application/json");
  if (!error.header_name.empty()) response.add_header(error.header_name, error.header_value);
  return response;
}

}  // namespace focus::core::rest
