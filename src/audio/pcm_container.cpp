// SPDX-License-Identifier: MIT
#include "audio/pcm_container.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <sndfile.h>

#include "base/byte_order.h"

namespace focus::core::audio {
namespace {

constexpr int kIntegers[] = {SF_FORMAT_PCM_S8, SF_FORMAT_PCM_16, SF_FORMAT_PCM_24,
                             SF_FORMAT_PCM_32};

int integers_of(std::uint64_t bits) {
  return bits >= 1 && bits <= 32 ? kIntegers[(bits + 7) / 8 - 1] : 0;
}

int floats_of(std::uint64_t bits) {
  return bits == 32 ? SF_FORMAT_FLOAT : bits == 64 ? SF_FORMAT_DOUBLE : 0;
}

/// A format, or nothing where `subtype` is 0 or the numbers are out of bounds.
std::optional<RawFormat> raw_format(int subtype, bool big_endian, std::uint64_t channels,
                                    double rate) {
  if (subtype == 0 || channels < 1 || channels > 1024 || !(rate >= 1.0 && rate < 1e9)) return {};
  const int order = big_endian ? SF_ENDIAN_BIG : SF_ENDIAN_LITTLE;
  return RawFormat{SF_FORMAT_RAW | subtype | order, static_cast<int>(channels),
                   static_cast<int>(std::lround(rate))};
}

/// "fmt " of a WAV file: `bytes` holds 16 of it, or 26 where the format is extensible.
void read_wave_format(const unsigned char* bytes, bool extended, PcmContainer& container) {
  const auto number = [&](int at, int count) {
    return container.big_endian ? big_endian(bytes + at, count) : little_endian(bytes + at, count);
  };
  std::uint64_t tag = number(0, 2);
  if (tag == 0xFFFE) tag = extended ? number(24, 2) : 0;
  const std::uint64_t channels = number(2, 2);
  const std::uint64_t block = number(12, 2);
  // The container's width counts: 24 bits may lie in four bytes.
  const std::uint64_t bits = channels > 0 && block % channels == 0 ? 8 * (block / channels) : 0;
  container.mpeg = tag == 0x50 || tag == 0x55;
  int subtype = 0;
  if (tag == 1) subtype = bits == 8 ? SF_FORMAT_PCM_U8 : integers_of(bits);
  if (tag == 3) subtype = floats_of(bits);
  if (tag == 6 && bits == 8) subtype = SF_FORMAT_ALAW;
  if (tag == 7 && bits == 8) subtype = SF_FORMAT_ULAW;
  container.raw =
      raw_format(subtype, container.big_endian, channels, static_cast<double>(number(4, 4)));
}

std::optional<PcmContainer> read_wave(ByteScanner& scanner, std::int64_t begin) {
  PcmContainer container;
  container.big_endian = scanner.starts_with(begin, "RIFX");
  std::optional<std::int64_t> long_size;  // of an RF64 file
  bool has_format = false;
  for (std::int64_t at = begin + 12;;) {
    const auto* header = scanner.at(at, 8);
    if (header == nullptr) return std::nullopt;
    const std::int64_t size = static_cast<std::int64_t>(
        container.big_endian ? big_endian(header + 4, 4) : little_endian(header + 4, 4));
    if (scanner.starts_with(at, "data")) {
      container.data_begin = at + 8;
      container.claimed = size == 0xFFFFFFFF ? long_size.value_or(-1) : size;
      return has_format ? std::optional(container) : std::nullopt;
    }
    if (scanner.starts_with(at, "fmt ") && size >= 16) {
      const bool extended = size >= 26;
      const auto* bytes = scanner.at(at + 8, extended ? 26 : 16);
      if (bytes == nullptr) return std::nullopt;
      read_wave_format(bytes, extended, container);
      has_format = true;
    }
    if (scanner.starts_with(at, "ds64") && size >= 16) {
      const auto* bytes = scanner.at(at + 8, 16);
      if (bytes == nullptr) return std::nullopt;
      long_size = static_cast<std::int64_t>(little_endian(bytes + 8, 8));
    }
    at += 8 + size + size % 2;
  }
}

/// The 80-bit number in which an AIFF file has its sample rate.
double extended_real(const unsigned char* bytes) {
  const int exponent = static_cast<int>(big_endian(bytes, 2) & 0x7FFF) - 16383 - 63;
  return std::ldexp(static_cast<double>(big_endian(bytes + 2, 8)), exponent);
}

int aiff_subtype(std::string_view compression, std::uint64_t bits, bool& is_big_endian) {
  if (compression == "sowt") is_big_endian = false;
  if (compression == "NONE" || compression == "twos" || compression == "sowt" ||
      compression == "in24" || compression == "in32") {
    return integers_of(bits);
  }
  if (compression == "fl32" || compression == "FL32") return SF_FORMAT_FLOAT;
  if (compression == "fl64" || compression == "FL64") return SF_FORMAT_DOUBLE;
  if (compression == "ulaw" || compression == "ULAW") return SF_FORMAT_ULAW;
  if (compression == "alaw" || compression == "ALAW") return SF_FORMAT_ALAW;
  return 0;
}

std::optional<PcmContainer> read_aiff(ByteScanner& scanner, std::int64_t begin) {
  const bool is_aifc = scanner.starts_with(begin + 8, "AIFC");
  if (!is_aifc && !scanner.starts_with(begin + 8, "AIFF")) return std::nullopt;
  PcmContainer container;
  container.big_endian = true;
  bool has_format = false;
  for (std::int64_t at = begin + 12;;) {
    const auto* header = scanner.at(at, 16);
    if (header == nullptr) return std::nullopt;
    const auto size = static_cast<std::int64_t>(big_endian(header + 4, 4));
    if (scanner.starts_with(at, "SSND")) {
      header = scanner.at(at, 16);
      const auto offset = static_cast<std::int64_t>(big_endian(header + 8, 4));
      container.data_begin = at + 16 + offset;
      container.claimed = size == 0xFFFFFFFF ? -1 : std::max<std::int64_t>(size - 8 - offset, 0);
      return has_format ? std::optional(container) : std::nullopt;
    }
    if (scanner.starts_with(at, "COMM") && size >= 18) {
      const auto* bytes = scanner.at(at + 8, is_aifc ? 22 : 18);
      if (bytes == nullptr) return std::nullopt;
      const std::string_view compression =
          is_aifc ? std::string_view(reinterpret_cast<const char*>(bytes) + 18, 4) : "NONE";
      bool samples_big_endian = true;
      const int subtype = aiff_subtype(compression, big_endian(bytes + 6, 2), samples_big_endian);
      container.raw =
          raw_format(subtype, samples_big_endian, big_endian(bytes, 2), extended_real(bytes + 8));
      has_format = true;
    }
    at += 8 + size + size % 2;
  }
}

std::optional<PcmContainer> read_caf(ByteScanner& scanner, std::int64_t begin) {
  PcmContainer container;
  container.big_endian = true;
  container.padded = false;
  container.chunk_size_bytes = 8;
  bool has_format = false;
  for (std::int64_t at = begin + 8;;) {
    const auto* header = scanner.at(at, 12);
    if (header == nullptr) return std::nullopt;
    const auto size = static_cast<std::int64_t>(big_endian(header + 4, 8));
    if (scanner.starts_with(at, "data")) {
      container.data_begin = at + 12 + 4;  // a count of edits comes first
      container.claimed = size < 0 ? -1 : std::max<std::int64_t>(size - 4, 0);
      return has_format ? std::optional(container) : std::nullopt;
    }
    if (size < 0 || size > scanner.window().end - at) return std::nullopt;
    if (scanner.starts_with(at, "desc") && size >= 32) {
      const auto* bytes = scanner.at(at + 12, 32);
      if (bytes == nullptr) return std::nullopt;
      const double rate = std::bit_cast<double>(big_endian(bytes, 8));
      const bool is_pcm = std::memcmp(bytes + 8, "lpcm", 4) == 0;
      const std::uint64_t flags = big_endian(bytes + 12, 4);
      const std::uint64_t channels = big_endian(bytes + 24, 4);
      const std::uint64_t bits = big_endian(bytes + 28, 4);
      const bool packed = big_endian(bytes + 16, 4) == channels * ((bits + 7) / 8);
      const int subtype = (flags & 1) != 0 ? floats_of(bits) : integers_of(bits);
      container.raw = raw_format(is_pcm && packed ? subtype : 0, (flags & 2) == 0, channels, rate);
      has_format = true;
    }
    at += 12 + size;
  }
}

std::optional<PcmContainer> read_au(ByteScanner& scanner, std::int64_t begin) {
  const auto* header = scanner.at(begin, 24);
  if (header == nullptr) return std::nullopt;
  PcmContainer container;
  container.big_endian = header[0] == '.';
  const auto number = [&](int at) {
    return container.big_endian ? big_endian(header + at, 4) : little_endian(header + at, 4);
  };
  const std::uint64_t encoding = number(12);
  int subtype = 0;
  if (encoding == 1) subtype = SF_FORMAT_ULAW;
  if (encoding >= 2 && encoding <= 5) subtype = kIntegers[encoding - 2];
  if (encoding == 6) subtype = SF_FORMAT_FLOAT;
  if (encoding == 7) subtype = SF_FORMAT_DOUBLE;
  if (encoding == 27) subtype = SF_FORMAT_ALAW;
  container.raw =
      raw_format(subtype, container.big_endian, number(20), static_cast<double>(number(16)));
  container.data_begin = begin + static_cast<std::int64_t>(number(4));
  container.claimed = number(8) == 0xFFFFFFFF ? -1 : static_cast<std::int64_t>(number(8));
  container.chunk_size_bytes = 0;
  return container;
}

}  // namespace

std::optional<PcmContainer> read_pcm_container(ByteScanner& scanner, std::int64_t begin) {
  for (const char* const magic : {"RIFF", "RIFX", "RF64", "BW64"}) {
    if (scanner.starts_with(begin, magic) && scanner.starts_with(begin + 8, "WAVE")) {
      return read_wave(scanner, begin);
    }
  }
  if (scanner.starts_with(begin, "FORM")) return read_aiff(scanner, begin);
  if (scanner.starts_with(begin, "caff")) return read_caf(scanner, begin);
  if (scanner.starts_with(begin, ".snd") || scanner.starts_with(begin, "dns.")) {
    return read_au(scanner, begin);
  }
  return std::nullopt;
}

}  // namespace focus::core::audio
