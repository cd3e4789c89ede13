// SPDX-License-Identifier: MIT
#include "store/records.h"

#include <absl/strings/str_cat.h>

#include "base/error.h"

namespace focus::core::store {

std::string segment_file_name(int index, audio::AudioFormat format) {
  return absl::StrCat(absl::Dec(index, absl::kZeroPad3), ".", std::string(ending_of(format)));
}

absl::Status no_session(const std::string& id) {
  return not_found("session_id", absl::StrCat("no session '", id, "'"));
}

absl::Status steered_meanwhile(int changes, int known) {
  return conflict("changes", absl::StrCat("the session was steered meanwhile: it has ", changes,
                                          " changes, not ", known, "; look at it again"));
}

absl::Status claim_lost(int index) {
  return conflict("claim", absl::StrCat("segment ", index,
                                        " is no longer this worker's: the session was steered, or "
                                        "another one has claimed it"));
}

absl::Status no_segment(int index) {
  return not_found("index", absl::StrCat("segment ", index, " is not ready, or no longer kept"));
}

absl::Status other_url_key(const std::string& newest) {
  return conflict("key_id",
                  absl::StrCat("'", newest, "' is no longer the newest key; load the keys again"));
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

}  // namespace focus::core::store
