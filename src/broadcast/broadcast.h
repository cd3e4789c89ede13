// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "broadcast/stream_encoder.h"
#include "broadcast/stream_format.h"
#include "session/session_use.h"

namespace focus::core::broadcast {

/// One continuous encoding of a session, made once and heard by any number of listeners. A thread
/// of its own reads the session, encodes it, and keeps the last minute. It runs in real time,
/// `kLeadSeconds` ahead: the first listener gets that much at once, and so does each that joins
/// later, from what is kept. All hear about the same moment.
///
/// It ends with the session, or when nobody has listened for `kLingerSeconds`.
///
/// Frames are at the stream's rate and counted from the session's beginning. Thread-safe.
class Broadcast {
 public:
  static constexpr double kLeadSeconds = 10.0;
  static constexpr double kKeptSeconds = 60.0;
  static constexpr double kLingerSeconds = 30.0;

  /// From frame `first` of the session on, at `rate`.
  Broadcast(const session::SessionUse& session, StreamFormat format, int rate, std::int64_t first,
            const Clock& clock);
  /// Ends the thread, which never waits for long.
  ~Broadcast();
  Broadcast(const Broadcast&) = delete;
  Broadcast& operator=(const Broadcast&) = delete;

  StreamFormat format() const { return format_; }
  int rate() const { return rate_; }

  /// Encoded audio that belongs together, of one segment.
  struct Piece {
    std::string bytes;
    std::int64_t first = 0;
    std::int64_t frames = 0;
    int segment = 0;

    std::int64_t end() const { return first + frames; }
  };
  using Pieces = std::vector<std::shared_ptr<const Piece>>;

  enum class State {
    starting,  ///< there is no header yet
    running,
    complete,  ///< the session's end was encoded
    stopped    ///< nobody listened, or encoding failed
  };
  State state() const;
  /// The same, after waiting up to `timeout` for the start to be over.
  State wait_started(std::chrono::milliseconds timeout) const;
  bool is_over() const { return state() >= State::complete; }

  /// See StreamEncoder. Once it is running.
  std::string header() const;
  /// The frames that are kept: [first, end).
  struct Span {
    std::int64_t first = 0;
    std::int64_t end = 0;
  };
  Span kept() const;
  /// Where one begins that listens from now on.
  std::int64_t live_frame() const;

  /// A place in the pieces.
  using Place = std::int64_t;
  /// The piece that holds `frame`, or the first behind it.
  Place place_of(std::int64_t frame) const;

  enum class Reading {
    pieces,
    none_yet,
    ended,
    lost  ///< what comes next is not kept any more: the listener was too slow
  };
  /// Waits up to `timeout` for a piece at `place`. Appends what there is from there on to `out`,
  /// about `most_bytes` of it, and moves `place` behind it.
  Reading read(Place& place, std::size_t most_bytes, std::chrono::milliseconds timeout,
               Pieces& out);
  /// All kept pieces of [first, end).
  Pieces pieces_of(Span span) const;

  /// Keeps the broadcast running, as a listener, for as long as it lives.
  class Seat {
   public:
    explicit Seat(std::shared_ptr<Broadcast> broadcast);
    ~Seat();
    Seat(Seat&&) noexcept = default;
    Seat& operator=(Seat&&) = delete;

    Broadcast& operator*() const { return *broadcast_; }
    Broadcast* operator->() const { return broadcast_.get(); }

   private:
    std::shared_ptr<Broadcast> broadcast_;
  };
  /// A listener that keeps nothing open (HLS) was here.
  void note_visit();
  /// Whether anybody listens, or did of late.
  bool is_wanted() const;

 private:
  class Producer;

  void run(session::SessionUse session) noexcept;
  /// False once the broadcast is to stop.
  bool rest(std::chrono::milliseconds time);
  void set_state(State state);
  void set_header(std::string header);
  void add(std::vector<Packet>&& packets, int segment);

  const StreamFormat format_;
  const int rate_;
  const std::int64_t first_;
  const Clock& clock_;
  std::atomic<int> seats_{0};
  std::atomic<double> visited_at_;

  mutable Mutex mutex_;
  mutable CondVar changed_;
  State state_ ABSL_GUARDED_BY(mutex_) = State::starting;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::string header_ ABSL_GUARDED_BY(mutex_);
  std::deque<std::shared_ptr<const Piece>> pieces_ ABSL_GUARDED_BY(mutex_);
  Place first_place_ ABSL_GUARDED_BY(mutex_) = 0;  // of the first piece that is kept
  std::int64_t end_ ABSL_GUARDED_BY(mutex_);       // of what was encoded

  std::thread thread_;  // last: it uses all of the above
};

}  // namespace focus::core::broadcast
