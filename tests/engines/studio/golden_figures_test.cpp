// SPDX-License-Identifier: MIT
// The sound of the twelve kinds of music, as kept in a file: what changes it is seen in review.
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <absl/strings/numbers.h>
#include <absl/strings/str_format.h>
#include <absl/strings/str_split.h>
#include <catch2/catch.hpp>

#include "excerpts.h"
#include "score/score_support.h"

using namespace focus::test;

namespace {

constexpr std::uint64_t kSeed = 5;
constexpr const char* kUpdate = "FOCUS_UPDATE_GOLDEN";

constexpr const char* kHead =
    "# What the built-in engine plays at seed 5, in figures, before mastering; nine seconds from "
    "the\n"
    "# middle of a session, the notes over two minutes. Kept so that a change of the sound is "
    "seen.\n"
    "# After one that is meant:\n"
    "#\n"
    "#     FOCUS_UPDATE_GOLDEN=1 build/dev/tests/engines/engines_test \"golden*\"\n"
    "#\n"
    "# loudness in LUFS (to 0.5), share of magnitude over 1.5 kHz, up to 8 (to 10 %), correlation "
    "of the\n"
    "# sides (to 0.05), notes a minute without the kit's (to 10 %)\n"
    "#\n"
    "# goal intensity loudness brightness correlation notes\n";

struct Figures {
  double loudness = 0.0, brightness = 0.0, correlation = 0.0, notes = 0.0;
};

std::string name_of_kind(plan::Goal goal, plan::Intensity intensity) {
  return std::string(name_of(goal)) + ' ' + std::string(name_of(intensity));
}

Figures figures_of(plan::Goal goal, plan::Intensity intensity) {
  const Excerpt& excerpt = excerpt_of(goal, intensity, kSeed);
  return {excerpt.loudness_lufs, excerpt.brightness, excerpt.correlation,
          notes_per_minute(brief_for(goal, intensity, 120.0, kSeed))};
}

std::map<std::string, Figures> read_golden() {
  std::ifstream file(FOCUS_GOLDEN_FIGURES);
  std::map<std::string, Figures> figures;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::string> words = absl::StrSplit(line, ' ', absl::SkipEmpty());
    REQUIRE(words.size() == 6);
    Figures& own = figures[words[0] + ' ' + words[1]];
    REQUIRE(absl::SimpleAtod(words[2], &own.loudness));
    REQUIRE(absl::SimpleAtod(words[3], &own.brightness));
    REQUIRE(absl::SimpleAtod(words[4], &own.correlation));
    REQUIRE(absl::SimpleAtod(words[5], &own.notes));
  }
  return figures;
}

void write_golden() {
  std::ofstream file(FOCUS_GOLDEN_FIGURES, std::ios::trunc);
  file << kHead;
  for (const plan::Goal goal : kGoals) {
    for (const plan::Intensity intensity : kIntensities) {
      const Figures own = figures_of(goal, intensity);
      file << absl::StrFormat("%-15s %6.2f %7.4f %6.3f %6.1f\n", name_of_kind(goal, intensity),
                              own.loudness, own.brightness, own.correlation, own.notes);
    }
  }
  REQUIRE(file.flush());
}

}  // namespace

TEST_CASE("golden figures: the engine sounds as it did") {
  if (std::getenv(kUpdate) != nullptr) write_golden();
  const auto golden = read_golden();
  CHECK(golden.size() == 12);
  for (const plan::Goal goal : kGoals) {
    for (const plan::Intensity intensity : kIntensities) {
      const std::string name = name_of_kind(goal, intensity);
      INFO(name << "; where the change is meant, run with " << kUpdate << "=1");
      REQUIRE(golden.count(name) == 1);
      const Figures& kept = golden.at(name);
      const Figures own = figures_of(goal, intensity);
      CHECK(own.loudness == Approx(kept.loudness).margin(0.5));
      CHECK(own.brightness == Approx(kept.brightness).epsilon(0.1));
      CHECK(own.correlation == Approx(kept.correlation).margin(0.05));
      CHECK(own.notes == Approx(kept.notes).epsilon(0.1).margin(0.5));
    }
  }
}
