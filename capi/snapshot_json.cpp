// SPDX-License-Identifier: MIT
#include <filesystem>
#include <string>
#include <string_view>

#include "rest/session_json.h"
#include "snapshot.h"

using namespace focus::core;
using namespace focus::core::capi;

namespace {

/// Returns a URL such as "file:///music/000.flac", percent-encoded according to RFC 3986.
std::string file_url(const std::string& path) {
  constexpr char kHex[] = "0123456789ABCDEF";
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
  if (path.empty()) return "";
  std::string url = "file://";
  for (const char c : std::filesystem::absolute(path).string()) {
    if (kPlain.find(c) != std::string_view::npos) {
      url += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      url += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return url;
}

}  // namespace

int32_t focus_snapshot_json(focus_snapshot* snapshot, const focus_json_options* options,
                            const char** json) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(json, "json"));
    FOCUS_RETURN_IF_ERROR(check_handle(snapshot, "snapshot"));
    FOCUS_ASSIGN_OR_RETURN(const focus_json_options given,
                           read_struct(options, FOCUS_JSON_OPTIONS_INIT, "options"));
    rest::SessionJsonOptions chosen;
    FOCUS_ASSIGN_OR_RETURN(chosen.include_analysis,
                           flag_from(given.include_analysis, "include_analysis"));
    if (given.base_url == nullptr) {
      chosen.playback_url = [](const store::SegmentRecord& segment) {
        return file_url(segment.path);
      };
    } else {
      chosen.playback_url =
          [base = std::string(given.base_url),
           &request = snapshot->view.record.request](const store::SegmentRecord& segment) {
            return base + store::segment_file_name(segment.index, request.format);
          };
    }
    snapshot->json = session_json(snapshot->view, chosen);
    *json = snapshot->json.c_str();
    return absl::OkStatus();
  });
}
