// SPDX-License-Identifier: MIT
#include "playback.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "failure.h"
#include "request_options.h"
#include "story.h"
#include "text.h"

namespace cli {
namespace {

using Kind = Action::Kind;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr double kStopFadeSeconds = 0.5;
constexpr milliseconds kLongestStop(1500);
constexpr seconds kStall(3);         // so long without a frame pulled, and the device is gone
constexpr seconds kBetweenTries(1);  // to reach another one
constexpr std::array<double, 3> kSleepMinutes = {15.0, 30.0, 60.0};

focus::Goal goal_after(focus::Goal goal) {
  switch (goal) {
    case focus::Goal::focus:
      return focus::Goal::relax;
    case focus::Goal::relax:
      return focus::Goal::sleep;
    case focus::Goal::sleep:
      return focus::Goal::energize;
    default:
      return focus::Goal::focus;
  }
}

std::string minutes_text(double minutes) {
  return decimal(minutes, minutes == std::floor(minutes) ? 0 : 2) + " min";
}

}  // namespace

Playback::Playback(focus::Session session, std::unique_ptr<AudioOutput> output, Reopen reopen)
    : session_(std::move(session)),
      player_(session_.play(focus::PlayerOptions{}
                                .with_sample_rate(output->sample_rate())
                                .with_channel_count(output->channel_count()))),
      reopen_(std::move(reopen)),
      output_(std::move(output)) {}

void Playback::begin() {
  output_->start(player_);
  moved_at_ = Clock::now();
}

std::string Playback::act(const Action& action) {
  switch (action.kind) {
    case Kind::toggle:
      return pause(!paused_);
    case Kind::pause:
      return pause(true);
    case Kind::resume:
      return pause(false);
    case Kind::skip:
      player_.skip();
      return "skip: to the next segment";
    case Kind::seek:
      return seek(action);
    case Kind::volume:
      return set_volume(action);
    case Kind::sleep:
      return set_sleep(action);
    case Kind::status:
      return status();
    case Kind::stop:
      stop();
      return "stopping";
    default:
      return steer(action);
  }
}

std::string Playback::pause(bool on) {
  on ? player_.pause() : player_.resume();
  paused_ = on;
  asleep_ = false;
  return on ? "paused" : "resumed";
}

std::string Playback::seek(const Action& action) {
  const focus::PlayerInfo now = player_.info();
  double to = action.number;
  // A step may lead as far as the beginning, but not over the end.
  if (action.by) to = std::max(now.position_seconds + to, 0.0);
  player_.seek(to);
  return "seek: to " + clock(to);
}

std::string Playback::set_volume(const Action& action) {
  double volume = action.number;
  if (action.by) {
    const double steps = std::round(20.0 * (player_.info().volume + volume));
    volume = std::clamp(steps / 20.0, 0.0, 1.0);
  }
  player_.set_volume(volume);
  return "volume: " + decimal(volume, 2);
}

std::string Playback::set_sleep(const Action& action) {
  double minutes = action.number;
  if (action.next) {
    const auto* longer = std::find_if(kSleepMinutes.begin(), kSleepMinutes.end(),
                                      [this](double choice) { return choice > sleep_minutes_; });
    minutes = longer == kSleepMinutes.end() ? 0.0 : *longer;
  }
  if (minutes == 0.0) {
    player_.set_sleep_timer(-1.0, 0.0);
  } else {
    player_.set_sleep_timer(60.0 * minutes, std::min(sleep_fade_seconds_, 60.0 * minutes));
  }
  sleep_minutes_ = minutes;
  return minutes == 0.0 ? "sleep: off" : "sleep: pauses in " + minutes_text(minutes);
}

std::string Playback::steer(const Action& action) {
  const focus::SessionInfo now = session_.snapshot().info();
  focus::Steering steering;
  std::string what;
  switch (action.kind) {
    case Kind::intensity:
      steering.with_intensity(action.intensity);
      what = "intensity " + name_of(action.intensity);
      break;
    case Kind::divergence: {
      const double wanted = std::round(10.0 * (now.divergence + action.number)) / 10.0;
      const double value = action.by ? std::clamp(wanted, 0.0, 1.0) : action.number;
      steering.with_divergence(value);
      what = "divergence " + decimal(value, value * 10.0 == std::round(value * 10.0) ? 1 : 2);
      break;
    }
    case Kind::goal: {
      const focus::Goal goal = action.next ? goal_after(now.goal) : action.goal;
      steering.with_goal(goal);
      what = "goal " + name_of(goal);
      break;
    }
    case Kind::prompt:
      steering.with_custom_prompt(action.words);
      what = "prompt \"" + action.words + "\"";
      break;
    case Kind::level:
      steering.*action.layer = action.number;
      what = action.words +
             (action.number <= -60.0 ? " off" : " at " + decimal(action.number, 1) + " dB");
      break;
    case Kind::scenes:
      steering.with_scenes(action.words);
      what = action.words.empty() ? "scenes off" : "scenes " + action.words;
      break;
    default: {
      const double wanted = action.by ? now.target_minutes + action.number : action.number;
      steering.with_target_minutes(static_cast<std::int32_t>(wanted));
      what = "minutes " + decimal(wanted, 0);
    }
  }
  const double from = session_.steer(steering);
  const std::vector<focus::SegmentInfo> segments = session_.snapshot().segments();
  const auto first = std::find_if(
      segments.begin(), segments.end(),
      [from](const focus::SegmentInfo& segment) { return segment.start_seconds > from - 0.01; });
  if (action.kind != Kind::minutes && first != segments.end()) story_from_ = first->index;
  return "steered: " + what + ", from " + clock(from) + " on";
}

std::string Playback::status() const {
  const focus::PlayerInfo now = player_.info();
  std::string text = "status: ";
  text += now.state == focus::PlayerState::playing  ? "playing"
          : now.state == focus::PlayerState::paused ? "paused"
                                                    : "waiting";
  text += ", " + clock(now.position_seconds) + " of " + clock(now.duration_seconds) + ", segment " +
          std::to_string(now.segment_index + 1) + " of " +
          std::to_string(session_.snapshot().info().total_segments) + ", volume " +
          decimal(now.volume, 2);
  if (now.sleep_seconds >= 0.0) text += ", sleep in " + clock(now.sleep_seconds);
  return text + ", " + plural(now.underruns, "underrun");
}

std::vector<std::string> Playback::watch() {
  std::vector<std::string> news;
  watch_events(news);
  watch_player(news);
  watch_output(news);
  return news;
}

void Playback::watch_events(std::vector<std::string>& news) {
  while (const focus::Event event = session_.poll_event()) {
    const std::string segment = "segment " + std::to_string(event.segment_index + 1) + ": ";
    switch (event.type) {
      case focus::EventType::fallback:
        news.push_back("fallback: " + segment + event.message);
        break;
      case focus::EventType::trouble:
        news.push_back("trouble: " + segment + event.message);
        break;
      case focus::EventType::segment_failed:
        failure_ = segment + event.message;
        news.push_back("failed: " + failure_);
        break;
      default:
        break;  // what a listener hears, or has done
    }
  }
}

void Playback::watch_player(std::vector<std::string>& news) {
  const focus::PlayerInfo now = player_.info();
  if (now.state == focus::PlayerState::playing && now.segment_index != segment_) {
    watch_segment(now.segment_index, news);
  }
  if (now.underruns > underruns_) {
    underruns_ = now.underruns;
    news.push_back("underrun: the music had to wait (" + plural(underruns_, "time") + " so far)");
  }
  if (sleep_minutes_ > 0.0 && now.sleep_seconds < 0.0 && !stopping()) {
    sleep_minutes_ = 0.0;
    paused_ = true;
    asleep_ = true;
    news.push_back("paused: the sleep timer has run out");
  }
}

void Playback::watch_segment(std::int32_t index, std::vector<std::string>& news) {
  const focus::Snapshot snapshot = session_.snapshot();
  const std::int32_t total = snapshot.info().total_segments;
  // Just after a steering the old music may still sound where the plan has a segment to be made.
  if (index >= total || !snapshot.segment(index).ready) return;
  segment_ = index;
  news.push_back("segment " + std::to_string(index + 1) + " of " + std::to_string(total) + ": " +
                 describe(snapshot.segment(index)));
  if (index < story_from_) return;
  story_from_ = total;
  const std::string story = story_of(session_.snapshot(), index);
  if (!story.empty()) news.push_back("music: " + story);
}

/// Nobody pulls, although there is music.
bool Playback::stalled() {
  const focus::PlayerInfo now = player_.info();
  if (now.state != focus::PlayerState::playing || now.position_seconds != last_position_) {
    moved_at_ = Clock::now();
  }
  last_position_ = now.position_seconds;
  return Clock::now() - moved_at_ > kStall;
}

void Playback::watch_output(std::vector<std::string>& news) {
  if (output_ && (!output_->running() || stalled())) {
    news.push_back("device: \"" + output_->name() +
                   "\" is gone; the music waits for another sound device");
    output_.reset();
    reopen_at_ = Clock::now();
  }
  if (output_ || stopping() || Clock::now() < reopen_at_) return;
  reopen_at_ = Clock::now() + kBetweenTries;
  try {
    auto output = reopen_(session_.snapshot().info().sample_rate);
    player_.set_output(output->sample_rate(), output->channel_count());
    output->start(player_);
    output_ = std::move(output);
  } catch (const Failure&) {
    return;  // there will be one sooner or later
  }
  moved_at_ = Clock::now();
  news.push_back("device: plays on \"" + output_->name() + "\" at " +
                 std::to_string(output_->sample_rate()) + " Hz");
}

void Playback::stop() {
  if (stopping()) return;
  stop_by_ = Clock::now();
  if (!output_ || player_.info().state != focus::PlayerState::playing) return;
  player_.set_sleep_timer(kStopFadeSeconds, kStopFadeSeconds);
  *stop_by_ += kLongestStop;
}

bool Playback::over() const {
  const focus::PlayerState state = player_.info().state;
  if (state == focus::PlayerState::finished) return true;
  return stopping() && (state == focus::PlayerState::paused || Clock::now() >= *stop_by_);
}

std::string Playback::shortfall() const {
  const focus::PlayerInfo now = player_.info();
  if (stopping() || now.position_seconds > now.duration_seconds - 1.0) return {};
  return "the music ended after " + clock(now.position_seconds) + " of " +
         clock(now.duration_seconds) + (failure_.empty() ? "" : ": " + failure_);
}

std::string describe(const focus::SegmentInfo& segment) {
  std::string text = segment.key + ", " + decimal(segment.tempo_bpm, 1) + " bpm";
  if (!segment.engine.empty()) text += ", " + segment.engine;
  if (segment.phase == focus::Phase::work) text += ", work";
  if (segment.phase == focus::Phase::break_) text += ", break";
  if (segment.ready) text += ", " + decimal(segment.integrated_lufs, 1) + " LUFS";
  return text;
}

}  // namespace cli
