// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "audio/buffer.h"
#include "session/claim.h"
#include "store/records.h"

namespace focus::core::session {

/// Which segments of a session are planned, in flight and ready. A value without lock, store or
/// clock; the session guards its own. Indices must be 0 to count() - 1, unless a function says
/// otherwise.
class Board {
 public:
  enum class Stage {
    planned,
    in_flight,  ///< a worker has a claim on it
    elsewhere,  ///< another node has; see `look_again`
    ready
  };

  explicit Board(int count) : segments_(static_cast<std::size_t>(count)) {}

  int count() const { return static_cast<int>(segments_.size()); }
  Stage stage(int index) const { return at(index).stage; }
  bool is_ready(int index) const { return stage(index) == Stage::ready; }
  /// How many are ready from the first on, without a gap. With `made`, as if that segment were
  /// ready too.
  int ready_count(std::optional<int> made = std::nullopt) const;
  bool is_complete() const { return ready_count() == count(); }
  /// Whether a claim holds; `but` is left out.
  bool has_work_in_flight(const Claim* but = nullptr) const;

  /// Of a ready segment; null until then.
  const std::shared_ptr<const store::SegmentRecord>& record(int index) const {
    return at(index).record;
  }
  /// Of a segment that the store could not keep; else null.
  const std::shared_ptr<const audio::AudioBuffer>& audio(int index) const {
    return at(index).audio;
  }
  /// Of a segment in flight; else null.
  const Claim* claim(int index) const { return at(index).claim.get(); }

  /// The segment is ready, as the store has it. A claim on it is cancelled and does not hold any
  /// more. Ignores an index that the board does not have.
  void set_ready(store::SegmentRecord record);
  /// The segment is planned again. Work on it is not cancelled.
  void forget(int index) { at(index) = Segment(); }
  /// Forgets the ready segments of [first, end).
  void forget_ready(int first, int end);
  /// Makes room for so many segments: replan() takes no memory then.
  void reserve(int count) { segments_.reserve(static_cast<std::size_t>(count)); }
  /// Another plan: what lies before `first` stays, all else is planned, `count` segments in all.
  /// Cancels the claims that this takes away.
  void replan(int first, int count);
  /// Cancels the claims from `first` on. Their segments stay in flight until they are given back.
  void cancel_work(int first = 0) const;

  /// Puts a segment in flight, for `engine` to play; `claim` has the rest. An earlier claim on it
  /// does not hold any more. Returns the claim with its number.
  Claim take(Claim claim);
  /// Whether the claim is still the one its segment is in flight for.
  bool holds(const Claim& claim) const;
  /// Ends a claim that holds: its segment is ready. Never throws.
  void complete(const Claim& claim, std::shared_ptr<const store::SegmentRecord> record) noexcept;
  /// Ends a claim that holds: its segment is planned again, or made by another node.
  void give_back(const Claim& claim, Stage stage = Stage::planned);
  /// What other nodes made may be theirs no longer: such segments count as planned again. Returns
  /// whether there were any.
  bool look_again();

  /// The audio of a claim that holds, which the store could not keep. It goes with the segment.
  void keep_in_memory(const Claim& claim, std::shared_ptr<const audio::AudioBuffer> audio) noexcept;
  /// Lets the segments before `index` go whose audio is only in memory.
  void drop_kept_in_memory(int index);

  /// The claim's worker is reserving money for it, until `end_paying`.
  void begin_paying(const Claim& claim) { at(claim.index).pays = true; }
  /// Ignores a claim that does not hold.
  void end_paying(const Claim& claim);
  bool is_paying() const;

 private:
  struct Segment {
    Stage stage = Stage::planned;
    bool pays = false;
    std::shared_ptr<const store::SegmentRecord> record;
    std::unique_ptr<const Claim> claim;
    std::shared_ptr<const audio::AudioBuffer> audio;
  };
  Segment& at(int index) { return segments_[static_cast<std::size_t>(index)]; }
  const Segment& at(int index) const { return segments_[static_cast<std::size_t>(index)]; }

  std::vector<Segment> segments_;
  std::uint64_t last_number_ = 0;
};

}  // namespace focus::core::session
