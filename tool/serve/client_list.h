// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <cstddef>
#include <list>
#include <mutex>
#include <string>
#include <unordered_map>

#include "serve/connection.h"

namespace cli {

/// The connections of all clients, and which of them wait for nothing but the client's next
/// request: one of these has to go where there are too many. [any-thread]
class ClientList {
 public:
  /// A connection in the list, which it leaves with the destruction of the entry.
  class Entry {
   public:
    Entry(ClientList& list, Connection& connection);
    ~Entry();
    Entry(const Entry&) = delete;
    Entry& operator=(const Entry&) = delete;

    /// The client's next request is waited for from now on. False when the connection had to go.
    bool begin_wait();
    /// It has come. Likewise.
    bool end_wait();

   private:
    friend class ClientList;
    ClientList& list_;
    Connection& connection_;
    std::list<Entry*>::iterator place_;
    bool has_to_go_ = false;  // it is not counted any more
    bool waits_ = false;
    std::list<Entry*>::iterator waiting_place_;
  };

  /// Without those that have to go.
  std::size_t size() const;
  /// Of the clients that ask from there.
  std::size_t size_of(const std::string& peer) const;
  /// Closes one of the connections that wait, of the address from which most do: the one that has
  /// waited longest.
  void make_room();
  /// The same of the connections from that address. False where none waits.
  bool make_room_for(const std::string& peer);

  /// Looks whose deadline is over.
  void check_deadlines();
  /// Closes those that wait; no other may begin to.
  void close();
  /// Ends what all of them do.
  void shut_down();
  /// Waits until all have gone, also those that had to. False at the deadline.
  bool wait_until_empty(Moment deadline);

 private:
  struct Peer {
    std::size_t count = 0;
    std::list<Entry*> waiting;  // the longest first
  };
  bool send_away_longest(Peer& peer);
  void stop_counting(Entry& entry);

  mutable std::mutex mutex_;
  std::condition_variable gone_;
  std::list<Entry*> all_;
  std::unordered_map<std::string, Peer> peers_;
  std::size_t counted_ = 0;
  bool closed_ = false;
};

}  // namespace cli
