// SPDX-License-Identifier: MIT
#include "broadcast/hls.h"

#include <absl/strings/match.h>
#include <absl/strings/str_cat.h>
#include <absl/strings/str_split.h>

#include "broadcast/broadcast_fixture.h"

using namespace focus::core;
using namespace focus::test;
using broadcast::Broadcast;
using broadcast::StreamFormat;

namespace {

constexpr std::size_t kTagSize = 73;  // of what tells a part's time

std::string playlist(const Broadcast& on) {
  broadcast::PartUrls urls;
  urls.part = [](std::int64_t number) { return absl::StrCat("part/", number); };
  if (on.format() == StreamFormat::flac) urls.map = "map";
  return broadcast::hls_playlist(on, urls);
}

std::vector<std::int64_t> listed(const std::string& text) {
  std::vector<std::int64_t> numbers;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (!absl::StartsWith(line, "part/")) continue;
    numbers.push_back(std::stoll(std::string(line.substr(5))));
  }
  return numbers;
}

std::uint64_t big_endian(const std::string& bytes, std::size_t at, int count) {
  std::uint64_t value = 0;
  for (int k = 0; k < count; ++k) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(k)]);
  }
  return value;
}

/// The contents of the first box of that type.
std::string box_of(const std::string& bytes, const std::string& type) {
  for (std::size_t at = 0; at + 8 <= bytes.size();) {
    const auto size = static_cast<std::size_t>(big_endian(bytes, at, 4));
    if (bytes.compare(at + 4, 4, type) == 0) return bytes.substr(at + 8, size - 8);
    at += size;
  }
  return "";
}

/// Plays the session to its end as a client of HLS does, and `beside` as one of the stream. Returns
/// all parts, in their order and without their tags.
std::string play_parts(OnAir& air, const std::shared_ptr<Broadcast>& on, Radio* beside = nullptr) {
  std::string bytes;
  std::int64_t next = 0;
  const auto take = [&] {
    for (const std::int64_t number : listed(playlist(*on))) {
      if (number < next) continue;
      REQUIRE(number == next);
      const auto part = broadcast::hls_part(*on, number);
      REQUIRE(part);
      bytes += part->substr(part->starts_with("ID3") ? kTagSize : 0);
      ++next;
    }
  };
  on->note_visit();
  for (double heard = 0.0; heard < 60.0; heard += 5.0) {
    const auto ready = static_cast<std::int64_t>(
        (std::min(heard + Broadcast::kLeadSeconds, 60.0) - 0.3) * on->rate());
    REQUIRE(eventually([&] { return on->kept().end >= ready; }));
    take();
    if (beside != nullptr) beside->take();
    air.clock.advance(5.0);
    on->note_visit();
  }
  REQUIRE(eventually([&] { return on->is_over(); }));
  take();
  CHECK(playlist(*on).ends_with("#EXT-X-ENDLIST\n"));
  return bytes;
}

}  // namespace

TEST_CASE("a playlist lists the parts that are complete, and more as time passes", "[hls]") {
  OnAir air;
  const auto on = air.broadcasts.join_now(*air.session, StreamFormat::mp3);
  REQUIRE(eventually([&] { return broadcast::hls_can_begin(*on); }));
  REQUIRE(eventually([&] { return listed(playlist(*on)).size() == 3; }));
  const std::string text = playlist(*on);
  CHECK(text ==
        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:3\n#EXT-X-MEDIA-SEQUENCE:0\n"
        "#EXTINF:3.000000,\npart/0\n#EXTINF:3.000000,\npart/1\n#EXTINF:3.000000,\npart/2\n");
  CHECK_FALSE(broadcast::hls_part(*on, 3));  // not complete yet
  CHECK_FALSE(broadcast::hls_part(*on, -1));
  air.clock.advance(4.0);
  CHECK(eventually([&] { return listed(playlist(*on)).size() == 4; }));
}

TEST_CASE("parts of MP3 tell when they are to be heard, and make one stream without a gap",
          "[hls]") {
  OnAir air;
  const auto on = air.broadcasts.join_now(*air.session, StreamFormat::mp3);
  Radio radio(on);
  REQUIRE(eventually([&] { return broadcast::hls_can_begin(*on); }));
  const std::string part = *broadcast::hls_part(*on, 2);
  CHECK(part.starts_with("ID3"));
  CHECK(part.find("com.apple.streaming.transportStreamTimestamp") == 20);
  CHECK(big_endian(part, kTagSize - 8, 8) == 2 * 3 * 90'000);
  CHECK(static_cast<unsigned char>(part[kTagSize]) == 0xFF);

  const std::string parts = play_parts(air, on, &radio);
  REQUIRE(radio.listen_to_end());
  const audio::AudioBuffer heard = decoded(parts, "mp3");
  const audio::AudioBuffer streamed = decoded(radio.bytes(), "mp3");
  REQUIRE(heard.frames() == streamed.frames());
  CHECK(std::equal(heard.samples(0).begin(), heard.samples(0).end(), streamed.samples(0).begin()));
}

TEST_CASE("parts of FLAC hold every sample that a player plays", "[hls]") {
  OnAir air;
  const std::vector<float> music = render_all(*offline_player(*air.session), 4096);
  const auto on = air.broadcasts.join_now(*air.session, StreamFormat::flac);
  REQUIRE(eventually([&] { return on->state() != Broadcast::State::starting; }));
  const std::string map = broadcast::hls_map(*on);
  CHECK(map.substr(4, 8) == "ftypiso6");
  CHECK(map.find("dfLa") != std::string::npos);
  CHECK(playlist(*on).find("#EXT-X-MAP:URI=\"map\"\n") != std::string::npos);

  const std::string parts = play_parts(air, on);
  std::string frames = on->header();
  std::uint64_t time = 0;
  for (std::size_t at = 0; at < parts.size();) {
    const auto size = static_cast<std::size_t>(big_endian(parts, at, 4));
    const std::string fragment = parts.substr(at, size);
    const std::string track = box_of(box_of(fragment, "moof"), "traf");
    if (!track.empty()) {
      CHECK(big_endian(box_of(track, "tfdt"), 4, 8) == time);
      const std::string run = box_of(track, "trun");
      std::size_t bytes = 0;
      for (std::size_t k = 0; k < big_endian(run, 4, 4); ++k) {
        time += big_endian(run, 12 + 8 * k, 4);
        bytes += static_cast<std::size_t>(big_endian(run, 16 + 8 * k, 4));
      }
      // The offset of the data leads behind the header of what follows.
      CHECK(big_endian(run, 8, 4) == size + 8);
      CHECK(big_endian(parts, at + size, 4) == bytes + 8);
    } else {
      frames += box_of(fragment, "mdat");
    }
    at += size;
  }
  CHECK(time * 2 == music.size());
  const audio::AudioBuffer heard = decoded(frames, "flac");
  REQUIRE(heard.frames() * 2 == static_cast<std::int64_t>(music.size()));
  CHECK(largest_difference(heard, music) < 2.0f / 32'768.0f);
}
