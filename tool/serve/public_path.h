// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "serve/answer.h"
#include "serve/request_head.h"

namespace cli {

/// The path below which another web server shows this one. That server may take it away from what
/// it passes on, or not: both are answered.
class PublicPath {
 public:
  PublicPath() = default;
  /// Of the URL that clients see, e.g. "https://example.com/focus/".
  explicit PublicPath(std::string_view url);

  /// Takes the path away from the target of `head`, where it is there.
  void strip(RequestHead& head) const;
  /// The answer to a request for the path without the slash at its end, below which the page would
  /// look for its files in the wrong folder.
  std::optional<Answer> redirect(const RequestHead& head) const;

  /// "/focus"; "" where there is none.
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace cli
