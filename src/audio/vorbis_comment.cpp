// SPDX-License-Identifier: MIT
#include "audio/vorbis_comment.h"

#include <absl/strings/str_cat.h>

#include "base/byte_order.h"

namespace focus::core::audio {
namespace {

void put_text(std::string& to, std::string_view text) {
  append_little_endian(to, text.size(), 4);
  to.append(text);
}

/// The list of fields, with their number in front.
class FieldList {
 public:
  void add(std::string_view name, std::string_view value) {
    put_text(fields_, absl::StrCat(std::string(name), "=", std::string(value)));
    ++count_;
  }
  void append_to(std::string& to) const {
    append_little_endian(to, count_, 4);
    to.append(fields_);
  }

 private:
  std::string fields_;
  std::size_t count_ = 0;
};

}  // namespace

std::string chapter_time(std::int64_t frame, int sample_rate) {
  const std::int64_t ms = sample_rate > 0 ? (frame * 1000 + sample_rate / 2) / sample_rate : 0;
  return absl::StrCat(
      absl::Dec(ms / 3'600'000, absl::kZeroPad2), ":", absl::Dec(ms / 60'000 % 60, absl::kZeroPad2),
      ":", absl::Dec(ms / 1000 % 60, absl::kZeroPad2), ".", absl::Dec(ms % 1000, absl::kZeroPad3));
}

std::string vorbis_comment(std::string_view vendor, const FileTags& tags, GainFields gain_fields) {
  FieldList list;
  for (const FileTags::Field& field : tags.fields) list.add(field.name, field.value);
  if (tags.loudness && gain_fields == GainFields::replay_gain) {
    list.add("REPLAYGAIN_TRACK_GAIN", replay_gain(*tags.loudness));
    list.add("REPLAYGAIN_TRACK_PEAK", replay_peak(*tags.loudness));
  } else if (tags.loudness) {
    list.add("R128_TRACK_GAIN", r128_gain(*tags.loudness));
  }
  int number = 0;
  for (const FileTags::Chapter& chapter : tags.chapters) {
    const std::string name = absl::StrCat("CHAPTER", absl::Dec(++number, absl::kZeroPad3));
    list.add(name, chapter_time(chapter.start_frame, tags.sample_rate));
    list.add(absl::StrCat(name, "NAME"), chapter.title);
  }
  std::string body;
  put_text(body, vendor);
  list.append_to(body);
  return body;
}

std::string_view vendor_of(std::string_view body) {
  if (body.size() < 4) return {};
  const std::size_t size = little_endian(reinterpret_cast<const unsigned char*>(body.data()), 4);
  return size <= body.size() - 4 ? body.substr(4, size) : std::string_view();
}

}  // namespace focus::core::audio
