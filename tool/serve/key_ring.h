// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

#include "serve/key_file.h"
#include <focus_session/focus_session.hpp>

namespace cli {

/// The keys that a service lets in, as a file has them, also when it changes.
class KeyRing {
 public:
  using Log = std::function<void(const std::string&)>;

  /// @param path "": there is no file, the keys end with the service.
  KeyRing(focus::Service& service, std::string path, Log log);

  /// Lets the keys of the file in. Where there is no file, and no other node of a cluster has added
  /// a key, one is made for `organization`, which is returned and kept nowhere. Throws a Failure.
  std::optional<std::string> open(const std::string& organization);

  /// Looks whether the file has changed. One that makes no sense changes nothing, and is told of
  /// once.
  void refresh();

 private:
  /// By which a file is known to be another one than before.
  struct Stamp {
    ino_t number = 0;
    off_t size = 0;
    std::int64_t seconds = 0;
    std::int64_t nanoseconds = 0;
    bool operator==(const Stamp&) const = default;
  };

  Stamp stamp() const;
  void let_in(const std::vector<KeyRecord>& keys);

  focus::Service& service_;
  const std::string path_;
  const Log log_;
  std::vector<KeyRecord> keys_;
  Stamp seen_;
};

}  // namespace cli
