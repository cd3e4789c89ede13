// SPDX-License-Identifier: MIT
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <absl/strings/str_cat.h>
#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/cluster/cluster_house.h"
#include "store/cluster/cutting_relay.h"
#include "store/contract/houses.h"
#include "store/postgres/orphans.h"
#include "store/postgres/request_text.h"
#include "store/postgres/schema.h"
#include "support/wait.h"

using namespace focus::core;
using namespace focus::test;

namespace {

const std::string kId = session_record().id;

/// Cuts every connection to the database, as a network does.
void cut_connections(const TestDatabase& database) {
  TestDatabase::admin(
      absl::StrCat("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '",
                   database.name(), "'"));
}

/// Counts what a subscription is told.
struct Told {
  std::atomic<int> calls{0};
  std::atomic<std::int64_t> revision{-1};

  store::Notices::OnRevision note() {
    return [this](std::int64_t now) {
      revision = now;
      ++calls;
    };
  }
};

}  // namespace

TEST_CASE("the cluster says that it is one, and other stores that they are not") {
  OneNode house;
  CHECK(static_cast<store::Store&>(house.store).cluster() != nullptr);
  CHECK(&house.store.cluster()->board() == &house.store.board());
  store::MemoryStore alone;
  CHECK(static_cast<store::Store&>(alone).cluster() == nullptr);
}

TEST_CASE("a cluster is used by the next node as the last has left it") {
  OneNode house;
  REQUIRE(house.store.sessions().add(session_record()).ok());
  REQUIRE(put(house.store, 0, test_audio(4800)).ok());
  ClusterNode other(house.database, house.folder / "objects");
  CHECK(other.store().sessions().find(kId)->request.custom_prompt ==
        session_record().request.custom_prompt);
  CHECK(read_all(**other.store().segments().open(kId, 0)).frames() == 4800);
  const auto bytes = other.store().bytes_by_owner();
  REQUIRE(bytes->size() == 1);
  CHECK(bytes->front().organization == "org_1");
  CHECK(bytes->front().bytes == house.store.segments().list(kId)->front().bytes);
}

TEST_CASE("a request comes back from its text as it was") {
  for (plan::Request request : {session_record().request, plan::Request()}) {
    request.custom_prompt = "two\nlines \\n and a = sign";
    request.goal = plan::Goal::custom_prompt;
    request.target_minutes = 5;
    request.divergence = 0.1 + 0.2;
    const auto read = store::read_request_text(store::request_text(request));
    REQUIRE(read.ok());
    CHECK(store::request_text(*read) == store::request_text(request));
    CHECK(read->custom_prompt == request.custom_prompt);
    CHECK(read->divergence == request.divergence);
    CHECK(read->seed == request.seed);
    CHECK(read->stem_db == request.stem_db);
    CHECK(read->target_lufs == request.target_lufs);
  }
  CHECK(has_fault(store::read_request_text("of_tomorrow=1\n").status(), Fault::unsupported));
  CHECK(has_fault(store::read_request_text("divergence=much\n").status(), Fault::bad_data));
  CHECK(has_fault(store::read_request_text("divergence\n").status(), Fault::bad_data));
  CHECK(has_fault(store::read_request_text("divergence=7\n").status(), Fault::bad_data));
}

// ---- the schema

TEST_CASE("an older build goes on after a compatible step, and not after another") {
  TestDatabase database(TestDatabase::Tables::none);
  store::PgPool pool({.url = database.url(), .most = 1, .patience = {}});
  std::vector<store::PgSchemaStep> steps(store::pg_schema().begin(), store::pg_schema().end());
  const std::vector<store::PgSchemaStep> old_build = steps;
  steps.push_back({"ALTER TABLE session ADD COLUMN mood TEXT NOT NULL DEFAULT ''", true});
  const std::vector<store::PgSchemaStep> new_build = steps;
  steps.push_back({"ALTER TABLE session RENAME COLUMN mood TO temper", false});
  REQUIRE(store::prepare_pg_schema(pool, old_build).ok());
  TempFolder objects;
  ClusterNode node(database, objects / "objects");
  REQUIRE(store::prepare_pg_schema(pool, new_build).ok());
  REQUIRE(store::prepare_pg_schema(pool, new_build).ok());
  // The older build, which is at work, and one that starts now.
  CHECK(node.store().sessions().add(session_record()).ok());
  CHECK(put(node.store(), 0, test_audio(4800)).ok());
  CHECK(store::prepare_pg_schema(pool, old_build).ok());
  // It does not set the version back: the step is not done twice.
  CHECK(store::prepare_pg_schema(pool, new_build).ok());
  REQUIRE(store::prepare_pg_schema(pool, steps).ok());
  const absl::Status refused = store::prepare_pg_schema(pool, new_build);
  CHECK(has_fault(refused, Fault::unsupported));
  CHECK(refused.message().find("newer version") != std::string::npos);
}

TEST_CASE("nodes that start at once prepare one database") {
  TestDatabase database(TestDatabase::Tables::none);
  std::atomic<int> prepared{0};
  std::vector<std::thread> nodes;
  for (int t = 0; t < 4; ++t) {
    nodes.emplace_back([&] {
      store::PgPool pool({.url = database.url(), .most = 1, .patience = {}});
      prepared += store::prepare_pg_schema(pool).ok();
    });
  }
  for (std::thread& node : nodes) node.join();
  CHECK(prepared == 4);
}

// ---- errors

TEST_CASE("what is wrong with the database is said, and never its password") {
  const auto open = [](const std::string& url) {
    store::ClusterStore::Parts parts;
    parts.database.url = url;
    TempFolder folder;
    parts.objects = std::make_unique<TestObjects>(folder / "objects");
    parts.work_folder = folder / "work";
    return store::ClusterStore::open(std::move(parts)).status();
  };
  const std::string server = test_server();
  std::vector<absl::Status> errors = {
      open("postgresql://focus:a-secret-of-the-test@127.0.0.1:1/none"),
      open(server + "no_such_database"), open("a-secret-of-the-test"),
      open("postgresql://focus:a-secret-of-the-test-that-is-wrong@" +
           server.substr(server.find('@') + 1) + "postgres")};
  for (const absl::Status& error : errors) {
    CAPTURE(error.message());
    CHECK_FALSE(error.ok());
    CHECK(field_of(error) == "database_url");
    CHECK(error.message().find("a-secret") == std::string::npos);
  }
  CHECK(has_fault(errors[0], Fault::unavailable));
  CHECK(has_fault(errors[1], Fault::unavailable));
  CHECK(has_fault(errors[2], Fault::argument));
  CHECK(has_fault(errors[3], Fault::unavailable));
}

TEST_CASE("a call goes on where its connection was cut before it") {
  OneNode house;
  REQUIRE(house.store.sessions().add(session_record()).ok());
  for (int round = 0; round < 5; ++round) {
    cut_connections(house.database);
    CHECK(house.store.sessions().find(kId).ok());
    cut_connections(house.database);
    CHECK(house.store.sessions().touch(kId, 2'000'000'000 + round).ok());
  }
}

TEST_CASE("what is written while connections are cut is there or was refused, and never twice") {
  OneNode house;
  REQUIRE(house.store.sessions().add(session_record()).ok());
  std::atomic<bool> stops{false};
  std::atomic<int> done{0};
  std::atomic<int> wrong{0};
  std::vector<std::thread> writers;
  for (int t = 0; t < 4; ++t) {
    writers.emplace_back([&] {
      while (!stops) {
        store::ReserveRequest request;
        request.session_id = kId;
        request.day = 1;
        request.micros = 1;
        request.node = "n";
        request.lease_until = 3'600'000;
        const auto reserved = house.store.ledger().reserve(request);
        if (!reserved.ok() && !has_fault(reserved.status(), Fault::unavailable)) ++wrong;
        if (!reserved.ok()) continue;
        const absl::Status settled = house.store.ledger().settle(reserved->hold);
        done += settled.ok();
        // Committed before the connection was lost, and refused the second time, is right as well.
        const bool is_known = settled.ok() || has_fault(settled, Fault::unavailable) ||
                              has_fault(settled, Fault::conflict);
        if (!is_known) ++wrong;
      }
    });
  }
  for (int cut = 0; cut < 20; ++cut) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    cut_connections(house.database);
  }
  stops = true;
  for (std::thread& writer : writers) writer.join();
  CHECK(wrong == 0);
  CHECK(done > 0);
  // For a second after a try to connect that was cut, no call tries.
  REQUIRE(eventually([&] { return house.store.ledger().spent_by(kId).ok(); }));
  const store::Spend spent = house.store.ledger().spent_by(kId).value();
  CHECK(spent.settled >= done);
  // The accounts say what the holds say.
  const auto holds =
      house.store.pool().read("SELECT COALESCE(SUM(micros), 0)::bigint FROM hold").value();
  CHECK(holds.integer(0, 0) == spent.held);
  CHECK(house.store.ledger().spent_on("", 1)->settled == spent.settled);
}

TEST_CASE("the server is restarted, and the cluster goes on with all that was ready") {
  OneNode house;
  REQUIRE(house.store.sessions().add(session_record()).ok());
  REQUIRE(put(house.store, 0, test_audio(4800)).ok());
  const auto held = house.store.segments().open(kId, 0).value();
  Told told;
  const auto subscription = house.store.notices().on_revision(kId, told.note());
  const int listened = house.store.notices().connections();
  REQUIRE(std::system(std::getenv("FOCUS_TEST_DATABASE_RESTART")) == 0);
  CHECK(read_all(*held).frames() == 4800);
  CHECK(eventually([&] { return house.store.sessions().find(kId).ok(); }));
  CHECK(house.store.segments().list(kId)->size() == 1);
  CHECK(put(house.store, 1, test_audio(4800)).ok());
  CHECK(eventually([&] { return house.store.notices().connections() > listened; }));
  const std::int64_t revision = house.store.sessions().revision(kId).value();
  CHECK(eventually([&] { return told.revision == revision; }));
}

TEST_CASE("where the database is away, calls say so at once, and audio that is known is read on") {
  OneNode house;
  REQUIRE(house.store.sessions().add(session_record()).ok());
  REQUIRE(put(house.store, 0, test_audio(4800)).ok());
  ClusterNode other(house.database, house.folder / "objects");
  REQUIRE(other.store().segments().list(kId)->size() == 1);
  TestDatabase::admin("ALTER DATABASE " + house.database.name() + " ALLOW_CONNECTIONS false");
  cut_connections(house.database);
  CHECK(has_fault(house.store.sessions().find(kId).status(), Fault::unavailable));
  CHECK(has_fault(house.store.sessions().touch(kId, 5), Fault::unavailable));
  CHECK(read_all(**house.store.segments().open(kId, 0)).frames() == 4800);
  CHECK(read_all(**other.store().segments().open(kId, 0)).frames() == 4800);
  CHECK(has_fault(house.store.segments().open(kId, 1).status(), Fault::unavailable));
  TestDatabase::admin("ALTER DATABASE " + house.database.name() + " ALLOW_CONNECTIONS true");
  CHECK(eventually([&] { return house.store.sessions().find(kId).ok(); }));
}

// ---- commits whose answer is lost

namespace {

/// A node that may never learn what became of a commit, and another one.
struct Doubtful {
  TestDatabase database;
  TempFolder folder;
  CuttingRelay relay{database.url()};
  ClusterNode node{relay.url(), folder / "objects"};
  ClusterNode other{database, folder / "objects"};

  std::int64_t count(const std::string& sql) {
    return other.store().pool().read(sql).value().integer(0, 0);
  }
  /// The node does something from time to time, as nodes do.
  bool is_so_later(const std::string& sql, std::int64_t wanted) {
    return eventually([&] {
      node.board().note_node("n", 7).IgnoreError();
      return count(sql) == wanted;
    });
  }
  void lose_next_commit() { relay.lose_next_commit(); }
};

store::ClaimRequest claim_of(int index) {
  store::ClaimRequest request;
  request.session_id = kId;
  request.index = index;
  request.node = "n";
  request.now = 0;
  request.lease_until = 3'600'000;
  return request;
}

}  // namespace

TEST_CASE("a session whose start was refused though it was committed does not stay") {
  Doubtful house;
  house.lose_next_commit();
  CHECK(has_fault(house.node.store().sessions().add(session_record()), Fault::unavailable));
  CHECK(house.relay.lost() == 1);
  REQUIRE(house.count("SELECT COUNT(*) FROM session") == 1);
  CHECK(house.is_so_later("SELECT COUNT(*) FROM session", 0));
}

TEST_CASE("a session whose request has a key stays for it where the answer was lost") {
  Doubtful house;
  const store::SessionRecord record = session_record();
  const store::RequestKey key{record.organization, record.caller, "once"};
  REQUIRE(house.node.store().answers().begin(key, "digest", 0).ok());
  house.lose_next_commit();
  CHECK(has_fault(house.node.store().sessions().add(record, "once"), Fault::unavailable));
  std::this_thread::sleep_for(std::chrono::milliseconds(2200));
  for (int k = 0; k < 3; ++k) CHECK(house.node.board().note_node("n", 7).ok());
  CHECK(house.node.store().answers().begin(key, "digest", 0)->session_id == record.id);
  CHECK(house.count("SELECT COUNT(*) FROM session") == 1);
}

TEST_CASE("a claim that was committed and not heard of is given back, with its money") {
  Doubtful house;
  REQUIRE(house.other.store().sessions().add(session_record()).ok());
  SECTION("of one's own") {
    house.lose_next_commit();
    CHECK(has_fault(house.node.board().claim(claim_of(0)).status(), Fault::unavailable));
  }
  SECTION("of what the cluster wants next") {
    store::WantedSegments wants;
    wants.session_id = kId;
    wants.plan_version = 7;
    wants.engine = "studio";
    wants.engine_version = "1";
    wants.segments.push_back({0, 0, 500});
    REQUIRE(house.other.board().want(wants).ok());
    store::NextClaimRequest request;
    request.node = "n";
    request.plan_version = 7;
    request.engines = {{"studio", "1"}};
    request.caps = [](const std::string&) { return store::SpendCaps(); };
    house.lose_next_commit();
    CHECK(has_fault(house.node.board().claim_next(request).status(), Fault::unavailable));
    CHECK(house.count("SELECT COUNT(*) FROM hold") == 1);
  }
  REQUIRE(house.count("SELECT COUNT(*) FROM segment WHERE state = 1") == 1);
  CHECK(house.is_so_later("SELECT COUNT(*) FROM segment WHERE state = 1", 0));
  CHECK(house.count("SELECT COUNT(*) FROM hold") == 0);
  CHECK(house.count("SELECT COALESCE(SUM(held), 0)::bigint FROM day_account") == 0);
}

TEST_CASE("money that was held for a lost answer is held for nobody") {
  Doubtful house;
  store::ReserveRequest request;
  request.session_id = kId;
  request.day = 1;
  request.micros = 5;
  request.node = "n";
  request.lease_until = 3'600'000;
  house.lose_next_commit();
  CHECK(has_fault(house.node.store().ledger().reserve(request).status(), Fault::unavailable));
  REQUIRE(house.count("SELECT COUNT(*) FROM hold") == 1);
  CHECK(house.is_so_later("SELECT COUNT(*) FROM hold", 0));
  CHECK(house.other.store().ledger().spent_by(kId)->held == 0);
}

TEST_CASE("what is given back while the database is away goes back as soon as it returns") {
  Doubtful house;
  REQUIRE(house.other.store().sessions().add(session_record()).ok());
  const auto claimed = house.node.board().claim(claim_of(0));
  REQUIRE(claimed.ok());
  TestDatabase::admin("ALTER DATABASE " + house.database.name() + " ALLOW_CONNECTIONS false");
  cut_connections(house.database);
  CHECK(has_fault(house.node.board().give_up(kId, 0, claimed->epoch), Fault::unavailable));
  TestDatabase::admin("ALTER DATABASE " + house.database.name() + " ALLOW_CONNECTIONS true");
  REQUIRE(eventually([&] { return house.other.store().sessions().find(kId).ok(); }));
  CHECK(house.is_so_later("SELECT COUNT(*) FROM segment WHERE state = 1", 0));
}

// ---- objects

TEST_CASE(
    "while the storage is away a segment waits with its claim, and counts only once it is up") {
  OneNode house;
  REQUIRE(house.store.sessions().add(session_record()).ok());
  store::ClaimRequest request = claim_request(0);
  request.lease_until = 30'000;
  const auto claimed = house.store.board().claim(request);
  house.node.objects().is_away = true;
  absl::Status kept = internal_error("not yet");
  std::thread maker([&] {
    kept = house.store.segments()
               .put(kId, claimed->epoch, audio::AudioFormat::flac16, segment_record(0),
                    test_audio(4800), {}, {})
               .status();
  });
  CHECK(eventually([&] { return house.store.outbox().figures().files == 1; }));
  // Its lease is extended: nobody else takes the segment, though half of the lease passes twice.
  pass_time(house.store, 15'000);
  CHECK(eventually([&] {
    const auto left = house.store.pool().read("SELECT lease_until - " FOCUS_PG_NOW " FROM segment");
    return left.ok() && left->integer(0, 0) > 20'000;
  }));
  CHECK(house.store.segments().list(kId)->empty());
  house.node.objects().is_away = false;
  maker.join();
  CHECK(kept.ok());
  CHECK(house.store.segments().list(kId)->size() == 1);
  CHECK(house.store.outbox().figures().files == 0);
}

TEST_CASE("a segment that waits for the storage is let go where its claim was lost") {
  OneNode house;
  REQUIRE(house.store.sessions().add(session_record()).ok());
  const auto claimed = house.store.board().claim(claim_request(0));
  house.node.objects().is_away = true;
  audio::AudioBuffer audio = test_audio(4800);
  absl::Status kept;
  std::thread maker([&] {
    kept = house.store.segments()
               .put(kId, claimed->epoch, audio::AudioFormat::flac16, segment_record(0),
                    std::move(audio), {}, {})
               .status();
  });
  CHECK(eventually([&] { return house.store.outbox().figures().files == 1; }));
  REQUIRE(house.store.sessions().set_ended(kId).ok());
  REQUIRE(house.store.board().give_up(kId, 0, claimed->epoch).ok());
  maker.join();
  CHECK(is_conflict(kept, "claim"));
  CHECK(audio.frames() == 4800);  // not taken
  CHECK(std::filesystem::is_empty(house.node.folder() / "work/outbox"));
}

TEST_CASE("objects that nobody uses are swept, and others never") {
  OneNode house;
  store::Duties& duties = house.store.duties();
  REQUIRE(house.store.sessions().add(session_record()).ok());
  REQUIRE(put(house.store, 0, test_audio(4800)).ok());
  REQUIRE(put(house.store, 1, test_audio(4800)).ok());
  REQUIRE(put(house.store, 2, test_audio(4800)).ok());
  // A node that is killed between the object and its row.
  const auto claimed = house.store.board().claim(claim_request(3));
  store::PgSegmentRows rows(house.store.pool(), house.store.messages());
  const std::string lost = absl::StrCat("sessions/", kId, "/003-", claimed->epoch, ".flac");
  REQUIRE(rows.begin(kId, 3, claimed->epoch, lost).ok());
  REQUIRE(house.node.objects().copy(house.node.objects().names().front(), lost).ok());
  REQUIRE(house.store.segments().forget(kId, 0).ok());
  plan::Steering steering;
  steering.divergence = 0.5;
  REQUIRE(house.store.sessions().add_change(kId, 0, {steering, 100}, 2).ok());
  CHECK(duties.sweep(100).value() == 0);  // somebody may be about to open them
  const auto pass = [&](std::int64_t milliseconds) {
    house.store.pool().change("UPDATE orphan SET after = after - $1", {milliseconds}).value();
  };
  pass(60'000);
  CHECK(duties.sweep(1).value() == 1);
  CHECK(duties.sweep(100).value() == 1);
  CHECK(house.node.objects().names().size() == 2);
  CHECK(read_all(**house.store.segments().open(kId, 1)).frames() == 4800);
  pass(86'400'000);
  CHECK(duties.sweep(100).value() == 1);
  REQUIRE(house.store.sessions().remove(kId).ok());
  pass(60'000);
  CHECK(duties.sweep(100).value() == 1);
  CHECK(house.node.objects().names().empty());
}

TEST_CASE("a segment is promoted by the storage itself, and outlives its session") {
  OneNode house;
  REQUIRE(house.store.sessions().add(session_record()).ok());
  REQUIRE(put(house.store, 0, test_audio(4800)).ok());
  const auto bytes = house.store.segments().open_bytes(kId, 0).value();
  const int copies = house.node.objects().copies;
  const std::string id = "mtrack_00000000000a";
  const auto track = house.store.tracks().add(track_record(0, id), *bytes, 0);
  REQUIRE(track.ok());
  CHECK(house.node.objects().copies == copies + 1);
  REQUIRE(house.store.sessions().remove(kId).ok());
  house.store.pool().change("UPDATE orphan SET after = 0", {}).value();
  CHECK(house.store.duties().sweep(100).value() == 1);
  CHECK(content_of(**house.store.tracks().open(id)) == content_of(*bytes));
  CHECK(house.store.tracks().list_of({"org_1", "alice", "", 9})->size() == 1);
}

// ---- notices, duties, keys, rates

TEST_CASE("a node is told what another has changed") {
  OneNode house;
  ClusterNode other(house.database, house.folder / "objects");
  REQUIRE(house.store.sessions().add(session_record()).ok());
  Told told;
  Told of_other;
  std::atomic<int> work{0};
  auto subscription = other.store().notices().on_revision(kId, told.note());
  const auto unmoved = other.store().notices().on_revision("mfocus_00000000000f", of_other.note());
  const auto on_work = other.store().notices().on_work([&] { ++work; });
  REQUIRE(put(house.store, 0, test_audio(4800)).ok());
  const std::int64_t revision = house.store.sessions().revision(kId).value();
  CHECK(eventually([&] { return told.revision == revision; }));
  const int before = work;
  store::WantedSegments wants;
  wants.session_id = kId;
  wants.segments = {{1, 0, 0}};
  REQUIRE(house.store.board().want(wants).ok());
  CHECK(eventually([&] { return work > before; }));
  subscription.reset();
  const int calls = told.calls;
  REQUIRE(put(house.store, 2, test_audio(4800)).ok());
  CHECK(eventually([&] { return house.store.segments().list(kId)->size() == 2; }));
  CHECK(told.calls == calls);
  CHECK(of_other.calls == 0);
}

TEST_CASE("a notice that was lost with its connection is made up for") {
  OneNode house;
  REQUIRE(house.store.sessions().add(session_record()).ok());
  Told told;
  const auto subscription = house.store.notices().on_revision(kId, told.note());
  CHECK(eventually([&] { return told.calls > 0; }));
  cut_connections(house.database);
  REQUIRE(house.store.sessions().set_ended(kId).ok());
  const std::int64_t revision = house.store.sessions().revision(kId).value();
  CHECK(eventually([&] { return told.revision == revision; }));
}
