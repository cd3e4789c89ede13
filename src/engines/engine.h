// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "audio/buffer.h"
#include "base/cancel.h"
#include "plan/brief.h"

namespace focus::core::engines {

/// The permitted use of an engine's music. It must not be overstated: `unclear` if it is not known.
enum class LicenceClass { commercial_cleared, commercial_enterprise, personal_only, unclear };
std::string_view name_of(LicenceClass licence);
bool permits_commercial_use(LicenceClass licence);

/// An engine's description in the wire contract, and the properties the scheduler needs.
struct EngineInfo {
  std::string key;
  std::string display_name;
  std::string description;  ///< one line for a user who chooses an engine
  std::string version;      ///< another version may make different audio
  bool enabled = true;
  int max_duration_seconds = 0;  ///< of one segment; 0: no limit
  bool vocals = false;
  bool stems = false;
  std::vector<std::string> supported_languages;
  LicenceClass licence_class = LicenceClass::unclear;
  bool commercial_use = false;
  bool requires_attribution = false;
  bool has_score = false;  ///< whether score_as_midi() returns a score
  bool continues_previous =
      false;                      ///< run in order, one segment after the other; promises no purity
  double previous_seconds = 0.0;  ///< how much audio of the previous segment it needs
  int concurrency = 0;            ///< simultaneous calls of generate(); 0: one per worker
  double expected_speed = 1.0;    ///< seconds of audio per second; replaced by measurements
  /// The price of a minute of its music, in millionths of the currency that the host uses; 0 is
  /// free. EngineRegistry::set_price() overrides it.
  std::int64_t price_micros_per_minute = 0;
};

/// Checks that an engine can play a segment of `longest_seconds`. The error names `field`: the
/// request's field that led to this length or to this engine.
absl::Status check_length(const EngineInfo& engine, double longest_seconds,
                          const std::string& field);

/// Receives the audio of an engine, block by block. To be used by one thread at a time.
class SegmentSink {
 public:
  virtual ~SegmentSink() = default;
  /// Appends a block: stereo, at the sample rate of the brief. Frames beyond the brief's length are
  /// dropped.
  virtual void write(audio::ConstAudioView block) = 0;
  /// Whether the work has been cancelled. generate() must then return cancelled_error() within 10
  /// ms.
  virtual bool cancelled() const = 0;
  /// Reports progress, 0 to 1, for an engine that writes its audio only at the end.
  virtual void report_progress(double /*fraction*/) {}
};

/// A generator of music. Thread-safe: several threads may call generate() at the same time.
class MusicEngine {
 public:
  virtual ~MusicEngine() = default;

  virtual const EngineInfo& info() const = 0;

  /// The sample rate at which the engine plays a session of `session_rate`. If they differ, the
  /// brief has this rate and the library resamples the audio.
  virtual int playing_rate(int session_rate) const { return session_rate; }

  /// Whether it plays the scenes of the brief itself; under the music of others the library lays
  /// them.
  virtual bool plays_scenes() const { return false; }

  /// Plays the whole segment into the sink. The samples must depend on the brief alone.
  virtual absl::Status generate(const plan::Brief& brief, SegmentSink& sink) const = 0;

  /// Returns the score of the segment as the bytes of a standard MIDI file, or Fault::unsupported
  /// if the engine has no scores.
  virtual absl::StatusOr<std::string> score_as_midi(const plan::Brief& brief) const;

  /// [any-thread] The number of calls that were repeated so far, whether or not that helped.
  virtual int retry_count() const { return 0; }

  /// Whether the engine was added by the host, which may also remove it: see retire().
  virtual bool is_of_host() const { return false; }
  /// Cancels the calls in progress and permits no further one: from now on generate() fails. Waits
  /// up to `timeout` until no call of the host's code is in progress; Fault::not_ready if one
  /// still is.
  virtual absl::Status retire(std::chrono::milliseconds timeout);
};

}  // namespace focus::core::engines
