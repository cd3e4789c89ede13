// SPDX-License-Identifier: MIT
#include "plan/brief.h"

#include "base/random.h"
#include "plan/form.h"

namespace focus::core::plan {
namespace {

constexpr std::array<std::string_view, 4> kSectionNames = {"opening", "settling", "developing",
                                                           "closing"};
constexpr std::array<std::string_view, kPhaseCount> kPhaseNames = {"work", "break"};

}  // namespace

std::string_view name_of(Section section) {
  return kSectionNames[static_cast<std::size_t>(section)];
}

std::string_view name_of(Phase phase) { return kPhaseNames[static_cast<std::size_t>(phase)]; }

bool SharedForm::operator==(const SharedForm& other) const {
  if (get() == other.get()) return true;
  return get() != nullptr && other.get() != nullptr && **this == *other;
}

std::uint64_t Brief::segment_seed() const {
  return Random(seed).fork("segment").fork(static_cast<std::uint64_t>(index)).bits();
}

}  // namespace focus::core::plan
