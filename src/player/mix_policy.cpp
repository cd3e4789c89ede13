// SPDX-License-Identifier: MIT
#include "player/mix_policy.h"

#include <set>
#include <utility>

#include "base/error.h"
#include "player/recent_audio.h"
#include "session/heard_segment.h"

namespace focus::core::player {
namespace {

class LivePolicy final : public MixPolicy {
 public:
  LivePolicy(session::Session& session, std::int64_t remembered_frames)
      : session_(session),
        recent_(audio::kChannels, remembered_frames, session.started_with().sample_rate) {}

  bool waits() const override { return false; }
  bool goes_on_after_exception() const override { return true; }

  session::Readiness wait(int index) override { return session_.readiness(index); }
  absl::Status lose(int index, const absl::Status& why, bool is_replaced) override {
    // Where memory was short nothing is wrong with the segment: it is opened again.
    if (!is_replaced && !has_fault(why, Fault::memory)) session_.lose_segment(index, why);
    return absl::OkStatus();
  }
  absl::Status lose_unopened(int index, const absl::Status& why) override {
    return lose(index, why, false);
  }
  absl::Status fail(int) override { return absl::OkStatus(); }

  void remember(audio::ConstAudioView given) override { recent_.add(given); }
  bool recall(std::int64_t frames_ago, audio::AudioView out) const override {
    if (recent_.empty()) return false;
    recent_.copy(frames_ago, out);
    return true;
  }

 private:
  session::Session& session_;
  RecentAudio recent_;
};

class OfflinePolicy final : public MixPolicy {
 public:
  OfflinePolicy(session::Session& session, std::function<void()> before_waiting)
      : session_(session), before_waiting_(std::move(before_waiting)) {}

  bool waits() const override { return true; }
  bool goes_on_after_exception() const override { return false; }

  /// A caller that reads again after it was told of a failure has the segment tried again.
  session::Readiness wait(int index) override {
    if (std::exchange(is_told_, false)) session_.try_again();
    const session::Readiness readiness = session_.readiness(index);
    if (readiness != session::Readiness::pending) return readiness;
    before_waiting_();
    return session_.wait_ready(index).ok() ? session::Readiness::ready : session_.readiness(index);
  }
  absl::Status lose(int, const absl::Status& why, bool) override { return why; }
  /// Where what was made again is lost too, something is wrong that making it again does not mend.
  absl::Status lose_unopened(int index, const absl::Status& why) override {
    if (!session::is_lost(why) || !lost_.insert(index).second) return why;
    session_.lose_segment(index, why);
    return absl::OkStatus();
  }
  /// A session that was ended or stopped has simply no more music; any other reason is an error.
  absl::Status fail(int index) override {
    absl::Status why = session_.wait_ready(index);
    if (is_cancelled(why)) return absl::OkStatus();
    is_told_ = !why.ok();
    return why;
  }

  void remember(audio::ConstAudioView) override {}
  bool recall(std::int64_t, audio::AudioView) const override { return false; }

 private:
  session::Session& session_;
  const std::function<void()> before_waiting_;
  std::set<int> lost_;
  bool is_told_ = false;
};

}  // namespace

std::unique_ptr<MixPolicy> MixPolicy::create(session::Session& session,
                                             session::Listeners::Kind kind,
                                             std::int64_t remembered_frames,
                                             std::function<void()> before_waiting) {
  if (kind == session::Listeners::Kind::live) {
    return std::make_unique<LivePolicy>(session, remembered_frames);
  }
  return std::make_unique<OfflinePolicy>(session, std::move(before_waiting));
}

}  // namespace focus::core::player
