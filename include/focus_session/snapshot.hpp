// SPDX-License-Identifier: MIT
//
// A session at one moment, in the C++ wrapper. Included by
// focus_session.hpp; a program includes that.
#ifndef FOCUS_SESSION_SNAPSHOT_HPP
#define FOCUS_SESSION_SNAPSHOT_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "convert.hpp"
#include "focus_session.h"
#include "handle.hpp"
#include "options.hpp"
#include "values.hpp"

namespace focus {
#if defined(FOCUS_NO_EXCEPTIONS)
inline namespace without_exceptions {
#else
inline namespace with_exceptions {
#endif

/// A movement or a break of a session.
struct Chapter {
  double start_seconds = 0.0;
  std::string title;
};

/// The state of a session at one moment.
class Snapshot {
 public:
  Snapshot() = default;
  explicit operator bool() const noexcept { return handle_.get() != nullptr; }
  focus_snapshot* get() const noexcept { return handle_.get(); }

  SessionInfo info() const {
    focus_session_info c = FOCUS_SESSION_INFO_INIT;
    if (!detail::check(focus_snapshot_info(get(), &c))) return {};
    return detail::from_c(c);
  }

  /// Segment `index` of total_segments.
  SegmentInfo segment(std::int32_t index) const {
    focus_segment_info c = FOCUS_SEGMENT_INFO_INIT;
    if (!detail::check(focus_snapshot_segment(get(), index, &c))) return {};
    return detail::from_c(c);
  }

  /// All segments of the plan, in order.
  std::vector<SegmentInfo> segments() const {
    std::vector<SegmentInfo> all;
    const std::int32_t count = info().total_segments;
    all.reserve(static_cast<std::size_t>(count));
    for (std::int32_t index = 0; index < count; ++index) all.push_back(segment(index));
    return all;
  }

  /// The movements and breaks of the whole session, in order.
  std::vector<Chapter> chapters() const {
    std::vector<Chapter> all;
    std::int32_t count = 0;
    if (!detail::check(focus_snapshot_chapter_count(get(), &count))) return all;
    for (std::int32_t index = 0; index < count; ++index) {
      focus_chapter_info c = FOCUS_CHAPTER_INFO_INIT;
      if (!detail::check(focus_snapshot_chapter(get(), index, &c))) return {};
      all.push_back({c.start_seconds, detail::text(c.title)});
    }
    return all;
  }

  /// The session object of the wire contract.
  std::string json(const JsonOptions& options = {}) {
    const focus_json_options c = detail::to_c(options);
    const char* text = nullptr;
    return detail::check(focus_snapshot_json(get(), &c, &text)) ? detail::text(text)
                                                                : std::string();
  }

 private:
  friend class Session;
  detail::Handle<focus_snapshot, focus_snapshot_destroy> handle_;
};

}  // namespace with_exceptions or without_exceptions
}  // namespace focus

#endif  // FOCUS_SESSION_SNAPSHOT_HPP
