// SPDX-License-Identifier: MIT
#include "rest/audio_calls.h"

#include <string>
#include <utility>

#include "base/error.h"
#include "base/ids.h"
#include "delivery/segment_bytes.h"
#include "rest/audio_response.h"
#include "store/cluster.h"

namespace focus::core::rest {
namespace {

/// Whether there is no such audio, or none at this moment.
bool is_not_there(const absl::Status& status) {
  if (status.ok()) return false;
  switch (fault_of(status)) {
    case Fault::not_found:
    case Fault::file_missing:
    case Fault::not_ready:
    case Fault::conflict:
      return true;
    default:
      return false;
  }
}

Answer audio_answer(RestContext& context, const Call& call,
                    absl::StatusOr<std::shared_ptr<const store::AudioBytes>> audio,
                    std::string_view noun, const session::SessionOwner& owner) {
  if (!audio.ok() && is_not_there(audio.status())) return not_found(noun);
  if (!audio.ok()) return explain(context, audio.status());
  Answer answer = audio_response(call.request, *std::move(audio));
  if (auto* response = std::get_if<HttpResponse>(&answer)) {
    response->organization = owner.organization;
    response->caller = owner.caller;
  }
  return answer;
}

/// To the storage's own address of the segment. Nothing where the service answers with the audio
/// itself. What a client asks beside GET is not covered by the address.
std::optional<HttpResponse> answer_directly(RestContext& context, const Call& call,
                                            const session::Session& session, int index) {
  store::Cluster* const cluster = context.service().store().cluster();
  if (cluster == nullptr || call.request.method != "GET") return std::nullopt;
  const HttpOptions options = context.options();
  if (!options.direct_audio || !session.ready_segment(index).ok()) return std::nullopt;
  const std::int64_t now = context.service().clock().unix_seconds();
  auto url = cluster->direct_url(session.id(), index, now, now + options.url_life_seconds);
  if (!url.ok() || !*url) return std::nullopt;
  HttpResponse response;
  response.status = 302;
  response.add_header("Location", **std::move(url));
  response.add_header("Cache-Control", "no-store");
  response.add_header("Content-Length", "0");
  response.organization = session.record().organization;
  response.caller = session.record().caller;
  return response;
}

}  // namespace

std::optional<ApiError> signature_refused(RestContext& context, const Call& call) {
  const absl::Status checked = context.signer().check(call.target);
  if (checked.ok()) return std::nullopt;
  if (!has_fault(checked, Fault::argument)) return explain(context, checked);
  return forbidden(std::string(checked.message().data(), checked.message().size()));
}

Answer get_segment_audio(RestContext& context, const Call& call) {
  if (auto error = signature_refused(context, call)) return *std::move(error);
  const auto use = context.uses().find(call.arguments[0]);
  if (!use.ok()) return explain(context, use.status());
  session::Session& session = ***use;
  const int index = read_index(call.arguments[1]);
  if (auto elsewhere = answer_directly(context, call, session, index)) {
    session.audience().note_fetched(index);
    return *std::move(elsewhere);
  }
  auto audio = segment_bytes(session, index, &context.encoded());
  if (is_not_there(audio.status()) && context.service().store().cluster() != nullptr) {
    // The client may have the URL from another node, before this one was told of the segment.
    session.work().follow().IgnoreError();
    audio = segment_bytes(session, index, &context.encoded());
  }
  Answer answer = audio_answer(context, call, std::move(audio), "segment",
                               {session.record().organization, session.record().caller});
  // A client that fetches a segment is about to play it. A priced engine's look-ahead counts from
  // there.
  const bool fetched = std::holds_alternative<HttpResponse>(answer);
  if (fetched && call.request.method == "GET") session.audience().note_fetched(index);
  return answer;
}

Answer get_track_audio(RestContext& context, const Call& call) {
  if (auto error = signature_refused(context, call)) return *std::move(error);
  if (!is_track_id(call.arguments[0])) return not_found("track");
  store::TrackShelf& tracks = context.service().store().tracks();
  const auto track = tracks.find(call.arguments[0]);
  if (!track.ok() && is_not_there(track.status())) return not_found("track");
  if (!track.ok()) return explain(context, track.status());
  return audio_answer(context, call, tracks.open(track->id), "track",
                      {track->organization, track->caller});
}

}  // namespace focus::core::rest
