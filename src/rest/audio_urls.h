// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/status/statusor.h>

#include "rest/context.h"
#include "rest/session_json.h"
#include "rest/track_json.h"

namespace focus::core::rest {

/// Signs the playback URLs of one response. They have the same base and expire together.
class AudioUrls {
 public:
  static absl::StatusOr<AudioUrls> mint(RestContext& context, const HttpRequest& request);
  /// The same for an event stream, which uses the base URL of the request that opened it.
  static absl::StatusOr<AudioUrls> mint(RestContext& context, const std::string& base_url);
  /// For continuous streams. A player opens one when it begins or reconnects, and asks for a
  /// playlist again and again until the session ends, so that these work for a day, which is the
  /// longest session, and an hour more.
  static absl::StatusOr<AudioUrls> mint_lasting(RestContext& context, const HttpRequest& request);

  std::string of_segment(std::string_view session_id, int index) const;
  /// Options for session_json() with these URLs. Must not outlive this object.
  SessionJsonOptions json_options(std::string session_id) const;
  std::string of_track(std::string_view track_id) const;
  /// `name`: see stream_names.h.
  std::string of_stream(std::string_view session_id, std::string_view name) const;
  /// Of all streams of a session, by the names that they have in its object.
  std::vector<std::pair<std::string, std::string>> of_streams(const std::string& session_id) const;

  /// The JSON that was written with such URLs, as it may be kept: each is a path without base and
  /// signature. sign_in() puts both back, those of streams by `lasting`. Both look at members whose
  /// name ends with "_url" alone: no text of a client's can look like one, as its quotes are
  /// escaped.
  std::string unsign_in(std::string_view json) const;
  std::string sign_in(std::string_view json, const AudioUrls& lasting) const;

 private:
  static absl::StatusOr<AudioUrls> mint(RestContext& context, const std::string& base_url,
                                        int life_seconds);
  AudioUrls(std::string base_url, UrlSigner::Pen pen)
      : base_url_(std::move(base_url)), pen_(std::move(pen)) {}
  std::string signed_url(const std::string& path) const;

  std::string base_url_;
  UrlSigner::Pen pen_;
};

}  // namespace focus::core::rest
