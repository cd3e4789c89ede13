// SPDX-License-Identifier: MIT
#include "rest/audio_urls.h"

#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"

namespace focus::core::rest {

absl::StatusOr<AudioUrls> AudioUrls::mint(RestContext& context, const HttpRequest& request) {
  return mint(context, base_url_for(context.options(), request));
}

absl::StatusOr<AudioUrls> AudioUrls::mint(RestContext& context, const std::string& base_url) {
  const HttpOptions options = context.options();
  FOCUS_ASSIGN_OR_RETURN(UrlSigner::Pen pen, context.signer().pen(options.url_life_seconds,
                                                                  options.url_key_life_seconds));
  return AudioUrls(base_url, std::move(pen));
}

std::string AudioUrls::of_segment(std::string_view session_id, int index) const {
  return signed_url(absl::StrCat("/v1/audio/sessions/", std::string(session_id), "/", index));
}

SessionJsonOptions AudioUrls::json_options(std::string session_id) const {
  SessionJsonOptions options;
  options.playback_url = [this, id = std::move(session_id)](const store::SegmentRecord& segment) {
    return of_segment(id, segment.index);
  };
  return options;
}

std::string AudioUrls::of_track(std::string_view track_id) const {
  return signed_url(absl::StrCat("/v1/audio/tracks/", std::string(track_id)));
}

std::string AudioUrls::signed_url(const std::string& path) const {
  // A path in the base URL is not signed: the host removes it before it passes the request on.
  return absl::StrCat(base_url_, path, pen_.query_for(path));
}

}  // namespace focus::core::rest
