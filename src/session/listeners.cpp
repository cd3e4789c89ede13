// SPDX-License-Identifier: MIT
#include "session/listeners.h"

#include <algorithm>

namespace focus::core {

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

bool Listeners::any_live() const {
  return std::any_of(listeners_.begin(), listeners_.end(),
                     [](const auto& entry) { return entry.second.kind == Kind::live; });
}

int Listeners::hindmost() const {
  const std::vector<int> all = segments();
  return all.front();
}

std::vector<int> Listeners::segments() const {
  if (listeners_.empty()) return {last_segment_};
  std::vector<int> segments;
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

}  // namespace focus::core
