// SPDX-License-Identifier: MIT
#include "broadcast/hls.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <absl/strings/str_cat.h>

#include "base/byte_order.h"
#include "broadcast/fragmented_mp4.h"

namespace focus::core::broadcast {
namespace {

constexpr std::int64_t kListed = 12;      // parts
constexpr std::int64_t kToBeginWith = 3;  // as RFC 8216, 6.3.3, has players begin

std::int64_t frames_of_part(const Broadcast& broadcast) {
  return part_frames(broadcast.format(), broadcast.rate());
}

/// The numbers of the parts that are complete and kept: [first, end).
struct Numbers {
  std::int64_t first = 0;
  std::int64_t end = 0;
};

Numbers complete_parts(const Broadcast& broadcast) {
  const std::int64_t frames = frames_of_part(broadcast);
  // In this order: what is complete then is the whole of it.
  const bool is_complete = broadcast.state() == Broadcast::State::complete;
  const Broadcast::Span kept = broadcast.kept();
  const std::int64_t rest = is_complete ? frames - 1 : 0;  // the last part is shorter
  return {(kept.first + frames - 1) / frames, (kept.end + rest) / frames};
}

Broadcast::Span span_of_part(const Broadcast& broadcast, std::int64_t number) {
  const std::int64_t frames = frames_of_part(broadcast);
  return {number * frames, (number + 1) * frames};
}

/// In seconds, to the microsecond: "3.000000".
std::string duration_of_part(const Broadcast& broadcast, std::int64_t number) {
  constexpr std::int64_t kMicro = 1'000'000;
  const Broadcast::Span span = span_of_part(broadcast, number);
  const std::int64_t end = std::min(span.end, broadcast.kept().end);
  const std::int64_t micros = (end - span.first) * kMicro / broadcast.rate();
  return absl::StrCat(micros / kMicro, ".", absl::Dec(micros % kMicro, absl::kZeroPad6));
}

/// An ID3v2.4 tag that tells the time of the part, on MPEG's clock of 90 kHz (RFC 8216, 3.4).
std::string timestamp_tag(std::int64_t frame, int rate) {
  constexpr std::string_view kOwner = "com.apple.streaming.transportStreamTimestamp";
  constexpr std::uint64_t kWrap = std::uint64_t{1} << 33;
  const auto time = static_cast<std::uint64_t>(frame * 90'000 / rate) % kWrap;
  std::string body(kOwner);
  body += '\0';
  append_big_endian(body, time, 8);
  std::string frame_of_tag = "PRIV";
  // Sizes in a tag have seven bits a byte; these fit into one.
  append_big_endian(frame_of_tag, body.size(), 4);
  append_big_endian(frame_of_tag, 0, 2);  // no flags
  std::string tag("ID3\4\0\0", 6);
  append_big_endian(tag, frame_of_tag.size() + body.size(), 4);
  return tag + frame_of_tag + body;
}

}  // namespace

bool hls_can_begin(const Broadcast& broadcast) {
  if (broadcast.is_over()) return true;
  const Numbers numbers = complete_parts(broadcast);
  return numbers.end - numbers.first >= kToBeginWith;
}

std::string hls_playlist(const Broadcast& broadcast, const PartUrls& urls) {
  const bool is_over = broadcast.is_over();
  const Numbers numbers = complete_parts(broadcast);
  const std::int64_t first = std::max(numbers.first, numbers.end - kListed);
  const double longest = static_cast<double>(frames_of_part(broadcast)) / broadcast.rate();
  std::string text = "#EXTM3U\n";
  absl::StrAppend(&text, "#EXT-X-VERSION:", urls.map.empty() ? 3 : 7, "\n",
                  "#EXT-X-TARGETDURATION:", std::lround(longest), "\n",
                  "#EXT-X-MEDIA-SEQUENCE:", first, "\n");
  if (!urls.map.empty()) absl::StrAppend(&text, "#EXT-X-MAP:URI=\"", urls.map, "\"\n");
  for (std::int64_t number = first; number < numbers.end; ++number) {
    absl::StrAppend(&text, "#EXTINF:", duration_of_part(broadcast, number), ",\n",
                    urls.part(number), "\n");
  }
  if (is_over) text += "#EXT-X-ENDLIST\n";
  return text;
}

std::optional<std::string> hls_part(const Broadcast& broadcast, std::int64_t number) {
  const Numbers numbers = complete_parts(broadcast);
  if (number < numbers.first || number >= numbers.end) return std::nullopt;
  const Broadcast::Span span = span_of_part(broadcast, number);
  const Broadcast::Pieces pieces = broadcast.pieces_of(span);
  if (pieces.empty() || pieces.front()->first != span.first) return std::nullopt;
  if (broadcast.format() == StreamFormat::flac) return mp4_fragment(number, pieces);
  std::string bytes = timestamp_tag(span.first, broadcast.rate());
  for (const auto& piece : pieces) bytes += piece->bytes;
  return bytes;
}

std::string hls_map(const Broadcast& broadcast) {
  return mp4_header_of_flac(broadcast.header(), broadcast.rate());
}

}  // namespace focus::core::broadcast
