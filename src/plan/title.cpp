// SPDX-License-Identifier: MIT
#include "plan/title.h"

#include <algorithm>
#include <cmath>

#include <absl/strings/ascii.h>
#include <absl/strings/str_cat.h>

#include "base/text.h"

namespace focus::core::plan {
namespace {

constexpr std::size_t kLongestPromptInTitle = 80;  // in bytes

}  // namespace

std::string music_title(const Request& request) {
  std::string name(name_of(request.goal));
  if (request.goal == Goal::custom_prompt) {
    name = one_line(request.custom_prompt, kLongestPromptInTitle);
  }
  name[0] = absl::ascii_toupper(static_cast<unsigned char>(name[0]));
  return name;
}

std::string session_title(const Request& request) {
  return absl::StrCat(music_title(request), ", ", request.target_minutes, " minutes");
}

std::string segment_title(const Request& request, int index) {
  return absl::StrCat(music_title(request), ", part ", index + 1);
}

std::string stream_title(const Plan& plan, int index) {
  const int known = std::clamp(index, 0, plan.segment_count() - 1);
  const Brief brief = plan.brief(known, plan.request().sample_rate);
  return absl::StrCat(segment_title(plan.request_of(known), known), " of ", plan.segment_count(),
                      ": ", describe(brief.key), ", ", std::lround(brief.tempo_bpm), " bpm");
}

}  // namespace focus::core::plan
