// SPDX-License-Identifier: MIT
#include "plan/plan.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "base/random.h"
#include "plan/phases.h"

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

/// Hundredths of a second that the session's end takes: cadence and, unless the request has
/// another, last fade.
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
constexpr std::array<double, kDecisionCount> kRedrawFrom = {0.0,  0.02, 0.08, 0.12,
                                                            0.18, 0.32, 0.36, 0.4};

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
  break_reading_ = reading_of_breaks(reading_);
  for (const PhaseSpan& span : phases_of(request_)) {
    for (int number = 0; number < span.segment_count; ++number) {
      Segment& segment = segments_.emplace_back();
      segment.phase = span.phase;
      segment.wanted_end = span.segment_end(number);
    }
  }
  draw_decisions();
  lay_out();
}

void Plan::draw_decisions() {
  const Random decisions = Random(seed_).fork("plan");
  const auto index_of = [](Decision decision) { return static_cast<std::uint64_t>(decision); };
  const auto stream = [&](Decision decision, std::int32_t drawn) {
    return decisions.fork(index_of(decision)).fork(static_cast<std::uint64_t>(drawn));
  };

  // Each piece goes on from where it was when it was last played.
  std::array<const Segment*, kPhaseCount> last_of{};
  for (int k = 0; k < segment_count(); ++k) {
    Segment& segment = segments_[static_cast<std::size_t>(k)];
    const PromptReading& reading = reading_of(segment);
    const std::span<const Mode> modes =
        reading.mode ? std::span<const Mode>(&*reading.mode, 1) : modes_for(reading.character);
    const TempoRange tempo = kTempo[static_cast<std::size_t>(reading.character)]
                                   [static_cast<std::size_t>(intensity_of(segment))];
    const Segment*& last = last_of[static_cast<std::size_t>(segment.phase)];
    if (last == nullptr) {
      segment.drawn_at.fill(k);
      // A piece that comes in later is in a key near to what it follows.
      if (k > 0) segment.key = segments_[static_cast<std::size_t>(k - 1)].key;
    } else {
      segment.bar = last->bar;
      segment.key = last->key;
      segment.drawn_at = last->drawn_at;
      for (int d = 0; d < kDecisionCount; ++d) {
        Random chance = decisions.fork("redraw")
                            .fork(static_cast<std::uint64_t>(k))
                            .fork(static_cast<std::uint64_t>(d));
        const bool named = is_named(reading, static_cast<Decision>(d));
        if (!named && chance.chance(redraw_chance(d, request_.divergence))) {
          segment.drawn_at[static_cast<std::size_t>(d)] = k;
        }
      }
    }
    last = &segment;
    const auto drawn_now = [&](Decision decision) {
      return segment.drawn_at[static_cast<std::size_t>(decision)] == k;
    };
    const bool new_mode = drawn_now(Decision::mode);
    const bool new_tonic = drawn_now(Decision::tonic);
    if (k == 0) {
      segment.key = {reading.tonic.value_or(stream(Decision::tonic, k).below(12)),
                     modes[static_cast<std::size_t>(
                         stream(Decision::mode, k).below(static_cast<int>(modes.size())))]};
    } else if (new_mode || new_tonic) {
      segment.key = neighbour_of(segment.key, new_tonic && !reading.tonic, new_mode, modes,
                                 stream(Decision::tonic, k).fork("neighbour"));
    }
    if (drawn_now(Decision::tempo)) {
      Random random = stream(Decision::tempo, k);
      const double drawn = leaned(random.uniform(tempo.low, tempo.high), reading.leaning);
      const double bpm = reading.leaning.tempo_bpm > 0.0 ? reading.leaning.tempo_bpm : drawn;
      segment.bar = static_cast<int>(std::lround(24'000.0 / bpm));
    }
  }
}

void Plan::lay_out() {
  const std::int64_t target = request_.target_minutes * std::int64_t{6000};
  const int count = segment_count();
  std::array<const Segment*, kPhaseCount> last_of{};
  for (int k = 0; k + 1 < count; ++k) {
    const Segment& segment = segments_[static_cast<std::size_t>(k)];
    Segment& next = segments_[static_cast<std::size_t>(k + 1)];
    const std::int64_t wanted = segment.wanted_end - segment.start;
    const std::int64_t bars = std::max<std::int64_t>(1, (wanted + segment.bar / 2) / segment.bar);
    next.start = segment.start + bars * segment.bar;
    // A piece that is not heard goes on counting its bars, from the session's start on.
    last_of[static_cast<std::size_t>(segment.phase)] = &segment;
    const Segment* last = last_of[static_cast<std::size_t>(next.phase)];
    next.first_bar = last == nullptr
                         ? (next.start + next.bar / 2) / next.bar
                         : last->first_bar + (next.start - last->start + last->bar / 2) / last->bar;
  }
  for (int k = 1; k < count; ++k) {
    Segment& segment = segments_[static_cast<std::size_t>(k)];
    const std::int64_t before = segment.start - segments_[static_cast<std::size_t>(k - 1)].start;
    const std::int64_t own =
        (k + 1 < count ? segments_[static_cast<std::size_t>(k + 1)].start : target) - segment.start;
    const auto shorter = static_cast<int>(std::min(before, own));
    segment.overlap_in = overlap_for(segment.bar, shorter);
    if (has_phases()) {  // in a short phase a tenth may hold no whole bars that last long enough
      segment.overlap_in = std::max(segment.overlap_in, std::min(kShortestOverlap, shorter / 10));
    }
  }
  const std::int64_t last_alone =
      end(count - 1) - segments_.back().start - segments_.back().overlap_in;
  const Goal last_character = reading_of(segments_.back()).character;
  cadence_ = static_cast<int>(
      std::min({std::int64_t{ending_for(last_character)}, target / 3, last_alone}));
  const auto own_ending = static_cast<int>(std::lround(request_.ending_seconds * 100.0));
  ending_ = own_ending > 0 ? own_ending : cadence_;
}

Intensity Plan::intensity_of(const Segment& segment) const {
  return segment.phase == Phase::work ? request_.intensity : kBreakIntensity;
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
  brief.character = reading_of(planned).character;
  brief.phase = planned.phase;
  brief.intensity = intensity_of(planned);
  brief.divergence = request_.divergence;
  if (request_.goal == Goal::custom_prompt && planned.phase == Phase::work) {
    brief.prompt = request_.custom_prompt;
  }
  brief.leaning = reading_of(planned).leaning;
  brief.stem_db = request_.stem_db;
  brief.start_seconds = start_seconds(k);
  brief.session_seconds = played_seconds();
  brief.frames = end_frame(k, rate) - start_frame(k, rate);
  brief.sample_rate = rate;
  brief.overlap_in = frames_at(planned.start + planned.overlap_in, rate) - start_frame(k, rate);
  brief.overlap_out = overlap_out_frames(k, rate);
  const std::int64_t target = request_.target_minutes * std::int64_t{6000};
  brief.ending_seconds = end(k) > target - ending_ ? ending_seconds() : 0.0;
  brief.cadence_seconds = k + 1 == segment_count() ? cadence_ * 0.01 : 0.0;
  brief.bar_seconds = planned.bar * 0.01;
  brief.tempo_bpm = 24'000.0 / planned.bar;
  brief.first_bar = planned.first_bar;
  brief.key = planned.key;
  brief.key_before = key(std::max(k - 1, 0));
  brief.key_after = key(std::min(k + 1, segment_count() - 1));
  brief.section = section_of(k);
  brief.drawn_at = planned.drawn_at;
  return brief;
}

}  // namespace focus::core
