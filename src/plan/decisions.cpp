// SPDX-License-Identifier: MIT
//
// Two things make this place hard.
//
// A segment repeats the music of the segment before it, apart from the decisions that divergence
// draws again. `drawn_at` says of each decision in which segment it was last drawn, and an engine
// keys its randomness by that number. So a decision is not a value that is stored: it is drawn
// again wherever its segment number is the same, and it must come out the same.
//
// For that reason no draw may depend on how many draws came before it. Each draw has a stream of
// its own, named by the decision and the segment (see Streams). Adding or skipping a decision
// leaves all other draws as they are. A different name or number of a stream changes every stored
// session, and Plan::kVersion must grow with it.
#include "plan/decisions.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "base/random.h"

namespace focus::core::plan {
namespace {

struct TempoRange {
  double low, high;
};

/// Beats per minute by goal (rows) and intensity (columns).
constexpr TempoRange kTempo[4][3] = {
    {{62, 72}, {72, 84}, {84, 100}},      // focus
    {{52, 58}, {58, 66}, {66, 74}},       // relax
    {{40, 46}, {46, 53}, {53, 60}},       // sleep
    {{104, 112}, {112, 122}, {122, 132}}  // energize
};

constexpr Mode kFocusModes[] = {Mode::dorian, Mode::mixolydian, Mode::aeolian};
constexpr Mode kCalmModes[] = {Mode::lydian, Mode::ionian};
constexpr Mode kEnergizeModes[] = {Mode::dorian, Mode::mixolydian, Mode::minor_pentatonic};

/// The modes a segment may be in. The reading must outlive the span.
std::span<const Mode> modes_of(const PromptReading& reading) {
  if (reading.mode) return {&*reading.mode, 1};
  return modes_for(reading.character);
}

/// The divergence from which on each decision has a chance to be drawn again, by Decision.
constexpr std::array<double, kDecisionCount> kRedrawFrom = {0.0,  0.02, 0.08, 0.12,
                                                            0.18, 0.32, 0.36, 0.4};

/// 0 up to the decision's threshold, then rises evenly to 1 at a divergence of 1.
double redraw_chance(int decision, double divergence) {
  const double from = kRedrawFrom[static_cast<std::size_t>(decision)];
  return std::clamp((divergence - from) / (1.0 - from), 0.0, 1.0);
}

/// Whether the prompt names what this decision would draw. Divergence leaves that alone.
bool is_named(const PromptReading& reading, Decision decision) {
  switch (decision) {
    case Decision::mode:
      return reading.mode.has_value();
    case Decision::tonic:
      return reading.tonic.has_value();
    case Decision::tempo:
      return reading.leaning.tempo_bpm > 0.0;
    default:
      return false;
  }
}

/// A drawn tempo as a prompt's leaning shifts it: by a quarter at most.
double leaned(double bpm, const PromptLeaning& leaning) {
  const double shift = 0.25 * leaning.tempo + 0.06 * leaning.energy;
  return std::clamp(bpm * (1.0 + std::clamp(shift, -0.25, 0.25)), 40.0, 180.0);
}

/// The streams of randomness of a session's plan.
class Streams {
 public:
  explicit Streams(std::uint64_t seed) : root_(Random(seed).fork("plan")) {}

  /// What a decision comes to when it is drawn in segment k.
  Random value(Decision decision, int k) const {
    return root_.fork(static_cast<std::uint64_t>(decision)).fork(static_cast<std::uint64_t>(k));
  }
  /// Whether a decision is drawn again in segment k.
  Random redraw(int decision, int k) const {
    return root_.fork("redraw")
        .fork(static_cast<std::uint64_t>(k))
        .fork(static_cast<std::uint64_t>(decision));
  }

 private:
  Random root_;
};

bool drawn_in(const PlannedSegment& segment, Decision decision, int k) {
  return segment.drawn_at[static_cast<std::size_t>(decision)] == k;
}

void draw_in(PlannedSegment& segment, Decision decision, int k) {
  segment.drawn_at[static_cast<std::size_t>(decision)] = k;
}

/// Segment k is the first of its phase: everything is drawn. A piece that comes in later starts
/// from the key of the segment before it, so that its own key will be near to that.
void begin_piece(Draft& draft, int k) {
  PlannedSegment& segment = draft.segment(k);
  segment.drawn_at.fill(k);
  if (k > 0) segment.home = draft.segment(k - 1).home;
}

/// Segment k repeats `last`, the last of its phase, apart from what divergence draws again.
void continue_piece(Draft& draft, const Streams& streams, const PlannedSegment& last, int k) {
  PlannedSegment& segment = draft.segment(k);
  segment.home_bar = last.home_bar;
  segment.home = last.home;
  segment.drawn_at = last.drawn_at;
  const PromptReading& reading = draft.readings->of(segment.phase);
  for (int d = 0; d < kDecisionCount; ++d) {
    const auto decision = static_cast<Decision>(d);
    const bool again = streams.redraw(d, k).chance(redraw_chance(d, draft.request.divergence));
    if (again && !is_named(reading, decision)) draw_in(segment, decision, k);
  }
}

/// A change has replaced the piece that segment k would have repeated. The new one has a tempo of
/// its own; the old mode stays where the new goal has it, too.
void turn_to_new_piece(Draft& draft, int k) {
  PlannedSegment& segment = draft.segment(k);
  draw_in(segment, Decision::tempo, k);
  const std::span<const Mode> modes = modes_of(draft.readings->of(segment.phase));
  const bool keeps_mode = std::find(modes.begin(), modes.end(), segment.home.mode) != modes.end();
  if (!keeps_mode) draw_in(segment, Decision::mode, k);
}

/// The session's first key is free. Every later one is near enough to the key that it replaces for
/// a chord that both have in common; a tonic that the prompt names is taken in any case.
void draw_key(Draft& draft, const Streams& streams, int k, bool is_new_piece) {
  PlannedSegment& segment = draft.segment(k);
  const PromptReading& reading = draft.readings->of(segment.phase);
  const std::span<const Mode> modes = modes_of(reading);
  const bool new_mode = drawn_in(segment, Decision::mode, k);
  const bool new_tonic = drawn_in(segment, Decision::tonic, k);
  if (k == 0) {
    const int mode = streams.value(Decision::mode, k).below(static_cast<int>(modes.size()));
    segment.home.tonic = streams.value(Decision::tonic, k).below(12);
    segment.home.mode = modes[static_cast<std::size_t>(mode)];
  } else if (new_mode && is_new_piece) {
    // The relative key, which has the same tones, before the parallel one.
    const int mode = streams.value(Decision::mode, k).below(static_cast<int>(modes.size()));
    segment.home =
        key_on_circle(position_on_circle(segment.home), modes[static_cast<std::size_t>(mode)]);
  } else if (new_mode || new_tonic) {
    segment.home = neighbour_of(segment.home, new_tonic && !reading.tonic, new_mode, modes,
                                streams.value(Decision::tonic, k).fork("neighbour"));
  }
  if (reading.tonic) segment.home.tonic = *reading.tonic;
}

/// The tempo is kept as the length of a bar in whole hundredths, so that bar lines never drift.
void draw_tempo(Draft& draft, const Streams& streams, int k) {
  PlannedSegment& segment = draft.segment(k);
  if (!drawn_in(segment, Decision::tempo, k)) return;
  const PromptReading& reading = draft.readings->of(segment.phase);
  double bpm = reading.leaning.tempo_bpm;
  if (bpm <= 0.0) {
    const auto goal = static_cast<std::size_t>(reading.character);
    const auto intensity = static_cast<std::size_t>(intensity_of(segment.phase, draft.request));
    const TempoRange range = kTempo[goal][intensity];
    bpm = leaned(streams.value(Decision::tempo, k).uniform(range.low, range.high), reading.leaning);
  }
  segment.home_bar = static_cast<int>(std::lround(24'000.0 / bpm));
}

}  // namespace

std::span<const Mode> modes_for(Goal character) {
  switch (character) {
    case Goal::relax:
    case Goal::sleep:
      return kCalmModes;
    case Goal::energize:
      return kEnergizeModes;
    default:
      return kFocusModes;
  }
}

void draw_decisions(Draft& draft) {
  const Streams streams(draft.seed);
  LastOfPhase last_of(draft);
  for (int k = draft.kept; k < draft.segment_count(); ++k) {
    const Phase phase = draft.segment(k).phase;
    const int last = last_of[phase];
    // Only the first new segment of work follows a kept one. Steering does not reach the breaks.
    const bool is_new_piece =
        last >= 0 && last < draft.kept && draft.plays_new_piece && phase == Phase::work;
    if (last < 0) {
      begin_piece(draft, k);
    } else {
      continue_piece(draft, streams, draft.segment(last), k);
      if (is_new_piece) turn_to_new_piece(draft, k);
    }
    draw_key(draft, streams, k, is_new_piece);
    draw_tempo(draft, streams, k);
    last_of.note(phase, k);
  }
}

}  // namespace focus::core::plan
