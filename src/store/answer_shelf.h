// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "base/clock.h"

namespace focus::core::store {

/// The name that a client has given to a request, so that it may send the request again. It is
/// unique for a caller in an organization.
struct RequestKey {
  std::string organization;
  std::string caller;
  std::string key;

  auto operator<=>(const RequestKey&) const = default;
};

/// What is known of a request that had a key.
struct KeptAnswer {
  std::string digest;         ///< of the request
  std::int64_t begun_at = 0;  ///< Unix seconds
  std::string session_id;     ///< of the session that it has started; "" where there is none so far
  int status = 0;             ///< of HTTP; 0 until it is answered
  bool runs_elsewhere = false;  ///< another node of a cluster is at it
  std::string body;
};

/// The answers to requests that had a key. Thread-safe. What a method has written survives the end
/// of the process; see SessionShelf for power cuts. SessionShelf::add writes `session_id`.
class AnswerShelf {
 public:
  virtual ~AnswerShelf() = default;
  static constexpr std::int64_t kKeptSeconds = kSecondsPerDay;
  /// Of one caller in an organization. Beyond, the oldest answers go.
  static constexpr int kMostAnswers = 2000;
  static constexpr std::int64_t kMostBytes = 32'000'000;
  /// After so long a node that has not answered a request counts as dead.
  static constexpr std::int64_t kRunningMs = 60'000;

  /// Returns what is known of the key. Where nothing is, or only what is older than kKeptSeconds,
  /// the request begins: it is kept without an answer, and returned so. In a cluster it is this
  /// node's from then on, for kRunningMs; another node that begins it meanwhile is told so.
  virtual absl::StatusOr<KeptAnswer> begin(const RequestKey& key, const std::string& digest,
                                           std::int64_t now) = 0;
  /// Keeps the answer of a request that has begun. Does nothing where the key is not known, or
  /// another node has begun it since.
  virtual absl::Status keep(const RequestKey& key, int status, const std::string& body) = 0;
  /// The key is free again. Does nothing where it is not known, or another node has begun it since.
  virtual absl::Status forget(const RequestKey& key) = 0;
};

}  // namespace focus::core::store
