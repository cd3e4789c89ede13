// SPDX-License-Identifier: MIT
#include "serve/server.h"

#include <algorithm>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <limits>
#include <sys/resource.h>
#include <thread>
#include <utility>

#include "serve/client.h"
#include "serve/client_list.h"
#include "serve/crew.h"
#include "serve/listener.h"
#include "serve/shared_places.h"
#include "serve/stream_pump.h"

namespace cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// More than processors, on small machines, so that other programs do not take all their time.
std::size_t attending_threads() { return std::clamp(std::thread::hardware_concurrency(), 4U, 16U); }
/// With those that are in the library, which may wait for the disk, or encode audio.
constexpr std::size_t kMostThreads = 256;
constexpr int kPumpThreads = 3;
/// Answers that do not fit into a socket keep memory as long as clients are slow to read them.
constexpr std::size_t kMostLargeAnswers = 1024;
/// Bodies that are waited for.
constexpr std::size_t kMostBodies = 256;
/// How long a body may be waited for before another of the same client's may take its place.
constexpr std::chrono::seconds kPatienceWithBodies(15);
constexpr milliseconds kDeadlinePeriod(100);  // of looking whose is over
constexpr std::chrono::seconds kPatience(3);  // with answers under way, when the server stops
constexpr std::chrono::seconds kLongestStop(5);

}  // namespace

class HttpServer::Parts {
 public:
  Parts(focus::Service& service, Settings settings)
      : streams_({"streams", settings.streams}),
        large_answers_({"large_answers", kMostLargeAnswers, "unread_bytes_per_key",
                        settings.unread_bytes_per_key}),
        bodies_({"bodies", kMostBodies, "", std::numeric_limits<std::int64_t>::max(),
                 kPatienceWithBodies}),
        shared_{service,
                settings.public_path,
                std::move(settings.access_log),
                stopping_,
                clients_,
                streams_,
                large_answers_,
                bodies_,
                context_,
                crew_,
                pump_},
        check_(context_),
        listener_(context_, settings.host, settings.port,
                  {settings.connections, settings.connections_per_address}, clients_,
                  [this](boost::asio::ip::tcp::socket socket, std::string peer) {
                    std::make_shared<Client>(std::move(socket), std::move(peer), shared_)->start();
                  }) {}
  ~Parts() {
    if (!stopping_) stop();
  }

  int port() const { return listener_.port(); }

  void start() {
    listener_.open();
    check_deadlines();
    crew_.start();
  }

  bool stop() {
    const Moment begin = steady_clock::now();
    stopping_ = true;
    listener_.close();
    clients_.close();
    if (!clients_.wait_until_empty(begin + kPatience)) {
      clients_.shut_down();
      if (!clients_.wait_until_empty(begin + kLongestStop)) return false;
    }
    context_.stop();
    pump_.stop();
    return crew_.finish(begin + kLongestStop);
  }

 private:
  void check_deadlines() {
    clients_.check_deadlines();
    check_.expires_after(kDeadlinePeriod);
    check_.async_wait([this](const boost::system::error_code&) {
      if (!context_.stopped()) check_deadlines();
    });
  }

  std::atomic<bool> stopping_{false};
  // What clients use outlives them: they are held by handlers of the context.
  ClientList clients_;
  SharedPlaces streams_;
  SharedPlaces large_answers_;
  SharedPlaces bodies_;
  StreamPump pump_{kPumpThreads};
  boost::asio::io_context context_;
  Crew crew_{context_, attending_threads(), kMostThreads};
  ClientShared shared_;
  boost::asio::steady_timer check_;
  Listener listener_;
};

HttpServer::HttpServer(focus::Service& service, Settings settings)
    : parts_(std::make_unique<Parts>(service, std::move(settings))) {}
HttpServer::~HttpServer() = default;
int HttpServer::port() const { return parts_->port(); }
void HttpServer::start() { parts_->start(); }
bool HttpServer::stop() { return parts_->stop(); }

std::size_t raise_connection_limit() {
  constexpr rlim_t kEnough = 65536;
  constexpr rlim_t kForOthers = 128;  // the store, the engines, the log
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 256;
  if (limit.rlim_cur < kEnough) {
    rlimit wanted = limit;
    wanted.rlim_cur = std::min(limit.rlim_max, kEnough);
    if (::setrlimit(RLIMIT_NOFILE, &wanted) == 0) limit = wanted;
  }
  // A client whose audio is sent takes two: its own and that of the file.
  const rlim_t connections = limit.rlim_cur > kForOthers ? (limit.rlim_cur - kForOthers) / 2 : 0;
  return static_cast<std::size_t>(std::clamp<rlim_t>(connections, 16, 16384));
}

}  // namespace cli
