// SPDX-License-Identifier: MIT
#include "audio/retag.h"

#include <catch2/catch.hpp>

#include "audio/file.h"
#include "base/error.h"
#include "support/signals.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr int kRate = 48000;
constexpr std::uint64_t kSeed = 9;
constexpr audio::AudioFormat kFormats[] = {audio::AudioFormat::flac16, audio::AudioFormat::flac24,
                                           audio::AudioFormat::wav,    audio::AudioFormat::wav16,
                                           audio::AudioFormat::wav24,  audio::AudioFormat::ogg,
                                           audio::AudioFormat::opus,   audio::AudioFormat::mp3};

audio::FileTags titled(const std::string& title) {
  audio::FileTags tags;
  tags.add("TITLE", title);
  tags.add("ARTIST", "Focus Session");
  tags.loudness = {-18.0, 0.5};
  return tags;
}

std::string written(audio::AudioFormat format, const audio::FileTags& tags) {
  const audio::AudioBuffer samples = pad(1.0, -9.0, kRate);
  auto writer = audio::AudioFileWriter::create_in_memory(format, kRate, samples.channel_count(),
                                                         {.dither_seed = kSeed, .tags = tags});
  REQUIRE(writer.ok());
  REQUIRE((*writer)->write(samples.view()).ok());
  auto bytes = (*writer)->take_bytes();
  REQUIRE(bytes.ok());
  return *std::move(bytes);
}

}  // namespace

TEST_CASE("a file with other tags is the file that is written with them, to the byte") {
  const audio::FileTags made = titled("Focus, part 3");
  for (const std::string& title :
       {std::string("Mine"), std::string(200, 'x'), std::string("Abend")}) {
    for (const audio::AudioFormat format : kFormats) {
      if (!check_format_rate(format, kRate).ok()) continue;
      CAPTURE(name_of(format), title);
      const auto again = audio::with_tags(written(format, made), format, titled(title), kSeed);
      REQUIRE(again.ok());
      CHECK(*again == written(format, titled(title)));
    }
  }
}

TEST_CASE("a file without tags gets them") {
  for (const audio::AudioFormat format : kFormats) {
    if (!check_format_rate(format, kRate).ok()) continue;
    CAPTURE(name_of(format));
    const auto again = audio::with_tags(written(format, {}), format, titled("Mine"), kSeed);
    REQUIRE(again.ok());
    CHECK(*again == written(format, titled("Mine")));
  }
}

TEST_CASE("a WAV file that is cut off, and an MP3 file that is all tag, are refused") {
  const std::string wav = written(audio::AudioFormat::wav, titled("Focus"));
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{11}, std::size_t{60}, wav.size() / 2}) {
    const auto cut = audio::with_tags(std::string_view(wav).substr(0, size),
                                      audio::AudioFormat::wav, titled("Mine"), kSeed);
    CHECK(has_fault(cut.status(), Fault::bad_data));
  }
  for (const std::string_view tag :
       {std::string_view("ID3"), std::string_view("ID3\4\0\0\0\0\1\1", 10)}) {
    const auto cut = audio::with_tags(tag, audio::AudioFormat::mp3, titled("Mine"), kSeed);
    CHECK(has_fault(cut.status(), Fault::bad_data));
  }
}
