// SPDX-License-Identifier: MIT
#include "rest/own_sessions.h"

#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/ids.h"
#include "rest/audio_urls.h"
#include "rest/session_calls.h"

namespace focus::core::rest {
namespace {

constexpr int kDefaultSessions = 20;
constexpr int kMostSessions = 100;
/// In a cursor, between the session's id and when it was created.
constexpr char kCursorMark = '.';

std::string cursor_of(const store::SessionRecord& record) {
  return absl::StrCat(record.id, std::string(1, kCursorMark), record.created_at);
}

/// Reads a cursor, or a session's id alone. Returns whether it is one of these.
bool read_cursor(std::string_view text, store::SessionQuery& query) {
  const std::size_t mark = std::min(text.find(kCursorMark), text.size());
  query.before = text.substr(0, mark);
  if (!is_session_id(query.before)) return false;
  if (mark == text.size()) return true;
  const char* const begin = text.data() + mark + 1;
  const char* const end = text.data() + text.size();
  const auto [read, error] = std::from_chars(begin, end, query.before_created_at);
  return begin != end && *begin != '-' && error == std::errc() && read == end;
}

/// The query parameters of the list. The limit is one more than the page has sessions: if so many
/// are found, a further page follows.
absl::StatusOr<store::SessionQuery> read_sessions_page(const Call& call) {
  const session::SessionOwner owner = call.owner();
  store::SessionQuery query;
  query.organization = owner.organization;
  query.caller = owner.caller;
  query.limit = kDefaultSessions;
  if (const auto limit = call.target.parameter("limit")) {
    query.limit = read_index(*limit);
    if (query.limit < 1 || query.limit > kMostSessions) {
      return invalid_field("limit", absl::StrCat("must be 1 to ", kMostSessions));
    }
  }
  const auto before = call.target.parameter("before");
  if (before && !read_cursor(*before, query)) {
    return invalid_field("before", "must be next_before of the page before, or a session's id");
  }
  ++query.limit;
  return query;
}

absl::StatusOr<HttpResponse> sessions_page(RestContext& context, const Call& call) {
  FOCUS_ASSIGN_OR_RETURN(const bool include_analysis, wants_analysis(call.target));
  FOCUS_ASSIGN_OR_RETURN(const store::SessionQuery query, read_sessions_page(call));
  FOCUS_ASSIGN_OR_RETURN(auto ids, context.service().store().sessions().ids_of(query));
  const bool has_more = static_cast<int>(ids.size()) == query.limit;
  if (has_more) ids.pop_back();
  std::vector<session::SessionView> views;
  for (const std::string& id : ids) {
    auto view = context.service().view(id);
    if (is_not_found(view.status())) continue;  // deleted meanwhile
    FOCUS_RETURN_IF_ERROR(view.status());
    views.push_back(*std::move(view));
  }
  FOCUS_ASSIGN_OR_RETURN(const AudioUrls urls, AudioUrls::mint(context, call.request));
  FOCUS_ASSIGN_OR_RETURN(const AudioUrls lasting, AudioUrls::mint_lasting(context, call.request));
  std::optional<std::string> next;
  if (has_more && !views.empty()) next = cursor_of(views.back().record);
  return json_response(200, sessions_json(views, next, [&](const std::string& id) {
                         SessionJsonOptions options = urls.json_options(id);
                         options.include_analysis = include_analysis;
                         if (include_analysis) options.streams = lasting.of_streams(id);
                         return options;
                       }));
}

}  // namespace

Answer list_sessions(RestContext& context, const Call& call) {
  auto page = sessions_page(context, call);
  if (!page.ok()) return explain(context, page.status());
  return *std::move(page);
}

Answer delete_session(RestContext& context, const Call& call) {
  const std::string& id = call.arguments[1];
  if (!is_session_id(id)) return not_found("session");
  const auto record = context.service().store().sessions().find(id);
  if (!record.ok()) return explain(context, record.status());
  if (!call.owner().owns(*record)) return not_found("session");
  const absl::Status deleted = context.service().delete_session(id);
  if (!deleted.ok()) return explain(context, deleted);
  HttpResponse response;
  response.status = 204;
  return response;
}

}  // namespace focus::core::rest
