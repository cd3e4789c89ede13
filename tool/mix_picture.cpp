// SPDX-License-Identifier: MIT
#include "mix_picture.h"

#include <algorithm>
#include <cmath>

#include "svg.h"
#include "text.h"

namespace cli {
namespace {

constexpr double kWidth = 1000.0;
constexpr double kHeight = 520.0;
constexpr double kLeft = 70.0;
constexpr double kRight = 970.0;
constexpr double kCurveTop = 84.0;
constexpr double kCurveBottom = 300.0;
constexpr double kGainTop = 376.0;  // of a gain of 1; what is over it goes on up to
constexpr double kGainHighest = 326.0;
constexpr double kGainBottom = 440.0;
constexpr double kLegendLine = 496.0;
constexpr double kAroundSeconds = 12.0;
constexpr double kStepSeconds = 0.1;
constexpr double kWindowSeconds = 0.4;

constexpr const char* kStyle =
    R"(text { font-family: system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: #23272e }
.page { fill: #fbfaf7 }
.title { font-size: 20px; font-weight: 600 }
.soft { font-size: 13px; fill: #5b636e }
.label { font-size: 12px; fill: #5b636e }
.grid { stroke: #e4e1da }
.veil { fill: #8a7f66; fill-opacity: 0.1 }
.old { fill: none; stroke: #1f6f8b; stroke-width: 1.6 }
.new { fill: none; stroke: #3f8f5f; stroke-width: 1.6 }
.mix { fill: none; stroke: #23272e; stroke-width: 2 }
.target { stroke: #b4532a; stroke-width: 1.4; stroke-dasharray: 7 5 }
.cue { stroke: #7a4fa3; stroke-width: 1.2; stroke-dasharray: 3 3 }
@media (prefers-color-scheme: dark) {
text { fill: #e8e6e1 }
.page { fill: #16191d }
.soft, .label { fill: #a4abb5 }
.grid { stroke: #2a2f36 }
.veil { fill: #d8cfb8; fill-opacity: 0.08 }
.old { stroke: #6cc3de }
.new { stroke: #7fcf9f }
.mix { stroke: #e8e6e1 }
.target { stroke: #f0945f }
.cue { stroke: #b592db }
}
)";

class Drawing {
 public:
  explicit Drawing(const MixPicture& picture)
      : picture_(picture),
        from_(picture.transition.start_seconds - kAroundSeconds),
        to_(picture.transition.end_seconds + kAroundSeconds),
        highest_(3.0 * std::ceil(picture.target_lufs / 3.0) + 6.0),
        lowest_(highest_ - 30.0) {}

  std::string draw() {
    const focus::MixTransitionInfo& transition = picture_.transition;
    svg_.rectangle({0, 0}, kWidth, kHeight, "page");
    svg_.words({kLeft, 36}, picture_.title, "title");
    svg_.words({kLeft, 60}, facts(), "soft");
    svg_.rectangle({x_at(transition.start_seconds), kCurveTop},
                   x_at(transition.end_seconds) - x_at(transition.start_seconds),
                   kGainBottom - kCurveTop, "veil");
    draw_axes();
    svg_.line({kLeft, y_at(picture_.target_lufs)}, {kRight, y_at(picture_.target_lufs)}, "target");
    draw_curve(picture_.old_curve, picture_.old_file.start_seconds, "old");
    draw_curve(picture_.new_curve, picture_.new_file.start_seconds, "new");
    draw_curve(picture_.mix_curve, 0.0, "mix");
    draw_cue(picture_.old_file.start_seconds + picture_.old_file.cue_out_seconds, "cue out");
    draw_cue(picture_.new_file.start_seconds + picture_.new_file.cue_in_seconds, "cue in");
    draw_gains(picture_.gains.old_gains, "old");
    draw_gains(picture_.gains.new_gains, "new");
    draw_legend();
    return svg_.document(kWidth, kHeight, picture_.title, kStyle);
  }

 private:
  double x_at(double seconds) const {
    return kLeft + (kRight - kLeft) * std::clamp((seconds - from_) / (to_ - from_), 0.0, 1.0);
  }
  double y_at(double lufs) const {
    const double part = (highest_ - lufs) / (highest_ - lowest_);
    return kCurveTop + (kCurveBottom - kCurveTop) * std::clamp(part, 0.0, 1.0);
  }

  std::string facts() const {
    const focus::MixTransitionInfo& transition = picture_.transition;
    std::string text = decimal(transition.end_seconds - transition.start_seconds, 2) +
                       " s overlap, correlation " + decimal(transition.correlation, 2);
    if (transition.polarity_inverted) text += ", polarity inverted";
    if (transition.offset_seconds != 0.0) {
      text += ", moved by " + decimal(1000.0 * transition.offset_seconds, 1) + " ms";
    }
    if (transition.tempo_match != focus::TempoMatch::none) {
      text += ", beats meet at " + decimal(transition.new_bpm, 1) + " bpm";
    }
    if (transition.deepest_trim_db > 0.0) {
      text += ", sum lowered by up to " + decimal(transition.deepest_trim_db, 1) + " dB";
    }
    return text;
  }

  void draw_axes() {
    for (double lufs = lowest_; lufs <= highest_; lufs += 6.0) {
      svg_.line({kLeft, y_at(lufs)}, {kRight, y_at(lufs)}, "grid");
      svg_.words({kLeft - 10, y_at(lufs) + 4}, decimal(lufs, 0), "label", Anchor::end);
    }
    svg_.words({kLeft - 10, kCurveTop - 12}, "LUFS", "label", Anchor::end);
    svg_.words({kLeft - 10, kGainTop + 4}, "gain 1", "label", Anchor::end);
    svg_.words({kLeft - 10, kGainBottom + 4}, "0", "label", Anchor::end);
    svg_.line({kLeft, kGainTop}, {kRight, kGainTop}, "grid");
    svg_.line({kLeft, kGainBottom}, {kRight, kGainBottom}, "grid");
    for (double at = std::ceil(std::max(from_, 0.0) / 4.0) * 4.0; at <= to_; at += 4.0) {
      svg_.words({x_at(at), kGainBottom + 20}, clock(at), "label", Anchor::middle);
    }
  }

  void draw_curve(const std::vector<float>& curve, double start, const char* css) {
    std::vector<Point> points;
    for (std::size_t i = 3; i < curve.size(); ++i) {
      // A point tells of the window before it, and is drawn at that window's middle.
      const double at = start + static_cast<double>(i + 1) * kStepSeconds - 0.5 * kWindowSeconds;
      if (at >= from_ && at <= to_) {
        points.push_back({x_at(at), y_at(std::max(double{curve[i]}, -100.0))});
      }
    }
    if (points.size() > 1) svg_.polyline(points, css);
  }

  void draw_cue(double at, const char* name) {
    if (at < from_ || at > to_) return;
    svg_.line({x_at(at), kCurveTop}, {x_at(at), kCurveBottom}, "cue");
    svg_.words({x_at(at), kCurveBottom + 14}, name, "label", Anchor::middle);
  }

  void draw_gains(const std::vector<float>& gains, const char* css) {
    const focus::MixTransitionInfo& transition = picture_.transition;
    std::vector<Point> points;
    for (std::size_t i = 0; i < gains.size(); ++i) {
      const double u = static_cast<double>(i) / static_cast<double>(gains.size() - 1);
      const double at =
          transition.start_seconds + u * (transition.end_seconds - transition.start_seconds);
      const double gain = std::abs(double{gains[i]});
      points.push_back(
          {x_at(at), std::max(kGainBottom - (kGainBottom - kGainTop) * gain, kGainHighest)});
    }
    if (points.size() > 1) svg_.polyline(points, css);
  }

  void draw_legend() {
    double x = kLeft;
    for (const auto& [css, words] :
         {std::pair{"old", "old one alone"}, std::pair{"new", "new one alone"},
          std::pair{"mix", "mix (400 ms)"}, std::pair{"target", "target"},
          std::pair{"cue", "end and beginning of the bodies"}}) {
      svg_.line({x, kLegendLine}, {x + 28, kLegendLine}, css);
      svg_.words({x + 36, kLegendLine + 4}, words, "label");
      x += 66.0 + 6.4 * static_cast<double>(std::string(words).size());
    }
  }

  const MixPicture& picture_;
  const double from_;
  const double to_;
  const double highest_;
  const double lowest_;
  Svg svg_;
};

}  // namespace

std::string draw_mix(const MixPicture& picture) { return Drawing(picture).draw(); }

}  // namespace cli
