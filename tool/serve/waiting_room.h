// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "serve/connection.h"
#include "serve/connection_list.h"

namespace cli {

/// Lets clients in and keeps those that say nothing, or speak slowly, in one thread until a whole
/// request is there: a silent client costs a descriptor, and holds nobody up. (A body that comes in
/// chunks, or has to be asked for, is not waited for here.)
class WaitingRoom {
 public:
  struct Limits {
    std::chrono::milliseconds idle = std::chrono::seconds(15);  ///< between two requests
    std::chrono::milliseconds head = std::chrono::seconds(10);  ///< from its first byte to its last
    std::chrono::milliseconds body = std::chrono::seconds(20);  ///< from the end of the head
    std::size_t connections = 1000;  ///< beyond, the client that has waited longest is closed
    std::size_t per_address = 500;   ///< likewise, of the clients that ask from one address
  };
  /// Receives a client whose request can be answered. Must return at once.
  using Ready = std::function<void(std::shared_ptr<Connection>)>;

  /// Takes `listener`, a socket that listens.
  WaitingRoom(int listener, const Limits& limits, ConnectionList& connections, Ready ready);
  ~WaitingRoom();
  WaitingRoom(const WaitingRoom&) = delete;
  WaitingRoom& operator=(const WaitingRoom&) = delete;

  /// From now on clients are let in. Once.
  void open();
  /// The client's next request is waited for. [any-thread]
  void wait_for_request(std::shared_ptr<Connection> connection);
  /// Lets nobody in any more, closes those that wait, and returns when that is done.
  void close();

 private:
  struct Guest {
    std::shared_ptr<Connection> connection;
    Moment deadline;
    bool begun = false;     ///< a byte of its request is there
    std::size_t whole = 0;  ///< the size of its request, once the head is there
  };

  void run();
  void wait_for_anything();
  void let_in();
  void seat_newcomers();
  void seat(std::shared_ptr<Connection> connection);
  /// False when the guest has left: to be answered, or for good.
  bool attend(Guest& guest);
  void make_room();
  bool make_room_for(const std::string& peer);
  static void turn_away(int descriptor, std::size_t most);
  void wake();

  const int listener_;
  const Limits limits_;
  ConnectionList& connections_;
  const Ready ready_;
  int wake_read_ = -1;
  int wake_write_ = -1;
  std::vector<Guest> guests_;
  std::vector<bool> stirs_;  ///< for each guest, whether something came from it
  bool somebody_knocks_ = false;
  std::atomic<bool> closing_{false};
  std::mutex mutex_;
  std::vector<std::shared_ptr<Connection>> newcomers_;
  std::thread thread_;
};

}  // namespace cli
