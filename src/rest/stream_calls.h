// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "rest/context.h"

namespace focus::core::rest {

/// A session as one continuous stream: ".../stream.mp3" and the like, by a key or by a signature.
Answer stream_by_key(const std::shared_ptr<RestContext>& context, const Call& call);
Answer stream_by_signature(const std::shared_ptr<RestContext>& context, const Call& call);

/// The same as HLS: ".../hls/index.m3u8" and what it names. Parts need a signature, which the
/// playlist gives.
Answer hls_playlist_by_key(const std::shared_ptr<RestContext>& context, const Call& call);
Answer hls_by_signature(const std::shared_ptr<RestContext>& context, const Call& call);

}  // namespace focus::core::rest
