// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "audio/buffer.h"
#include "session/agenda.h"
#include "session/payment.h"
#include "session/session_state.h"
#include "session/wanted.h"
#include "store/shared_board.h"

namespace focus::core::session {

/// The side of a session that the scheduler and its workers see: which segments to make, who makes
/// them, what they cost. Thread-safe.
///
/// A segment goes this way: `claim` takes it on the session's board, `begin` claims it in the
/// store, `pay` holds its price, an engine plays, `settle` spends the price, `keep` puts it into
/// the store, and `complete` ends the claim, however far it came.
class SegmentWork {
 public:
  /// How long a claim lasts in the store unless it is extended.
  static constexpr std::chrono::seconds kLease{30};
  /// How many segments a forecast looks at.
  static constexpr std::size_t kFarEnough = 64;

  explicit SegmentWork(SessionState& state) : state_(state) {}

  /// The session's key in the scheduler's queue. Younger sessions have greater numbers.
  std::uint64_t number() const { return state_.number; }
  /// See SessionParts.
  std::shared_ptr<const engines::MusicEngine> stand_in_for(
      const engines::MusicEngine& failed) const {
    return state_.parts.stand_in_for(failed);
  }
  /// For one claim; holds nothing yet.
  Payment new_payment() const { return Payment(state_.parts.budget); }

  /// The segments to make that nobody makes, the most urgent first, at most `limit`.
  std::vector<Pending> pending(std::size_t limit) const;
  /// A summary of `pending` for the queue; what lies far ahead is left out. The session marks
  /// itself in WorkSignals when its need has grown.
  std::optional<Agenda::Need> need() const;
  /// Whether a segment is being made, or is to be.
  bool is_at_work() const;

  /// Claims a segment for the session's engine. Nothing where it is not wanted any more. `now` is
  /// in seconds of the steady clock.
  std::optional<Claim> claim(int index, double now);
  /// Claims a segment without which a live listener is about to hear a gap, for the rescue engine.
  /// The worker that makes it now is cancelled.
  std::optional<Claim> claim_overdue(double now);
  /// What the cluster is to be told that the session wants; nothing where it knows.
  std::optional<store::WantedSegments> wants_to_tell();
  /// What `wants_to_tell` gave last was not told.
  void tell_again();
  /// Takes a segment that the store has claimed for this node already. Nothing where it is not
  /// wanted any more, or where the session is not as the claim was planned (see `follow`).
  std::optional<Claim> take_claimed(const store::NextClaim& next, double now);
  /// How many changes the session has, as far as this node knows.
  int changes() const;
  /// Takes over what other nodes have done to the session.
  absl::Status follow();

  /// Takes back a claim that no worker could begin.
  void unclaim(const Claim& claim) noexcept;

  /// Claims the segment in the store. The cancelled error where the session was changed meanwhile,
  /// a conflict where another node makes the segment (see `is_given_up`): then end the claim with
  /// that error. After any other error of the store the caller goes on, and `keep` tries again.
  absl::Status begin(const Claim& claim);
  /// Whether the error says that nobody wants this worker's segment any more: it was cancelled, or
  /// the claim was lost to a change of the session or to another node.
  static bool is_given_up(const absl::Status& status);
  /// Moves the end of the claim's lease in the store. Cancels the claim where it is lost.
  void extend(const Claim& claim);

  /// Holds what `engine` costs for this segment, before the engine begins. The cancelled error
  /// where the money is not there, now or ever: then end the claim with that error.
  absl::Status pay(const Claim& claim, Payment& payment, const engines::MusicEngine& engine);
  /// The engine has delivered: what is held is spent, whatever becomes of the audio.
  absl::Status settle(Payment& payment);
  /// The engine that has played so far has failed and costs nothing; `next` makes the segment from
  /// here on, where it can be paid (see `pay`).
  absl::Status fall_back(const Claim& claim, Payment& payment,
                         const std::shared_ptr<const engines::MusicEngine>& next);
  /// Keeps what was made for a claim; `audio` is taken only where that succeeds. Where the store
  /// can not and somebody listens live, the audio is held in memory until it was heard, and an
  /// event says so; not after an error that may pass (`is_passing`) while the caller tries again.
  absl::StatusOr<store::SegmentRecord> keep(const Claim& claim, store::SegmentRecord record,
                                            audio::AudioBuffer&& audio,
                                            const audio::AudioFileOptions& options,
                                            bool tries_again = false);
  /// Whether the error says nothing about the segment, and may be gone with the next try: there was
  /// no memory or no thread, or a file or the catalogue could not be read or written.
  static bool is_passing(const absl::Status& status);
  /// Whether somebody listens live, for whom the segment is tried again without end.
  bool is_heard_live() const { return state_.live_listeners > 0; }
  /// Ends a claim: the segment is ready, was given up (cancelled, conflict), or can not be had.
  /// Gives back what the payment still holds. Never throws: whatever else fails, the claim has
  /// ended, or nobody would ever make the segment.
  void complete(const Claim& claim, Payment& payment,
                absl::StatusOr<store::SegmentRecord> result) noexcept;

  /// Stops the session where nothing is in flight and its next segment would pass the spend cap.
  void stop_at_cap();
  /// Money came back, or caps and prices have changed: what could not be paid is tried again.
  void money_moved() noexcept;
  /// Asks again for the segments that other nodes had claimed, after a look into the store.
  void look_again();

 private:
  /// Whether the session's engine costs something.
  bool is_priced() const;
  MakingPolicy policy_locked(bool priced) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(state_.mutex);
  std::vector<Pending> pending_locked(std::size_t limit) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(state_.mutex);
  /// Nothing more may be stored for the session's owner.
  bool is_full_locked() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(state_.mutex);
  /// Counts what was kept, and tells where that was the last that may be.
  void count_stored(const store::SegmentRecord& kept);
  Claim take_locked(int index, const std::shared_ptr<const engines::MusicEngine>& engine,
                    double now, const store::NextClaim* claimed = nullptr)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(state_.mutex);
  /// A claim that is about to end; none where `claim` is null.
  struct Ending {
    const Claim* claim = nullptr;
    bool is_made = false;  ///< its segment becomes ready
  };
  /// What would have to be paid next: the piece that was refused last, and the first segment that
  /// is missing, as if `ending` had ended. Nothing while other work is in flight.
  std::vector<Budget::Piece> next_pieces_locked(const std::optional<Budget::Piece>& refused,
                                                const Ending& ending = {nullptr, false}) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(state_.mutex);
  /// Asks the ledger: no mutex of the session may be held.
  bool passes_a_cap(const std::vector<Budget::Piece>& pieces) const;
  /// What has to be paid next where it passes a cap, so that the session stops once `ending` has
  /// ended; otherwise nothing.
  std::vector<Budget::Piece> pieces_over_cap(const std::optional<Budget::Piece>& refused,
                                             const Ending& ending);
  /// Whether no other node makes a segment of the session; then what they have made is known here.
  /// Money that is spent for a segment which is not there yet stops no session.
  bool knows_all_work();
  bool stops_at(const std::vector<Budget::Piece>& pieces) const noexcept
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(state_.mutex);
  /// Writes down and tells that `stopped_cap` was set.
  void write_stop() noexcept;
  void end_paying(const Claim& claim);
  void give_up(const Claim& claim);

  SessionState& state_;
};

}  // namespace focus::core::session
