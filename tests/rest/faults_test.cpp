// SPDX-License-Identifier: MIT
// Which answer each fault of the library becomes, and which part of it the client sees.
#include <csignal>
#include <filesystem>
#include <sys/resource.h>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "rest/api_error.h"
#include "rest/rest_fixture.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;

namespace {

/// While it lives no file can be written to: every write fails.
class BrokenDisk {
 public:
  BrokenDisk() : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit none = {0, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &none);
  }
  ~BrokenDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  void (*const handler_)(int);
  rlimit before_{};
};

/// The client is told that something went wrong and under which id the log has it, and no more.
void check_hidden(const Reply& reply, const std::string& log, const std::string& path,
                  const std::string& fault) {
  INFO(reply.body << log);
  CHECK(reply.status == 500);
  CHECK(reply.code() == "INTERNAL_ERROR");
  CHECK(reply.field().empty());
  CHECK(reply.body.find(path) == std::string::npos);
  CHECK(reply.body.find("sqlite") == std::string::npos);
  CHECK(reply.body.find("options.") == std::string::npos);
  const std::string trace_id = reply.text("trace_id");
  const std::size_t begin = log.find(trace_id + ": a request failed (" + fault + "): ");
  REQUIRE(begin != std::string::npos);
  const std::string line = log.substr(begin, log.find('\n', begin) - begin);
  CHECK(line.find(path) != std::string::npos);
}

}  // namespace

TEST_CASE("a disk error is a 500 without a path; the log has path and trace id", "[rest]") {
  const TempFolder folder;
  RestFixture api(session::Storage::folder, folder / "data");
  Reply reply;
  {
    const BrokenDisk broken;
    reply = api.post(RestFixture::kSessions, RestFixture::body_of());
  }
  check_hidden(reply, api.log(), folder / "data", "no_space");
  {
    const BrokenDisk broken;
    const Headers traced = {{"traceparent", "00-" + std::string(32, 'a') + "-00f067aa0ba902b7-01"}};
    reply = api.ask("POST", RestFixture::kSessions, "key_a", RestFixture::body_of(), traced);
  }
  CHECK(reply.text("trace_id") == std::string(32, 'a'));
  check_hidden(reply, api.log(), folder / "data", "no_space");
  CHECK(api.post(RestFixture::kSessions, RestFixture::body_of()).status == 202);
}

TEST_CASE("each fault has its answer, and only faults of the request are explained", "[rest]") {
  const auto answer = [](Fault fault) {
    return rest::error_of(
        with_path(with_field(fault_error(fault, "/srv/music: why"), "index"), "/srv"));
  };
  CHECK(answer(Fault::argument).status == 422);
  CHECK(answer(Fault::argument).field == "index");
  CHECK(answer(Fault::not_found).status == 404);
  for (const Fault fault : {Fault::not_ready, Fault::conflict}) {
    CHECK(answer(fault).status == 409);
    CHECK(answer(fault).code == "SEGMENT_NOT_READY");
  }
  CHECK(answer(Fault::unavailable).status == 503);
  CHECK(answer(Fault::unavailable).header_name == "Retry-After");
  CHECK(answer(Fault::unavailable).system_message.find("/srv") == std::string::npos);
  for (const Fault fault :
       {Fault::file_missing, Fault::io, Fault::no_space, Fault::bad_data, Fault::unsupported,
        Fault::engine, Fault::cancelled, Fault::memory, Fault::forked, Fault::internal}) {
    CAPTURE(name_of(fault));
    CHECK(answer(fault).status == 500);
    CHECK(answer(fault).code == "INTERNAL_ERROR");
    CHECK(answer(fault).field.empty());
  }
  for (const Fault fault :
       {Fault::argument, Fault::not_found, Fault::not_ready, Fault::conflict, Fault::io}) {
    CHECK(answer(fault).system_message.find("/srv") == std::string::npos);
  }
}

TEST_CASE("what is not found is called what it is", "[rest]") {
  CHECK(rest::error_of(not_found("index", "no")).system_message == "There is no such segment");
  CHECK(rest::error_of(not_found("track_id", "no")).system_message == "There is no such track");
  CHECK(rest::error_of(not_found("session_id", "no")).system_message == "There is no such session");
}
