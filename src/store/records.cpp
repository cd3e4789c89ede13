// SPDX-License-Identifier: MIT
#include "store/records.h"

#include <absl/strings/str_cat.h>

#include "base/error.h"

namespace focus::core {

std::string segment_file_name(int index, AudioFormat format) {
  return absl::StrCat(absl::Dec(index, absl::kZeroPad3), ".", std::string(ending_of(format)));
}

absl::Status no_session(const std::string& id) {
  return not_found("session_id", absl::StrCat("no session '", id, "'"));
}

absl::Status no_track(const std::string& id) {
  return not_found("track_id", absl::StrCat("no track '", id, "'"));
}

absl::Status promoted_already(const TrackRecord& track) {
  return conflict("index", absl::StrCat("segment ", track.segment_index,
                                        " was promoted before, as track '", track.id, "'"));
}

absl::Status validate(const UrlKey& key) {
  if (key.id.empty()) return invalid_field("id", "a signing key needs one");
  if (key.secret.size() == kUrlSecretBytes) return absl::OkStatus();
  return invalid_field(
      "secret", absl::StrCat("must have ", kUrlSecretBytes, " bytes, not ", key.secret.size()));
}

}  // namespace focus::core
