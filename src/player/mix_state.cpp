// SPDX-License-Identifier: MIT
#include "player/mix_state.h"

#include <type_traits>
#include <utility>

namespace focus::core::player {

// A transition never throws, so that a mixdown that runs out of memory is left in a named state.
static_assert(std::is_nothrow_move_constructible_v<Sounding> &&
              std::is_nothrow_move_assignable_v<Sounding>);

Sounding* MixState::open_sounding() {
  if (Playing* playing = std::get_if<Playing>(&state_)) return &playing->sounding;
  if (Ending* ending = std::get_if<Ending>(&state_)) return &ending->sounding;
  return nullptr;
}

const Sounding* MixState::sounding() const { return const_cast<MixState*>(this)->open_sounding(); }

std::optional<std::int64_t> MixState::ending_from() const {
  if (const Ending* ending = std::get_if<Ending>(&state_)) return ending->from;
  if (const Torn* torn = std::get_if<Torn>(&state_)) return torn->ending_from;
  return std::nullopt;
}

void MixState::open(Sounding sounding) {
  if (const auto from = ending_from()) {
    state_ = Ending{std::move(sounding), *from};
  } else {
    state_ = Playing{std::move(sounding)};
  }
}

void MixState::join(Sounding sounding) { state_ = Playing{std::move(sounding)}; }

void MixState::end_from(std::int64_t frame) {
  Playing* playing = std::get_if<Playing>(&state_);
  if (playing == nullptr || playing->sounding.is_join()) return;
  Sounding sounding = std::move(playing->sounding);
  state_ = Ending{std::move(sounding), frame};
}

void MixState::cancel_ending() {
  if (Ending* ending = std::get_if<Ending>(&state_)) {
    Sounding sounding = std::move(ending->sounding);
    state_ = Playing{std::move(sounding)};
  } else if (Torn* torn = std::get_if<Torn>(&state_)) {
    torn->ending_from.reset();
  }
}

void MixState::break_off() {
  if (open_sounding() != nullptr) state_ = Torn{ending_from()};
}

void MixState::settle(std::int64_t frame) {
  if (Sounding* sounding = open_sounding()) sounding->settle(frame);
}

}  // namespace focus::core::player
