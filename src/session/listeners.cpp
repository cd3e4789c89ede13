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
  for (const auto& [number, listener] : listeners_) {
    const std::int64_t frame = listener.hearing.frame;
    if (!foremost || frame > foremost->frame) foremost = Foremost{frame, listener.kind};
  }
  return foremost;
}

std::vector<Listeners::Missing> Listeners::missing() {
  std::vector<Missing> missing;
  for (auto& [number, listener] : listeners_) {
    const Hearing& hearing = listener.hearing;
    if (listener.kind != Kind::live || hearing.missing < 0) continue;
    missing.push_back(
        {hearing.missing, hearing.lasts_seconds, hearing.begun, listener.waits_since});
  }
  return missing;
}

}  // namespace focus::core
