// SPDX-License-Identifier: MIT
#include "mastering/pair.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "mastering/crossfade_level.h"
#include "mastering/gating.h"

namespace focus::core::mastering {
namespace {

using Blocks = std::int64_t;  // of 10 ms

constexpr Blocks kUsual = 8 * kLevelBlocksPerSecond;
constexpr Blocks kShortest = 4 * kLevelBlocksPerSecond;
constexpr Blocks kLengths[] = {400, 600, 1200, 1600};  // tried in addition to the usual one
constexpr double kShareOfMusic = 0.1;
constexpr double kShareWhenAsked = 0.5;
constexpr Blocks kAround = 3 * kLevelBlocksPerSecond;  // also judged, on either side of the overlap
// A shorter decay or swell is faded with the rest.
constexpr Blocks kShortestDecay = kLevelBlocksPerSecond / 2;
// How far a decay or swell may have fallen, in LU, where the other side has fully come in.
constexpr double kDepths[] = {1.5, 3.0, 4.5, 6.0, 9.0, 12.0, 18.0};
// Beyond this depth a decay or swell hardly adds to the loudness of the other side.
constexpr double kFaint = 12.0;
// The level of the music near the joint is that of this much of it, unless it is within this range
// of the whole piece's: then the whole piece's is meant.
constexpr Blocks kNear = 10 * kLevelBlocksPerSecond;
constexpr double kBodyRangeLu = 9.0;
// Weights of a candidate's cost, in LU. Short-term deviations count most. The cost for a length
// other than the usual one is small: it decides between otherwise similar candidates.
constexpr double kBumpWeight = 0.5;
constexpr double kMomentaryWeight = 0.25;
constexpr double kPerSecondOff = 0.1;
// Music that is not faded should not be lowered or raised either.
constexpr double kMovedWeight = 0.25;

/// A piece in blocks. Levels are seen from the music towards the joint.
struct Side {
  std::span<const float> energies;
  double body_energy = 0.0;
  Blocks from = 0;  ///< of what is free: the sound, without what belongs to other overlaps
  Blocks to = 0;
  Blocks sound = 0;  ///< the edge of the sound at the joint
  Blocks decay = 0;  ///< the length of the decay or swell; 0: it is faded
};

struct Candidate {
  Blocks overlap = 0;
  Blocks fade = 0;
  Blocks held_from = 0;
  Blocks held_to = 0;
};

double ratio_of(double db) { return std::pow(10.0, 0.1 * db); }

/// How many blocks of the decay of the old piece (`step` = -1), or the swell of the new one
/// (`step` = 1), have fallen by more than `depth`, counted from the edge of the sound.
Blocks faint_blocks(const Side& side, double depth, int step) {
  const double threshold = side.body_energy / ratio_of(depth);
  const auto window = static_cast<Blocks>(kMomentaryBlocks);
  Blocks count = 0;
  for (; count < side.decay; ++count) {
    const Blocks middle = side.sound + step * count;
    const Blocks end =
        std::clamp<Blocks>(middle + window / 2, 1, static_cast<Blocks>(side.energies.size()));
    const Blocks size = std::min(window, end);
    if (window_energy(side.energies, static_cast<std::size_t>(end),
                      static_cast<std::size_t>(size)) >= threshold) {
      break;
    }
  }
  return count;
}

/// The candidates for the blocks of a decay or swell that sound after the other side has come in.
std::vector<Blocks> rests_of(const Side& side, int step) {
  std::vector<Blocks> rests;
  for (const double depth : kDepths) {
    const Blocks rest = faint_blocks(side, depth, step);
    if (rests.empty() || rest != rests.back()) rests.push_back(rest);
  }
  return rests;
}

std::vector<Blocks> lengths_within(Blocks most) {
  if (most <= kShortest) return {most};
  std::vector<Blocks> lengths = {std::min(kUsual, most)};
  for (const Blocks length : kLengths) {
    if (length <= most && length != lengths.front()) lengths.push_back(length);
  }
  return lengths;
}

/// The candidates for a pair.
std::vector<Candidate> candidates_for(const Side& old_side, const Side& new_side,
                                      const std::vector<Blocks>& lengths) {
  const Blocks most = std::min(old_side.to - old_side.from, new_side.to - new_side.from);
  const Blocks old_faint = faint_blocks(old_side, kFaint, -1);
  const Blocks new_faint = faint_blocks(new_side, kFaint, 1);
  const bool keeps_old = old_side.decay > 0;
  const bool keeps_new = new_side.decay > 0;
  std::vector<Candidate> candidates;
  const auto add = [&](Blocks overlap, Blocks fade) {
    Candidate candidate;
    candidate.overlap = std::min(overlap, most);
    candidate.fade = std::min(fade, candidate.overlap);
    // All of the fade is held, and all of what is louder than faint.
    candidate.held_from = keeps_new ? std::min(new_faint, candidate.overlap - candidate.fade) : 0;
    candidate.held_to = candidate.overlap;
    if (keeps_old) {
      candidate.held_to = std::max(candidate.overlap - old_faint, candidate.fade);
    }
    if (candidate.held_to - candidate.held_from < kLevelBlocksPerSecond) {
      candidate.held_from = std::max<Blocks>(candidate.held_from - kLevelBlocksPerSecond, 0);
      candidate.held_to = std::min(candidate.held_to + kLevelBlocksPerSecond, candidate.overlap);
      if (candidate.held_from > candidate.held_to) candidate.held_from = candidate.held_to;
    }
    if (candidate.overlap > 0) candidates.push_back(candidate);
  };
  if (keeps_old && keeps_new) {
    for (const Blocks old_rest : rests_of(old_side, -1)) {
      for (const Blocks new_rest : rests_of(new_side, 1)) add(old_rest + new_rest, 0);
    }
    return candidates;
  }
  for (const Blocks length : lengths) {
    if (!keeps_old && !keeps_new) {
      add(length, length);
    } else {
      for (const Blocks rest : keeps_old ? rests_of(old_side, -1) : rests_of(new_side, 1)) {
        add(rest + length, length);
      }
    }
  }
  return candidates;
}

CrossfadeShape shape_of(bool keep_old, bool keep_new, const FrameSpan& fade_out,
                        const FrameSpan& fade_in, const FrameSpan& held, std::int64_t overlap) {
  const auto part = [overlap](const FrameSpan& span) {
    const double whole = static_cast<double>(std::max<std::int64_t>(overlap, 1));
    return OverlapSpan{static_cast<double>(span.from) / whole,
                       static_cast<double>(span.to) / whole};
  };
  return {keep_old, keep_new, part(fade_out), part(fade_in), part(held)};
}

CrossfadeShape shape_of(const Side& old_side, const Side& new_side, const Candidate& candidate) {
  return shape_of(old_side.decay > 0, new_side.decay > 0,
                  {candidate.overlap - candidate.fade, candidate.overlap}, {0, candidate.fade},
                  {candidate.held_from, candidate.held_to}, candidate.overlap);
}

/// Block energies and the loudness that they should have, both as running sums.
struct Course {
  std::vector<double> energy = {0.0};
  std::vector<double> line_db = {0.0};

  void add(double block_energy, double db) {
    energy.push_back(energy.back() + block_energy);
    line_db.push_back(line_db.back() + db);
  }
};

/// The largest deviations of the windows of `window` blocks below and above the line, in LU.
struct Swing {
  double dip = 0.0;
  double bump = 0.0;
};

Swing swing_of(const Course& course, Blocks window) {
  Swing swing;
  const auto size = static_cast<Blocks>(course.energy.size()) - 1;
  for (Blocks end = std::min(window, size); end <= size; end += 5) {
    const Blocks start = std::max<Blocks>(end - window, 0);
    const double count = static_cast<double>(std::max<Blocks>(end - start, 1));
    const auto mean = [&](const std::vector<double>& sums) {
      return (sums[static_cast<std::size_t>(end)] - sums[static_cast<std::size_t>(start)]) / count;
    };
    const double over =
        10.0 * std::log10(std::max(mean(course.energy), 1e-10)) - mean(course.line_db);
    swing.dip = std::max(swing.dip, -over);
    swing.bump = std::max(swing.bump, over);
  }
  return swing;
}

/// How unsteady the mix would be with this candidate: predicts its block energies as if the two
/// sides were uncorrelated (product = 0) and rates their deviations.
double unrest_of(const Side& old_side, const Side& new_side, const Candidate& candidate) {
  const auto part = [](const Side& side, Blocks from, Blocks count) {
    return side.energies.subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(count));
  };
  const Blocks begin = old_side.sound - candidate.overlap;
  const auto old_part = part(old_side, begin, candidate.overlap);
  const auto new_part = part(new_side, new_side.sound, candidate.overlap);
  OverlapEnergies energies;
  energies.old_energy.assign(old_part.begin(), old_part.end());
  energies.new_energy.assign(new_part.begin(), new_part.end());
  energies.product.resize(old_part.size());
  const CrossfadeShape shape = shape_of(old_side, new_side, candidate);
  const std::vector<float> level =
      held_level(energies, {old_side.body_energy, new_side.body_energy}, shape);

  const double old_db = 10.0 * std::log10(std::max(old_side.body_energy, 1e-10));
  const double new_db = 10.0 * std::log10(std::max(new_side.body_energy, 1e-10));
  Course course;
  double moved_db = 0.0;
  for (Blocks i = std::max(begin - kAround, old_side.from); i < begin; ++i) {
    course.add(static_cast<double>(old_side.energies[static_cast<std::size_t>(i)]), old_db);
  }
  for (std::size_t i = 0; i < old_part.size(); ++i) {
    const double u = (static_cast<double>(i) + 0.5) / static_cast<double>(old_part.size());
    const double out = shape.out_at(u);
    const double in = shape.in_at(u);
    const double k = static_cast<double>(level[i]);
    moved_db = std::max(moved_db, std::abs(20.0 * std::log10(k)));
    course.add(k * k *
                   (out * out * static_cast<double>(old_part[i]) +
                    in * in * static_cast<double>(new_part[i])),
               old_db + (new_db - old_db) * crossfade_position(shape.held.progress_at(u)));
  }
  const Blocks end = new_side.sound + candidate.overlap;
  for (Blocks i = end; i < std::min(end + kAround, new_side.to); ++i) {
    course.add(static_cast<double>(new_side.energies[static_cast<std::size_t>(i)]), new_db);
  }
  const Swing shorter = swing_of(course, kMomentaryBlocks);
  const Swing longer = swing_of(course, kShortTermBlocks);
  const double moved = shape.keep_old || shape.keep_new ? moved_db * kMovedWeight : 0.0;
  return longer.dip + kBumpWeight * longer.bump +
         kMomentaryWeight * (shorter.dip + kBumpWeight * shorter.bump) + moved;
}

Blocks blocks_of(std::int64_t frames, int sample_rate) {
  return frames * kLevelBlocksPerSecond / sample_rate;
}

/// The energy of the music near the joint: of `from` ... `to`, or of the whole piece.
double body_energy(const PairSide& side, Blocks from, Blocks to) {
  const double whole = energy_of_lufs(side.integrated_lufs);
  if (to - from < kLevelBlocksPerSecond) return whole;
  const double near = window_energy(side.energies, static_cast<std::size_t>(to),
                                    static_cast<std::size_t>(to - from));
  return near < whole / ratio_of(kBodyRangeLu) ? near : whole;
}

Side side_of(const PairSide& piece, int sample_rate, bool old) {
  const auto count = static_cast<Blocks>(piece.energies.size());
  const auto block = [&](std::int64_t frame) {
    return std::min(blocks_of(frame, sample_rate), count);
  };
  Side side;
  side.energies = piece.energies;
  side.from = block(piece.edges.sound_in);
  side.to = block(piece.edges.sound_out);
  const Blocks music_in = block(piece.edges.music_in);
  const Blocks music_out = block(piece.edges.music_out);
  if (old) {
    side.sound = side.to;
    side.decay = side.to - music_out;
    side.body_energy = body_energy(piece, std::max(music_in, music_out - kNear), music_out);
  } else {
    side.sound = side.from;
    side.decay = music_in - side.from;
    side.body_energy = body_energy(piece, music_in, std::min(music_in + kNear, music_out));
  }
  if (side.decay < kShortestDecay) side.decay = 0;
  const Blocks free_from =
      (piece.free_from * kLevelBlocksPerSecond + sample_rate - 1) / sample_rate;
  side.from = std::min(std::max(side.from, free_from), side.to);
  side.to = std::max(side.to - blocks_of(piece.reserved, sample_rate), side.from);
  return side;
}

}  // namespace

CrossfadeShape Joint::shape() const {
  return shape_of(keep_old, keep_new, fade_out, fade_in, held, overlap);
}

void Joint::begin_earlier(std::int64_t frames) {
  overlap += frames;
  fade_out.to += frames;
  held.to += frames;
  // A fade of one side alone keeps its length, and its place on the side that is not faded.
  if (keep_new) fade_out.from += frames;
  if (!keep_old) fade_in.to += frames;
}

Joint find_joint(const PairSide& old_piece, const PairSide& new_piece, int sample_rate,
                 std::optional<double> seconds) {
  const Side old_side = side_of(old_piece, sample_rate, true);
  const Side new_side = side_of(new_piece, sample_rate, false);
  const auto music_of = [&](const PairSide& piece) {
    return blocks_of(piece.edges.music_out - piece.edges.music_in, sample_rate);
  };
  const Blocks shorter = std::min(music_of(old_piece), music_of(new_piece));
  std::vector<Blocks> lengths;
  if (seconds.has_value()) {
    const auto most = static_cast<Blocks>(kShareWhenAsked * static_cast<double>(shorter));
    lengths = {std::min(static_cast<Blocks>(std::llround(*seconds * kLevelBlocksPerSecond)), most)};
  } else {
    lengths = lengths_within(static_cast<Blocks>(kShareOfMusic * static_cast<double>(shorter)));
  }
  Candidate best;
  double least = 1e9;
  for (const Candidate& candidate : candidates_for(old_side, new_side, lengths)) {
    const double off = static_cast<double>(std::abs(candidate.fade - lengths.front()));
    const double cost =
        unrest_of(old_side, new_side, candidate) + kPerSecondOff * off / kLevelBlocksPerSecond;
    if (cost < least) {
      least = cost;
      best = candidate;
    }
  }
  const auto frames_of = [&](Blocks blocks) {
    return blocks * sample_rate / kLevelBlocksPerSecond;
  };
  Joint joint;
  joint.old_end = old_piece.edges.sound_out;
  joint.new_start = new_piece.edges.sound_in;
  joint.overlap = frames_of(best.overlap);  // pieces of less than 10 ms have none
  joint.keep_old = old_side.decay > 0;
  joint.keep_new = new_side.decay > 0;
  joint.fade_out = {joint.overlap - frames_of(best.fade), joint.overlap};
  joint.fade_in = {0, frames_of(best.fade)};
  joint.held = {frames_of(best.held_from), frames_of(best.held_to)};
  joint.bodies = {old_side.body_energy, new_side.body_energy};
  return joint;
}

}  // namespace focus::core::mastering
