// SPDX-License-Identifier: MIT
// focus-session: focus music to hear, into a file or over HTTP, from the command line.
#include <csignal>
#include <exception>
#include <iostream>
#include <string>

#include <CLI/CLI.hpp>

#include "documents.h"
#include "failure.h"
#include "options.h"
#include "text.h"
#include <focus_session/focus_session.hpp>

namespace {

constexpr const char* kExamples = R"(Examples:
  focus-session render focus.flac                            ten minutes of focus music
  focus-session render night.opus --goal sleep --minutes 480
  focus-session render rain.wav --prompt "slow warm pads, rain on a window"
  focus-session play --minutes 60                            an hour of it, now
  focus-session measure focus.flac
  focus-session mix one.flac two.mp3 --out both.flac
  focus-session engines
  focus-session check-engine --engine-command 'python3 drone_engine.py {brief} {out}'
  focus-session serve --data ~/focus                         focus music over HTTP, and a page
  focus-session store check ~/focus                          whether what is kept there is whole

Each command tells more: focus-session render --help)";

std::string version() {
  const int loaded = focus::version_number();
  const auto dotted = [](int number) {
    return std::to_string(number / 10000) + "." + std::to_string(number / 100 % 100) + "." +
           std::to_string(number % 100);
  };
  std::string text = "focus-session " + dotted(FOCUS_VERSION_NUMBER);
  if (loaded != FOCUS_VERSION_NUMBER) text += " (library " + dotted(loaded) + ")";
  return text;
}

int complain(const std::string& message, int exit_code) {
  if (!message.empty()) std::cerr << "focus-session: " << cli::plain(message) << std::endl;
  return exit_code;
}

/// What is wrong with the command line, and where to read on.
std::string reason(const CLI::App& app, const CLI::ParseError& error) {
  const auto commands = app.get_subcommands();  // those that were said
  if (!commands.empty()) {
    return std::string(error.what()) + "; see focus-session " + commands.front()->get_name() +
           " --help";
  }
  const auto unknown = app.remaining();
  return (unknown.empty() ? "say what to do" : "\"" + unknown.front() + "\" is no command") +
         std::string(
             ": render, play, measure, mix, engines, check-engine, serve, keys or store; see "
             "focus-session --help");
}

int run(int argc, char** argv) {
  CLI::App app("Endless, seamless focus music, made on this machine.", "focus-session");
  app.set_version_flag("--version", version());
  app.require_subcommand(1);
  app.footer(kExamples);
  app.get_formatter()->column_width(26);

  cli::RenderOptions render_options;
  cli::PlayOptions play_options;
  cli::MeasureOptions measure_options;
  cli::MixCommandOptions mix_options;
  cli::EnginesOptions engines_options;
  cli::CheckEngineOptions check_options;
  cli::ServeOptions serve_options;
  cli::KeysOptions keys_options;
  cli::StoreOptions store_options;
  cli::DocumentWriter write_document = nullptr;
  const CLI::App* render = cli::add_render(app, render_options);
  const CLI::App* play = cli::add_play(app, play_options);
  const CLI::App* measure = cli::add_measure(app, measure_options);
  const CLI::App* mix = cli::add_mix(app, mix_options);
  cli::add_engines(app, engines_options);
  const CLI::App* check = cli::add_check_engine(app, check_options);
  const CLI::App* serve = cli::add_serve(app, serve_options);
  const CLI::App* keys = cli::add_keys(app, keys_options);
  const CLI::App* store = cli::add_store(app, store_options);
  const CLI::App* documents = cli::add_documents(app, write_document);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help or --version
    return complain(reason(app, error), cli::kExitUsage);
  }
  if (*render) return cli::render(render_options);
  if (*play) return cli::play(play_options);
  if (*measure) return cli::measure(measure_options);
  if (*mix) return cli::mix(mix_options);
  if (*check) return cli::check_engine(check_options);
  if (*serve) return cli::serve(serve_options);
  if (*keys) return cli::keys(keys_options);
  if (*store) return cli::store(store_options);
  if (*documents) {
    std::cout << write_document(app);
    return cli::kExitOk;
  }
  return cli::engines(engines_options);
}

}  // namespace

int main(int argc, char** argv) {
#if defined(SIGXFSZ)
  std::signal(SIGXFSZ, SIG_IGN);  // a file beyond `ulimit -f` is an error of the write
#endif
  try {
    const int exit_code = run(argc, argv);
    std::cout.flush();
    if (!std::cout) return complain("standard output could not be written", cli::kExitFailed);
    return exit_code;
  } catch (const cli::Failure& failure) {
    return complain(failure.what(), failure.exit_code());
  } catch (const focus::Error& error) {
    const cli::Failure failure = cli::explain(error);
    return complain(failure.what(), failure.exit_code());
  } catch (const std::exception& error) {
    return complain(error.what(), cli::kExitFailed);
  }
}
