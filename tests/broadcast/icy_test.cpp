// SPDX-License-Identifier: MIT
#include "broadcast/icy.h"

#include <catch2/catch.hpp>

using focus::core::broadcast::IcyTitles;

namespace {

/// What a client does: takes `kInterval` bytes of audio, a length, and that many bytes of text.
struct Client {
  std::string audio;
  std::vector<std::string> titles;

  explicit Client(std::string_view stream) {
    while (stream.size() > IcyTitles::kInterval) {
      audio += stream.substr(0, IcyTitles::kInterval);
      stream.remove_prefix(IcyTitles::kInterval);
      const std::size_t size = 16 * static_cast<unsigned char>(stream.front());
      titles.emplace_back(stream.substr(1, size));
      stream.remove_prefix(1 + size);
    }
    audio += stream;
  }
};

std::string bytes(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += static_cast<char>(i * 31 + i / 251);
  return text;
}

}  // namespace

TEST_CASE("titles stand between the bytes of a stream and change none of them", "[icy]") {
  const std::string music = bytes(50'000);
  IcyTitles titles;
  std::string out;
  for (std::size_t at = 0; at < music.size(); at += 577) {
    const std::string_view title = at < 20'000 ? "One" : "Two";
    titles.pass(std::string_view(music).substr(at, 577), title, out);
  }
  const Client client(out);
  CHECK(client.audio == music);
  REQUIRE(client.titles.size() == 3);
  CHECK(client.titles[0].starts_with("StreamTitle='One';"));
  CHECK(client.titles[0].size() == 32);
  CHECK(client.titles[1].starts_with("StreamTitle='Two';"));
  CHECK(client.titles[2].empty());  // it has not changed
}

TEST_CASE("a title can not end its own quotation, nor be longer than a length can tell", "[icy]") {
  IcyTitles titles;
  std::string out;
  const std::string title = "rain'; StreamUrl='x" + std::string(5'000, 'y');
  titles.pass(bytes(IcyTitles::kInterval), title, out);
  titles.pass("z", title, out);
  const Client client(out);
  CHECK(client.audio.size() == IcyTitles::kInterval + 1);
  REQUIRE(client.titles.size() == 1);
  CHECK(client.titles[0].starts_with("StreamTitle='rain`; StreamUrl=`xy"));
  CHECK(client.titles[0].find("';") > 1'000);
}
