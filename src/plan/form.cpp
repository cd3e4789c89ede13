// SPDX-License-Identifier: MIT
#include "plan/form.h"

#include <algorithm>
#include <cmath>

#include "plan/easing.h"
#include "plan/movements.h"

namespace focus::core::plan {
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
      level_span_lu_(level_span_lu(question.reading.character)) {
  settle_level();
}

/// Finds the tension at which the level is that of the session, so that the power of the whole
/// session is not changed by its arcs.
void Form::settle_level() {
  const double end = static_cast<double>(movements_.back().end) * 0.01;
  const double start = static_cast<double>(movements_.front().start) * 0.01;
  constexpr int kPoints = 512;
  double power = 0.0;
  for (int i = 0; i < kPoints; ++i) {
    const double at = start + (end - start) * (i + 0.5) / kPoints;
    power += std::pow(10.0, 0.1 * level_span_lu_ * tension(at));
  }
  if (level_span_lu_ > 0.0) level_middle_ = 10.0 * std::log10(power / kPoints) / level_span_lu_;
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
  return level_span_lu_ * (tension(seconds) - level_middle_);
}

double Form::tempo_at(std::int64_t time) const {
  const auto after = std::partition_point(
      movements_.begin(), movements_.end(),
      [time](const Movement& movement) { return movement.tempo_from <= time; });
  return after == movements_.begin() ? after->tempo : (after - 1)->tempo;
}

int Form::bar_at(std::int64_t time, int home_bar) const {
  return static_cast<int>(std::lround(home_bar / tempo_at(time)));
}

}  // namespace focus::core::plan
