// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>

#include "dsp/filters.h"
#include "engines/studio/voices/voice.h"

namespace focus::core::engines::studio {

/// How a drum sounds; the rows are in kit_sounds.inc.
struct KitSound {
  enum class Filter { band, high };
  struct Body {
    double hertz, bend, bend_seconds, gain, t60;
  };
  struct Hiss {
    Filter filter;
    double hertz, q, gain, t60;
  };
  struct Metal {
    double pitch, gain, t60;
  };

  int pitch;
  Body body;
  Hiss noise;
  Metal metal;
  double attack;
  int strokes;
  int group;
  double fade;
};

/// A drum kit. The pitches are those of score/note.h; what it does not have sounds as the kick.
class KitVoice final : public Voice {
 public:
  KitVoice(int rate, double brightness) : rate_(rate), brightness_(brightness) {}
  void start(const VoiceNote& note) override;
  void render(std::int64_t frame, int frames, float* left, float* right) override;

 private:
  static constexpr int kGroups = 5;
  static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

  struct Slot {
    VoiceNote note;
    const KitSound* sound = nullptr;
    dsp::Svf filter;
    double noise_t60 = 0.1, life = 0.1;  ///< in frames
    float noise_gain = 0.0f;
    std::array<std::uint32_t, 4> metal{};
    std::int64_t cut = kNever;  ///< the frame from which a later stroke cuts this one off
    /// The end of the last block, with which the next one begins.
    struct End {
      std::int64_t frame = -1;
      double noise = 0.0, body = 0.0, metal = 0.0, turns = 0.0;
    } end;
  };
  /// What sounds in a block.
  struct Stroke {
    Slot* slot = nullptr;
    int late = 0, count = 0;  ///< frames before its first one, and from it on
    double age = 0.0;         ///< at its first frame
    bool goes_on = false;     ///< whether slot->end is of its first frame
    double kept = 1.0;        ///< what a later stroke has left of it
  };
  /// The noise of a block, from its first frame on.
  using Hiss = std::array<float, kMaxBlock>;

  double kept_at(const Slot& slot, double frame) const;
  bool sounds(Slot& slot, std::int64_t frame, Stroke& stroke) const;
  bool has_noise(const Stroke& stroke) const;
  void make_hisses(std::span<Stroke> strokes, std::span<Hiss> hisses, int frames) const;
  void play(const Stroke& stroke, std::int64_t frame, const Hiss& hiss, float* left,
            float* right) const;
  void add_body(const Stroke& stroke, float* y) const;
  void add_noise(const Stroke& stroke, const float* hiss, float* y) const;
  void add_metal(const Stroke& stroke, float* y) const;

  static constexpr std::size_t kNotes = 16;

  int rate_;
  double brightness_;
  std::array<std::int64_t, kGroups> struck_{};  ///< the last onset of each group
  Polyphony<Slot, kNotes> notes_;
};

}  // namespace focus::core::engines::studio
