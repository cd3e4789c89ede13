// SPDX-License-Identifier: MIT
#include "audio/file_tags.h"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <sndfile.h>

#include <catch2/catch.hpp>

#include "audio/file.h"
#include "audio/vorbis_comment.h"
#include "base/error.h"
#include "support/signals.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr int kRate = 48000;
constexpr audio::AudioFormat kFormats[] = {audio::AudioFormat::flac16, audio::AudioFormat::flac24,
                                           audio::AudioFormat::wav,    audio::AudioFormat::wav16,
                                           audio::AudioFormat::wav24,  audio::AudioFormat::ogg,
                                           audio::AudioFormat::opus,   audio::AudioFormat::mp3};

audio::FileTags some_tags() {
  audio::FileTags tags;
  tags.add("TITLE", "Für Übermut, part 3");
  tags.add("ARTIST", "Focus Session");
  tags.add("TRACKNUMBER", "3");
  tags.add("TRACKTOTAL", "30");
  tags.add("BPM", "76.5");
  tags.add("INITIALKEY", "Dm");
  tags.add("COMMENT", "focus-session render x.flac --seed 7");
  tags.add("FOCUS_ENGINE", "studio");
  tags.loudness = {-14.8, 0.891251};
  tags.sample_rate = kRate;
  tags.frames = 2 * kRate;
  tags.chapters = {{0, "Movement A"}, {kRate + 24, "Movement B"}};
  return tags;
}

/// Written to a file; `settled` tags are given before it is completed.
std::string written(const audio::AudioBuffer& samples, audio::AudioFormat format,
                    const audio::FileTags& tags, const audio::FileTags* settled = nullptr) {
  const TempFolder folder;
  const std::string path = folder / ("x." + std::string(ending_of(format)));
  auto writer = audio::AudioFileWriter::create(
      path, format, samples.sample_rate(), samples.channel_count(), {.dither_seed = 9, .tags = {}});
  REQUIRE(writer.ok());
  REQUIRE((*writer)->set_tags(tags).ok());
  REQUIRE((*writer)->write(samples.view()).ok());
  CHECK_FALSE((*writer)->set_tags(tags).ok());
  if (settled != nullptr) (*writer)->settle_tags(*settled);
  REQUIRE((*writer)->commit(AtomicFile::Durability::renamed).ok());
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

audio::AudioBuffer read_back(const std::string& bytes, const TempFolder& folder) {
  std::ofstream(folder / "x", std::ios::binary) << bytes;
  auto read = audio::read_audio_file(folder / "x", CancelToken());
  REQUIRE(read.ok());
  return *std::move(read);
}

bool can_write(audio::AudioFormat format) { return check_format_rate(format, kRate).ok(); }

}  // namespace

TEST_CASE("tags change no sample and no length, in any format") {
  const TempFolder folder;
  const audio::AudioBuffer samples = pad(2.0, -9.0, kRate);
  for (const audio::AudioFormat format : kFormats) {
    if (!can_write(format)) continue;
    CAPTURE(name_of(format));
    const audio::AudioBuffer plain = read_back(written(samples, format, {}), folder);
    const audio::AudioBuffer tagged = read_back(written(samples, format, some_tags()), folder);
    REQUIRE(tagged.frames() == plain.frames());
    CHECK(largest_difference(tagged.view(), plain.view()) == 0.0);
  }
}

TEST_CASE("the same samples and tags give the same bytes, Ogg with its serial number too") {
  const audio::AudioBuffer samples = pad(1.0, -9.0, kRate);
  for (const audio::AudioFormat format : kFormats) {
    if (!can_write(format)) continue;
    CAPTURE(name_of(format));
    const bool is_same =
        written(samples, format, some_tags()) == written(samples, format, some_tags());
    CHECK(is_same);
  }
}

TEST_CASE("what is put in at the end has the bytes of what was known from the start") {
  const audio::AudioBuffer samples = pad(2.0, -9.0, kRate);
  const audio::FileTags known = some_tags();
  audio::FileTags unknown = known;
  unknown.loudness = audio::FileTags::Loudness{};
  unknown.frames = 0;
  for (audio::FileTags::Chapter& chapter : unknown.chapters) chapter.start_frame = 0;
  for (const audio::AudioFormat format : kFormats) {
    if (!can_write(format)) continue;
    CAPTURE(name_of(format));
    CHECK(written(samples, format, unknown, &known).size() ==
          written(samples, format, known).size());
    const bool has_serial = format == audio::AudioFormat::ogg || format == audio::AudioFormat::opus;
    if (has_serial) continue;  // it depends on the tags from the start
    const bool is_same =
        written(samples, format, unknown, &known) == written(samples, format, known);
    CHECK(is_same);
  }
}

TEST_CASE("libsndfile finds title, artist and comment") {
  const TempFolder folder;
  const audio::AudioBuffer samples = pad(1.0, -9.0, kRate);
  for (const audio::AudioFormat format : kFormats) {
    if (!can_write(format)) continue;
    CAPTURE(name_of(format));
    const std::string path = folder / "y";
    std::ofstream(path, std::ios::binary) << written(samples, format, some_tags());
    SF_INFO info = {};
    SNDFILE* file = sf_open(path.c_str(), SFM_READ, &info);
    REQUIRE(file != nullptr);
    const auto told = [&](int what) {
      const char* text = sf_get_string(file, what);
      return std::string(text == nullptr ? "" : text);
    };
    CHECK(told(SF_STR_TITLE) == "Für Übermut, part 3");
    CHECK(told(SF_STR_ARTIST) == "Focus Session");
    CHECK(told(SF_STR_COMMENT) == "focus-session render x.flac --seed 7");
    sf_close(file);
  }
}

TEST_CASE("each format tells its loudness and chapters as players read them") {
  const audio::AudioBuffer samples = pad(2.0, -9.0, kRate);
  const auto holds = [&](audio::AudioFormat format, std::string_view text) {
    return written(samples, format, some_tags()).find(text) != std::string::npos;
  };
  using enum audio::AudioFormat;
  for (const audio::AudioFormat format : {flac16, ogg}) {
    CHECK(holds(format, "REPLAYGAIN_TRACK_GAIN=-03.20 dB"));
    CHECK(holds(format, "REPLAYGAIN_TRACK_PEAK=0.891251"));
    CHECK(holds(format, "CHAPTER002=00:00:01.001"));
    CHECK(holds(format, "CHAPTER002NAME=Movement B"));
  }
  CHECK(holds(opus, "R128_TRACK_GAIN=-2099"));
  CHECK_FALSE(holds(opus, "REPLAYGAIN"));
  CHECK(holds(wav, "cue "));
  CHECK(holds(wav, "LIST"));
  if (!can_write(mp3)) return;
  CHECK(written(samples, mp3, some_tags()).substr(0, 4) == std::string("ID3\x04", 4));
  CHECK(holds(mp3, std::string_view("REPLAYGAIN_TRACK_GAIN\0-03.20 dB", 31)));
  CHECK(holds(mp3, "3/30"));
  CHECK(holds(mp3, "CHAP"));
}

TEST_CASE("silence has a gain of nothing") {
  const audio::FileTags::Loudness silent{-std::numeric_limits<double>::infinity(), 0.0};
  CHECK(audio::replay_gain(silent) == "+00.00 dB");
  CHECK(audio::replay_peak(silent) == "0.000000");
  CHECK(audio::r128_gain(silent) == "0");
  CHECK(audio::replay_gain({-14.8, 1.0}) == "-03.20 dB");
  CHECK(audio::replay_gain({-40.0, 1.0}) == "+22.00 dB");
  CHECK(audio::r128_gain({-23.5, 1.0}) == "128");
}

TEST_CASE("tags that formats have no place for are refused by their field") {
  const auto refused = [](const char* name, const std::string& value) {
    audio::FileTags tags;
    tags.fields.push_back({name, value});
    return field_of(validate(tags));
  };
  CHECK(refused("TITLE", "x").empty());
  CHECK(refused("", "x") == "name");
  CHECK(refused("A=B", "x") == "name");
  CHECK(refused("Ä", "x") == "name");
  CHECK(refused("TITLE", "\xff") == "value");
  CHECK(refused("TITLE", std::string("a\0b", 3)) == "value");
  CHECK(refused("TITLE", std::string(50'000, 'x')) == "value");
  audio::FileTags tags;
  tags.chapters.push_back({0, "a\x01"});
  CHECK(field_of(validate(tags)) == "title");
}

TEST_CASE("the most that tags may take fits into every format") {
  const TempFolder folder;
  const audio::AudioBuffer samples = pad(1.0, -9.0, kRate);
  audio::FileTags tags = some_tags();
  tags.add("FOCUS_LONG", std::string(audio::kMostTagBytes - 1000, 'x'));
  REQUIRE(validate(tags).ok());
  for (const audio::AudioFormat format : kFormats) {
    if (!can_write(format)) continue;
    CAPTURE(name_of(format));
    CHECK(read_back(written(samples, format, tags), folder).frames() > 40'000);
  }
}

TEST_CASE("chapter times have hours") {
  CHECK(audio::chapter_time(0, kRate) == "00:00:00.000");
  CHECK(audio::chapter_time((3600 * 7 + 62) * std::int64_t{kRate} + 480, kRate) == "07:01:02.010");
}
