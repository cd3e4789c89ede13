// SPDX-License-Identifier: MIT
#include "session/promotion.h"

#include <algorithm>
#include <utility>

#include <absl/strings/ascii.h>
#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/ids.h"
#include "base/text.h"
#include "session/segment_bytes.h"

namespace focus::core {
namespace {

constexpr std::size_t kLongestTitle = 200;         // bytes
constexpr std::size_t kLongestPromptInTitle = 80;  // bytes
/// How often it looks again when the session is steered while it looks.
constexpr int kTries = 8;

absl::Status check_title(const std::string& title) {
  if (!is_utf8(title)) return invalid_field("title", "must be UTF-8");
  if (title.size() > kLongestTitle) {
    return invalid_field(
        "title", absl::StrCat("must have at most ", kLongestTitle, " bytes, not ", title.size()));
  }
  if (!title.empty() && is_blank(title)) {
    return invalid_field("title", "must not be blank; leave it out for one that is made");
  }
  return absl::OkStatus();
}

std::string title_of(const Plan& plan, int index) {
  const Request& request = plan.request_of(index);
  std::string name(name_of(request.goal));
  if (request.goal == Goal::custom_prompt) {
    name = one_line(request.custom_prompt, kLongestPromptInTitle);
  }
  name[0] = absl::ascii_toupper(static_cast<unsigned char>(name[0]));
  return absl::StrCat(name, ", part ", index + 1);
}

bool same(const Session::ReadySegment& a, const Session::ReadySegment& b) {
  return a.plan == b.plan && a.record.engine == b.record.engine &&
         a.record.engine_version == b.record.engine_version;
}

}  // namespace

absl::StatusOr<Promotion> promote_segment(Service& service, Session& session, int index,
                                          const std::string& title) {
  FOCUS_RETURN_IF_ERROR(check_title(title));
  for (int tries = 0; tries < kTries; ++tries) {
    // Asked before the segment is: its audio may have been dropped, or be made again, since.
    FOCUS_ASSIGN_OR_RETURN(auto known, session.store().track_of(session.id(), index));
    if (known) return Promotion{*std::move(known), false};
    FOCUS_ASSIGN_OR_RETURN(const Session::ReadySegment segment, session.ready_segment(index));
    FOCUS_ASSIGN_OR_RETURN(const auto audio, segment_bytes(session, index));
    const auto as_it_is = session.hold_as_it_is();
    FOCUS_ASSIGN_OR_RETURN(const Session::ReadySegment now, session.ready_segment(index));
    if (!same(segment, now)) continue;
    FOCUS_ASSIGN_OR_RETURN(auto before, session.store().track_of(session.id(), index));
    if (before) return Promotion{*std::move(before), false};
    TrackRecord track;
    track.id = make_id(kTrackIdPrefix, service.entropy());
    track.title = title.empty() ? title_of(*now.plan, index) : one_line(title, kLongestTitle);
    track.engine = now.record.engine;
    track.session_id = session.id();
    track.segment_index = index;
    track.organization = session.record().organization;
    track.caller = session.record().caller;
    track.licence_class = now.record.licence_class;
    track.instrumental = now.record.instrumental;
    track.frames = now.heard_frames;
    track.sample_rate = session.request().sample_rate;
    track.format = session.request().format;
    track.created_at = service.clock().unix_seconds();
    FOCUS_ASSIGN_OR_RETURN(track, session.store().add_track(std::move(track), *audio));
    return Promotion{std::move(track), true};
  }
  return conflict("index", "the session was steered just now; look at it again");
}

}  // namespace focus::core
