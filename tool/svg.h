// SPDX-License-Identifier: MIT
// Just enough SVG for a drawing of lines, blocks and words.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cli {

struct Point {
  double x = 0.0;
  double y = 0.0;
};

enum class Anchor { start, middle, end };

/// Elements are drawn in the order in which they are added; what they look like is said by CSS
/// classes.
class Svg {
 public:
  void rectangle(Point corner, double width, double height, std::string_view css,
                 double radius = 0.0);
  void line(Point from, Point to, std::string_view css);
  void polyline(const std::vector<Point>& points, std::string_view css);
  /// `tip` is shown by a browser when the pointer rests on the shape.
  void polygon(const std::vector<Point>& points, std::string_view css, std::string_view tip = {});
  void words(Point at, std::string_view text, std::string_view css, Anchor anchor = Anchor::start);

  std::string document(double width, double height, std::string_view title,
                       std::string_view style) const;

 private:
  void shape(const char* element, const std::vector<Point>& points, std::string_view css,
             std::string_view tip);
  std::string body_;
};

/// `text` with the characters that XML keeps for itself replaced.
std::string escaped(std::string_view text);

}  // namespace cli
