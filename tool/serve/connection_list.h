// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "serve/connection.h"

namespace cli {

/// Every connection there is, wherever it is at the moment. [any-thread]
class ConnectionList {
 public:
  /// A connection that is listed as long as it is there, which is not longer than this list.
  std::shared_ptr<Connection> open(int descriptor, const std::string& peer) {
    auto connection = std::make_unique<Connection>(descriptor, peer);
    const std::lock_guard<std::mutex> lock(mutex_);
    all_.insert(connection.get());
    ++by_peer_[peer];
    return {connection.release(), [this](Connection* ended) { close(ended); }};
  }
  std::size_t size() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return all_.size();
  }
  /// Of the clients that ask from there.
  std::size_t size_of(const std::string& peer) const {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = by_peer_.find(peer);
    return found == by_peer_.end() ? 0 : found->second;
  }
  /// Ends what all of them do.
  void shut_down() {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (Connection* connection : all_) connection->shut_down();
  }

 private:
  void close(Connection* connection) {
    const std::lock_guard<std::mutex> lock(mutex_);
    all_.erase(connection);
    const auto peer = by_peer_.find(connection->peer());
    if (--peer->second == 0) by_peer_.erase(peer);
    delete connection;
  }

  mutable std::mutex mutex_;
  std::unordered_set<Connection*> all_;
  std::unordered_map<std::string, std::size_t> by_peer_;
};

}  // namespace cli
