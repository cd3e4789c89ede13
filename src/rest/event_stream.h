// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "rest/audio_urls.h"
#include "rest/context.h"
#include "session/event_log.h"

namespace focus::core::rest {

/// The events of a session as Server-Sent Events (WHATWG HTML, 9.2): session, segment, status,
/// steer and notice. Each has an id from which a client can resume. The stream keeps its session in
/// use.
class EventStream final : public BodyStream {
 public:
  static constexpr double kKeepAliveSeconds = 15.0;

  /// Begins with the session's current state. If `last_event_id` is an id of this session whose
  /// successors are still in the log, it continues with them instead.
  EventStream(std::shared_ptr<RestContext> context, SessionUses::Use use, Places::Place place,
              std::string base_url, std::string_view last_event_id);
  ~EventStream() override;

  absl::StatusOr<std::int64_t> read(char* buffer, std::int64_t capacity,
                                    std::chrono::milliseconds timeout) override;

 private:
  bool resume(std::string_view last_event_id);
  absl::Status tell(const session::Event& event);
  absl::Status tell_session();
  absl::Status tell_listed(std::optional<int> made);
  absl::Status tell_segments(int from, int to, const session::SessionView& view);
  void send(std::string_view name, const std::string& data);
  std::string log_name() const;

  std::shared_ptr<RestContext> context_;
  SessionUses::Use use_;
  const Places::Place place_;  // among the streams of its owner
  const std::string base_url_;
  std::uint64_t cursor_ = 0;
  int told_segments_ = 0;        // sent, of the session's list of ready segments
  std::uint64_t listed_at_ = 0;  // earlier events are already reflected in what was sent
  const bool resumes_;
  bool begun_ = false;
  double sent_at_ = 0.0;
  std::string pending_;  // written, but not read by the client yet
  std::size_t read_ = 0;
};

Answer stream_session(std::shared_ptr<RestContext> context, const Call& call);

}  // namespace focus::core::rest
