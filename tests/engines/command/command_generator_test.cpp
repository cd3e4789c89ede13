// SPDX-License-Identifier: MIT
#include "engines/command/command_generator.h"

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

#include <catch2/catch.hpp>
#include <rapidjson/document.h>

#include "audio/file.h"
#include "base/error.h"
#include "base/temporary_folder.h"
#include "plan/planner.h"

using namespace focus::core;
namespace fs = std::filesystem;

namespace {

/// Where commands of a test put things, and a place for what is temporary that shows what is left.
class World {
 public:
  World() : folder_(*TemporaryFolder::create("focus-test-")) {
    if (const char* before = std::getenv("TMPDIR")) before_ = before;
    fs::create_directory(path("tmp"));
    ::setenv("TMPDIR", path("tmp").c_str(), 1);
  }
  ~World() { before_.empty() ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", before_.c_str(), 1); }
  std::string path(const std::string& name) const { return folder_.path() + "/" + name; }
  bool is_tidy() const { return fs::is_empty(path("tmp")); }
  std::string text(const std::string& name) const {
    std::ifstream file(path(name));
    return {std::istreambuf_iterator<char>(file), {}};
  }
  /// A file with a tone of half the full scale in each channel.
  std::string tone(const std::string& name, int channels, int rate, std::int64_t frames) const {
    audio::AudioBuffer audio(channels, frames, rate);
    for (int c = 0; c < channels; ++c) {
      for (std::size_t i = 0; i < audio.samples(c).size(); ++i) {
        audio.samples(c)[i] =
            0.5F * static_cast<float>(std::sin(2.0 * M_PI * 200.0 * static_cast<double>(i) / rate));
      }
    }
    const audio::AudioFormat format =
        name.ends_with(".flac") ? audio::AudioFormat::flac16 : audio::AudioFormat::wav;
    REQUIRE(audio::write_audio_file(path(name), format, std::as_const(audio).view(), rate, {},
                                    AtomicFile::Durability::renamed, CancelToken())
                .ok());
    return path(name);
  }

 private:
  TemporaryFolder folder_;
  std::string before_;
};

plan::Brief brief_of(int index = 1, int rate = 16000) {
  plan::Request request;
  request.goal = plan::Goal::custom_prompt;
  request.custom_prompt = "Klänge, 雨 \"x\" {brief} \\";
  request.target_minutes = 1;
  request.segment_seconds = 20.0;
  request.divergence = 0.25;
  return plan::planned(request, 0xFEDCBA9876543210ULL).brief(index, rate);
}

absl::Status play(const std::string& command, const plan::Brief& brief, engines::HostSink& sink) {
  const auto generator = engines::CommandGenerator::create(command);
  if (!generator.ok()) return generator.status();
  return (*generator)->generate(brief, 2, sink);
}

absl::Status play(const std::string& command) {
  const plan::Brief brief = brief_of();
  engines::HostSink sink(brief.frames, brief.sample_rate);
  return play(command, brief, sink);
}

std::string text_of(const absl::Status& status) { return std::string(status.message()); }

}  // namespace

TEST_CASE("a command that lacks one of its two places is refused by name") {
  const auto lacks_out = engines::CommandGenerator::create("play {brief}").status();
  CHECK(field_of(lacks_out) == "command");
  CHECK(text_of(lacks_out) ==
        "command: lacks {out}, which becomes the path for the audio to write");
  CHECK(text_of(engines::CommandGenerator::create("play {out}").status()).find("{brief}") !=
        std::string::npos);
  CHECK(field_of(engines::CommandGenerator::create("  ").status()) == "command");
}

TEST_CASE("a command reads all of the brief as JSON") {
  World world;
  const plan::Brief brief = brief_of();
  engines::HostSink sink(brief.frames, brief.sample_rate);
  // Braces that are not ours stay the shell's.
  const auto status =
      play("x=1; cp {brief} " + world.path("copy") + "; echo {brief}{out}{other}${x} > " +
               world.path("said") + "; exit 9",
           brief, sink);
  CHECK_FALSE(status.ok());
  const std::string said = world.text("said");
  CHECK(said.find("{other}1\n") != std::string::npos);
  CHECK(said.find("{brief}") == std::string::npos);

  rapidjson::Document json;
  json.Parse<rapidjson::kParseFullPrecisionFlag>(world.text("copy").c_str());
  REQUIRE(json.IsObject());
  CHECK(json["segment_index"].GetInt() == 1);
  CHECK(json["segment_count"].GetInt() == brief.segment_count);
  CHECK(std::string(json["goal"].GetString()) == "custom_prompt");
  CHECK(std::string(json["character"].GetString()) == name_of(brief.character));
  CHECK(std::string(json["intensity"].GetString()) == "medium");
  CHECK(json["phase"].IsNull());
  CHECK(std::string(json["section"].GetString()) == name_of(brief.section));
  CHECK(std::string(json["prompt"].GetString()) == brief.prompt);
  CHECK(json["divergence"].GetDouble() == 0.25);
  CHECK(json["session_seed"].GetUint64() == 0xFEDCBA9876543210ULL);
  CHECK(std::string(json["session_seed_text"].GetString()) == "18364758544493064720");
  CHECK(json["seed"].GetUint64() == brief.segment_seed());
  CHECK(std::string(json["seed_text"].GetString()) == std::to_string(brief.segment_seed()));
  CHECK(json["tempo_bpm"].GetDouble() == brief.tempo_bpm);
  CHECK(json["bar_seconds"].GetDouble() == brief.bar_seconds);
  CHECK(std::string(json["key"].GetString()) == plan::describe(brief.key));
  CHECK(json["start_seconds"].GetDouble() == brief.start_seconds);
  CHECK(json["session_seconds"].GetDouble() == 60.0);
  CHECK(json["frames"].GetInt64() == brief.frames);
  CHECK(json["sample_rate"].GetInt() == 16000);
  CHECK(json["overlap_in_frames"].GetInt64() == brief.overlap_in);
  CHECK(json["overlap_out_frames"].GetInt64() == brief.overlap_out);
  CHECK(json["target_lufs"].GetDouble() == brief.target_lufs);
  CHECK(json["melody_db"].GetDouble() == 0.0);
  CHECK(json["previous_path"].IsNull());
  CHECK(json["previous_frames"].GetInt64() == 0);
  CHECK(json["attempt"].GetInt() == 2);
  CHECK(json["out_path"].IsString());
  CHECK(world.is_tidy());
}

TEST_CASE("the end of the segment before is a WAV file that the command can read") {
  World world;
  plan::Brief brief = brief_of();
  auto tail = std::make_shared<audio::AudioBuffer>(2, 400, brief.sample_rate);
  tail->samples(0)[7] = 0.25F;
  brief.previous = tail;
  engines::HostSink sink(brief.frames, brief.sample_rate);
  const auto status =
      play(R"sh(p=$(sed -n 's/.*"previous_path": "\(.*\)",/\1/p' {brief}); cp "$p" )sh" +
               world.path("tail.wav") + "; : {out}; exit 1",
           brief, sink);
  CHECK_FALSE(status.ok());
  const auto copy = audio::read_audio_file(world.path("tail.wav"), CancelToken());
  REQUIRE(copy.ok());
  CHECK(copy->frames() == 400);
  CHECK(copy->sample_rate() == 16000);
  CHECK(copy->samples(0)[7] == 0.25F);
}

TEST_CASE("what a command leaves is taken at any rate, of one or two channels, at its length") {
  World world;
  const plan::Brief brief = brief_of();
  const struct {
    const char* name;
    int channels, rate;
  } files[] = {{"same.wav", 2, 16000},
               {"mono.flac", 1, 16000},
               {"high.wav", 1, 44100},
               {"low.wav", 2, 8000}};
  for (const auto& [name, channels, rate] : files) {
    INFO(name);
    const std::string tone =
        world.tone(name, channels, rate, brief.frames * rate / brief.sample_rate);
    engines::HostSink sink(brief.frames, brief.sample_rate);
    const auto status = play(": {brief}; cp " + tone + " {out}", brief, sink);
    INFO(status.message());
    REQUIRE(status.ok());
    CHECK(sink.is_full());
    // Past the filter's start it is the same tone at the same moment.
    const std::size_t at = 8000 + 20;  // a quarter of a period
    CHECK(sink.audio().samples(0)[at] == Approx(0.5F).margin(0.01));
    CHECK(sink.audio().samples(1)[at] == Approx(0.5F).margin(0.01));
  }
  CHECK(world.is_tidy());
}

TEST_CASE(
    "what is longer than the brief is cut, and what is shorter is refused with both lengths") {
  World world;
  const plan::Brief brief = brief_of();
  engines::HostSink sink(brief.frames, brief.sample_rate);
  CHECK(play(": {brief}; cp " + world.tone("long.wav", 1, 16000, brief.frames + 5000) + " {out}",
             brief, sink)
            .ok());
  CHECK(sink.is_full());
  const auto status =
      play(": {brief}; cp " + world.tone("short.wav", 1, 16000, brief.frames - 1) + " {out}");
  CHECK(text_of(status).find("left " + std::to_string(brief.frames - 1) + " of " +
                             std::to_string(brief.frames) + " frames at 16000 Hz") !=
        std::string::npos);
  CHECK(has_fault(status, Fault::engine));  // it may do better the next time
  const std::int64_t at_other_rate = brief.frames * 11025 / 16000;
  CHECK_FALSE(
      play(": {brief}; cp " + world.tone("other.wav", 1, 11025, at_other_rate - 1) + " {out}")
          .ok());
}

TEST_CASE("what a command leaves is counted, whatever the header tells") {
  World world;
  const plan::Brief brief = brief_of();
  const auto told = [&](const std::string& path, const std::string& bytes) {
    std::ifstream in(path, std::ios::binary);
    const std::string file{std::istreambuf_iterator<char>(in), {}};
    const std::size_t place = file.starts_with("fLaC") ? 22 : file.find("data") + 4;
    std::fstream(path, std::ios::in | std::ios::out | std::ios::binary)
            .seekp(static_cast<std::streamoff>(place))
        << bytes;
    engines::HostSink sink(brief.frames, brief.sample_rate);
    const absl::Status status = play(": {brief}; cp " + path + " {out}", brief, sink);
    return std::pair(status, sink.is_full());
  };
  const std::string none(4, '\0');
  const std::string all(4, '\xFF');
  // Whole files, whose headers tell no length: they came through a pipe.
  const auto flac = told(world.tone("a.flac", 2, 16000, brief.frames), none);
  CHECK(flac.first.ok());
  CHECK(flac.second);
  const auto wav = told(world.tone("a.wav", 2, 16000, brief.frames), none);
  INFO(wav.first.ToString());
  CHECK(wav.first.ok());
  CHECK(wav.second);
  // Files that are too short, whose headers claim enough.
  const auto short_wav = told(world.tone("b.wav", 2, 16000, brief.frames - 9), all).first;
  CHECK(has_fault(short_wav, Fault::engine));
  CHECK(text_of(short_wav).find("left " + std::to_string(brief.frames - 9) + " of " +
                                std::to_string(brief.frames)) != std::string::npos);
  const auto short_flac = told(world.tone("b.flac", 2, 16000, brief.frames - 9), all).first;
  CHECK(has_fault(short_flac, Fault::engine));
  CHECK(text_of(short_flac).find("breaks off after " + std::to_string(brief.frames - 9)) !=
        std::string::npos);
  CHECK(world.is_tidy());
}

TEST_CASE("a file that is missing, is no audio or has too many channels is said to be that") {
  World world;
  CHECK(text_of(play(": {brief} {out}")).find("left no audio") != std::string::npos);
  CHECK(text_of(play("cp {brief} {out}")).find("not an audio file") != std::string::npos);
  const auto surround = play(": {brief}; cp " + world.tone("three.wav", 3, 8000, 8) + " {out}");
  CHECK(text_of(surround) == "the command left 3 channels; mix them to 1 or 2");
  CHECK(has_fault(surround, Fault::argument));  // no use to try again
  CHECK(text_of(play(": {brief}; mkfifo {out}")).find("no file") != std::string::npos);
  CHECK(text_of(play(": {brief}; mkdir {out}")).find("no file") != std::string::npos);
  CHECK(world.is_tidy());
}

TEST_CASE("a command that fails explains itself by the last line of its error") {
  CHECK(text_of(play(": {brief} {out}; echo loading >&2; echo 'no model here' >&2; exit 4")) ==
        "the command ended with status 4: no model here");
  CHECK(text_of(play("sh -c 'kill -SEGV $$' {brief} {out}"))
            .starts_with("the command ended with signal 11 (SIGSEGV)"));
  CHECK(is_not_found(play("no-such-program-anywhere {brief} {out}")));
  CHECK(has_fault(play("/dev/null {brief} {out}"), Fault::argument));
  CHECK(has_fault(play(": {brief} {out}; exit 1"), Fault::engine));
}

TEST_CASE("a command reports its progress by lines, and says other things as it likes") {
  World world;
  const plan::Brief brief = brief_of();
  engines::HostSink sink(brief.frames, brief.sample_rate);
  CHECK_FALSE(play(": {brief} {out}; echo progress 0.4; echo progress soon; echo progress 7; "
                   "echo progress nan; echo hello; echo progress 0.3; exit 1",
                   brief, sink)
                  .ok());
  CHECK(sink.progress() == 0.4);
}

TEST_CASE("a command that is wanted no more ends soon, and leaves nothing behind") {
  World world;
  const plan::Brief brief = brief_of();
  engines::HostSink sink(brief.frames, brief.sample_rate);
  std::thread canceller([&] {
    for (int i = 0; i < 2000 && !fs::exists(world.path("begun")); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    sink.stop();
  });
  const auto status =
      play(": {brief} > {out}; touch " + world.path("begun") + "; sleep 1000", brief, sink);
  canceller.join();
  CHECK(is_cancelled(status));
  CHECK(world.is_tidy());
}
