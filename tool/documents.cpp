// SPDX-License-Identifier: MIT
#include "documents.h"

#include <utility>

#include "option_types.h"

namespace cli {
namespace {

constexpr std::pair<std::string_view, DocumentWriter> kDocuments[] = {
    {"man", &man_page},
    {"bash", &bash_completions},
    {"zsh", &zsh_completions},
    {"fish", &fish_completions},
};

}  // namespace

CLI::App* add_documents(CLI::App& app, DocumentWriter& writer) {
  CLI::App* command = app.add_subcommand("documents", "Print man, bash, zsh or fish");
  command->group("");
  command
      ->add_option_function<std::string>(
          "NAME", [&writer](const std::string& name) { writer = choose(kDocuments, "NAME", name); },
          "man, bash, zsh or fish")
      ->required()
      ->type_name("");
  return command;
}

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App* command) { return !command->get_group().empty(); });
}

std::vector<const CLI::Option*> options_of(const CLI::App& app) {
  return app.get_options([](const CLI::Option* option) {
    return option->nonpositional() && !option->get_group().empty();
  });
}

std::vector<const CLI::Option*> arguments_of(const CLI::App& app) {
  return app.get_options([](const CLI::Option* option) { return option->get_positional(); });
}

std::string name_of(const CLI::Option& option) {
  const auto& names = option.get_lnames();
  return names.empty() ? "-" + option.get_snames().front() : "--" + names.front();
}

bool takes_value(const CLI::Option& option) { return option.get_items_expected_max() > 0; }

}  // namespace cli
