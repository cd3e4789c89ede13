// SPDX-License-Identifier: MIT
//
// A folder of the user's own music, in the C++ wrapper. Included by focus_session.hpp; a program
// includes that.
#ifndef FOCUS_SESSION_LIBRARY_HPP
#define FOCUS_SESSION_LIBRARY_HPP

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

/// A file of a library that is not played.
struct SkippedFile {
  std::string path;
  std::string reason;
};

/// What is known of a library at one moment.
class LibraryList {
 public:
  LibraryList() = default;
  explicit operator bool() const noexcept { return handle_.get() != nullptr; }
  focus_library_list* get() const noexcept { return handle_.get(); }

  std::vector<LibraryTrack> tracks() const {
    std::int32_t count = 0;
    if (!detail::check(focus_library_list_count(get(), &count, nullptr))) return {};
    std::vector<LibraryTrack> found;
    for (std::int32_t index = 0; index < count; ++index) {
      focus_library_track c = FOCUS_LIBRARY_TRACK_INIT;
      if (detail::check(focus_library_list_get_track(get(), index, &c))) {
        found.push_back(detail::from_c(c));
      }
    }
    return found;
  }
  std::vector<SkippedFile> skipped() const {
    std::int32_t tracks = 0;
    std::int32_t count = 0;
    if (!detail::check(focus_library_list_count(get(), &tracks, &count))) return {};
    std::vector<SkippedFile> found;
    for (std::int32_t index = 0; index < count; ++index) {
      const char* path = nullptr;
      const char* reason = nullptr;
      if (detail::check(focus_library_list_get_skipped(get(), index, &path, &reason))) {
        found.push_back({path, reason});
      }
    }
    return found;
  }

 private:
  friend class Library;
  detail::Handle<focus_library_list, focus_library_list_destroy> handle_;
};

/// A folder of music, which is scanned in the background; see focus_library_open.
class Library {
 public:
  Library() = default;
  explicit Library(const std::string& folder, const LibraryOptions& options = {}) {
    const focus_library_options c = detail::to_c(options);
    detail::check(focus_library_open(folder.c_str(), &c, handle_.receive()));
  }
  explicit operator bool() const noexcept { return handle_.get() != nullptr; }
  focus_library* get() const noexcept { return handle_.get(); }

  /// Looks for changes; returns at once. [any-thread]
  bool scan() { return detail::check(focus_library_scan(get())); }
  LibraryProgress progress() const {  ///< [any-thread]
    focus_library_progress c = FOCUS_LIBRARY_PROGRESS_INIT;
    if (!detail::check(focus_library_get_progress(get(), &c))) return {};
    return detail::from_c(c);
  }
  /// Waits until the scan is done. Where it is not after that time, the error is
  /// ErrorCode::not_ready.
  bool wait(std::int32_t timeout_ms) const {
    return detail::check(focus_library_wait(get(), timeout_ms));
  }
  /// What is known by now.
  LibraryList list() const {
    LibraryList list;
    detail::check(focus_library_list_create(get(), list.handle_.receive()));
    return list;
  }
  /// Which track is heard at a moment of a session that this library plays (Session::get()), and
  /// why.
  LibraryMoment moment(const focus_session* session, double seconds) const {
    detail::Handle<focus_library_moment, focus_library_moment_destroy> moment;
    focus_library_moment_info c = FOCUS_LIBRARY_MOMENT_INFO_INIT;
    if (!detail::check(focus_library_moment_create(get(), session, seconds, moment.receive())) ||
        !detail::check(focus_library_moment_get_info(moment.get(), &c))) {
      return {};
    }
    return detail::from_c(c);
  }

 private:
  detail::Handle<focus_library, focus_library_destroy> handle_;
};

}  // namespace with_exceptions or without_exceptions
}  // namespace focus

#endif  // FOCUS_SESSION_LIBRARY_HPP
