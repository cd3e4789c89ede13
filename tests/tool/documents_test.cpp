// SPDX-License-Identifier: MIT
// The manual page and the completions tell of what --help tells of, and of nothing else.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "support/command.h"
#include "support/temp_folder.h"

using focus::test::run;
using focus::test::TempFolder;

namespace {

const std::string kTool = FOCUS_TOOL;
const std::vector<std::string> kCommands = {
    "",     "render",   "play",      "measure",     "mix",   "engines",     "check-engine", "serve",
    "keys", "keys add", "keys list", "keys remove", "store", "store check", "store repair"};

std::string document(const std::string& name) {
  const auto printed = run(kTool + " documents " + name);
  REQUIRE(printed.exit_code == 0);
  REQUIRE(printed.err.empty());
  return printed.out;
}

/// The names of options at the beginnings of the lines of --help, which is asked once a command.
const std::set<std::string>& options_in_help(const std::string& command) {
  static std::map<std::string, std::set<std::string>> known;
  std::set<std::string>& options = known[command];
  if (!options.empty()) return options;
  const std::string help = run(kTool + " " + command + " --help").out;
  std::istringstream lines(help);
  static const std::regex option("^  (?:-[a-z],)?(--[a-z-]+)");
  std::smatch found;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("Examples:", 0) == 0) break;
    if (std::regex_search(line, found, option)) options.insert(found[1]);
  }
  REQUIRE_FALSE(options.empty());
  return options;
}

/// The part of the manual that is about one command.
std::string section(const std::string& page, const std::string& command) {
  if (command.empty()) return page.substr(page.find(".SH OPTIONS"));
  std::string title = ".SS \"" + std::regex_replace(command, std::regex("-"), "\\-");
  std::size_t begin = page.find(title + " ");
  begin = std::min(begin, page.find(title + "\""));
  REQUIRE(begin != page.npos);
  return page.substr(begin, page.find("\n.S", begin + 1) - begin);
}

bool has_shell(const std::string& shell) { return run("command -v " + shell).exit_code == 0; }

}  // namespace

TEST_CASE("each option of --help is in the manual page, in the section of its command") {
  const std::string page = document("man");
  for (const std::string& command : kCommands) {
    const std::string text = section(page, command);
    for (const std::string& option : options_in_help(command)) {
      INFO(command << " " << option);
      const std::string quoted = std::regex_replace(option, std::regex("-"), "\\-");
      CHECK((text.find("\\fB" + quoted + "\\fR") != text.npos ||
             text.find(", " + quoted + "\\fR") != text.npos));
    }
  }
  CHECK(page.find("speed") == page.npos);        // an option for tests
  CHECK(page.find("documents\"") == page.npos);  // the command that prints it
}

TEST_CASE("the manual page is one that groff reads without a warning") {
  if (!has_shell("groff")) return;
  const auto formatted = run(kTool + " documents man | groff -man -Tutf8 -ww 2>&1 >/dev/null");
  CHECK(formatted.out.empty());
}

TEST_CASE("bash completes commands, options, choices and files") {
  if (!has_shell("bash")) return;
  const TempFolder folder;
  std::ofstream(folder / "script") << document("bash") << R"(
complete_at() {  # the words, the last of which is being written
  COMP_WORDS=("$@")
  COMP_CWORD=$(($# - 1))
  _focus_session 2>/dev/null
  echo "${COMPREPLY[*]}"
}
)";
  std::ofstream(folder / "song.flac") << "x";
  const auto complete = [&](const std::string& words) {
    const auto done =
        run("cd " + folder.path().string() + " && bash -c '. ./script; complete_at " + words + "'");
    INFO(done.err);
    REQUIRE(done.exit_code == 0);
    return done.out;
  };
  CHECK(complete("focus-session me") == "measure\n");
  CHECK(complete("focus-session render --goal sl") == "sleep\n");
  CHECK(complete("focus-session render --minu") == "--minutes\n");
  CHECK(complete("focus-session measure so") == "song.flac\n");
  CHECK(complete("focus-session keys re") == "remove\n");
  CHECK(complete("focus-session store repair --js") == "--json\n");
  CHECK(complete("focus-session play --intensity \"\"") == "low medium high\n");
  for (const std::string& command : kCommands) {
    const std::string offered = " " + complete("focus-session " + command + " --");
    for (const std::string& option : options_in_help(command)) {
      INFO(command << " " << option << " in " << offered);
      CHECK((offered.find(" " + option + " ") != offered.npos ||
             offered.find(" " + option + "\n") != offered.npos));
    }
  }
}

TEST_CASE("the completions of zsh and fish name every option, and are read without an error") {
  const std::string zsh = document("zsh");
  const std::string fish = document("fish");
  for (const std::string& command : kCommands) {
    for (const std::string& option : options_in_help(command)) {
      INFO(command << " " << option);
      CHECK(zsh.find("'*" + option + "[") != zsh.npos);
      CHECK(fish.find(" -l " + option.substr(2) + " ") != fish.npos);
    }
  }
  const TempFolder folder;
  std::ofstream(folder / "zsh") << zsh;
  std::ofstream(folder / "fish") << fish;
  if (has_shell("zsh")) CHECK(run("zsh -n " + (folder / "zsh")).exit_code == 0);
  if (has_shell("fish")) CHECK(run("fish -n " + (folder / "fish")).exit_code == 0);
}

TEST_CASE("a document that there is not is refused") {
  const auto refused = run(kTool + " documents html");
  CHECK(refused.exit_code == 2);
  CHECK(refused.err.find("man, bash, zsh, fish") != std::string::npos);
}
