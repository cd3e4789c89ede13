// SPDX-License-Identifier: MIT
#include "engines/library/programme.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "engines/library/track_choice.h"
#include "engines/library/wish.h"

using namespace focus::core;
using namespace focus::core::engines;

namespace {

/// A library of which only figures exist.
std::shared_ptr<LibrarySnapshot> figures_of_many(int count) {
  auto snapshot = std::make_shared<LibrarySnapshot>();
  Random random(7);
  for (int k = 0; k < count; ++k) {
    Track track;
    track.id = k;
    track.path = "/music/" + std::to_string(10'000 + k) + ".flac";
    track.place = track.path.substr(7);
    track.tags.artist = k % 10 == 0 ? "Johann Sebastian Bach" : "Somebody";
    track.tags.genre = k % 3 == 0 ? "Ambient" : "Drum and Bass";
    track.figures.sample_rate = 44100;
    track.figures.frames = 44100 * static_cast<std::int64_t>(random.between(90, 400));
    track.figures.integrated_lufs = random.uniform(-24.0, -8.0);
    track.figures.true_peak_dbtp = -0.5;
    track.figures.bpm = random.uniform(60.0, 170.0);
    track.figures.beat_confidence = 0.7;
    track.figures.key = {random.below(12), random.chance(0.5), 0.6};
    track.figures.energy = random.uniform();
    track.figures.brightness_hz = std::exp2(random.uniform(8.5, 12.0));
    track.figures.sound_in = 10;
    track.figures.music_in = 10;
    track.figures.sound_out = track.figures.frames * 100 / 44100 - 10;
    track.figures.music_out = track.figures.sound_out - (k % 2 == 0 ? 600 : 0);
    snapshot->tracks.push_back(track);
  }
  return snapshot;
}

/// Level throughout, but for a decay where the figures tell of one.
Programme::ReadDetail level_details(const std::shared_ptr<LibrarySnapshot>& snapshot) {
  return [snapshot](std::int64_t id) -> absl::StatusOr<TrackDetail> {
    const TrackFigures& figures = snapshot->tracks[static_cast<std::size_t>(id)].figures;
    TrackDetail detail;
    for (Hundredths at = 0; at < figures.sound_out + 10; at += kLevelStep) {
      double level = figures.integrated_lufs;
      if (at > figures.music_out) level -= 0.05 * static_cast<double>(at - figures.music_out);
      detail.levels.push_back(static_cast<std::uint8_t>(std::lround(2.0 * (level - kLowestLevel))));
      if (at % 3000 == 0 && at > 0) detail.phrase_ends.push_back(at);
    }
    return detail;
  };
}

TrackWish focus_wish(double seconds, std::uint64_t seed = 1) {
  TrackWish wish;
  wish.seed = seed;
  wish.session_seconds = seconds;
  return wish;
}

std::shared_ptr<const Programme> made(const std::shared_ptr<LibrarySnapshot>& snapshot,
                                      const TrackWish& wish, double seconds) {
  auto programme = Programme::make(snapshot, wish, seconds, level_details(snapshot));
  REQUIRE(programme.ok());
  return *programme;
}

}  // namespace

TEST_CASE("a programme has no gap, and no more than two tracks at a time") {
  const auto snapshot = figures_of_many(60);
  const auto programme = made(snapshot, focus_wish(7200.0), 7200.0);
  const auto& items = programme->items();
  REQUIRE(items.size() > 15);
  CHECK(items.front().start == 0);
  CHECK(programme->end() >= 720'000);
  for (std::size_t k = 1; k < items.size(); ++k) {
    CHECK(items[k].start + items[k].overlap_in == items[k - 1].end);
    CHECK(items[k].overlap_in > 100);
    CHECK(items[k].start >= items[k - 1].start + items[k - 1].overlap_in);
    CHECK(items[k].gain_db < 30.0);
  }
  CHECK(programme->item_at(items[3].start) == &items[3]);
  CHECK(programme->item_at(items[3].start - 1) == &items[2]);
  CHECK(programme->item_at(programme->end()) == nullptr);
}

TEST_CASE("a longer programme begins with the shorter one, and the seed makes another") {
  const auto snapshot = figures_of_many(40);
  const auto shorter = made(snapshot, focus_wish(3600.0), 1000.0);
  const auto longer = made(snapshot, focus_wish(3600.0), 5000.0);
  REQUIRE(longer->items().size() > shorter->items().size());
  for (std::size_t k = 0; k < shorter->items().size(); ++k) {
    CHECK(shorter->items()[k].track == longer->items()[k].track);
    CHECK(shorter->items()[k].start == longer->items()[k].start);
    CHECK(shorter->items()[k].offset_seconds == longer->items()[k].offset_seconds);
  }
  const auto other = made(snapshot, focus_wish(3600.0, 2), 5000.0);
  int same = 0;
  for (std::size_t k = 0; k < 10; ++k) {
    same += other->items()[k].track == longer->items()[k].track ? 1 : 0;
  }
  CHECK(same < 6);
}

TEST_CASE("nothing is repeated before all was played, and not at once after that") {
  const auto snapshot = figures_of_many(12);
  const auto programme = made(snapshot, focus_wish(20'000.0), 20'000.0);
  const auto& items = programme->items();
  std::map<std::size_t, std::size_t> last;
  for (std::size_t k = 0; k < items.size(); ++k) {
    if (last.count(items[k].track) > 0) CHECK(k - last[items[k].track] > 6);
    last[items[k].track] = k;
    if (k == 11) CHECK(last.size() == 12);
  }
}

TEST_CASE("neighbours are nearer in key and tempo than chance would have it") {
  const auto snapshot = figures_of_many(400);
  const auto programme = made(snapshot, focus_wish(14'400.0), 14'400.0);
  double key = 0.0, tempo = 0.0, chance_key = 0.0, chance_tempo = 0.0;
  const auto& items = programme->items();
  for (std::size_t k = 1; k < items.size(); ++k) {
    const TrackFigures& a = programme->track(items[k - 1]).figures;
    const TrackFigures& b = programme->track(items[k]).figures;
    const TrackFigures& c = snapshot->tracks[(k * 37) % 400].figures;
    key += key_distance(a.key, b.key);
    tempo += tempo_distance(a, b);
    chance_key += key_distance(a.key, c.key);
    chance_tempo += tempo_distance(a, c);
  }
  CHECK(key < 0.75 * chance_key);
  CHECK(tempo < 0.6 * chance_tempo);
}

TEST_CASE("goals differ in energy, and a session has a shape") {
  const auto snapshot = figures_of_many(600);
  const auto mean_energy = [&](const plan::Goal goal, double from, double to, double divergence) {
    plan::Brief brief;
    brief.character = goal;
    brief.session_seconds = 10'800.0;
    brief.divergence = divergence;
    const auto programme = made(snapshot, wish_of(brief), 10'800.0);
    double sum = 0.0;
    int count = 0;
    for (const ProgrammeItem& item : programme->items()) {
      const double u = static_cast<double>(item.start) / 1'080'000.0;
      if (u < from || u > to) continue;
      sum += programme->track(item).figures.energy;
      ++count;
    }
    return sum / count;
  };
  const double sleep = mean_energy(plan::Goal::sleep, 0.0, 1.0, 0.0);
  const double focus = mean_energy(plan::Goal::focus, 0.0, 1.0, 0.0);
  const double energize = mean_energy(plan::Goal::energize, 0.0, 1.0, 0.0);
  CHECK(sleep + 0.1 < focus);
  CHECK(focus + 0.2 < energize);
  CHECK(mean_energy(plan::Goal::sleep, 0.7, 1.0, 0.0) <
        mean_energy(plan::Goal::sleep, 0.0, 0.3, 0.0));
  // Divergence lets in what fits less.
  CHECK(mean_energy(plan::Goal::sleep, 0.0, 1.0, 1.0) > sleep);
}

TEST_CASE("a prompt names an artist, a genre, or what it does not want") {
  const auto snapshot = figures_of_many(100);
  const auto genres = [&](const std::string& prompt) {
    TrackWish wish = focus_wish(3600.0);
    wish.prompt = prompt;
    std::set<std::string> found;
    const auto programme = made(snapshot, wish, 3600.0);
    for (const ProgrammeItem& item : programme->items()) {
      found.insert(programme->track(item).tags.artist + "/" + programme->track(item).tags.genre);
    }
    return found;
  };
  for (const std::string& name : genres("only Bach, please"))
    CHECK(name.find("Bach/") != name.npos);
  for (const std::string& name : genres("some drum and bass")) {
    CHECK(name.find("/Drum and Bass") != name.npos);
  }
  for (const std::string& name : genres("anything, no ambient")) {
    CHECK(name.find("Ambient") == name.npos);
  }
  // What says how the music is to be names nobody.
  snapshot->tracks[1].tags.title = "Calm";
  snapshot->tracks[2].tags.artist = "The Calm Project";
  CHECK(genres("calm music to focus").size() > 1);
  TrackWish nothing = focus_wish(600.0);
  nothing.prompt = "no ambient, no drum and bass";
  const auto refused = Programme::make(snapshot, nothing, 600.0, level_details(snapshot));
  CHECK(has_fault(refused.status(), Fault::engine));
  plan::Brief brief;
  plan::Brief slow;
  slow.leaning.tempo = -0.6;
  CHECK(wish_of(slow).bpm < 0.9 * wish_of(brief).bpm);
}

TEST_CASE("a long track gives an excerpt between two phrase ends") {
  const auto snapshot = figures_of_many(3);
  for (Track& track : snapshot->tracks) {
    track.figures.frames = 44100LL * 3600;
    track.figures.sound_out = track.figures.music_out = 359'990;
  }
  const auto programme = made(snapshot, focus_wish(3600.0), 3600.0);
  for (const ProgrammeItem& item : programme->items()) {
    CHECK(item.end - item.start >= 18'000);
    CHECK(item.end - item.start <= 42'100);
    const auto from = static_cast<Hundredths>(std::llround(100.0 * item.offset_seconds));
    CHECK((from % 3000 == 0 || from == 10));
  }
}

TEST_CASE("a day of ten thousand tracks is planned in a moment") {
  const auto snapshot = figures_of_many(10'000);
  const auto begin = std::chrono::steady_clock::now();
  const auto programme = made(snapshot, focus_wish(86'400.0), 86'400.0);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  CHECK(programme->items().size() > 200);
  CHECK(took.count() < 20.0);
}

TEST_CASE("an empty library is an error of the engine") {
  const auto snapshot = figures_of_many(0);
  CHECK(
      has_fault(Programme::make(snapshot, focus_wish(60.0), 60.0, level_details(snapshot)).status(),
                Fault::engine));
}
