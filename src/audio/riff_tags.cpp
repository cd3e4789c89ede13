// SPDX-License-Identifier: MIT
#include "audio/riff_tags.h"

#include <cstdint>
#include <string_view>
#include <utility>

#include "audio/encoder_output.h"
#include "audio/id3_tag.h"
#include "base/byte_order.h"

namespace focus::core::audio {
namespace {

constexpr std::pair<std::string_view, std::string_view> kInfo[] = {
    {"TITLE", "INAM"}, {"ARTIST", "IART"},  {"ALBUM", "IPRD"},     {"TRACKNUMBER", "ITRK"},
    {"GENRE", "IGNR"}, {"COMMENT", "ICMT"}, {"COPYRIGHT", "ICOP"}, {"ENCODER", "ISFT"},
};
constexpr std::int64_t kMostRiffBytes = 0xFFFFFFFF;
constexpr std::int64_t kRf64SizeAt = 20;  // "RF64", size, "WAVE", "ds64", size

/// A chunk has an even length in the file, whatever it says.
std::string riff_chunk(std::string_view id, std::string_view body) {
  std::string whole(id);
  append_little_endian(whole, body.size(), 4);
  whole.append(body);
  if (body.size() % 2 != 0) whole.push_back('\0');
  return whole;
}

std::string ended_text(std::string_view value) {
  std::string ended(value);
  ended.push_back('\0');
  return ended;
}

std::string cue_chunks(const FileTags& tags) {
  if (tags.chapters.empty()) return {};
  std::string points, labels = "adtl";
  append_little_endian(points, tags.chapters.size(), 4);
  std::uint32_t number = 0;
  for (const FileTags::Chapter& chapter : tags.chapters) {
    ++number;
    if (chapter.start_frame > kMostRiffBytes) return {};
    const auto frame = static_cast<std::uint64_t>(chapter.start_frame);
    append_little_endian(points, number, 4);
    append_little_endian(points, frame, 4);
    points.append("data");
    append_little_endian(points, 0, 8);  // in no list of chunks
    append_little_endian(points, frame, 4);
    std::string label;
    append_little_endian(label, number, 4);
    labels.append(riff_chunk("labl", label + ended_text(chapter.title)));
  }
  return riff_chunk("cue ", points) + riff_chunk("LIST", labels);
}

}  // namespace

std::string info_chunk(const FileTags& tags) {
  std::string list = "INFO";
  for (const auto& [name, id] : kInfo) {
    const std::string_view value = tags.value_of(name);
    if (!value.empty()) list.append(riff_chunk(id, ended_text(value)));
  }
  return list.size() > 4 ? riff_chunk("LIST", list) : std::string();
}

void append_riff_tags(EncoderOutput& file, const FileTags& tags) {
  // The cue points are the chapters; a reader of both would find each twice.
  FileTags without_chapters = tags;
  without_chapters.chapters.clear();
  const std::int64_t end = file.length();
  std::string added(static_cast<std::size_t>(end % 2), '\0');
  added.append(info_chunk(tags))
      .append(cue_chunks(tags))
      .append(riff_chunk("id3 ", id3_tag(without_chapters)));
  const std::int64_t riff = end + static_cast<std::int64_t>(added.size()) - 8;
  char head[4] = {};
  if (!file.get(0, head, 4)) return;
  const bool is_rf64 = std::string_view(head, 4) == "RF64";
  if (!is_rf64 && riff > kMostRiffBytes) return;
  std::string size;
  append_little_endian(size, static_cast<std::uint64_t>(riff), is_rf64 ? 8 : 4);
  if (file.put(end, added)) file.put(is_rf64 ? kRf64SizeAt : 4, size);
}

}  // namespace focus::core::audio
