// SPDX-License-Identifier: MIT
#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "documents.h"
#include "engine_options.h"
#include "request_options.h"
#include "text.h"

namespace cli {
namespace {

/// What the value of an option or an argument is.
struct Value {
  enum class Kind { none, words, file, folder, text };
  Kind kind = Kind::none;
  std::string words;  ///< with blanks between them
};

/// The values of an option that is a choice, by the names that the tool itself reads.
std::string choices_of(const std::string& option) {
  std::vector<std::string> words;
  if (option == "--goal") {
    for (int goal = FOCUS_GOAL_FOCUS; goal <= FOCUS_GOAL_CUSTOM_PROMPT; ++goal) {
      words.push_back(name_of(static_cast<focus::Goal>(goal)));
    }
  } else if (option == "--intensity") {
    for (int level = FOCUS_INTENSITY_LOW; level <= FOCUS_INTENSITY_HIGH; ++level) {
      words.push_back(name_of(static_cast<focus::Intensity>(level)));
    }
  } else if (option == "--engine-licence") {
    for (int licence = FOCUS_LICENCE_COMMERCIAL_CLEARED; licence <= FOCUS_LICENCE_UNCLEAR;
         ++licence) {
      words.push_back(name_of(static_cast<focus::LicenceClass>(licence)));
    }
  } else if (option == "--crossfade") {
    words = {"auto"};
  } else if (option == "--device") {
    words = {"list", "none"};
  } else if (option == "--session") {
    words = {"last"};
  } else if (option == "--engine" || option == "--fallback") {
    words = {"studio", "soundscape"};
  }
  return joined(words, " ");
}

Value value_of(const CLI::Option& option) {
  if (!option.get_positional()) {
    if (!takes_value(option)) return {};
    if (const std::string words = choices_of(name_of(option)); !words.empty()) {
      return {Value::Kind::words, words};
    }
  }
  const std::string type = option.get_positional() ? option.get_name() : option.get_type_name();
  if (type == "DIR" || type == "FOLDER") return {Value::Kind::folder, ""};
  if (type == "FILE" || type == "OUT") return {Value::Kind::file, ""};
  if (type == "KEY") return {Value::Kind::words, "studio soundscape"};
  return {Value::Kind::text, ""};
}

/// One level of commands: "" for the tool itself, "keys" and "keys add" below it.
struct Level {
  std::string path;
  const CLI::App* app;
};

std::vector<Level> levels_of(const CLI::App& app, const std::string& path = "") {
  std::vector<Level> levels = {{path, &app}};
  for (const CLI::App* command : commands_of(app)) {
    const auto below =
        levels_of(*command, path.empty() ? command->get_name() : path + " " + command->get_name());
    levels.insert(levels.end(), below.begin(), below.end());
  }
  return levels;
}

std::vector<std::string> names_of(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.get_snames()) names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
  return names;
}

std::string bash_action(const Value& value) {
  switch (value.kind) {
    case Value::Kind::words:
      return "COMPREPLY=($(compgen -W '" + value.words + "' -- \"$cur\"))";
    case Value::Kind::file:
      return "compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")";
    case Value::Kind::folder:
      return "compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- \"$cur\")";
    case Value::Kind::none:
    case Value::Kind::text:
      break;
  }
  return "COMPREPLY=()";
}

/// Text between two single quotes of zsh or fish.
std::string single_quoted(const std::string& text, std::string_view escaped, const char* quote) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') {
      out += quote;
    } else {
      if (escaped.find(c) != escaped.npos) out += '\\';
      out += c;
    }
  }
  return out;
}

std::string zsh_action(const Value& value) {
  switch (value.kind) {
    case Value::Kind::words:
      return ":value:(" + value.words + ")";
    case Value::Kind::file:
      return ":file:_files";
    case Value::Kind::folder:
      return ":folder:_files -/";
    case Value::Kind::text:
      return ":value: ";
    case Value::Kind::none:
      break;
  }
  return "";
}

std::string function_name(const std::string& path) {
  std::string name = "_focus-session" + (path.empty() ? "" : "_" + path);
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
}

void write_zsh_level(std::ostringstream& out, const Level& level) {
  const auto commands = commands_of(*level.app);
  out << function_name(level.path) << "() {\n";
  if (!commands.empty()) out << "  local curcontext=\"$curcontext\" state line\n";
  out << "  _arguments -s" << (commands.empty() ? "" : " -C");
  for (const CLI::Option* option : options_of(*level.app)) {
    for (const std::string& name : names_of(*option)) {
      // An option may be said again: --level, --price.
      out << " \\\n    '*" << name << '['
          << single_quoted(option->get_description(), "[]:\\", "'\\''") << ']'
          << zsh_action(value_of(*option)) << "'";
    }
  }
  for (const CLI::Option* argument : arguments_of(*level.app)) {
    out << " \\\n    '" << (argument->get_items_expected_max() > 1 ? "*" : "")
        << zsh_action(value_of(*argument)) << "'";
  }
  if (commands.empty()) {
    out << "\n}\n\n";
    return;
  }
  out << " \\\n    '1: :->command' \\\n    '*:: :->rest'\n  case $state in\n    command)\n"
      << "      local -a commands=(\n";
  for (const CLI::App* command : commands) {
    out << "        '" << command->get_name() << ':'
        << single_quoted(command->get_description(), "\\", "'\\''") << "'\n";
  }
  out << "      )\n      _describe command commands\n      ;;\n    rest)\n      case $line[1] in\n";
  for (const CLI::App* command : commands) {
    const std::string path =
        level.path.empty() ? command->get_name() : level.path + " " + command->get_name();
    out << "        " << command->get_name() << ") " << function_name(path) << " ;;\n";
  }
  out << "      esac\n      ;;\n  esac\n}\n\n";
}

std::string fish_condition(const Level& level) {
  return "'__focus_session_at \"" + level.path + "\"'";
}

void write_fish_level(std::ostringstream& out, const Level& level) {
  const std::string at = "complete -c focus-session -n " + fish_condition(level);
  for (const CLI::App* command : commands_of(*level.app)) {
    out << at << " -f -a " << command->get_name() << " -d '"
        << single_quoted(command->get_description(), "\\", "\\'") << "'\n";
  }
  for (const CLI::Option* option : options_of(*level.app)) {
    out << at;
    for (const std::string& name : option->get_snames()) out << " -s " << name;
    for (const std::string& name : option->get_lnames()) out << " -l " << name;
    const Value value = value_of(*option);
    if (value.kind == Value::Kind::words) out << " -x -a '" << value.words << "'";
    if (value.kind == Value::Kind::file) out << " -r -F";
    if (value.kind == Value::Kind::folder) out << " -x -a '(__fish_complete_directories)'";
    if (value.kind == Value::Kind::text) out << " -x";
    out << " -d '" << single_quoted(option->get_description(), "\\", "\\'") << "'\n";
  }
  for (const CLI::Option* argument : arguments_of(*level.app)) {
    const Value value = value_of(*argument);
    if (value.kind == Value::Kind::words) out << at << " -f -a '" << value.words << "'\n";
    if (value.kind == Value::Kind::file) out << at << " -F\n";
    if (value.kind == Value::Kind::folder) out << at << " -f -a '(__fish_complete_directories)'\n";
  }
}

}  // namespace

std::string bash_completions(const CLI::App& app) {
  std::ostringstream out;
  out << "# SPDX-License-Identifier: MIT\n"
         "# bash completion for focus-session, written by `focus-session documents bash`.\n"
         "_focus_session() {\n"
         "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} path= word i\n"
         "  COMPREPLY=()\n"
         "  for ((i = 1; i < COMP_CWORD; ++i)); do\n"
         "    word=${COMP_WORDS[i]}\n"
         "    case \"$path${path:+ }$word\" in\n";
  const std::vector<Level> levels = levels_of(app);
  for (const Level& level : levels) {
    if (!level.path.empty())
      out << "      '" << level.path << "') path='" << level.path << "' ;;\n";
  }
  out << "    esac\n  done\n  case \"$path\" in\n";
  for (const Level& level : levels) {
    out << "    '" << level.path << "')\n      case \"$prev\" in\n";
    std::vector<std::string> words;
    for (const CLI::Option* option : options_of(*level.app)) {
      const std::vector<std::string> names = names_of(*option);
      words.insert(words.end(), names.begin(), names.end());
      if (!takes_value(*option)) continue;
      out << "        " << joined(names, "|") << ") " << bash_action(value_of(*option))
          << "; return ;;\n";
    }
    for (const CLI::App* command : commands_of(*level.app)) words.push_back(command->get_name());
    out << "      esac\n";
    const auto arguments = arguments_of(*level.app);
    if (!arguments.empty()) {
      out << "      if [[ $cur != -* ]]; then " << bash_action(value_of(*arguments.front()))
          << "; return; fi\n";
    }
    out << "      COMPREPLY=($(compgen -W '" << joined(words, " ") << "' -- \"$cur\")) ;;\n";
  }
  out << "  esac\n}\ncomplete -F _focus_session focus-session\n";
  return out.str();
}

std::string zsh_completions(const CLI::App& app) {
  std::ostringstream out;
  out << "#compdef focus-session\n"
         "# SPDX-License-Identifier: MIT\n"
         "# zsh completion for focus-session, written by `focus-session documents zsh`.\n\n";
  for (const Level& level : levels_of(app)) write_zsh_level(out, level);
  out << "if [ \"$funcstack[1]\" = \"_focus-session\" ]; then\n  _focus-session \"$@\"\n"
         "else\n  compdef _focus-session focus-session\nfi\n";
  return out.str();
}

std::string fish_completions(const CLI::App& app) {
  std::ostringstream out;
  out << "# SPDX-License-Identifier: MIT\n"
         "# fish completion for focus-session, written by `focus-session documents fish`.\n"
         "function __focus_session_at\n"
         "  set -l path ''\n"
         "  for word in (commandline -opc)[2..-1]\n"
         "    set -l next (string trim -- \"$path $word\")\n"
         "    switch \"$next\"\n      case";
  const std::vector<Level> levels = levels_of(app);
  for (const Level& level : levels) {
    if (!level.path.empty()) out << " '" << level.path << "'";
  }
  out << "\n        set path $next\n    end\n  end\n  test \"$path\" = \"$argv[1]\"\nend\n"
         "complete -c focus-session -n '__focus_session_at \"\"' -f\n";
  for (const Level& level : levels) write_fish_level(out, level);
  return out.str();
}

}  // namespace cli
