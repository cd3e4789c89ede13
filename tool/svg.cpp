// SPDX-License-Identifier: MIT
#include "svg.h"

#include <cmath>

#include "text.h"

namespace cli {
namespace {

/// A coordinate to the hundredth of a pixel, as short as it can be written.
std::string number(double value) {
  std::string text = decimal(value, 2);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string attribute(const char* name, double value) {
  return std::string(" ") + name + "=\"" + number(value) + "\"";
}

std::string attribute(const char* name, std::string_view value) {
  return std::string(" ") + name + "=\"" + std::string(value) + "\"";
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : plain(text)) {  // XML may hold no control characters
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

void Svg::rectangle(Point corner, double width, double height, std::string_view css,
                    double radius) {
  body_ += "<rect" + attribute("x", corner.x) + attribute("y", corner.y) +
           attribute("width", width) + attribute("height", height) + attribute("class", css);
  if (radius > 0.0) body_ += attribute("rx", radius);
  body_ += "/>\n";
}

void Svg::line(Point from, Point to, std::string_view css) {
  body_ += "<line" + attribute("x1", from.x) + attribute("y1", from.y) + attribute("x2", to.x) +
           attribute("y2", to.y) + attribute("class", css) + "/>\n";
}

void Svg::polyline(const std::vector<Point>& points, std::string_view css) {
  shape("polyline", points, css, {});
}

void Svg::polygon(const std::vector<Point>& points, std::string_view css, std::string_view tip) {
  shape("polygon", points, css, tip);
}

void Svg::shape(const char* element, const std::vector<Point>& points, std::string_view css,
                std::string_view tip) {
  body_ += std::string("<") + element + attribute("class", css) + " points=\"";
  for (const Point& point : points) {
    if (&point != points.data()) body_ += ' ';
    body_ += number(point.x) + "," + number(point.y);
  }
  body_ += '"';
  if (tip.empty()) {
    body_ += "/>\n";
  } else {
    body_ += "><title>" + escaped(tip) + "</title></" + element + ">\n";
  }
}

void Svg::words(Point at, std::string_view text, std::string_view css, Anchor anchor) {
  body_ += "<text" + attribute("x", at.x) + attribute("y", at.y) + attribute("class", css);
  if (anchor == Anchor::middle) body_ += attribute("text-anchor", "middle");
  if (anchor == Anchor::end) body_ += attribute("text-anchor", "end");
  body_ += ">" + escaped(text) + "</text>\n";
}

std::string Svg::document(double width, double height, std::string_view title,
                          std::string_view style) const {
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + number(width) + " " +
         number(height) + "\"" + attribute("width", width) + attribute("height", height) +
         " role=\"img\">\n<title>" + escaped(title) + "</title>\n<style>\n" + std::string(style) +
         "</style>\n" + body_ + "</svg>\n";
}

}  // namespace cli
