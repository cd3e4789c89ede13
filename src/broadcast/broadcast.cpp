// SPDX-License-Identifier: MIT
#include "broadcast/broadcast.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/thread.h"
#include "broadcast/continuous_music.h"

namespace focus::core::broadcast {
namespace {

using Mixed = player::Mixdown::State;

constexpr std::chrono::milliseconds kPeriod(20);
constexpr double kLeastLeadSeconds = 1.0;

}  // namespace

/// Reads, encodes and keeps the pace. Belongs to the broadcast's thread.
class Broadcast::Producer {
 public:
  static absl::StatusOr<Producer> create(session::SessionUse session, Broadcast& to) {
    const double start = static_cast<double>(to.first_) / to.rate_;
    FOCUS_ASSIGN_OR_RETURN(auto music,
                           ContinuousMusic::create(std::move(session), to.rate_, start));
    FOCUS_ASSIGN_OR_RETURN(auto encoder, StreamEncoder::create(to.format_, to.rate_));
    return Producer(std::move(music), std::move(encoder), to);
  }

  /// One step. Returns how long there is nothing to do; nothing at the session's end.
  absl::StatusOr<std::optional<std::chrono::milliseconds>> produce() {
    music_->report();
    const double now = to_->clock_.steady_seconds();
    const double lead = read_seconds() - (now - began_);
    if (lead >= kLeadSeconds) return kPeriod;
    // A segment that is late is waited for while the listeners have enough.
    if (lead >= kLeastLeadSeconds && music_->is_late()) return kPeriod;
    FOCUS_ASSIGN_OR_RETURN(const ContinuousMusic::Block block, music_->read());
    std::vector<Packet> packets;
    if (!block.audio.empty()) FOCUS_RETURN_IF_ERROR(encoder_->encode(block.audio, packets));
    read_ += block.audio.frames();
    const bool ended = block.state == Mixed::finished;
    if (ended) FOCUS_RETURN_IF_ERROR(encoder_->finish(packets));
    to_->add(std::move(packets), music_->segment_index());
    if (ended) return std::nullopt;
    if (block.state == Mixed::playing) return std::chrono::milliseconds(0);
    // The music is late or has not begun, so that the listeners wait, too. That time does not
    // count: without this, the broadcast would run further ahead of them by as much.
    began_ = std::max(began_, now - read_seconds());
    return kPeriod;
  }

  const std::string& header() const { return encoder_->header(); }

 private:
  Producer(std::unique_ptr<ContinuousMusic> music, std::unique_ptr<StreamEncoder> encoder,
           Broadcast& to)
      : music_(std::move(music)),
        encoder_(std::move(encoder)),
        to_(&to),
        began_(to.clock_.steady_seconds()) {}

  double read_seconds() const { return static_cast<double>(read_) / to_->rate_; }

  std::unique_ptr<ContinuousMusic> music_;
  std::unique_ptr<StreamEncoder> encoder_;
  Broadcast* to_;
  double began_;           // when a listener without a lead would have begun
  std::int64_t read_ = 0;  // frames
};

Broadcast::Broadcast(const session::SessionUse& session, StreamFormat format, int rate,
                     std::int64_t first, const Clock& clock)
    : format_(format),
      rate_(rate),
      first_(first),
      clock_(clock),
      visited_at_(clock.steady_seconds()),
      end_(first) {
  thread_ =
      start_thread([this, used = session::SessionUse(session)]() mutable { run(std::move(used)); });
}

Broadcast::~Broadcast() {
  {
    const MutexLock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

// ---- The thread

void Broadcast::run(session::SessionUse session) noexcept {
  State last = State::stopped;
  try {
    auto producer = Producer::create(std::move(session), *this);
    if (producer.ok()) {
      set_header(producer->header());
      for (bool goes_on = true; goes_on;) {
        const auto pause = producer->produce();
        if (pause.ok() && !*pause) last = State::complete;
        // An error need not last: a disk may come back.
        goes_on =
            last != State::complete && is_wanted() && rest(pause.ok() ? **pause : 5 * kPeriod);
      }
    }
  } catch (...) {  // no exception may leave a thread; the listeners are let go
  }
  set_state(last);
}

bool Broadcast::is_wanted() const {
  return seats_.load() > 0 || clock_.steady_seconds() - visited_at_.load() < kLingerSeconds;
}

bool Broadcast::rest(std::chrono::milliseconds time) {
  const auto deadline = std::chrono::steady_clock::now() + time;
  const MutexLock lock(mutex_);
  while (!stopping_ && time.count() > 0 && changed_.wait_until(mutex_, deadline)) continue;
  return !stopping_;
}

void Broadcast::set_state(State state) {
  {
    const MutexLock lock(mutex_);
    state_ = state;
  }
  changed_.notify_all();
}

void Broadcast::set_header(std::string header) {
  {
    const MutexLock lock(mutex_);
    header_ = std::move(header);
    state_ = State::running;
  }
  changed_.notify_all();
}

void Broadcast::add(std::vector<Packet>&& packets, int segment) {
  if (packets.empty()) return;
  {
    const MutexLock lock(mutex_);
    for (Packet& packet : packets) {
      auto piece = std::make_shared<Piece>();
      *piece = {std::move(packet.bytes), end_, packet.frames, segment};
      end_ = piece->end();
      pieces_.push_back(std::move(piece));
    }
    const auto oldest = end_ - static_cast<std::int64_t>(kKeptSeconds * rate_);
    while (pieces_.front()->end() <= oldest) {
      pieces_.pop_front();
      ++first_place_;
    }
  }
  changed_.notify_all();
}

// ---- Listeners

Broadcast::State Broadcast::state() const {
  const MutexLock lock(mutex_);
  return state_;
}

Broadcast::State Broadcast::wait_started(std::chrono::milliseconds timeout) const {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  const MutexLock lock(mutex_);
  while (state_ == State::starting && timeout.count() > 0) {
    if (!changed_.wait_until(mutex_, deadline)) break;
  }
  return state_;
}

std::string Broadcast::header() const {
  const MutexLock lock(mutex_);
  return header_;
}

Broadcast::Span Broadcast::kept() const {
  const MutexLock lock(mutex_);
  return {pieces_.empty() ? end_ : pieces_.front()->first, end_};
}

std::int64_t Broadcast::live_frame() const {
  const MutexLock lock(mutex_);
  return std::max(first_, end_ - static_cast<std::int64_t>(kLeadSeconds * rate_));
}

Broadcast::Place Broadcast::place_of(std::int64_t frame) const {
  const MutexLock lock(mutex_);
  const auto found = std::partition_point(pieces_.begin(), pieces_.end(),
                                          [&](const auto& piece) { return piece->end() <= frame; });
  return first_place_ + (found - pieces_.begin());
}

Broadcast::Reading Broadcast::read(Place& place, std::size_t most_bytes,
                                   std::chrono::milliseconds timeout, Pieces& out) {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  const MutexLock lock(mutex_);
  const auto behind = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return first_place_ + static_cast<Place>(pieces_.size());
  };
  while (place >= behind() && state_ < State::complete && timeout.count() > 0) {
    if (!changed_.wait_until(mutex_, deadline)) break;
  }
  if (place < first_place_) return Reading::lost;
  if (place >= behind()) return state_ >= State::complete ? Reading::ended : Reading::none_yet;
  for (std::size_t bytes = 0; place < behind() && bytes < most_bytes; ++place) {
    out.push_back(pieces_[static_cast<std::size_t>(place - first_place_)]);
    bytes += out.back()->bytes.size();
  }
  return Reading::pieces;
}

Broadcast::Pieces Broadcast::pieces_of(Span span) const {
  Pieces found;
  const MutexLock lock(mutex_);
  for (const auto& piece : pieces_) {
    if (piece->first >= span.first && piece->first < span.end) found.push_back(piece);
  }
  return found;
}

void Broadcast::note_visit() { visited_at_.store(clock_.steady_seconds()); }

Broadcast::Seat::Seat(std::shared_ptr<Broadcast> broadcast) : broadcast_(std::move(broadcast)) {
  broadcast_->seats_.fetch_add(1);
}

Broadcast::Seat::~Seat() {
  if (!broadcast_) return;
  broadcast_->note_visit();
  broadcast_->seats_.fetch_sub(1);
}

}  // namespace focus::core::broadcast
