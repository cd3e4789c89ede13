// SPDX-License-Identifier: MIT
#include "audio/ogg_output.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <utility>

#include "base/random.h"

namespace focus::core::audio {
namespace {

// RFC 3533, section 6.
constexpr std::size_t kOggPageHeader = 27;
constexpr std::size_t kSerialAt = 14;
constexpr std::size_t kCrcAt = 22;
constexpr std::size_t kCountAt = 26;
constexpr std::size_t kMostSegments = 255;

constexpr std::string_view kVorbisComment("\x03vorbis", 7);
constexpr std::string_view kOpusTags("OpusTags", 8);

unsigned char byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

void set_le32(std::string& page, std::size_t at, std::uint32_t value) {
  for (std::size_t i = 0; i < 4; ++i) page[at + i] = static_cast<char>(value >> (8 * i));
}

constexpr std::array<std::uint32_t, 256> crc_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t crc = i << 24U;
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc & 0x80000000U) != 0 ? crc << 1U ^ 0x04C11DB7U : crc << 1U;
    }
    table[i] = crc;
  }
  return table;
}

std::uint32_t crc_of(std::string_view bytes) {
  static constexpr std::array<std::uint32_t, 256> kTable = crc_table();
  std::uint32_t crc = 0;
  for (const char byte : bytes) {
    crc = crc << 8U ^ kTable[(crc >> 24U ^ static_cast<unsigned char>(byte)) & 0xFFU];
  }
  return crc;
}

/// The size of the page that `bytes` begin with, or 0 while its header is not complete.
std::size_t ogg_page_size(std::string_view bytes) {
  if (bytes.size() < kOggPageHeader) return 0;
  const std::size_t segments = byte_at(bytes, kCountAt);
  if (bytes.size() < kOggPageHeader + segments) return 0;
  std::size_t size = kOggPageHeader + segments;
  for (std::size_t i = 0; i < segments; ++i) size += byte_at(bytes, kOggPageHeader + i);
  return size;
}

/// The lengths of segments by which a page tells the length of a packet.
std::string lacing_of(std::size_t size) {
  std::string lacing(size / 255, '\xFF');
  lacing.push_back(static_cast<char>(size % 255));
  return lacing;
}

/// The second page of a stream has the comment, as its first packet.
class CommentPage {
 public:
  CommentPage(std::string_view page, GainFields gain_fields) : gain_fields_(gain_fields) {
    const std::size_t segments = byte_at(page, kCountAt);
    std::size_t first = 0, size = 0;
    while (first < segments) {
      const std::size_t length = byte_at(page, kOggPageHeader + first++);
      size += length;
      if (length < 255) break;
    }
    head_ = page.substr(0, kCountAt);
    lacing_ = page.substr(kOggPageHeader + first, segments - first);
    const std::string_view body = page.substr(kOggPageHeader + segments);
    rest_ = body.substr(size);
    const std::string_view packet = body.substr(0, size);
    if (packet.substr(0, signature().size()) == signature()) {
      vendor_ = vendor_of(packet.substr(signature().size()));
      is_comment_ = true;
    }
  }

  bool is_comment() const { return is_comment_; }

  /// The page with these tags; empty where they do not fit on one. Its length does not depend on
  /// the loudness: Opus allows padding, and Vorbis has it in texts of one length.
  std::string with(FileTags tags) const {
    std::string packet = packet_with(tags);
    if (tags.loudness && gain_fields_ == GainFields::r128) {
      tags.loudness = {100.0, 0.0};  // the longest text
      packet.resize(packet_with(tags).size());
    }
    const std::string lacing = lacing_of(packet.size()) + lacing_;
    if (lacing.size() > kMostSegments) return {};
    std::string page = head_;
    page.push_back(static_cast<char>(lacing.size()));
    return page + lacing + packet + rest_;
  }

 private:
  std::string packet_with(const FileTags& tags) const {
    std::string packet(signature());
    packet += vorbis_comment(vendor_, tags, gain_fields_);
    if (gain_fields_ == GainFields::replay_gain) packet.push_back(1);  // the framing bit
    return packet;
  }
  std::string_view signature() const {
    return gain_fields_ == GainFields::r128 ? kOpusTags : kVorbisComment;
  }

  GainFields gain_fields_;
  bool is_comment_ = false;
  std::string head_, lacing_, rest_, vendor_;
};

class OggOutput final : public TaggedOutput {
 public:
  OggOutput(std::unique_ptr<EncoderOutput> target, GainFields gain_fields, FileTags tags,
            std::uint64_t seed)
      : TaggedOutput(std::move(target), std::move(tags)),
        gain_fields_(gain_fields),
        serial_(static_cast<std::uint32_t>(Random(seed).fork("ogg").bits()) ^
                crc_of(vorbis_comment("", tags_, gain_fields))) {}

  void settle(const FileTags& tags) override {
    if (!comment_ || !comment_->is_comment()) return;
    std::string page = comment_->with(tags);
    finish_page(page);
    if (page.size() == comment_->with(tags_).size()) put_on(comment_at_, page);
  }

 private:
  std::int64_t read_at(std::int64_t, char*, std::int64_t) override { return 0; }

  std::int64_t write_at(std::int64_t position, const char* from, std::int64_t count) override {
    if (position != received_) {  // an Ogg encoder never goes back
      note_error(EIO);
      return 0;
    }
    received_ += count;
    held_.append(from, static_cast<std::size_t>(count));
    for (std::size_t size; (size = ogg_page_size(held_)) > 0 && held_.size() >= size;) {
      if (!pass(held_.substr(0, size))) return 0;
      held_.erase(0, size);
    }
    return count;
  }

  bool pass(std::string page) {
    if (++pages_ == 2) {
      comment_.emplace(page, gain_fields_);
      if (comment_->is_comment()) page = comment_->with(tags_);
      comment_at_ = sent_;
      if (page.empty()) {
        note_error(EFBIG);
        return false;
      }
    }
    finish_page(page);
    if (!put_on(sent_, page)) return false;
    sent_ += static_cast<std::int64_t>(page.size());
    return true;
  }

  void finish_page(std::string& page) const {
    if (page.size() < kOggPageHeader) return;
    set_le32(page, kSerialAt, serial_);
    set_le32(page, kCrcAt, 0);
    set_le32(page, kCrcAt, crc_of(page));
  }

  const GainFields gain_fields_;
  const std::uint32_t serial_;
  std::string held_;  // a page that is not complete
  std::int64_t received_ = 0;
  std::int64_t sent_ = 0;
  int pages_ = 0;
  std::optional<CommentPage> comment_;
  std::int64_t comment_at_ = 0;
};

}  // namespace

std::unique_ptr<TaggedOutput> ogg_output(std::unique_ptr<EncoderOutput> target,
                                         GainFields gain_fields, FileTags tags,
                                         std::uint64_t seed) {
  return std::make_unique<OggOutput>(std::move(target), gain_fields, std::move(tags), seed);
}

}  // namespace focus::core::audio
