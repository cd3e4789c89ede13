// SPDX-License-Identifier: MIT
// Answers: how they reach the client.
#include <algorithm>
#include <exception>
#include <utility>
#include <vector>

#include "serve/client.h"
#include "text.h"

namespace cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

/// An answer of more does not fit into a socket, and waits for the client to read.
constexpr std::int64_t kLargeAnswer = 65536;
/// What an answer keeps in memory at most for a client that does not read: a block here, and what
/// the system keeps.
constexpr std::int64_t kMostUnread = 512 * 1024;
constexpr std::size_t kBlock = 128 * 1024;
/// After so many other clients have their turn first.
constexpr int kMostBlocksAtOnce = 1;
constexpr seconds kLongestStall(20);  // of a client that takes nothing
constexpr seconds kLongestFarewell(2);
constexpr std::size_t kMostDiscarded = 4 << 20;

constexpr std::size_t kStreamBlock = 65536;
constexpr std::size_t kMostInOneTurn = 256 * 1024;
constexpr int kTurnsUntilLook = 5;  // whether the client has gone

}  // namespace

Client::Next Client::answer_with(Answer answer) {
  exchange_.answer = std::move(answer);
  begin_answer();
  return Next::now;
}

void Client::begin_answer() {
  stage_ = Stage::answer;
  exchange_.body_place.reset();
  if (!exchange_.is_head) take_place();
  Answer& answer = exchange_.answer;
  exchange_.end = exchange_.is_head ? BodyEnd::length : body_end_of(answer, exchange_.http_1_0);
  exchange_.close = exchange_.close || exchange_.end == BodyEnd::close || shared_.stopping.load();
  const char* connection = exchange_.close ? "close" : exchange_.http_1_0 ? "keep-alive" : nullptr;
  const std::string head = head_of(answer, exchange_.end, connection);
  connection_.write(head.data(), head.size());
  if (exchange_.is_head) return;
  if (answer.kind == focus::HttpBody::bytes) connection_.write(std::move(answer.bytes));
  if (answer.kind == focus::HttpBody::file) exchange_.unread_file = answer.body_size;
}

/// Takes the place that the answer needs; a refusal takes the answer's place where there is none.
void Client::take_place() {
  Answer& answer = exchange_.answer;
  const bool is_stream = answer.kind == focus::HttpBody::stream;
  if (!is_stream && answer.body_size <= kLargeAnswer) return;
  const std::string party = answer.party.empty() ? "at " + connection_.peer() : answer.party;
  std::string why;
  exchange_.place =
      (is_stream ? shared_.streams : shared_.large_answers)
          .take(connection_, party, is_stream ? 0 : std::min(answer.body_size, kMostUnread), why);
  if (!exchange_.place) answer = refuse_request(kServiceBusy, why);
}

Client::Next Client::send_answer() {
  if (exchange_.answer.kind == focus::HttpBody::stream && !exchange_.is_head &&
      !exchange_.stream_ended) {
    exchange_.pace = ReadingPace(steady_clock::now());
    shared_.pump.add([self = shared_from_this()] { return self->take_turn(); });
    return Next::later;
  }
  for (int blocks = 0;; ++blocks) {
    switch (connection_.send()) {
      case Connection::Sent::failed:
        log();
        return end();
      case Connection::Sent::some:
        connection_.begin_wait();
        connection_.set_deadline(steady_clock::now() + kLongestStall, Connection::Late::shut_down);
        connection_.when_writable([self = shared_from_this()] {
          self->connection_.end_wait();
          self->run();
        });
        return Next::later;
      case Connection::Sent::all:
        break;
    }
    connection_.clear_deadline();
    if (exchange_.unread_file == 0) return finish_answer();
    if (blocks == kMostBlocksAtOnce) {
      run_later();
      return Next::later;
    }
    if (!read_file()) {
      log();
      return end();
    }
  }
}

/// The next block. False where it can not be read: the client sees that the body is not whole.
bool Client::read_file() {
  const std::int64_t wanted = std::min(exchange_.unread_file, static_cast<std::int64_t>(kBlock));
  std::string block(static_cast<std::size_t>(wanted), '\0');
  const Crew::Call call(shared_.crew);
  const std::int64_t count = exchange_.answer.source->read(block.data(), wanted);
  if (count <= 0) return false;
  exchange_.unread_file -= count;
  block.resize(static_cast<std::size_t>(count));
  connection_.write(std::move(block));
  return true;
}

Client::Next Client::finish_answer() {
  log();
  const bool closes = exchange_.close;
  const bool client_may_send = exchange_.client_may_send;
  exchange_ = {};
  if (client_may_send) {
    connection_.end_output();
    connection_.set_deadline(steady_clock::now() + kLongestFarewell, Connection::Late::shut_down);
    stage_ = Stage::farewell;
    return Next::now;
  }
  stage_ = Stage::head;
  return closes ? end() : Next::now;
}

/// Discards for a moment what the client still sends: closing at once would make its system throw
/// the answer away unread.
Client::Next Client::say_farewell() {
  std::string& in = connection_.in();
  for (;;) {
    discarded_ += in.size();
    in.clear();
    if (discarded_ > kMostDiscarded) return end();
    switch (connection_.receive()) {
      case Connection::Received::some:
        break;
      case Connection::Received::none:
        return wait_for_input();
      case Connection::Received::end:
        return end();
    }
  }
}

void Client::log() const {
  if (!shared_.access_log) return;
  const auto time =
      std::chrono::duration<double, std::milli>(steady_clock::now() - exchange_.began);
  shared_.access_log(exchange_.what + " " + std::to_string(exchange_.answer.status) + " " +
                     plural(connection_.bytes_sent() - exchange_.sent_before, "byte") + " " +
                     decimal(time.count(), 1) + " ms");
}

// ---- Streams ----

bool Client::take_turn() {
  try {
    if (stream_turn()) return true;
    if (!exchange_.stream_ended || connection_.unsent() > 0) {
      log();  // the client has gone, or is too slow
      return false;
    }
    run_later();  // the next request is none of the pump's
  } catch (const std::exception&) {
    log();  // the library could not go on, and the client sees that this is not the end
  }
  return false;
}

/// False when there is nothing more to be done for the stream.
bool Client::stream_turn() {
  const std::int64_t sent_before = connection_.bytes_sent();
  if (connection_.send() == Connection::Sent::failed) return false;
  read_stream();
  if (connection_.send() == Connection::Sent::failed) return false;
  const bool is_taken = connection_.unsent() == 0;
  const bool takes = connection_.bytes_sent() > sent_before;
  if (is_taken || takes) connection_.end_wait();
  if (is_taken && exchange_.stream_ended) return false;
  if (!is_taken) connection_.begin_wait();
  const Moment now = steady_clock::now();
  exchange_.pace.note(now, takes, connection_.unsent());
  if (exchange_.pace.is_too_slow(now)) return false;
  return ++exchange_.turns % kTurnsUntilLook != 0 || !connection_.gone();
}

/// Takes what the stream has by now, as long as there is room for it.
void Client::read_stream() {
  static thread_local std::vector<char> block(kStreamBlock);
  std::string text;
  for (std::size_t taken = 0; !exchange_.stream_ended && taken < kMostInOneTurn &&
                              connection_.unsent() + text.size() < ReadingPace::kMostUnread;) {
    const std::int64_t count =
        shared_.stopping
            ? -1
            : exchange_.answer.source->read(block.data(), static_cast<std::int64_t>(block.size()));
    if (count == 0) break;
    const auto size = static_cast<std::size_t>(std::max<std::int64_t>(count, 0));
    exchange_.stream_ended = count < 0;
    taken += size;
    if (exchange_.end != BodyEnd::chunks) {
      text.append(block.data(), size);
    } else if (count > 0) {
      append_chunk(text, block.data(), size);
    } else {
      append_last_chunk(text);
    }
  }
  if (!text.empty()) connection_.write(text.data(), text.size());
}

}  // namespace cli
