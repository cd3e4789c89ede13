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
      recent_(kChannels, static_cast<std::int64_t>(kRememberedSeconds * rate_), rate_) {}

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
    return Boundary{changed_index(position_), cut};
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

/// Under the plan that is played.
absl::StatusOr<Mixdown::Opening> Mixdown::open_at_position() {
  if (next_plan_ && plan_->segment_at(position_, rate_) >= first_changed_) {
    plan_ = std::exchange(next_plan_, nullptr);
  }
  const int index = plan_->segment_at(position_, rate_);
  join_.reset();
  // In an overlap both sides are heard, as if it had been played up to here.
  if (index > 0 && position_ < plan_->end_frame(index - 1, rate_)) {
    Deck old;
    FOCUS_ASSIGN_OR_RETURN(const Opening opening, open(index - 1, *plan_, old));
    if (opening == Opening::opened) {
      const std::int64_t wanted = std::exchange(position_, plan_->start_frame(index, rate_));
      deck_ = std::move(old);
      FOCUS_ASSIGN_OR_RETURN(const Opening joined, begin_join(index, position_));
      position_ = wanted;
      if (joined == Opening::opened) return Opening::opened;
    }
  }
  Deck deck;
  FOCUS_ASSIGN_OR_RETURN(const Opening opening, open(index, *plan_, deck));
  deck_.reset();
  if (opening == Opening::opened) deck_ = std::move(deck);
  return opening;
}

void Mixdown::seek(std::int64_t frame) {
  plan_ = session_->plan();
  next_plan_.reset();
  deck_.reset();
  join_.reset();
  cued_.reset();
  early_end_from_.reset();
  torn_ = false;
  const std::int64_t end = plan_->end_frame(plan_->segment_count() - 1, rate_);
  position_ = std::clamp<std::int64_t>(frame, 0, end - 1);
}

/// The segment of the new plan that is heard at a frame.
int Mixdown::changed_index(std::int64_t frame) const {
  return std::max(next_plan_->segment_at(frame, rate_), first_changed_);
}

std::optional<std::int64_t> Mixdown::change_ready(std::int64_t earliest) {
  notice_change();
  if (!next_plan_ || !deck_ || newest_index() + 1 < first_changed_) return std::nullopt;
  const std::int64_t from = std::max(earliest, next_plan_->start_frame(first_changed_, rate_));
  if (session_->readiness(changed_index(from)) != Session::Readiness::ready) return std::nullopt;
  takes_change_ = true;
  return from;
}

absl::StatusOr<bool> Mixdown::change_from(std::int64_t frame) {
  FOCUS_ASSIGN_OR_RETURN(const Opening opening, begin_join(changed_index(frame), frame));
  return opening == Opening::opened;
}

std::int64_t Mixdown::deck_end() const {
  const Deck& deck = join_ ? join_->next : *deck_;
  const std::int64_t end = deck.start + (deck.reader ? deck.reader->frames() : 0);
  if (!next_plan_) return end;
  // The session may have become shorter than what is heard.
  return std::min(end, session_end());
}

std::int64_t Mixdown::session_end() const {
  return plan().end_frame(plan().segment_count() - 1, rate_);
}

/// In an overlap, the older one.
int Mixdown::oldest_heard(const Plan& plan, std::int64_t frame) const {
  const int newest = plan.segment_at(frame, rate_);
  return newest > 0 && frame < plan.end_frame(newest - 1, rate_) ? newest - 1 : newest;
}

void Mixdown::report(std::int64_t frame) {
  Hearing hearing;
  hearing.frame = frame;
  hearing.begun = begun_;
  hearing.segment = oldest_heard(*plan_, frame);
  hearing.at_end = frame >= session_end();
  if (!deck_ || !deck_->reader) {
    hearing.missing = plan_->segment_at(position_, rate_);
  } else if (const auto next = next_boundary(); next && !cued_) {
    // A change may come late, as long as there is something to change from.
    const bool change = next_plan_ && next->index >= first_changed_;
    hearing.missing = next->index;
    hearing.late = position_ >= next->frame;
    hearing.lasts_seconds =
        static_cast<double>((change ? deck_end() : next->frame) - position_) / rate_;
  }
  if (hearing.missing >= 0 && session_->readiness(hearing.missing) == Session::Readiness::ready) {
    hearing.missing = -1;
  }
  session_->move_listener(listener_, hearing);
}

void Mixdown::announce(std::int64_t frame) {
  session_->send_listener(listener_, oldest_heard(*session_->plan(), frame), frame);
}

int Mixdown::latest_index() const {
  return next_plan_ ? first_changed_ - 1 : plan_->segment_count() - 1;
}

/// Opens the next segment as soon as it is there: a file that is open stays readable.
absl::Status Mixdown::cue_next() {
  const auto next = next_boundary();
  if (cued_ && (!next || cued_->index != next->index)) cued_.reset();
  if (cued_ || !next || session_->readiness(next->index) != Session::Readiness::ready) {
    return absl::OkStatus();
  }
  Deck deck;
  FOCUS_ASSIGN_OR_RETURN(const Opening opening, open(next->index, plan(), deck));
  if (opening == Opening::opened) cued_ = std::move(deck);
  return absl::OkStatus();
}

/// False where a live one has lost the segment that was to come.
absl::StatusOr<bool> Mixdown::read_head(Join& join, std::int64_t offset, std::int64_t frames) {
  join.new_head = AudioBuffer(kChannels, frames, rate_);
  const absl::Status read = read_fully(*join.next.reader, offset, join.new_head.view());
  if (read.ok()) return true;
  if (kind_ == Listeners::Kind::offline) return read;
  session_->lose_segment(join.next.index, read);
  return false;
}

/// `from` is the position, or lies so far before it that what was given since is remembered.
absl::StatusOr<Mixdown::Opening> Mixdown::begin_join(int index, std::int64_t from) {
  const bool changes = next_plan_ && index >= first_changed_;
  if (changes && !takes_change_) {
    const bool never = session_->readiness(index) == Session::Readiness::never;
    return never ? Opening::never : Opening::pending;
  }
  const Plan& plan = changes ? *next_plan_ : *plan_;
  Join join;
  FOCUS_ASSIGN_OR_RETURN(const Opening opening, open(index, plan, join.next));
  if (opening != Opening::opened) return opening;

  join.start = from;
  const std::int64_t offset = from - join.next.start;
  const std::int64_t planned = index > 0 ? plan.overlap_out_frames(index - 1, rate_) : 0;
  const std::int64_t wanted =
      std::clamp<std::int64_t>(join.next.reader->frames() - offset, 0, planned);
  FOCUS_ASSIGN_OR_RETURN(const bool whole, read_head(join, offset, wanted));
  if (!whole) return Opening::pending;

  join.old_tail = AudioBuffer(kChannels, wanted, rate_);
  std::int64_t overlap = std::min(position_ - from, wanted);
  recent_.copy(position_ - from, join.old_tail.view().subview(0, overlap));
  while (overlap < wanted) {
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t count,
                           produce(join.old_tail.view().subview(overlap, wanted - overlap)));
    if (count == 0) break;
    overlap += count;
  }
  position_ = from;
  join_.reset();
  early_end_from_.reset();
  if (changes) plan_ = std::exchange(next_plan_, nullptr);
  if (overlap < static_cast<std::int64_t>(kShortestJoinSeconds * rate_)) {
    deck_ = std::move(join.next);
    return Opening::opened;
  }
  join.old_tail.truncate(overlap);
  join.new_head.truncate(overlap);
  join.transition =
      find_transition(join.old_tail.view(), join.new_head.view(), rate_, kCeilingDbtp);
  join.next.polarity = join.transition.invert_new ? -1.0f : 1.0f;
  join_ = std::move(join);
  return Opening::opened;
}

absl::StatusOr<std::int64_t> Mixdown::play_body(AudioView out) {
  const std::int64_t at = position_ - deck_->start;
  const std::int64_t left = deck_->reader ? deck_->reader->frames() - at : 0;
  const AudioView part = out.subview(0, std::clamp<std::int64_t>(left, 0, out.frames()));
  if (const absl::Status read = read_fully(*deck_->reader, at, part); !read.ok()) {
    if (kind_ == Listeners::Kind::offline) return read;
    // What a change has replaced is not made again.
    if (!next_plan_ || deck_->index < first_changed_) session_->lose_segment(deck_->index, read);
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

/// What was heard has broken off, and what was made in its place may be other music: the last
/// moment, played backwards, fades into it.
absl::Status Mixdown::mend_seam() {
  torn_ = false;
  if (join_) return absl::OkStatus();
  const std::int64_t at = position_ - deck_->start;
  const auto longest = static_cast<std::int64_t>(kSeamSeconds * rate_);
  const std::int64_t frames = std::clamp<std::int64_t>(deck_->reader->frames() - at, 0, longest);
  Join seam;
  seam.next = std::move(*deck_);
  seam.start = position_;
  FOCUS_ASSIGN_OR_RETURN(const bool whole, read_head(seam, at, frames));
  if (!whole) {
    deck_.reset();
    torn_ = true;
    return absl::OkStatus();
  }
  scale(seam.new_head.view(), seam.next.polarity);
  seam.old_tail = AudioBuffer(kChannels, frames, rate_);
  recent_.copy(frames, seam.old_tail.view());
  for (int c = 0; c < kChannels; ++c) {
    std::reverse(seam.old_tail.samples(c).begin(), seam.old_tail.samples(c).end());
  }
  seam.transition.curve = CrossfadeCurve::equal_power;
  seam.transition.frames = frames;
  join_ = std::move(seam);
  return absl::OkStatus();
}

absl::StatusOr<Mixdown::Block> Mixdown::read(AudioView out) {
  auto block = mix(out);
  failing_ = failing_ && !block.ok();
  if (!block.ok() && deck_ && !std::exchange(failing_, true)) {
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
      FOCUS_ASSIGN_OR_RETURN(const Opening opening, begin_join(next->index, position_));
      if (opening == Opening::opened || waits_for(opening)) continue;
      late = opening == Opening::pending;
      const bool fades = next_plan_ && position_ + rate_ / 2 >= session_end();
      if ((opening == Opening::never || fades) && !join_) early_end_from_ = position_;
    }
    most = std::min(most, std::max<std::int64_t>(deck_end() - position_, 0));
    const AudioView part = out.subview(block.frames, most);
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t count, produce(part));
    if (early_end_from_) fade_early_end(part.subview(0, count));
    if (kind_ == Listeners::Kind::live) recent_.add(part.subview(0, count));
    begun_ = begun_ || count > 0;
    block.frames += count;
    if (count > 0) continue;
    const bool lost = !join_ && !deck_->reader;
    block.state = (late || lost) && position_ < session_end() ? State::waiting : State::finished;
    return block;
  }
  return block;
}

}  // namespace focus::core
