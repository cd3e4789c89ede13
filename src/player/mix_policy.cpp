// SPDX-License-Identifier: MIT
#include "player/mix_policy.h"

#include <utility>

#include "player/recent_audio.h"

namespace focus::core {
namespace {

constexpr int kChannels = 2;

class LivePolicy final : public MixPolicy {
 public:
  LivePolicy(Session& session, std::int64_t remembered_frames)
      : session_(session), recent_(kChannels, remembered_frames, session.request().sample_rate) {}

  bool waits() const override { return false; }
  bool goes_on_after_exception() const override { return true; }

  Session::Readiness wait(int index) override { return session_.readiness(index); }
  absl::Status lose(int index, const absl::Status& why, bool is_replaced) override {
    if (!is_replaced) session_.lose_segment(index, why);
    return absl::OkStatus();
  }
  absl::Status fail(int) override { return absl::OkStatus(); }

  void remember(ConstAudioView given) override { recent_.add(given); }
  bool recall(std::int64_t frames_ago, AudioView out) const override {
    if (recent_.empty()) return false;
    recent_.copy(frames_ago, out);
    return true;
  }

 private:
  Session& session_;
  RecentAudio recent_;
};

class OfflinePolicy final : public MixPolicy {
 public:
  OfflinePolicy(Session& session, std::function<void()> before_waiting)
      : session_(session), before_waiting_(std::move(before_waiting)) {}

  bool waits() const override { return true; }
  bool goes_on_after_exception() const override { return false; }

  Session::Readiness wait(int index) override {
    const Session::Readiness readiness = session_.readiness(index);
    if (readiness != Session::Readiness::pending) return readiness;
    before_waiting_();
    return session_.await(index);
  }
  absl::Status lose(int, const absl::Status& why, bool) override { return why; }
  /// A session that was ended or stopped has simply no more music; any other reason is an error.
  absl::Status fail(int index) override {
    const absl::Status why = session_.wait_ready(index);
    return absl::IsCancelled(why) ? absl::OkStatus() : why;
  }

  void remember(ConstAudioView) override {}
  bool recall(std::int64_t, AudioView) const override { return false; }

 private:
  Session& session_;
  const std::function<void()> before_waiting_;
};

}  // namespace

std::unique_ptr<MixPolicy> MixPolicy::create(Session& session, Listeners::Kind kind,
                                             std::int64_t remembered_frames,
                                             std::function<void()> before_waiting) {
  if (kind == Listeners::Kind::live) {
    return std::make_unique<LivePolicy>(session, remembered_frames);
  }
  return std::make_unique<OfflinePolicy>(session, std::move(before_waiting));
}

}  // namespace focus::core
