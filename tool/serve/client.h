// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "serve/answer.h"
#include "serve/answer_text.h"
#include "serve/client_list.h"
#include "serve/connection.h"
#include "serve/crew.h"
#include "serve/head_scanner.h"
#include "serve/public_path.h"
#include "serve/reading_pace.h"
#include "serve/request_parser.h"
#include "serve/shared_places.h"
#include "serve/stream_pump.h"
#include <focus_session/focus_session.hpp>

namespace cli {

/// What the clients of a server share.
struct ClientShared {
  focus::Service& service;
  PublicPath public_path;
  std::function<void(const std::string&)> access_log;  ///< empty: none
  std::atomic<bool>& stopping;
  ClientList& clients;
  SharedPlaces& streams;
  SharedPlaces& large_answers;
  SharedPlaces& bodies;
  boost::asio::io_context& context;
  Crew& crew;
  StreamPump& pump;
};

/// A client, whose requests are answered one after the other.
///
/// It never waits for its client. What it needs next (bytes, the next turn of the pump) keeps it
/// alive by a handler, and calls it: so it is used by one thread at a time, and the connection
/// closes when nothing is to be done for it any more. What is sent goes out on the thread that has
/// made it.
class Client : public std::enable_shared_from_this<Client> {
 public:
  Client(boost::asio::ip::tcp::socket socket, std::string peer, ClientShared& shared);

  /// Waits for the first request.
  void start() { run(); }

 private:
  enum class Stage { head, body, answer, farewell };
  /// Whether the next step may be taken, or something has to happen first.
  enum class Next { now, later };

  /// One request and its answer.
  struct Exchange {
    Moment began = std::chrono::steady_clock::now();
    std::int64_t sent_before = 0;
    std::string what;  ///< method and path, for the log
    focus::HttpRequest request;
    Answer answer;
    BodyEnd end = BodyEnd::length;
    std::int64_t unread_file = 0;  ///< bytes of it that are not read yet
    bool is_head = false;          ///< the request's method is HEAD
    bool http_1_0 = false;
    bool close = false;            ///< the connection, after the answer
    bool client_may_send = false;  ///< and the client may still be sending then
    bool stream_ended = false;
    ReadingPace pace;  ///< of a stream
    int turns = 0;     ///< likewise
    SharedPlaces::Place body_place;
    SharedPlaces::Place place;  ///< of a stream or a large answer
  };

  void run();
  /// Lets others have their turn before.
  void run_later();
  Next step();
  Next end() { return Next::later; }
  Next wait_for_input();
  void on_readable();

  Next read_head();
  Next wait_for_head();
  Next take_request();
  Next read_body();
  Next wait_for_body();
  Next refuse_body(const Refusal& refusal, const std::string& reason);
  void take_body_from_parser();

  Next ask_library();
  Next ask_without_body();
  Answer answer_of_library(const focus::HttpRequest& request);

  Next answer_with(Answer answer);
  void begin_answer();
  void take_place();
  Next send_answer();
  bool read_file();
  Next finish_answer();
  Next say_farewell();
  void log() const;

  bool take_turn();
  bool stream_turn();
  void read_stream();

  ClientShared& shared_;
  Connection connection_;
  ClientList::Entry entry_;
  Stage stage_ = Stage::head;
  HeadScanner scanner_;
  std::unique_ptr<RequestParser> parser_;
  bool head_has_begun_ = false;
  bool is_idle_ = false;
  bool body_was_asked_for_ = false;
  bool input_has_ended_ = false;
  std::size_t discarded_ = 0;
  Exchange exchange_;
};

}  // namespace cli
