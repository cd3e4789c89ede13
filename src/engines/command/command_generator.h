// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include <absl/status/statusor.h>

#include "engines/host/host_generator.h"

namespace focus::core::engines {

/// An engine that is a shell command. It runs once per segment, reads the brief from a file and
/// writes its audio to another. Both are in a private temporary folder, which is removed when the
/// call ends, for whatever reason, or, where the process was killed, when the next generator is
/// made or a store in files is opened.
class CommandGenerator final : public HostGenerator {
 public:
  /// `command` must contain {brief} and {out}, which are replaced by paths, quoted for the shell.
  /// Other braces are left to the shell. The error names "command"; Fault::unsupported if no
  /// command can be run.
  static absl::StatusOr<std::unique_ptr<CommandGenerator>> create(std::string command);

  absl::Status generate(const plan::Brief& brief, int attempt, HostSink& sink) override;

 private:
  explicit CommandGenerator(std::string command) : command_(std::move(command)) {}

  const std::string command_;
};

}  // namespace focus::core::engines
