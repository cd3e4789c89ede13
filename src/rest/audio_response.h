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

namespace focus::core::rest {

/// A range of bytes that a request asks for.
struct ByteRange {
  std::int64_t offset = 0;
  std::int64_t length = 0;
};

/// Reads a Range header (RFC 9110, 14.2) for a representation of `size` bytes. Of several ranges
/// those that lie outside are dropped, and those that touch or overlap become one. Returns nothing,
/// which means the whole, if the header is malformed or has another unit, or if more than one range
/// is left. Returns a length of 0 if no range can be satisfied.
std::optional<ByteRange> read_range(std::string_view header, std::int64_t size);

/// The response to GET or HEAD for some audio, with its preconditions (RFC 9110, 13.2.2) and its
/// range.
std::variant<HttpResponse, ApiError> audio_response(const HttpRequest& request,
                                                    std::shared_ptr<const store::AudioBytes> audio);

}  // namespace focus::core::rest
