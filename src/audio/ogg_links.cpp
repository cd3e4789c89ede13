// SPDX-License-Identifier: MIT
#include "audio/ogg_links.h"

#include <algorithm>

#include "base/byte_order.h"
#include "base/error.h"

namespace focus::core::audio {
namespace {

constexpr std::int64_t kPageHeader = 27;  // RFC 3533, section 6
constexpr unsigned kBeginsStream = 0x02;

/// The size of the page at `position`, or 0 where none begins.
std::int64_t page_size(ByteScanner& scanner, std::int64_t position) {
  if (!scanner.starts_with(position, "OggS")) return 0;
  const auto* header = scanner.at(position, kPageHeader);
  if (header == nullptr || header[4] != 0) return 0;
  const std::int64_t segments = header[26];
  header = scanner.at(position, kPageHeader + segments);
  if (header == nullptr) return 0;
  std::int64_t size = kPageHeader + segments;
  for (std::int64_t i = 0; i < segments; ++i) size += header[kPageHeader + i];
  return size;
}

/// The places that the pages of one link tell, in samples.
class LinkEnd {
 public:
  void add(const unsigned char* header) {
    const auto place = static_cast<std::int64_t>(little_endian(header + 6, 8));
    const std::uint64_t stream = little_endian(header + 14, 4);
    if (furthest_ >= 0 && stream != stream_) several_ = true;
    stream_ = stream;
    if (place < 0) return;  // no packet ends on the page
    last_ = place;
    furthest_ = std::max(furthest_, place);
  }
  bool contradicts() const { return !several_ && last_ < furthest_; }

 private:
  std::uint64_t stream_ = 0;
  bool several_ = false;  // streams, each with a measure of its own
  std::int64_t last_ = -1;
  std::int64_t furthest_ = -1;
};

}  // namespace

absl::StatusOr<std::vector<AudioLink>> find_ogg_links(ByteScanner& scanner,
                                                      const std::string& path) {
  const SourceWindow all = scanner.window();
  const auto contradiction = [&] {
    return damaged(path,
                   "tells an end that lies before some of its audio; the file is damaged: convert "
                   "it to FLAC or WAV with a program that ignores it");
  };
  std::vector<AudioLink> links;
  LinkEnd end;
  bool among_first_pages = false;
  for (std::int64_t at = all.begin; at < all.end;) {
    const std::int64_t size = page_size(scanner, at);
    if (size == 0) {
      ++at;
      continue;
    }
    const auto* header = scanner.at(at, kPageHeader);
    const bool begins = (header[5] & kBeginsStream) != 0;
    if (begins && !among_first_pages) {
      if (end.contradicts()) return contradiction();
      end = LinkEnd();
      if (!links.empty()) links.back().window.end = at;
      links.push_back({AudioLink::Codec::other, {at, all.end}, {}});
    }
    among_first_pages = begins;
    if (size <= all.end - at) end.add(header);
    at += size;
  }
  if (end.contradicts()) return contradiction();
  if (links.empty()) links.push_back({AudioLink::Codec::other, all, {}});
  return links;
}

}  // namespace focus::core::audio
