// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "rest/audio_urls.h"
#include "rest/context.h"
#include "session/event_log.h"

namespace focus::core {

/// What happens in a session as Server-Sent Events (WHATWG HTML, 9.2): session, segment, status,
/// steer and notice, each with an id from which a client can go on. Keeps its session in use.
class EventStream final : public BodyStream {
 public:
  static constexpr double kKeepAliveSeconds = 15.0;

  /// Begins with the session as it is, or, where `last_event_id` is one that this session has given
  /// and still knows, with what has happened since.
  EventStream(std::shared_ptr<RestContext> context, SessionDesk::Use use, std::string base_url,
              std::string_view last_event_id);
  ~EventStream() override;

  absl::StatusOr<std::int64_t> read(char* buffer, std::int64_t capacity,
                                    std::chrono::milliseconds timeout) override;

 private:
  bool resume(std::string_view last_event_id);
  absl::Status tell(const Event& event);
  absl::Status tell_session();
  absl::Status tell_segments(int from, int to, const SessionView& view);
  void send(std::string_view name, const std::string& data);
  std::string log_name() const;

  std::shared_ptr<RestContext> context_;
  SessionDesk::Use use_;
  const std::string base_url_;
  std::uint64_t cursor_ = 0;
  int told_segments_ = 0;  // of the session's list of ready ones
  bool begun_ = false;
  double sent_at_ = 0.0;
  std::string pending_;  // what was said and not read yet
  std::size_t read_ = 0;
};

Answer stream_session(std::shared_ptr<RestContext> context, const Call& call);

}  // namespace focus::core
