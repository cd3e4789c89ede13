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
    FOCUS_ASSIGN_OR_RETURN(auto known, session.store().tracks().of_segment(session.id(), index));
    if (known) return Promotion{*std::move(known), false};
    FOCUS_ASSIGN_OR_RETURN(const Session::ReadySegment segment, session.ready_segment(index));
    FOCUS_ASSIGN_OR_RETURN(const auto audio, segment_bytes(session, index));
    FOCUS_ASSIGN_OR_RETURN(const Session::ReadySegment now, session.ready_segment(index));
    if (!same(segment, now)) continue;
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
    auto added = session.store().tracks().add(std::move(track), *audio, now.changes);
    if (added.ok()) return Promotion{*std::move(added), true};
    // Steered since it was looked at, or promoted by somebody else.
    if (!has_fault(added.status(), Fault::conflict)) return added.status();
  }
  return with_field(
      absl::FailedPreconditionError("index: the session was steered just now; look at it again"),
      "index");
}

}  // namespace focus::core
