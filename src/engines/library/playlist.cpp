// SPDX-License-Identifier: MIT
#include "engines/library/playlist.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include <absl/strings/ascii.h>
#include <absl/strings/match.h>
#include <absl/strings/str_cat.h>
#include <absl/strings/str_split.h>

#include "base/error.h"
#include "base/text.h"

namespace focus::core::engines {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLongestPlaylist = std::uintmax_t{16} << 20;

bool is_there(const fs::path& path) {
  std::error_code failed;
  return fs::exists(path, failed);
}

/// Latin-1, which m3u has where it is not UTF-8.
std::string from_latin1(std::string_view text) {
  std::string utf8;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      utf8 += c;
    } else {
      utf8 += static_cast<char>(0xC0 | (byte >> 6));
      utf8 += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
  return utf8;
}

/// The file that an entry means: what is written, or the same in another spelling.
fs::path file_of(const fs::path& folder, std::string entry) {
  if (absl::StartsWith(entry, "file://")) entry.erase(0, 7);
  const fs::path written = folder / entry;
  if (is_there(written)) return written;
  if (!is_utf8(entry)) {
    const fs::path converted = folder / from_latin1(entry);
    if (is_there(converted)) return converted;
  }
  std::replace(entry.begin(), entry.end(), '\\', '/');
  const fs::path slashed = folder / entry;
  return is_there(slashed) ? slashed : written;
}

bool is_address(const std::string& entry) {
  const std::size_t colon = entry.find("://");
  return colon != std::string::npos && colon > 1 && !absl::StartsWith(entry, "file://");
}

}  // namespace

bool is_playlist(const std::string& path) {
  const std::string end = absl::AsciiStrToLower(fs::path(path).extension().string());
  return end == ".m3u" || end == ".m3u8";
}

absl::StatusOr<Playlist> read_playlist(const std::string& path) {
  std::error_code failed;
  if (!fs::is_regular_file(path, failed)) return path_error(Fault::bad_data, path, "is no file");
  std::ifstream file(path, std::ios::binary);
  std::string text;
  char block[4096];
  while (file.read(block, sizeof(block)) || file.gcount() > 0) {
    text.append(block, static_cast<std::size_t>(file.gcount()));
    if (text.size() > kLongestPlaylist) return damaged(path, "is longer than any playlist");
  }
  if (!file.eof()) return io_error(path, "can not be read");
  if (text.find('\0') != std::string::npos) return damaged(path, "is no playlist, but binary");
  if (absl::StartsWith(text, "\xEF\xBB\xBF")) text.erase(0, 3);
  Playlist list;
  const fs::path folder = fs::path(path).parent_path();
  for (absl::string_view line : absl::StrSplit(text, absl::ByAnyChar("\r\n"))) {
    line = absl::StripAsciiWhitespace(line);
    if (line.empty() || line.front() == '#') continue;
    const std::string entry(line);
    if (is_address(entry)) {
      list.skipped.push_back({entry, "is an address; only files are played"});
    } else {
      list.paths.push_back(file_of(folder, entry).lexically_normal().string());
    }
  }
  return list;
}

}  // namespace focus::core::engines
