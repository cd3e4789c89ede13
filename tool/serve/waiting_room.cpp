// SPDX-License-Identifier: MIT
#include "serve/waiting_room.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <unordered_map>
#include <utility>

#include "serve/answer.h"
#include "serve/peer.h"
#include "serve/request_head.h"

namespace cli {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds kLongestSleep(1000);
constexpr std::chrono::milliseconds kPauseWithoutDescriptors(20);

}  // namespace

WaitingRoom::WaitingRoom(int listener, const Limits& limits, ConnectionList& connections,
                         Ready ready)
    : listener_(listener), limits_(limits), connections_(connections), ready_(std::move(ready)) {
  int ends[2];
  if (::pipe(ends) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  wake_read_ = ends[0];
  wake_write_ = ends[1];
  for (const int descriptor : {wake_read_, wake_write_, listener_}) {
    ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    ::fcntl(descriptor, F_SETFL, O_NONBLOCK);
  }
}

WaitingRoom::~WaitingRoom() {
  close();
  for (const int descriptor : {wake_read_, wake_write_, listener_}) ::close(descriptor);
}

void WaitingRoom::open() {
  thread_ = std::thread([this] { run(); });
}

void WaitingRoom::wait_for_request(std::shared_ptr<Connection> connection) {
  connection->rest();
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (closing_) return;
    newcomers_.push_back(std::move(connection));
  }
  wake();
}

void WaitingRoom::close() {
  closing_ = true;
  wake();
  if (thread_.joinable()) thread_.join();
}

/// A full pipe is as good: the thread is going to wake up.
void WaitingRoom::wake() {
  const char byte = 0;
  (void)!::write(wake_write_, &byte, 1);
}

void WaitingRoom::run() {
  while (!closing_) {
    wait_for_anything();
    std::vector<Guest> staying;
    staying.reserve(guests_.size());
    for (std::size_t i = 0; i < guests_.size(); ++i) {
      const bool stays = stirs_[i] ? attend(guests_[i]) : steady_clock::now() < guests_[i].deadline;
      if (stays) staying.push_back(std::move(guests_[i]));
    }
    guests_ = std::move(staying);
    seat_newcomers();
    if (somebody_knocks_) let_in();
  }
  ::shutdown(listener_, SHUT_RDWR);  // nobody shall wait for an answer that does not come
  guests_.clear();
  const std::lock_guard<std::mutex> lock(mutex_);
  newcomers_.clear();
}

void WaitingRoom::wait_for_anything() {
  std::vector<pollfd> entries;
  entries.reserve(guests_.size() + 2);
  entries.push_back({wake_read_, POLLIN, 0});
  entries.push_back({listener_, POLLIN, 0});
  Moment first = steady_clock::now() + kLongestSleep;
  for (const Guest& guest : guests_) {
    entries.push_back({guest.connection->descriptor(), POLLIN, 0});
    first = std::min(first, guest.deadline);
  }
  const auto time = std::chrono::ceil<std::chrono::milliseconds>(first - steady_clock::now());
  const int count = ::poll(entries.data(), static_cast<nfds_t>(entries.size()),
                           static_cast<int>(std::max<std::int64_t>(time.count(), 0)));
  if (count < 0) {  // interrupted, or out of memory: as if nothing had come
    for (pollfd& entry : entries) entry.revents = 0;
  }
  if (entries[0].revents != 0) {
    char bytes[256];
    while (::read(wake_read_, bytes, sizeof bytes) > 0) {
    }
  }
  somebody_knocks_ = entries[1].revents != 0;
  stirs_.clear();
  for (std::size_t i = 2; i < entries.size(); ++i) stirs_.push_back(entries[i].revents != 0);
}

bool WaitingRoom::attend(Guest& guest) {
  Connection& connection = *guest.connection;
  Connection::Input input =
      guest.whole > 0 ? connection.take_in(guest.whole) : connection.take_in();
  if (input == Connection::Input::head && guest.whole == 0) {
    const std::string_view head = connection.peek_head();
    guest.whole = head.size() + read_head(head).body_to_wait_for();
    guest.deadline = steady_clock::now() + limits_.body;
    input = connection.take_in(guest.whole);
  }
  switch (input) {
    case Connection::Input::closed:
      return false;
    case Connection::Input::partial:
      if (!guest.begun && connection.buffered() > 0) {
        guest.begun = true;
        if (guest.whole == 0) guest.deadline = steady_clock::now() + limits_.head;
      }
      return steady_clock::now() < guest.deadline;
    case Connection::Input::head:
    case Connection::Input::too_long:
      break;
  }
  ready_(std::move(guest.connection));
  return false;
}

void WaitingRoom::seat_newcomers() {
  std::vector<std::shared_ptr<Connection>> newcomers;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    newcomers.swap(newcomers_);
  }
  for (auto& newcomer : newcomers) seat(std::move(newcomer));
}

void WaitingRoom::seat(std::shared_ptr<Connection> connection) {
  Guest guest{std::move(connection), steady_clock::now() + limits_.idle};
  if (attend(guest)) guests_.push_back(std::move(guest));
}

void WaitingRoom::let_in() {
  while (!closing_) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    const int descriptor = ::accept(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    if (descriptor < 0) {
      if (errno == EINTR || errno == ECONNABORTED) continue;
      if (errno == EAGAIN || errno == EWOULDBLOCK) return;
      if (errno == EMFILE || errno == ENFILE) make_room();
      std::this_thread::sleep_for(kPauseWithoutDescriptors);  // whatever it is, it may pass
      return;
    }
    const std::string peer = peer_name(address);
    if (connections_.size_of(peer) >= limits_.per_address && !make_room_for(peer)) {
      turn_away(descriptor, limits_.per_address);
      continue;
    }
    if (connections_.size() >= limits_.connections) make_room();
    seat(connections_.open(descriptor, peer));
  }
}

/// Closes a client of the address from which most wait: the one that has waited longest. A client
/// that is being answered stays.
void WaitingRoom::make_room() {
  std::unordered_map<std::string, std::size_t> waiting;
  const std::string* most = nullptr;
  for (const Guest& guest : guests_) {
    const std::string& peer = guest.connection->peer();
    const std::size_t count = ++waiting[peer];
    if (most == nullptr || count > waiting[*most]) most = &peer;
  }
  if (most != nullptr) make_room_for(std::string(*most));
}

/// Closes the client from that address that has waited longest. False where none waits.
bool WaitingRoom::make_room_for(const std::string& peer) {
  auto longest = guests_.end();
  for (auto guest = guests_.begin(); guest != guests_.end(); ++guest) {
    if (guest->connection->peer() != peer) continue;
    if (longest == guests_.end() || guest->deadline < longest->deadline) longest = guest;
  }
  if (longest == guests_.end()) return false;
  guests_.erase(longest);
  return true;
}

/// Says why, as far as the client's system takes it at once, and closes.
void WaitingRoom::turn_away(int descriptor, std::size_t most) {
  const Answer answer =
      refuse_request(kServiceBusy, "connections_per_address: " + std::to_string(most) +
                                       " clients are answered at this address already");
  std::string text = "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n";
  for (const auto& [name, value] : answer.headers) text += name + ": " + value + "\r\n";
  text += "\r\n" + answer.bytes;
  (void)!::send(descriptor, text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  ::close(descriptor);
}

}  // namespace cli
