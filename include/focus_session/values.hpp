// SPDX-License-Identifier: MIT
//
// The values of the C++ wrapper: errors, what is asked for, what is told. Included by
// focus_session.hpp; a program includes that.
#ifndef FOCUS_SESSION_VALUES_HPP
#define FOCUS_SESSION_VALUES_HPP

#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "focus_session.h"

#if !defined(FOCUS_NO_EXCEPTIONS) && !defined(__cpp_exceptions)
#define FOCUS_NO_EXCEPTIONS
#endif

namespace focus {
// Code with and code without exceptions may meet in one program: their inline functions must not.
#if defined(FOCUS_NO_EXCEPTIONS)
inline namespace without_exceptions {
#else
inline namespace with_exceptions {
#endif

// ---- Errors ----

enum class ErrorCode : std::int32_t {
  ok = FOCUS_OK,
  invalid_argument = FOCUS_ERROR_INVALID_ARGUMENT,
  not_found = FOCUS_ERROR_NOT_FOUND,
  not_ready = FOCUS_ERROR_NOT_READY,
  io = FOCUS_ERROR_IO,
  no_space = FOCUS_ERROR_NO_SPACE,
  bad_data = FOCUS_ERROR_BAD_DATA,
  unsupported = FOCUS_ERROR_UNSUPPORTED,
  engine = FOCUS_ERROR_ENGINE,
  cancelled = FOCUS_ERROR_CANCELLED,
  out_of_memory = FOCUS_ERROR_OUT_OF_MEMORY,
  forked = FOCUS_ERROR_FORKED,
  internal = FOCUS_ERROR_INTERNAL
};

/// Why a call failed: what() is one line that names the remedy.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, std::string field, const std::string& message)
      : std::runtime_error(message), code_(code), field_(std::move(field)) {}

  ErrorCode code() const noexcept { return code_; }
  /// The field, argument or path it is about; empty when there is none.
  const std::string& field() const noexcept { return field_; }

 private:
  ErrorCode code_;
  std::string field_;
};

/// The error of the last call that failed on this thread.
inline Error last_error() {
  focus_error error = FOCUS_ERROR_INIT;
  focus_last_error(&error);
  return Error(static_cast<ErrorCode>(error.code), error.field != nullptr ? error.field : "",
               error.message != nullptr ? error.message : "");
}

/// The version of the library that is loaded, as FOCUS_VERSION_NUMBER is that of these headers.
inline std::int32_t version_number() noexcept { return focus_version_number(); }

// ---- What is asked for ----

enum class Storage : std::int32_t {
  temporary = FOCUS_STORAGE_TEMPORARY,
  folder = FOCUS_STORAGE_FOLDER,
  memory = FOCUS_STORAGE_MEMORY
};

enum class LogLevel : std::int32_t {
  debug = FOCUS_LOG_DEBUG,
  info = FOCUS_LOG_INFO,
  warning = FOCUS_LOG_WARNING,
  error = FOCUS_LOG_ERROR
};

/// Where a service keeps its music and how many threads make it.
struct ServiceOptions {
  Storage storage = Storage::temporary;
  std::string data_folder = {};   ///< for Storage::folder
  std::int32_t worker_count = 0;  ///< 1 to 64; 0: one a core, at most 8
  LogLevel log_level = LogLevel::info;
  /// Receives lines of the log on worker threads, one at a time; must not call this service.
  std::function<void(LogLevel, std::string_view)> log = nullptr;

  ServiceOptions& with_storage(Storage value) { return storage = value, *this; }
  /// A folder that lasts.
  ServiceOptions& with_data_folder(std::string value) {
    storage = Storage::folder;
    return data_folder = std::move(value), *this;
  }
  ServiceOptions& with_worker_count(std::int32_t value) { return worker_count = value, *this; }
  ServiceOptions& with_log(LogLevel level, std::function<void(LogLevel, std::string_view)> value) {
    log_level = level;
    return log = std::move(value), *this;
  }
};

enum class Goal : std::int32_t {
  focus = FOCUS_GOAL_FOCUS,
  relax = FOCUS_GOAL_RELAX,
  sleep = FOCUS_GOAL_SLEEP,
  energize = FOCUS_GOAL_ENERGIZE,
  custom_prompt = FOCUS_GOAL_CUSTOM_PROMPT
};

enum class Intensity : std::int32_t {
  standard = FOCUS_INTENSITY_DEFAULT,  ///< medium
  low = FOCUS_INTENSITY_LOW,
  medium = FOCUS_INTENSITY_MEDIUM,
  high = FOCUS_INTENSITY_HIGH
};

enum class Format : std::int32_t {
  flac16 = FOCUS_FORMAT_FLAC16,
  flac24 = FOCUS_FORMAT_FLAC24,
  wav = FOCUS_FORMAT_WAV,
  ogg = FOCUS_FORMAT_OGG,
  opus = FOCUS_FORMAT_OPUS
};

/// What the listener asks for. `goal` and `target_minutes` are required.
struct Request {
  Goal goal = {};
  std::int32_t target_minutes = 0;  ///< 1 to 1440; what is played is exactly as long
  Intensity intensity = Intensity::standard;
  double divergence = 0.0;         ///< 0 (segments much alike) to 1 (highly varied)
  std::string custom_prompt = {};  ///< for Goal::custom_prompt, else ignored
  std::string engine = {};         ///< a key of Service::engines(); "": the default engine
  std::optional<std::uint64_t> seed = std::nullopt;  ///< decides every choice; absent: drawn
  Format format = Format::flac16;                    ///< of the segments in a folder
  double target_lufs = 0.0;                          ///< -40 to -8; 0: the goal's own
  double segment_seconds = 0.0;  ///< about how long a segment is, 20 to 600; 0: 120
  std::int32_t sample_rate = 0;  ///< of the segments, 8000 to 192000 Hz; 0: 48000
  std::int32_t look_ahead = FOCUS_LOOK_AHEAD_DEFAULT;  ///< segments to make ahead of the playhead
  double modulation_depth = 0.0;  ///< at 16 Hz, 0 (off) to 1; for focus and custom_prompt
  double pads_db = 0.0;  ///< levels in dB against how the music is composed, -60 (off) to 12
  double bass_db = 0.0;
  double melody_db = 0.0;
  double percussion_db = 0.0;
  double ambience_db = 0.0;
  double ending_seconds = 0.0;     ///< of the last fade, 1 to 3600; 0: the goal's own
  std::int32_t work_minutes = 0;   ///< 5 to 120: work takes turns with breaks, which play relax
  std::int32_t break_minutes = 0;  ///< 1 to 60; both 0: no breaks
  std::string fallback = {};       ///< the engine that stands in; "": the default engine
  double fallback_after_seconds = 0.0;  ///< 0.1 to 86400; 0: once `engine` gives up by itself
  double tempo_bpm = 0.0;               ///< beats a minute, 30 to 240; 0: the goal's own

  Request& with_goal(Goal value) { return goal = value, *this; }
  Request& with_target_minutes(std::int32_t value) { return target_minutes = value, *this; }
  Request& with_intensity(Intensity value) { return intensity = value, *this; }
  Request& with_divergence(double value) { return divergence = value, *this; }
  /// Also sets the goal, which a prompt needs to be heard.
  Request& with_custom_prompt(std::string value) {
    goal = Goal::custom_prompt;
    return custom_prompt = std::move(value), *this;
  }
  Request& with_engine(std::string value) { return engine = std::move(value), *this; }
  Request& with_fallback(std::string value) { return fallback = std::move(value), *this; }
  Request& with_fallback_after_seconds(double value) {
    return fallback_after_seconds = value, *this;
  }
  Request& with_seed(std::uint64_t value) { return seed = value, *this; }
  Request& with_format(Format value) { return format = value, *this; }
  Request& with_target_lufs(double value) { return target_lufs = value, *this; }
  Request& with_segment_seconds(double value) { return segment_seconds = value, *this; }
  Request& with_sample_rate(std::int32_t value) { return sample_rate = value, *this; }
  Request& with_look_ahead(std::int32_t value) { return look_ahead = value, *this; }
  Request& with_modulation_depth(double value) { return modulation_depth = value, *this; }
  Request& with_pads_db(double value) { return pads_db = value, *this; }
  Request& with_bass_db(double value) { return bass_db = value, *this; }
  Request& with_melody_db(double value) { return melody_db = value, *this; }
  Request& with_percussion_db(double value) { return percussion_db = value, *this; }
  Request& with_ambience_db(double value) { return ambience_db = value, *this; }
  Request& with_ending_seconds(double value) { return ending_seconds = value, *this; }
  Request& with_tempo_bpm(double value) { return tempo_bpm = value, *this; }
  /// Phases of work and rest that take turns, in minutes.
  Request& with_phases(std::int32_t work, std::int32_t rest) {
    work_minutes = work;
    return break_minutes = rest, *this;
  }
};

/// What changes while a session goes on; what is absent stays as it is.
struct Steering {
  std::optional<Goal> goal = std::nullopt;
  std::optional<Intensity> intensity = std::nullopt;
  std::optional<std::int32_t> target_minutes = std::nullopt;  ///< of the whole session
  std::optional<double> divergence = std::nullopt;
  std::optional<std::string> custom_prompt = std::nullopt;  ///< and with it Goal::custom_prompt
  std::optional<double> at_seconds = std::nullopt;          ///< absent: as soon as can be

  Steering& with_goal(Goal value) { return goal = value, *this; }
  Steering& with_intensity(Intensity value) { return intensity = value, *this; }
  Steering& with_target_minutes(std::int32_t value) { return target_minutes = value, *this; }
  Steering& with_divergence(double value) { return divergence = value, *this; }
  Steering& with_custom_prompt(std::string value) {
    return custom_prompt = std::move(value), *this;
  }
  Steering& with_at_seconds(double value) { return at_seconds = value, *this; }
};

enum class PlayerMode : std::int32_t {
  realtime = FOCUS_PLAYER_REALTIME,
  offline = FOCUS_PLAYER_OFFLINE
};

/// How the host wants to hear a session.
struct PlayerOptions {
  PlayerMode mode = PlayerMode::realtime;
  std::int32_t sample_rate = 0;  ///< of the host; 0: the session's
  std::int32_t channel_count = 2;

  PlayerOptions& with_mode(PlayerMode value) { return mode = value, *this; }
  PlayerOptions& with_sample_rate(std::int32_t value) { return sample_rate = value, *this; }
  PlayerOptions& with_channel_count(std::int32_t value) { return channel_count = value, *this; }
};

struct JsonOptions {
  bool include_analysis = false;                       ///< give each segment an `analysis` object
  std::optional<std::string> base_url = std::nullopt;  ///< absent: file:// URLs

  JsonOptions& with_analysis(bool value = true) { return include_analysis = value, *this; }
  JsonOptions& with_base_url(std::string value) { return base_url = std::move(value), *this; }
};

/// What may be spent, in micro-units; absent: no cap.
struct SpendCaps {
  std::optional<std::int64_t> per_session_micros = std::nullopt;
  std::optional<std::int64_t> per_day_micros = std::nullopt;

  SpendCaps& with_per_session_micros(std::int64_t value) {
    return per_session_micros = value, *this;
  }
  SpendCaps& with_per_day_micros(std::int64_t value) { return per_day_micros = value, *this; }
};

/// How files are levelled and joined.
struct MixOptions {
  std::int32_t sample_rate = 0;    ///< of the mix; 0: the one most files have
  double target_lufs = 0.0;        ///< -40 to -8; 0: -18
  double ceiling_dbtp = 0.0;       ///< -20 to below 0; 0: -1
  double crossfade_seconds = 0.0;  ///< 0.01 to 60; 0: found for each pair

  MixOptions& with_sample_rate(std::int32_t value) { return sample_rate = value, *this; }
  MixOptions& with_target_lufs(double value) { return target_lufs = value, *this; }
  MixOptions& with_ceiling_dbtp(double value) { return ceiling_dbtp = value, *this; }
  MixOptions& with_crossfade_seconds(double value) { return crossfade_seconds = value, *this; }
};

// ---- What is told ----

enum class LicenceClass : std::int32_t {
  commercial_cleared = FOCUS_LICENCE_COMMERCIAL_CLEARED,
  commercial_enterprise = FOCUS_LICENCE_COMMERCIAL_ENTERPRISE,
  personal_only = FOCUS_LICENCE_PERSONAL_ONLY,
  unclear = FOCUS_LICENCE_UNCLEAR
};

/// An engine that can be played, and what may be done with its music.
struct EngineInfo {
  bool enabled = false;
  std::string key;  ///< what a request names
  std::string display_name;
  std::string description;
  std::string version;
  std::int32_t max_duration_seconds = 0;
  bool vocals = false;
  bool stems = false;
  LicenceClass licence_class = LicenceClass::unclear;
  bool commercial_use = false;
  bool requires_attribution = false;
  bool has_score = false;        ///< Session::write_score works
  std::int32_t concurrency = 0;  ///< segments it makes at a time; 0: as many as there are workers
  std::int64_t price_micros_per_minute = 0;
};

enum class SessionStatus : std::int32_t {
  active = FOCUS_SESSION_ACTIVE,
  ended = FOCUS_SESSION_ENDED,
  stopped_cap = FOCUS_SESSION_STOPPED_CAP
};

/// A session as a whole; see focus_session_info.
struct SessionInfo {
  SessionStatus status = SessionStatus::active;
  std::string session_id;
  std::string engine;
  Goal goal = {};
  Intensity intensity = Intensity::standard;
  std::int32_t target_minutes = 0;
  std::int32_t total_segments = 0;
  std::int32_t ready_count = 0;
  bool more_pending = false;
  double divergence = 0.0;
  std::uint64_t seed = 0;
  double target_lufs = 0.0;
  std::int32_t sample_rate = 0;
  std::int32_t channel_count = 0;
  std::int64_t created_at = 0;     ///< seconds since 1970, UTC
  std::int64_t next_ready_at = 0;  ///< likewise; 0 when nothing is pending
  std::string custom_prompt;       ///< "" for another goal
  std::int64_t spent_micros = 0;   ///< on its engine so far
};

enum class Phase : std::int32_t {
  none = FOCUS_PHASE_NONE,
  work = FOCUS_PHASE_WORK,
  break_ = FOCUS_PHASE_BREAK
};

/// One segment, planned or ready; see focus_segment_info.
struct SegmentInfo {
  std::int32_t index = 0;
  bool ready = false;
  std::string path;
  std::string engine;
  std::string key;
  double tempo_bpm = 0.0;
  double start_seconds = 0.0;
  double duration_seconds = 0.0;
  std::int64_t frames = 0;
  std::int32_t fade_in_ms = 0;
  std::int32_t fade_out_ms = 0;
  double target_lufs = 0.0;
  double integrated_lufs = 0.0;
  double range_lu = 0.0;
  double true_peak_dbtp = 0.0;
  double gain_db = 0.0;
  double cue_in_seconds = 0.0;
  double cue_out_seconds = 0.0;
  bool limited = false;
  bool fallback = false;
  Phase phase = Phase::none;
  LicenceClass licence_class = LicenceClass::unclear;  ///< of `engine`, when it played it
  std::string engine_version;                          ///< likewise
};

/// A promoted segment; see focus_track_info.
struct TrackInfo {
  std::int32_t segment_index = 0;
  std::string track_id;
  std::string title;
  std::string engine;
  std::string session_id;
  std::string path;
  double duration_seconds = 0.0;
  std::int64_t created_at = 0;
  LicenceClass licence_class = LicenceClass::unclear;
  bool instrumental = false;
};

/// What was spent, in micro-units; see focus_service_get_spend.
struct Spend {
  std::int64_t settled_micros = 0;
  std::int64_t held_micros = 0;
};

enum class EventType : std::int32_t {
  none = FOCUS_EVENT_NONE,
  segment_ready = FOCUS_EVENT_SEGMENT_READY,
  status_changed = FOCUS_EVENT_STATUS_CHANGED,
  fallback = FOCUS_EVENT_FALLBACK,
  segment_failed = FOCUS_EVENT_SEGMENT_FAILED,
  steered = FOCUS_EVENT_STEERED,
  trouble = FOCUS_EVENT_TROUBLE
};

/// Something that happened to a session. False as a condition when nothing has.
struct Event {
  EventType type = EventType::none;
  std::int32_t segment_index = -1;
  ErrorCode code = ErrorCode::ok;
  std::string message;
  std::string engine;  ///< that has played the segment, or stands in for it; else ""

  explicit operator bool() const noexcept { return type != EventType::none; }
};

enum class PlayerState : std::int32_t {
  waiting = FOCUS_PLAYER_WAITING,
  playing = FOCUS_PLAYER_PLAYING,
  paused = FOCUS_PLAYER_PAUSED,
  finished = FOCUS_PLAYER_FINISHED
};

struct PlayerInfo {
  PlayerState state = PlayerState::waiting;
  std::int32_t segment_index = 0;
  std::int32_t underruns = 0;
  double position_seconds = 0.0;
  double duration_seconds = 0.0;
  double next_join_seconds = -1.0;  ///< where the next segment begins; -1: none does
  double sleep_seconds = -1.0;      ///< until the sleep timer pauses; -1: it is not set
  double volume = 1.0;
  std::int32_t sample_rate = 0;
  std::int32_t channel_count = 0;
};

/// The loudness of one audio file; see focus_measurement_info.
struct MeasurementInfo {
  std::int32_t sample_rate = 0;
  std::int32_t channel_count = 0;
  double curve_step_seconds = 0.0;
  double duration_seconds = 0.0;
  double integrated_lufs = 0.0;
  double range_lu = 0.0;
  double true_peak_dbtp = 0.0;
  double max_momentary_lufs = 0.0;
  double max_short_term_lufs = 0.0;
  double cue_in_seconds = 0.0;
  double cue_out_seconds = 0.0;
};

/// A mix as a whole; see focus_mix_info.
struct MixInfo {
  std::int32_t file_count = 0;
  std::int32_t transition_count = 0;
  bool complete = false;
  std::int32_t sample_rate = 0;
  std::int32_t channel_count = 0;
  double duration_seconds = 0.0;
  double progress = 0.0;
};

/// One file as it was mixed; see focus_mix_file_info.
struct MixFileInfo {
  std::int32_t index = 0;
  std::string path;
  std::int32_t sample_rate = 0;
  std::int32_t channel_count = 0;
  double duration_seconds = 0.0;
  double start_seconds = 0.0;
  double gain_db = 0.0;
  double integrated_lufs = 0.0;
  double true_peak_dbtp = 0.0;
  double cue_in_seconds = 0.0;
  double cue_out_seconds = 0.0;
  bool limited = false;
};

enum class CrossfadeCurve : std::int32_t {
  equal_power = FOCUS_CROSSFADE_EQUAL_POWER,
  equal_gain = FOCUS_CROSSFADE_EQUAL_GAIN,
  loudness_held = FOCUS_CROSSFADE_LOUDNESS_HELD,
  same_piece = FOCUS_CROSSFADE_SAME_PIECE
};

enum class TempoMatch : std::int32_t {
  none = FOCUS_TEMPO_MATCH_NONE,
  beats = FOCUS_TEMPO_MATCH_BEATS,
  downbeats = FOCUS_TEMPO_MATCH_DOWNBEATS
};

/// How one file goes over into the next; see focus_mix_transition_info.
struct MixTransitionInfo {
  std::int32_t index = 0;
  double start_seconds = 0.0;
  double end_seconds = 0.0;
  double old_end_seconds = 0.0;
  double new_start_seconds = 0.0;
  double offset_seconds = 0.0;
  double correlation = 0.0;
  double old_bpm = 0.0;
  double new_bpm = 0.0;
  double deepest_trim_db = 0.0;
  CrossfadeCurve curve = CrossfadeCurve::equal_power;
  bool polarity_inverted = false;
  TempoMatch tempo_match = TempoMatch::none;
};

/// The gains of a transition, at moments spread evenly from its start to its end.
struct MixGains {
  std::vector<float> old_gains;
  std::vector<float> new_gains;  ///< negative where the polarity is inverted
};

}  // namespace with_exceptions or without_exceptions
}  // namespace focus

#endif  // FOCUS_SESSION_VALUES_HPP
