// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>

#include "engines/studio/voices/pad_tables.h"
#include "engines/studio/voices/voice.h"

namespace focus::core::engines::studio {

/// A pad. Each side of a note reads the note's wavetables with two heads that are crossfaded; a
/// head that has faded out restarts at another position, and in the other table when the sound
/// moves from its soft to its full face. The sound thus never repeats, and never stands still. A
/// steady sine at the fundamental is added, so that low chords have a firm base. The level of each
/// note swells independently.
class PadVoice final : public Voice {
 public:
  /// `swell` is the depth of each note's level change, 0 to 0.5.
  PadVoice(PadSound sound, int rate, double attack_seconds, double release_seconds, double swell);

  /// Makes or finds the table for a pitch, before start() is called with it. This is the only part
  /// that allocates.
  void prepare(int pitch);

  void start(const VoiceNote& note) override;
  void render(std::int64_t frame, int frames, float* left, float* right) override;

 private:
  /// What the heads of a side read between two restarts.
  struct Heads {
    std::array<std::uint32_t, 2> start{};  ///< where each began in its table
    std::array<std::size_t, 2> face{};
  };
  struct Slot {
    VoiceNote note;
    const PadTable* table = nullptr;
    std::uint32_t fundamental_step = 0;
    std::int64_t turn = -1;  ///< the number of the older head to which `heads` belongs
    std::array<Heads, 2> heads;
    std::int64_t next_frame = -1;  ///< the end of the last block, to which these belong
    double level = 0.0;
    std::array<float, 2> gains{};  ///< of the heads
  };
  bool play(Slot& slot, std::int64_t frame, int frames, float* left, float* right) const;
  static std::int64_t turning(const VoiceNote& note, std::int64_t frame);
  Heads heads_of(const VoiceNote& note, std::int64_t turn, std::uint32_t side) const;
  void add_fundamental(const Slot& slot, double level_from, double level_to, std::int64_t frame,
                       int frames, float* left, float* right) const;
  double level(const VoiceNote& note, std::int64_t frame) const;
  std::size_t face_of(const VoiceNote& note, std::int64_t frame, std::uint32_t side) const;

  PadSound sound_;
  int rate_;
  double attack_, release_;  // frames
  double swell_;
  std::int64_t hop_;  // frames between the starts of two heads
  std::map<int, std::shared_ptr<const PadTable>> tables_;
  Polyphony<Slot, 24> notes_;
};

}  // namespace focus::core::engines::studio
