// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include <absl/status/status.h>

#include "plan/brief.h"
#include "plan/phases.h"
#include "plan/prompt.h"
#include "plan/request.h"
#include "plan/steering.h"

namespace focus::core {

/// A whole session, decided at once: where every segment starts and ends, how far neighbours
/// overlap, and what each is told to be. A pure function of (request, seed); immutable, cheap to
/// copy by pointer.
///
/// A session that is steered goes on as another plan: it keeps every segment that began before the
/// change, as it was told to be made, and decides the rest anew. So the plan of a session is a pure
/// function of (request, seed, history of changes).
///
/// Segments start on bar lines nearest to equal parts of the target (of each phase, where there are
/// phases), and overlap by whole bars of the newer one, nearest to 8 s (4 to 16 s, at most a tenth
/// of either segment). All times are whole hundredths of a second.
class Plan {
 public:
  /// Goes up whenever the same request and seed are laid out in another way.
  static constexpr int kVersion = 2;

  /// `request` must be valid (see validate).
  Plan(Request request, std::uint64_t seed);
  /// `before` with one more change, for which `check_change` was ok.
  Plan(std::shared_ptr<const Plan> before, const Change& change);

  /// Where the music may change once the listener has heard the session up to `earliest` (in
  /// hundredths of a second): the next bar line, or the next beat where bars are slow; for a change
  /// of length alone the next segment.
  std::int64_t cut_after(std::int64_t earliest, const Steering& steering) const;
  /// Whether the change leaves a session that can be planned; the error names the field.
  absl::Status check_change(const Change& change) const;

  /// As the last change has left it.
  const Request& request() const { return request_; }
  /// As it was when segment k was planned.
  const Request& request_of(int k) const;
  std::uint64_t seed() const { return seed_; }
  int segment_count() const { return static_cast<int>(segments_.size()); }
  /// What the listener hears, overlaps taken off: the target, exactly.
  double played_seconds() const { return request_.target_minutes * 60.0; }

  /// How many changes it has seen, and the first segment that the last of them has brought.
  int change_count() const { return before_ ? before_->change_count() + 1 : 0; }
  int first_changed() const { return kept_; }
  /// How many segments it shares with the plan that had seen `changes` changes of this history.
  int kept_since(int changes) const;

  /// Frames at `rate` from the session's start to the first and past the last of segment k that is
  /// heard. A segment that a change cuts short is made (see `brief`) longer than this.
  std::int64_t start_frame(int k, int rate) const;
  std::int64_t end_frame(int k, int rate) const;
  std::int64_t length_frames(int k, int rate) const {
    return end_frame(k, rate) - start_frame(k, rate);
  }
  /// The segment that has begun last at a frame of the session.
  int segment_at(std::int64_t frame, int rate) const;
  double start_seconds(int k) const { return segment(k).start * 0.01; }
  double length_seconds(int k) const { return (end(k) - segment(k).start) * 0.01; }
  /// How long segment k is made, in hundredths of a second: longer than it is heard where a change
  /// has cut it short.
  std::int64_t made_hundredths(int k) const;
  /// The longest that a segment from number `first` on is made.
  double longest_seconds(int first = 0) const;
  Key key(int k) const { return segment(k).key; }
  bool has_phases() const { return request_.has_phases(); }
  Phase phase(int k) const { return segment(k).phase; }
  /// Frames that segment k and the one after are heard together; 0 for the last.
  std::int64_t overlap_out_frames(int k, int rate) const;
  /// Overlap with the segment before, in milliseconds; 0 for the first.
  int overlap_in_ms(int k) const { return segment(k).overlap_in * 10; }
  /// Overlap with the segment after, in milliseconds; 0 for the last.
  int overlap_out_ms(int k) const;
  /// Length of the session's last fade, baked into all segments it touches.
  double ending_seconds() const { return ending_ * 0.01; }

  /// What an engine is told of segment k when it plays at `rate`.
  Brief brief(int k, int rate) const;

  const PromptReading& prompt_reading() const { return reading_; }

 private:
  /// Times in hundredths of a second.
  struct Segment {
    Phase phase = Phase::work;
    std::int64_t wanted_end = 0;  // of its part without the overlap, before bar lines are sought
    std::int64_t start = 0;
    std::int64_t first_bar = 0;
    int bar = 0;
    int overlap_in = 0;
    Key key;
    std::array<std::int32_t, kDecisionCount> drawn_at{};
  };

  const Segment& segment(int k) const { return segments_[static_cast<std::size_t>(k)]; }
  std::int64_t end(int k) const;
  std::int64_t target() const { return request_.target_minutes * std::int64_t{6000}; }
  void read_prompts();
  void add_segments(const PhaseSpan& span);
  void add_segments_from(std::int64_t from);
  bool plays_another_piece(Phase phase) const;
  std::array<const Segment*, kPhaseCount> last_kept() const;
  void draw_decisions();
  void lay_out();
  void place_segments();
  void place_overlaps();
  void place_ending();
  Section section_of(int k) const;
  const PromptReading& reading_of(Phase phase) const {
    return phase == Phase::work ? reading_ : break_reading_;
  }
  Intensity intensity_of(Phase phase) const;

  std::shared_ptr<const Plan> before_;  // the last change; nullptr when there was none
  int kept_ = 0;                        // segments of `before_` that stay
  Request request_;
  std::uint64_t seed_;
  Change change_;  // from `before_` to this
  PromptReading reading_;
  PromptReading break_reading_;
  std::vector<Segment> segments_;
  int ending_ = 0;
  int cadence_ = 0;
};

}  // namespace focus::core
