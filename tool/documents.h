// SPDX-License-Identifier: MIT
// The manual page and what shells complete, made of the definitions of the commands and options
// themselves, so that they never tell of others. The build runs the tool to write these files.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace cli {

/// Writes a document about all commands of the app.
using DocumentWriter = std::string (*)(const CLI::App& app);

/// Adds the command that prints a document, which --help does not tell of. Its argument sets
/// `writer`.
CLI::App* add_documents(CLI::App& app, DocumentWriter& writer);

/// The commands that --help tells of, in its order.
std::vector<const CLI::App*> commands_of(const CLI::App& app);
/// The options of a command that --help tells of, without the arguments that have no name.
std::vector<const CLI::Option*> options_of(const CLI::App& app);
/// The arguments that have no name.
std::vector<const CLI::Option*> arguments_of(const CLI::App& app);
/// "--goal": the long name, or else the short one.
std::string name_of(const CLI::Option& option);
bool takes_value(const CLI::Option& option);

std::string man_page(const CLI::App& app);
std::string bash_completions(const CLI::App& app);
std::string zsh_completions(const CLI::App& app);
std::string fish_completions(const CLI::App& app);

}  // namespace cli
