// SPDX-License-Identifier: MIT
#include "rest/stream_calls.h"

#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "broadcast/hls.h"
#include "plan/title.h"
#include "rest/audio_calls.h"
#include "rest/audio_urls.h"
#include "rest/late_text.h"
#include "rest/stream_body.h"
#include "rest/stream_names.h"

namespace focus::core::rest {
namespace {

using broadcast::Broadcast;
using broadcast::StreamFormat;
using Context = std::shared_ptr<RestContext>;
using Use = SessionUses::Use;

std::string_view last_part(const Call& call) { return call.target.parts.back(); }

/// The name of a file of HLS, see stream_names.h.
std::string hls_name(const Call& call) {
  return absl::StrCat("hls/", std::string(last_part(call)));
}

/// The session of a signed URL, or of the key's owner.
absl::StatusOr<Use> find_signed(RestContext& context, const Call& call) {
  return context.uses().find(call.arguments[0]);
}
absl::StatusOr<Use> find_owned(RestContext& context, const Call& call) {
  return context.uses().find(call.arguments[1], call.owner());
}

/// `?start=` in seconds of the session; nothing where it is left out, for now.
absl::StatusOr<std::optional<double>> start_of(const Target& target,
                                               const session::Session& session) {
  const auto text = target.parameter("start");
  if (!text) return std::nullopt;
  const double length = session.plan()->played_seconds();
  double seconds = 0.0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), seconds);
  const bool is_number = error == std::errc() && end == text->data() + text->size();
  if (is_number && seconds >= 0.0 && seconds < length) return std::optional(seconds);
  return invalid_field("start", absl::StrCat("must be seconds of the session, from 0 to less than ",
                                             std::floor(length), "; leave it out for now"));
}

ApiError too_many_broadcasts() {
  constexpr int kRetryAfterSeconds = 5;
  return bound_reached(
      "broadcasts: there are as many different streams as there may be at a time; listen from now "
      "(without start), or close one first",
      kRetryAfterSeconds);
}

void describe_stream(const session::Session& session, StreamFormat format, bool titles,
                     HttpResponse& response) {
  response.add_header("Content-Type", std::string(content_type_of(format)));
  response.add_header("Accept-Ranges", "none");
  response.add_header("icy-name", plan::music_title(session.plan()->request()));
  response.add_header("icy-br", absl::StrCat(kilobits_of(format)));
  response.add_header("icy-pub", "0");
  if (titles) response.add_header("icy-metaint", absl::StrCat(broadcast::IcyTitles::kInterval));
  response.organization = session.record().organization;
  response.caller = session.record().caller;
}

Answer stream(const Context& context, const Call& call, absl::StatusOr<Use> use) {
  if (!use.ok()) return explain(*context, use.status());
  const session::Session& session = ***use;
  const auto format = format_of_stream(last_part(call));
  if (!format) return not_found("path");
  const auto start = start_of(call.target, session);
  if (!start.ok()) return explain(*context, start.status());

  HttpResponse response;
  const bool titles = format == StreamFormat::mp3 && call.request.header("Icy-MetaData") == "1";
  describe_stream(session, *format, titles, response);
  if (call.request.method == "HEAD") return response;

  const HttpOptions::Bounds bounds = context->options().bounds;
  int refused = 0;
  Places::Place place = context->listeners().take(
      absl::StrCat(response.organization, " ", response.caller), bounds.listeners_per_key,
      response.organization, bounds.listeners_per_organization, refused);
  if (!place) {
    const bool of_key = refused == 0;
    return too_many_open("listeners", of_key,
                         of_key ? bounds.listeners_per_key : bounds.listeners_per_organization,
                         "continuous streams");
  }
  auto on = *start ? context->broadcasts().join_at(**use, *format, **start)
                   : context->broadcasts().join_now(**use, *format);
  if (!on) return too_many_broadcasts();
  std::optional<std::int64_t> frame;
  if (*start) frame = std::llround(**start * on->rate());
  response.stream = std::make_unique<StreamBody>(context, *std::move(use), std::move(place),
                                                 std::move(on), frame, titles);
  return response;
}

// ---- HLS

/// How long a player waits at most until there is enough for it to begin.
constexpr double kMostSeconds = 10.0;

Answer playlist(const Context& context, const Call& call, absl::StatusOr<Use> use,
                StreamFormat format) {
  if (!use.ok()) return explain(*context, use.status());
  const session::Session& session = ***use;
  auto urls = AudioUrls::mint_lasting(*context, call.request);
  if (!urls.ok()) return explain(*context, urls.status());
  HttpResponse response;
  response.add_header("Content-Type", "application/vnd.apple.mpegurl");
  response.organization = session.record().organization;
  response.caller = session.record().caller;
  if (call.request.method == "HEAD") return response;

  std::shared_ptr<Broadcast> on = context->broadcasts().find_now(session.id(), format);
  if (!on) on = context->broadcasts().join_now(**use, format);
  if (!on) return too_many_broadcasts();
  on->note_visit();
  const auto text = [on, format, id = session.id(), urls = *std::move(urls)](bool at_last) {
    if (!at_last && !hls_can_begin(*on)) return std::optional<std::string>();
    broadcast::PartUrls parts;
    parts.part = [&](std::int64_t number) { return urls.of_stream(id, part_name(format, number)); };
    if (format == StreamFormat::flac) parts.map = urls.of_stream(id, kMapName);
    return std::optional(hls_playlist(*on, parts));
  };
  if (auto now = text(false)) {
    response.text = *std::move(now);
  } else {
    response.stream = std::make_unique<LateText>(context->service().clock(), kMostSeconds, text);
  }
  return response;
}

/// A file of HLS that does not change.
Answer fixed_file(std::string_view content_type, std::string bytes) {
  HttpResponse response;
  response.add_header("Content-Type", std::string(content_type));
  response.add_header("Cache-Control", "private, max-age=60");
  response.text = std::move(bytes);
  return response;
}

Answer part(RestContext& context, const Call& call) {
  const std::string name = hls_name(call);
  const auto format = format_of_part(name);
  if (!format) return not_found("path");
  const auto on = context.broadcasts().find_now(call.arguments[0], *format);
  if (!on) return not_found("part");
  on->note_visit();
  if (name == kMapName) {
    if (on->header().empty()) return not_found("part");
    return fixed_file("video/mp4", hls_map(*on));
  }
  auto bytes = hls_part(*on, read_index(last_part(call).substr(0, last_part(call).find('.'))));
  if (!bytes) return not_found("part");
  return fixed_file(*format == StreamFormat::flac ? "video/mp4" : "audio/mpeg", *std::move(bytes));
}

}  // namespace

Answer stream_by_key(const Context& context, const Call& call) {
  return stream(context, call, find_owned(*context, call));
}

Answer stream_by_signature(const Context& context, const Call& call) {
  if (auto error = signature_refused(*context, call)) return *std::move(error);
  return stream(context, call, find_signed(*context, call));
}

Answer hls_playlist_by_key(const Context& context, const Call& call) {
  const auto format = format_of_playlist(hls_name(call));
  return format ? playlist(context, call, find_owned(*context, call), *format) : not_found("path");
}

Answer hls_by_signature(const Context& context, const Call& call) {
  if (auto error = signature_refused(*context, call)) return *std::move(error);
  const auto format = format_of_playlist(hls_name(call));
  return format ? playlist(context, call, find_signed(*context, call), *format)
                : part(*context, call);
}

}  // namespace focus::core::rest
