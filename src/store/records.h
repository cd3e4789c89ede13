// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <absl/status/status.h>

#include "audio/format.h"
#include "mastering/master.h"
#include "plan/request.h"
#include "plan/steering.h"

namespace focus::core::store {

/// A session as the store keeps it: enough to plan it again, the same.
struct SessionRecord {
  std::string id;
  std::int64_t created_at = 0;        ///< Unix seconds
  bool ended = false;                 ///< the caller ended it; final
  bool stopped_cap = false;           ///< the spend cap stopped it; final
  std::string organization;           ///< whose money it spends; "" where the host has none
  std::string caller;                 ///< who started it
  int plan_version = 0;               ///< Plan::kVersion of the library that started it
  plan::Request request;              ///< with the engine's key and the seed filled in
  std::vector<plan::Change> history;  ///< how it was steered, oldest first
};

/// Some of the sessions of one owner.
struct SessionQuery {
  std::string organization;
  std::string caller;
  std::string before;  ///< only those that came before this one of theirs; "": all
  /// When `before` was created, for where it is gone: those of that second or before it.
  std::int64_t before_created_at = 0;
  int limit = 0;  ///< at most so many
};

/// A ready segment as the store keeps it.
struct SegmentRecord {
  int index = 0;
  std::string engine;  ///< that really played it
  std::string engine_version;
  std::string licence_class = "unclear";  ///< what it said of its music then; see TrackRecord
  bool instrumental = false;              ///< whether it said so
  bool fallback = false;                  ///< whether it is not the engine that was asked for
  std::string path;                       ///< "" in memory
  std::int64_t frames = 0;
  std::int64_t bytes = 0;  ///< of its file; 0 in memory
  std::string
      digest;  ///< of its file (base/digest.h); "" in memory, or where it is older than digests
  int sample_rate = 48000;
  mastering::Mastering mastering;
};

/// A segment that was promoted: it outlives its session.
struct TrackRecord {
  std::string id;
  std::string title;
  std::string engine;  ///< that really played it
  std::string session_id;
  int segment_index = 0;
  std::string organization;
  std::string caller;
  std::string licence_class;  ///< the wire contract's name for it, e.g. "commercial_cleared"
  bool instrumental = false;
  std::int64_t frames = 0;
  int sample_rate = 48000;
  audio::AudioFormat format = audio::AudioFormat::flac16;
  std::int64_t bytes = 0;
  std::int64_t created_at = 0;  ///< Unix seconds
  std::string digest;           ///< of its file; "" in memory, or where it is older than digests
  std::string path;             ///< "" in memory
};
/// Some of the tracks of one owner.
struct TrackQuery {
  std::string organization;
  std::string caller;
  std::string before;  ///< only those that came before this one of theirs; "": all
  int limit = 0;       ///< at most so many
};
absl::Status no_track(const std::string& id);
/// `track` is of that segment already.
absl::Status promoted_already(const TrackRecord& track);

/// What links are signed with.
struct UrlKey {
  std::string id;
  std::string secret;           ///< kUrlSecretBytes of any value
  std::int64_t created_at = 0;  ///< Unix seconds
};
inline constexpr std::size_t kUrlSecretBytes = 32;
/// The one that signs, and the one before, whose links are still about.
inline constexpr std::size_t kUrlKeysKept = 2;
absl::Status validate(const UrlKey& key);

absl::Status no_session(const std::string& id);
/// The conflict of a caller that knows `known` changes of a session that has `changes`.
absl::Status steered_meanwhile(int changes, int known);
/// The conflict of a caller whose claim of the segment is no longer the current one.
absl::Status claim_lost(int index);
/// The segment is not ready, or not kept any more.
absl::Status no_segment(int index);
/// `newest` is not the newest key.
absl::Status other_url_key(const std::string& newest);

/// "000.flac": what a segment's file is called, in a store and wherever it is copied to.
std::string segment_file_name(int index, audio::AudioFormat format);

}  // namespace focus::core::store
