// SPDX-License-Identifier: MIT
#include "engines/library/library_engine.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <thread>

#include "base/error.h"
#include "engines/check/check.h"
#include "engines/library/library_fixture.h"

using namespace focus::core;
using namespace focus::core::engines;
using namespace focus::test;
namespace fs = std::filesystem;

namespace {

double largest_difference(const std::vector<float>& a, std::size_t a_from,
                          const std::vector<float>& b, std::size_t b_from, std::size_t count) {
  double largest = 0.0;
  for (std::size_t i = 0; i < count; ++i) {
    largest = std::max(largest, std::abs(static_cast<double>(a[a_from + i] - b[b_from + i])));
  }
  return largest;
}

plan::Brief window(const plan::Brief& like, double start, double seconds) {
  plan::Brief brief = like;
  brief.start_seconds = start;
  brief.frames = static_cast<std::int64_t>(seconds * like.sample_rate);
  return brief;
}

}  // namespace

TEST_CASE("windows of different lengths on a session are the same audio") {
  const MadeLibrary made;
  const plan::Plan plan = planned(library_request(), 5);
  for (const int rate : {44100, 48000}) {
    const plan::Brief brief = plan.brief(0, rate);
    const std::vector<float> whole = made.play(window(brief, 0.0, 150.0));
    for (const double length : {10.0, 23.5, 41.17}) {
      for (double start = 0.0; start + length <= 150.0; start += length * 0.83) {
        const double begin = std::floor(start * 100.0) / 100.0;
        const std::vector<float> part = made.play(window(brief, begin, length));
        INFO("from " << begin << " for " << length << " s at " << rate);
        CHECK(largest_difference(whole, static_cast<std::size_t>(std::llround(begin * rate)), part,
                                 0, part.size()) < 1e-5);
      }
    }
    // The same brief gives the same samples, to the bit.
    CHECK(made.play(window(brief, 33.0, 20.0)) == made.play(window(brief, 33.0, 20.0)));
  }
}

TEST_CASE("neighbouring segments of a plan are the same audio where they overlap") {
  const MadeLibrary made;
  const plan::Plan plan = planned(library_request(), 9);
  std::vector<float> before;
  for (int k = 0; k < plan.segment_count(); ++k) {
    const plan::Brief brief = plan.brief(k, 44100);
    std::vector<float> now = made.play(brief);
    if (k > 0) {
      const auto overlap = static_cast<std::size_t>(brief.overlap_in);
      CHECK(largest_difference(before, before.size() - overlap, now, 0, overlap) < 1e-5);
    }
    before = std::move(now);
  }
}

TEST_CASE("a track plays as it is, at the loudness of all") {
  const MadeLibrary made(1, 60.0);
  const plan::Brief brief = planned(library_request(1), 3).brief(0, 44100);
  HeardSink sink;
  REQUIRE(made.engine->generate(window(brief, 0.0, 30.0), sink).ok());
  audio::AudioBuffer heard(2, static_cast<std::int64_t>(sink.samples[0].size()), 44100);
  for (int c = 0; c < 2; ++c) {
    std::copy(sink.samples[c].begin(), sink.samples[c].end(), heard.samples(c).begin());
  }
  const auto loudness = mastering::measure_loudness(std::as_const(heard).view(), 44100);
  CHECK(loudness->integrated_lufs == Approx(kProgrammeLufs).margin(1.0));
}

TEST_CASE("a file that vanishes or changes is replaced by the next that fits") {
  MadeLibrary made;
  const plan::Brief brief = planned(library_request(), 5).brief(0, 44100);
  const std::vector<float> before = made.play(window(brief, 0.0, 120.0));
  plan::Brief session = brief;
  session.session_id = "ses_1";
  CHECK(made.play(window(session, 0.0, 120.0)) == before);
  const auto first = made.library->heard("ses_1", 1.0);
  REQUIRE(first.ok());
  CHECK(first->track.told().find(" by ") != std::string::npos);
  CHECK(first->why.find("energy") != std::string::npos);
  CHECK(has_fault(made.library->heard("ses_2", 1.0).status(), Fault::not_found));
  fs::remove(first->track.path);
  const std::vector<float> after = made.play(window(session, 0.0, 120.0));
  CHECK(after != before);
  double power = 0.0;
  for (std::size_t i = 0; i < 44100 * 5; ++i) power += static_cast<double>(after[i] * after[i]);
  CHECK(power > 1.0);
  bool is_told = false;
  const auto listing = made.library->list();
  for (const SkippedFile& file : listing->skipped) is_told |= file.path == first->track.path;
  CHECK(is_told);
}

TEST_CASE("a session that has begun goes on as it was planned when the folder changes") {
  MadeLibrary made;
  plan::Brief brief = planned(library_request(), 5).brief(0, 44100);
  brief.session_id = "ses_1";
  const std::vector<float> before = made.play(window(brief, 60.0, 20.0));
  write_music(made.folder / "aa.flac", made_music({.seconds = 50.0, .bpm = 96.0}));
  made.scan();
  CHECK(made.play(window(brief, 60.0, 20.0)) == before);
  made.engine.reset();
  made.open();
  CHECK(made.library->progress().tracks == 9);
  CHECK(made.play(window(brief, 60.0, 20.0)) == before);
}

TEST_CASE("a folder without music is an error of the engine, at once") {
  const TempFolder folder, cache;
  auto library = FolderLibrary::open({folder.path().string(), cache / "library.sqlite", 1});
  REQUIRE(library.ok());
  const auto engine = *(*library)->make_engine("library");
  HeardSink sink;
  const absl::Status status = engine->generate(planned(library_request(), 1).brief(0, 44100), sink);
  CHECK(has_fault(status, Fault::engine));
  CHECK(std::string(message_of(status)).find("no track") != std::string::npos);
  CHECK(field_of(FolderLibrary::open({folder / "none", cache / "x.sqlite", 1}).status()) ==
        "folder");
  CHECK(
      field_of(FolderLibrary::open({folder.path().string(), cache.path().string(), 1}).status()) ==
      "catalogue");
}

TEST_CASE("an engine that was removed plays no more") {
  const MadeLibrary made(2);
  CHECK(made.engine->is_of_host());
  CHECK(made.engine->info().licence_class == LicenceClass::unclear);
  CHECK(made.engine->retire(std::chrono::seconds(5)).ok());
  HeardSink sink;
  CHECK_FALSE(made.engine->generate(planned(library_request(), 1).brief(0, 44100), sink).ok());
}

TEST_CASE("a library passes the check of engines") {
  const MadeLibrary made(6, 60.0);
  CheckSettings settings;
  settings.quick = true;
  const auto results = check_engine(*made.engine, settings);
  REQUIRE(results.ok());
  for (const CheckResult& result : *results) {
    INFO(result.name << ": " << result.detail);
    CHECK(result.verdict != Verdict::fails);
  }
}
