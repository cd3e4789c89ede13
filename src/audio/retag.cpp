// SPDX-License-Identifier: MIT
#include "audio/retag.h"

#include <memory>
#include <optional>

#include "audio/encoder_output.h"
#include "audio/riff_tags.h"
#include "audio/tagged_output.h"
#include "base/byte_order.h"
#include "base/error.h"

namespace focus::core::audio {
namespace {

constexpr std::size_t kFirstChunk = 12;    // "RIFF" or "RF64", size, "WAVE"
constexpr std::size_t kRf64DataSize = 28;  // "ds64", size, size of the file
constexpr std::size_t kId3Header = 10;

const unsigned char* bytes_at(std::string_view file, std::size_t at) {
  return reinterpret_cast<const unsigned char*>(file.data()) + at;
}

/// Where the samples of a WAV or RF64 file end; nothing where it has none.
std::optional<std::size_t> end_of_samples(std::string_view file) {
  const bool is_rf64 = file.substr(0, 4) == "RF64";
  for (std::size_t at = kFirstChunk; at + 8 <= file.size();) {
    std::uint64_t size = little_endian(bytes_at(file, at + 4), 4);
    const bool is_data = file.substr(at, 4) == "data";
    if (is_data && is_rf64) size = little_endian(bytes_at(file, kRf64DataSize), 8);
    if (size > file.size() - at - 8) return std::nullopt;
    const std::size_t end = at + 8 + static_cast<std::size_t>(size);
    if (is_data) return end;
    at = end + size % 2;
  }
  return std::nullopt;
}

/// Where the first MPEG frame begins.
std::optional<std::size_t> end_of_id3(std::string_view file) {
  if (file.substr(0, 3) != "ID3") return 0;
  if (file.size() < kId3Header) return std::nullopt;
  std::size_t size = 0;  // seven bits a byte
  for (std::size_t at = 6; at < kId3Header; ++at) size = size << 7U | *bytes_at(file, at);
  return kId3Header + size <= file.size() ? std::optional(kId3Header + size) : std::nullopt;
}

}  // namespace

absl::StatusOr<std::string> with_tags(std::string_view file, AudioFormat format,
                                      const FileTags& tags, std::uint64_t dither_seed) {
  const bool is_wave = is_wav(format);
  std::optional<std::size_t> begin = 0, end = file.size();
  if (is_wave) end = end_of_samples(file);
  if (format == AudioFormat::mp3) begin = end_of_id3(file);
  if (!begin || !end) return fault_error(Fault::bad_data, "a file of audio is cut off");
  const auto output = tagged(std::make_unique<MemoryOutput>(), format, tags, dither_seed);
  const bool is_copied = output->put(0, file.substr(*begin, *end - *begin));
  if (is_copied && is_wave) append_riff_tags(*output, tags);
  output->close();
  if (!is_copied || output->error() != 0) {
    return fault_error(Fault::bad_data, "the tags of a file of audio can not be replaced");
  }
  return output->take_bytes();
}

}  // namespace focus::core::audio
