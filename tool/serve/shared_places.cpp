// SPDX-License-Identifier: MIT
#include "serve/shared_places.h"

#include <algorithm>

namespace cli {

SharedPlaces::Place SharedPlaces::take(Connection& connection, const std::string& party,
                                       std::int64_t bytes, std::string& why) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const Party mine = parties_[party];
  if (mine.places > 0 && mine.bytes + bytes > bounds_.most_bytes_of_party &&
      !send_away(party, bounds_.patience)) {
    why = std::string(bounds_.name_of_party) + ": clients have not read " +
          std::to_string(mine.bytes) + " bytes of what was sent to them; read or close first";
    return nullptr;
  }
  if (taken_ >= bounds_.most) {
    const auto richest = std::max_element(
        parties_.begin(), parties_.end(),
        [](const auto& one, const auto& other) { return one.second.places < other.second.places; });
    const bool is_poorer = parties_[party].places + 1 < richest->second.places;
    const std::chrono::milliseconds wait =
        is_poorer ? std::chrono::milliseconds(0) : bounds_.patience;
    const std::string from = is_poorer ? richest->first : party;
    if (!send_away(from, wait)) {
      if (parties_[party].places == 0) parties_.erase(party);
      why = std::string(bounds_.name) + ": all " + std::to_string(bounds_.most) + " are taken";
      return nullptr;
    }
  }
  const auto holder = holders_.insert(holders_.end(), Holder{&connection, party, bytes});
  Party& counted = parties_[party];
  ++counted.places;
  counted.bytes += bytes;
  ++taken_;
  return Place(this, [this, holder](void*) {
    const std::lock_guard<std::mutex> guard(mutex_);
    if (!holder->has_to_go) release(*holder);
    holders_.erase(holder);
  });
}

void SharedPlaces::release(const Holder& holder) {
  const auto party = parties_.find(holder.party);
  party->second.bytes -= holder.bytes;
  --taken_;
  if (--party->second.places == 0) parties_.erase(party);
}

/// Disconnects the client of the party that was waited for longest, if that is long enough.
bool SharedPlaces::send_away(const std::string& party, std::chrono::milliseconds shortest_wait) {
  Holder* longest = nullptr;
  std::chrono::milliseconds its_wait(-1);
  for (Holder& holder : holders_) {
    if (holder.has_to_go || holder.party != party) continue;
    const std::chrono::milliseconds wait = holder.connection->waited_for();
    if (wait > its_wait) {
      longest = &holder;
      its_wait = wait;
    }
  }
  if (longest == nullptr || its_wait < shortest_wait) return false;
  longest->has_to_go = true;
  release(*longest);
  longest->connection->shut_down();
  return true;
}

}  // namespace cli
