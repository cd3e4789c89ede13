// SPDX-License-Identifier: MIT
// What is said on the command line about an engine that is a command.
#pragma once

#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include <focus_session/focus_session.hpp>

namespace cli {

struct EngineOptions {
  std::optional<std::string> command;  ///< absent: there is no such engine
  focus::EngineDescription description = focus::EngineDescription{}.with_key("command");

  const std::string& key() const { return description.key; }
};

/// Adds them to a command, in a group of their own.
void add_engine_options(CLI::App& app, EngineOptions& options);

/// Brings the engine into a service, where there is one.
void add_engine(focus::Service& service, const EngineOptions& options);

/// Who plays: what was asked for or, where nothing was, the engine that was brought. "": the
/// default.
std::string chosen_engine(const std::string& asked, const EngineOptions& options);

std::string name_of(focus::LicenceClass licence);

}  // namespace cli
