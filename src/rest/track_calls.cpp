// SPDX-License-Identifier: MIT
#include "rest/track_calls.h"

#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/ids.h"
#include "delivery/promotion.h"
#include "rest/audio_urls.h"
#include "rest/request_json.h"
#include "rest/session_calls.h"

namespace focus::core::rest {
namespace {

constexpr int kDefaultLimit = 100;
constexpr int kLargestLimit = 1000;

Answer track_object(RestContext& context, const Call& call, int status,
                    const store::TrackRecord& track) {
  const auto urls = AudioUrls::mint(context, call.request);
  if (!urls.ok()) return explain(context, urls.status());
  return json_response(status, track_json(track, [&](const store::TrackRecord& one) {
                         return urls->of_track(one.id);
                       }));
}

/// The query parameters of a list: `?limit=` tracks, newest first, after the track with the id
/// `?before=`.
struct Page {
  int limit = kDefaultLimit;
  std::string before;
};
absl::StatusOr<Page> read_page(const Target& target) {
  Page page;
  if (const auto limit = target.parameter("limit")) {
    page.limit = read_index(*limit);
    if (page.limit < 1 || page.limit > kLargestLimit) {
      return invalid_field("limit", absl::StrCat("must be 1 to ", kLargestLimit));
    }
  }
  if (const auto before = target.parameter("before")) {
    page.before = *before;
    if (!is_track_id(page.before)) return invalid_field("before", "must be the id of a track");
  }
  return page;
}

}  // namespace

Answer promote(RestContext& context, const Call& call) {
  const auto use = context.uses().find(call.arguments[1], call.owner());
  if (!use.ok()) return explain(context, use.status());
  const absl::StatusOr<std::string> title = read_title(call.request.body);
  if (!title.ok()) return explain(context, title.status());
  if (auto error = bound_on_storing(context, call)) return *std::move(error);
  const auto promotion = promote_segment(context.service(), ***use, read_index(call.arguments[2]),
                                         *title, &context.encoded());
  if (!promotion.ok()) return explain(context, promotion.status());
  if (promotion->is_new) context.service().note_stored(call.owner(), promotion->track.bytes);
  return track_object(context, call, promotion->is_new ? 201 : 200, promotion->track);
}

Answer list_tracks(RestContext& context, const Call& call) {
  const absl::StatusOr<Page> page = read_page(call.target);
  if (!page.ok()) return explain(context, page.status());
  const session::SessionOwner owner = call.owner();
  const auto tracks = context.service().store().tracks().list_of(
      {owner.organization, owner.caller, page->before, page->limit});
  if (!tracks.ok()) return explain(context, tracks.status());
  const auto urls = AudioUrls::mint(context, call.request);
  if (!urls.ok()) return explain(context, urls.status());
  return json_response(200, tracks_json(*tracks, [&](const store::TrackRecord& track) {
                         return urls->of_track(track.id);
                       }));
}

Answer get_track(RestContext& context, const Call& call) {
  if (!is_track_id(call.arguments[1])) return not_found("track");
  const auto track = context.service().store().tracks().find(call.arguments[1]);
  const bool hidden = track.ok() && !call.owner().owns(*track);
  if (hidden || is_not_found(track.status())) return not_found("track");
  if (!track.ok()) return explain(context, track.status());
  return track_object(context, call, 200, *track);
}

}  // namespace focus::core::rest
