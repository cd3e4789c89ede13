// SPDX-License-Identifier: MIT
#include "store/objects/s3_client.h"

#include <fstream>
#include <sstream>
#include <thread>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/objects/instant_pause.h"
#include "store/objects/s3_error.h"
#include "store/objects/scripted_server.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::core::store;
using namespace focus::test;

namespace {

constexpr char kSecret[] = "a-secret-that-nobody-may-see";

S3Options options_of(const std::string& endpoint) {
  S3Options options;
  options.endpoint = endpoint;
  options.bucket = "focus";
  options.credentials = {"focus-key", kSecret, ""};
  options.transport.connect_seconds = 2;
  return options;
}

/// A client of a scripted server, which waits for nothing.
struct Scene {
  explicit Scene(ScriptedServer::Script script) : server(std::move(script)) {}

  ScriptedServer server;
  ManualClock clock;
  InstantPause pause;
  TempFolder folder;
  std::unique_ptr<S3Client> client =
      S3Client::create(options_of(server.url()), clock, Entropy::system(), pause).value();

  std::string file_of(const std::string& content) {
    const std::string path = folder / "file";
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }
};

std::string content_at(const std::string& path) {
  std::ostringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  return content.str();
}

/// Answers with each of these in turn, and then with the last.
ScriptedServer::Script in_turn(std::vector<std::string> answers) {
  return [answers, at = std::size_t{0}](const SeenRequest&) mutable {
    return answers[std::min(at++, answers.size() - 1)];
  };
}

}  // namespace

TEST_CASE("a file is put with its length, its type and the hash of its bytes") {
  Scene scene(in_turn({ScriptedServer::answer(200)}));
  const std::string content(300'000, 'x');
  REQUIRE(scene.client->put("sessions/m 1/007-3.flac", scene.file_of(content), "audio/flac").ok());
  const auto seen = scene.server.seen();
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].method == "PUT");
  CHECK(seen[0].target == "/focus/sessions/m%201/007-3.flac");
  CHECK(seen[0].body == content);
  const auto& headers = seen[0].headers;
  CHECK(headers.at("content-length") == std::to_string(content.size()));
  CHECK(headers.at("content-type") == "audio/flac");
  CHECK(headers.at("host") == "127.0.0.1:" + std::to_string(scene.server.port()));
  CHECK(headers.at("x-amz-content-sha256") == payload_hash_of(content));
  CHECK(headers.at("authorization").find("SignedHeaders=content-type;host;x-amz-content-sha256;") !=
        std::string::npos);
  CHECK_FALSE(headers.contains("expect"));
  CHECK_FALSE(headers.contains("transfer-encoding"));
}

TEST_CASE("what the storage can not do at the moment is attempted again, with longer waits") {
  Scene scene(in_turn({ScriptedServer::error(503, "SlowDown"), ScriptedServer::answer(429), "",
                       ScriptedServer::answer(200)}));
  const std::string content(100'000, 'y');
  REQUIRE(scene.client->put("a", scene.file_of(content), "audio/flac").ok());
  const auto seen = scene.server.seen();
  REQUIRE(seen.size() == 4);
  for (const auto& request : seen) CHECK(request.body == content);
  const auto waits = scene.pause.waits();
  REQUIRE(waits.size() == 3);
  for (std::size_t i = 0; i < waits.size(); ++i) {
    const double longest = 0.2 * static_cast<double>(1U << i);
    CHECK(waits[i] >= 0.5 * longest);
    CHECK(waits[i] <= longest);
  }
}

TEST_CASE("attempts are bounded, and a storage that stays away is unavailable") {
  Scene scene(in_turn({ScriptedServer::error(500, "InternalError", "We had a fault")}));
  const absl::Status status = scene.client->remove("a");
  CHECK(has_fault(status, Fault::unavailable));
  CHECK(field_of(status) == kObjectsField);
  CHECK(scene.server.seen().size() == 4);
}

TEST_CASE("a storage that does not run is unavailable") {
  int port = 0;
  {
    const ScriptedServer gone([](const SeenRequest&) { return std::string(); });
    port = gone.port();
  }
  ManualClock clock;
  InstantPause pause;
  const auto client = S3Client::create(options_of("http://127.0.0.1:" + std::to_string(port)),
                                       clock, Entropy::system(), pause)
                          .value();
  CHECK(has_fault(client->check(), Fault::unavailable));
  CHECK(pause.waits().size() == 3);
}

TEST_CASE("what stays wrong is attempted once, and names what to mend") {
  struct Case {
    int status;
    const char* code;
    const char* field;
  };
  const Case wrong = GENERATE(
      Case{403, "InvalidAccessKeyId", kKeyField}, Case{403, "SignatureDoesNotMatch", kSecretField},
      Case{403, "AccessDenied", kKeyField}, Case{403, "RequestTimeTooSkewed", kObjectsField},
      Case{404, "NoSuchBucket", kBucketField},
      Case{400, "AuthorizationHeaderMalformed", kRegionField},
      Case{301, "PermanentRedirect", kObjectsField});
  Scene scene(in_turn({ScriptedServer::error(wrong.status, wrong.code, "of the storage")}));
  const absl::Status status = scene.client->put("a", scene.file_of("x"), "audio/flac");
  CHECK(has_fault(status, Fault::unavailable));
  CHECK(field_of(status) == wrong.field);
  const std::string message(message_of(status));
  CHECK(message.find(wrong.code) != std::string::npos);
  CHECK(message.find(kSecret) == std::string::npos);
  CHECK(scene.server.seen().size() == 1);
}

TEST_CASE("what is signed follows the clock of the storage, where ours is far from it") {
  const std::string refused =
      ScriptedServer::answer(403, "<Error><Code>RequestTimeTooSkewed</Code></Error>",
                             "Date: Sun, 15 Jun 2025 17:06:40 GMT\r\n");  // two hours ahead
  Scene scene(in_turn({refused, ScriptedServer::answer(200)}));
  REQUIRE(scene.client->remove("a").ok());
  REQUIRE(scene.client->remove("b").ok());
  const auto seen = scene.server.seen();
  REQUIRE(seen.size() == 3);
  CHECK(seen[0].headers.at("x-amz-date") == "20250615T150640Z");
  CHECK(seen[1].headers.at("x-amz-date") == "20250615T170640Z");
  CHECK(seen[2].headers.at("x-amz-date") == "20250615T170640Z");
  // The storage refuses what it has another reason for, and is asked once.
  Scene other(in_turn({ScriptedServer::answer(403, "<Error><Code>AccessDenied</Code></Error>",
                                              "Date: Sun, 15 Jun 2025 15:06:50 GMT\r\n")}));
  CHECK_FALSE(other.client->remove("a").ok());
  CHECK(other.server.seen().size() == 1);
}

TEST_CASE("a redirect is not followed, so that no signature reaches another server") {
  const ScriptedServer other(in_turn({ScriptedServer::answer(200)}));
  Scene scene(
      in_turn({ScriptedServer::answer(307, "", "Location: " + other.url() + "/focus/a\r\n")}));
  const absl::Status status = scene.client->get("a", 1, scene.folder / "out");
  CHECK(has_fault(status, Fault::unavailable));
  CHECK(other.seen().empty());
}

TEST_CASE("an object is read into a file, of its size and no other") {
  const std::string content(200'000, 'z');
  SECTION("whole") {
    Scene scene(in_turn({ScriptedServer::answer(200, content)}));
    REQUIRE(scene.client->get("a", 200'000, scene.folder / "out").ok());
    CHECK(content_at(scene.folder / "out") == content);
  }
  SECTION("cut off, then whole") {
    const std::string whole = ScriptedServer::answer(200, content);
    Scene scene(in_turn({whole.substr(0, whole.size() / 2), whole}));
    REQUIRE(scene.client->get("a", 200'000, scene.folder / "out").ok());
    CHECK(content_at(scene.folder / "out") == content);
    CHECK(scene.server.seen().size() == 2);
  }
  SECTION("too short, and too long") {
    Scene scene(in_turn({ScriptedServer::answer(200, content)}));
    CHECK(has_fault(scene.client->get("a", 200'001, scene.folder / "out"), Fault::bad_data));
    CHECK(has_fault(scene.client->get("a", 199'999, scene.folder / "out"), Fault::bad_data));
    CHECK(scene.server.seen().size() == 2);
  }
  SECTION("not there") {
    Scene scene(in_turn({ScriptedServer::error(404, "NoSuchKey")}));
    CHECK(is_not_found(scene.client->get("a", 1, scene.folder / "out")));
  }
}

TEST_CASE("the size of an object is asked for without its bytes") {
  Scene scene(in_turn({"HTTP/1.1 200 OK\r\nContent-Length: 12345\r\nConnection: close\r\n\r\n",
                       "HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n"}));
  CHECK(scene.client->size_of("a").value() == 12345);
  CHECK(is_not_found(scene.client->size_of("a").status()));
  CHECK(scene.server.seen()[0].method == "HEAD");
}

TEST_CASE("a copy that fails after its headers is an error, and is attempted again") {
  Scene scene(in_turn({ScriptedServer::error(200, "InternalError"),
                       ScriptedServer::answer(200, "<CopyObjectResult/>")}));
  REQUIRE(scene.client->copy("sessions/ä/1.flac", "tracks/t.flac").ok());
  const auto seen = scene.server.seen();
  REQUIRE(seen.size() == 2);
  CHECK(seen[1].target == "/focus/tracks/t.flac");
  CHECK(seen[1].headers.at("x-amz-copy-source") == "/focus/sessions/%C3%A4/1.flac");
  CHECK(seen[1].headers.at("content-length") == "0");
}

TEST_CASE("to remove what is not there is no error, unless the bucket is not there") {
  Scene scene(in_turn({ScriptedServer::answer(204), ScriptedServer::error(404, "NoSuchKey"),
                       ScriptedServer::error(404, "NoSuchBucket")}));
  CHECK(scene.client->remove("a").ok());
  CHECK(scene.client->remove("a").ok());
  CHECK(field_of(scene.client->remove("a")) == kBucketField);
}

TEST_CASE("a listing has the names of the objects, with their references resolved") {
  Scene scene(in_turn({ScriptedServer::answer(
      200,
      "<ListBucketResult><IsTruncated>true</IsTruncated><Prefix>s/</Prefix>"
      "<Contents><Key>s/a &amp; b</Key></Contents><Contents><Key>s/&#xe4;</Key></Contents>"
      "</ListBucketResult>")}));
  const auto listing = scene.client->list("s/", "s/0&");
  REQUIRE(listing.ok());
  CHECK(listing->names == std::vector<std::string>{"s/a & b", "s/\u00e4"});
  CHECK(listing->more);
  CHECK(scene.server.seen()[0].target ==
        "/focus?list-type=2&max-keys=1000&prefix=s%2F&start-after=s%2F0%26");
}

TEST_CASE("a stopped client fails at once, also in the middle of an answer that does not come") {
  Pause pause;
  ManualClock clock;
  std::atomic<bool> arrived{false};
  std::atomic<bool> ends{false};
  ScriptedServer server([&](const SeenRequest&) {
    arrived = true;
    while (!ends) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return std::string();
  });
  const auto client =
      S3Client::create(options_of(server.url()), clock, Entropy::system(), pause).value();
  absl::Status status;
  std::thread caller([&] { status = client->check(); });
  while (!arrived) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  pause.stop();
  caller.join();
  ends = true;
  CHECK(is_cancelled(status));
  CHECK(is_cancelled(client->check()));
}

TEST_CASE("addresses have the bucket in the path or in the host") {
  const auto in_path =
      S3Address::of("http://10.0.0.5:8080/", "focus", S3Addressing::path, kObjectsField).value();
  CHECK(in_path.host() == "10.0.0.5:8080");
  CHECK(in_path.url_of(in_path.path_of("a b"), "") == "http://10.0.0.5:8080/focus/a%20b");
  CHECK(in_path.url_of(in_path.path_of(""), "x=1") == "http://10.0.0.5:8080/focus?x=1");
  const auto in_host = S3Address::of("https://s3.example.com:443", "focus",
                                     S3Addressing::virtual_host, kObjectsField)
                           .value();
  CHECK(in_host.host() == "focus.s3.example.com");
  CHECK(in_host.url_of(in_host.path_of("a"), "") == "https://focus.s3.example.com/a");
}

TEST_CASE("options that are wrong are told by their names") {
  ManualClock clock;
  Pause pause;
  S3Options options = options_of("https://s3.example.com");
  const auto field = [&] {
    const auto client = S3Client::create(options, clock, Entropy::system(), pause);
    CHECK(has_fault(client.status(), Fault::argument));
    CHECK(std::string(message_of(client.status())).find(kSecret) == std::string::npos);
    return field_of(client.status());
  };
  for (const char* endpoint : {"", "s3.example.com", "ftp://s3.example.com",
                               "https://user:word@s3.example.com", "https://s3.example.com/path"}) {
    options.endpoint = endpoint;
    CHECK(field() == kObjectsField);
  }
  options = options_of("https://s3.example.com");
  options.bucket = "Focus_1";
  CHECK(field() == kBucketField);
  options.bucket = "focus";
  options.public_endpoint = "music";
  CHECK(field() == "objects_public_url");
  options.public_endpoint.clear();
  options.region.clear();
  CHECK(field() == kRegionField);
  options.credentials.secret.clear();
  CHECK(field() == kSecretField);
  options.credentials.key.clear();
  CHECK(field() == kKeyField);
}

TEST_CASE("names of objects are relative paths without dots, and short enough for a file") {
  CHECK(check_object_name("sessions/m1/007-3.flac").ok());
  for (const std::string& name :
       {std::string(), std::string("/a"), std::string("a/"), std::string("a//b"),
        std::string("a/../b"), std::string("."), std::string("a\nb"), std::string("\xff"),
        std::string(201, 'a')}) {
    CHECK(field_of(check_object_name(name)) == "name");
  }
}

TEST_CASE("a presigned address is of the endpoint that clients see, and of a week at most") {
  ManualClock clock;
  Pause pause;
  S3Options options = options_of("http://10.0.0.5:8080");
  options.public_endpoint = "https://audio.example.com";
  const auto client = S3Client::create(options, clock, Entropy::system(), pause).value();
  const std::string url = client->presigned_get("a b", 1000, 1300);
  CHECK(url.starts_with("https://audio.example.com/focus/a%20b?X-Amz-Algorithm=AWS4-HMAC-SHA256&"));
  CHECK(url.find("&X-Amz-Expires=300&") != std::string::npos);
  CHECK(url.find(kSecret) == std::string::npos);
  CHECK(client->presigned_get("a", 0, 1'000'000).find("&X-Amz-Expires=604800&") !=
        std::string::npos);
}
