// SPDX-License-Identifier: MIT
//
// What Boost.Beast does when nothing has to be done: answers every request with the same bytes of a
// file. Prints its port, and serves until it is killed.
//
//     focus_bench_bare FILE
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <utility>  // Boost 1.74 forgets it

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, const std::string& body) : socket_(std::move(socket)), body_(body) {
    socket_.set_option(tcp::no_delay(true));
  }

  void read() {
    request_ = {};
    http::async_read(socket_, buffer_, request_,
                     [self = shared_from_this()](const ErrorCode& error, std::size_t) {
                       if (!error) self->answer();
                     });
  }

 private:
  void answer() {
    response_ = {http::status::ok, request_.version()};
    response_.set(http::field::content_type, "application/json");
    response_.keep_alive(request_.keep_alive());
    response_.body() = {body_.data(), body_.size()};
    response_.prepare_payload();
    http::async_write(socket_, response_,
                      [self = shared_from_this()](const ErrorCode& error, std::size_t) {
                        if (!error && self->response_.keep_alive()) self->read();
                      });
  }

  tcp::socket socket_;
  const std::string& body_;
  boost::beast::flat_buffer buffer_;
  http::request<http::empty_body> request_;
  http::response<http::span_body<const char>> response_;
};

void accept(tcp::acceptor& acceptor, asio::io_context& context, const std::string& body) {
  acceptor.async_accept(asio::make_strand(context),
                        [&](const ErrorCode& error, tcp::socket socket) {
                          if (!error) std::make_shared<Session>(std::move(socket), body)->read();
                          accept(acceptor, context, body);
                        });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::ifstream file(argv[1], std::ios::binary);
  const std::string body{std::istreambuf_iterator<char>(file), {}};
  asio::io_context context;
  tcp::acceptor acceptor(context, {asio::ip::address_v4::loopback(), 0});
  accept(acceptor, context, body);
  std::printf("%d\n", acceptor.local_endpoint().port());
  std::fflush(stdout);
  std::thread second([&] { context.run(); });
  context.run();
  return 0;
}
