// SPDX-License-Identifier: MIT
#include "serve/server.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <exception>
#include <limits>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>
#include <vector>

#include "failure.h"
#include "serve/page.h"
#include "serve/request_body.h"
#include "serve/utc_time.h"
#include "text.h"

namespace cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kMostWorkers = 1024;
constexpr std::size_t kMostStreams = 256;
/// Answers that do not fit into a socket: clients that are slow to read must not take every worker.
constexpr std::size_t kMostLargeAnswers = 448;
constexpr std::int64_t kLargeAnswer = 65536;
/// Bodies that are waited for: slow ones must not take every worker.
constexpr std::size_t kMostBodies = 256;
constexpr int kGoOn = 100;  // the status of a request whose body is wanted
constexpr int kBacklog = 512;
constexpr std::size_t kBlock = 128 * 1024;
/// What an answer keeps in memory at most for a client that does not read: a block here, one on its
/// way, and what the system keeps.
constexpr std::int64_t kMostUnread = 512 * 1024;
/// How long a body may be waited for before another of the same client's may take its place.
constexpr std::chrono::seconds kPatienceWithBodies(15);
/// A client that asks again at once is not sent to the waiting room in between.
constexpr milliseconds kLinger(5);
/// How long a stream may not notice that its client has gone, or that the server stops.
constexpr milliseconds kStreamPeriod(250);
constexpr std::chrono::seconds kPatience(3);  // with answers under way, when the server stops
constexpr std::chrono::seconds kLongestStop(5);

std::string party_of(const Connection& connection) { return "at " + connection.peer(); }

focus::HttpRequest without_body(const RequestHead& head) {
  focus::HttpRequest request;
  request.method = head.method;
  request.target = head.target;
  request.headers = head.headers;
  request.body_follows = true;
  return request;
}

bool has_header(const focus::HttpHeaders& headers, const std::string& name) {
  return std::any_of(headers.begin(), headers.end(),
                     [&](const auto& header) { return header.first == name; });
}

/// Unlike httplib's own choice, this refuses a port that another server has.
void set_socket_options(int socket) {
  const int on = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
}

}  // namespace

/// One request and its answer.
struct HttpServer::Exchange {
  explicit Exchange(Connection& client) : connection(client) {}

  Connection& connection;
  Answer answer;
  bool head = false;  ///< the request's method is HEAD
  bool http_1_0 = false;
  bool close = false;         ///< the connection, after the answer
  bool unread = false;        ///< and the client may still be sending
  SharedPlaces::Place place;  ///< of a stream or a large answer
  Moment began = steady_clock::now();
  std::int64_t sent_before = connection.bytes_sent();
  std::vector<char> block;
};

namespace {
/// httplib hands its handlers no context: what the thread is answering.
thread_local void* answering = nullptr;
}  // namespace

HttpServer::HttpServer(focus::Service& service, Settings settings)
    : service_(service),
      settings_(std::move(settings)),
      streams_({"streams", kMostStreams}),
      large_answers_({"large_answers", kMostLargeAnswers, "unread_bytes_per_key",
                      settings_.unread_bytes_per_key}),
      bodies_({"bodies", kMostBodies, "", std::numeric_limits<std::int64_t>::max(),
               kPatienceWithBodies}),
      workers_(kMostWorkers) {
  set_socket_options(cli::set_socket_options);
  errno = 0;
  port_ = settings_.port == 0                            ? bind_to_any_port(settings_.host)
          : bind_to_port(settings_.host, settings_.port) ? settings_.port
                                                         : -1;
  if (port_ < 0) {
    const std::string port = std::to_string(settings_.port);
    if (errno == EADDRINUSE) {
      throw Failure(kExitFailed, "--port: " + port + " is in use; choose another one, or 0 for " +
                                     "any that is free");
    }
    if (errno == EACCES) {
      throw Failure(kExitFailed, "--port: " + port + " is not for everybody; choose one from 1024");
    }
    throw Failure(kExitFailed, "--host: there is no address \"" + plain(settings_.host) +
                                   "\" on this machine that could be listened on");
  }
  ::listen(svr_sock_, kBacklog);  // httplib keeps no more than 5 waiting
  WaitingRoom::Limits limits;
  limits.connections = settings_.connections;
  limits.per_address = settings_.connections_per_address;
  room_ = std::make_unique<WaitingRoom>(
      svr_sock_, limits, connections_, [this](std::shared_ptr<Connection> connection) {
        workers_.run([this, connection = std::move(connection)]() mutable {
          attend(std::move(connection));
        });
      });

  set_pre_routing_handler([this](const httplib::Request&, httplib::Response& response) {
    fill(*static_cast<Exchange*>(answering), response);
    return HandlerResponse::Handled;
  });
  // After httplib has added what it thinks is right.
  set_post_routing_handler([](const httplib::Request&, httplib::Response& response) {
    const Exchange& exchange = *static_cast<Exchange*>(answering);
    response.headers.clear();
    for (const auto& [name, value] : exchange.answer.headers) {
      response.headers.emplace(name, value);
    }
    response.headers.emplace("Date", http_date());
    if (exchange.close || exchange.http_1_0) {
      response.headers.emplace("Connection", exchange.close ? "close" : "keep-alive");
    }
    if (response.is_chunked_content_provider_) {
      response.headers.emplace("Transfer-Encoding", "chunked");
    }
  });
}

/// httplib fills a table at its first request. ThreadSanitizer can not see the guard of it, because
/// Debian's httplib was built without; so the first one comes before there are threads.
void HttpServer::warm_up() {
  Connection nobody(-1);
  Exchange exchange(nobody);
  send(exchange);
}

HttpServer::~HttpServer() {
  if (!stopping_) stop();
}

void HttpServer::start() {
  warm_up();
  room_->open();
}

bool HttpServer::stop() {
  const Moment begin = steady_clock::now();
  stopping_ = true;
  room_->close();
  if (workers_.finish(begin + kPatience)) return true;
  connections_.shut_down();
  return workers_.finish(begin + kLongestStop);
}

/// Answers one request after the other, as long as they come.
void HttpServer::attend(std::shared_ptr<Connection> connection) {
  try {
    while (answer_request(*connection)) {
      Connection::Input next = connection->input();
      if (next == Connection::Input::partial) {
        connection->wait_for_input(steady_clock::now() + kLinger);
        next = connection->take_in();
      }
      if (next == Connection::Input::closed) return;
      if (next == Connection::Input::partial) {
        room_->wait_for_request(std::move(connection));
        return;
      }
    }
  } catch (const std::exception&) {
    // Nothing can be said any more in the middle of an answer: the connection closes.
  }
}

/// False when the connection is done with.
bool HttpServer::answer_request(Connection& connection) {
  Exchange exchange(connection);
  RequestHead head;
  if (connection.input() == Connection::Input::too_long) {
    head.refusal =
        refuse_request(kHeadersTooLong, "the request line and the headers are longer than " +
                                            std::to_string(Connection::kLongestHead) + " bytes");
  } else {
    head = read_head(connection.take_head());
  }
  exchange.head = head.method == "HEAD";
  exchange.http_1_0 = head.http_1_0;
  exchange.close = !head.keep_alive;
  try {
    exchange.answer = answer(exchange, head);
  } catch (const std::exception& error) {
    exchange.answer = refuse_request(kInternalError, error.what());
  }
  if (!exchange.head) take_places(exchange);
  exchange.close = exchange.close || stopping_;

  const bool whole = send(exchange) && connection.flush();
  log(exchange, head);
  if (whole && exchange.unread) connection.close_gently();
  return whole && !exchange.close;
}

/// Takes the place that the answer needs; a refusal takes the answer's place where there is none.
void HttpServer::take_places(Exchange& exchange) {
  const bool is_stream = exchange.answer.kind == focus::HttpBody::stream;
  if (!is_stream && exchange.answer.body_size <= kLargeAnswer) return;
  if (is_stream) exchange.close = exchange.close || exchange.http_1_0;
  const std::string& party = exchange.answer.party;
  std::string why;
  exchange.place =
      (is_stream ? streams_ : large_answers_)
          .take(exchange.connection, party.empty() ? party_of(exchange.connection) : party,
                is_stream ? 0 : std::min(exchange.answer.body_size, kMostUnread), why);
  if (!exchange.place) exchange.answer = refuse_request(kServiceBusy, why);
}

Answer HttpServer::answer(Exchange& exchange, const RequestHead& head) {
  if (head.refusal) {
    exchange.close = exchange.unread = true;
    return *head.refusal;
  }
  if (auto page = answer_page(head)) {
    exchange.close = exchange.close || head.has_body();
    exchange.unread = head.has_body();
    return *std::move(page);
  }
  return ask_library(exchange, head);
}

Answer HttpServer::ask_library(Exchange& exchange, const RequestHead& head) {
  focus::HttpRequest request;
  if (head.method == "GET" || head.method == "HEAD") {
    exchange.unread = head.has_body();  // it would mean nothing
  } else {
    const bool here = !head.chunked && exchange.connection.buffered() >= head.content_length;
    SharedPlaces::Place place;
    if (!here) {
      // Nobody is waited for whose answer does not depend on the body.
      Answer first = answer_of(service_.handle(without_body(head)));
      const bool goes_on = first.status == kGoOn;
      std::string why;
      if (goes_on) {
        place = bodies_.take(exchange.connection, first.party,
                             static_cast<std::int64_t>(kMostBodyBytes), why);
      }
      if (!place) {
        exchange.close = exchange.unread = true;
        return goes_on ? refuse_request(kServiceBusy, why) : std::move(first);
      }
    }
    RequestBody body = read_body(exchange.connection, head);
    exchange.unread = body.state != RequestBody::State::whole;
    if (body.state == RequestBody::State::late) {
      exchange.close = true;
      return refuse_request(kRequestTimeout, "the body did not come in time");
    }
    if (body.state == RequestBody::State::broken) {
      exchange.close = true;
      return refuse_request(kBadRequest, "the body is not whole, or its chunks make no sense");
    }
    request.body = std::move(body.bytes);
  }
  exchange.close = exchange.close || exchange.unread;
  request.method = head.method;
  request.target = head.target;
  request.headers = head.headers;
  return answer_of(service_.handle(request));
}

/// Lets httplib write the answer. It is told of a request in which there is nothing to interpret.
bool HttpServer::send(Exchange& exchange) {
  exchange.connection.let_httplib_read(exchange.head ? "HEAD / HTTP/1.1\r\n\r\n"
                                                     : "GET / HTTP/1.1\r\n\r\n");
  answering = &exchange;
  bool closed = false;
  return process_request(exchange.connection, false, closed, nullptr);
}

void HttpServer::fill(Exchange& exchange, httplib::Response& response) const {
  Answer& answer = exchange.answer;
  response.status = answer.status;
  if (exchange.head) return;
  if (answer.kind == focus::HttpBody::bytes) {
    response.body = std::move(answer.bytes);
    if (response.body.empty() && answer.status != 304 && answer.status != 204 &&
        !has_header(answer.headers, "Content-Length")) {
      answer.headers.emplace_back("Content-Length", "0");
    }
    return;
  }
  exchange.block.resize(kBlock);
  if (answer.kind == focus::HttpBody::file) {
    if (answer.body_size == 0) return;
    response.set_content_provider(
        static_cast<std::size_t>(answer.body_size), "",
        [this, &exchange](std::size_t, std::size_t length, httplib::DataSink& sink) {
          return send_file(exchange, length, sink);
        });
    return;
  }
  const auto provider = [this, &exchange](std::size_t, httplib::DataSink& sink) {
    return send_stream(exchange, sink);
  };
  if (exchange.http_1_0) {
    response.set_content_provider("", provider);
  } else {
    response.set_chunked_content_provider("", provider);
  }
}

bool HttpServer::send_file(Exchange& exchange, std::size_t length, httplib::DataSink& sink) const {
  const auto room = static_cast<std::int64_t>(std::min(length, exchange.block.size()));
  const std::int64_t count = exchange.answer.source->read(exchange.block.data(), room);
  return count > 0 && sink.write(exchange.block.data(), static_cast<std::size_t>(count));
}

bool HttpServer::send_stream(Exchange& exchange, httplib::DataSink& sink) const {
  if (!exchange.connection.flush()) return false;
  std::int64_t count = -1;
  if (!stopping_) {
    count = exchange.answer.source->read(
        exchange.block.data(), static_cast<std::int64_t>(exchange.block.size()), kStreamPeriod);
  }
  if (count < 0) {
    sink.done();
    return true;
  }
  if (count == 0) return !exchange.connection.gone();
  return sink.write(exchange.block.data(), static_cast<std::size_t>(count));
}

/// Without the query, in which there are signatures.
void HttpServer::log(const Exchange& exchange, const RequestHead& head) const {
  if (!settings_.access_log) return;
  const auto time = std::chrono::duration<double, std::milli>(steady_clock::now() - exchange.began);
  const std::string path = head.target.substr(0, head.target.find('?'));
  settings_.access_log((head.refusal ? "- -" : head.method + " " + plain(path)) + " " +
                       std::to_string(exchange.answer.status) + " " +
                       plural(exchange.connection.bytes_sent() - exchange.sent_before, "byte") +
                       " " + decimal(time.count(), 1) + " ms");
}

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
