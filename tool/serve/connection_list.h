// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <unordered_set>

#include "serve/connection.h"

namespace cli {

/// Every connection there is, wherever it is at the moment. [any-thread]
class ConnectionList {
 public:
  /// A connection that is listed as long as it is there, which is not longer than this list.
  std::shared_ptr<Connection> open(int descriptor) {
    auto connection = std::make_unique<Connection>(descriptor);
    const std::lock_guard<std::mutex> lock(mutex_);
    all_.insert(connection.get());
    return {connection.release(), [this](Connection* ended) { close(ended); }};
  }
  std::size_t size() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return all_.size();
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
    delete connection;
  }

  mutable std::mutex mutex_;
  std::unordered_set<Connection*> all_;
};

}  // namespace cli
