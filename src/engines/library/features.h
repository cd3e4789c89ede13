// SPDX-License-Identifier: MIT
// What is known of a file of a user's: counted once, kept in the catalogue, and all that the choice
// of tracks goes by.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mastering/tempo.h"

namespace focus::core::engines {

/// Hundredths of a second from the start of a file or of a session: what overlaps are counted in.
using Hundredths = std::int64_t;

/// What a file says of itself.
struct TrackTags {
  std::string title;
  std::string artist;
  std::string album;
  std::string genre;
  /// The loudness that its ReplayGain or R128 tag stands for. It is shown and not believed.
  std::optional<double> told_lufs;
};

/// A key as the circle of fifths has it: neighbours share all notes but one.
struct MusicalKey {
  int tonic = -1;  ///< a pitch class, 0 = C; -1: none was found
  bool is_minor = false;
  double confidence = 0.0;  ///< 0 to 1

  bool known() const { return tonic >= 0 && confidence >= 0.15; }
  /// 0 to 11, by the notes of its scale; C major and A minor are 0.
  int position() const { return (is_minor ? tonic + 3 : tonic) * 7 % 12; }
};
/// "F sharp minor", or "" where it is not known.
std::string describe(const MusicalKey& key);

/// The figures of a track that are in memory for all tracks at once.
struct TrackFigures {
  std::int64_t frames = 0;  ///< that were counted
  int sample_rate = 0;
  int channel_count = 0;
  double integrated_lufs = 0.0;  ///< folded down to stereo
  double range_lu = 0.0;
  double true_peak_dbtp = 0.0;
  double bpm = 0.0;  ///< of most of it; 0: no steady beat
  double beat_confidence = 0.0;
  MusicalKey key;
  double energy = 0.0;         ///< 0 (still) to 1 (driving)
  double brightness_hz = 0.0;  ///< the frequency about which its power lies
  /// The longest stretch without silence, and where its music begins and ends (MusicEdges).
  Hundredths sound_in = 0;
  Hundredths music_in = 0;
  Hundredths music_out = 0;
  Hundredths sound_out = 0;

  double seconds() const {
    return sample_rate > 0 ? static_cast<double>(frames) / sample_rate : 0.0;
  }
  Hundredths playable() const { return sound_out - sound_in; }
};

/// A part of a track in which the tempo was estimated.
struct TempoAt {
  double from_seconds = 0.0;
  double seconds = 0.0;
  mastering::Tempo tempo;  ///< its times count from `from_seconds`
};

/// What is read only for tracks that are chosen.
struct TrackDetail {
  /// The K-weighted level of every 100 ms in half decibels above kLowestLevel; 0: silence.
  std::vector<std::uint8_t> levels;
  std::vector<TempoAt> tempi;
  std::vector<Hundredths> phrase_ends;  ///< where a phrase ends and the next begins
};
inline constexpr double kLowestLevel = -110.0;
inline constexpr Hundredths kLevelStep = 10;

/// All that an analysis finds.
struct TrackAnalysis {
  TrackFigures figures;
  TrackDetail detail;
};

/// A track of the catalogue.
struct Track {
  std::int64_t id = 0;  ///< of its row
  std::string path;
  std::string place;  ///< its path from the library's folder on, or the whole path
  std::int64_t bytes = 0;
  std::int64_t changed = 0;  ///< the time of the last change, as the system counts
  TrackTags tags;
  TrackFigures figures;

  /// Its title or, without one, the name of the file.
  std::string name() const;
  /// "Title" by Artist
  std::string told() const;
};

/// A file that is not played.
struct SkippedFile {
  std::string path;
  std::string reason;
};

}  // namespace focus::core::engines
