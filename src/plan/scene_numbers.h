// SPDX-License-Identifier: MIT
// Numbers in the texts of scenes and programmes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace focus::core::plan {

/// A whole text as a number from `low` to `high`; a plus sign may be before it.
std::optional<double> number_between(std::string_view text, double low, double high);

/// The shortest figures that read back as the same number.
std::string scene_figure(double value);

/// Takes what follows the last `sign`, and the sign, off the text; nothing if there is none.
std::optional<std::string_view> taken_after(std::string_view& text, char sign);

}  // namespace focus::core::plan
