// SPDX-License-Identifier: MIT
#include "timeline_style.h"

namespace cli {
namespace {

constexpr const char* kLight =
    R"(text { font-family: system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: #23272e }
.page { fill: #fbfaf7 }
.title { font-size: 26px; font-weight: 600 }
.soft { font-size: 14px; fill: #5b636e }
.label { font-size: 12px; fill: #5b636e }
.name { font-size: 14px; font-weight: 700 }
.small { font-size: 11px }
.grid { stroke: #e4e1da }
.axis { stroke: #9aa1ab }
.veil { fill: #8a7f66; fill-opacity: 0.1 }
.break { fill: #3f8f5f; fill-opacity: 0.12 }
.fallback { stroke-dasharray: 5 3; stroke-width: 2 }
.curve { fill: none; stroke: #1f6f8b; stroke-width: 1.6; stroke-linejoin: round }
.band { fill: #1f6f8b; fill-opacity: 0.18 }
.target { stroke: #b4532a; stroke-width: 1.4; stroke-dasharray: 7 5 }
.movement { fill: #d9d3c4; stroke: #fbfaf7; stroke-width: 2 }
.odd { fill: #ece8de }
.tension { fill: none; stroke: #7a4f9a; stroke-width: 1.6; stroke-linejoin: round }
.rise { fill: #7a4f9a; fill-opacity: 0.14 }
)";

constexpr const char* kDark = R"(text { fill: #e8e6e1 }
.page { fill: #16191d }
.soft, .label { fill: #a4abb5 }
.grid { stroke: #2a2f36 }
.axis { stroke: #6b727c }
.veil { fill: #d8cfb8; fill-opacity: 0.08 }
.break { fill: #7fcf9f; fill-opacity: 0.12 }
.curve { stroke: #6cc3de }
.band { fill: #6cc3de }
.target { stroke: #f0945f }
.movement { fill: #3d434c; stroke: #16191d }
.odd { fill: #2a2f36 }
.tension { stroke: #c39be0 }
.rise { fill: #c39be0 }
)";

/// One class a tonic: the same twelve hues, light under dark words and dark under light ones.
std::string blocks(int saturation, int fill, int stroke) {
  std::string css;
  for (int tonic = 0; tonic < 12; ++tonic) {
    const std::string hue = "hsl(" + std::to_string((205 + 30 * tonic) % 360) + ", " +
                            std::to_string(saturation) + "%, ";
    css += ".tonic" + std::to_string(tonic) + " { fill: " + hue + std::to_string(fill) +
           "%); stroke: " + hue + std::to_string(stroke) + "%) }\n";
  }
  return css;
}

}  // namespace

int tonic_of(std::string_view key) {
  constexpr std::string_view kFifths = "CGDAEB";  // F stands before C, at 11
  if (key.empty()) return 0;
  const std::size_t found = kFifths.find(key[0]);
  int place = found == std::string_view::npos ? 11 : static_cast<int>(found);
  if (key.size() > 1 && key[1] == '#') place += 7;
  if (key.size() > 1 && key[1] == 'b') place += 5;
  return place % 12;
}

std::string timeline_style() {
  return kLight + blocks(48, 80, 52) +
         ".thin { stroke: none }\n@media (prefers-color-scheme: dark) {\n" + kDark +
         blocks(30, 30, 52) + ".thin { stroke: none }\n}\n";
}

}  // namespace cli
