// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "rest/api_error.h"
#include "rest/http.h"
#include "store/audio_bytes.h"

namespace focus::core {

/// A stretch of bytes that a request asks for.
struct ByteRange {
  std::int64_t offset = 0;
  std::int64_t length = 0;
};

/// What a Range header (RFC 9110, 14.2) means for something of `size` bytes: nothing, and so the
/// whole, where it is malformed, asks for several ranges or another unit; a length of 0 where it
/// can not be satisfied.
std::optional<ByteRange> read_range(std::string_view header, std::int64_t size);

/// The answer to GET of some audio, with its conditions (RFC 9110, 13.2.2) and its range.
std::variant<HttpResponse, ApiError> audio_response(const HttpRequest& request,
                                                    std::shared_ptr<const AudioBytes> audio);

}  // namespace focus::core
