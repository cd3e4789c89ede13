// SPDX-License-Identifier: MIT
#include "mix/mix_tags.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include <absl/strings/str_cat.h>

#include "base/text.h"

namespace focus::core::mix {
namespace {

constexpr std::size_t kLongestList = 4000;  // bytes
constexpr std::size_t kLongestTitle = 200;  // bytes
constexpr std::size_t kMostChapters = 250;  // what an ID3 table of contents can list

}  // namespace

audio::FileTags mix_tags(const std::vector<std::string>& paths, int sample_rate) {
  audio::FileTags tags;
  tags.add("TITLE",
           paths.size() == 1 ? "Mix of 1 file" : absl::StrCat("Mix of ", paths.size(), " files"));
  audio::add_maker(tags);
  std::string list;
  for (const std::string& path : paths) {
    const std::string name = std::filesystem::path(path).filename().string();
    absl::StrAppend(&list, list.empty() ? "" : "; ", name);
    if (list.size() > kLongestList) break;
  }
  tags.add("COMMENT", one_line(list, kLongestList));
  tags.loudness = audio::FileTags::Loudness{};
  tags.sample_rate = sample_rate;
  if (paths.size() < 2 || paths.size() > kMostChapters) return tags;
  for (const std::string& path : paths) {
    const std::string title = std::filesystem::path(path).stem().string();
    tags.chapters.push_back({0, one_line(title, kLongestTitle)});
  }
  if (!validate(tags).ok()) tags.chapters.clear();  // too many long names
  return tags;
}

void settle_mix_tags(const MixReport& report, const mastering::LoudnessMeter& meter,
                     audio::FileTags& tags) {
  tags.loudness = mastering::file_loudness(meter);
  tags.frames = report.frames;
  std::int64_t last = 0;
  for (std::size_t k = 0; k < tags.chapters.size(); ++k) {
    const MixedFile& file = report.files[k];
    const double start = file.start_seconds + file.unheard_start_seconds;
    last = k == 0 ? 0
                  : std::clamp<std::int64_t>(std::llround(start * report.sample_rate), last,
                                             report.frames);
    tags.chapters[k].start_frame = last;
  }
}

}  // namespace focus::core::mix
