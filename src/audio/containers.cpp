// SPDX-License-Identifier: MIT
#include "audio/containers.h"

#include <algorithm>
#include <array>

#include "audio/ogg_links.h"
#include "audio/pcm_container.h"
#include "audio/tags.h"
#include "base/byte_order.h"
#include "base/error.h"

namespace focus::core::audio {
namespace {

// Fewer bytes behind the samples than these are no music (20 ms of 48 kHz stereo, 16 bit), and not
// worth doubting a header for.
constexpr std::int64_t kFewBytes = 4096;

bool starts_with_any(std::string_view head, std::initializer_list<std::string_view> magics) {
  return std::any_of(magics.begin(), magics.end(),
                     [&](std::string_view magic) { return head.starts_with(magic); });
}

bool is_mpeg_sync(const unsigned char* bytes) {
  return bytes[0] == 0xFF && (bytes[1] & 0xE0) == 0xE0 && (bytes[1] & 0x06) != 0;
}

bool is_container(ByteScanner& scanner, std::int64_t position) {
  for (const char* const magic : {"RIFF", "RIFX", "RF64", "BW64", "FORM", "caff"}) {
    if (scanner.starts_with(position, magic)) return true;
  }
  return false;
}

/// Follows the chunks behind the samples. Returns the end of the file, or the place where something
/// else begins.
std::int64_t end_of_chunks(ByteScanner& scanner, const PcmContainer& container,
                           std::int64_t begin) {
  std::int64_t at = begin;
  if (container.chunk_size_bytes == 0) return at;
  const int header_bytes = 4 + container.chunk_size_bytes;
  while (!is_container(scanner, at)) {
    const auto* header = scanner.at(at, header_bytes);
    if (header == nullptr) break;
    const bool named =
        std::all_of(header, header + 4, [](unsigned char c) { return c >= ' ' && c <= '~'; });
    const auto size = static_cast<std::int64_t>(
        container.big_endian ? big_endian(header + 4, container.chunk_size_bytes)
                             : little_endian(header + 4, container.chunk_size_bytes));
    if (!named || size < 0 || size > scanner.window().end - at - header_bytes) break;
    at += header_bytes + size + (container.padded ? size % 2 : 0);
  }
  return std::min(at, scanner.window().end);
}

bool only_zeros(ByteScanner& scanner, std::int64_t begin) {
  for (std::int64_t at = begin; at < scanner.window().end; ++at) {
    const auto* byte = scanner.at(at, 1);
    if (byte == nullptr || *byte != 0) return false;
  }
  return true;
}

/// Where the samples end, as far as it can be seen.
struct Extent {
  bool claim_holds = true;
  std::int64_t data_end = 0;
  std::int64_t next = 0;  ///< where another file begins, or the end
};

Extent measure_extent(ByteScanner& scanner, const PcmContainer& container) {
  const std::int64_t end = scanner.window().end;
  if (container.claimed < 0 || container.claimed > end - container.data_begin) {
    return {false, end, end};
  }
  const std::int64_t claimed_end = container.data_begin + container.claimed;
  std::int64_t after = claimed_end;
  for (const std::int64_t pad : {std::int64_t{0}, std::int64_t{1}}) {
    if (pad == 1 && (!container.padded || claimed_end % 2 == 0)) break;
    after = end_of_chunks(scanner, container, claimed_end + pad);
    if (after == end || is_container(scanner, after)) return {true, claimed_end, after};
  }
  if (end - after < kFewBytes || is_trailing_tag(scanner, after) || only_zeros(scanner, after)) {
    return {true, claimed_end, end};
  }
  return {false, end, end};
}

/// The samples of one file of WAV's kind, from `begin` on, and where the next one may begin.
absl::StatusOr<AudioLink> container_link(ByteScanner& scanner, const std::string& path,
                                         std::int64_t begin, std::int64_t& next) {
  AudioLink link;
  link.window = {begin, scanner.window().end};
  next = link.window.end;
  const auto container = read_pcm_container(scanner, begin);
  if (!container.has_value() || container->data_begin > link.window.end) return link;
  const Extent extent = measure_extent(scanner, *container);
  next = extent.next;
  link.window.end = extent.next;
  if (container->mpeg) {
    link.codec = AudioLink::Codec::mpeg;
    link.window = {container->data_begin, extent.data_end};
  } else if (container->raw.has_value() &&
             (!extent.claim_holds || scanner.starts_with(begin, "BW64"))) {  // an RF64 by ITU-R
    link.raw = container->raw;
    link.window = {container->data_begin, extent.data_end};
  } else if (!extent.claim_holds && container->claimed >= 0 &&
             container->claimed < extent.data_end - container->data_begin) {
    return damaged(path,
                   "is longer than its header says, and its samples are compressed, so that the "
                   "rest can not be read; convert it to WAV or FLAC");
  }
  return link;
}

absl::StatusOr<std::vector<AudioLink>> container_links(ByteScanner& scanner,
                                                       const std::string& path,
                                                       std::int64_t begin) {
  std::vector<AudioLink> links;
  do {
    FOCUS_ASSIGN_OR_RETURN(AudioLink link, container_link(scanner, path, begin, begin));
    links.push_back(link);
  } while (is_container(scanner, begin));
  return links;
}

}  // namespace

bool begins_as_audio(std::string_view head) {
  if (starts_with_any(head, {"RIFF", "RIFX", "RF64", "BW64", "FORM", "caff", ".snd", "dns.", "fLaC",
                             "OggS", "ID3", "riff", "Creative Voice File", "NIST_1A"})) {
    return true;
  }
  return head.size() > 4 && is_mpeg_sync(reinterpret_cast<const unsigned char*>(head.data()));
}

absl::StatusOr<std::vector<AudioLink>> find_links(AudioSource& source) {
  ByteScanner whole(source, {0, source.size()});
  const SourceWindow audio = without_tags(whole);
  ByteScanner scanner(source, audio);
  if (scanner.starts_with(audio.begin, "fLaC")) {
    return std::vector<AudioLink>{{AudioLink::Codec::flac, audio, {}}};
  }
  if (scanner.starts_with(audio.begin, "OggS")) return find_ogg_links(scanner, source.path());
  if (is_container(scanner, audio.begin) || scanner.starts_with(audio.begin, ".snd") ||
      scanner.starts_with(audio.begin, "dns.")) {
    return container_links(scanner, source.path(), audio.begin);
  }
  const auto* sync = scanner.at(audio.begin, 4);
  const bool is_mpeg = (sync != nullptr && is_mpeg_sync(sync)) || whole.starts_with(0, "ID3");
  return std::vector<AudioLink>{
      {is_mpeg ? AudioLink::Codec::mpeg : AudioLink::Codec::other, audio, {}}};
}

}  // namespace focus::core::audio
