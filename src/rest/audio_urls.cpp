// SPDX-License-Identifier: MIT
#include "rest/audio_urls.h"

#include <algorithm>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "rest/stream_names.h"

namespace focus::core::rest {
namespace {

/// Replaces the value of each member whose name ends with "_url".
template <typename Replace>
std::string with_urls(std::string_view json, Replace replace) {
  constexpr std::string_view kBegin = "_url\":\"";
  std::string written;
  while (true) {
    const std::size_t begin = json.find(kBegin);
    if (begin == json.npos) return written.append(json);
    written.append(json.substr(0, begin + kBegin.size()));
    json.remove_prefix(begin + kBegin.size());
    const std::size_t end = std::min(json.find('"'), json.size());
    written.append(replace(json.substr(0, end)));
    json.remove_prefix(end);
  }
}

}  // namespace

absl::StatusOr<AudioUrls> AudioUrls::mint(RestContext& context, const HttpRequest& request) {
  return mint(context, base_url_for(context.options(), request));
}

absl::StatusOr<AudioUrls> AudioUrls::mint(RestContext& context, const std::string& base_url) {
  return mint(context, base_url, context.options().url_life_seconds);
}

absl::StatusOr<AudioUrls> AudioUrls::mint_lasting(RestContext& context,
                                                  const HttpRequest& request) {
  constexpr int kLife = kSecondsPerDay + 3600;
  const HttpOptions options = context.options();
  return mint(context, base_url_for(options, request), std::max(options.url_life_seconds, kLife));
}

absl::StatusOr<AudioUrls> AudioUrls::mint(RestContext& context, const std::string& base_url,
                                          int life_seconds) {
  FOCUS_ASSIGN_OR_RETURN(
      UrlSigner::Pen pen,
      context.signer().pen(life_seconds, context.options().url_key_life_seconds));
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

std::string AudioUrls::of_stream(std::string_view session_id, std::string_view name) const {
  return signed_url(
      absl::StrCat("/v1/audio/sessions/", std::string(session_id), "/", std::string(name)));
}

std::vector<std::pair<std::string, std::string>> AudioUrls::of_streams(
    const std::string& session_id) const {
  using broadcast::StreamFormat;
  const auto url = [&](const std::string& name) { return of_stream(session_id, name); };
  return {{"stream_url", url(stream_name(StreamFormat::mp3))},
          {"stream_opus_url", url(stream_name(StreamFormat::opus))},
          {"stream_flac_url", url(stream_name(StreamFormat::flac))},
          {"stream_wav_url", url(stream_name(StreamFormat::wav))},
          {"hls_url", url(playlist_name(StreamFormat::mp3))},
          {"hls_flac_url", url(playlist_name(StreamFormat::flac))}};
}

std::string AudioUrls::unsign_in(std::string_view json) const {
  return with_urls(json, [&](std::string_view url) {
    const std::size_t query = url.find("?expires=");
    const bool is_ours = url.starts_with(base_url_) && query != url.npos;
    return std::string(is_ours ? url.substr(base_url_.size(), query - base_url_.size()) : url);
  });
}

std::string AudioUrls::sign_in(std::string_view json, const AudioUrls& lasting) const {
  return with_urls(json, [&](std::string_view path) {
    if (!path.starts_with('/')) return std::string(path);
    return (is_stream_path(path) ? lasting : *this).signed_url(std::string(path));
  });
}

std::string AudioUrls::signed_url(const std::string& path) const {
  // A path in the base URL is not signed: the host removes it before it passes the request on.
  return absl::StrCat(base_url_, path, pen_.query_for(path));
}

}  // namespace focus::core::rest
