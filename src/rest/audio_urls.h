// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include <absl/status/statusor.h>

#include "rest/context.h"
#include "rest/session_json.h"
#include "rest/track_json.h"

namespace focus::core {

/// Mints playback URLs for one answer: all begin alike and expire together.
class AudioUrls {
 public:
  static absl::StatusOr<AudioUrls> mint(RestContext& context, const HttpRequest& request);
  /// For a stream, which mints for whoever has opened it.
  static absl::StatusOr<AudioUrls> mint(RestContext& context, const std::string& base_url);

  std::string of_segment(std::string_view session_id, int index) const;
  /// A session's object with these URLs; may be used for as long as they are here.
  SessionJsonOptions json_options(std::string session_id) const;
  std::string of_track(std::string_view track_id) const;

 private:
  AudioUrls(std::string base_url, UrlSigner::Pen pen)
      : base_url_(std::move(base_url)), pen_(std::move(pen)) {}
  std::string signed_url(const std::string& path) const;

  std::string base_url_;
  UrlSigner::Pen pen_;
};

}  // namespace focus::core
