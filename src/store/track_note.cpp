// SPDX-License-Identifier: MIT
#include "store/track_note.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <string_view>

#include <absl/strings/numbers.h>
#include <absl/strings/str_cat.h>
#include <absl/strings/str_split.h>

#include "base/atomic_file.h"
#include "base/error.h"
#include "base/ids.h"

namespace focus::core::store {
namespace {

constexpr std::string_view kFirstLine = "focus-session track 1";
constexpr std::size_t kLongestNote = 65536;

struct CloseNote {
  void operator()(std::FILE* stream) const { std::fclose(stream); }
};

std::string escaped(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F || c == '%') {
      absl::StrAppend(&line, "%", absl::Hex(byte, absl::kZeroPad2));
    } else {
      line += c;
    }
  }
  return line;
}

std::string unescaped(std::string_view line) {
  std::string text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    unsigned byte = 0;
    if (line[i] == '%' && absl::SimpleHexAtoi(std::string(line.substr(i + 1, 2)), &byte)) {
      text += static_cast<char>(byte);
      i += 2;
    } else {
      text += line[i];
    }
  }
  return text;
}

template <typename Number>
void read_number(const std::string& text, Number& number) {
  if (!absl::SimpleAtoi(text, &number)) number = 0;
}

void read_line(std::string_view name, const std::string& value, TrackRecord& track) {
  if (name == "id") track.id = value;
  if (name == "title") track.title = value;
  if (name == "engine") track.engine = value;
  if (name == "session_id") track.session_id = value;
  if (name == "segment_index") read_number(value, track.segment_index);
  if (name == "organization") track.organization = value;
  if (name == "caller") track.caller = value;
  if (name == "licence_class") track.licence_class = value;
  if (name == "instrumental") track.instrumental = value == "1";
  if (name == "frames") read_number(value, track.frames);
  if (name == "sample_rate") read_number(value, track.sample_rate);
  if (name == "bytes") read_number(value, track.bytes);
  if (name == "created_at") read_number(value, track.created_at);
}

}  // namespace

std::string track_note(const TrackRecord& track) {
  std::string note(kFirstLine);
  const auto add = [&note](std::string_view name, const std::string& value) {
    absl::StrAppend(&note, "\n", std::string(name), "=", escaped(value));
  };
  add("id", track.id);
  add("title", track.title);
  add("engine", track.engine);
  add("session_id", track.session_id);
  add("segment_index", absl::StrCat(track.segment_index));
  add("organization", track.organization);
  add("caller", track.caller);
  add("licence_class", track.licence_class);
  add("instrumental", track.instrumental ? "1" : "0");
  add("frames", absl::StrCat(track.frames));
  add("sample_rate", absl::StrCat(track.sample_rate));
  add("format", std::string(name_of(track.format)));
  add("bytes", absl::StrCat(track.bytes));
  add("created_at", absl::StrCat(track.created_at));
  return note + "\n";
}

absl::StatusOr<TrackRecord> read_track_note(const std::string& note) {
  const std::vector<std::string> lines = absl::StrSplit(note, '\n');
  if (lines.front() != kFirstLine) return fault_error(Fault::bad_data, "no note of a track");
  TrackRecord track;
  std::optional<audio::AudioFormat> format;
  for (const std::string& line : lines) {
    const std::size_t equals = line.find('=');
    if (equals == line.npos) continue;
    const std::string name = line.substr(0, equals);
    const std::string value = unescaped(std::string_view(line).substr(equals + 1));
    if (name == "format") format = audio::format_named(value);
    read_line(name, value, track);
  }
  if (!format || !is_track_id(track.id) || track.frames <= 0 || track.sample_rate <= 0) {
    return fault_error(Fault::bad_data, "a note of a track that can not be");
  }
  track.format = *format;
  return track;
}

absl::Status write_track_note(const DataFolder& folder, const TrackRecord& track) {
  FOCUS_RETURN_IF_ERROR(folder.make_folder(folder.path_in("notes")));
  return write_private_file(folder.path_in(DataFolder::note_file(track.id)), track_note(track),
                            folder.durability(), folder.disk());
}

absl::StatusOr<TrackRecord> load_track_note(const DataFolder& folder, const std::string& track_id) {
  const std::string path = folder.path_in(DataFolder::note_file(track_id));
  const std::unique_ptr<std::FILE, CloseNote> stream(std::fopen(path.c_str(), "rb"));
  if (!stream) return file_error(path, "cannot be read", errno);
  std::string note(kLongestNote, '\0');
  note.resize(std::fread(note.data(), 1, note.size(), stream.get()));
  auto track = read_track_note(note);
  if (!track.ok()) return with_path(track.status(), path);
  if (track->id != track_id) return damaged(path, "is the note of another track");
  return track;
}

}  // namespace focus::core::store
