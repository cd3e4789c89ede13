// SPDX-License-Identifier: MIT
#include "timeline_form.h"

#include <algorithm>
#include <cstddef>

#include <rapidjson/document.h>
#include <rapidjson/pointer.h>

#include "text.h"

namespace cli {
namespace {

constexpr double kBandHeight = 20.0;
constexpr double kLetter = 8.0;  // about how wide a letter of a name is

/// A band for all segments of a movement that follow each other.
void draw_bands(Svg& svg, const std::vector<Passage>& form, double seconds, double bottom,
                const std::function<double(double)>& x_at) {
  bool odd = false;
  for (std::size_t k = 0; k < form.size(); odd = !odd) {
    std::size_t next = k + 1;
    while (next < form.size() && form[next].movement == form[k].movement) ++next;
    const double end = next < form.size() ? form[next].start_seconds : seconds;
    const double left = x_at(form[k].start_seconds);
    const double right = x_at(end);
    const double top = bottom - kBandHeight;
    svg.polygon(
        {{left, top}, {right, top}, {right, bottom}, {left, bottom}},
        odd ? "movement odd" : "movement",
        "Movement " + form[k].movement + ": " + clock(form[k].start_seconds) + " to " + clock(end));
    if (static_cast<double>(form[k].movement.size()) * kLetter + 4.0 <= right - left) {
      svg.words({0.5 * (left + right), bottom - 5.0}, form[k].movement, "name", Anchor::middle);
    }
    k = next;
  }
}

}  // namespace

std::vector<Passage> form_of(const std::string& session_json) {
  rapidjson::Document session;
  session.Parse(session_json.c_str());
  if (session.HasParseError()) return {};
  const rapidjson::Value* segments = rapidjson::Pointer("/segments").Get(session);
  if (segments == nullptr || !segments->IsArray()) return {};
  std::vector<Passage> form;
  for (const rapidjson::Value& segment : segments->GetArray()) {
    const rapidjson::Value* start = rapidjson::Pointer("/analysis/start_seconds").Get(segment);
    const rapidjson::Value* movement = rapidjson::Pointer("/analysis/movement").Get(segment);
    const rapidjson::Value* tension = rapidjson::Pointer("/analysis/tension").Get(segment);
    if (start == nullptr || !start->IsNumber() || movement == nullptr || !movement->IsString() ||
        tension == nullptr || !tension->IsNumber()) {
      return {};
    }
    form.push_back({start->GetDouble(), movement->GetString(), tension->GetDouble()});
  }
  return form;
}

void draw_form(Svg& svg, const std::vector<Passage>& form, double seconds, double top,
               double bottom, const std::function<double(double)>& x_at) {
  if (form.empty()) return;
  draw_bands(svg, form, seconds, bottom, x_at);
  const double floor = bottom - kBandHeight;
  const auto y_at = [&](double tension) {
    return floor - (floor - top) * std::clamp(tension, 0.0, 1.0);
  };
  // Of each segment the middle is known; before the first and after the last it is level.
  std::vector<Point> curve = {{x_at(0.0), y_at(form.front().tension)}};
  for (std::size_t k = 0; k < form.size(); ++k) {
    const double end = k + 1 < form.size() ? form[k + 1].start_seconds : seconds;
    curve.push_back({x_at(0.5 * (form[k].start_seconds + end)), y_at(form[k].tension)});
  }
  curve.push_back({x_at(seconds), y_at(form.back().tension)});
  std::vector<Point> area = curve;
  area.push_back({x_at(seconds), floor});
  area.push_back({x_at(0.0), floor});
  svg.polygon(area, "rise");
  svg.polyline(curve, "tension");
}

}  // namespace cli
