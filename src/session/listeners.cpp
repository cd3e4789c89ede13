// SPDX-License-Identifier: MIT
#include "session/listeners.h"

#include <algorithm>
#include <limits>

namespace focus::core::session {

int Listeners::add(Kind kind) {
  listeners_[next_number_].kind = kind;
  return next_number_++;
}

void Listeners::move(int listener, const Hearing& hearing) {
  listeners_[listener].hearing = hearing;
}

void Listeners::send(int listener, int segment, std::int64_t frame) {
  Hearing& hearing = listeners_[listener].hearing;
  hearing.segment = segment;
  hearing.frame = frame;
  hearing.missing = -1;
  hearing.at_end = false;
}

void Listeners::set_waits_since(int listener, double now) {
  listeners_[listener].waits_since = now;
}

void Listeners::remove(int listener) {
  const auto found = listeners_.find(listener);
  if (found == listeners_.end()) return;
  last_segment_ = found->second.hearing.segment;
  listeners_.erase(found);
}

bool Listeners::note_fetched(int segment) {
  if (segment <= fetched_) return false;
  fetched_ = segment;
  return true;
}

int Listeners::live_count() const {
  return static_cast<int>(
      std::count_if(listeners_.begin(), listeners_.end(),
                    [](const auto& entry) { return entry.second.kind == Kind::live; }));
}

int Listeners::hindmost() const {
  int hindmost = listeners_.empty() ? last_segment_ : std::numeric_limits<int>::max();
  if (fetched_ >= 0) {
    const int may_be_heard = std::max(fetched_ - 1, 0);
    hindmost = listeners_.empty() ? may_be_heard : std::min(hindmost, may_be_heard);
  }
  for (const auto& [number, listener] : listeners_) {
    hindmost = std::min(hindmost, listener.hearing.segment);
  }
  return hindmost;
}

std::vector<int> Listeners::segments() const {
  std::vector<int> segments;
  if (fetched_ >= 0) segments.push_back(fetched_);
  if (listeners_.empty() && segments.empty()) segments.push_back(last_segment_);
  for (const auto& [number, listener] : listeners_) segments.push_back(listener.hearing.segment);
  std::sort(segments.begin(), segments.end());
  return segments;
}

std::optional<Listeners::Foremost> Listeners::foremost() const {
  std::optional<Foremost> foremost;
  for (const bool at_end : {false, true}) {
    for (const auto& [number, listener] : listeners_) {
      const Hearing& hearing = listener.hearing;
      if (hearing.at_end != at_end || (foremost && hearing.frame <= foremost->frame)) continue;
      foremost = Foremost{hearing.frame, listener.kind == Kind::live && hearing.begun};
    }
    if (foremost) break;
  }
  return foremost;
}

std::vector<Listeners::Missing> Listeners::missing() const {
  std::vector<Missing> missing;
  for (const auto& [number, listener] : listeners_) {
    const Hearing& hearing = listener.hearing;
    if (hearing.missing < 0) continue;
    missing.push_back({listener.kind, hearing.missing, hearing.lasts_seconds, hearing.late,
                       hearing.begun, listener.waits_since, number});
  }
  return missing;
}

}  // namespace focus::core::session
