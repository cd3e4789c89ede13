// SPDX-License-Identifier: MIT
#include "plan/form.h"

#include <algorithm>
#include <cmath>

#include "plan/easing.h"
#include "plan/movements.h"

namespace focus::core::plan {
namespace {

/// In how many seconds the level moves to that of changed music.
constexpr double kApproachSeconds = 30.0;

}  // namespace

Key Movement::key_in(Key home) const {
  if (fifths == 0 && !mode) return home;
  return key_on_circle(position_on_circle(home) + fifths, mode.value_or(home.mode));
}

double Movement::seconds_of_bar(double bar) const {
  const double bars = static_cast<double>(std::max<std::int64_t>(end_bar - first_bar, 1));
  const double share = (bar - static_cast<double>(first_bar)) / bars;
  return 0.01 * (static_cast<double>(start) + share * static_cast<double>(end - start));
}

std::string name_of(const Movement& movement) {
  std::string name;
  for (int theme = movement.theme; theme >= 0; theme = theme / 26 - 1) {
    name.insert(name.begin(), static_cast<char>('A' + theme % 26));
  }
  return name.append(static_cast<std::size_t>(std::min(movement.returns, 3)), '\'');
}

Form::Form(double seconds) {
  Movement& only = movements_.emplace_back();
  only.end = std::llround(seconds * 100.0);
  only.height = only.end * 2 / 3;
}

Form::Form(const Question& question)
    : movements_(draw_movements(question)),
      level_span_lu_(level_span_lu(question.reading.character)) {}

void Form::settle_level(std::span<const Stretch> stretches) {
  if (level_span_lu_ <= 0.0 || stretches.empty()) return;
  level_middle_ = 0.0;
  double power = 0.0, seconds = 0.0;
  for (const Stretch& stretch : stretches) {
    const double length = stretch.to - stretch.from;
    power += length * std::pow(10.0, 0.1 * level_lu(stretch.from, stretch.to));
    seconds += length;
  }
  level_middle_ = 10.0 * std::log10(power / seconds) / level_span_lu_;
}

const Movement& Form::at(std::int64_t time) const {
  const auto after =
      std::partition_point(movements_.begin(), movements_.end(),
                           [time](const Movement& movement) { return movement.start <= time; });
  return after == movements_.begin() ? *after : *(after - 1);
}

const Movement& Form::at(std::int64_t time, Phase phase) const {
  const Movement* movement = &at(time);
  const auto is_of_phase = [phase](const Movement& other) { return other.phase == phase; };
  if (is_of_phase(*movement)) return *movement;
  const Movement* end = movements_.data() + movements_.size();
  const Movement* next = std::find_if(movement, end, is_of_phase);
  if (next != end) return *next;
  while (movement != movements_.data() && !is_of_phase(*movement)) --movement;
  return *movement;
}

double Form::tension(double seconds) const {
  const double time = seconds * 100.0;
  const Movement& movement = at(std::llround(time));
  const auto start = static_cast<double>(movement.start);
  const auto height = static_cast<double>(movement.height);
  const auto end = static_cast<double>(movement.end);
  if (time <= height) {
    return eased(movement.tension_at_start, movement.tension_at_height,
                 (time - start) / std::max(height - start, 1.0));
  }
  const std::size_t next = static_cast<std::size_t>(&movement - movements_.data()) + 1;
  const double goal =
      next < movements_.size() ? movements_[next].tension_at_start : movement.tension_at_start;
  return eased(movement.tension_at_height, goal, (time - height) / std::max(end - height, 1.0));
}

double Form::level_lu(double seconds) const {
  return level_span_lu_ * (tension(seconds) - level_middle_) + approach_lu(seconds);
}

double Form::level_lu(double from_seconds, double to_seconds) const {
  constexpr int kPoints = 12;
  double power = 0.0;
  for (int i = 0; i < kPoints; ++i) {
    const double at = from_seconds + (to_seconds - from_seconds) * (i + 0.5) / kPoints;
    power += std::pow(10.0, 0.1 * level_lu(at)) / kPoints;
  }
  return 10.0 * std::log10(power);
}

double Form::approach_lu(double seconds) const {
  if (turn_.level_lu == 0.0) return 0.0;
  return eased(turn_.level_lu, 0.0,
               (seconds - 0.01 * static_cast<double>(turn_.from)) / kApproachSeconds);
}

double Form::turned(double seconds) const {
  const auto length = static_cast<double>(turn_.end - turn_.from);
  if (length <= 0.0) return 1.0;
  return eased(0.0, 1.0, (100.0 * seconds - static_cast<double>(turn_.from)) / length);
}

int Form::turn_bars(const Movement& movement) const {
  return turn_.bars > 0 && movement.start == turn_.from ? turn_.bars : 0;
}

double Form::tempo_at(std::int64_t time) const {
  const auto after = std::partition_point(
      movements_.begin(), movements_.end(),
      [time](const Movement& movement) { return movement.tempo_from <= time; });
  return after == movements_.begin() ? after->tempo : (after - 1)->tempo;
}

int Form::bar_at(std::int64_t time, int home_bar) const {
  const double bar = home_bar / tempo_at(time);
  if (turn_.bars == 0 || time >= turn_.end) return static_cast<int>(std::lround(bar));
  // From the old tempo, or from its half or double, which is felt as the same.
  double before = turn_.bar_before;
  while (before > 1.5 * bar) before *= 0.5;
  while (before < 0.67 * bar) before *= 2.0;
  return static_cast<int>(
      std::lround(before + (bar - before) * turned(0.01 * static_cast<double>(time))));
}

}  // namespace focus::core::plan
