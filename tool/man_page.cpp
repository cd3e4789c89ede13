// SPDX-License-Identifier: MIT
#include <sstream>

#include "documents.h"

namespace cli {
namespace {

constexpr const char* kHead = R"(.\" SPDX-License-Identifier: MIT
.\" Written by `focus-session documents man`, of the tool's own options.
.TH FOCUS-SESSION 1 "" "Focus Session" "User commands"
.SH NAME
focus-session \- endless, seamless focus music
.SH SYNOPSIS
.B focus-session
.I COMMAND
.RI [ OPTION .\|.\|.]
.SH DESCRIPTION
Composes and masters music to work, rest or fall asleep by, on this machine alone, and plays it, renders it
to files or serves it over HTTP.
.PP
.BI "focus-session " COMMAND " \-\-help"
tells of one command what this page tells of all.
)";

constexpr const char* kTail = R"(.SH EXIT STATUS
.TP
.B 0
it was done
.TP
.B 1
a file or a session could not be made or read, or a check has found something
.TP
.B 2
an option or an argument is wrong
.TP
.B 130, 143
it was interrupted, or asked to end
.SH ENVIRONMENT
.TP
.B TMPDIR
where temporary stores and the files of engine commands are; what a killed process has left of them is
removed by the next one
.SH FILES
.TP
.I DIR/catalogue.sqlite
which sessions, segments and tracks are kept in the folder of
.B \-\-data
.TP
.I DIR/keys.json
the keys of
.B focus-session serve\fR, as hashes
)";

/// Text for groff: no hyphens for minus signs, no escapes, no requests.
std::string quoted(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool begins_line = i == 0 || text[i - 1] == '\n';
    if (begins_line && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  return out;
}

void write_option(std::ostringstream& page, const CLI::Option& option) {
  page << ".TP\n";
  std::string names;
  for (const std::string& name : option.get_snames()) names += "\\-" + quoted(name) + ", ";
  for (const std::string& name : option.get_lnames()) names += "\\-\\-" + quoted(name) + ", ";
  if (names.size() > 2) names.resize(names.size() - 2);
  page << "\\fB" << names << "\\fR";
  if (takes_value(option)) page << " \\fI" << quoted(option.get_type_name()) << "\\fR";
  page << '\n' << quoted(option.get_description());
  if (const std::string usual = option.get_default_str(); !usual.empty()) {
    page << " (default: " << quoted(usual) << ")";
  }
  if (option.get_required()) page << " (required)";
  page << '\n';
}

void write_command(std::ostringstream& page, const CLI::App& command, const std::string& name) {
  page << ".SS \"" << quoted(name);
  for (const CLI::Option* argument : arguments_of(command)) {
    page << ' ' << (argument->get_required() ? "" : "[") << quoted(argument->get_name())
         << (argument->get_items_expected_max() > 1 ? " ..." : "")
         << (argument->get_required() ? "" : "]");
  }
  page << "\"\n" << quoted(command.get_description()) << ".\n";
  for (const CLI::Option* argument : arguments_of(command)) {
    page << ".TP\n\\fI" << quoted(argument->get_name()) << "\\fR\n"
         << quoted(argument->get_description()) << '\n';
  }
  for (const CLI::Option* option : options_of(command)) write_option(page, *option);
  const auto commands = commands_of(command);
  if (commands.empty()) {
    if (!command.get_footer().empty()) {
      page << ".PP\n.nf\n" << quoted(command.get_footer()) << "\n.fi\n";
    }
    return;
  }
  for (const CLI::App* each : commands) write_command(page, *each, name + " " + each->get_name());
}

}  // namespace

std::string man_page(const CLI::App& app) {
  std::ostringstream page;
  page << kHead << ".SH OPTIONS\n";
  for (const CLI::Option* option : options_of(app)) write_option(page, *option);
  page << ".SH COMMANDS\n";
  for (const CLI::App* command : commands_of(app)) {
    write_command(page, *command, command->get_name());
  }
  page << kTail << ".SH EXAMPLES\n.nf\n" << quoted(app.get_footer()) << "\n.fi\n";
  return page.str();
}

}  // namespace cli
