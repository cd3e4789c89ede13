// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mastering/master.h"
#include "plan/request.h"
#include "plan/steering.h"

namespace focus::core {

/// A session as the store keeps it: enough to plan it again, the same.
struct SessionRecord {
  std::string id;
  std::int64_t created_at = 0;  ///< Unix seconds
  bool ended = false;           ///< the caller ended it; final
  bool stopped_cap = false;     ///< the spend cap stopped it; final
  std::string organization;     ///< whose money it spends; "" where the host has none
  std::string caller;           ///< who started it
  int plan_version = 0;         ///< Plan::kVersion of whoever started it
  Request request;              ///< with the engine's key and the seed filled in
  std::vector<Change> history;  ///< how it was steered, oldest first
};

/// A ready segment as the store keeps it.
struct SegmentRecord {
  int index = 0;
  std::string engine;  ///< that really played it
  std::string engine_version;
  bool fallback = false;  ///< whether it is not the engine that was asked for
  std::string path;       ///< "" in memory
  std::int64_t frames = 0;
  std::int64_t bytes = 0;  ///< of its file; 0 in memory
  int sample_rate = 48000;
  Mastering mastering;
};

/// "000.flac": what a segment's file is called, in a store and wherever it is copied to.
std::string segment_file_name(int index, AudioFormat format);

}  // namespace focus::core
