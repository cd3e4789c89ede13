// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "audio/containers.h"

namespace focus::core::audio {

/// The links of a chained Ogg file: each begins with the first page of a stream that follows a page
/// of another. libsndfile reads the first link alone. A link whose last page tells an earlier end
/// than one before it is Fault::bad_data: a decoder would leave out what lies behind.
absl::StatusOr<std::vector<AudioLink>> find_ogg_links(ByteScanner& scanner,
                                                      const std::string& path);

}  // namespace focus::core::audio
