// SPDX-License-Identifier: MIT
#include "plan/plan.h"

#include <algorithm>
#include <cmath>
#include <span>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/random.h"

namespace focus::core {
namespace {

constexpr int kOverlap = 800;  // hundredths of a second, like every time below
constexpr int kShortestOverlap = 400;
constexpr int kLongestOverlap = 1600;
/// Of a change that the listener has asked for just now.
constexpr int kChangeOverlap = 120;
constexpr std::int64_t kLongestWait = 130;    // from when it may come to when it comes
constexpr std::int64_t kShortestRest = 2000;  // of a session after a change
constexpr std::int64_t kSoonSegment = 4000;   // the segment that brings it

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
  read_prompts();
  for (const PhaseSpan& span : phases_of(request_)) add_segments(span);
  draw_decisions();
  lay_out();
}

Plan::Plan(std::shared_ptr<const Plan> before, const Change& change)
    : before_(std::move(before)),
      request_(steered(before_->request_, change.steering)),
      seed_(before_->seed_),
      change_(change) {
  read_prompts();
  const auto first_gone =
      std::find_if(before_->segments_.begin(), before_->segments_.end(),
                   [&](const Segment& segment) { return segment.start >= change.from; });
  segments_.assign(before_->segments_.begin(), first_gone);
  kept_ = segment_count();
  add_segments_from(change.from);
  draw_decisions();
  lay_out();
}

std::int64_t Plan::cut_after(std::int64_t earliest, const Steering& steering) const {
  const auto after =
      std::partition_point(segments_.begin(), segments_.end(),
                           [&](const Segment& segment) { return segment.start < earliest; });
  const Segment& heard = after == segments_.begin() ? *after : *(after - 1);
  const bool ends_first = after == segments_.end();
  // Nothing has to change at once where only the length does, nor in the middle of the music.
  const std::int64_t target =
      steered(request_, steering).target_minutes * std::int64_t{6000} - kShortestRest;
  if (!steering.changes_music() && !ends_first && after->start <= target) return after->start;

  const auto line_after = [&](double step) {
    const double lines =
        std::ceil(static_cast<double>(std::max<std::int64_t>(earliest - heard.start, 1)) / step);
    return heard.start + std::lround(lines * step);
  };
  double step = heard.bar;
  while (line_after(step) > earliest + kLongestWait) step *= 0.5;
  const std::int64_t line = line_after(step);
  return !ends_first && after->start <= earliest + kLongestWait ? after->start : line;
}

absl::Status Plan::check_change(const Change& change) const {
  const Request request = steered(request_, change.steering);
  FOCUS_RETURN_IF_ERROR(validate(request));
  if (change.from + kChangeOverlap > target()) {
    return invalid_field("session", "is about to end; start another one instead");
  }
  if (!change.steering.target_minutes && change.from + kShortestRest > target()) {
    return invalid_field("session", "is about to end; lengthen it with target_minutes");
  }
  const std::int64_t shortest = (change.from + kShortestRest + 5999) / 6000;
  if (request.target_minutes < shortest) {
    return invalid_field("target_minutes",
                         absl::StrCat("must be ", shortest, " or more: the session is in minute ",
                                      change.from / 6000 + 1, "; end it to stop at once"));
  }
  return absl::OkStatus();
}

int Plan::kept_since(int changes) const {
  if (change_count() <= changes) return segment_count();
  return std::min(kept_, before_->kept_since(changes));
}

void Plan::read_prompts() {
  if (request_.goal == Goal::custom_prompt) {
    reading_ = read_prompt(request_.custom_prompt, request_.tempo_bpm);
  } else {
    reading_.character = request_.goal;
    reading_.leaning.tempo_bpm = request_.tempo_bpm;
  }
  break_reading_ = reading_of_breaks(reading_);
}

const Request& Plan::request_of(int k) const {
  return k < kept_ ? before_->request_of(k) : request_;
}

void Plan::add_segments(const PhaseSpan& span) {
  for (int number = 0; number < span.segment_count; ++number) {
    Segment& segment = segments_.emplace_back();
    segment.phase = span.phase;
    segment.wanted_end = span.segment_end(number);
  }
}

/// The segments of a session that changes at `from`. Where the music is another, the first is
/// short, so that it is there soon.
void Plan::add_segments_from(std::int64_t from) {
  for (PhaseSpan span : phases_of(request_)) {
    if (span.end - std::max(span.start, from) < (span.end < target() ? kShortestRest : 1)) continue;
    if (span.start < from) {
      const std::int64_t soon = from + kSoonSegment;
      const bool split = change_.steering.changes_music() && span.end - soon >= kSoonSegment;
      if (split) add_segments({span.phase, from, soon, 1});
      span.start = split ? soon : from;
      span.segment_count = segments_in(span.end - span.start, request_.segment_seconds);
    }
    add_segments(span);
  }
  segments_[static_cast<std::size_t>(kept_)].start = from;
}

void Plan::draw_decisions() {
  const Random decisions = Random(seed_).fork("plan");
  const auto index_of = [](Decision decision) { return static_cast<std::uint64_t>(decision); };
  const auto stream = [&](Decision decision, std::int32_t drawn) {
    return decisions.fork(index_of(decision)).fork(static_cast<std::uint64_t>(drawn));
  };

  // Each piece goes on from where it was when it was last played.
  const std::array<const Segment*, kPhaseCount> kept = last_kept();
  std::array<const Segment*, kPhaseCount> last_of = kept;
  for (int k = kept_; k < segment_count(); ++k) {
    Segment& segment = segments_[static_cast<std::size_t>(k)];
    const auto phase = static_cast<std::size_t>(segment.phase);
    const PromptReading& reading = reading_of(segment.phase);
    const std::span<const Mode> modes =
        reading.mode ? std::span<const Mode>(&*reading.mode, 1) : modes_for(reading.character);
    const TempoRange tempo = kTempo[static_cast<std::size_t>(reading.character)]
                                   [static_cast<std::size_t>(intensity_of(segment.phase))];
    const Segment*& last = last_of[phase];
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
    const auto draw = [&](Decision decision) {
      segment.drawn_at[static_cast<std::size_t>(decision)] = k;
    };
    if (last != nullptr && last == kept[phase] && plays_another_piece(segment.phase)) {
      draw(Decision::tempo);
      if (std::find(modes.begin(), modes.end(), segment.key.mode) == modes.end()) {
        draw(Decision::mode);
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
    if (reading.tonic) segment.key.tonic = *reading.tonic;
    if (drawn_now(Decision::tempo)) {
      Random random = stream(Decision::tempo, k);
      const double drawn = leaned(random.uniform(tempo.low, tempo.high), reading.leaning);
      const double bpm = reading.leaning.tempo_bpm > 0.0 ? reading.leaning.tempo_bpm : drawn;
      segment.bar = static_cast<int>(std::lround(24'000.0 / bpm));
    }
  }
}

/// By phase; nullptr where it was not played yet.
std::array<const Plan::Segment*, kPhaseCount> Plan::last_kept() const {
  std::array<const Segment*, kPhaseCount> last{};
  for (int k = 0; k < kept_; ++k) {
    last[static_cast<std::size_t>(segment(k).phase)] = &segment(k);
  }
  return last;
}

/// Whether the last change has made the phase's music another. Breaks stay as they are.
bool Plan::plays_another_piece(Phase phase) const {
  if (!before_ || phase == Phase::break_) return false;
  const Request& was = before_->request_;
  return was.goal != request_.goal || was.intensity != request_.intensity ||
         was.custom_prompt != request_.custom_prompt;
}

void Plan::lay_out() {
  place_segments();
  place_overlaps();
  place_ending();
}

void Plan::place_segments() {
  std::array<const Segment*, kPhaseCount> last_of = last_kept();
  for (int k = kept_; k < segment_count(); ++k) {
    Segment& segment = segments_[static_cast<std::size_t>(k)];
    if (k > kept_) {
      const Segment& previous = segments_[static_cast<std::size_t>(k - 1)];
      const std::int64_t wanted = previous.wanted_end - previous.start;
      const std::int64_t bars =
          std::max<std::int64_t>(1, (wanted + previous.bar / 2) / previous.bar);
      segment.start = previous.start + bars * previous.bar;
    }
    // A piece that is not heard goes on counting its bars, from the session's start on.
    const Segment*& last = last_of[static_cast<std::size_t>(segment.phase)];
    segment.first_bar =
        last == nullptr
            ? (segment.start + segment.bar / 2) / segment.bar
            : last->first_bar + (segment.start - last->start + last->bar / 2) / last->bar;
    last = &segment;
  }
}

void Plan::place_overlaps() {
  const int count = segment_count();
  for (int k = std::max(kept_, 1); k < count; ++k) {
    Segment& segment = segments_[static_cast<std::size_t>(k)];
    const std::int64_t before = segment.start - segments_[static_cast<std::size_t>(k - 1)].start;
    const std::int64_t own =
        (k + 1 < count ? segments_[static_cast<std::size_t>(k + 1)].start : target()) -
        segment.start;
    const auto shorter = static_cast<int>(std::min(before, own));
    segment.overlap_in = overlap_for(segment.bar, shorter);
    if (has_phases()) {  // in a short phase a tenth may hold no whole bars that last long enough
      segment.overlap_in = std::max(segment.overlap_in, std::min(kShortestOverlap, shorter / 10));
    }
    if (k == kept_) {
      const std::int64_t longest = before_->end(k - 1) - segment.start;
      const bool at_join =
          k < before_->segment_count() && before_->segment(k).start == segment.start;
      const int wanted =
          at_join && !change_.steering.changes_music() ? segment.overlap_in : kChangeOverlap;
      segment.overlap_in = static_cast<int>(std::min<std::int64_t>(wanted, longest));
    }
  }
}

void Plan::place_ending() {
  const int last = segment_count() - 1;
  const std::int64_t last_alone = end(last) - segments_.back().start - segments_.back().overlap_in;
  const Goal last_character = reading_of(segments_.back().phase).character;
  cadence_ = static_cast<int>(
      std::min({std::int64_t{ending_for(last_character)}, target() / 3, last_alone}));
  const auto own_ending = static_cast<int>(std::lround(request_.ending_seconds * 100.0));
  ending_ = own_ending > 0 ? own_ending : cadence_;
}

Intensity Plan::intensity_of(Phase phase) const {
  return phase == Phase::work ? request_.intensity : kBreakIntensity;
}

std::int64_t Plan::end(int k) const {
  if (k + 1 >= segment_count()) return target();
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

std::int64_t Plan::made_hundredths(int k) const {
  return k < kept_ ? before_->made_hundredths(k) : end(k) - segment(k).start;
}

double Plan::longest_seconds(int first) const {
  std::int64_t longest = 0;
  for (int k = first; k < segment_count(); ++k) longest = std::max(longest, made_hundredths(k));
  return static_cast<double>(longest) * 0.01;
}

Brief Plan::brief(int k, int rate) const {
  if (k < kept_) return before_->brief(k, rate);
  const Segment& planned = segment(k);
  Brief brief;
  brief.seed = seed_;
  brief.index = k;
  brief.segment_count = segment_count();
  brief.goal = request_.goal;
  brief.character = reading_of(planned.phase).character;
  brief.has_phases = has_phases();
  brief.phase = planned.phase;
  brief.intensity = intensity_of(planned.phase);
  brief.divergence = request_.divergence;
  if (request_.goal == Goal::custom_prompt && planned.phase == Phase::work) {
    brief.prompt = request_.custom_prompt;
  }
  brief.leaning = reading_of(planned.phase).leaning;
  brief.stem_db = request_.stem_db;
  brief.target_lufs = request_.loudness_target();
  brief.start_seconds = start_seconds(k);
  brief.session_seconds = played_seconds();
  brief.frames = end_frame(k, rate) - start_frame(k, rate);
  brief.sample_rate = rate;
  brief.overlap_in = frames_at(planned.start + planned.overlap_in, rate) - start_frame(k, rate);
  brief.overlap_out = overlap_out_frames(k, rate);
  brief.ending_seconds = end(k) > target() - ending_ ? ending_seconds() : 0.0;
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
