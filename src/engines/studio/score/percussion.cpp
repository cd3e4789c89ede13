// SPDX-License-Identifier: MIT
// The drummer: plays the groove of the movement (see groove.h) in phrases. The tension decides
// which instruments play. A phrase ends in a fill; a phrase that breathes is a break, in which the
// kick is silent and a riser leads back.
#include <algorithm>
#include <array>
#include <cmath>

#include "engines/studio/score/groove.h"
#include "engines/studio/score/part.h"

namespace focus::core::engines::studio {
namespace {

/// What the tension of the form is moved by, for a role of the phrase.
double lift_of(PhraseRole role) {
  switch (role) {
    case PhraseRole::opening:
      return -0.18;
    case PhraseRole::pause:
      return -0.1;
    case PhraseRole::contrast:
      return 0.1;
    case PhraseRole::statement:
    case PhraseRole::answer:
    case PhraseRole::closing:
      break;
  }
  return 0.0;
}

/// Where a drum stands, from the listener.
float pan_of_drum(int sound) {
  switch (sound) {
    case kHat:
    case kOpenHat:
      return -0.36f;
    case kRide:
      return 0.34f;
    case kCrash:
      return 0.26f;
    case kShaker:
      return 0.42f;
    case kRim:
      return -0.12f;
    case kHighTom:
      return -0.24f;
    case kMidTom:
      return 0.08f;
    case kLowTom:
      return 0.3f;
    default:
      return 0.0f;
  }
}

class Drummer {
 public:
  Drummer(const Phrase& phrase, const Groove& groove, std::vector<Note>& notes)
      : phrase_(phrase),
        groove_(groove),
        notes_(notes),
        stream_(phrase.stream(plan::Decision::density, "kit")),
        straight_(straightness(phrase.style)),
        bars_(phrase.place.bars),
        turn_bars_(
            phrase.place.number == 0 ? std::min(bars_, phrase.form.turn_bars(phrase.movement)) : 0),
        is_first_(phrase.movement.number == 0 && phrase.place.number == 0) {
    const double middle = phrase.first_beat() + 2.0 * bars_;
    heat_ = phrase.tension(middle) + lift_of(phrase.place.role) +
            0.1 * (static_cast<int>(phrase.brief.intensity) - 1) +
            0.25 * std::clamp(phrase.palette.density - 1.0, -0.6, 0.6);
    heat_ = std::clamp(heat_, 0.0, 1.0);
    plan_break();
    plan_fills();
  }

  void play() {
    for (int bar = 0; bar < bars_; ++bar) {
      level_ = level_of(bar);
      if (level_ <= 0.02) continue;
      if (bar >= break_at_) {
        play_break(bar, bars_ - bar);
      } else if (bar < turn_bars_) {
        play_break(bar, turn_bars_ - bar);
      } else {
        play_groove(bar);
      }
    }
    if (crashes()) {
      level_ = level_of(turn_bars_);
      hit(kCrash, turn_bars_, 0, 0.5 + 0.25 * heat_);
    }
  }

 private:
  bool has_full_kit() const { return groove_.kit == KitFigure::full; }

  /// The kick rests in the last 8 or 4 bars of a phrase that breathes.
  void plan_break() {
    break_at_ = bars_;
    if (turn_bars_ > 0) riser_ = choose_fill(all_risers(), groove_, 0, stream_.fork("turn"));
    if (phrase_.place.role != PhraseRole::pause || bars_ < 4) return;
    Random random = stream_.fork("break");
    const int length = bars_ < 8 || random.chance(0.35) ? 4 : 8;
    break_at_ = bars_ - length;
    riser_ = choose_fill(all_risers(), groove_, 0, random.fork("riser"));
  }

  void plan_fills() {
    Random random = stream_.fork("fill");
    const PhraseRole role = phrase_.place.role;
    const bool to_new = role == PhraseRole::closing || role == PhraseRole::opening;
    if (break_at_ == bars_ && bars_ >= 2) {
      last_fill_ = choose_fill(all_fills(), groove_, to_new || random.chance(0.25) ? 2 : 1,
                               random.fork("last"));
    }
    // A long phrase, and one that runs into a break, has a small one on the way.
    const int way = break_at_ < bars_ ? break_at_ : bars_ > 8 ? 8 : 0;
    if (way >= 4) {
      way_fill_at_ = way - 1;
      way_fill_ = choose_fill(all_fills(), groove_, 1, random.fork("way"));
    }
  }

  bool crashes() const {
    if (!has_full_kit() || break_at_ == 0 || turn_bars_ == bars_) return false;
    if (turn_bars_ > 0) return true;
    switch (phrase_.place.role) {
      case PhraseRole::opening:
        return !is_first_;
      case PhraseRole::statement:
        return true;
      case PhraseRole::contrast:
        return heat_ > 0.6;
      case PhraseRole::answer:
      case PhraseRole::pause:
      case PhraseRole::closing:
        break;
    }
    return false;
  }

  /// How loud a bar is: with the tension, a little louder towards the end of the phrase, and for a
  /// soft kit softer towards the end of the session.
  double level_of(int bar) const {
    double level = 0.8 + 0.26 * heat_ + 0.05 * bar / bars_;
    const double beat = beat_of_bar(bar);
    if (groove_.kit == KitFigure::shaker || phrase_.style.sinks) {
      return level * phrase_.presence(Layer::kit, beat);
    }
    if (!has_full_kit() && seconds_left(bar) < 5.0) level = 0.0;
    return level;
  }

  double seconds_left(int bar) const {
    return phrase_.brief.session_seconds - phrase_.style.ending_seconds -
           phrase_.seconds_of(beat_of_bar(bar));
  }

  double beat_of_bar(int bar) const { return phrase_.first_beat() + 4.0 * bar; }

  /// Whether an instrument plays in a bar. At the session's start they come in one at a time.
  bool plays(const GrooveLine& line, int bar) const {
    const bool is_kick = line.sound == kKick;
    if (is_first_) {
      if (!has_full_kit() && bar < std::min(4, bars_ / 2)) return false;
      const int kick_at = bars_ >= 8 ? 4 : bars_ / 2;
      if (is_kick) return bar >= kick_at;
      if (line.from > 0.0 && bar < kick_at + 2) return false;
    }
    if (!has_full_kit() && groove_.kit != KitFigure::shaker) {
      const double left = seconds_left(bar);
      if (left < 20.0 && line.from > 0.0) return false;
      if (left < 12.0 && is_kick) return false;
    }
    // Before a break of four bars the groove is already thinner.
    const double heat = break_at_ < bars_ ? std::min(heat_, 0.45) : heat_;
    return line.from <= heat && heat < line.to;
  }

  const Fill* fill_of(int bar) const {
    if (bar == bars_ - 1) return last_fill_;
    return bar == way_fill_at_ ? way_fill_ : nullptr;
  }

  void play_groove(int bar) {
    const Fill* fill = fill_of(bar);
    if (fill != nullptr && is_first_ && bar < (bars_ >= 8 ? 4 : bars_ / 2)) fill = nullptr;
    const int end = fill != nullptr ? fill->from : groove_.steps();
    std::array<bool, 16> open{};
    for (const GrooveLine& line : groove_.lines) {
      if (line.sound != kOpenHat || !plays(line, bar)) continue;
      const std::string_view signs = line.bar(bar);
      for (std::size_t step = 0; step < signs.size(); ++step) {
        if (signs[step] != '.') open[step] = true;
      }
    }
    for (const GrooveLine& line : groove_.lines) {
      if (!plays(line, bar)) continue;
      const std::string_view signs = line.bar(bar);
      for (int step = 0; step < end; ++step) {
        const auto at = static_cast<std::size_t>(step);
        if (line.sound == kHat && open[at]) continue;
        hit(line.sound, bar, step, stroke_of(signs[at]));
      }
    }
    if (fill == nullptr) return;
    for (const FillLine& line : fill->lines) {
      for (int step = fill->from; step < groove_.steps(); ++step) {
        hit(line.sound, bar, step, stroke_of(line.bars[static_cast<std::size_t>(step)]));
      }
    }
  }

  /// Without kick: what keeps time goes on, and the last four bars belong to the riser. `to_end` is
  /// how many bars are left.
  void play_break(int bar, int to_end) {
    if (riser_ != nullptr && to_end <= 4) {
      const double louder = 0.45 + 0.14 * (4 - to_end);
      for (const FillLine& line : riser_->lines) {
        const std::string_view signs = bar_of(line.bars, 4 - to_end);
        for (int step = 0; step < groove_.steps(); ++step) {
          const double grows = louder + 0.14 * step / groove_.steps();
          hit(line.sound, bar, step, grows * stroke_of(signs[static_cast<std::size_t>(step)]));
        }
      }
      return;
    }
    for (const GrooveLine& line : groove_.lines) {
      const bool keeps_time = role_of_drum(line.sound) == StrokeRole::time;
      if (line.sound == kKick || (has_full_kit() && !keeps_time)) continue;
      if (!(line.from <= 0.35 && line.to > 0.35)) continue;
      const std::string_view signs = line.bar(bar);
      for (int step = 0; step < groove_.steps(); ++step) {
        hit(line.sound, bar, step, 0.8 * stroke_of(signs[static_cast<std::size_t>(step)]));
      }
    }
  }

  void hit(int sound, int bar, int step, double strength) {
    if (strength <= 0.0) return;
    Random own = stream_.fork(static_cast<std::uint64_t>(bar))
                     .fork(static_cast<std::uint64_t>(sound))
                     .fork(static_cast<std::uint64_t>(step));
    const double start = beat_of_bar(bar);
    const Feel& feel = *groove_.feel;
    Note note;
    note.layer = Layer::kit;
    note.beat =
        std::max(start, start + 0.25 * step + feel.late(role_of_drum(sound), step, straight_));
    note.beats = 0.2;
    note.pitch = sound;
    const double accent = sound == kKick ? 1.0 : feel.accent(step);
    const double velocity = level_ * strength * accent + 0.02 * own.normal();
    note.velocity = static_cast<float>(std::clamp(velocity, 0.05, 1.0));
    note.pan = pan_of_drum(sound);
    note.key = note_key(own);
    notes_.push_back(note);
  }

  const Phrase& phrase_;
  const Groove& groove_;
  std::vector<Note>& notes_;
  Random stream_;
  double straight_;
  int bars_;
  int turn_bars_;  ///< the first ones, on the way from the music before a change
  bool is_first_;  ///< the first phrase of the session
  double heat_ = 0.5;
  double level_ = 1.0;
  int break_at_ = 0;  ///< the bar from which on the kick rests; the phrase's end: never
  int way_fill_at_ = -1;
  const Fill* last_fill_ = nullptr;
  const Fill* way_fill_ = nullptr;
  const Fill* riser_ = nullptr;
};

}  // namespace

void write_percussion(const Phrase& phrase, std::vector<Note>& notes) {
  const Groove* groove = groove_of(phrase);
  if (groove != nullptr) Drummer(phrase, *groove, notes).play();
}

}  // namespace focus::core::engines::studio
