// SPDX-License-Identifier: MIT
// Who may ask: the first key, the commands that make and take keys, and the file they are in.
#include <filesystem>
#include <fstream>
#include <string>

#include <catch2/catch.hpp>

#include "support/command.h"
#include "tool/running_server.h"

using focus::test::content_of;
using focus::test::run;
using focus::test::RunningServer;
using focus::test::TempFolder;

namespace {

const std::string kTool = FOCUS_TOOL;
const std::string kEngines = "/v1/music/org_local/engines";
const std::string kHash = std::string(64, 'a');

}  // namespace

TEST_CASE("the first start makes a key, tells it once and keeps its hash alone") {
  const TempFolder folder;
  const std::string file = folder / "data/keys.json";
  std::string key;
  {
    RunningServer server({"--data", folder / "data"});
    key = server.key();
    CHECK(key.rfind("fsk_", 0) == 0);
    CHECK(key.size() == 68);
    CHECK(server.tool().said().find("curl -X POST \"http://127.0.0.1:") != std::string::npos);
    CHECK(server.ask("GET", kEngines).status == 200);
    CHECK(server.stop() == 0);
  }
  CHECK(content_of(file).find(key.substr(4)) == std::string::npos);
  CHECK((std::filesystem::status(file).permissions() & std::filesystem::perms::mask) ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));

  RunningServer server({"--data", folder / "data"}, RunningServer::Start::again);
  CHECK(server.ask("GET", kEngines).status == 401);
  server.use_key(key);
  CHECK(server.ask("GET", kEngines).status == 200);
  CHECK(server.stop() == 0);
  CHECK(server.tool().said().find("fsk_") == std::string::npos);
}

TEST_CASE("keys are made and taken away while the server runs") {
  const TempFolder folder;
  const std::string file = folder / "keys.json";
  RunningServer server({"--keys", file});
  const std::string first = server.key();
  const auto made = run(kTool + " keys add " + file + " --caller anna --read-only");
  CHECK(made.exit_code == 0);
  CHECK(server.tool().says("keys: 2 keys read from " + file));
  server.use_key(made.out.substr(0, 68));
  CHECK(server.ask("GET", kEngines).status == 200);
  CHECK(server
            .ask("POST", "/v1/music/org_local/focus/sessions",
                 R"({"goal":"focus","target_minutes":1})")
            .status == 403);

  CHECK(run(kTool + " keys remove " + file + " " + first).exit_code == 0);
  CHECK(server.tool().says("keys: 1 key read from " + file));
  CHECK(server.ask("GET", kEngines).status == 200);
  server.use_key(first);
  CHECK(server.ask("GET", kEngines).status == 401);

  server.use_key(made.out.substr(0, 68));
  std::ofstream(file) << R"({"keys":[{"hash":"abc"}]})";
  CHECK(server.tool().says("keys: who was let in before still is, for " + file +
                           ": key 1: hash: must be 64 digits"));
  CHECK(server.ask("GET", kEngines).status == 200);
  std::ofstream(file) << R"({"keys":[]})";
  CHECK(server.tool().says("keys: 0 keys read"));
  CHECK(server.ask("GET", kEngines).status == 401);
}

TEST_CASE("a key that can not be let in keeps nobody in who is removed") {
  const TempFolder folder;
  const std::string file = folder / "keys.json";
  const std::string key = run(kTool + " keys add " + file).out.substr(0, 68);
  RunningServer server({"--keys", file}, RunningServer::Start::again);
  server.use_key(key);
  REQUIRE(server.ask("GET", kEngines).status == 200);
  std::string text = content_of(file);
  text.insert(text.find('[') + 1, R"({"hash":")" + kHash +
                                      R"(","caller":"a b","organizations":["o"],)"
                                      R"("capabilities":[]},)");
  std::ofstream(file) << text;
  CHECK(server.tool().says("keys: who was let in before still is, for caller"));
  CHECK(server.ask("GET", kEngines).status == 200);
  std::ofstream(file) << R"({"keys":[]})";
  CHECK(server.tool().says("keys: 0 keys read"));
  CHECK(server.ask("GET", kEngines).status == 401);
}

TEST_CASE("keys are listed by their hashes, and removed by the beginning of one") {
  const TempFolder folder;
  const std::string file = folder / "keys.json";
  const std::string key = run(kTool + " keys add " + file +
                              " --organization org_a --organization org_b --caller anna"
                              " --requests-per-minute -1")
                              .out;
  run(kTool + " keys add " + file);
  const std::string list = run(kTool + " keys list " + file).out;
  CHECK(list.find("\n  caller               anna\n"
                  "  organizations        org_a,org_b\n"
                  "  capabilities         USE_MUSIC_GENERATION\n"
                  "  requests per minute  without limit\n") != std::string::npos);
  CHECK(list.find("\n  caller               -\n  organizations        org_local\n") !=
        std::string::npos);
  CHECK(list.find("fsk_") == std::string::npos);

  CHECK(run(kTool + " keys remove " + file + " nothing").exit_code == 1);
  CHECK(run(kTool + " keys remove " + file + " ''").exit_code == 1);
  CHECK(run(kTool + " keys remove " + file + " " + list.substr(0, 3)).exit_code == 1);
  CHECK(run(kTool + " keys remove " + file + " " + list.substr(0, 12)).exit_code == 0);
  const std::string rest = run(kTool + " keys list " + file).out;
  CHECK(rest.find("anna") == std::string::npos);
  CHECK(rest.find("org_local") != std::string::npos);
}

TEST_CASE("a key file that makes no sense is told of with its place, and left as it is") {
  const TempFolder folder;
  const std::string file = folder / "keys.json";
  const std::string good = R"("hash":")" + kHash + R"(","organizations":["o"],"capabilities":[])";
  const auto [text, words] = GENERATE_COPY(table<std::string, std::string>({
      {"", "is not JSON: at byte 0"},
      {"{\"keys\":[}", "is not JSON: at byte 9"},
      {"[]", "must be one object with one list, keys"},
      {R"({"keys":[],"more":1})", "must be one object with one list, keys"},
      {R"({"keys":[1]})", "key 1: must be an object"},
      {"{\"keys\":[{" + good + "},{" + good + "}]}", "key 2: hash: is that of another key"},
      {"{\"keys\":[{" + good + ",\"capabilities\":[]}]}", "key 1: capabilities: is there twice"},
      {"{\"keys\":[{" + good + ",\"color\":1}]}", "key 1: \"color\" is no field"},
      {"{\"keys\":[{" + good + ",\"caller\":1}]}", "key 1: caller: must be a text"},
      {"{\"keys\":[{" + good + ",\"caller\":\"a\\nb\"}]}", "key 1: caller: must not hold control"},
      {"{\"keys\":[{" + good + ",\"requests_per_minute\":-2}]}",
       "key 1: requests_per_minute: must be a whole number"},
      {R"({"keys":[{"hash":"abc"}]})", "key 1: hash: must be 64 digits"},
      {R"({"keys":[{"organizations":["o"],"capabilities":[]}]})", "key 1: hash: is missing"},
      {R"({"keys":[{"organizations":[]}]})", "key 1: organizations: must be names"},
      {R"({"keys":[{"organizations":["a/b"]}]})", "key 1: organizations: must be names"},
      {R"({"keys":[{"capabilities":"all"}]})", "key 1: capabilities: must be a list"},
  }));
  std::ofstream(file) << text;
  for (const std::string& command :
       {"serve --port 0 --keys " + file, "keys list " + file, "keys add " + file}) {
    const auto refused = run(kTool + " " + command);
    INFO(refused.err);
    CHECK(refused.exit_code == 1);
    CHECK(refused.out.empty());
    CHECK(refused.err.find(file + ": " + words) != std::string::npos);
  }
  CHECK(content_of(file) == text);
}
