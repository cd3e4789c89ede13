// SPDX-License-Identifier: MIT
//
// The C++ wrapper's part for an engine of the host's own. Included by focus_session.hpp; a program
// includes that.
//
//     class Rain final : public focus::Engine {
//      public:
//       focus::EngineDescription description() const override {
//         return focus::EngineDescription{}.with_key("rain");
//       }
//       focus::ErrorCode generate(const focus::Brief& brief, focus::Sink& sink) override {
//         ... sink.write(samples, frames) until brief.frames are there ...
//         return focus::ErrorCode::ok;
//       }
//     };
//     service.add_engine(std::make_shared<Rain>());
#ifndef FOCUS_SESSION_ENGINE_HPP
#define FOCUS_SESSION_ENGINE_HPP

#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <utility>

#include "focus_session.h"
#include "handle.hpp"
#include "values.hpp"

namespace focus {
#if defined(FOCUS_NO_EXCEPTIONS)
inline namespace without_exceptions {
#else
inline namespace with_exceptions {
#endif

/// What an engine is; of what is 0 or "", but for the key, the default is meant. See
/// focus_engine_description.
struct EngineDescription {
  std::string key = {};           ///< what a request names: 1 to 63 of a-z, 0-9, '_', '-' and '.'
  std::string display_name = {};  ///< "": the key
  std::string description = {};   ///< one line for a person who chooses
  std::string version = {};       ///< part of what a segment is a function of; "": "1"
  LicenceClass licence_class = LicenceClass::unclear;  ///< never overstated
  bool commercial_use = false;
  bool requires_attribution = false;
  bool vocals = false;
  bool stems = false;
  bool continues_previous = false;  ///< made in order, each segment with the end of the one before
  std::int32_t max_duration_seconds = 0;     ///< of one segment, 30 at least; 0: 600
  std::int32_t sample_rate = 0;              ///< at which it plays, in Hz; 0: at the session's
  std::int32_t concurrency = 0;              ///< calls of generate at a time, 1 to 64; 0: 1
  std::int32_t retries = 0;                  ///< to 10; 0: 2; or FOCUS_NO_RETRIES
  double retry_delay_seconds = 0.0;          ///< before the first retry, then doubled; 0: 1
  double timeout_seconds = 0.0;              ///< of one call; 0: 30 and four times the length
  double previous_seconds = 0.0;             ///< how much of the segment before it hears; 0: 30
  double expected_speed = 0.0;               ///< seconds of audio made in a second; 0: 1
  std::int64_t price_micros_per_minute = 0;  ///< of its music, in millionths; 0: free

  EngineDescription& with_key(std::string value) { return key = std::move(value), *this; }
  EngineDescription& with_display_name(std::string value) {
    return display_name = std::move(value), *this;
  }
  EngineDescription& with_description(std::string value) {
    return description = std::move(value), *this;
  }
  EngineDescription& with_version(std::string value) { return version = std::move(value), *this; }
  EngineDescription& with_licence(LicenceClass value, bool commercial, bool attribution) {
    licence_class = value;
    commercial_use = commercial;
    return requires_attribution = attribution, *this;
  }
  EngineDescription& with_vocals(bool value = true) { return vocals = value, *this; }
  EngineDescription& with_stems(bool value = true) { return stems = value, *this; }
  /// Made in order, each segment with so much of the one before.
  EngineDescription& with_continuation(double seconds = 0.0) {
    continues_previous = true;
    return previous_seconds = seconds, *this;
  }
  EngineDescription& with_max_duration_seconds(std::int32_t value) {
    return max_duration_seconds = value, *this;
  }
  EngineDescription& with_sample_rate(std::int32_t value) { return sample_rate = value, *this; }
  EngineDescription& with_concurrency(std::int32_t value) { return concurrency = value, *this; }
  EngineDescription& with_retries(std::int32_t value, double delay_seconds = 0.0) {
    retries = value;
    return retry_delay_seconds = delay_seconds, *this;
  }
  EngineDescription& with_timeout_seconds(double value) { return timeout_seconds = value, *this; }
  EngineDescription& with_expected_speed(double value) { return expected_speed = value, *this; }
  EngineDescription& with_price_micros_per_minute(std::int64_t value) {
    return price_micros_per_minute = value, *this;
  }
};

/// Where in a session's arc a segment stands.
enum class Section : std::int32_t {
  opening = FOCUS_SECTION_OPENING,
  settling = FOCUS_SECTION_SETTLING,
  developing = FOCUS_SECTION_DEVELOPING,
  closing = FOCUS_SECTION_CLOSING
};

/// All an engine is told of one segment; see focus_brief. The same brief asks for the same music.
struct Brief {
  std::int32_t segment_index = 0;
  std::int32_t segment_count = 0;
  Goal goal = {};       ///< as asked for
  Goal character = {};  ///< the goal whose music is meant here; never Goal::custom_prompt
  Intensity intensity = Intensity::medium;
  Phase phase = Phase::none;
  Section section = Section::opening;
  std::string session_id;
  std::string prompt;  ///< as it was written; "" in a break and where the goal is another
  double divergence = 0.0;
  std::uint64_t session_seed = 0;
  std::uint64_t seed = 0;  ///< of this segment alone
  double tempo_bpm = 0.0;
  double bar_seconds = 0.0;
  std::string key;         ///< e.g. "D dorian"
  std::string key_before;  ///< of the neighbours; `key` where there is none
  std::string key_after;
  double start_seconds = 0.0;    ///< of its first frame, in what the listener hears
  double session_seconds = 0.0;  ///< the session's whole played length
  std::int64_t frames = 0;       ///< to deliver: exactly so many, at `sample_rate`
  std::int32_t sample_rate = 0;
  std::int32_t channel_count = 0;
  std::int64_t overlap_in_frames = 0;
  std::int64_t overlap_out_frames = 0;
  double ending_seconds = 0.0;
  double target_lufs = 0.0;
  double pads_db = 0.0;
  double bass_db = 0.0;
  double melody_db = 0.0;
  double percussion_db = 0.0;
  double ambience_db = 0.0;
  /// The end of the segment before, two channels interleaved, or nullptr. It belongs to the library
  /// and is valid until `generate` returns.
  const float* previous_samples = nullptr;
  std::int64_t previous_frames = 0;
  std::int32_t attempt = 1;  ///< 2 for the first retry, ...
};

/// Receives the audio of Engine::generate, and is valid until that returns. To be used by one
/// thread at a time.
class Sink {
 public:
  explicit Sink(focus_sink* sink) noexcept : sink_(sink) {}

  /// Appends frames of one or two channels, interleaved. Frames beyond the brief's length are
  /// dropped. If the work is no longer wanted, it throws an Error of ErrorCode::cancelled, which
  /// `generate` must not catch. Without exceptions it returns false, and `generate` must return
  /// last_error().code().
  bool write(const float* samples, std::int64_t frames, std::int32_t channel_count = 2) {
    return detail::check(focus_sink_write_interleaved(sink_, samples, frames, channel_count));
  }
  /// The same with one array per channel.
  bool write(const float* const* channels, std::int64_t frames, std::int32_t channel_count = 2) {
    return detail::check(focus_sink_write_planar(sink_, channels, frames, channel_count));
  }
  /// Reports progress, 0 to 1, for an engine that delivers only at its end. If the work is no
  /// longer wanted, it fails like `write`.
  bool report_progress(double fraction) {
    return detail::check(focus_sink_report_progress(sink_, fraction));
  }
  /// Whether the work is no longer wanted. `generate` must then return within 10 ms.
  bool cancelled() const noexcept { return focus_sink_check(sink_) != FOCUS_OK; }
  /// Gives the reason why `generate` is about to fail, and the remedy, as one line.
  void explain(const std::string& message) noexcept { focus_sink_explain(sink_, message.c_str()); }
  focus_sink* get() const noexcept { return sink_; }

 private:
  focus_sink* sink_;
};

/// An engine of the host; see focus_engine_vtable. It is destroyed, on any thread, once no call is
/// in progress and none will follow.
class Engine {
 public:
  virtual ~Engine() = default;

  /// Called once, by Service::add_engine.
  virtual EngineDescription description() const = 0;

  /// Plays one segment into the sink. Each call runs on a thread of its own, which the library
  /// starts; the description limits the number of simultaneous calls.
  /// @return ErrorCode::ok if all frames were written. After ErrorCode::invalid_argument,
  /// unsupported and not_found there is no further try. An Error that is thrown counts as its code,
  /// any other std::exception as ErrorCode::engine; what() is the explanation.
  virtual ErrorCode generate(const Brief& brief, Sink& sink) = 0;
};

enum class CheckVerdict : std::int32_t {
  holds = FOCUS_CHECK_HOLDS,
  fails = FOCUS_CHECK_FAILS,
  note = FOCUS_CHECK_NOTE,
  skipped = FOCUS_CHECK_SKIPPED
};

/// One thing that was tried with an engine; see focus_check_result.
struct CheckResult {
  CheckVerdict verdict = CheckVerdict::holds;
  std::string name;
  std::string detail;  ///< what was measured, or what is wrong and how to mend it
  double seconds = 0.0;
};

/// How an engine is checked.
struct CheckOptions {
  bool quick = false;      ///< a few short briefs alone
  std::uint64_t seed = 1;  ///< of the briefs

  CheckOptions& with_quick(bool value = true) { return quick = value, *this; }
  CheckOptions& with_seed(std::uint64_t value) { return seed = value, *this; }
};

namespace detail {

inline const char* text_or_null(const std::string& text) {
  return text.empty() ? nullptr : text.c_str();
}

/// Borrows the strings of the description.
inline focus_engine_description to_c(const EngineDescription& description) {
  focus_engine_description c = FOCUS_ENGINE_DESCRIPTION_INIT;
  c.key = text_or_null(description.key);
  c.display_name = text_or_null(description.display_name);
  c.description = text_or_null(description.description);
  c.version = text_or_null(description.version);
  c.licence_class = static_cast<std::int32_t>(description.licence_class);
  c.commercial_use = description.commercial_use ? 1 : 0;
  c.requires_attribution = description.requires_attribution ? 1 : 0;
  c.vocals = description.vocals ? 1 : 0;
  c.stems = description.stems ? 1 : 0;
  c.continues_previous = description.continues_previous ? 1 : 0;
  c.max_duration_seconds = description.max_duration_seconds;
  c.sample_rate = description.sample_rate;
  c.concurrency = description.concurrency;
  c.retries = description.retries;
  c.retry_delay_seconds = description.retry_delay_seconds;
  c.timeout_seconds = description.timeout_seconds;
  c.previous_seconds = description.previous_seconds;
  c.expected_speed = description.expected_speed;
  c.price_micros_per_minute = description.price_micros_per_minute;
  return c;
}

inline Brief from_c(const focus_brief& c) {
  Brief brief;
  brief.segment_index = c.segment_index;
  brief.segment_count = c.segment_count;
  brief.goal = static_cast<Goal>(c.goal);
  brief.character = static_cast<Goal>(c.character);
  brief.intensity = static_cast<Intensity>(c.intensity);
  brief.phase = static_cast<Phase>(c.phase);
  brief.section = static_cast<Section>(c.section);
  brief.session_id = text(c.session_id);
  brief.prompt = text(c.prompt);
  brief.divergence = c.divergence;
  brief.session_seed = c.session_seed;
  brief.seed = c.seed;
  brief.tempo_bpm = c.tempo_bpm;
  brief.bar_seconds = c.bar_seconds;
  brief.key = text(c.key);
  brief.key_before = text(c.key_before);
  brief.key_after = text(c.key_after);
  brief.start_seconds = c.start_seconds;
  brief.session_seconds = c.session_seconds;
  brief.frames = c.frames;
  brief.sample_rate = c.sample_rate;
  brief.channel_count = c.channel_count;
  brief.overlap_in_frames = c.overlap_in_frames;
  brief.overlap_out_frames = c.overlap_out_frames;
  brief.ending_seconds = c.ending_seconds;
  brief.target_lufs = c.target_lufs;
  brief.pads_db = c.pads_db;
  brief.bass_db = c.bass_db;
  brief.melody_db = c.melody_db;
  brief.percussion_db = c.percussion_db;
  brief.ambience_db = c.ambience_db;
  brief.previous_samples = c.previous_samples;
  brief.previous_frames = c.previous_frames;
  brief.attempt = c.attempt;
  return brief;
}

inline CheckResult from_c(const focus_check_result& c) {
  return {static_cast<CheckVerdict>(c.verdict), text(c.name), text(c.detail), c.seconds};
}

/// The user_data of a registered Engine.
struct HeldEngine {
  std::shared_ptr<Engine> engine;
  EngineDescription description;

  static std::int32_t describe(void* held, focus_engine_description* description) {
    *description = to_c(static_cast<HeldEngine*>(held)->description);
    return FOCUS_OK;
  }
  static std::int32_t play(void* held, const focus_brief* brief, focus_sink* its_sink) {
    Engine& engine = *static_cast<HeldEngine*>(held)->engine;
    Sink sink(its_sink);
#if defined(FOCUS_NO_EXCEPTIONS)
    return static_cast<std::int32_t>(engine.generate(from_c(*brief), sink));
#else
    // Other exceptions are not caught: one may be the forced unwinding of a thread that is being
    // ended (pthread_exit()), which must continue. The library handles it.
    try {
      return static_cast<std::int32_t>(engine.generate(from_c(*brief), sink));
    } catch (const Error& error) {
      if (error.code() != ErrorCode::cancelled) sink.explain(error.what());
      return static_cast<std::int32_t>(error.code());
    } catch (const std::exception& error) {
      sink.explain(error.what());
      return FOCUS_ERROR_ENGINE;
    }
#endif
  }
  static void release(void* held) { delete static_cast<HeldEngine*>(held); }
};

}  // namespace detail

}  // namespace with_exceptions or without_exceptions
}  // namespace focus

#endif  // FOCUS_SESSION_ENGINE_HPP
