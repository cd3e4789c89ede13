// SPDX-License-Identifier: MIT
#include "base/error.h"
#include "byte_files.h"

using namespace focus::core;
using namespace focus::test;

namespace {

/// Where the pages of an Ogg file begin, and its end.
std::vector<std::size_t> pages_of(const std::string& ogg) {
  std::vector<std::size_t> places = {0};
  while (places.back() < ogg.size()) {
    const std::size_t at = places.back();
    std::size_t size = 27 + static_cast<unsigned char>(ogg[at + 26]);
    for (std::size_t i = at + 27; i < at + 27 + static_cast<unsigned char>(ogg[at + 26]); ++i) {
      size += static_cast<unsigned char>(ogg[i]);
    }
    places.push_back(at + size);
  }
  return places;
}

/// The same file, whose last page tells another end. RFC 3533 says how pages are checked.
std::string telling(std::string ogg, std::uint64_t end) {
  const auto pages = pages_of(ogg);
  const std::size_t begin = pages[pages.size() - 2];
  ogg = patched(patched(ogg, begin + 6, little(end, 8)), begin + 22, little(0, 4));
  std::uint32_t check = 0;
  for (std::size_t i = begin; i < ogg.size(); ++i) {
    check ^= static_cast<std::uint32_t>(static_cast<unsigned char>(ogg[i])) << 24;
    for (int bit = 0; bit < 8; ++bit) check = check << 1 ^ (check >> 31 != 0 ? 0x04C11DB7 : 0);
  }
  return patched(ogg, begin + 22, little(check, 4));
}

const audio::AudioFormat kFormats[] = {audio::AudioFormat::ogg, audio::AudioFormat::opus};

}  // namespace

TEST_CASE("chained Ogg is read to the end of its last link") {
  const TempFolder folder;
  const audio::AudioBuffer one = pad(3.0, -9.0, 48000);
  const audio::AudioBuffer other = sine(2.0, 500.0, -12.0, 48000);
  for (const audio::AudioFormat format : kFormats) {
    const std::string first = encoded(one, format);
    const std::string path =
        save(folder, "a.ogg", first + encoded(other, format) + junk(300) + first);
    const auto audio = audio::read_audio_file(path, CancelToken());
    REQUIRE(audio.ok());
    REQUIRE(audio->frames() == 8 * 48000);
    CHECK(to_db(rms(audio->view().subview(3 * 48000, 2 * 48000))) ==
          Approx(to_db(rms(other.view()))).margin(0.5));
    const auto reader = audio::AudioFileReader::open(path);
    audio::AudioBuffer part(2, 1000, 48000);
    for (const std::int64_t frame : {4 * 48000, 48000}) {
      REQUIRE((*reader)->seek(frame).ok());
      REQUIRE((*reader)->read(part.view()).value_or(-1) == 1000);
      CHECK(largest_difference(part.view(), audio->view().subview(frame, 1000)) == 0.0);
    }
  }
}

TEST_CASE("a link of another rate or number of channels is refused with its place") {
  const TempFolder folder;
  const std::string first = encoded(pad(1.0, -9.0, 48000), audio::AudioFormat::ogg);
  for (const audio::AudioBuffer& other : {pad(1.0, -9.0, 44100), pad(1.0, -9.0, 48000, 1)}) {
    const std::string path = save(folder, "a.ogg", first + encoded(other, audio::AudioFormat::ogg));
    const std::string error = error_of(path);
    CHECK(error.find("changes after 48000 frames from 2 channels of 48000 Hz to " +
                     std::to_string(other.channel_count()) + " of " +
                     std::to_string(other.sample_rate()) + " Hz") != std::string::npos);
  }
}

TEST_CASE("an Ogg file whose last page tells a wrong end is refused, and nothing left out") {
  const TempFolder folder;
  for (const audio::AudioFormat format : kFormats) {
    const std::string ogg = encoded(pad(4.0, -9.0, 48000), format);
    const std::string early = error_of(save(folder, "a.ogg", telling(ogg, 20000)));
    CHECK(early.find("tells an end that lies before some of its audio") != std::string::npos);
    const std::string path = save(folder, "b.ogg", telling(ogg, std::uint64_t{1} << 36));
    CHECK(error_of(path).find("breaks off after 192") != std::string::npos);
    const auto reader = audio::AudioFileReader::open(path);
    CHECK((*reader)->likely_frames() <= 16 * static_cast<std::int64_t>(ogg.size()));
  }
}

TEST_CASE("an Ogg file that lacks a page is refused; one that is cut is read as far as it goes") {
  const TempFolder folder;
  for (const audio::AudioFormat format : kFormats) {
    const std::string ogg = encoded(pad(8.0, -9.0, 48000), format);
    const auto pages = pages_of(ogg);
    const std::size_t middle = pages.size() / 2;
    const std::string lacks = ogg.substr(0, pages[middle]) + ogg.substr(pages[middle + 1]);
    CHECK(error_of(save(folder, "a.ogg", lacks)).find("breaks off") != std::string::npos);
    const std::int64_t frames = frames_in(save(folder, "b.ogg", ogg.substr(0, pages[middle] + 90)));
    CHECK(frames > 2 * 48000);
    CHECK(frames < 8 * 48000);
    CHECK(frames_in(save(folder, "c.ogg", id3v2() + ogg + id3v1())) == 8 * 48000);
  }
}
