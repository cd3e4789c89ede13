// SPDX-License-Identifier: MIT
#include "tool/timeline.h"

#include <catch2/catch.hpp>

#include "tool/timeline_style.h"

namespace {

cli::Timeline timeline_of(int minutes) {
  cli::Timeline timeline;
  timeline.session.goal = focus::Goal::focus;
  timeline.session.target_minutes = minutes;
  timeline.session.total_segments = (minutes + 1) / 2;
  timeline.session.seed = 42;
  timeline.session.engine = "studio";
  timeline.session.target_lufs = -18.0;
  timeline.mix.curve_step_seconds = 0.1;
  timeline.short_term.assign(static_cast<std::size_t>(minutes) * 600, -18.0F);
  const int count = timeline.session.total_segments;
  const double pitch = minutes * 60.0 / count;
  for (int k = 0; k < count; ++k) {
    focus::SegmentInfo segment;
    segment.index = k;
    segment.key = k % 2 == 0 ? "D dorian" : "F# minor & <more>";
    segment.tempo_bpm = 70.0;
    segment.start_seconds = k * pitch;
    segment.fade_in_ms = k > 0 ? 8000 : 0;
    segment.fade_out_ms = k + 1 < count ? 8000 : 0;
    segment.duration_seconds = pitch + 1e-3 * segment.fade_out_ms;
    timeline.segments.push_back(segment);
  }
  return timeline;
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("a drawing has a block for each segment and labels that thin out") {
  for (const int minutes : {1, 10, 60, 240, 1440}) {
    const cli::Timeline timeline = timeline_of(minutes);
    const std::string svg = cli::draw_timeline(timeline);
    CHECK(count_of(svg, "<title>Segment ") == timeline.segments.size());
    CHECK(count_of(svg, "<text") < 140);
    CHECK(svg.find("seed 42") != std::string::npos);
    CHECK(svg.find("prefers-color-scheme: dark") != std::string::npos);
    CHECK(svg.find("nan") == std::string::npos);
    CHECK(svg.find("inf") == std::string::npos);
  }
}

TEST_CASE("breaks are shown where there are any, each as one") {
  CHECK(cli::draw_timeline(timeline_of(60)).find("class=\"break\"") == std::string::npos);
  cli::Timeline timeline = timeline_of(60);
  for (focus::SegmentInfo& segment : timeline.segments) {
    const bool rest = segment.index == 13 || segment.index == 14 || segment.index >= 28;
    segment.phase = rest ? focus::Phase::break_ : focus::Phase::work;
  }
  const std::string svg = cli::draw_timeline(timeline);
  CHECK(count_of(svg, "class=\"break\"") == 3);  // two breaks and the legend
  CHECK(count_of(svg, ", break") == 4);
  CHECK(count_of(svg, ", work") == 26);
}

TEST_CASE("movements are bands with their names under a curve of tension") {
  CHECK(cli::draw_timeline(timeline_of(10)).find("tension\"") == std::string::npos);
  cli::Timeline timeline = timeline_of(10);
  timeline.form = cli::form_of(
      R"({"segments": [
        {"analysis": {"start_seconds": 0, "movement": "A", "tension": 0.3}},
        {"analysis": {"start_seconds": 120, "movement": "B", "tension": 0.5}},
        {"analysis": {"start_seconds": 240, "movement": "B", "tension": 0.9}},
        {"analysis": {"start_seconds": 360, "movement": "B", "tension": 0.6}},
        {"analysis": {"start_seconds": 480, "movement": "A'", "tension": 0.2}}]})");
  REQUIRE(timeline.form.size() == 5);
  const std::string svg = cli::draw_timeline(timeline);
  CHECK(count_of(svg, "<title>Movement ") == 3);
  CHECK(svg.find("Movement B: 2:00 to 8:00") != std::string::npos);
  CHECK(svg.find(">A'</text>") != std::string::npos);
  CHECK(count_of(svg, "class=\"tension\"") == 1);
}

TEST_CASE("a document without movements has no form") {
  CHECK(cli::form_of("").empty());
  CHECK(cli::form_of(R"({"segments": [{"analysis": {"start_seconds": 0}}]})").empty());
}

TEST_CASE("what a key is called can not break the drawing") {
  const std::string svg = cli::draw_timeline(timeline_of(10));
  CHECK(svg.find("F# minor &amp; &lt;more&gt;") != std::string::npos);
  CHECK(svg.find("<more>") == std::string::npos);
}

TEST_CASE("tonics are placed on the circle of fifths") {
  CHECK(cli::tonic_of("C major") == 0);
  CHECK(cli::tonic_of("D dorian") == 2);
  CHECK(cli::tonic_of("F lydian") == 11);
  CHECK(cli::tonic_of("F# minor") == 6);
  CHECK(cli::tonic_of("Gb major") == 6);
  CHECK(cli::tonic_of("Bb major") == 10);
  CHECK(cli::tonic_of("Db major") == cli::tonic_of("C# minor"));
}
