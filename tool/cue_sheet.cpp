// SPDX-License-Identifier: MIT
#include "cue_sheet.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "failure.h"
#include "text.h"

namespace cli {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kFramesPerSecond = 75;  // of a compact disc

std::string two_digits(std::int64_t number) {
  const std::string text = std::to_string(number);
  return text.size() < 2 ? "0" + text : text;
}

/// "62:03:41": minutes, seconds and frames.
std::string cue_time(double seconds) {
  const auto frames = static_cast<std::int64_t>(std::llround(seconds * kFramesPerSecond));
  return two_digits(frames / (60 * kFramesPerSecond)) + ":" +
         two_digits(frames / kFramesPerSecond % 60) + ":" + two_digits(frames % kFramesPerSecond);
}

/// In quotation marks, which a cue sheet has no way to escape.
std::string quoted(std::string text) {
  std::replace(text.begin(), text.end(), '"', '\'');
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return "\"" + text + "\"";
}

}  // namespace

void check_cue_sheet(const std::string& path, const Output& output, std::size_t chapter_count) {
  if (path.empty()) return;
  if (output.is_stream) {
    throw Failure(kExitUsage, "--cue: needs OUT to be a file, which the sheet can name");
  }
  std::error_code ignored;
  if (path == output.path || fs::equivalent(path, output.path, ignored)) {
    throw Failure(kExitUsage, "--cue: would replace OUT; choose another name, such as " +
                                  fs::path(output.path).replace_extension(".cue").string());
  }
  if (chapter_count > kMostCueTracks) {
    throw Failure(kExitUsage, "--cue: a cue sheet has at most 99 tracks, and this would have " +
                                  std::to_string(chapter_count) +
                                  "; leave it out: the file itself has all chapters");
  }
}

void write_cue_sheet(const std::string& path, const Output& output, const std::string& title,
                     const std::vector<focus::Chapter>& chapters) {
  std::error_code ignored;
  const fs::path folder = fs::absolute(path, ignored).parent_path();
  const fs::path audio = fs::absolute(output.path, ignored).lexically_proximate(folder);
  std::string ending = audio.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  std::string text = "PERFORMER \"Focus Session\"\nTITLE " + quoted(title) + "\nFILE " +
                     quoted(audio.generic_string()) + (ending == ".mp3" ? " MP3\n" : " WAVE\n");
  std::int64_t number = 0;
  for (const focus::Chapter& chapter : chapters) {
    text += "  TRACK " + two_digits(++number) + " AUDIO\n    TITLE " + quoted(chapter.title) +
            "\n    INDEX 01 " + cue_time(chapter.start_seconds) + "\n";
  }
  std::ofstream file(path, std::ios::binary);
  file << text << std::flush;
  if (file) return;
  throw Failure(kExitFailed, "--cue: " + path + " can not be written; choose another name. " +
                                 output.path + " is complete");
}

}  // namespace cli
