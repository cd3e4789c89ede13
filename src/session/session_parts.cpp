// SPDX-License-Identifier: MIT
#include "session/session_parts.h"

namespace focus::core::session {

std::shared_ptr<const engines::MusicEngine> SessionParts::stand_in_for(
    const engines::MusicEngine& failed) const {
  const bool was_fallback = &failed == fallback.get();
  if (&failed == engine.get() && !was_fallback) return fallback;
  const bool is_new = last_resort != engine && last_resort != fallback;
  return was_fallback && is_new ? last_resort : nullptr;
}

const std::shared_ptr<const engines::MusicEngine>& SessionParts::rescue_engine() const {
  return fallback->is_of_host() ? last_resort : fallback;
}

std::int64_t SessionParts::price_per_minute(const engines::MusicEngine& of_engine) const {
  return engines != nullptr ? engines->price_of(of_engine.info().key) : 0;
}

Budget::Piece SessionParts::piece(const plan::Plan& of_plan, int index,
                                  const engines::MusicEngine& by) const {
  return {record.id, record.organization, index,
          segment_price(of_plan.made_hundredths(index), price_per_minute(by))};
}

}  // namespace focus::core::session
