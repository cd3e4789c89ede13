// SPDX-License-Identifier: MIT
// What is said on the command line about an engine that is a command, or a folder of music.
#pragma once

#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include <focus_session/focus_session.hpp>

namespace cli {

struct EngineOptions {
  std::optional<std::string> command;  ///< absent: there is no such engine
  std::optional<std::string> library;  ///< a folder of the user's own music; absent: none
  focus::EngineDescription description = focus::EngineDescription{}.with_key("command");

  const std::string& key() const { return description.key; }
};

/// Adds them to a command, in a group of their own.
void add_engine_options(CLI::App& app, EngineOptions& options);

/// Whether a folder of music is scanned to its end before it is played. A session that is written
/// to a file waits for that; one that is heard begins with what has been found.
enum class LibraryScan { awaited, in_background };

/// Brings the engines into a service, where there are any.
void add_engine(focus::Service& service, const EngineOptions& options,
                LibraryScan scan = LibraryScan::awaited, bool quiet = false);

/// Who plays: what was asked for or, where nothing was, the engine that was brought. "": the
/// default.
std::string chosen_engine(const std::string& asked, const EngineOptions& options);

std::string name_of(focus::LicenceClass licence);

}  // namespace cli
