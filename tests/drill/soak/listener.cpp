// SPDX-License-Identifier: MIT
#include "drill/soak/listener.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

#include "drill/soak/engine.h"

namespace focus::drill {
namespace {

using namespace focus::core;
using player::PlayerState;

/// Between two looks at the feeder: far less than the two seconds that it has ready, and where
/// something is on its way to the audio thread, less than that leaves it.
constexpr double kBurst = 0.7;
constexpr double kCarefulBurst = 0.06;
constexpr double kCarefulSeconds = 1.0;
constexpr double kWorstClick = 0.01;
constexpr double kWorstTurn = 0.03;  // half a frame, where the rate becomes the session's own
constexpr double kLongestHole = 0.012;
constexpr double kLongestSeek = 0.25;
constexpr double kWorstPlace = 2.0;  // frames of the session
constexpr double kSteered = 5.0;     // seconds for which a steering may be told of
constexpr double kEnding = 120.0;    // seconds in which a session may fade out
constexpr std::chrono::seconds kPatience{120};

/// A clock of the machine's, for what the drill waits for itself.
bool wait_for(auto condition) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  return true;
}

}  // namespace

void Listener::told(const absl::Status& status, const char* what) {
  if (!status.ok()) report_.fault(std::string(what) + ": " + std::string(status.message()));
}

/// Counts what is done, and keeps the last of it for the text of a fault.
void Listener::note(const char* action) {
  ++report_.actions[action];
  done_ += std::string(" ") + action;
  if (player_) done_ += "@" + std::to_string(player_->info().position_seconds);
  constexpr std::size_t kKept = 160;
  if (done_.size() > kKept) done_.erase(0, done_.size() - kKept);
}

/// Mostly that of the session, since a resampler takes more time than all the rest.
int Listener::draw_rate() {
  constexpr int kRates[] = {8000, 11025, 16000, 22050, 44100, 44101, 48000, 96000, 192000};
  return random_.chance(0.5) ? session_rate_ : kRates[random_.below(std::size(kRates))];
}

void Listener::start() {
  plan::Request request;
  constexpr int kMinutes[] = {5, 20, 60, 240, 1440};
  constexpr plan::Goal kGoals[] = {plan::Goal::focus, plan::Goal::relax, plan::Goal::energize};
  request.goal = kGoals[random_.below(std::size(kGoals))];
  request.target_minutes = kMinutes[random_.below(std::size(kMinutes))];
  request.segment_seconds = random_.uniform(20.0, 60.0);
  request.divergence = random_.uniform();
  session_rate_ = random_.chance(0.8) ? 8000 : 16000;
  request.sample_rate = session_rate_;
  request.engine = SoakEngine::kKey;
  request.fallback = "soak_stand_in";
  request.seed = random_.bits() >> 12;
  auto session = service_.start(request);
  if (!session.ok()) return told(session.status(), "start");
  session_.emplace(*std::move(session));
  event_ = session_->first_event();
  rate_ = draw_rate();
  player::PlayerOptions options;
  options.sample_rate = rate_;
  options.feed_interval = std::chrono::milliseconds(1);
  auto player = player::Player::create(*session_, options);
  if (!player.ok()) return told(player.status(), "play");
  player_ = *std::move(player);
  ++report_.sessions;
  ear_ = Ear();
  ear_.set_rate(rate_);
  is_tracked_ = true;
  origin_ = heard_ = 0.0;
  careful_ = 1.0;
  listen(1.0);
  ear_.expect_silence(false);
}

void Listener::leave() {
  player_.reset();
  if (!session_) return;
  const std::string id = (*session_)->id();
  session_.reset();
  told(service_.delete_session(id), "delete");
}

/// Waits until all that the next `seconds` need is made, and until the feeder has nothing to do.
bool Listener::settle(double seconds) {
  const double from = player_->info().position_seconds;
  const auto is_made = [&](double place) {
    const auto plan = (*session_)->plan();
    const auto frame =
        static_cast<std::int64_t>(std::min(place, plan->played_seconds() - 0.1) * session_rate_);
    const int segment = plan->segment_at(std::max<std::int64_t>(frame, 0), session_rate_);
    return (*session_)->readiness(segment) == session::Readiness::ready;
  };
  // The feeder mixes two seconds ahead, and opens what comes next before.
  const bool made = wait_for([&] { return is_made(from) && is_made(from + seconds + 5.0); });
  const std::uint32_t rests = player_->feeder_rests();
  // The rest that is counted first may have begun before what was pulled last.
  const bool rested = wait_for([&] { return player_->feeder_rests() - rests >= 2; });
  if (!made) report_.fault("a segment is not made, at " + std::to_string(from) + " s");
  if (!rested) report_.fault("the feeder does not rest, at " + std::to_string(from) + " s");
  return made && rested;
}

void Listener::pull(double seconds) {
  constexpr int kSizes[] = {64, 128, 256, 441, 480, 512, 1024};
  const int size = kSizes[random_.below(std::size(kSizes))];
  std::vector<float> block(static_cast<std::size_t>(size) * 2);
  for (auto left = static_cast<int>(seconds * rate_); left > 0; left -= size) {
    const int frames = std::min(left, size);
    const auto music = player_->render_interleaved(block.data(), frames);
    if (!music.ok()) return told(music.status(), "render");
    heard_ += static_cast<double>(*music) / rate_;
    ear_.hear(block.data(), frames);
    ++report_.callbacks;
  }
  since_steer_ += seconds;
  clock_.advance(seconds);
  report_.simulated_seconds.store(report_.simulated_seconds + seconds);
}

/// Pulls in bursts, and holds what is told of the music against what was heard.
void Listener::listen(double seconds) {
  while (seconds > 0.0 && player_) {
    const double burst = std::min(seconds, careful_ > 0.0 ? kCarefulBurst : kBurst);
    if (!settle(burst)) return;
    pull(burst);
    seconds -= burst;
    careful_ -= burst;
    check();
  }
}

void Listener::check() {
  const player::PlayerInfo info = player_->info();
  const std::string place = ", at " + std::to_string(info.position_seconds) + " s and " +
                            std::to_string(rate_) + " Hz; before: " + done_;
  if (info.underruns > 0) report_.fault("underruns" + place);
  if (is_tracked_) {
    const double apart = std::abs(origin_ + heard_ - info.position_seconds) * session_rate_;
    report_.worst_place = std::max(report_.worst_place, apart);
    if (apart > kWorstPlace) {
      report_.fault(std::to_string(apart) + " frames between what is told and heard" + place);
      is_tracked_ = false;
    }
  }
  if (info.position_seconds > info.duration_seconds - kEnding) ear_.expect_silence(true);
  report_.worst_click = std::max(report_.worst_click, ear_.worst_click());
  report_.longest_hole = std::max(report_.longest_hole, ear_.longest_hole());
  if (ear_.worst_click() > kWorstClick || ear_.worst_turn() > kWorstTurn) {
    report_.fault("a click of " + std::to_string(std::max(ear_.worst_click(), ear_.worst_turn())) +
                  place);
    ear_.forget();
  }
  if (ear_.longest_hole() > kLongestHole) {
    report_.fault("a hole of " + std::to_string(ear_.longest_hole()) + " s" + place);
    ear_.forget();
  }
  if (ear_.heard_nonsense()) {
    report_.fault("samples beyond full scale or no numbers" + place);
    ear_.forget();
  }
  while (const auto event = (*session_)->events().poll(event_)) {
    using session::EventType;
    // Where a listener goes to music that is not made yet, it may be made by who stands in.
    if (event->type == EventType::fallback) ++report_.actions["stand-in"];
    // The feeder may be about to open a segment that a steering takes away at that moment.
    const bool is_replaced = event->type == EventType::trouble && since_steer_ < kSteered;
    if (is_replaced) ++report_.actions["made-again"];
    if (event->type == EventType::segment_failed ||
        (event->type == EventType::trouble && !is_replaced)) {
      report_.fault("event: " + event->message + place);
    }
  }
  if (info.state == PlayerState::finished) check_end(info);
}

void Listener::check_end(const player::PlayerInfo& info) {
  if (info.position_seconds != info.duration_seconds) {
    report_.fault("ends at " + std::to_string(info.position_seconds) + " s of " +
                  std::to_string(info.duration_seconds));
  }
  note("end");
  leave();
}

void Listener::go_on() {
  if (!player_) start();
  if (!player_) return;
  const double longest = rate_ > 48000 ? 10.0 : rate_ > 16000 ? 30.0 : 240.0;
  listen(random_.uniform(2.0, longest));
  if (!player_) return;
  act();
  if (random_.chance(0.01)) {
    note("leave");
    leave();
  }
}

// ---- What a listener does

void Listener::act() {
  const int choice = random_.below(16);
  careful_ = kCarefulSeconds;
  if (choice < 5) return steer();
  if (choice < 8) return seek();
  if (choice < 9) return skip();
  if (choice < 11) return pause();
  if (choice < 12) return sleep();
  if (choice < 15) return change_rate();
  note("volume");
  told(player_->set_volume(random_.uniform(0.3, 1.0)), "volume");
}

void Listener::seek() {
  const double duration = player_->info().duration_seconds;
  const double to = random_.uniform(0.0, std::max(duration - 150.0, 1.0));
  note("seek");
  told(player_->seek(to), "seek");
  land(to);
}

void Listener::skip() {
  const double join = player_->info().next_join_seconds;
  if (join < 0.0) return;
  const double before = player_->info().position_seconds;
  const absl::Status status = player_->skip();
  if (!status.ok()) return;  // the last segment may have begun meanwhile
  note("skip");
  const double to = player_->info().position_seconds;
  if (to < before) report_.fault("a skip leads back");
  land(to);
}

/// A seek to `seconds` was asked for: the music goes on there, after a short fade.
void Listener::land(double seconds) {
  is_tracked_ = false;
  ear_.forget_silence();
  ear_.expect_silence(true);
  if (player_->info().position_seconds * session_rate_ <
      std::floor(seconds * session_rate_) - 1.0) {
    report_.fault("a seek is not told at once");
  }
  // Now and then the host's device changes before its audio thread has come to the new place.
  if (random_.chance(0.3)) {
    if (random_.chance(0.5)) settle(1.0);
    change_rate();
  }
  for (int i = 0; i < 20; ++i) {
    listen(kCarefulBurst);
    if (!player_) return;
    const player::PlayerInfo info = player_->info();
    const double passed = info.position_seconds - seconds;
    if (info.state != PlayerState::playing || passed <= 0.001) continue;
    if (passed > 3.0) report_.fault("a seek lands elsewhere");
    origin_ = info.position_seconds;
    heard_ = 0.0;
    is_tracked_ = true;
    break;
  }
  if (!is_tracked_) report_.fault("a seek does not land, to " + std::to_string(seconds));
  if (ear_.longest_silence() > kLongestSeek) {
    report_.fault("a seek is silent for " + std::to_string(ear_.longest_silence()) + " s");
  }
  ear_.expect_silence(false);
}

void Listener::pause() {
  note("pause");
  player_->set_paused(true);
  ear_.expect_silence(true);
  pull(0.03);
  const double held = heard_;
  if (random_.chance(0.3)) change_rate();
  pull(0.2);
  if (heard_ != held) report_.fault("a pause is not silent after 30 ms");
  clock_.advance(random_.uniform(0.0, 3600.0));  // a phone suspends its programs
  player_->set_paused(false);
  listen(0.1);
  ear_.expect_silence(false);
}

void Listener::sleep() {
  const player::PlayerInfo before = player_->info();
  const double seconds = random_.uniform(0.5, 15.0);
  if (before.duration_seconds - before.position_seconds < seconds + 5.0) return;
  note("sleep");
  ear_.expect_silence(true);
  told(player_->set_sleep_timer(seconds, random_.uniform(0.0, seconds)), "sleep");
  const double asked_at = heard_;
  for (int i = 0; i < 40 && player_ && player_->info().state != PlayerState::paused; ++i)
    listen(0.5);
  if (!player_) return;
  if (std::abs(heard_ - asked_at - seconds) > 0.1) {
    report_.fault("a sleep timer of " + std::to_string(seconds) + " s took " +
                  std::to_string(heard_ - asked_at));
  }
  player_->set_paused(false);
  listen(0.2);
  ear_.expect_silence(false);
}

void Listener::steer() {
  constexpr plan::Intensity kIntensities[] = {plan::Intensity::low, plan::Intensity::medium,
                                              plan::Intensity::high};
  constexpr plan::Goal kGoals[] = {plan::Goal::focus, plan::Goal::relax, plan::Goal::energize};
  const player::PlayerInfo info = player_->info();
  plan::Steering steering;
  if (random_.chance(0.7)) steering.intensity = kIntensities[random_.below(3)];
  if (random_.chance(0.5)) steering.goal = kGoals[random_.below(3)];
  steering.divergence = random_.uniform();
  if (random_.chance(0.1)) {
    const int left = random_.between(3, 60);
    steering.target_minutes = std::min(static_cast<int>(info.position_seconds / 60.0) + left, 1440);
  }
  const auto from = (*session_)->steer(steering);
  since_steer_ = 0.0;
  const bool near_end = info.duration_seconds - info.position_seconds < 60.0;
  if (from.ok()) {
    note("steer");
  } else if (!near_end) {
    told(from.status(), "steer");
  }
  if (random_.chance(0.2)) {
    if (random_.chance(0.5)) settle(1.0);
    change_rate();
  }
}

void Listener::change_rate() {
  note("rate");
  rate_ = draw_rate();
  told(player_->set_output(rate_, 2), "rate");
  ear_.set_rate(rate_);
}

}  // namespace focus::drill
