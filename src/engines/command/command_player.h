// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include <absl/status/statusor.h>

#include "engines/host/host_player.h"

namespace focus::core {

/// An engine that is a command: run once a segment, it reads the brief from a file and leaves its
/// audio in another. Both are in a private folder that goes with the call, however it ends.
class CommandPlayer final : public HostPlayer {
 public:
  /// The command holds {brief} and {out}, which become paths, quoted for the shell; other braces
  /// are the shell's. The error names "command"; Fault::unsupported where no command can be run.
  static absl::StatusOr<std::unique_ptr<CommandPlayer>> create(std::string command);

  absl::Status play(const Brief& brief, int attempt, HostSink& sink) override;

 private:
  explicit CommandPlayer(std::string command) : command_(std::move(command)) {}

  const std::string command_;
};

}  // namespace focus::core
