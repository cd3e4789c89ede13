// SPDX-License-Identifier: MIT
// One URL that plays a session: continuous streams and HLS, over HTTP.
#include "broadcast/broadcast.h"
#include "rest/rest_fixture.h"

using namespace focus::core;
using namespace focus::test;

namespace {

struct Client : RestFixture {
  std::string link(const std::string& path, const char* name) {
    return target_of(get(path + "?include=analysis").json()["analysis"][name].GetString());
  }

  /// Reads until `enough` or the end.
  template <typename Enough>
  std::string read(Reply& reply, Enough enough) {
    REQUIRE(reply.stream);
    std::string body;
    REQUIRE(eventually([&] {
      char buffer[4096];
      const auto count = reply.stream->read(buffer, sizeof(buffer), std::chrono::milliseconds(1));
      REQUIRE(count.ok());
      if (*count > 0) body.append(buffer, static_cast<std::size_t>(*count));
      return *count < 0 || enough(body);
    }));
    return body;
  }
  std::string read_some(Reply& reply, std::size_t bytes) {
    return read(reply, [&](const std::string& body) { return body.size() >= bytes; });
  }
  std::string playlist(const std::string& target, const std::string& key = "") {
    Reply reply = get(target, key);
    REQUIRE(reply.status == 200);
    CHECK(reply.header("Content-Type") == "application/vnd.apple.mpegurl");
    if (!reply.stream) return reply.body;
    return read(reply, [](const std::string&) { return false; });
  }
  /// The first line of a playlist that names a part.
  static std::string first_part(const std::string& text) {
    const std::size_t begin = text.find("http://");
    REQUIRE(begin != std::string::npos);
    return target_of(text.substr(begin, text.find('\n', begin) - begin));
  }
};

}  // namespace

TEST_CASE("a session's object names the URLs that play it as one, if asked for", "[streams]") {
  Client api;
  const std::string path = api.start();
  CHECK_FALSE(api.get(path).json().HasMember("analysis"));
  Reply reply = api.get(api.link(path, "stream_url"), "");  // no key: an <audio> tag has none
  CHECK(reply.status == 200);
  CHECK(reply.header("Content-Type") == "audio/mpeg");
  CHECK(reply.header("Accept-Ranges") == "none");
  CHECK(reply.header("Content-Length").empty());
  CHECK(reply.header("icy-name") == "Focus");
  CHECK(reply.header("icy-metaint").empty());
  const std::string body = api.read_some(reply, 200'000);  // of the ten seconds that come at once
  CHECK(static_cast<unsigned char>(body[0]) == 0xFF);
}

TEST_CASE("every format has its type and its beginning", "[streams]") {
  Client api;
  const std::string path = api.start();
  const auto check = [&](const char* link, const char* type, const char* mark) {
    INFO(link);
    Reply reply = api.get(api.link(path, link), "");
    CHECK(reply.header("Content-Type") == type);
    CHECK(api.read_some(reply, 100).starts_with(mark));
  };
  check("stream_opus_url", "audio/ogg; codecs=opus", "OggS");
  check("stream_flac_url", "audio/flac", "fLaC");
  check("stream_wav_url", "audio/wav", "RIFF");
}

TEST_CASE("HEAD tells what a stream is, and starts none", "[streams]") {
  Client api;
  const std::string path = api.start();
  const Reply reply = api.ask("HEAD", api.link(path, "stream_url"), "");
  CHECK(reply.status == 200);
  CHECK(reply.header("Content-Type") == "audio/mpeg");
  CHECK_FALSE(reply.stream);
  const std::string metrics = api.get("/metrics").body;
  CHECK(metrics.find("focus_broadcasts 0\n") != std::string::npos);
}

TEST_CASE("who asks for titles gets them between the bytes", "[streams]") {
  Client api;
  const std::string path = api.start();
  Reply reply = api.ask("GET", api.link(path, "stream_url"), "", "", {{"Icy-MetaData", "1"}});
  CHECK(reply.header("icy-metaint") == "16000");
  const std::string body = api.read_some(reply, 20'000);
  CHECK(body.compare(16'001, 27, "StreamTitle='Focus, part 1 ") == 0);
}

TEST_CASE("a stream begins where it is asked to", "[streams]") {
  Client api;
  const std::string path = api.start_and_wait();
  const std::string target = api.link(path, "stream_wav_url");
  // The last second of a minute: 48,000 frames, and then the end.
  Reply reply = api.get(target + "&start=59", "");
  const std::string body = api.read(reply, [](const std::string&) { return false; });
  CHECK(body.size() == 44 + 48'000 * 4);
  for (const char* start : {"60", "-1", "soon", "nan", "1e9", ""}) {
    INFO(start);
    const Reply wrong = api.get(target + "&start=" + start, "");
    CHECK(wrong.status == 422);
    CHECK(wrong.field() == "start");
  }
}

TEST_CASE("a stream's URL outlives those of segments, and can not be forged", "[streams]") {
  Client api;
  const std::string path = api.start();
  const std::string stream = api.link(path, "stream_url");
  const std::string list = api.link(path, "hls_url");
  api.clock.advance(3'000.0);
  CHECK(api.get(stream, "").status == 200);
  CHECK(api.get(list, "").status == 200);
  api.clock.advance(kSecondsPerDay + 700.0);
  CHECK(api.get(stream, "").status == 403);
  CHECK(api.get(list, "").status == 403);
  // The signature is of one path.
  const std::string other = api.link(path, "stream_url");
  std::string flac = other;
  flac.replace(flac.find(".mp3"), 4, ".flac");
  CHECK(api.get(flac, "").status == 403);
}

TEST_CASE("a key opens a session's stream without a signature", "[streams]") {
  Client api;
  const std::string path = api.start();
  Reply reply = api.get(path + "/stream.flac");
  CHECK(reply.status == 200);
  CHECK(api.read_some(reply, 4) != "");
  CHECK(api.get(path + "/stream.aac").status == 404);
  CHECK(api.post(path + "/stream.flac").status == 405);
  CHECK(api.playlist(path + "/hls/index.m3u8", "key_a").starts_with("#EXTM3U"));
}

TEST_CASE("a playlist waits until a player can begin, and its parts need no key", "[streams]") {
  Client api;
  const std::string path = api.start();
  const std::string text = api.playlist(api.link(path, "hls_url"));
  CHECK(text.starts_with("#EXTM3U\n"));
  const std::string target = Client::first_part(text);
  const Reply part = api.get(target, "");
  CHECK(part.status == 200);
  CHECK(part.header("Content-Type") == "audio/mpeg");
  CHECK(part.body.starts_with("ID3"));
  CHECK(api.get(target.substr(0, target.find('?')), "").status == 403);

  const std::string flac = api.playlist(api.link(path, "hls_flac_url"));
  const std::size_t map = flac.find("#EXT-X-MAP:URI=\"") + 16;
  const Reply header = api.get(Client::target_of(flac.substr(map, flac.find('"', map) - map)), "");
  CHECK(header.header("Content-Type") == "video/mp4");
  CHECK(header.body.substr(4, 4) == "ftyp");
}

TEST_CASE("an owner has so many listeners, and the rest are told to wait", "[streams]") {
  Client api;
  rest::HttpOptions options;
  options.bounds.listeners_per_key = 2;
  REQUIRE(api.rest->set_options(options).ok());
  const std::string path = api.start();
  const std::string target = api.link(path, "stream_url");
  std::vector<Reply> listeners;
  for (int k = 0; k < 2; ++k) listeners.push_back(api.get(target, ""));
  const Reply refused = api.get(target, "");
  CHECK(refused.status == 429);
  CHECK_FALSE(refused.header("Retry-After").empty());
  CHECK(refused.body.find("listeners_per_key") != std::string::npos);
  listeners.pop_back();
  CHECK(api.get(target, "").status == 200);
}

TEST_CASE("many listeners cost one encoder", "[streams]") {
  Client api;
  const std::string path = api.start();
  const std::string target = api.link(path, "stream_url");
  std::vector<Reply> listeners;
  for (int k = 0; k < 100; ++k) listeners.push_back(api.get(target, ""));
  const std::string first = api.read_some(listeners.front(), 200'000);
  for (Reply& listener : listeners) {
    if (&listener == &listeners.front()) continue;
    CHECK(api.read_some(listener, 1'000).substr(0, 1'000) == first.substr(0, 1'000));
  }
  CHECK(api.get("/metrics").body.find("focus_broadcasts 1\n") != std::string::npos);
  CHECK(api.get("/metrics").body.find("focus_stream_listeners 100\n") != std::string::npos);
}
