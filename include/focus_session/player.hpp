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

  /// Fills room for `frames` frames, interleaved; what is not music is silence.
  /// @return how many frames were music. A real-time player never fails; an offline one throws (or,
  ///         without exceptions, returns a negative code) when a segment could not be made or read.
  /// [audio-thread]
  std::int32_t render(float* samples, std::int32_t frames) {
    const std::int32_t count = focus_player_render_interleaved(get(), samples, frames);
    detail::check(count);
    return count;
  }
  /// The same into one array a channel. [audio-thread]
  std::int32_t render(float* const* channels, std::int32_t frames) {
    const std::int32_t count = focus_player_render_planar(get(), channels, frames);
    detail::check(count);
    return count;
  }

  bool pause() { return detail::check(focus_player_pause(get())); }    ///< [audio-thread]
  bool resume() { return detail::check(focus_player_resume(get())); }  ///< [audio-thread]

  /// Goes on at a moment of the session.
  bool seek(double seconds) { return detail::check(focus_player_seek(get(), seconds)); }
  /// To the beginning of the next segment.
  bool skip() { return detail::check(focus_player_skip(get())); }
  /// 0 (silent) to 1 (as it is), linear. [audio-thread]
  bool set_volume(double volume) { return detail::check(focus_player_set_volume(get(), volume)); }
  /// Pauses after `seconds` of music, the last `fade_seconds` fading; negative `seconds`: never.
  bool set_sleep_timer(double seconds, double fade_seconds) {
    return detail::check(focus_player_set_sleep_timer(get(), seconds, fade_seconds));
  }
  /// Another rate or other channels from now on; no render may be under way.
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
