// SPDX-License-Identifier: MIT
#include "player/mixdown.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "base/error.h"

namespace focus::core {
namespace {

constexpr int kChannels = 2;
constexpr double kCeilingDbtp = -1.0;

void negate(AudioView audio) {
  for (int c = 0; c < audio.channel_count(); ++c) {
    for (float& sample : audio.samples(c)) sample = -sample;
  }
}

absl::Status read_fully(SegmentReader& reader, std::int64_t first_frame, AudioView out) {
  std::int64_t done = 0;
  while (done < out.frames()) {
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t count,
                           reader.read(first_frame + done, out.subview(done, out.frames() - done)));
    if (count == 0) return absl::DataLossError("a segment's file ends before its planned length");
    done += count;
  }
  return absl::OkStatus();
}

}  // namespace

Mixdown::Mixdown(SessionUse session)
    : session_(std::move(session)),
      rate_(session_->request().sample_rate),
      listener_(session_->add_listener()) {}

Mixdown::~Mixdown() { session_->remove_listener(listener_); }

std::int64_t Mixdown::overlap_frames(int index) const {
  return session_->plan().overlap_out_frames(index, rate_);
}

absl::StatusOr<Session::Readiness> Mixdown::await(int index, Patience patience) {
  const Session::Readiness now = session_->readiness(index);
  if (now == Session::Readiness::ready || patience == Patience::none) return now;
  // Also for one that will never be: it says why.
  const absl::Status waited = session_->wait_ready(index);
  if (waited.ok()) return Session::Readiness::ready;
  if (absl::IsCancelled(waited)) return Session::Readiness::never;
  return waited;
}

absl::StatusOr<Mixdown::State> Mixdown::open_first(Patience patience) {
  FOCUS_ASSIGN_OR_RETURN(const Session::Readiness readiness, await(0, patience));
  if (readiness == Session::Readiness::pending) return State::waiting;
  if (readiness == Session::Readiness::never) return State::finished;
  FOCUS_ASSIGN_OR_RETURN(auto reader, session_->open_segment(0));
  deck_ = Deck{0, std::move(reader), 0};
  return State::playing;
}

absl::StatusOr<Mixdown::State> Mixdown::begin_join(Patience patience) {
  const int index = deck_->index + 1;
  // With a look-ahead of 0 it would never be made unless the playhead moves to it.
  if (session_->request().look_ahead == 0 &&
      session_->readiness(index) == Session::Readiness::pending) {
    session_->move_listener(listener_, index);
  }
  FOCUS_ASSIGN_OR_RETURN(const Session::Readiness readiness, await(index, patience));
  if (readiness == Session::Readiness::pending) return State::waiting;
  if (readiness == Session::Readiness::never) {
    ends_early_ = true;
    return State::playing;
  }
  Join join;
  FOCUS_ASSIGN_OR_RETURN(auto reader, session_->open_segment(index));
  const std::int64_t overlap = overlap_frames(deck_->index);
  join.old_tail = AudioBuffer(kChannels, overlap, rate_);
  join.new_head = AudioBuffer(kChannels, overlap, rate_);
  FOCUS_RETURN_IF_ERROR(read_fully(*deck_->reader, deck_->position, join.old_tail.view()));
  FOCUS_RETURN_IF_ERROR(read_fully(*reader, 0, join.new_head.view()));
  join.transition =
      find_transition(join.old_tail.view(), join.new_head.view(), rate_, kCeilingDbtp);
  join.next = Deck{index, std::move(reader), overlap};
  join_ = std::move(join);
  return State::playing;
}

absl::StatusOr<std::int64_t> Mixdown::play_body(AudioView out) {
  const std::int64_t body_end = deck_->reader->frames() - overlap_frames(deck_->index);
  const std::int64_t left = std::max<std::int64_t>(body_end - deck_->position, 0);
  const AudioView part = out.subview(0, std::min(out.frames(), left));
  FOCUS_RETURN_IF_ERROR(read_fully(*deck_->reader, deck_->position, part));
  if (inverted_) negate(part);
  deck_->position += part.frames();
  return part.frames();
}

std::int64_t Mixdown::play_join(AudioView out) {
  const std::int64_t overlap = join_->transition.frames;
  const std::int64_t count = std::min(out.frames(), overlap - join_->position);
  const AudioView part = out.subview(0, count);
  join_->transition.mix_crossfade(
      std::as_const(join_->old_tail).view().subview(join_->position, count),
      std::as_const(join_->new_head).view().subview(join_->position, count), join_->position, part);
  if (inverted_) negate(part);
  join_->position += count;
  if (join_->position == overlap) {
    if (join_->transition.invert_new) inverted_ = !inverted_;
    deck_ = std::move(join_->next);
    join_.reset();
    session_->move_listener(listener_, deck_->index);
  }
  return count;
}

absl::StatusOr<std::int64_t> Mixdown::play_early_end(AudioView out) {
  const std::int64_t end = deck_->reader->frames();
  const std::int64_t fade = overlap_frames(deck_->index);
  const std::int64_t count = std::min(out.frames(), end - deck_->position);
  const AudioView part = out.subview(0, count);
  FOCUS_RETURN_IF_ERROR(read_fully(*deck_->reader, deck_->position, part));
  for (std::int64_t i = 0; i < count; ++i) {
    const double left = static_cast<double>(end - deck_->position - i) / static_cast<double>(fade);
    const auto gain = static_cast<float>(0.5 * (1.0 - std::cos(std::numbers::pi * left)));
    for (int c = 0; c < kChannels; ++c) part.channel(c)[i] *= inverted_ ? -gain : gain;
  }
  deck_->position += count;
  return count;
}

absl::StatusOr<Mixdown::Block> Mixdown::read(AudioView out, Patience patience) {
  auto block = mix(out, patience);
  if (!block.ok() && deck_) {
    session_->events().add({EventType::segment_failed, deck_->index, block.status(),
                            std::string(block.status().message())});
  }
  return block;
}

absl::StatusOr<Mixdown::Block> Mixdown::mix(AudioView out, Patience patience) {
  Block block;
  while (block.frames < out.frames() && block.state == State::playing) {
    const AudioView rest = out.subview(block.frames, out.frames() - block.frames);
    std::int64_t count = 0;
    if (!deck_) {
      FOCUS_ASSIGN_OR_RETURN(block.state, open_first(patience));
    } else if (join_) {
      count = play_join(rest);
    } else if (ends_early_) {
      FOCUS_ASSIGN_OR_RETURN(count, play_early_end(rest));
      if (count == 0) block.state = State::finished;
    } else {
      FOCUS_ASSIGN_OR_RETURN(count, play_body(rest));
      const bool last = deck_->index + 1 == session_->plan().segment_count();
      if (count == 0 && last) {
        block.state = State::finished;
      } else if (count == 0) {
        FOCUS_ASSIGN_OR_RETURN(block.state, begin_join(patience));
      }
    }
    block.frames += count;
  }
  return block;
}

}  // namespace focus::core
