// SPDX-License-Identifier: MIT
#include <cmath>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "audio_output.h"
#include "commands.h"
#include "failure.h"
#include "front_end.h"
#include "interrupt.h"
#include "options.h"
#include "playback.h"
#include "terminal.h"
#include "text.h"
#include <focus_session/focus_session.hpp>

namespace cli {
namespace {

// What is made further ahead would be made in vain as soon as the listener steers.
constexpr std::int32_t kLookAhead = 3;

focus::Service open_service(const PlayOptions& options) {
  focus::ServiceOptions service;
  service.with_worker_count(options.jobs);
  if (options.data_folder.empty()) {
    service.with_storage(focus::Storage::memory);
  } else {
    service.with_data_folder(options.data_folder);
  }
  return focus::Service(service);
}

focus::Session open_session(focus::Service& service, const PlayOptions& options) {
  if (options.session_id.empty()) {
    focus::Request request = request_of(options.request).with_look_ahead(kLookAhead);
    request.engine = chosen_engine(request.engine, options.engine);
    return service.start(request);
  }
  if (options.session_id != "last") return service.open(options.session_id);
  const std::vector<std::string> kept = service.sessions();
  if (kept.empty()) {
    throw Failure(kExitFailed, "--session: " + options.data_folder + " has no session yet");
  }
  return service.open(kept.back());
}

Playback open_playback(focus::Service& service, const PlayOptions& options) {
  const auto open = [options](const std::string& device, std::int32_t rate) {
    return open_output(device, rate, options.speed);
  };
  // The device first: where there is none, no session shall be left behind.
  std::unique_ptr<AudioOutput> output = open(options.device, options.request.rate);
  focus::Session session = open_session(service, options);
  const std::int32_t rate = session.snapshot().info().sample_rate;
  if (rate != output->sample_rate() && rate != options.request.rate) {
    output.reset();
    output = open(options.device, rate);
  }
  // A user who has chosen no device gets none later on either.
  const std::string later = options.device == "none" ? "none" : "";
  return Playback(std::move(session), std::move(output),
                  [open, later](std::int32_t wanted) { return open(later, wanted); });
}

void set_up(Playback& playback, const PlayOptions& options) {
  playback.set_sleep_fade(options.sleep_fade_seconds);
  Action action;
  action.kind = Action::Kind::volume;
  action.number = options.volume;
  playback.act(action);
  if (options.sleep_minutes > 0.0) {
    action.kind = Action::Kind::sleep;
    action.number = options.sleep_minutes;
    playback.act(action);
  }
  if (options.start_seconds <= 0.0) return;
  try {
    action.kind = Action::Kind::seek;
    action.number = options.start_seconds;
    playback.act(action);
  } catch (const focus::Error&) {
    throw Failure(kExitUsage, "--start: must be before the end of the session, which is " +
                                  clock(playback.player().duration_seconds) + " long");
  }
}

std::string first_words(const Playback& playback) {
  const focus::SessionInfo session = playback.session().info();
  return "started: " + clock(playback.player().duration_seconds) + " of " + name_of(session.goal) +
         ", " + name_of(session.intensity) + ", seed " + std::to_string(session.seed) + ", " +
         plural(session.total_segments, "segment") + " by " + session.engine + ", on " +
         playback.output_name() + " at " + std::to_string(playback.player().sample_rate) +
         " Hz, session " + session.session_id;
}

void listen(Playback& playback, FrontEnd& front_end) {
  const auto tell = [&](const std::string& news) {
    front_end.tell(playback.player().position_seconds, news);
  };
  tell(first_words(playback));
  playback.begin();
  while (!playback.over()) {
    for (const std::string& command : front_end.commands()) {
      if (playback.stopping()) break;
      try {
        tell(playback.act(read_command(command)));
      } catch (const std::runtime_error& error) {
        tell(std::string("refused: ") + error.what());
      }
    }
    for (const std::string& news : playback.watch()) tell(news);
    if (interrupted()) playback.stop();
    // Nobody is there who could go on.
    if (playback.asleep() && !front_end.attended()) playback.stop();
    front_end.show(playback);
  }
  if (!playback.shortfall().empty()) return;
  tell(playback.stopping() ? "stopped" : "finished");
  front_end.show(playback);
}

/// How to hear the rest, or the same again.
void print_farewell(const Playback& playback, const PlayOptions& options) {
  const focus::SessionInfo session = playback.session().info();
  if (options.data_folder.empty()) {
    std::cout << "the same again: add --seed " << session.seed << '\n';
    return;
  }
  const focus::PlayerInfo player = playback.player();
  const bool finished = player.state == focus::PlayerState::finished;
  std::cout << (finished ? "again" : "go on") << ": focus-session play --data "
            << shell_quoted(options.data_folder) << " --session " << session.session_id;
  if (!finished) std::cout << " --start " << clock(std::floor(player.position_seconds));
  std::cout << '\n';
}

}  // namespace

int play(const PlayOptions& options) {
  if (options.device == "list") {
    list_devices(std::cout);
    return kExitOk;
  }
  note_interrupts();
  focus::Service service = open_service(options);
  add_engine(service, options.engine, LibraryScan::in_background);
  Playback playback = open_playback(service, options);
  set_up(playback, options);
  const bool screen = on_terminal();
  {
    const std::unique_ptr<FrontEnd> front_end = screen ? make_screen() : make_log();
    listen(playback, *front_end);
  }
  if (const std::string why = playback.shortfall(); !why.empty()) {
    throw Failure(kExitFailed, why);
  }
  if (screen || !options.data_folder.empty()) print_farewell(playback, options);
  return kExitOk;
}

}  // namespace cli
