// SPDX-License-Identifier: MIT
#include "player/mixdown.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"

namespace focus::core {
namespace {

constexpr int kChannels = 2;
constexpr double kCeilingDbtp = -1.0;
/// A join that comes late needs at least this much of the old segment; else there is none.
constexpr double kShortestJoinSeconds = 0.02;
/// Over which music that broke off goes over into what was made in its place.
constexpr double kSeamSeconds = 0.03;

void scale(AudioView audio, float gain) {
  if (gain == 1.0f) return;
  for (int c = 0; c < audio.channel_count(); ++c) {
    for (float& sample : audio.samples(c)) sample *= gain;
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

Mixdown::Mixdown(SessionUse session, Listeners::Kind kind)
    : session_(std::move(session)),
      kind_(kind),
      rate_(session_->request().sample_rate),
      listener_(session_->add_listener(kind)),
      plan_(session_->plan()),
      last_(kChannels, static_cast<std::int64_t>(kSeamSeconds * rate_), rate_) {}

Mixdown::~Mixdown() { session_->remove_listener(listener_); }

void Mixdown::notice_change() {
  if (session_->change_count() == plan().change_count()) return;
  next_plan_ = session_->plan();
  first_changed_ = next_plan_->kept_since(plan_->change_count());
  if (cued_ && cued_->index >= first_changed_) cued_.reset();
  early_end_from_.reset();
  takes_change_ = kind_ == Listeners::Kind::offline;
  if (deck_) return;
  plan_ = std::move(next_plan_);
  next_plan_.reset();
}

/// Where what is heard is to be joined by another segment; it may lie behind the position.
std::optional<Mixdown::Boundary> Mixdown::next_boundary() const {
  const int next = newest_index() + 1;
  if (next_plan_ && next >= first_changed_) {
    const std::int64_t cut = next_plan_->start_frame(first_changed_, rate_);
    const int begun = next_plan_->segment_at(position_, rate_);
    return Boundary{std::max(begun, first_changed_), cut};
  }
  if (next >= plan_->segment_count()) return std::nullopt;
  return Boundary{next, plan_->start_frame(next, rate_)};
}

absl::StatusOr<Mixdown::Opening> Mixdown::open(int index, const Plan& planned, Deck& deck) {
  if (cued_ && cued_->index == index) {
    deck = *std::exchange(cued_, std::nullopt);
    return Opening::opened;
  }
  Session::Readiness readiness = session_->readiness(index);
  if (readiness == Session::Readiness::pending && kind_ == Listeners::Kind::offline) {
    report(position_);
    readiness = session_->await(index);
  }
  if (readiness == Session::Readiness::pending) return Opening::pending;
  if (session_->change_count() != plan().change_count()) return Opening::pending;
  if (readiness == Session::Readiness::never) {
    const absl::Status why = session_->wait_ready(index);
    if (kind_ == Listeners::Kind::offline && !absl::IsCancelled(why)) return why;
    return Opening::never;
  }
  auto reader = session_->open_segment(index);
  if (session_->change_count() != plan().change_count()) return Opening::pending;
  if (!reader.ok() && kind_ == Listeners::Kind::live) {
    session_->lose_segment(index, reader.status());
    return Opening::pending;
  }
  FOCUS_RETURN_IF_ERROR(reader.status());
  deck = {index, planned.start_frame(index, rate_), *std::move(reader), 1.0f};
  return Opening::opened;
}

/// Puts the position at a frame where segment `index` is heard, under the plan that is played.
absl::StatusOr<Mixdown::Opening> Mixdown::place(std::int64_t frame, int index) {
  const std::int64_t start = plan_->start_frame(index, rate_);
  join_.reset();
  // In an overlap both sides are heard, as if it had been played up to here.
  if (index > 0 && frame < plan_->end_frame(index - 1, rate_)) {
    Deck old;
    FOCUS_ASSIGN_OR_RETURN(const Opening opening, open(index - 1, *plan_, old));
    if (opening == Opening::opened) {
      const auto known = polarities_.find(index - 1);
      if (known != polarities_.end()) old.polarity = known->second;
      deck_ = std::move(old);
      position_ = start;
      FOCUS_ASSIGN_OR_RETURN(const Opening joined, begin_join(index));
      position_ = frame;
      if (joined == Opening::opened) return Opening::opened;
    }
  }
  Deck deck;
  FOCUS_ASSIGN_OR_RETURN(const Opening opening, open(index, *plan_, deck));
  position_ = frame;
  if (opening != Opening::opened) {
    deck_.reset();
    return opening;
  }
  const auto known = polarities_.find(index);
  if (known != polarities_.end()) deck.polarity = known->second;
  deck_ = std::move(deck);
  return Opening::opened;
}

absl::StatusOr<Mixdown::Opening> Mixdown::open_at_position() {
  return place(position_, plan_->segment_at(position_, rate_));
}

void Mixdown::seek(std::int64_t frame) {
  plan_ = session_->plan();
  next_plan_.reset();
  deck_.reset();
  join_.reset();
  cued_.reset();
  polarities_.clear();
  early_end_from_.reset();
  torn_ = false;
  const std::int64_t end = plan_->end_frame(plan_->segment_count() - 1, rate_);
  position_ = std::clamp<std::int64_t>(frame, 0, end - 1);
}

std::optional<std::int64_t> Mixdown::change_ready() {
  notice_change();
  if (!next_plan_ || !deck_) return std::nullopt;
  const std::optional<Boundary> change = next_boundary();
  if (!change || change->index < first_changed_) return std::nullopt;
  if (session_->readiness(change->index) != Session::Readiness::ready) return std::nullopt;
  takes_change_ = true;
  return change->frame;
}

absl::Status Mixdown::go_back(std::int64_t frame) {
  const int kept = std::max(first_changed_ - 1, 0);
  return place(frame, std::min(plan_->segment_at(frame, rate_), kept)).status();
}

std::int64_t Mixdown::deck_end() const {
  const Deck& deck = join_ ? join_->next : *deck_;
  return deck.start + (deck.reader ? deck.reader->frames() : 0);
}

void Mixdown::report(std::int64_t frame) {
  Hearing hearing;
  hearing.frame = frame;
  hearing.begun = begun_;
  hearing.segment = plan_->segment_at(frame, rate_);
  if (hearing.segment > 0 && frame < plan_->end_frame(hearing.segment - 1, rate_)) {
    --hearing.segment;
  }
  if (!deck_ || !deck_->reader) {
    hearing.missing = plan_->segment_at(position_, rate_);
  } else if (const auto next = next_boundary(); next && !cued_) {
    // A change may come late, as long as there is something to change from.
    const bool change = next_plan_ && next->index >= first_changed_;
    hearing.missing = next->index;
    hearing.lasts_seconds =
        static_cast<double>((change ? deck_end() : next->frame) - position_) / rate_;
    // With a look-ahead of 0 it would not be made else.
    if (position_ >= next->frame && session_->request().look_ahead == 0) {
      hearing.segment = next->index;
    }
  }
  if (hearing.missing >= 0 && session_->readiness(hearing.missing) == Session::Readiness::ready) {
    hearing.missing = -1;
  }
  session_->move_listener(listener_, hearing);
}

void Mixdown::announce(std::int64_t frame) {
  Hearing hearing;
  hearing.frame = frame;
  hearing.segment = session_->plan()->segment_at(frame, rate_);
  hearing.begun = true;
  session_->move_listener(listener_, hearing);
}

int Mixdown::latest_index() const {
  return next_plan_ ? first_changed_ - 1 : plan_->segment_count() - 1;
}

/// Opens the next segment as soon as it is there: a file that is open stays readable.
absl::Status Mixdown::cue_next() {
  const auto next = next_boundary();
  if (cued_ || !next || session_->readiness(next->index) != Session::Readiness::ready) {
    return absl::OkStatus();
  }
  Deck deck;
  FOCUS_ASSIGN_OR_RETURN(const Opening opening, open(next->index, plan(), deck));
  if (opening == Opening::opened) cued_ = std::move(deck);
  return absl::OkStatus();
}

absl::StatusOr<Mixdown::Opening> Mixdown::begin_join(int index) {
  const bool changes = next_plan_ && index >= first_changed_;
  if (changes && !takes_change_) return Opening::pending;
  const Plan& plan = changes ? *next_plan_ : *plan_;
  Join join;
  FOCUS_ASSIGN_OR_RETURN(const Opening opening, open(index, plan, join.next));
  if (opening != Opening::opened) return opening;

  join.start = position_;
  const std::int64_t offset = position_ - join.next.start;
  const std::int64_t planned = index > 0 ? plan.overlap_out_frames(index - 1, rate_) : 0;
  const std::int64_t wanted = std::min(planned, join.next.reader->frames() - offset);
  join.old_tail = AudioBuffer(kChannels, wanted, rate_);
  std::int64_t overlap = 0;
  while (overlap < wanted) {
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t count,
                           produce(join.old_tail.view().subview(overlap, wanted - overlap)));
    if (count == 0) break;
    overlap += count;
  }
  position_ = join.start;
  join_.reset();
  if (changes) plan_ = std::exchange(next_plan_, nullptr);
  if (overlap < static_cast<std::int64_t>(kShortestJoinSeconds * rate_)) {
    deck_ = std::move(join.next);
    return Opening::opened;
  }
  join.old_tail.truncate(overlap);
  join.new_head = AudioBuffer(kChannels, overlap, rate_);
  FOCUS_RETURN_IF_ERROR(read_fully(*join.next.reader, offset, join.new_head.view()));
  join.transition =
      find_transition(join.old_tail.view(), join.new_head.view(), rate_, kCeilingDbtp);
  join.next.polarity = join.transition.invert_new ? -1.0f : 1.0f;
  polarities_[index] = join.next.polarity;
  polarities_.erase(polarities_.begin(), polarities_.lower_bound(index - 2));
  join_ = std::move(join);
  return Opening::opened;
}

absl::StatusOr<std::int64_t> Mixdown::play_body(AudioView out) {
  const std::int64_t at = position_ - deck_->start;
  const std::int64_t left = deck_->reader ? deck_->reader->frames() - at : 0;
  const AudioView part = out.subview(0, std::clamp<std::int64_t>(left, 0, out.frames()));
  if (const absl::Status read = read_fully(*deck_->reader, at, part); !read.ok()) {
    if (kind_ == Listeners::Kind::offline) return read;
    session_->lose_segment(deck_->index, read);
    deck_->reader.reset();
    torn_ = true;
    return 0;
  }
  scale(part, deck_->polarity);
  position_ += part.frames();
  return part.frames();
}

std::int64_t Mixdown::play_join(AudioView out) {
  const std::int64_t at = position_ - join_->start;
  const std::int64_t overlap = join_->transition.frames;
  const std::int64_t count = std::min(out.frames(), overlap - at);
  join_->transition.mix_crossfade(std::as_const(join_->old_tail).view().subview(at, count),
                                  std::as_const(join_->new_head).view().subview(at, count), at,
                                  out.subview(0, count));
  position_ += count;
  if (at + count == overlap) {
    deck_ = std::move(join_->next);
    join_.reset();
  }
  return count;
}

/// What is heard, as it goes on by itself; 0 frames where it has come to its end.
absl::StatusOr<std::int64_t> Mixdown::produce(AudioView out) {
  if (join_) return play_join(out);
  if (!deck_->reader) return 0;
  return play_body(out);
}

/// `out` has just been read: down to nothing where the deck ends.
void Mixdown::fade_early_end(AudioView out) {
  const double length =
      static_cast<double>(std::max<std::int64_t>(deck_end() - *early_end_from_, 1));
  const std::int64_t first = position_ - out.frames();
  for (std::int64_t i = 0; i < out.frames(); ++i) {
    const double left = static_cast<double>(deck_end() - first - i) / length;
    const auto gain = static_cast<float>(0.5 * (1.0 - std::cos(std::numbers::pi * left)));
    for (int c = 0; c < kChannels; ++c) out.channel(c)[i] *= gain;
  }
}

void Mixdown::remember(ConstAudioView out) {
  const std::int64_t fresh = std::min(out.frames(), last_.frames());
  const std::int64_t kept = last_.frames() - fresh;
  for (int c = 0; c < kChannels; ++c) {
    const std::span<float> last = last_.samples(c);
    std::copy(last.end() - kept, last.end(), last.begin());
    std::copy_n(out.channel(c) + out.frames() - fresh, fresh, last.begin() + kept);
  }
}

/// What was heard has broken off, and what was made in its place may be other music: the last
/// moment, played backwards, fades into it.
absl::Status Mixdown::mend_seam() {
  torn_ = false;
  if (join_) return absl::OkStatus();
  const std::int64_t at = position_ - deck_->start;
  const std::int64_t frames = std::min(last_.frames(), deck_->reader->frames() - at);
  Join seam{std::move(*deck_), position_, AudioBuffer(kChannels, frames, rate_),
            AudioBuffer(kChannels, frames, rate_), Transition()};
  FOCUS_RETURN_IF_ERROR(read_fully(*seam.next.reader, at, seam.new_head.view()));
  scale(seam.new_head.view(), seam.next.polarity);
  for (int c = 0; c < kChannels; ++c) {
    std::reverse_copy(last_.samples(c).end() - frames, last_.samples(c).end(),
                      seam.old_tail.samples(c).begin());
  }
  seam.transition.curve = CrossfadeCurve::equal_power;
  seam.transition.frames = frames;
  join_ = std::move(seam);
  return absl::OkStatus();
}

absl::StatusOr<Mixdown::Block> Mixdown::read(AudioView out) {
  auto block = mix(out);
  if (!block.ok() && deck_) {
    session_->events().add({EventType::segment_failed, deck_->index, block.status(),
                            std::string(block.status().message())});
  }
  return block;
}

/// An offline one has waited: there is another plan now.
bool Mixdown::waits_for(Opening opening) const {
  return opening == Opening::pending && kind_ == Listeners::Kind::offline;
}

absl::StatusOr<Mixdown::Block> Mixdown::mix(AudioView out) {
  Block block;
  while (block.frames < out.frames()) {
    notice_change();
    if (!deck_ || (!deck_->reader && !join_)) {
      FOCUS_ASSIGN_OR_RETURN(const Opening opening, open_at_position());
      if (opening == Opening::opened && torn_) FOCUS_RETURN_IF_ERROR(mend_seam());
      if (opening == Opening::opened || waits_for(opening)) continue;
      block.state = opening == Opening::pending ? State::waiting : State::finished;
      return block;
    }
    FOCUS_RETURN_IF_ERROR(cue_next());
    std::int64_t most = out.frames() - block.frames;
    const auto next = early_end_from_ ? std::nullopt : next_boundary();
    bool late = false;
    if (next && position_ < next->frame) {
      most = std::min(most, next->frame - position_);
    } else if (next) {
      FOCUS_ASSIGN_OR_RETURN(const Opening opening, begin_join(next->index));
      if (opening == Opening::opened || waits_for(opening)) continue;
      late = opening == Opening::pending;
      if (opening == Opening::never && !join_) early_end_from_ = position_;
    }
    const AudioView part = out.subview(block.frames, most);
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t count, produce(part));
    if (early_end_from_) fade_early_end(part.subview(0, count));
    remember(part.subview(0, count));
    begun_ = begun_ || count > 0;
    block.frames += count;
    if (count > 0) continue;
    const bool lost = !join_ && !deck_->reader;
    block.state = late || lost ? State::waiting : State::finished;
    return block;
  }
  return block;
}

}  // namespace focus::core
