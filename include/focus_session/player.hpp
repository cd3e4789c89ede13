// SPDX-License-Identifier: MIT
//
// A session as a stream, in the C++ wrapper. Included by
// focus_session.hpp; a program includes that.
#ifndef FOCUS_SESSION_PLAYER_HPP
#define FOCUS_SESSION_PLAYER_HPP

#include <cstdint>

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

/// A session as one continuous, crossfaded stream.
class Player {
 public:
  Player() = default;
  explicit operator bool() const noexcept { return handle_.get() != nullptr; }
  focus_player* get() const noexcept { return handle_.get(); }

  /// Fills `frames` frames, interleaved. Frames without music are silent.
  /// @return the number of frames with music. A real-time player never fails; an offline one throws
  /// (or, without exceptions, returns a negative code) if a segment could not be made or read.
  /// [audio-thread]
  std::int32_t render(float* samples, std::int32_t frames) {
    const std::int32_t count = focus_player_render_interleaved(get(), samples, frames);
    detail::check(count);
    return count;
  }
  /// The same with one array per channel. [audio-thread]
  std::int32_t render(float* const* channels, std::int32_t frames) {
    const std::int32_t count = focus_player_render_planar(get(), channels, frames);
    detail::check(count);
    return count;
  }

  bool pause() { return detail::check(focus_player_pause(get())); }    ///< [audio-thread]
  bool resume() { return detail::check(focus_player_resume(get())); }  ///< [audio-thread]

  /// Continues at a moment of the session.
  bool seek(double seconds) { return detail::check(focus_player_seek(get(), seconds)); }
  /// Continues at the beginning of the next segment.
  bool skip() { return detail::check(focus_player_skip(get())); }
  /// The linear gain, 0 (silent) to 1 (unchanged). [audio-thread]
  bool set_volume(double volume) { return detail::check(focus_player_set_volume(get(), volume)); }
  /// Pauses after `seconds` of music, the last `fade_seconds` of which are faded out. Negative
  /// `seconds`: no timer.
  bool set_sleep_timer(double seconds, double fade_seconds) {
    return detail::check(focus_player_set_sleep_timer(get(), seconds, fade_seconds));
  }
  /// Changes the sample rate and the channel count. No render call may be in progress.
  bool set_output(std::int32_t sample_rate, std::int32_t channel_count) {
    return detail::check(focus_player_set_output(get(), sample_rate, channel_count));
  }

  PlayerInfo info() const {  ///< [audio-thread]
    focus_player_info c = FOCUS_PLAYER_INFO_INIT;
    if (!detail::check(focus_player_get_info(get(), &c))) return {};
    return detail::from_c(c);
  }

 private:
  friend class Session;
  detail::Handle<focus_player, focus_player_destroy> handle_;
};

}  // namespace with_exceptions or without_exceptions
}  // namespace focus

#endif  // FOCUS_SESSION_PLAYER_HPP
