// SPDX-License-Identifier: MIT
#include "delivery/promotion.h"

#include <memory>
#include <utility>

#include <absl/strings/str_cat.h>

#include "audio/retag.h"
#include "base/error.h"
#include "base/ids.h"
#include "base/text.h"
#include "delivery/segment_bytes.h"
#include "plan/title.h"
#include "session/file_tags.h"
#include "session/heard_segment.h"

namespace focus::core::delivery {
namespace {

constexpr std::size_t kLongestTitle = 200;  // bytes

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

store::TrackRecord track_of(const session::Session& session, int index,
                            const session::ReadySegment& segment) {
  store::TrackRecord track;
  track.engine = segment.record->engine;
  track.session_id = session.id();
  track.segment_index = index;
  track.organization = session.record().organization;
  track.caller = session.record().caller;
  track.licence_class = segment.record->licence_class;
  track.instrumental = segment.record->instrumental;
  track.frames = segment.heard_frames;
  track.sample_rate = session.started_with().sample_rate;
  track.format = session.started_with().format;
  return track;
}

/// The same audio under another title, which the file tells too.
absl::StatusOr<std::shared_ptr<const store::AudioBytes>> retitled(
    const store::AudioBytes& audio, int index, const session::ReadySegment& segment,
    const std::string& title) {
  std::string_view file = audio.in_memory();
  std::string read;
  if (file.empty()) {
    read.resize(static_cast<std::size_t>(audio.size()));
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t count, audio.read(0, read.data(), audio.size()));
    file = std::string_view(read).substr(0, static_cast<std::size_t>(count));
  }
  audio::AudioFileOptions options =
      session::segment_file_options(*segment.plan, index, *segment.record);
  for (audio::FileTags::Field& field : options.tags.fields) {
    if (field.name == "TITLE") field.value = title;
  }
  FOCUS_ASSIGN_OR_RETURN(std::string tagged,
                         audio::with_tags(file, audio.format(), options.tags, options.dither_seed));
  return store::MemoryAudioBytes::of(std::move(tagged), audio.format());
}

}  // namespace

absl::StatusOr<Promotion> promote_segment(session::Service& service, session::Session& session,
                                          int index, const std::string& title,
                                          EncodedCache* cache) {
  FOCUS_RETURN_IF_ERROR(check_title(title));
  store::TrackShelf& tracks = service.store().tracks();
  for (int look = 0; look < session::kLooks; ++look) {
    // Asked before the segment is: its audio may have been dropped, or be made again, since.
    FOCUS_ASSIGN_OR_RETURN(auto known, tracks.of_segment(session.id(), index));
    if (known) return Promotion{*std::move(known), false};
    FOCUS_ASSIGN_OR_RETURN(const session::ReadySegment segment, session.ready_segment(index));
    FOCUS_ASSIGN_OR_RETURN(auto audio, segment_bytes(session, index, cache));
    // The segment may have been lost meanwhile, and played again by another engine.
    FOCUS_ASSIGN_OR_RETURN(const session::ReadySegment now, session.ready_segment(index));
    if (now.record != segment.record) continue;
    store::TrackRecord track = track_of(session, index, segment);
    track.id = make_id(kTrackIdPrefix, service.entropy());
    track.title = plan::segment_title(segment.plan->request_of(index), index);
    if (!title.empty()) {
      track.title = one_line(title, kLongestTitle);
      FOCUS_ASSIGN_OR_RETURN(audio, retitled(*audio, index, segment, track.title));
    }
    track.created_at = service.clock().unix_seconds();
    // The store refuses it where the session was steered since, or where another caller has
    // promoted the segment.
    auto added = tracks.add(std::move(track), *audio, segment.changes);
    if (added.ok()) return Promotion{*std::move(added), true};
    if (!has_fault(added.status(), Fault::conflict)) return added.status();
  }
  return session::steered_just_now();
}

}  // namespace focus::core::delivery
