// SPDX-License-Identifier: MIT
#include "audio/mpeg_map.h"

#include <algorithm>

#include "audio/tags.h"
#include "base/byte_order.h"

namespace focus::core::audio {
namespace {

constexpr int kBitRates[5][16] = {
    {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448, 0},  // 1, layer 1
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 0},     // 1, layer 2
    {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0},      // 1, layer 3
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256, 0},     // 2, layer 1
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0},          // 2, layers 2 and 3
};
constexpr int kSampleRates[3] = {44100, 48000, 32000};
constexpr std::int64_t kDecoderDelay = 529;  // samples by which a layer-3 decoder is late
constexpr std::int64_t kId3v1 = 128;
constexpr std::int64_t kApeTag = 32;  // its header, or its footer; what lies between is searched
constexpr std::int64_t kMostBefore = 256 * 1024;  // bytes of something else before the first frame

/// What the first frame of an encoder's output says in place of audio.
struct Index {
  std::int64_t frames = 0;  ///< 0: it does not say
  std::int64_t delay = 0;
  std::int64_t padding = 0;
  bool has_delay = false;
};

std::optional<Index> read_xing(ByteScanner& scanner, std::int64_t at, std::int64_t end) {
  if (!scanner.starts_with(at, "Xing") && !scanner.starts_with(at, "Info")) return std::nullopt;
  Index index;
  const auto* bytes = scanner.at(at, std::min<std::int64_t>(end - at, 160));
  if (bytes == nullptr || end - at < 12) return index;
  const std::uint64_t flags = big_endian(bytes + 4, 4);
  std::int64_t next = 8;
  if ((flags & 1) != 0) {
    index.frames = static_cast<std::int64_t>(big_endian(bytes + next, 4));
    next += 4;
  }
  if ((flags & 2) != 0) next += 4;
  if ((flags & 4) != 0) next += 100;
  if ((flags & 8) != 0) next += 4;
  constexpr std::int64_t kDelayPlace = 21;  // behind the name and the settings of the encoder
  if (end - at < next + kDelayPlace + 3 || bytes[next] < 'A' || bytes[next] > 'z') return index;
  const std::uint64_t both = big_endian(bytes + next + kDelayPlace, 3);
  index.delay = static_cast<std::int64_t>(both >> 12);
  index.padding = static_cast<std::int64_t>(both & 0xFFF);
  index.has_delay = true;
  return index;
}

std::optional<Index> read_index(ByteScanner& scanner, std::int64_t at, const MpegHeader& header) {
  if (header.layer != 3) return std::nullopt;
  const bool mono = header.channel_count == 1;
  const std::int64_t side_info = header.version == 1 ? (mono ? 17 : 32) : (mono ? 9 : 17);
  const std::int64_t end = at + header.bytes;
  for (const std::int64_t checksum : {0, 2}) {
    if (auto index = read_xing(scanner, at + 4 + side_info + checksum, end)) return index;
  }
  constexpr std::int64_t kVbri = 36;
  if (!scanner.starts_with(at + kVbri, "VBRI")) return std::nullopt;
  Index index;
  const auto* bytes = scanner.at(at + kVbri, 18);
  if (bytes != nullptr) index.frames = static_cast<std::int64_t>(big_endian(bytes + 14, 4));
  return index;
}

class Scan {
 public:
  explicit Scan(ByteScanner& scanner) : scanner_(scanner), end_(scanner.window().end) {}

  MpegMap run() {
    std::int64_t at = scanner_.window().begin;
    bool in_step = false;  // the frame before has ended here
    while (at < end_) {
      const auto header = frame_at(at);
      const bool belongs = header && in_step && header->same_stream(map_.parts.back().header);
      if (!belongs && !(header && is_confirmed(at, *header))) {
        if (map_.parts.empty() && at - scanner_.window().begin > kMostBefore) break;
        at += skipped_at(at);
        in_step = false;
        continue;
      }
      take(at, *header);
      at += header->bytes;
      in_step = !map_.parts.empty();
    }
    finish();
    std::erase_if(map_.parts, [](const MpegPart& part) { return part.frame_count == 0; });
    return std::move(map_);
  }

 private:
  std::optional<MpegHeader> frame_at(std::int64_t at) {
    const auto* bytes = scanner_.at(at, 4);
    if (bytes == nullptr) return std::nullopt;
    const auto header = parse_mpeg_header(bytes);
    return header && header->bytes <= end_ - at ? header : std::nullopt;
  }

  /// Whether another frame follows, or the file ends. At the very beginning of a file that has
  /// something else before its audio, two frames have to.
  bool is_confirmed(std::int64_t at, const MpegHeader& header) {
    const int wanted = map_.parts.empty() && at != scanner_.window().begin ? 2 : 1;
    MpegHeader last = header;
    for (int i = 0; i < wanted; ++i) {
      at += last.bytes;
      const auto* bytes = scanner_.at(at, 4);
      if (bytes == nullptr) return at == end_ && (!map_.parts.empty() || wanted == 1);
      const auto next = parse_mpeg_header(bytes);
      if (!next || !next->same_stream(header)) return is_trailing_tag(scanner_, at);
      last = *next;
    }
    return true;
  }

  std::int64_t skipped_at(std::int64_t at) {
    if (const std::int64_t end = end_of_id3v2(scanner_, at); end != at) {
      starts_part_ = true;
      return end - at;
    }
    if (scanner_.starts_with(at, "APETAGEX")) return std::min(kApeTag, end_ - at);
    return scanner_.starts_with(at, "TAG") ? std::min(kId3v1, end_ - at) : 1;
  }

  void take(std::int64_t at, const MpegHeader& header) {
    const auto index = read_index(scanner_, at, header);
    if (index || starts_part_ || map_.parts.empty() ||
        !header.same_stream(map_.parts.back().header)) {
      finish();
      map_.parts.emplace_back().header = header;
      index_ = index.value_or(Index());
      starts_part_ = false;
    }
    if (index) return;
    MpegPart& part = map_.parts.back();
    if (!part.ranges.empty() && part.ranges.back().end == at) {
      part.ranges.back().end = at + header.bytes;
    } else {
      part.ranges.push_back({at, at + header.bytes});
    }
    // A stereo file has single frames of one channel where both are the same.
    part.header.channel_count = std::max(part.header.channel_count, header.channel_count);
    ++part.frame_count;
  }

  /// Finds which samples of the last part are music: neither the decoder's delay nor padding.
  void finish() {
    if (map_.parts.empty()) return;
    MpegPart& part = map_.parts.back();
    const std::int64_t samples = part.frame_count * part.header.samples;
    std::int64_t trim = 0;
    if (index_.has_delay) {
      part.skip = std::min(index_.delay + kDecoderDelay, samples);
      // The padding is that of the last frame which the encoder has written.
      const bool is_whole = index_.frames == part.frame_count;
      if (is_whole) trim = std::max<std::int64_t>(index_.padding - kDecoderDelay, 0);
    }
    part.length = std::max<std::int64_t>(samples - part.skip - trim, 0);
  }

  ByteScanner& scanner_;
  const std::int64_t end_;
  MpegMap map_;
  Index index_;
  bool starts_part_ = false;
};

}  // namespace

std::optional<MpegHeader> parse_mpeg_header(const unsigned char* bytes) {
  if (bytes[0] != 0xFF || (bytes[1] & 0xE0) != 0xE0) return std::nullopt;
  const int version_bits = bytes[1] >> 3 & 3;  // 3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5
  const int layer_bits = bytes[1] >> 1 & 3;
  const int rate_bits = bytes[2] >> 2 & 3;
  if (version_bits == 1 || layer_bits == 0 || rate_bits == 3) return std::nullopt;
  MpegHeader header;
  header.version = version_bits == 3 ? 1 : version_bits == 2 ? 2 : 3;
  header.layer = 4 - layer_bits;
  header.sample_rate = kSampleRates[rate_bits] >> (header.version - 1);
  header.channel_count = bytes[3] >> 6 == 3 ? 1 : 2;
  const int row = header.version == 1 ? header.layer - 1 : header.layer == 1 ? 3 : 4;
  const std::int64_t bit_rate = 1000 * kBitRates[row][bytes[2] >> 4];
  if (bit_rate == 0) return std::nullopt;
  const std::int64_t padding = bytes[2] >> 1 & 1;
  header.samples = header.layer == 1 ? 384 : header.layer == 3 && header.version != 1 ? 576 : 1152;
  header.bytes = header.layer == 1 ? 4 * (12 * bit_rate / header.sample_rate + padding)
                                   : header.samples / 8 * bit_rate / header.sample_rate + padding;
  return header;
}

std::int64_t MpegMap::length() const {
  std::int64_t sum = 0;
  for (const MpegPart& part : parts) sum += part.length;
  return sum;
}

int MpegMap::channel_count() const {
  int most = 0;
  for (const MpegPart& part : parts) most = std::max(most, part.header.channel_count);
  return most;
}

MpegMap find_mpeg_frames(ByteScanner& scanner) { return Scan(scanner).run(); }

}  // namespace focus::core::audio
