// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "serve/connection.h"

namespace cli {

/// Places for what takes a thread for as long as a client likes: answers that it is slow to read,
/// bodies that it is slow to send, streams. They are shared out among parties: the owners of keys,
/// and the addresses of clients without a key.
///
/// Where a party has all it may have, its own client that has been waited for longest has to go.
/// Where all places are taken, a client of the party that has the most has to go for a party that
/// has less. A client that has to go is disconnected. [any-thread]
class SharedPlaces {
 public:
  struct Bounds {
    const char* name;  ///< of the bound on all places, for the reason of a refusal
    std::size_t most = 0;
    const char* name_of_party = "";  ///< of the bound on the bytes of one party
    std::int64_t most_bytes_of_party = std::numeric_limits<std::int64_t>::max();
    /// A client that was waited for so long may have to go for another of its own party.
    std::chrono::milliseconds patience{2000};
  };

  explicit SharedPlaces(const Bounds& bounds) : bounds_(bounds) {}
  SharedPlaces(const SharedPlaces&) = delete;
  SharedPlaces& operator=(const SharedPlaces&) = delete;

  /// A place, as long as it is there.
  using Place = std::shared_ptr<void>;
  /// Takes a place for `connection`, which outlives it. `bytes` is how much it keeps in memory for
  /// its client. Null where there is none; `why` receives the reason then.
  Place take(Connection& connection, const std::string& party, std::int64_t bytes,
             std::string& why);

 private:
  struct Holder {
    Connection* connection;
    std::string party;
    std::int64_t bytes;
    bool has_to_go = false;
  };
  using Holders = std::list<Holder>;
  struct Party {
    std::size_t places = 0;
    std::int64_t bytes = 0;
  };

  bool send_away(const std::string& party, std::chrono::milliseconds shortest_wait);
  void release(const Holder& holder);

  const Bounds bounds_;
  std::mutex mutex_;
  Holders holders_;
  std::map<std::string, Party> parties_;  // without those that have to go
  std::size_t taken_ = 0;                 // likewise
};

}  // namespace cli
