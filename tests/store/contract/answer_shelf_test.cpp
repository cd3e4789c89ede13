// SPDX-License-Identifier: MIT
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/contract/houses.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr std::int64_t kNow = 1'750'000'000;

store::RequestKey key(const std::string& text, const std::string& caller = "alice") {
  return {"org_1", caller, text};
}

}  // namespace

TEMPLATE_TEST_CASE("a request begins once, and is then known with its answer", "",
                   FOCUS_EVERY_HOUSE) {
  TestType house;
  store::AnswerShelf& answers = house.store().answers();
  const auto begun = answers.begin(key("a"), "digest", kNow);
  REQUIRE(begun.ok());
  CHECK(begun->status == 0);
  const auto again = answers.begin(key("a"), "another", kNow + 5);
  CHECK(again->digest == "digest");
  CHECK(again->begun_at == kNow);
  CHECK(again->status == 0);
  REQUIRE(answers.keep(key("a"), 202, "{\"title\":\"Zürich\"}").ok());
  const auto known = answers.begin(key("a"), "digest", kNow + 10);
  CHECK(known->status == 202);
  CHECK(known->body == "{\"title\":\"Zürich\"}");
}

TEMPLATE_TEST_CASE("the same key of somebody else is another", "", FOCUS_EVERY_HOUSE) {
  TestType house;
  store::AnswerShelf& answers = house.store().answers();
  REQUIRE(answers.begin(key("a"), "one", kNow).ok());
  REQUIRE(answers.keep(key("a"), 200, "{}").ok());
  CHECK(answers.begin(key("a", "bob"), "two", kNow)->status == 0);
  CHECK(answers.begin({"org_2", "alice", "a"}, "three", kNow)->status == 0);
  CHECK(answers.begin(key("A"), "four", kNow)->status == 0);
  CHECK(answers.begin(key("a"), "five", kNow)->digest == "one");
}

TEMPLATE_TEST_CASE("an answer is kept for a day", "", FOCUS_EVERY_HOUSE) {
  TestType house;
  store::AnswerShelf& answers = house.store().answers();
  REQUIRE(answers.begin(key("a"), "old", kNow).ok());
  REQUIRE(answers.keep(key("a"), 200, "{}").ok());
  CHECK(answers.begin(key("a"), "new", kNow + 86'399)->digest == "old");
  const auto begun = answers.begin(key("a"), "new", kNow + 86'400);
  CHECK(begun->digest == "new");
  CHECK(begun->status == 0);
  CHECK(begun->begun_at == kNow + 86'400);
}

TEMPLATE_TEST_CASE("a key that is forgotten begins anew; what is not known is no error", "",
                   FOCUS_EVERY_HOUSE) {
  TestType house;
  store::AnswerShelf& answers = house.store().answers();
  REQUIRE(answers.begin(key("a"), "one", kNow).ok());
  REQUIRE(answers.forget(key("a")).ok());
  CHECK(answers.begin(key("a"), "two", kNow)->digest == "two");
  CHECK(answers.forget(key("never")).ok());
  CHECK(answers.keep(key("never"), 200, "{}").ok());
  CHECK(answers.begin(key("never"), "three", kNow)->status == 0);
}

TEMPLATE_TEST_CASE("the session that a request has started is known before its answer", "",
                   FOCUS_EVERY_HOUSE) {
  TestType house;
  store::Store& store = house.store();
  const store::SessionRecord session = session_record();
  const store::RequestKey asked{session.organization, session.caller, "a"};
  REQUIRE(store.answers().begin(asked, "digest", kNow).ok());
  REQUIRE(store.sessions().add(session, "a").ok());
  CHECK(store.answers().begin(asked, "digest", kNow)->session_id == session.id);
  CHECK(store.answers().begin(asked, "digest", kNow)->status == 0);
  // A key that nothing is kept of is no hindrance.
  CHECK(store.sessions().add(session_record("mfocus_0123456789ac"), "never").ok());
  CHECK(store.sessions().add(session_record("mfocus_0123456789ad")).ok());
  CHECK(store.answers().begin(asked, "digest", kNow)->session_id == session.id);
}

TEMPLATE_TEST_CASE("a caller's answers are bounded in number, and the oldest go", "",
                   FOCUS_EVERY_HOUSE) {
  TestType house;
  store::AnswerShelf& answers = house.store().answers();
  const auto ask = [&](const std::string& text, const std::string& caller) {
    REQUIRE(answers.begin(key(text, caller), "digest", kNow).ok());
    REQUIRE(answers.keep(key(text, caller), 200, "{}").ok());
  };
  ask("of bob", "bob");
  for (int k = 0; k < store::AnswerShelf::kMostAnswers + 1; ++k) ask(std::to_string(k), "alice");
  CHECK(answers.begin(key("1"), "digest", kNow)->status == 200);
  CHECK(answers.begin(key("0"), "digest", kNow)->status == 0);
  CHECK(answers.begin(key("of bob", "bob"), "digest", kNow)->status == 200);
}

TEMPLATE_TEST_CASE("a caller's answers are bounded in bytes", "", FOCUS_EVERY_HOUSE) {
  TestType house;
  store::AnswerShelf& answers = house.store().answers();
  const std::string third(static_cast<std::size_t>(store::AnswerShelf::kMostBytes / 3), 'x');
  for (const char* text : {"a", "b", "c", "d"}) {
    REQUIRE(answers.begin(key(text), "digest", kNow).ok());
    REQUIRE(answers.keep(key(text), 200, third).ok());
  }
  CHECK(answers.begin(key("a"), "digest", kNow)->status == 0);
  CHECK(answers.begin(key("b"), "digest", kNow)->status == 200);
  CHECK(answers.begin(key("d"), "digest", kNow)->body == third);
}

TEMPLATE_TEST_CASE("of many who begin a request at once all learn of one", "", FOCUS_EVERY_HOUSE) {
  TestType house;
  store::AnswerShelf& answers = house.store().answers();
  std::atomic<int> own{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 6; ++t) {
    threads.emplace_back([&, t] {
      const auto begun = answers.begin(key("a"), std::to_string(t), kNow);
      own += begun.ok() && begun->digest == std::to_string(t);
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(own == 1);
}
