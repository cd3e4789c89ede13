// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/mutex.h"
#include "engines/engine.h"

namespace focus::core::engines {

class FolderLibrary;

/// The engine that plays a library. It counts as the host's, which has brought the folder and may
/// remove it again.
class LibraryEngine final : public MusicEngine {
 public:
  LibraryEngine(std::shared_ptr<FolderLibrary> library, std::string key);

  const EngineInfo& info() const override { return info_; }
  int playing_rate(int session_rate) const override;
  absl::Status generate(const plan::Brief& brief, SegmentSink& sink) const override;
  bool is_of_host() const override { return true; }
  absl::Status retire(std::chrono::milliseconds timeout) override;

 private:
  absl::Status play(const plan::Brief& brief, SegmentSink& sink) const;

  const std::shared_ptr<FolderLibrary> library_;
  EngineInfo info_;
  mutable Mutex mutex_;
  mutable CondVar changed_;
  mutable int calls_ ABSL_GUARDED_BY(mutex_) = 0;
  bool is_retired_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace focus::core::engines
