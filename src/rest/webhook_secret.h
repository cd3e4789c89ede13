// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/statusor.h>

#include "base/entropy.h"

namespace focus::core::rest {

/// What a receiver of webhooks checks signatures with: "whsec_" and 24 to 64 bytes in base64. While
/// a secret is being replaced there are two, with a space between them: both sign.
class WebhookSecret {
 public:
  static constexpr std::size_t kFewestBytes = 24;
  static constexpr std::size_t kMostBytes = 64;
  static constexpr std::size_t kMostSecrets = 2;

  /// Fault::argument (field "secret") where the text is none. The error does not repeat the text.
  static absl::StatusOr<WebhookSecret> read(std::string_view text);
  /// A new one of 32 random bytes.
  static std::string generate(Entropy& entropy);

  /// The value of `webhook-signature`: "v1," and the base64 of the HMAC-SHA256 (RFC 2104, FIPS
  /// 180-4) of "ID.TIMESTAMP.BODY"; one for each secret, with a space between them.
  std::string sign(std::string_view id, std::int64_t timestamp, std::string_view body) const;

 private:
  std::vector<std::string> keys_;  // bytes of any value
};

}  // namespace focus::core::rest
