// SPDX-License-Identifier: MIT
// Where the music of a file begins and ends: which part is silence, which part of the end decays,
// and which quiet part does not and therefore is music.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "audio/buffer.h"

namespace focus::core::mastering {

/// Frames from the start of the file, in this order.
///
///     |  silence  |  swell  |      music      |  decay  |  silence  |
///     0        sound_in  music_in         music_out sound_out     frames
///
/// The music includes quiet passages at its beginning or end, whatever their level, as long as they
/// do not decay. A decay is a fade-out or the end of a reverberation: its level falls, by 15 dB at
/// least, until nothing is heard. A swell is the same in reverse. Music that begins or ends at once
/// has neither.
struct MusicEdges {
  std::int64_t sound_in = 0;
  std::int64_t music_in = 0;
  std::int64_t music_out = 0;
  std::int64_t sound_out = 0;
};

/// Finds the edges of mastered audio.
/// @param energies the K-weighted mean square of every 10 ms of it.
/// @param gain_db the gain by which the file was raised. With the file, its dither was raised too,
///        which is not taken for sound.
MusicEdges find_music_edges(audio::ConstAudioView audio, int sample_rate,
                            std::span<const float> energies, double gain_db);

/// The same of audio that is not in memory any more: `peaks` are the largest absolute samples of
/// every 10 ms, the rest at the end included.
MusicEdges find_music_edges(std::vector<float> peaks, std::int64_t frames, int sample_rate,
                            std::span<const float> energies, double gain_db);

}  // namespace focus::core::mastering
