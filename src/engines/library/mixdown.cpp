// SPDX-License-Identifier: MIT
#include "engines/library/mixdown.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "base/cancel.h"
#include "base/error.h"
#include "mastering/transition.h"

namespace focus::core::engines {
namespace {

constexpr std::int64_t kMixBlock = 4096;
// What the sum of an overlap may reach. Tracks have their peaks at kProgrammeLufs and mastering has
// the last word, so this only keeps it within reason.
constexpr double kMixCeiling = 9.0;
constexpr double kOpeningSeconds = 0.01;
constexpr double kCutOpeningSeconds = 2.0;

class WindowPlayer {
 public:
  WindowPlayer(const Programme& programme, std::int64_t from, std::int64_t to, int rate,
               SegmentSink& sink, const TellFailure& tell)
      : programme_(programme),
        from_(from),
        to_(to),
        rate_(rate),
        sink_(sink),
        tell_(tell),
        block_(2, kMixBlock, rate) {}

  absl::Status run() {
    const std::vector<ProgrammeItem>& items = programme_.items();
    for (std::size_t k = 0; k < items.size(); ++k) {
      const bool is_last = k + 1 == items.size();
      const std::int64_t overlap_end = frame_of(items[k].start + items[k].overlap_in);
      const std::int64_t solo_end = frame_of(is_last ? items[k].end : items[k + 1].start);
      if (solo_end <= from_) continue;
      if (frame_of(items[k].start) >= to_) break;
      if (k > 0 && overlap_end > from_) FOCUS_RETURN_IF_ERROR(play_overlap(k));
      FOCUS_RETURN_IF_ERROR(play_alone(k, std::max(overlap_end, from_), std::min(solo_end, to_)));
    }
    return absl::OkStatus();
  }

 private:
  std::int64_t frame_of(Hundredths time) const { return time * rate_ / 100; }

  ItemPlayer& player(std::size_t k) {
    if (current_ != nullptr && current_index_ == k) return *current_;
    current_ = make(k);
    current_index_ = k;
    return *current_;
  }
  std::unique_ptr<ItemPlayer> make(std::size_t k) const {
    return std::make_unique<ItemPlayer>(
        programme_, programme_.items()[k], rate_, [this] { return sink_.cancelled(); }, tell_);
  }

  absl::Status play_alone(std::size_t k, std::int64_t from, std::int64_t to) {
    for (std::int64_t at = from; at < to;) {
      if (sink_.cancelled()) return cancelled_error();
      const audio::AudioView part = block_.view().subview(0, std::min(kMixBlock, to - at));
      FOCUS_RETURN_IF_ERROR(player(k).read(at, part));
      open_session(at, part);
      sink_.write(part);
      at += part.frames();
    }
    return absl::OkStatus();
  }

  /// A session that begins in the middle of a sound begins with a short fade, one that begins in
  /// the middle of a track with a longer one.
  void open_session(std::int64_t frame, audio::AudioView part) const {
    const ProgrammeItem& first = programme_.items().front();
    const bool is_cut = 100.0 * first.offset_seconds >
                        static_cast<double>(programme_.track(first).figures.sound_in) + 1.0;
    const double length = (is_cut ? kCutOpeningSeconds : kOpeningSeconds) * rate_;
    if (static_cast<double>(frame) >= length) return;
    for (int c = 0; c < part.channel_count(); ++c) {
      for (std::int64_t i = 0; i < part.frames(); ++i) {
        const double u = static_cast<double>(frame + i) / length;
        if (u >= 1.0) break;
        part.channel(c)[i] *= static_cast<float>(u * u * (3.0 - 2.0 * u));
      }
    }
  }

  absl::Status read_all(ItemPlayer& player, std::int64_t from, audio::AudioBuffer& to) {
    for (std::int64_t done = 0; done < to.frames();) {
      if (sink_.cancelled()) return cancelled_error();
      const std::int64_t count = std::min(kMixBlock, to.frames() - done);
      FOCUS_RETURN_IF_ERROR(player.read(from + done, to.view().subview(done, count)));
      done += count;
    }
    return absl::OkStatus();
  }

  absl::Status play_overlap(std::size_t k) {
    const ProgrammeItem& item = programme_.items()[k];
    const std::int64_t begin = frame_of(item.start);
    const std::int64_t frames = frame_of(item.start + item.overlap_in) - begin;
    if (frames <= 0) return absl::OkStatus();
    audio::AudioBuffer old_tail(2, frames, rate_), new_head(2, frames, rate_);
    FOCUS_RETURN_IF_ERROR(read_all(player(k - 1), begin, old_tail));
    // The new player goes on where its head has ended.
    auto next = make(k);
    FOCUS_RETURN_IF_ERROR(read_all(*next, begin, new_head));
    current_ = std::move(next);
    current_index_ = k;
    mastering::BodySettings settings;
    settings.bodies = item.bodies;
    settings.shape = item.shape;
    const mastering::Transition transition =
        mastering::find_transition(std::as_const(old_tail).view(), std::as_const(new_head).view(),
                                   rate_, kMixCeiling, settings);
    transition.mix_crossfade(std::as_const(old_tail).view(), std::as_const(new_head).view(), 0,
                             old_tail.view());
    const std::int64_t first = std::max(from_ - begin, std::int64_t{0});
    const std::int64_t last = std::min(to_ - begin, frames);
    for (std::int64_t at = first; at < last; at += kMixBlock) {
      if (sink_.cancelled()) return cancelled_error();
      sink_.write(std::as_const(old_tail).view().subview(at, std::min(kMixBlock, last - at)));
    }
    return absl::OkStatus();
  }

  const Programme& programme_;
  const std::int64_t from_;
  const std::int64_t to_;
  const int rate_;
  SegmentSink& sink_;
  const TellFailure& tell_;
  audio::AudioBuffer block_;
  std::unique_ptr<ItemPlayer> current_;
  std::size_t current_index_ = 0;
};

}  // namespace

absl::Status play_window(const Programme& programme, std::int64_t from, std::int64_t to, int rate,
                         SegmentSink& sink, const TellFailure& tell) {
  return WindowPlayer(programme, from, to, rate, sink, tell).run();
}

}  // namespace focus::core::engines
