// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "plan/brief.h"
#include "plan/prompt.h"
#include "plan/request.h"

namespace focus::core {

/// A whole session, decided at once: where every segment starts and ends, how far neighbours
/// overlap, and what each is told to be. A pure function of (request, seed); immutable, cheap to
/// copy by pointer.
///
/// Segments start on bar lines nearest to equal parts of the target, and overlap by whole bars
/// nearest to 8 s (4 to 16 s, at most a tenth of either segment). All times are whole hundredths of
/// a second.
class Plan {
 public:
  /// Goes up whenever the same request and seed are laid out in another way.
  static constexpr int kVersion = 2;

  /// `request` must be valid (see validate).
  Plan(Request request, std::uint64_t seed);

  const Request& request() const { return request_; }
  std::uint64_t seed() const { return seed_; }
  int segment_count() const { return static_cast<int>(segments_.size()); }
  /// What the listener hears, overlaps taken off: the target, exactly.
  double played_seconds() const { return request_.target_minutes * 60.0; }

  /// Frames at `rate` from the session's start to the first and past the last of segment k.
  std::int64_t start_frame(int k, int rate) const;
  std::int64_t end_frame(int k, int rate) const;
  /// The segment that has begun last at a frame of the session.
  int segment_at(std::int64_t frame, int rate) const;
  double start_seconds(int k) const { return segment(k).start * 0.01; }
  double length_seconds(int k) const { return (end(k) - segment(k).start) * 0.01; }
  Key key(int k) const { return segment(k).key; }
  /// Frames that segment k and the one after are heard together; 0 for the last.
  std::int64_t overlap_out_frames(int k, int rate) const;
  /// Overlap with the segment before, in milliseconds; 0 for the first.
  int overlap_in_ms(int k) const { return segment(k).overlap_in * 10; }
  /// Overlap with the segment after, in milliseconds; 0 for the last.
  int overlap_out_ms(int k) const;
  /// Length of the session's ending, baked into the last segment.
  double ending_seconds() const { return ending_ * 0.01; }

  /// What an engine is told of segment k when it plays at `rate`.
  Brief brief(int k, int rate) const;

  const PromptReading& prompt_reading() const { return reading_; }

 private:
  /// Times in hundredths of a second.
  struct Segment {
    std::int64_t start = 0;
    std::int64_t first_bar = 0;
    int bar = 0;
    int overlap_in = 0;
    Key key;
    std::array<std::int32_t, kDecisionCount> drawn_at{};
  };

  const Segment& segment(int k) const { return segments_[static_cast<std::size_t>(k)]; }
  std::int64_t end(int k) const;
  void draw_decisions();
  void lay_out();
  Section section_of(int k) const;

  Request request_;
  std::uint64_t seed_;
  PromptReading reading_;
  std::vector<Segment> segments_;
  int ending_ = 0;
};

}  // namespace focus::core
