// SPDX-License-Identifier: MIT
#include "engines/library/library_engine.h"

#include <cmath>
#include <utility>

#include "base/cancel.h"
#include "base/error.h"
#include "dsp/flush_denormals.h"
#include "engines/library/folder_library.h"
#include "engines/library/mixdown.h"

namespace focus::core::engines {
namespace {

/// Cancels also where the engine was removed.
class RetiringSink final : public SegmentSink {
 public:
  RetiringSink(SegmentSink& sink, std::function<bool()> is_retired)
      : sink_(sink), is_retired_(std::move(is_retired)) {}
  void write(audio::ConstAudioView block) override { sink_.write(block); }
  bool cancelled() const override { return sink_.cancelled() || is_retired_(); }
  void report_progress(double fraction) override { sink_.report_progress(fraction); }

 private:
  SegmentSink& sink_;
  const std::function<bool()> is_retired_;
};

}  // namespace

LibraryEngine::LibraryEngine(std::shared_ptr<FolderLibrary> library, std::string key)
    : library_(std::move(library)) {
  info_.key = std::move(key);
  info_.display_name = "Library";
  info_.description = "Your own music: tracks that fit, joined without a gap.";
  info_.version = "1";
  info_.max_duration_seconds = 3600;
  info_.vocals = true;
  info_.licence_class = LicenceClass::unclear;
  info_.expected_speed = 20.0;
}

int LibraryEngine::playing_rate(int session_rate) const {
  return session_rate % 11025 == 0 ? 44100 : 48000;
}

absl::Status LibraryEngine::generate(const plan::Brief& brief, SegmentSink& sink) const {
  {
    const MutexLock lock(mutex_);
    if (is_retired_) return engine_error("the library was removed");
    ++calls_;
  }
  RetiringSink retiring(sink, [this] {
    const MutexLock lock(mutex_);
    return is_retired_;
  });
  absl::Status played;
  try {
    played = play(brief, retiring);
  } catch (...) {
    const MutexLock lock(mutex_);
    --calls_;
    changed_.notify_all();
    throw;
  }
  const MutexLock lock(mutex_);
  --calls_;
  changed_.notify_all();
  if (is_cancelled(played) && !sink.cancelled()) return engine_error("the library was removed");
  return played;
}

absl::Status LibraryEngine::play(const plan::Brief& brief, SegmentSink& sink) const {
  const dsp::FlushDenormals flush;
  FOCUS_RETURN_IF_ERROR(library_->await_tracks([&sink] { return sink.cancelled(); }));
  auto made = library_->programmes().of(brief);
  // What it says may name a file, and go to a client.
  if (!made.ok() && !path_of(made.status()).empty()) {
    return engine_error("the catalogue of the library can not be used");
  }
  FOCUS_ASSIGN_OR_RETURN(const auto programme, std::move(made));
  const std::int64_t start = std::llround(brief.start_seconds * brief.sample_rate);
  return play_window(
      *programme, start, start + brief.frames, brief.sample_rate, sink,
      [this](const Track& track, const absl::Status& why) { library_->note_failure(track, why); });
}

absl::Status LibraryEngine::retire(std::chrono::milliseconds timeout) {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  const MutexLock lock(mutex_);
  is_retired_ = true;
  while (calls_ > 0) {
    if (!changed_.wait_until(mutex_, deadline) && calls_ > 0) {
      return fault_error(Fault::not_ready, "the library still plays a segment");
    }
  }
  return absl::OkStatus();
}

}  // namespace focus::core::engines
