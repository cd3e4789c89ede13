// SPDX-License-Identifier: MIT
#include "rest/event_stream.h"

#include <algorithm>
#include <charconv>
#include <climits>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "rest/json_writer.h"

namespace focus::core::rest {
namespace {

std::optional<std::uint64_t> read_number(std::string_view digits) {
  std::uint64_t number = 0;
  const char* const end = digits.data() + digits.size();
  const auto [read, error] = std::from_chars(digits.data(), end, number);
  if (error != std::errc() || read != end) return std::nullopt;
  return number;
}

std::string_view kind_of(session::EventType type) {
  switch (type) {
    case session::EventType::fallback:
      return "fallback";
    case session::EventType::segment_failed:
      return "failed";
    default:
      return "trouble";
  }
}

std::string notice_json(const session::Event& event) {
  JsonText text;
  JsonWriter& json = text.writer();
  json.StartObject();
  write(json, "kind", kind_of(event.type));
  write(json, "segment_index", event.segment_index);
  if (event.type == session::EventType::fallback) write(json, "engine", event.engine);
  write(json, "message", message_for_client(event.status, event.message));
  json.EndObject();
  return text.take();
}

std::string status_json(const session::SessionView& view) {
  JsonText text;
  JsonWriter& json = text.writer();
  json.StartObject();
  write(json, "status", name_of(view.status));
  write(json, "total_segments", view.plan->segment_count());
  write(json, "ready_count", view.ready_count);
  write(json, "more_pending", view.more_pending());
  write_time(json, "next_ready_at", view.next_ready_at);
  json.EndObject();
  return text.take();
}

std::string steer_json(const session::Event& event, const session::SessionView& view) {
  JsonText text;
  JsonWriter& json = text.writer();
  json.StartObject();
  write(json, "segment_index", event.segment_index);
  write(json, "goal", name_of(view.record.request.goal));
  write(json, "target_minutes", view.record.request.target_minutes);
  write(json, "total_segments", view.plan->segment_count());
  json.EndObject();
  return text.take();
}

}  // namespace

EventStream::EventStream(std::shared_ptr<RestContext> context, SessionUses::Use use,
                         Places::Place place, std::string base_url, std::string_view last_event_id)
    : context_(std::move(context)),
      use_(std::move(use)),
      place_(std::move(place)),
      base_url_(std::move(base_url)),
      cursor_((*use_)->events().now()),
      resumes_(resume(last_event_id)),
      sent_at_(context_->service().clock().steady_seconds()) {
  context_->traffic().stream_opened();
}

EventStream::~EventStream() { context_->traffic().stream_closed(); }

/// An event id contains the name of the log, the number of the last event that was sent, and the
/// number of listed segments that were sent.
bool EventStream::resume(std::string_view last_event_id) {
  session::EventLog& log = (*use_)->events();
  const std::string known = log_name();
  if (!last_event_id.starts_with(known)) return false;
  const std::string_view rest = last_event_id.substr(known.size());
  const std::size_t dash = std::min(rest.find('-'), rest.size());
  const std::optional<std::uint64_t> number = read_number(rest.substr(0, dash));
  const std::optional<std::uint64_t> told =
      read_number(rest.substr(std::min(dash + 1, rest.size())));
  if (!number || !told || !log.keeps(*number)) return false;
  cursor_ = *number;
  told_segments_ = static_cast<int>(std::min<std::uint64_t>(*told, INT_MAX));
  return true;
}

/// The prefix of event ids. It differs for every log, also after a restart.
std::string EventStream::log_name() const {
  return absl::StrCat(context_->instance(), "-", (*use_)->events().name(), "-");
}

void EventStream::send(std::string_view name, const std::string& data) {
  absl::StrAppend(&pending_, "id: ", log_name(), cursor_, "-", told_segments_,
                  "\nevent: ", std::string(name), "\ndata: ", data, "\n\n");
}

absl::Status EventStream::tell_session() {
  FOCUS_ASSIGN_OR_RETURN(const AudioUrls urls, AudioUrls::mint(*context_, base_url_));
  cursor_ = listed_at_ = (*use_)->events().now();  // the view includes all earlier events
  const session::SessionView view = context_->service().view(**use_);
  const SessionJsonOptions options = urls.json_options(view.record.id);
  told_segments_ = view.ready_count;
  send("session", session_json(view, options));
  return absl::OkStatus();
}

absl::Status EventStream::tell_segments(int from, int to, const session::SessionView& view) {
  FOCUS_ASSIGN_OR_RETURN(const AudioUrls urls, AudioUrls::mint(*context_, base_url_));
  const SessionJsonOptions options = urls.json_options(view.record.id);
  for (int k = from; k < to; ++k) {
    told_segments_ = std::max(told_segments_, k + 1);
    send("segment", segment_json(view, k, options));
  }
  return absl::OkStatus();
}

/// Sends the segments that the session lists, in order and without gaps. `made` is a segment that
/// has become ready; if it was sent before, it was made again and is sent again.
absl::Status EventStream::tell_listed(std::optional<int> made) {
  const std::uint64_t now = (*use_)->events().now();
  const session::SessionView view = (*use_)->view();
  const bool is_news = cursor_ > std::exchange(listed_at_, now);
  if (made && is_news && *made < std::min(told_segments_, view.ready_count)) {
    FOCUS_RETURN_IF_ERROR(tell_segments(*made, *made + 1, view));
  }
  return tell_segments(told_segments_, view.ready_count, view);
}

absl::Status EventStream::tell(const session::Event& event) {
  const int index = event.segment_index;
  switch (event.type) {
    case session::EventType::segment_ready:
      return tell_listed(index);
    case session::EventType::status_changed:
      send("status", status_json(context_->service().view(**use_)));
      return absl::OkStatus();
    case session::EventType::steered:
      told_segments_ = std::min(told_segments_, index);
      send("steer", steer_json(event, (*use_)->view()));
      return absl::OkStatus();
    case session::EventType::fallback:
    case session::EventType::segment_failed:
    case session::EventType::trouble:
      send("notice", notice_json(event));
      return absl::OkStatus();
  }
  return absl::OkStatus();
}

absl::StatusOr<std::int64_t> EventStream::read(char* buffer, std::int64_t capacity,
                                               std::chrono::milliseconds timeout) {
  if (read_ == pending_.size()) {
    pending_.clear();
    read_ = 0;
    session::EventLog& log = (*use_)->events();
    if (!begun_) {
      begun_ = true;
      FOCUS_RETURN_IF_ERROR(resumes_ ? tell_listed(std::nullopt) : tell_session());
    } else if (const std::uint64_t wanted = cursor_;
               const auto event = log.wait(cursor_, timeout)) {
      // If the log has dropped events meanwhile, the client gets the whole session again.
      FOCUS_RETURN_IF_ERROR(cursor_ == wanted + 1 ? tell(*event) : tell_session());
    }
  }
  const double now = context_->service().clock().steady_seconds();
  if (pending_.empty() && now - sent_at_ >= kKeepAliveSeconds) pending_ = ": keep-alive\n\n";
  const std::int64_t count = hand_out(pending_, read_, buffer, capacity);
  if (count > 0) sent_at_ = now;
  return count;
}

Answer stream_session(std::shared_ptr<RestContext> context, const Call& call) {
  auto use = context->uses().find(call.arguments[1], call.owner());
  if (!use.ok()) return explain(*context, use.status());
  const HttpOptions options = context->options();
  const session::SessionOwner owner = call.owner();
  int refused = 0;
  Places::Place place = context->streams().take(absl::StrCat(owner.organization, " ", owner.caller),
                                                options.bounds.streams_per_key, owner.organization,
                                                options.bounds.streams_per_organization, refused);
  if (!place) {
    const bool of_key = refused == 0;
    return too_many_open(
        "streams", of_key,
        of_key ? options.bounds.streams_per_key : options.bounds.streams_per_organization,
        "event streams");
  }
  HttpResponse response;
  response.add_header("Content-Type", "text/event-stream");
  response.stream = std::make_unique<EventStream>(
      context, *std::move(use), std::move(place), base_url_for(options, call.request),
      call.request.header("Last-Event-ID").value_or(""));
  return response;
}

}  // namespace focus::core::rest
