// SPDX-License-Identifier: MIT
// Requests: what a client sends, and who answers it.
#include "serve/client.h"

#include <boost/asio/post.hpp>
#include <exception>
#include <utility>

#include "serve/page.h"
#include "text.h"

namespace cli {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr std::size_t kLongestHead = 65536;
constexpr seconds kLongestIdle(15);      // between two requests
constexpr seconds kLongestHeadTime(10);  // from the first byte of a head to its last
constexpr seconds kLongestBodyTime(20);  // from the end of the head
/// After so many the client lets others have their turn, however much it has sent.
constexpr int kMostStepsAtOnce = 64;
constexpr int kGoOn = 100;  // the status of a request whose body is wanted

focus::HttpRequest request_of(RequestHead head) {
  focus::HttpRequest request;
  request.method = std::move(head.method);
  request.target = std::move(head.target);
  request.headers = std::move(head.headers);
  return request;
}

}  // namespace

Client::Client(boost::asio::ip::tcp::socket socket, std::string peer, ClientShared& shared)
    : shared_(shared),
      connection_(std::move(socket), std::move(peer)),
      entry_(shared.clients, connection_) {}

void Client::run() {
  try {
    for (int steps = 0; steps < kMostStepsAtOnce; ++steps) {
      if (step() == Next::later) return;
    }
    run_later();
  } catch (const std::exception&) {
    // Nothing can be said any more in the middle of an answer: the connection closes.
  }
}

void Client::run_later() {
  boost::asio::post(shared_.context, [self = shared_from_this()] { self->run(); });
}

Client::Next Client::step() {
  switch (stage_) {
    case Stage::head:
      return read_head();
    case Stage::body:
      return read_body();
    case Stage::answer:
      return send_answer();
    case Stage::farewell:
      return say_farewell();
  }
  return end();
}

Client::Next Client::wait_for_input() {
  connection_.when_readable([self = shared_from_this()] { self->on_readable(); });
  return Next::later;
}

void Client::on_readable() {
  try {
    input_has_ended_ = connection_.receive() == Connection::Received::end;
  } catch (const std::exception&) {
    return;  // out of memory
  }
  if (!input_has_ended_ || stage_ == Stage::body) run();
}

Client::Next Client::read_head() {
  std::string& in = connection_.in();
  const std::size_t size = scanner_.find_end(in);
  const bool is_too_long = size > kLongestHead || scanner_.scanned() > kLongestHead;
  if (size == 0 && !is_too_long) return wait_for_head();
  if (!entry_.end_wait()) return end();
  connection_.clear_deadline();
  exchange_ = {};
  exchange_.sent_before = connection_.bytes_sent();
  parser_ = std::make_unique<RequestParser>();
  if (is_too_long) {
    parser_->head().keep_alive = false;
    parser_->head().refusal =
        refuse_request(kHeadersTooLong, "the request line and the headers are longer than " +
                                            std::to_string(kLongestHead) + " bytes");
  } else {
    parser_->read_head(std::string_view(in).substr(0, size));
    in.erase(0, size);
  }
  scanner_.restart();
  head_has_begun_ = is_idle_ = false;
  return take_request();
}

Client::Next Client::wait_for_head() {
  if (!entry_.begin_wait()) return end();
  const bool is_empty = connection_.in().empty();
  if (is_empty && !is_idle_) {
    connection_.set_deadline(steady_clock::now() + kLongestIdle, Connection::Late::shut_down);
    connection_.rest();
    parser_.reset();
  }
  if (!is_empty && !head_has_begun_) {
    connection_.set_deadline(steady_clock::now() + kLongestHeadTime, Connection::Late::shut_down);
  }
  is_idle_ = true;
  head_has_begun_ = !is_empty;
  return wait_for_input();
}

/// Decides who answers, and which part of the request is needed for it.
Client::Next Client::take_request() {
  RequestHead& head = parser_->head();
  exchange_.is_head = head.method == "HEAD";
  exchange_.http_1_0 = head.http_1_0;
  exchange_.close = !head.keep_alive;
  if (shared_.access_log) {  // without the query, in which there are signatures
    const std::string path = head.target.substr(0, head.target.find('?'));
    exchange_.what = head.refusal ? "- -" : head.method + " " + plain(path);
  }
  if (head.refusal) {
    exchange_.close = exchange_.client_may_send = true;
    return answer_with(*std::move(head.refusal));
  }
  if (head.method == "GET" || head.method == "HEAD") {  // a body would mean nothing
    exchange_.client_may_send = head.has_body();
    exchange_.close = exchange_.close || head.has_body();
    if (auto moved = shared_.public_path.redirect(head)) return answer_with(*std::move(moved));
    shared_.public_path.strip(head);
    if (auto page = answer_page(head)) return answer_with(*std::move(page));
    exchange_.request = request_of(std::move(head));
    return ask_library();
  }
  shared_.public_path.strip(head);
  stage_ = Stage::body;
  body_was_asked_for_ = !head.body_comes_by_itself();
  if (body_was_asked_for_) return ask_without_body();
  connection_.set_deadline(steady_clock::now() + kLongestBodyTime, Connection::Late::end_input);
  return Next::now;
}

Answer Client::answer_of_library(const focus::HttpRequest& request) {
  const Crew::Call call(shared_.crew);
  try {
    return answer_of(shared_.service.handle(request));
  } catch (const std::exception& error) {
    exchange_.close = exchange_.client_may_send = true;
    return refuse_request(kInternalError, error.what());
  }
}

Client::Next Client::ask_library() { return answer_with(answer_of_library(exchange_.request)); }

/// Nobody is waited for whose answer does not depend on the body.
Client::Next Client::ask_without_body() {
  const RequestHead& head = parser_->head();
  focus::HttpRequest request = request_of(head);
  request.body_follows = true;
  Answer first = answer_of_library(request);
  if (first.status == kGoOn) {
    std::string why;
    exchange_.body_place = shared_.bodies.take(connection_, first.party,
                                               static_cast<std::int64_t>(kMostBodyBytes), why);
    if (!exchange_.body_place) first = refuse_request(kServiceBusy, why);
  }
  if (first.status != kGoOn) {
    exchange_.close = exchange_.client_may_send = true;
    return answer_with(std::move(first));
  }
  if (head.expects_continue && head.has_body() && !head.http_1_0 && connection_.in().empty() &&
      head.content_length <= kMostBodyBytes) {
    connection_.write(std::string("HTTP/1.1 100 Continue\r\n\r\n"));
    connection_.send();
  }
  connection_.begin_wait();
  connection_.set_deadline(steady_clock::now() + kLongestBodyTime, Connection::Late::end_input);
  return Next::now;
}

Client::Next Client::read_body() {
  using Body = RequestParser::Body;
  // Nobody needs to send a body to learn that it is too much.
  const bool is_too_large = parser_->head().content_length > kMostBodyBytes;
  const Body state = is_too_large ? Body::too_large : parser_->read_body(connection_.in());
  if (state == Body::partial && !input_has_ended_) return wait_for_body();
  connection_.end_wait();
  connection_.clear_deadline();
  if (!entry_.end_wait()) return end();
  if (state == Body::partial && connection_.was_late()) {
    return refuse_body(kRequestTimeout, "the body did not come in time");
  }
  if (state == Body::partial || state == Body::broken) {
    return refuse_body(kBadRequest, "the body is not whole, or its chunks make no sense");
  }
  exchange_.request = request_of(std::move(parser_->head()));
  exchange_.request.body = std::move(parser_->body());
  if (state == Body::too_large) {
    exchange_.request.body.assign(kMostBodyBytes + 1, '\0');
    exchange_.close = exchange_.client_may_send = true;
  }
  return ask_library();
}

Client::Next Client::wait_for_body() {
  if (!body_was_asked_for_ && !entry_.begin_wait()) return end();
  return wait_for_input();
}

Client::Next Client::refuse_body(const Refusal& refusal, const std::string& reason) {
  exchange_.close = exchange_.client_may_send = true;
  return answer_with(refuse_request(refusal, reason));
}

}  // namespace cli
