// SPDX-License-Identifier: MIT
#include "audio/id3_tag.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/byte_order.h"

namespace focus::core::audio {
namespace {

constexpr char kUtf8 = 3;
/// No offset in bytes is told: the time counts.
constexpr std::uint32_t kNoOffset = 0xFFFFFFFF;
/// An element list has a byte for its length (ID3v2 Chapter Frame Addendum).
constexpr std::size_t kMostListed = 255;

/// Fields that have a frame of their own; the others are user-defined texts.
constexpr std::pair<std::string_view, std::string_view> kFrames[] = {
    {"TITLE", "TIT2"},   {"ARTIST", "TPE1"},     {"ALBUM", "TALB"},     {"GENRE", "TCON"},
    {"ENCODER", "TSSE"}, {"INITIALKEY", "TKEY"}, {"COPYRIGHT", "TCOP"},
};

/// Seven bits a byte, so that no size looks like the beginning of an MPEG frame.
void put_size(std::string& to, std::size_t size) {
  for (int shift = 21; shift >= 0; shift -= 7) to.push_back(static_cast<char>(size >> shift & 127));
}

void put_frame(std::string& to, std::string_view id, std::string_view body) {
  to.append(id);
  put_size(to, body.size());
  to.append(2, '\0');  // no flags
  to.append(body);
}

std::string text_body(std::string_view text) {
  std::string body(1, kUtf8);
  body.append(text);
  return body;
}

void put_user_text(std::string& to, std::string_view name, std::string_view value) {
  std::string body = text_body(name);
  body.push_back('\0');
  body.append(value);
  put_frame(to, "TXXX", body);
}

void put_field(std::string& to, const FileTags::Field& field, const FileTags& tags) {
  if (field.name == "TRACKTOTAL") return;  // with the number
  if (field.name == "TRACKNUMBER") {
    const std::string_view total = tags.value_of("TRACKTOTAL");
    const std::string of = total.empty() ? "" : absl::StrCat("/", std::string(total));
    return put_frame(to, "TRCK", text_body(absl::StrCat(field.value, of)));
  }
  if (field.name == "BPM") {  // a whole number in ID3
    const long bpm = std::lround(std::strtod(field.value.c_str(), nullptr));
    return put_frame(to, "TBPM", text_body(absl::StrCat(bpm)));
  }
  if (field.name == "COMMENT") {
    std::string body(1, kUtf8);
    body.append("eng").push_back('\0');
    return put_frame(to, "COMM", body.append(field.value));
  }
  const auto* frame = std::find_if(std::begin(kFrames), std::end(kFrames),
                                   [&](const auto& known) { return known.first == field.name; });
  if (frame != std::end(kFrames)) return put_frame(to, frame->second, text_body(field.value));
  put_user_text(to, field.name, field.value);
}

std::string element_of(std::size_t chapter) {
  std::string id = absl::StrCat("chp", chapter);
  id.push_back('\0');
  return id;
}

void put_chapters(std::string& to, const FileTags& tags) {
  const auto ms = [&](std::int64_t frame) {
    return static_cast<std::uint32_t>((frame * 1000 + tags.sample_rate / 2) / tags.sample_rate);
  };
  const std::size_t count = tags.chapters.size();
  if (count == 0 || tags.sample_rate <= 0) return;
  if (count <= kMostListed) {
    std::string contents = "toc";
    contents.push_back('\0');
    contents.push_back(3);  // the top level, in order
    contents.push_back(static_cast<char>(count));
    for (std::size_t k = 0; k < count; ++k) contents += element_of(k);
    put_frame(to, "CTOC", contents);
  }
  for (std::size_t k = 0; k < count; ++k) {
    const FileTags::Chapter& chapter = tags.chapters[k];
    const std::int64_t end = k + 1 < count ? tags.chapters[k + 1].start_frame
                                           : std::max(tags.frames, chapter.start_frame);
    std::string body = element_of(k);
    append_big_endian(body, ms(chapter.start_frame), 4);
    append_big_endian(body, ms(end), 4);
    append_big_endian(body, kNoOffset, 4);
    append_big_endian(body, kNoOffset, 4);
    put_frame(body, "TIT2", text_body(chapter.title));
    put_frame(to, "CHAP", body);
  }
}

}  // namespace

std::string id3_tag(const FileTags& tags) {
  std::string frames;
  for (const FileTags::Field& field : tags.fields) put_field(frames, field, tags);
  if (tags.loudness) {
    put_user_text(frames, "REPLAYGAIN_TRACK_GAIN", replay_gain(*tags.loudness));
    put_user_text(frames, "REPLAYGAIN_TRACK_PEAK", replay_peak(*tags.loudness));
  }
  put_chapters(frames, tags);
  std::string tag = "ID3";
  tag.append({4, 0, 0});  // version 2.4.0, no flags
  put_size(tag, frames.size());
  return tag + frames;
}

}  // namespace focus::core::audio
