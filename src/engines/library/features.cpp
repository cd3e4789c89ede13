// SPDX-License-Identifier: MIT
#include "engines/library/features.h"

#include <array>
#include <filesystem>

#include <absl/strings/str_cat.h>

#include "base/text.h"

namespace focus::core::engines {

std::string describe(const MusicalKey& key) {
  constexpr std::array<const char*, 12> kNames = {"C", "D flat", "D", "E flat", "E", "F", "F sharp",
                                                  "G", "A flat", "A", "B flat", "B"};
  if (!key.known()) return {};
  return absl::StrCat(kNames[static_cast<std::size_t>(key.tonic)],
                      key.is_minor ? " minor" : " major");
}

std::string Track::name() const {
  if (!tags.title.empty()) return one_line(tags.title, 200);
  return one_line(std::filesystem::path(path).stem().string(), 200);
}

std::string Track::told() const {
  if (tags.artist.empty()) return name();
  return absl::StrCat(name(), " by ", one_line(tags.artist, 200));
}

}  // namespace focus::core::engines
