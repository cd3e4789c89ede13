// SPDX-License-Identifier: MIT
#include "audio/tagged_output.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "audio/id3_tag.h"
#include "audio/ogg_output.h"
#include "audio/vorbis_comment.h"
#include "base/byte_order.h"

namespace focus::core::audio {
namespace {

constexpr std::int64_t kFlacStreamInfo = 4 + 4 + 34;  // "fLaC", the header of a block, STREAMINFO
constexpr unsigned char kVorbisCommentBlock = 4;
constexpr unsigned char kLastBlock = 0x80;

/// An ID3v2 tag before the first MPEG frame.
class Mp3Output final : public TaggedOutput {
 public:
  Mp3Output(std::unique_ptr<EncoderOutput> target, FileTags tags)
      : TaggedOutput(std::move(target), std::move(tags)),
        tag_(tags_.empty() ? std::string() : id3_tag(tags_)) {}

  void settle(const FileTags& tags) override {
    const std::string tag = id3_tag(tags);
    if (tag.size() == tag_.size()) put_on(0, tag);
  }

 private:
  bool begin() {
    if (begun_) return true;
    begun_ = true;
    return put_on(0, tag_);
  }
  void end() override { begin(); }
  std::int64_t read_at(std::int64_t position, char* to, std::int64_t count) override {
    return target_->get(position + size(), to, count) ? count : 0;
  }
  std::int64_t write_at(std::int64_t position, const char* from, std::int64_t count) override {
    const std::string_view bytes(from, static_cast<std::size_t>(count));
    return begin() && put_on(position + size(), bytes) ? count : 0;
  }
  std::int64_t size() const { return static_cast<std::int64_t>(tag_.size()); }

  const std::string tag_;
  bool begun_ = false;
};

/// The metadata of a FLAC file, whose comment is replaced. libFLAC writes STREAMINFO and a comment
/// first, and goes back to STREAMINFO at the end.
class FlacOutput final : public TaggedOutput {
 public:
  FlacOutput(std::unique_ptr<EncoderOutput> target, FileTags tags)
      : TaggedOutput(std::move(target), std::move(tags)) {}

  void settle(const FileTags& tags) override {
    if (size_ == 0) return;
    const std::size_t room = comment_block().size();
    tags_ = tags;
    const std::string block = comment_block();
    if (block.size() == room) put_on(kFlacStreamInfo, block);
  }

 private:
  /// What the encoder's metadata takes, or 0 while it is not complete.
  std::int64_t metadata_size() const {
    std::size_t at = 4;
    while (at + 4 <= head_.size()) {
      const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(head_[at + i]); };
      const std::size_t length = std::size_t{byte(1)} << 16U | std::size_t{byte(2)} << 8U | byte(3);
      const bool is_last = (byte(0) & kLastBlock) != 0;
      at += 4 + length;
      if (at > head_.size()) return 0;
      if (is_last) return static_cast<std::int64_t>(at);
    }
    return 0;
  }

  std::string comment_block() const {
    const auto vendor = vendor_of(std::string_view(head_).substr(kFlacStreamInfo + 4));
    const std::string body = vorbis_comment(vendor, tags_, GainFields::replay_gain);
    std::string block(1, static_cast<char>(kLastBlock | kVorbisCommentBlock));
    append_big_endian(block, body.size(), 3);
    return block + body;
  }

  bool take_head() {
    size_ = metadata_size();
    if (size_ == 0) return true;
    const std::string block = comment_block();
    shift_ = kFlacStreamInfo + static_cast<std::int64_t>(block.size()) - size_;
    const std::string_view head(head_);
    return put_on(0, head.substr(0, kFlacStreamInfo)) && put_on(kFlacStreamInfo, block) &&
           put_on(size_ + shift_, head.substr(static_cast<std::size_t>(size_)));
  }

  std::int64_t read_at(std::int64_t position, char* to, std::int64_t count) override {
    return target_->get(position < size_ ? position : position + shift_, to, count) ? count : 0;
  }

  std::int64_t write_at(std::int64_t position, const char* from, std::int64_t count) override {
    const std::string_view bytes(from, static_cast<std::size_t>(count));
    if (size_ == 0) {
      const auto end = static_cast<std::size_t>(position + count);
      if (head_.size() < end) head_.resize(end);
      std::copy_n(from, count, head_.begin() + position);
      return take_head() ? count : 0;
    }
    if (position >= size_) return put_on(position + shift_, bytes) ? count : 0;
    if (position + count > kFlacStreamInfo) return count;  // a comment of its own
    return put_on(position, bytes) ? count : 0;
  }

  /// A file without audio has no metadata yet.
  void end() override {
    if (size_ == 0) put_on(0, head_);
  }

  std::string head_;  // what the encoder has written, up to the end of its metadata and a bit more
  std::int64_t size_ = 0;
  std::int64_t shift_ = 0;
};

}  // namespace

TaggedOutput::TaggedOutput(std::unique_ptr<EncoderOutput> target, FileTags tags)
    : target_(std::move(target)), tags_(std::move(tags)) {}

bool TaggedOutput::put_on(std::int64_t position, std::string_view bytes) {
  if (target_->put(position, bytes)) return true;
  note_error(target_->error());
  return false;
}

void TaggedOutput::close() {
  end();
  target_->close();
  if (target_->error() != 0) note_error(target_->error());
}

std::unique_ptr<EncoderOutput> tagged(std::unique_ptr<EncoderOutput> target, AudioFormat format,
                                      const FileTags& tags, std::uint64_t seed) {
  switch (format) {
    case AudioFormat::ogg:
      return ogg_output(std::move(target), GainFields::replay_gain, tags, seed);
    case AudioFormat::opus:
      return ogg_output(std::move(target), GainFields::r128, tags, seed);
    case AudioFormat::mp3:
      return std::make_unique<Mp3Output>(std::move(target), tags);
    case AudioFormat::flac16:
    case AudioFormat::flac24:
      return std::make_unique<FlacOutput>(std::move(target), tags);
    case AudioFormat::wav:
    case AudioFormat::wav16:
    case AudioFormat::wav24:
      break;
  }
  return target;
}

}  // namespace focus::core::audio
