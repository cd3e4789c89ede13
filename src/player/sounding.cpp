// SPDX-License-Identifier: MIT
#include "player/sounding.h"

#include <algorithm>
#include <utility>

#include "base/error.h"

namespace focus::core::player {

void Join::render(std::int64_t frame, audio::AudioView out) const {
  const std::int64_t at = frame - start;
  transition.mix_crossfade(old_tail.view().subview(at, out.frames()),
                           new_head.view().subview(at, out.frames()), at, out);
}

// Here and not in the class: inlined into its callers, they make g++ 12 warn of fields that may be
// uninitialized in the variant's other alternative, which they never are.
Sounding::Sounding(Deck body) : part_(std::move(body)) {}
Sounding::Sounding(Join join) : part_(std::move(join)) {}
Sounding::Sounding(Sounding&& other) noexcept = default;
Sounding& Sounding::operator=(Sounding&& other) noexcept = default;
Sounding::~Sounding() = default;

const Deck& Sounding::newest() const {
  const Join* join = std::get_if<Join>(&part_);
  return join != nullptr ? join->next : std::get<Deck>(part_);
}

absl::StatusOr<std::int64_t> Sounding::read(std::int64_t frame, audio::AudioView out) const {
  const Join* join = std::get_if<Join>(&part_);
  if (join != nullptr && frame < join->end()) {
    const std::int64_t count = std::min(out.frames(), join->end() - frame);
    join->render(frame, out.subview(0, count));
    return count;
  }
  const std::int64_t count = std::clamp<std::int64_t>(end() - frame, 0, out.frames());
  FOCUS_RETURN_IF_ERROR(newest().read(frame, out.subview(0, count)));
  return count;
}

void Sounding::settle(std::int64_t frame) {
  Join* join = std::get_if<Join>(&part_);
  if (join == nullptr || frame < join->end()) return;
  Deck body = std::move(join->next);
  part_ = std::move(body);
}

}  // namespace focus::core::player
