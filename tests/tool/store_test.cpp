// SPDX-License-Identifier: MIT
#include <filesystem>
#include <string>

#include <catch2/catch.hpp>
#include <rapidjson/document.h>

#include "support/command.h"
#include "support/temp_folder.h"
#include <focus_session/focus_session.hpp>

using focus::test::run;
using focus::test::TempFolder;
namespace fs = std::filesystem;

namespace {

const std::string kTool = FOCUS_TOOL;

/// A session of three segments and a track.
void fill(const std::string& data) {
  focus::Service service(focus::ServiceOptions{}.with_data_folder(data));
  focus::Request request;
  request.goal = focus::Goal::focus;
  request.target_minutes = 1;
  request.segment_seconds = 20.0;
  request.seed = 7;
  focus::Session session = service.start(request);
  while (session.snapshot().info().more_pending) session.wait_event(std::chrono::milliseconds(200));
  session.promote(0, "Rain");
}

/// A filled folder: a copy of one that is made once.
std::string filled(const TempFolder& folder) {
  struct Original {
    Original() { fill(path); }
    TempFolder holder;
    std::string path = holder / "music";
  };
  static const Original original;
  std::string data = folder / "my music";
  fs::copy(original.path, data, fs::copy_options::recursive);
  return data;
}

std::string check(const std::string& data, const std::string& more = "") {
  return kTool + " store check '" + data + "' " + more;
}
std::string repair(const std::string& data, const std::string& more = "") {
  return kTool + " store repair '" + data + "' " + more;
}

}  // namespace

TEST_CASE("a whole folder is told to be whole") {
  const TempFolder folder;
  const std::string data = filled(folder);
  const auto told = run(check(data));
  CHECK(told.exit_code == 0);
  CHECK(told.err.empty());
  CHECK(told.out.find("1 session, 3 segments and 1 track are whole") != std::string::npos);
  CHECK(told.out.find("0 problems") != std::string::npos);
  CHECK(run(repair(data, "--quick")).exit_code == 0);
}

TEST_CASE("a catalogue that is missing is told, and repaired, and the track has its title") {
  const TempFolder folder;
  const std::string data = filled(folder);
  fs::remove(data + "/catalogue.sqlite");
  const auto told = run(check(data));
  CHECK(told.exit_code == 1);
  CHECK(told.out.find("there is no catalogue") != std::string::npos);
  CHECK(told.out.find("focus-session store repair '" + data + "'") != std::string::npos);

  rapidjson::Document json;
  json.Parse(run(check(data, "--quick --json")).out.c_str());
  REQUIRE(json.IsObject());
  CHECK_FALSE(json["ok"].GetBool());
  CHECK(json["problems"].GetInt() == 3);
  CHECK(json["findings"][0]["kind"].GetString() == std::string("catalogue_missing"));
  CHECK(json["findings"][0]["state"].GetString() == std::string("problem"));

  const auto repaired = run(repair(data));
  INFO(repaired.out << repaired.err);
  CHECK(repaired.exit_code == 0);
  CHECK(repaired.out.find("found again as \"Rain\"") != std::string::npos);
  CHECK(repaired.out.find("what was changed is kept in " + data + "/repair-") != std::string::npos);
  CHECK(run(check(data)).exit_code == 0);
}

TEST_CASE("a folder that can not be checked is refused by its name") {
  const TempFolder folder;
  const auto missing = run(check(folder / "none"));
  CHECK(missing.exit_code == 1);
  CHECK(missing.err.find(folder / "none") != std::string::npos);
  CHECK(missing.out.empty());
  fs::create_directory(folder / "empty");
  const auto empty = run(check(folder / "empty"));
  CHECK(empty.exit_code == 2);
  CHECK(empty.err.find("holds no store") != std::string::npos);
  const std::string data = filled(folder);
  const focus::Service service(focus::ServiceOptions{}.with_data_folder(data));
  const auto open = run(repair(data));
  CHECK(open.exit_code == 1);
  CHECK(open.err.find("in use by another service") != std::string::npos);
  CHECK(run(kTool + " store").exit_code == 2);
  CHECK(run(kTool + " store check").exit_code == 2);
}
