// SPDX-License-Identifier: MIT
#include "engines/library/analyse_file.h"

#include <absl/strings/str_cat.h>
#include <absl/strings/strip.h>

#include "audio/file.h"
#include "base/cancel.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"
#include "engines/library/track_analyser.h"
#include "mix/fold_down.h"

namespace focus::core::engines {
namespace {

constexpr std::int64_t kReadFrames = 8192;

}  // namespace

absl::StatusOr<TrackAnalysis> analyse_file(const std::string& path,
                                           const std::function<bool()>& cancelled) {
  FOCUS_ASSIGN_OR_RETURN(const auto reader, audio::AudioFileReader::open(path));
  const audio::AudioFileInfo& info = reader->info();
  TrackAnalyser analyser(info.sample_rate);
  audio::AudioBuffer block(info.channel_count, kReadFrames, info.sample_rate);
  audio::AudioBuffer stereo(2, kReadFrames, info.sample_rate);
  std::int64_t done = 0;
  while (true) {
    if (cancelled()) return cancelled_error();
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t count, reader->read(block.view()));
    if (count == 0) break;
    done += count;
    if (done > std::int64_t{kSecondsPerDay} * info.sample_rate) {
      return damaged(path, "is longer than a day");
    }
    const audio::AudioView folded = stereo.view().subview(0, count);
    mix::fold_down(block.view().subview(0, count), folded);
    if (const absl::Status added = analyser.add(folded); !added.ok()) {
      return damaged(path, std::string(message_of(added)));
    }
  }
  auto found = analyser.result();
  if (!found.ok()) return damaged(path, std::string(message_of(found.status())));
  found->figures.channel_count = info.channel_count;
  return found;
}

std::string reason_of(const absl::Status& status, const std::string& path) {
  absl::string_view message = message_of(status);
  absl::ConsumePrefix(&message, absl::StrCat(path, ": "));
  return one_line(std::string(message), 400);
}

}  // namespace focus::core::engines
