// SPDX-License-Identifier: MIT
#include "session/board.h"

#include <catch2/catch.hpp>

using namespace focus::core;

namespace {

session::Claim claim_of(int index) {
  session::Claim claim;
  claim.index = index;
  return claim;
}

store::SegmentRecord record_of(int index) {
  store::SegmentRecord record;
  record.index = index;
  return record;
}

session::Board board_with_ready(int count, std::initializer_list<int> ready) {
  session::Board board(count);
  for (const int index : ready) board.set_ready(record_of(index));
  return board;
}

}  // namespace

TEST_CASE("a new board has everything planned") {
  const session::Board board(3);
  CHECK(board.count() == 3);
  CHECK(board.stage(2) == session::Board::Stage::planned);
  CHECK(board.ready_count() == 0);
  CHECK_FALSE(board.is_complete());
  CHECK_FALSE(board.has_work_in_flight());
  CHECK(board.claim(0) == nullptr);
}

TEST_CASE("ready segments are counted up to the first gap") {
  session::Board board = board_with_ready(4, {0, 1, 3});
  CHECK(board.ready_count() == 2);
  board.set_ready(record_of(2));
  CHECK(board.is_complete());
}

TEST_CASE("a record that the plan has no segment for is ignored") {
  session::Board board(2);
  board.set_ready(record_of(2));
  board.set_ready(record_of(-1));
  CHECK(board.ready_count() == 0);
}

TEST_CASE("a claim puts its segment in flight, and completing it makes it ready") {
  session::Board board(2);
  const session::Claim claim = board.take(claim_of(0));
  CHECK(board.stage(0) == session::Board::Stage::in_flight);
  CHECK(board.holds(claim));
  CHECK(board.has_work_in_flight());
  board.complete(claim, std::make_shared<store::SegmentRecord>(record_of(0)));
  CHECK(board.is_ready(0));
  CHECK(board.record(0)->index == 0);
  CHECK_FALSE(board.holds(claim));
  CHECK_FALSE(board.has_work_in_flight());
}

TEST_CASE("a segment that is taken again is lost to the claim before") {
  session::Board board(1);
  const session::Claim first = board.take(claim_of(0));
  const session::Claim second = board.take(claim_of(0));
  CHECK_FALSE(board.holds(first));
  CHECK(board.holds(second));
  CHECK(first.number != second.number);
}

TEST_CASE("a claim that is given back leaves its segment planned, or with another node") {
  session::Board board(2);
  board.give_back(board.take(claim_of(0)));
  CHECK(board.stage(0) == session::Board::Stage::planned);
  board.give_back(board.take(claim_of(1)), session::Board::Stage::elsewhere);
  CHECK(board.stage(1) == session::Board::Stage::elsewhere);
  CHECK(board.look_again());
  CHECK(board.stage(1) == session::Board::Stage::planned);
  CHECK_FALSE(board.look_again());
}

TEST_CASE("another plan keeps what lies before the change and cancels what it takes away") {
  session::Board board = board_with_ready(4, {0, 1});
  const session::Claim stays = board.take(claim_of(2));
  const session::Claim goes = board.take(claim_of(3));
  board.replan(3, 6);
  CHECK(board.count() == 6);
  CHECK(board.ready_count() == 2);
  CHECK(board.holds(stays));
  CHECK_FALSE(stays.cancel.cancelled());
  CHECK(goes.cancel.cancelled());
  CHECK_FALSE(board.holds(goes));
  board.replan(1, 1);
  CHECK(board.is_complete());
  CHECK_FALSE(board.holds(stays));
}

TEST_CASE("cancelled work stays in flight until it is given back") {
  session::Board board(2);
  const session::Claim claim = board.take(claim_of(1));
  board.cancel_work();
  CHECK(claim.cancel.cancelled());
  CHECK(board.holds(claim));
}

TEST_CASE("audio that only the memory has goes once it was heard") {
  session::Board board(3);
  const session::Claim claim = board.take(claim_of(1));
  board.keep_in_memory(claim, std::make_shared<audio::AudioBuffer>(2, 8, 8000));
  board.complete(claim, std::make_shared<store::SegmentRecord>(record_of(1)));
  board.drop_kept_in_memory(1);
  CHECK(board.audio(1) != nullptr);
  board.drop_kept_in_memory(2);
  CHECK(board.audio(1) == nullptr);
  CHECK(board.stage(1) == session::Board::Stage::planned);
}

TEST_CASE("only ready segments of the range are forgotten") {
  session::Board board = board_with_ready(4, {0, 1, 3});
  const session::Claim claim = board.take(claim_of(2));
  board.forget_ready(1, 9);
  CHECK(board.is_ready(0));
  CHECK(board.stage(1) == session::Board::Stage::planned);
  CHECK(board.holds(claim));
  CHECK(board.stage(3) == session::Board::Stage::planned);
}

TEST_CASE("a board is paying until the claim has paid, is given back, or loses its segment") {
  session::Board board(2);
  const session::Claim first = board.take(claim_of(0));
  CHECK_FALSE(board.is_paying());
  board.begin_paying(first);
  CHECK(board.is_paying());
  board.end_paying(first);
  CHECK_FALSE(board.is_paying());
  board.begin_paying(first);
  board.give_back(first);
  CHECK_FALSE(board.is_paying());
  const session::Claim second = board.take(claim_of(0));
  board.begin_paying(second);
  board.end_paying(first);  // holds no more: changes nothing
  CHECK(board.is_paying());
}
