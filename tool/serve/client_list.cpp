// SPDX-License-Identifier: MIT
#include "serve/client_list.h"

#include <algorithm>

namespace cli {

using Lock = std::lock_guard<std::mutex>;

ClientList::Entry::Entry(ClientList& list, Connection& connection)
    : list_(list), connection_(connection) {
  const Lock lock(list_.mutex_);
  place_ = list_.all_.insert(list_.all_.end(), this);
  ++list_.peers_[connection_.peer()].count;
  ++list_.counted_;
}

ClientList::Entry::~Entry() {
  const Lock lock(list_.mutex_);
  if (!has_to_go_) list_.stop_counting(*this);
  list_.all_.erase(place_);
  if (list_.all_.empty()) list_.gone_.notify_all();
}

bool ClientList::Entry::begin_wait() {
  const Lock lock(list_.mutex_);
  if (has_to_go_ || list_.closed_) return false;
  if (waits_) return true;
  std::list<Entry*>& waiting = list_.peers_[connection_.peer()].waiting;
  waiting_place_ = waiting.insert(waiting.end(), this);
  return waits_ = true;
}

bool ClientList::Entry::end_wait() {
  const Lock lock(list_.mutex_);
  if (waits_) list_.peers_[connection_.peer()].waiting.erase(waiting_place_);
  waits_ = false;
  return !has_to_go_;
}

std::size_t ClientList::size() const {
  const Lock lock(mutex_);
  return counted_;
}

std::size_t ClientList::size_of(const std::string& peer) const {
  const Lock lock(mutex_);
  const auto found = peers_.find(peer);
  return found == peers_.end() ? 0 : found->second.count;
}

void ClientList::make_room() {
  const Lock lock(mutex_);
  const auto most =
      std::max_element(peers_.begin(), peers_.end(), [](const auto& one, const auto& other) {
        return one.second.waiting.size() < other.second.waiting.size();
      });
  if (most != peers_.end()) send_away_longest(most->second);
}

bool ClientList::make_room_for(const std::string& peer) {
  const Lock lock(mutex_);
  const auto found = peers_.find(peer);
  return found != peers_.end() && send_away_longest(found->second);
}

bool ClientList::send_away_longest(Peer& peer) {
  if (peer.waiting.empty()) return false;
  Entry& entry = *peer.waiting.front();
  entry.has_to_go_ = true;
  entry.connection_.shut_down();
  stop_counting(entry);
  return true;
}

void ClientList::stop_counting(Entry& entry) {
  const auto peer = peers_.find(entry.connection_.peer());
  if (entry.waits_) peer->second.waiting.erase(entry.waiting_place_);
  entry.waits_ = false;
  --counted_;
  if (--peer->second.count == 0) peers_.erase(peer);
}

void ClientList::check_deadlines() {
  const Moment now = std::chrono::steady_clock::now();
  const Lock lock(mutex_);
  for (Entry* entry : all_) entry->connection_.check_deadline(now);
}

void ClientList::close() {
  const Lock lock(mutex_);
  closed_ = true;
  for (Entry* entry : all_) {
    if (entry->waits_) entry->connection_.shut_down();
  }
}

void ClientList::shut_down() {
  const Lock lock(mutex_);
  for (Entry* entry : all_) entry->connection_.shut_down();
}

bool ClientList::wait_until_empty(Moment deadline) {
  std::unique_lock<std::mutex> lock(mutex_);
  return gone_.wait_until(lock, deadline, [this] { return all_.empty(); });
}

}  // namespace cli
