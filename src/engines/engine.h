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

namespace focus::core {

/// What may be done with an engine's music. Never overstated: what is not known is `unclear`.
enum class LicenceClass { commercial_cleared, commercial_enterprise, personal_only, unclear };
std::string_view name_of(LicenceClass licence);
bool permits_commercial_use(LicenceClass licence);

/// An engine as the wire contract describes it, and what the scheduler must know of it.
struct EngineInfo {
  std::string key;
  std::string display_name;
  std::string description;  ///< one line for a person who chooses
  std::string version;      ///< part of what a segment is a function of
  bool enabled = true;
  int max_duration_seconds = 0;  ///< of one segment; 0: any
  bool vocals = false;
  bool stems = false;
  std::vector<std::string> supported_languages;
  LicenceClass licence_class = LicenceClass::unclear;
  bool commercial_use = false;
  bool requires_attribution = false;
  bool has_score = false;  ///< whether score_as_midi answers
  bool continues_previous =
      false;                      ///< run in order, one segment after the other; promises no purity
  double previous_seconds = 0.0;  ///< how much of the segment before it wants to hear
  int concurrency = 0;          ///< calls of generate() at a time; 0: as many as there are workers
  double expected_speed = 1.0;  ///< seconds of audio per second, until it has been measured
  /// What a minute of its music costs, in millionths of whatever currency the host counts in; 0 is
  /// free. A registry may know another price.
  std::int64_t price_micros_per_minute = 0;
};

/// Whether an engine can play segments of that length; the error names the field, whose value is
/// what makes them so long, or the engine so short of breath.
absl::Status check_length(const EngineInfo& engine, double longest_seconds,
                          const std::string& field);

/// Where an engine puts its audio, block after block. Used by one thread at a time.
class SegmentSink {
 public:
  virtual ~SegmentSink() = default;
  /// Takes the next block: stereo, at the rate the brief asks for. What is beyond the brief's
  /// frames is dropped.
  virtual void write(ConstAudioView block) = 0;
  /// Whether the work is wanted no more; then `generate` returns cancelled_error() within 10 ms.
  virtual bool cancelled() const = 0;
  /// How far the work is, 0 to 1, for an engine that writes only at its end.
  virtual void report_progress(double /*fraction*/) {}
};

/// A maker of music. Thread-safe: several threads may generate at once.
class MusicEngine {
 public:
  virtual ~MusicEngine() = default;

  virtual const EngineInfo& info() const = 0;

  /// The rate at which it plays a session of `session_rate`; where they differ, the library
  /// resamples and the brief it is given is at this rate.
  virtual int playing_rate(int session_rate) const { return session_rate; }

  /// Plays the whole segment into the sink. Nothing but the brief decides the samples.
  virtual absl::Status generate(const Brief& brief, SegmentSink& sink) const = 0;

  /// The segment's score as a standard MIDI file (bytes); Fault::unsupported where there is none.
  virtual absl::StatusOr<std::string> score_as_midi(const Brief& brief) const;

  /// [any-thread] How often a call had to be tried again so far, whatever came of it.
  virtual int retry_count() const { return 0; }

  /// Whether a host has brought it, and may take it away again: see `retire`.
  virtual bool is_of_host() const { return false; }
  /// Gives up the calls under way and begins no further one: from now on `generate` fails. Waits up
  /// to `timeout` until the host is not called any more; Fault::not_ready where a call goes on.
  virtual absl::Status retire(std::chrono::milliseconds timeout);
};

}  // namespace focus::core
