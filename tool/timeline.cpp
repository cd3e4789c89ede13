// SPDX-License-Identifier: MIT
#include "timeline.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <set>

#include "request_options.h"
#include "svg.h"
#include "text.h"
#include "timeline_style.h"

namespace cli {
namespace {

constexpr double kWidth = 1200.0;
constexpr double kHeight = 648.0;
constexpr double kLeft = 64.0;
constexpr double kRight = 1168.0;
constexpr double kFormTop = 92.0;
constexpr double kFormBottom = 172.0;
constexpr double kLanesTop = 200.0;
constexpr double kLaneHeight = 60.0;
constexpr double kLaneStep = 68.0;  // from the top of one lane to that of the other
constexpr double kCurveTop = 362.0;
constexpr double kCurveBottom = 548.0;
constexpr double kLegendLine = 612.0;
constexpr double kSmallLetter = 6.4;  // about how wide a letter of a label is
constexpr const char* kMinus = "\xe2\x88\x92";

/// A number of a label, with a real minus sign.
std::string figure(double value, int decimals) {
  const std::string text = decimal(value, decimals);
  return text[0] == '-' ? kMinus + text.substr(1) : text;
}

/// The smallest step of a list that leaves at least `room` pixels between labels.
template <std::size_t count>
int step_for(const int (&steps)[count], double pixels_a_unit, double room) {
  for (const int step : steps) {
    if (step * pixels_a_unit >= room) return step;
  }
  return steps[count - 1];
}

class Drawing {
 public:
  explicit Drawing(const Timeline& timeline)
      : timeline_(timeline), seconds_(std::max(60.0 * timeline.session.target_minutes, 1.0)) {}

  std::string draw() {
    svg_.rectangle({0, 0}, kWidth, kHeight, "page");
    draw_title();
    draw_breaks();
    draw_overlaps();
    draw_time_axis();
    draw_movements();
    draw_segments();
    draw_loudness();
    draw_legend();
    return svg_.document(kWidth, kHeight, title_, timeline_style());
  }

 private:
  double x_at(double seconds) const {
    return kLeft + (kRight - kLeft) * std::clamp(seconds / seconds_, 0.0, 1.0);
  }
  double pixels(double seconds) const { return (kRight - kLeft) * seconds / seconds_; }
  double y_at(double lufs) const {
    const double part = (highest_ - lufs) / (highest_ - lowest_);
    return kCurveTop + (kCurveBottom - kCurveTop) * std::clamp(part, 0.0, 1.0);
  }

  void draw_title() {
    const focus::SessionInfo& session = timeline_.session;
    std::string goal = name_of(session.goal);
    std::replace(goal.begin(), goal.end(), '_', ' ');
    goal[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(goal[0])));
    title_ = goal + ", " + plural(session.target_minutes, "minute");
    svg_.words({kLeft, 46}, title_, "title");
    svg_.words({kLeft, 72},
               "seed " + std::to_string(session.seed) + "  \xc2\xb7  engine " + session.engine +
                   "  \xc2\xb7  " + plural(session.total_segments, "segment") + "  \xc2\xb7  " +
                   figure(timeline_.mix.integrated_lufs, 1) + " LUFS  \xc2\xb7  range " +
                   figure(timeline_.mix.range_lu, 1) + " LU  \xc2\xb7  true peak " +
                   figure(timeline_.mix.true_peak_dbtp, 1) + " dBTP",
               "soft");
  }

  /// The breaks of a session with phases, behind all else.
  void draw_breaks() {
    const std::vector<focus::SegmentInfo>& segments = timeline_.segments;
    for (std::size_t k = 0; k < segments.size();) {
      std::size_t next = k + 1;
      while (next < segments.size() && segments[next].phase == segments[k].phase) ++next;
      if (segments[k].phase == focus::Phase::break_) {
        const double end = next < segments.size() ? segments[next].start_seconds : seconds_;
        const double left = x_at(segments[k].start_seconds);
        svg_.rectangle({left, kLanesTop - 4}, x_at(end) - left, kCurveBottom - kLanesTop + 4,
                       "break");
      }
      k = next;
    }
  }

  /// Where two segments sound at once, a veil over both panels.
  void draw_overlaps() {
    for (const focus::SegmentInfo& segment : timeline_.segments) {
      const double width = pixels(segment.fade_in_ms * 1e-3);
      if (width < 1.0) continue;  // too fine to be more than a grey page
      svg_.rectangle({x_at(segment.start_seconds), kLanesTop - 4}, width,
                     kCurveBottom - kLanesTop + 4, "veil");
    }
  }

  void draw_time_axis() {
    constexpr int kSteps[] = {5,   10,   15,   30,   60,    120,   300,  600,
                              900, 1800, 3600, 7200, 10800, 14400, 21600};
    const int step = step_for(kSteps, pixels(1.0), 64.0);
    for (int at = 0; at <= seconds_; at += step) {
      svg_.line({x_at(at), kCurveTop}, {x_at(at), kCurveBottom + 5}, "grid");
      svg_.words({x_at(at), kCurveBottom + 21}, clock(at), "label", Anchor::middle);
    }
    svg_.line({kLeft, kCurveBottom}, {kRight, kCurveBottom}, "axis");
  }

  void draw_movements() {
    if (timeline_.form.empty()) return;
    draw_form(svg_, timeline_.form, seconds_, kFormTop, kFormBottom,
              [this](double seconds) { return x_at(seconds); });
    svg_.words({kLeft - 12, kFormTop + 34}, "tension", "label", Anchor::end);
    svg_.words({kLeft - 12, kFormBottom - 6}, "form", "label", Anchor::end);
  }

  void draw_segments() {
    double narrowest = kWidth;
    for (const focus::SegmentInfo& segment : timeline_.segments) {
      draw_segment(segment);
      narrowest = std::min(narrowest, plateau(segment));
    }
    svg_.words({kLeft - 12, kLanesTop + 35}, "even", "label", Anchor::end);
    svg_.words({kLeft - 12, kLanesTop + kLaneStep + 35}, "odd", "label", Anchor::end);
    // Where the blocks are too narrow for a word, some are numbered above them.
    if (narrowest >= kNarrowest) return;
    constexpr int kSteps[] = {2, 4, 10, 20, 50, 100, 200, 500};
    const double pitch =
        (kRight - kLeft) / static_cast<double>(std::max<std::size_t>(timeline_.segments.size(), 1));
    const auto step = static_cast<std::size_t>(step_for(kSteps, pitch, 40.0));
    for (std::size_t k = 0; k < timeline_.segments.size(); k += step) {
      const focus::SegmentInfo& segment = timeline_.segments[k];
      svg_.words({x_at(segment.start_seconds + 0.5 * segment.duration_seconds), kLanesTop - 8},
                 std::to_string(segment.index), "label", Anchor::middle);
    }
  }

  /// How much of a segment, in pixels, it plays alone.
  double plateau(const focus::SegmentInfo& segment) const {
    return pixels(segment.duration_seconds - 1e-3 * (segment.fade_in_ms + segment.fade_out_ms));
  }

  void draw_segment(const focus::SegmentInfo& segment) {
    const double top = kLanesTop + (segment.index % 2) * kLaneStep;
    const double bottom = top + kLaneHeight;
    const double end = segment.start_seconds + segment.duration_seconds;
    const double full_from = segment.start_seconds + segment.fade_in_ms * 1e-3;
    const double full_to = end - segment.fade_out_ms * 1e-3;
    std::string css = "block tonic" + std::to_string(tonic_of(segment.key));
    if (segment.fallback) css += " fallback";
    if (x_at(end) - x_at(segment.start_seconds) < kThin) css += " thin";
    svg_.polygon({{x_at(segment.start_seconds), bottom},
                  {x_at(full_from), top},
                  {x_at(full_to), top},
                  {x_at(end), bottom}},
                 css, tip_of(segment));
    label(segment, 0.5 * (x_at(full_from) + x_at(full_to)), top);
  }

  std::string tip_of(const focus::SegmentInfo& segment) const {
    std::string tip = "Segment " + std::to_string(segment.index) + ": " + segment.key + ", " +
                      figure(segment.tempo_bpm, 1) + " bpm, " + clock(segment.start_seconds) +
                      " to " + clock(segment.start_seconds + segment.duration_seconds);
    if (segment.phase != focus::Phase::none) {
      tip += segment.phase == focus::Phase::break_ ? ", break" : ", work";
    }
    if (segment.ready) {
      tip += ", " + figure(segment.integrated_lufs, 1) + " LUFS, " +
             figure(segment.true_peak_dbtp, 1) + " dBTP, played by " + segment.engine;
    }
    return tip;
  }

  /// As much as fits: number, key and tempo; number and tonic; nothing.
  void label(const focus::SegmentInfo& segment, double middle, double top) {
    const double room = plateau(segment);
    if (room < kNarrowest) return;
    const std::string tempo = figure(segment.tempo_bpm, 0) + " bpm";
    const std::size_t longest = std::max(segment.key.size(), tempo.size());
    const bool all = static_cast<double>(longest) * kSmallLetter + 6.0 <= room;
    svg_.words({middle, top + (all ? 20 : 27)}, std::to_string(segment.index), "name",
               Anchor::middle);
    if (!all) {
      svg_.words({middle, top + 44}, segment.key.substr(0, segment.key.find(' ')), "small",
                 Anchor::middle);
      return;
    }
    svg_.words({middle, top + 36}, segment.key, "small", Anchor::middle);
    svg_.words({middle, top + 51}, tempo, "small", Anchor::middle);
  }

  void draw_loudness() {
    const double target = timeline_.session.target_lufs;
    double loudest = target + 3.0;
    for (const float point : timeline_.short_term) loudest = std::max(loudest, double{point});
    highest_ = 3.0 * std::ceil(loudest / 3.0);
    lowest_ = 3.0 * std::floor((target - 12.0) / 3.0);
    for (double lufs = lowest_; lufs <= highest_; lufs += 3.0) {
      svg_.line({kLeft, y_at(lufs)}, {kRight, y_at(lufs)}, "grid");
      svg_.words({kLeft - 12, y_at(lufs) + 4}, figure(lufs, 0), "label", Anchor::end);
    }
    svg_.words({kLeft - 12, kCurveTop - 12}, "LUFS", "label", Anchor::end);
    draw_curve();
    svg_.line({kLeft, y_at(target)}, {kRight, y_at(target)}, "target");
  }

  /// A point a pixel at most: the mean power of what falls on it, between its softest and loudest.
  void draw_curve() {
    std::vector<Point> mean;
    std::vector<Point> band;
    std::vector<Point> lower;
    const double step = timeline_.mix.curve_step_seconds;
    const std::vector<float>& curve = timeline_.short_term;
    // The meter's window of three seconds has to be full before it tells anything.
    auto next = static_cast<std::size_t>(step > 0.0 ? std::lround(3.0 / step) - 1 : 0);
    while (step > 0.0 && next < curve.size()) {
      const double x = x_at(static_cast<double>(next + 1) * step);
      double power = 0.0;
      double softest = 100.0;
      double loudest = -100.0;
      int count = 0;
      for (; next < curve.size() && x_at(static_cast<double>(next + 1) * step) < x + 1.0; ++next) {
        const double lufs = std::max(double{curve[next]}, -100.0);
        power += std::pow(10.0, 0.1 * lufs);
        softest = std::min(softest, lufs);
        loudest = std::max(loudest, lufs);
        ++count;
      }
      mean.push_back({x, y_at(10.0 * std::log10(power / count))});
      band.push_back({x, y_at(loudest)});
      lower.push_back({x, y_at(softest)});
    }
    band.insert(band.end(), lower.rbegin(), lower.rend());
    svg_.polygon(band, "band");
    svg_.polyline(mean, "curve");
  }

  void draw_legend() {
    double x = kLeft;
    const double y = kLegendLine;
    const auto entry = [&](const std::string& text) {
      svg_.words({x, y + 4}, text, "label");
      x += static_cast<double>(text.size()) * kSmallLetter + 26.0;
    };
    svg_.polygon({{x, y + 6}, {x + 7, y - 6}, {x + 23, y - 6}, {x + 30, y + 6}}, "block tonic0");
    x += 38;
    entry("segment; its slopes are the crossfades");
    svg_.line({x, y}, {x + 30, y}, "curve");
    x += 38;
    entry("loudness over 3 s");
    svg_.line({x, y}, {x + 30, y}, "target");
    x += 38;
    entry("target " + figure(timeline_.session.target_lufs, 1) + " LUFS");
    if (std::any_of(timeline_.segments.begin(), timeline_.segments.end(),
                    [](const focus::SegmentInfo& segment) { return segment.fallback; })) {
      svg_.rectangle({x, y - 6}, 26, 12, "block tonic0 fallback");
      x += 34;
      entry("another engine stood in");
    }
    if (std::any_of(timeline_.segments.begin(), timeline_.segments.end(),
                    [](const focus::SegmentInfo& segment) {
                      return segment.phase == focus::Phase::break_;
                    })) {
      svg_.rectangle({x, y - 10}, 26, 20, "break");
      x += 34;
      entry("break");
    }
    svg_.words({x, y + 4}, "tonic", "label");
    x += 40;
    std::set<std::pair<int, std::string>> tonics;
    for (const focus::SegmentInfo& segment : timeline_.segments) {
      tonics.emplace(tonic_of(segment.key), segment.key.substr(0, segment.key.find(' ')));
    }
    for (const auto& [tonic, name] : tonics) {
      svg_.rectangle({x, y - 10}, 26, 20, "block tonic" + std::to_string(tonic), 3);
      svg_.words({x + 13, y + 4}, name, "small", Anchor::middle);
      x += 32;
    }
  }

  static constexpr double kNarrowest = 20.0;  // what a block's number needs
  static constexpr double kThin = 6.0;        // where outlines would hide the colours

  const Timeline& timeline_;
  const double seconds_;
  double highest_ = 0.0;
  double lowest_ = -60.0;
  std::string title_;
  Svg svg_;
};

}  // namespace

std::string draw_timeline(const Timeline& timeline) { return Drawing(timeline).draw(); }

}  // namespace cli
