// SPDX-License-Identifier: MIT
#include "engines/studio/score/style.h"

#include <array>
#include <cstddef>
#include <iterator>

#include "engines/studio/score/bend.h"

namespace focus::core::engines::studio {
namespace {

constexpr std::size_t kGoals = 4;        // focus, relax, sleep, energize: the order of enum Goal
constexpr std::size_t kIntensities = 3;  // low, medium, high: the order of enum Intensity

/// The style in one column of the table. The rows assign to the fields of the same name.
constexpr Style style_in_column(std::size_t column) {
  Style style;
#define ROW(field, ...)                                      \
  {                                                          \
    constexpr decltype(Style::field) kRow[] = {__VA_ARGS__}; \
    static_assert(std::size(kRow) == kGoals * kIntensities); \
    style.field = kRow[column];                              \
  }
#define ENUM_ROW(Enum, field, ...) \
  {                                \
    using enum Enum;               \
    ROW(field, __VA_ARGS__)        \
  }
#include "engines/studio/score/style_table.inc"
#undef ENUM_ROW
#undef ROW
  return style;
}

using Table = std::array<std::array<Style, kIntensities>, kGoals>;

constexpr Table make_table() {
  Table table;
  for (std::size_t column = 0; column < kGoals * kIntensities; ++column) {
    table[column / kIntensities][column % kIntensities] = style_in_column(column);
  }
  return table;
}

constexpr Table kStyles = make_table();

}  // namespace

Style style_of(const plan::Brief& brief) {
  const plan::Goal goal =
      brief.character == plan::Goal::custom_prompt ? plan::Goal::focus : brief.character;
  Style style = kStyles[static_cast<std::size_t>(goal)][static_cast<std::size_t>(brief.intensity)];
  bend(style, brief);
  return style;
}

}  // namespace focus::core::engines::studio
