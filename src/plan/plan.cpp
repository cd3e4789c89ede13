// SPDX-License-Identifier: MIT
#include "plan/plan.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "base/random.h"

namespace focus::core {
namespace {

constexpr int kOverlap = 800;  // hundredths of a second, like every time below
constexpr int kShortestOverlap = 400;
constexpr int kLongestOverlap = 1600;

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

/// Hundredths of a second that the session's end takes: cadence, last fade.
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

/// The divergence at which each decision begins to be drawn anew, in the order of Decision.
constexpr std::array<double, kDecisionCount> kRedrawFrom = {0.0,  0.05, 0.15, 0.25,
                                                            0.35, 0.5,  0.55, 0.6};

double redraw_chance(int decision, double divergence) {
  const double from = kRedrawFrom[static_cast<std::size_t>(decision)];
  return std::clamp((divergence - from) / (1.0 - from), 0.0, 1.0);
}

/// What a prompt has named divergence does not move.
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

/// Keys that share many notes, and so a chord to pass through: fifths, tones and thirds away.
constexpr int kTonicMoves[] = {7, 5, 7, 5, 2, 10, 9, 3};

std::int64_t frames_at(std::int64_t hundredths, int rate) { return (hundredths * rate + 50) / 100; }

/// The whole number of bars nearest to the usual overlap, within what the segments allow.
int overlap_for(int bar, std::int64_t shorter_segment) {
  // A segment is its distance to the next start plus the overlap; a tenth of that is stride / 9.
  const int limit = static_cast<int>(std::min<std::int64_t>(kLongestOverlap, shorter_segment / 10));
  const int bars = std::max(1, (kOverlap + bar / 2) / bar);
  int overlap = bars * bar;
  while (overlap > limit && overlap > bar) overlap -= bar;
  while (overlap < kShortestOverlap && overlap + bar <= limit) overlap += bar;
  return std::min(overlap, limit);
}

}  // namespace

Plan::Plan(Request request, std::uint64_t seed) : request_(std::move(request)), seed_(seed) {
  if (request_.goal == Goal::custom_prompt) {
    reading_ = read_prompt(request_.custom_prompt);
  } else {
    reading_.character = request_.goal;
  }
  const double target = request_.target_minutes * 60.0;
  segments_.resize(static_cast<std::size_t>(std::ceil(target / request_.segment_seconds)));
  draw_decisions();
  lay_out();
}

void Plan::draw_decisions() {
  const Random decisions = Random(seed_).fork("plan");
  const auto index_of = [](Decision decision) { return static_cast<std::uint64_t>(decision); };
  const auto stream = [&](Decision decision, std::int32_t drawn) {
    return decisions.fork(index_of(decision)).fork(static_cast<std::uint64_t>(drawn));
  };
  const std::span<const Mode> modes = modes_for(reading_.character);
  const TempoRange tempo = kTempo[static_cast<std::size_t>(reading_.character)]
                                 [static_cast<std::size_t>(request_.intensity)];

  for (int k = 0; k < segment_count(); ++k) {
    Segment& segment = segments_[static_cast<std::size_t>(k)];
    if (k > 0) {
      segment = segments_[static_cast<std::size_t>(k - 1)];
      for (int d = 0; d < kDecisionCount; ++d) {
        Random chance = decisions.fork("redraw")
                            .fork(static_cast<std::uint64_t>(k))
                            .fork(static_cast<std::uint64_t>(d));
        const bool named = is_named(reading_, static_cast<Decision>(d));
        if (!named && chance.chance(redraw_chance(d, request_.divergence))) {
          segment.drawn_at[static_cast<std::size_t>(d)] = k;
        }
      }
    }
    const auto drawn_now = [&](Decision decision) {
      return segment.drawn_at[static_cast<std::size_t>(decision)] == k;
    };
    if (drawn_now(Decision::mode)) {
      Random random = stream(Decision::mode, k);
      segment.key.mode = reading_.mode.value_or(
          modes[static_cast<std::size_t>(random.below(static_cast<int>(modes.size())))]);
    }
    if (drawn_now(Decision::tonic)) {
      Random random = stream(Decision::tonic, k);
      const int move = kTonicMoves[random.below(static_cast<int>(std::size(kTonicMoves)))];
      segment.key.tonic = reading_.tonic ? *reading_.tonic
                          : k == 0       ? random.below(12)
                                         : (segment.key.tonic + move) % 12;
    }
    if (drawn_now(Decision::tempo)) {
      Random random = stream(Decision::tempo, k);
      const double drawn = leaned(random.uniform(tempo.low, tempo.high), reading_.leaning);
      const double bpm = reading_.leaning.tempo_bpm > 0.0 ? reading_.leaning.tempo_bpm : drawn;
      segment.bar = static_cast<int>(std::lround(24'000.0 / bpm));
    }
  }
}

void Plan::lay_out() {
  const std::int64_t target = request_.target_minutes * std::int64_t{6000};
  const int count = segment_count();
  for (int k = 0; k + 1 < count; ++k) {
    const Segment& segment = segments_[static_cast<std::size_t>(k)];
    Segment& next = segments_[static_cast<std::size_t>(k + 1)];
    const std::int64_t wanted = target * (k + 1) / count - segment.start;
    const std::int64_t bars = std::max<std::int64_t>(1, (wanted + segment.bar / 2) / segment.bar);
    next.start = segment.start + bars * segment.bar;
    next.first_bar = segment.first_bar + bars;
  }
  for (int k = 1; k < count; ++k) {
    Segment& segment = segments_[static_cast<std::size_t>(k)];
    const std::int64_t before = segment.start - segments_[static_cast<std::size_t>(k - 1)].start;
    const std::int64_t own =
        (k + 1 < count ? segments_[static_cast<std::size_t>(k + 1)].start : target) - segment.start;
    segment.overlap_in = overlap_for(segment.bar, std::min(before, own));
  }
  const std::int64_t last_alone =
      end(count - 1) - segments_.back().start - segments_.back().overlap_in;
  ending_ = static_cast<int>(
      std::min({std::int64_t{ending_for(reading_.character)}, target / 3, last_alone}));
}

std::int64_t Plan::end(int k) const {
  if (k + 1 >= segment_count()) return request_.target_minutes * std::int64_t{6000};
  return segment(k + 1).start + segment(k + 1).overlap_in;
}

std::int64_t Plan::start_frame(int k, int rate) const { return frames_at(segment(k).start, rate); }
std::int64_t Plan::end_frame(int k, int rate) const { return frames_at(end(k), rate); }

int Plan::segment_at(std::int64_t frame, int rate) const {
  const auto after = std::partition_point(
      segments_.begin(), segments_.end(),
      [&](const Segment& segment) { return frames_at(segment.start, rate) <= frame; });
  return std::max(0, static_cast<int>(after - segments_.begin()) - 1);
}

std::int64_t Plan::overlap_out_frames(int k, int rate) const {
  return k + 1 < segment_count() ? end_frame(k, rate) - start_frame(k + 1, rate) : 0;
}

int Plan::overlap_out_ms(int k) const { return k + 1 < segment_count() ? overlap_in_ms(k + 1) : 0; }

Section Plan::section_of(int k) const {
  const double middle = (start_seconds(k) + 0.5 * length_seconds(k)) / played_seconds();
  if (k == 0) return Section::opening;
  if (k + 1 == segment_count() || middle > 0.94) return Section::closing;
  return middle < 0.25 ? Section::settling : Section::developing;
}

Brief Plan::brief(int k, int rate) const {
  const Segment& planned = segment(k);
  Brief brief;
  brief.seed = seed_;
  brief.index = k;
  brief.segment_count = segment_count();
  brief.goal = request_.goal;
  brief.character = reading_.character;
  brief.intensity = request_.intensity;
  brief.divergence = request_.divergence;
  if (request_.goal == Goal::custom_prompt) brief.prompt = request_.custom_prompt;
  brief.leaning = reading_.leaning;
  brief.start_seconds = start_seconds(k);
  brief.session_seconds = played_seconds();
  brief.frames = end_frame(k, rate) - start_frame(k, rate);
  brief.sample_rate = rate;
  brief.overlap_in = frames_at(planned.start + planned.overlap_in, rate) - start_frame(k, rate);
  brief.overlap_out = overlap_out_frames(k, rate);
  brief.ending_seconds = k + 1 == segment_count() ? ending_seconds() : 0.0;
  brief.bar_seconds = planned.bar * 0.01;
  brief.tempo_bpm = 24'000.0 / planned.bar;
  brief.first_bar = planned.first_bar;
  brief.key = planned.key;
  brief.section = section_of(k);
  brief.drawn_at = planned.drawn_at;
  return brief;
}

}  // namespace focus::core
