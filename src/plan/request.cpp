// SPDX-License-Identifier: MIT
#include "plan/request.h"

#include <array>

namespace focus::core::plan {
namespace {

constexpr std::array<std::string_view, 5> kGoalNames = {"focus", "relax", "sleep", "energize",
                                                        "custom_prompt"};
constexpr std::array<std::string_view, 3> kIntensityNames = {"low", "medium", "high"};

template <typename Enum, typename Names>
std::optional<Enum> find_name(const Names& names, std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view name_of(Goal goal) { return kGoalNames[static_cast<std::size_t>(goal)]; }
std::string_view name_of(Intensity intensity) {
  return kIntensityNames[static_cast<std::size_t>(intensity)];
}
std::optional<Goal> goal_named(std::string_view name) { return find_name<Goal>(kGoalNames, name); }
std::optional<Intensity> intensity_named(std::string_view name) {
  return find_name<Intensity>(kIntensityNames, name);
}

double default_target_lufs(Goal goal) {
  switch (goal) {
    case Goal::relax:
      return -20.0;
    case Goal::sleep:
      return -23.0;
    case Goal::energize:
      return -16.0;
    case Goal::focus:
    case Goal::custom_prompt:
      break;
  }
  return -18.0;
}

}  // namespace focus::core::plan
