// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include <absl/status/status.h>

#include "base/guarded.h"
#include "session/budget.h"

namespace focus::core::session {

/// The money of one claimed segment: held before an engine begins, settled once the engine has
/// delivered, and given back otherwise, at the latest when the payment goes. Used by one worker.
/// Calls the store's ledger: no mutex of the session or above may be held.
class Payment {
 public:
  explicit Payment(std::shared_ptr<Budget> budget) : budget_(std::move(budget)) {}
  Payment(Payment&& other) noexcept;
  Payment& operator=(Payment&&) = delete;
  ~Payment() {
    without_throwing([this] { release().IgnoreError(); });
  }

  /// Money that the store holds together with the claim. It is spent when the segment is put, in
  /// one transaction, and comes back when the claim is given up.
  void attach(std::int64_t hold, std::int64_t micros) {
    hold_ = hold;
    micros_ = micros;
    has_moved_ = true;
    is_attached_ = true;
  }
  bool is_attached() const { return is_attached_; }

  /// Holds what the piece costs; a piece for nothing needs no hold. What was held before is given
  /// back first. The cancelled error where the money is not there, now or ever (see `refused`).
  absl::Status hold(const Budget::Piece& piece);
  /// What is held is spent, whatever becomes of the audio. Money that is attached is spent later,
  /// with the segment. After an error the money counts as held for ever, which is as much.
  absl::Status settle();
  /// Gives back what is held. After an error it counts as held after a restart: too much, never too
  /// little.
  absl::Status release();

  /// What is held, in millionths.
  std::int64_t held_micros() const { return hold_ != 0 ? micros_ : 0; }
  /// Whether money was held at any time, so that others may have been refused meanwhile.
  bool has_moved() const { return has_moved_; }
  /// The piece for which the money was not there.
  const std::optional<Budget::Piece>& refused() const { return refused_; }

 private:
  std::shared_ptr<Budget> budget_;
  std::int64_t hold_ = 0;  // of the ledger; 0: nothing
  std::int64_t micros_ = 0;
  bool has_moved_ = false;
  bool is_attached_ = false;
  std::optional<Budget::Piece> refused_;
};

}  // namespace focus::core::session
