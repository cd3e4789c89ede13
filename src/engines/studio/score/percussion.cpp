// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "engines/studio/score/part.h"

namespace focus::core::engines::studio {
namespace {

class KitWriter {
 public:
  KitWriter(std::int64_t bar, Random random, std::vector<Note>& notes)
      : beat_(4.0 * static_cast<double>(bar)), random_(random), notes_(notes) {}

  void hit(int sound, int step, double velocity, double pan) {
    Random own =
        random_.fork(static_cast<std::uint64_t>(sound)).fork(static_cast<std::uint64_t>(step));
    Note note;
    note.layer = Layer::kit;
    // Off-beat sixteenths are slightly late, as when played by hand.
    const double late =
        (step % 2 == 1 ? 0.025 : 0.0) + (sound == kKick ? 0.0 : 0.006 * own.normal());
    note.beat = std::max(beat_, beat_ + 0.25 * step + late);
    note.beats = 0.2;
    note.pitch = sound;
    note.velocity = static_cast<float>(std::clamp(velocity + 0.05 * own.normal(), 0.05, 1.0));
    note.pan = static_cast<float>(pan);
    note.key = note_key(own);
    notes_.push_back(note);
  }

 private:
  double beat_;
  Random random_;
  std::vector<Note>& notes_;
};

}  // namespace

void write_percussion(const Phrase& phrase, std::vector<Note>& notes) {
  const KitFigure kit = phrase.style.kit;
  if (kit == KitFigure::none) return;
  const Random stream = phrase.stream(plan::Decision::density, "kit");
  Random figure = stream.fork("figure");
  const int shaker_hits = kit == KitFigure::full
                              ? figure.between(4, 6) + 3 * static_cast<int>(phrase.brief.intensity)
                              : figure.between(5, 8);
  const int shaker_turn = figure.below(4) * 2;
  const int kick_hits =
      kit == KitFigure::full
          ? 4
          : std::array<int, 3>{2, 2, 3}[static_cast<std::size_t>(figure.below(3))];
  const int rim_hits = figure.between(2, 3), rim_turn = 4 + figure.below(2);
  for (std::int64_t bar = phrase.first_bar();
       bar < phrase.chords.back().bar + phrase.chords.back().bars; ++bar) {
    const double presence = phrase.presence(Layer::kit, 4.0 * static_cast<double>(bar));
    if (presence <= 0.02) continue;
    const Random own = stream.fork(static_cast<std::uint64_t>(bar));
    KitWriter writer(bar, own, notes);
    Random random = own.fork("bar");
    const double level = 0.4 + 0.6 * presence;
    const bool breath = random.chance(0.08);  // this bar has no kick
    for (int step = 0; step < 16; ++step) {
      const bool beat = step % 4 == 0;
      if (kit != KitFigure::shaker && !breath && presence > 0.5) {
        const bool struck = kit == KitFigure::full ? beat : euclid(kick_hits, 16, step);
        if (struck) writer.hit(kKick, step, level * (step == 0 ? 0.75 : 0.62), 0.0);
        if (kit == KitFigure::full && step == 14 && random.chance(0.2)) {
          writer.hit(kKick, step, level * 0.4, 0.0);
        }
      }
      if (euclid(shaker_hits, 16, step + shaker_turn) && random.chance(0.94)) {
        writer.hit(kShaker, step, level * (beat ? 0.36 : step % 2 == 0 ? 0.5 : 0.28), 0.4);
      }
      if (kit != KitFigure::full) continue;
      if (step % 4 == 2 && random.chance(0.85)) writer.hit(kHat, step, level * 0.42, -0.42);
      if (euclid(rim_hits, 16, step + 16 - rim_turn) && random.chance(0.8)) {
        writer.hit(kRim, step, level * 0.45, -0.12);
      }
    }
  }
}

}  // namespace focus::core::engines::studio
