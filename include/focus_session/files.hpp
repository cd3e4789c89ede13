// SPDX-License-Identifier: MIT
//
// The nouns of the C++ wrapper that are about files of the host's own: written, measured, mixed.
// Included by focus_session.hpp; a program includes that.
#ifndef FOCUS_SESSION_FILES_HPP
#define FOCUS_SESSION_FILES_HPP

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "convert.hpp"
#include "focus_session.h"
#include "handle.hpp"
#include "options.hpp"
#include "snapshot.hpp"
#include "values.hpp"

namespace focus {
#if defined(FOCUS_NO_EXCEPTIONS)
inline namespace without_exceptions {
#else
inline namespace with_exceptions {
#endif

/// An audio file that is being written. It appears under its name only when it is committed.
class AudioFile {
 public:
  AudioFile() = default;
  /// The ending of `path` determines the format: .wav (float), .flac (24 bit), .ogg, .opus, .mp3.
  /// `bits` per sample: 16, 24 or 32 (float) in WAV, 16 or 24 in FLAC; 0: as above.
  AudioFile(const std::string& path, std::int32_t sample_rate, std::int32_t channel_count = 2,
            std::int32_t bits = 0) {
    detail::check(focus_audio_file_create_with_bits(path.c_str(), sample_rate, channel_count, bits,
                                                    handle_.receive()));
  }
  /// With a format that `path` does not tell: "wav", "flac", "ogg", "opus", "mp3"; "": as it says.
  AudioFile(const std::string& path, std::int32_t sample_rate, std::int32_t channel_count,
            std::int32_t bits, const std::string& format) {
    focus_audio_file_options c = FOCUS_AUDIO_FILE_OPTIONS_INIT;
    c.sample_rate = sample_rate;
    c.channel_count = channel_count;
    c.bits = bits;
    c.format = detail::text_or_null(format);
    detail::check(focus_audio_file_create_with(path.c_str(), &c, handle_.receive()));
  }
  explicit operator bool() const noexcept { return handle_.get() != nullptr; }
  focus_audio_file* get() const noexcept { return handle_.get(); }

  /// Tags and chapters, before the first write. See focus_audio_file_set_tag for the names.
  bool set_tag(const std::string& name, const std::string& value) {
    return detail::check(focus_audio_file_set_tag(get(), name.c_str(), value.c_str()));
  }
  /// A chapter reaches to the next one.
  bool add_chapter(double start_seconds, const std::string& title) {
    return detail::check(focus_audio_file_add_chapter(get(), start_seconds, title.c_str()));
  }
  /// The tags and chapters of a file that will have all of a session.
  bool describe_session(const Snapshot& snapshot) {
    return detail::check(focus_audio_file_describe_session(get(), snapshot.get()));
  }

  /// Appends interleaved frames.
  bool write(const float* samples, std::int64_t frames) {
    return detail::check(focus_audio_file_write(get(), samples, frames));
  }
  /// Completes the file and moves it to its name.
  bool commit() { return detail::check(focus_audio_file_commit(get())); }

 private:
  detail::Handle<focus_audio_file, focus_audio_file_destroy> handle_;
};

/// The loudness of one audio file according to EBU R 128.
class Measurement {
 public:
  Measurement() = default;
  explicit Measurement(const std::string& path) {
    detail::check(focus_measurement_create(path.c_str(), handle_.receive()));
  }
  /// @param progress receives how far it is, 0 to 1. If it returns false, the measuring ends with
  /// an Error of ErrorCode::cancelled. It must not throw.
  Measurement(const std::string& path, const std::function<bool(double)>& progress) {
    focus_measurement_options c = FOCUS_MEASUREMENT_OPTIONS_INIT;
    if (progress) {
      c.callback = &Measurement::forward;
      c.user_data = const_cast<std::function<bool(double)>*>(&progress);
    }
    detail::check(focus_measurement_create_with(path.c_str(), &c, handle_.receive()));
  }
  explicit operator bool() const noexcept { return handle_.get() != nullptr; }
  focus_measurement* get() const noexcept { return handle_.get(); }

  MeasurementInfo info() const {
    focus_measurement_info c = FOCUS_MEASUREMENT_INFO_INIT;
    if (!detail::check(focus_measurement_get_info(get(), &c))) return {};
    return detail::from_c(c);
  }

  /// Momentary loudness (400 ms) in LUFS, a point every curve_step_seconds.
  std::vector<float> momentary() const {
    const float* points = nullptr;
    return curve(focus_measurement_curves(get(), &points, nullptr), points);
  }
  /// Short-term loudness (3 s), likewise.
  std::vector<float> short_term() const {
    const float* points = nullptr;
    return curve(focus_measurement_curves(get(), nullptr, &points), points);
  }

 private:
  static std::int32_t forward(void* progress, double share) noexcept {
    return (*static_cast<const std::function<bool(double)>*>(progress))(share) ? 0 : 1;
  }
  std::vector<float> curve(std::int32_t result, const float* const& points) const {
    focus_measurement_info c = FOCUS_MEASUREMENT_INFO_INIT;
    if (!detail::check(result) || !detail::check(focus_measurement_get_info(get(), &c))) return {};
    if (points == nullptr) return {};
    return std::vector<float>(points, points + c.curve_count);
  }
  detail::Handle<focus_measurement, focus_measurement_destroy> handle_;
};

/// The gains of a transition, at moments spread evenly from its start to its end.
struct MixGains {
  std::vector<float> old_gains;
  std::vector<float> new_gains;  ///< negative where the polarity is inverted
};

/// Audio files, levelled and joined into one.
class Mix {
 public:
  Mix() = default;
  explicit Mix(const std::vector<std::string>& paths, const MixOptions& options = {}) {
    std::vector<const char*> raw;
    raw.reserve(paths.size());
    for (const std::string& path : paths) raw.push_back(path.c_str());
    const focus_mix_options c = detail::to_c(options);
    // For an empty vector, data() may be null; the C function must complain about the count
    // instead.
    const char* none = nullptr;
    detail::check(focus_mix_create(raw.empty() ? &none : raw.data(),
                                   static_cast<std::int32_t>(raw.size()), &c, handle_.receive()));
  }
  explicit operator bool() const noexcept { return handle_.get() != nullptr; }
  focus_mix* get() const noexcept { return handle_.get(); }

  /// Makes the mix and writes it. The ending of `path` determines the format. Blocks until it is
  /// done.
  bool write(const std::string& path) {
    return detail::check(focus_mix_write(get(), path.c_str()));
  }
  /// Measures the files and chooses the transitions, but writes nothing. Blocks until it is done.
  bool analyse() { return detail::check(focus_mix_write(get(), nullptr)); }
  /// Cancels write() or measure() in another thread. [any-thread]
  bool cancel() { return detail::check(focus_mix_cancel(get())); }

  MixInfo info() const {  ///< [any-thread]
    focus_mix_info c = FOCUS_MIX_INFO_INIT;
    if (!detail::check(focus_mix_get_info(get(), &c))) return {};
    return detail::from_c(c);
  }

  MixFileInfo file(std::int32_t index) const {
    focus_mix_file_info c = FOCUS_MIX_FILE_INFO_INIT;
    if (!detail::check(focus_mix_get_file(get(), index, &c))) return {};
    return detail::from_c(c);
  }
  /// Momentary loudness of a file as it was mixed, in LUFS, a point every 0.1 s.
  std::vector<float> file_curve(std::int32_t index) const {
    focus_mix_file_info c = FOCUS_MIX_FILE_INFO_INIT;
    const float* points = nullptr;
    if (!detail::check(focus_mix_get_file(get(), index, &c)) ||
        !detail::check(focus_mix_file_curve(get(), index, &points))) {
      return {};
    }
    return std::vector<float>(points, points + c.curve_count);
  }

  MixTransitionInfo transition(std::int32_t index) const {
    focus_mix_transition_info c = FOCUS_MIX_TRANSITION_INFO_INIT;
    if (!detail::check(focus_mix_get_transition(get(), index, &c))) return {};
    return detail::from_c(c);
  }
  /// The gains of a transition at `count` equidistant moments (at least 2).
  MixGains gains(std::int32_t index, std::int32_t count) const {
    MixGains gains;
    const auto size = static_cast<std::size_t>(count > 0 ? count : 0);
    gains.old_gains.resize(size);
    gains.new_gains.resize(size);
    if (!detail::check(focus_mix_transition_gains(get(), index, count, gains.old_gains.data(),
                                                  gains.new_gains.data()))) {
      return {};
    }
    return gains;
  }

 private:
  detail::Handle<focus_mix, focus_mix_destroy> handle_;
};

}  // namespace with_exceptions or without_exceptions
}  // namespace focus

#endif  // FOCUS_SESSION_FILES_HPP
