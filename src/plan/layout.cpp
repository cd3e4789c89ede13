// SPDX-License-Identifier: MIT
//
// Lengths on paper: this decides every start and overlap in whole hundredths of a second, before a
// note is made. The order of the steps matters. Starts need only the bars; an overlap needs the
// starts on both sides of it; the ending, and what each segment is made like, need the overlaps.
//
// Two neighbours share one overlap, and a segment ends where the overlap of the next one ends. So
// the played length is the target exactly, and nothing needs to be rounded away at the end.
#include "plan/layout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "plan/bar_lines.h"

namespace focus::core::plan {
namespace {

constexpr int kOverlap = 800;  // hundredths of a second, like every time below
constexpr int kShortestOverlap = 400;
constexpr int kLongestOverlap = 1600;
/// How far before its start a segment's bar lines are known: an engine plays what was sounding.
constexpr int kLeadIn = 4000;

/// How long the session's end takes: the cadence and, unless the request has another, the fade.
int ending_for(Goal character) {
  switch (character) {
    case Goal::relax:
      return 2000;
    case Goal::sleep:
      return 9000;
    case Goal::energize:
      return 400;
    default:
      return 800;
  }
}

/// How often `step` goes into `length`, to the nearest whole number.
std::int64_t nearest_count(std::int64_t length, int step) { return (length + step / 2) / step; }

/// Gives movements the numbers of the bar lines that are nearest to their ends, as the lines are
/// counted.
class MovementBars {
 public:
  explicit MovementBars(const Draft& draft) : form_(*draft.form) {
    playing_.fill(nullptr);
    // The movement that a change has broken off.
    if (draft.before != nullptr) start_next(draft.form->movements().front().phase);
  }

  /// The next line of the piece that `phase` plays.
  void pass(const BarLine& line, Phase phase) {
    Movement*& playing = playing_[static_cast<std::size_t>(phase)];
    const std::int64_t reach = line.start - line.length / 2;
    if (playing != nullptr && reach <= playing->end) playing->end_bar = line.number;
    while (next_ < form_.movements().size()) {
      Movement& movement = form_.movement(next_);
      if (movement.start > line.start + line.length / 2) return;
      if (movement.phase == phase) {
        movement.first_bar = movement.end_bar = line.number;
        start_next(phase);
      } else if (movement.end <= line.start) {
        ++next_;  // nothing is left of it
      } else {
        return;  // it waits for its phase
      }
    }
  }

 private:
  void start_next(Phase phase) {
    playing_[static_cast<std::size_t>(phase)] = &form_.movement(next_++);
  }

  Form& form_;
  std::size_t next_ = 0;
  std::array<Movement*, kPhaseCount> playing_;
};

bool begins_grid(const Draft& draft, int k) {
  const PlannedSegment& segment = draft.segment(k);
  return k == draft.kept || segment.phase != draft.segment(k - 1).phase ||
         segment.drawn_at[static_cast<std::size_t>(Decision::tempo)] == k;
}

/// The movements that have begun where the segment starts have their tempo from there on.
void begin_tempi(Form& form, const PlannedSegment& segment) {
  for (std::size_t m = 0; m < form.movements().size(); ++m) {
    Movement& movement = form.movement(m);
    if (movement.start > segment.start) return;
    if (movement.tempo_from == Movement::kNever) movement.tempo_from = segment.start;
  }
}

/// Sets the number of the segment's first bar. A piece counts its bars from the session's start on,
/// also while the other phase is heard.
void number_first_bar(Draft& draft, const LastOfPhase& last_of, int k) {
  PlannedSegment& segment = draft.segment(k);
  if (last_of[segment.phase] < 0) {
    segment.first_bar = nearest_count(segment.start, segment.home_bar);
  } else {
    const PlannedSegment& last = draft.segment(last_of[segment.phase]);
    segment.first_bar = last.first_bar + nearest_count(segment.start - last.start, last.home_bar);
  }
}

/// The way from the music before a change to what it brings: two to four bars, where the change is
/// heard in the middle of a piece.
void begin_turn(Draft& draft) {
  constexpr std::int64_t kLongestTurn = 1000;
  constexpr int kBars = 4, kBarsAtLeast = 2;
  if (draft.kept == 0) return;  // nothing was heard before
  const PlannedSegment& first = draft.segment(draft.kept);
  const PlannedSegment& last = draft.segment(draft.kept - 1);
  Turn turn;
  turn.from = turn.end = first.start;
  draft.form->turn(turn);
  if (!draft.plays_new_piece || first.phase != Phase::work || last.phase != Phase::work) return;
  const Form& before = *draft.before->eras().back().form;
  turn.bar_before = before.bar_at(first.start - 1, last.home_bar);
  const int bar = std::max(turn.bar_before, first.home_bar);
  turn.bars = kBars * bar <= kLongestTurn ? kBars : kBarsAtLeast;
  turn.end = turn.from + turn.bars * (turn.bar_before + first.home_bar) / 2;
  draft.form->turn(turn);
}

/// Every new segment but the first starts on the bar line of the segment before it that is nearest
/// to where the request wants it. What is lost or won there is made up for by the next one, since
/// wanted ends are counted from the session's start.
void place_starts(Draft& draft) {
  LastOfPhase last_of(draft);
  MovementBars movements(draft);
  for (int k = draft.kept; k < draft.segment_count(); ++k) {
    PlannedSegment& segment = draft.segment(k);
    if (k == draft.kept || segment.phase != draft.segment(k - 1).phase) {
      number_first_bar(draft, last_of, k);
    }
    segment.grid_start = segment.start;
    segment.grid_bar = segment.first_bar;
    if (!begins_grid(draft, k)) {
      const PlannedSegment& previous = draft.segment(k - 1);
      const bool is_long = segment.start - previous.start >= kLeadIn;
      segment.grid_start = is_long ? previous.start : previous.grid_start;
      segment.grid_bar = is_long ? previous.first_bar : previous.grid_bar;
    }
    last_of.note(segment.phase, k);

    begin_tempi(*draft.form, segment);
    BarLines lines(*draft.form, segment);
    const std::int64_t wanted = draft.wanted_end(k);
    movements.pass(lines.line(), segment.phase);
    do {
      lines.next();
      movements.pass(lines.line(), segment.phase);
    } while (lines.line().start + lines.line().length / 2 < wanted);
    if (k + 1 < draft.segment_count()) {
      draft.segment(k + 1).start = lines.line().start;
      draft.segment(k + 1).first_bar = lines.line().number;
    }
  }
}

/// The overlap at a change. It is short, so that the change is heard at once. It can not be longer
/// than what is left of the segment that it cuts short, whose audio may exist already. Where only
/// the length changes, at the start of a segment, the usual overlap stays.
int overlap_at_change(const Draft& draft, int usual) {
  const Plan& before = *draft.before;
  const int k = draft.kept;
  const std::int64_t start = draft.segment(k).start;
  const bool at_join = k < before.segment_count() && before.segment(k).start == start;
  const int wanted = at_join && !draft.changes_music ? usual : kChangeOverlap;
  const std::int64_t longest = before.end_hundredths(k - 1) - start;
  return static_cast<int>(std::min<std::int64_t>(wanted, longest));
}

void place_overlaps(Draft& draft) {
  const int count = draft.segment_count();
  for (int k = std::max(draft.kept, 1); k < count; ++k) {
    PlannedSegment& segment = draft.segment(k);
    const std::int64_t next_start = k + 1 < count ? draft.segment(k + 1).start : draft.target();
    const auto shorter = static_cast<int>(
        std::min(segment.start - draft.segment(k - 1).start, next_start - segment.start));
    segment.overlap_in = overlap_for(draft.form->bar_at(segment.start, segment.home_bar), shorter);
    if (draft.request.has_phases()) {  // a tenth of a short phase may hold no bars of enough length
      segment.overlap_in = std::max(segment.overlap_in, std::min(kShortestOverlap, shorter / 10));
    }
    if (k == draft.kept) segment.overlap_in = overlap_at_change(draft, segment.overlap_in);
  }
}

/// Fixes what engines are told of the new segments (see PlannedSegment).
void settle_as_made(Draft& draft) {
  const int count = draft.segment_count();
  for (int k = draft.kept; k < count; ++k) {
    PlannedSegment& segment = draft.segment(k);
    const bool last = k + 1 == count;
    segment.made_overlap_out = last ? 0 : draft.segment(k + 1).overlap_in;
    segment.made_end =
        last ? draft.target() : draft.segment(k + 1).start + segment.made_overlap_out;
    const PlannedSegment& after = last ? segment : draft.segment(k + 1);
    segment.home_after = after.home;
    segment.phase_after = after.phase;
  }
}

/// The cadence takes at most a third of the session and lies where the last segment is heard alone.
void place_ending(Draft& draft) {
  const PlannedSegment& last = draft.segments.back();
  const std::int64_t alone = draft.target() - last.start - last.overlap_in;
  const std::int64_t usual = ending_for(draft.readings->of(last.phase).character);
  draft.cadence = static_cast<int>(std::min({usual, draft.target() / 3, alone}));
  const auto asked = static_cast<int>(std::lround(draft.request.ending_seconds * 100.0));
  draft.ending = asked > 0 ? asked : draft.cadence;
}

/// The last movement is played up to the final chord, which begins with a bar.
void end_last_movement(Draft& draft) {
  const PlannedSegment& last = draft.segments.back();
  BarLines lines(*draft.form, last);
  while (lines.line().start < draft.target() - draft.cadence) lines.next();
  Movement& movement = draft.form->movement(draft.form->movements().size() - 1);
  if (movement.phase == last.phase) movement.end_bar = lines.line().number;
}

/// The levels of the new segments: together they have the session's loudness, and after a change
/// they come from the level that was heard before it.
void settle_level(Draft& draft) {
  std::vector<Form::Stretch> stretches;
  for (int k = draft.kept; k < draft.segment_count(); ++k) {
    const PlannedSegment& segment = draft.segment(k);
    stretches.push_back(
        {0.01 * static_cast<double>(segment.start), 0.01 * static_cast<double>(segment.made_end)});
  }
  draft.form->settle_level(stretches);
  if (draft.kept == 0) return;
  const double change = stretches.front().from;
  const auto planned = [change](const Request& request, const Form& form) {
    return request.loudness_target() + form.level_lu(change);
  };
  draft.form->approach_from(planned(draft.before->request(), *draft.before->eras().back().form) -
                            planned(draft.request, *draft.form));
}

}  // namespace

int overlap_for(int bar, std::int64_t shorter_segment) {
  const int limit = static_cast<int>(std::min<std::int64_t>(kLongestOverlap, shorter_segment / 10));
  const int bars = std::max(1, (kOverlap + bar / 2) / bar);
  int overlap = bars * bar;
  while (overlap > limit && overlap > bar) overlap -= bar;
  while (overlap < kShortestOverlap && overlap + bar <= limit) overlap += bar;
  return std::min(overlap, limit);
}

void lay_out(Draft& draft) {
  begin_turn(draft);
  place_starts(draft);
  place_overlaps(draft);
  settle_as_made(draft);
  settle_level(draft);
  place_ending(draft);
  end_last_movement(draft);
}

}  // namespace focus::core::plan
