// SPDX-License-Identifier: MIT
#include "broadcast/fragmented_mp4.h"

#include <initializer_list>

#include "base/byte_order.h"

namespace focus::core::broadcast {
namespace {

constexpr int kTrack = 1;

std::string number(std::uint64_t value, int bytes) {
  std::string text;
  append_big_endian(text, value, bytes);
  return text;
}
std::string u16(std::uint64_t value) { return number(value, 2); }
std::string u32(std::uint64_t value) { return number(value, 4); }
std::string u64(std::uint64_t value) { return number(value, 8); }
std::string zeros(std::size_t count) { return std::string(count, '\0'); }

std::string box(std::string_view type, std::initializer_list<std::string> contents) {
  std::string body;
  for (const std::string& part : contents) body += part;
  std::string text = u32(body.size() + 8);
  text += type;
  return text + body;
}

/// A box with a version and flags.
std::string full_box(std::string_view type, int version, std::uint32_t flags,
                     std::initializer_list<std::string> contents) {
  std::string body = number(static_cast<std::uint64_t>(version), 1) + number(flags, 3);
  for (const std::string& part : contents) body += part;
  return box(type, {body});
}

std::string unity_matrix() {
  return u32(0x10000) + zeros(12) + u32(0x10000) + zeros(12) + u32(0x40000000);
}

/// A sample entry with the stream's STREAMINFO, which comes first in a FLAC header.
std::string flac_entry(std::string_view flac_header, int rate) {
  constexpr std::size_t kBehindMark = 8;  // "fLaC", and the header of the block
  constexpr std::size_t kStreamInfo = 34;
  const std::string info(flac_header.substr(kBehindMark, kStreamInfo));
  constexpr std::uint64_t kLastBlock = 0x80;
  const std::string blocks =
      full_box("dfLa", 0, 0, {number(kLastBlock, 1), number(kStreamInfo, 3), info});
  return box("fLaC", {zeros(6), u16(1), zeros(8), u16(audio::kChannels), u16(16), zeros(4),
                      u32(static_cast<std::uint64_t>(rate) << 16), blocks});
}

std::string sample_table(std::string_view flac_header, int rate) {
  return box("stbl", {full_box("stsd", 0, 0, {u32(1), flac_entry(flac_header, rate)}),
                      full_box("stts", 0, 0, {u32(0)}), full_box("stsc", 0, 0, {u32(0)}),
                      full_box("stsz", 0, 0, {u32(0), u32(0)}), full_box("stco", 0, 0, {u32(0)})});
}

std::string track(std::string_view flac_header, int rate) {
  constexpr std::uint64_t kUndetermined = 0x55C4;  // the language, "und"
  constexpr std::uint32_t kEnabledInMovie = 3;
  constexpr std::uint32_t kInThisFile = 1;
  const std::string header = full_box(
      "tkhd", 0, kEnabledInMovie,
      {zeros(8), u32(kTrack), zeros(8), zeros(12), u16(0x100), u16(0), unity_matrix(), zeros(8)});
  const std::string handler =
      full_box("hdlr", 0, 0, {zeros(4), "soun", zeros(12), "Focus Session", zeros(1)});
  const std::string data =
      box("dinf", {full_box("dref", 0, 0, {u32(1), full_box("url ", 0, kInThisFile, {})})});
  const std::string media = box(
      "mdia",
      {full_box("mdhd", 0, 0,
                {zeros(8), u32(static_cast<std::uint64_t>(rate)), zeros(4), u16(kUndetermined),
                 zeros(2)}),
       handler,
       box("minf", {full_box("smhd", 0, 0, {zeros(4)}), data, sample_table(flac_header, rate)})});
  return box("trak", {header, media});
}

}  // namespace

std::string mp4_header_of_flac(std::string_view flac_header, int rate) {
  const std::string movie_header =
      full_box("mvhd", 0, 0,
               {zeros(8), u32(static_cast<std::uint64_t>(rate)), zeros(4), u32(0x10000), u16(0x100),
                zeros(10), unity_matrix(), zeros(24), u32(kTrack + 1)});
  const std::string extends =
      box("mvex", {full_box("trex", 0, 0, {u32(kTrack), u32(1), zeros(12)})});
  return box("ftyp", {"iso6", u32(0), "iso6", "mp41"}) +
         box("moov", {movie_header, track(flac_header, rate), extends});
}

std::string mp4_fragment(std::int64_t number, const Broadcast::Pieces& pieces) {
  constexpr std::uint32_t kFromFragment = 0x20000;  // offsets count from the fragment's beginning
  constexpr std::uint32_t kOffsetDurationsSizes = 0x1 | 0x100 | 0x200;
  std::string samples;
  std::string data;
  for (const auto& piece : pieces) {
    samples += u32(static_cast<std::uint64_t>(piece->frames)) + u32(piece->bytes.size());
    data += piece->bytes;
  }
  const auto fragment = [&](std::size_t offset) {
    const auto begin = static_cast<std::uint64_t>(pieces.front()->first);
    const std::string run =
        full_box("trun", 0, kOffsetDurationsSizes, {u32(pieces.size()), u32(offset), samples});
    return box("moof", {full_box("mfhd", 0, 0, {u32(static_cast<std::uint64_t>(number) + 1)}),
                        box("traf", {full_box("tfhd", 0, kFromFragment, {u32(kTrack)}),
                                     full_box("tfdt", 1, 0, {u64(begin)}), run})});
  };
  const std::size_t offset = fragment(0).size() + 8;  // behind the data's own header
  return fragment(offset) + box("mdat", {data});
}

}  // namespace focus::core::broadcast
