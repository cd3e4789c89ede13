// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/clock.h"
#include "rest/http.h"

namespace focus::core::rest {

/// A body that is not there yet: `text` is asked again and again until it returns one, and told
/// `at_last` once `most_seconds` have passed.
class LateText final : public BodyStream {
 public:
  using Text = std::function<std::optional<std::string>(bool at_last)>;
  LateText(const Clock& clock, double most_seconds, Text text)
      : clock_(clock), until_(clock.steady_seconds() + most_seconds), text_(std::move(text)) {}

  absl::StatusOr<std::int64_t> read(char* buffer, std::int64_t capacity,
                                    std::chrono::milliseconds timeout) override;

 private:
  const Clock& clock_;
  const double until_;
  const Text text_;
  std::optional<std::string> ready_;
  std::size_t read_ = 0;
};

}  // namespace focus::core::rest
