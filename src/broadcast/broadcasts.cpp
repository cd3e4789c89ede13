// SPDX-License-Identifier: MIT
#include "broadcast/broadcasts.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace focus::core::broadcast {
namespace {

double seconds_of(std::int64_t frame, const Broadcast& broadcast) {
  return static_cast<double>(frame) / broadcast.rate();
}

bool keeps(const Broadcast& broadcast, double seconds) {
  const Broadcast::Span kept = broadcast.kept();
  const auto frame = std::llround(seconds * broadcast.rate());
  return kept.first <= frame && frame <= kept.end;
}

}  // namespace

std::shared_ptr<Broadcast> Broadcasts::join_at(const session::SessionUse& session,
                                               StreamFormat format, double start_seconds) {
  Gone gone;  // destroyed once the mutex is free: a broadcast's thread has to end
  const MutexLock lock(mutex_);
  let_go_locked(gone);
  auto on = find_locked(session->id(), format, [&](const Entry& entry) {
    return !entry.broadcast->is_over() && keeps(*entry.broadcast, start_seconds);
  });
  return on ? on : begin_locked(session, format, start_seconds);
}

std::shared_ptr<Broadcast> Broadcasts::join_now(const session::SessionUse& session,
                                                StreamFormat format) {
  Gone gone;
  const MutexLock lock(mutex_);
  let_go_locked(gone);
  auto on = find_locked(session->id(), format, [](const Entry& entry) {
    return !entry.broadcast->is_over() && !entry.start_seconds;
  });
  return on ? on : begin_locked(session, format, std::nullopt);
}

std::shared_ptr<Broadcast> Broadcasts::find_now(const std::string& session_id,
                                                StreamFormat format) const {
  const MutexLock lock(mutex_);
  return find_locked(session_id, format, [](const Entry& entry) {
    return entry.broadcast->state() != Broadcast::State::stopped && !entry.start_seconds;
  });
}

template <typename Fits>
std::shared_ptr<Broadcast> Broadcasts::find_locked(const std::string& session_id,
                                                   StreamFormat format, Fits fits) const {
  for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
    const bool is_of_it = entry->session_id == session_id && entry->broadcast->format() == format;
    if (is_of_it && fits(*entry)) return entry->broadcast;
  }
  return nullptr;
}

std::shared_ptr<Broadcast> Broadcasts::begin_locked(const session::SessionUse& session,
                                                    StreamFormat format,
                                                    std::optional<double> start_seconds) {
  const std::string& id = session->id();
  const auto of_session = std::count_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return entry.session_id == id && !entry.broadcast->is_over();
  });
  if (of_session >= kMostOfSession || entries_.size() >= kMost) return nullptr;
  const int rate = stream_rate(format, session->started_with().sample_rate);
  const double seconds = start_seconds.value_or(live_seconds_locked(id).value_or(0.0));
  std::int64_t first = std::llround(seconds * rate);
  if (!start_seconds) {
    first -= first % part_frames(format, rate);
    left_at_.erase(id);
  }
  auto broadcast = std::make_shared<Broadcast>(session, format, rate, first, clock_);
  entries_.push_back({id, start_seconds, broadcast});
  return broadcast;
}

int Broadcasts::count() const {
  const MutexLock lock(mutex_);
  return static_cast<int>(std::count_if(entries_.begin(), entries_.end(), [](const Entry& entry) {
    return !entry.broadcast->is_over();
  }));
}

void Broadcasts::let_go_all() {
  std::vector<Entry> gone;
  const MutexLock lock(mutex_);
  gone.swap(entries_);
}

/// Where those hear the session who listen from now on.
std::optional<double> Broadcasts::live_seconds_locked(const std::string& id) const {
  for (const Entry& entry : entries_) {
    const bool is_live =
        entry.session_id == id && !entry.start_seconds && !entry.broadcast->is_over();
    if (is_live) return seconds_of(entry.broadcast->live_frame(), *entry.broadcast);
  }
  const auto left = left_at_.find(id);
  return left == left_at_.end() ? std::nullopt : std::optional(left->second);
}

void Broadcasts::let_go_locked(Gone& gone) {
  const auto is_gone = [&](const Entry& entry) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const Broadcast& broadcast = *entry.broadcast;
    if (!broadcast.is_over() || broadcast.is_wanted()) return false;
    // The place is kept for the next listener, but not where the session was heard to its end.
    if (broadcast.state() == Broadcast::State::stopped && !entry.start_seconds) {
      if (left_at_.size() >= kMost) left_at_.erase(left_at_.begin());
      left_at_[entry.session_id] = seconds_of(broadcast.live_frame(), broadcast);
    }
    gone.push_back(entry.broadcast);
    return true;
  };
  std::erase_if(entries_, is_gone);
}

}  // namespace focus::core::broadcast
