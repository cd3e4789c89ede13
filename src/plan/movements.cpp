// SPDX-License-Identifier: MIT
#include "plan/movements.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/random.h"
#include "plan/decisions.h"
#include "plan/easing.h"

namespace focus::core::plan {
namespace {

constexpr double kFormMinute = 6000.0;
/// In fifths: scales that are further apart have no triad in common.
constexpr int kNear = 2;

/// How far the movements of a goal may go, at divergence 0 and what divergence 1 adds.
struct Reach {
  int fifths, more_fifths;           ///< away from the home scale
  double tempo, more_tempo;          ///< up or down, as a ratio
  double minutes;                    ///< of a movement in a long session
  double tension_low, tension_high;  ///< between which the curve moves
  double level_span_lu;              ///< from tension 0 to 1
};

Reach reach_of(Goal character) {
  switch (character) {
    case Goal::relax:
      return {2, 2, 0.04, 0.04, 8.5, 0.1, 0.75, 4.0};
    case Goal::sleep:
      return {1, 2, 0.03, 0.03, 10.0, 0.0, 0.6, 6.0};
    case Goal::energize:
      return {3, 3, 0.035, 0.05, 7.5, 0.3, 1.0, 4.0};
    case Goal::focus:
    case Goal::custom_prompt:
      break;
  }
  return {2, 3, 0.04, 0.06, 7.5, 0.15, 0.85, 4.0};
}

/// How many movements a phase of `length` has.
int movements_in(std::int64_t length, double usual_minutes) {
  const double minutes = static_cast<double>(length) / kFormMinute;
  const double each = minutes <= 12.0 ? 2.2 : minutes <= 25.0 ? 5.0 : usual_minutes;
  if (minutes < 3.0) return 1;
  return std::max(2, static_cast<int>(std::lround(minutes / each)));
}

/// The themes of the first movements.
constexpr std::array<int, 8> kSuite = {0, 1, 0, 2, 1, 0, 3, 1};

/// The theme of movement `number`, before which `known` themes were heard, `last` just before, and
/// which `left` movements follow. At the end a session comes back to its beginning, from somewhere
/// else.
int theme_of(int number, int left, int known, int last, Random random) {
  if (left == 0 && number > 1) return 0;
  int theme = number < static_cast<int>(kSuite.size()) ? kSuite[static_cast<std::size_t>(number)]
              : random.chance(0.35)                    ? known
                                                       : random.fork("again").below(known);
  if (left == 1 && number > 1 && theme == 0) theme = 2;
  theme = std::min(theme, known);
  return theme == last ? (theme + 1) % (known + 1) : theme;
}

/// Where a session as a whole stands at a share of its length, 0 to 1.
double usual_arch(Goal character, double share) {
  switch (character) {
    case Goal::sleep:
      return 1.0 - share;
    case Goal::energize:
      return share < 0.85 ? 0.4 + 0.6 * share / 0.85 : 1.0 - 0.5 * (share - 0.85) / 0.15;
    default:
      return share < 0.65 ? eased(0.3, 1.0, share / 0.65) : eased(1.0, 0.25, (share - 0.65) / 0.35);
  }
}

/// The same where the prompt asks for a rise or a fall. Sleep never rises.
double arch(Goal character, double rise, double share) {
  const double usual = usual_arch(character, share);
  if (character == Goal::sleep) rise = std::min(rise, 0.0);
  const double asked = rise > 0.0 ? eased(0.0, 1.0, std::min(1.0, share / 0.95)) : 1.0 - share;
  return usual + std::min(1.0, std::abs(rise) / 0.6) * (asked - usual);
}

/// What the movements have in common while they are drawn one after another.
struct Path {
  Goal character = Goal::focus;
  Reach reach;
  Random random{0};
  std::vector<Movement> themes;  ///< the first movement of each theme
  std::vector<int> times;        ///< how often each theme was heard
  int count = 0;
  bool follows_change = false;  ///< the next movement is the first of changed music

  void add_theme(const Movement& first) {
    themes.push_back(first);
    times.push_back(1);
  }
};

/// Gives a new theme its key area and its tempo.
void draw_theme(const Form::Question& question, const Path& path, int last, Movement& movement,
                const Random& random) {
  if (movement.theme == 0) return;  // the home
  const PromptReading& reading = question.reading;
  const double divergence = question.request.divergence;
  const Reach& reach = path.reach;
  if (!reading.tonic && !reading.mode) {
    // An area that was not heard yet, if there is one, and has a chord in common with the last.
    const int most = reach.fifths + static_cast<int>(std::lround(reach.more_fifths * divergence));
    Random draw = random.fork("key");
    std::vector<int> near, unheard;
    for (int fifths = -most; fifths <= most; ++fifths) {
      if (std::abs(fifths - last) > kNear || fifths == last) continue;
      const bool is_new =
          std::none_of(path.themes.begin(), path.themes.end(),
                       [&](const Movement& other) { return other.fifths == fifths; });
      (is_new ? unheard : near).push_back(fifths);
    }
    if (!unheard.empty()) near = unheard;
    if (near.empty()) near.push_back(std::clamp(last, -most, most));
    movement.fifths = near[static_cast<std::size_t>(draw.below(static_cast<int>(near.size())))];
    const std::span<const Mode> modes = modes_for(path.character);
    movement.mode = modes[static_cast<std::size_t>(draw.below(static_cast<int>(modes.size())))];
  }
  if (reading.leaning.tempo_bpm <= 0.0 && !question.request.has_phases()) {
    const double most = reach.tempo + reach.more_tempo * divergence;
    Random draw = random.fork("tempo");
    const double share = draw.uniform(0.4, 1.0) * (draw.chance(0.5) ? 1.0 : -1.0);
    movement.tempo =
        path.character == Goal::sleep ? 1.0 - most * std::abs(share) : 1.0 + most * share;
  }
}

/// The first movement of changed music, after `current`.
void begin_changed(const Form::Question& question, Path& path, const Movement& current,
                   Movement& movement) {
  // The scale stays, so that the change can come at once. If the new music has a different mode, it
  // is in the relative key.
  movement.fifths = current.fifths;
  if (question.plays_new_piece) {
    movement.theme = static_cast<int>(path.themes.size());
    path.add_theme(movement);
    return;
  }
  movement.theme = current.theme;
  movement.mode = current.mode;
  movement.tempo = current.tempo;
  movement.returns = current.returns + 1;
}

/// A theme that was heard before returns in its own key, or as near to that as a chord in common
/// with the last key, `last` fifths from home, allows.
void return_theme(Path& path, int last, Movement& movement) {
  const auto theme = static_cast<std::size_t>(movement.theme);
  movement.fifths = std::clamp(path.themes[theme].fifths, last - kNear, last + kNear);
  movement.mode = path.themes[theme].mode;
  movement.tempo = path.themes[theme].tempo;
  movement.returns = path.times[theme]++;
}

/// The curve of tension through a movement.
void draw_tension(const Form::Question& question, const Path& path, Movement& movement,
                  Random random) {
  const double target = question.request.target_minutes * kFormMinute;
  const double low = path.reach.tension_low, high = path.reach.tension_high;
  const double rise = movement.phase == Phase::work ? question.reading.leaning.rise : 0.0;
  const double strays = 1.0 - 0.7 * std::abs(rise);  // what is asked for is not blurred
  const auto place = [&](std::int64_t time) {
    return arch(path.character, rise, static_cast<double>(time) / target);
  };
  const double wide = 0.35 + 0.15 * question.request.divergence;
  const double at_height = place(movement.height) + random.uniform(-wide, wide) * 0.5 * strays;
  movement.tension_at_height = std::clamp(low + (high - low) * at_height, low, high);
  const double fall = path.character == Goal::sleep ? 0.08 : 0.3 * strays;
  const double at_start = place(movement.start) - fall;
  movement.tension_at_start = std::clamp(low + (high - low) * at_start, 0.0, high);
}

void add_movements(const Form::Question& question, Path& path, const PhaseSpan& span,
                   std::vector<Movement>& movements) {
  const std::int64_t begin = movements.empty() ? 0 : movements.back().end;
  const std::int64_t start = std::max(span.start, begin);
  if (start >= span.end) return;
  const bool is_last_span = span.end >= question.request.target_minutes * kFormMinute;
  const int count = movements_in(span.end - start, path.reach.minutes);
  const double each = static_cast<double>(span.end - start) / count;
  for (int i = 0; i < count; ++i) {
    const Random random = path.random.fork(static_cast<std::uint64_t>(path.count));
    Movement movement;
    movement.number = path.count++;
    movement.phase = span.phase;
    movement.start = i == 0 ? start : movements.back().end;
    const double end = static_cast<double>(start) + each * (i + 1);
    movement.end = i + 1 == count
                       ? span.end
                       : std::llround(end + each * random.fork("length").uniform(-0.1, 0.1));
    movement.height =
        movement.start + std::llround(static_cast<double>(movement.end - movement.start) *
                                      random.fork("height").uniform(0.55, 0.75));

    const bool follows = !movements.empty() && movements.back().phase == movement.phase;
    const int last_fifths = follows ? movements.back().fifths : 0;
    if (path.follows_change) {
      path.follows_change = false;
      begin_changed(question, path, movements.front(), movement);
    } else {
      const int known = static_cast<int>(path.themes.size());
      const int left = is_last_span ? count - 1 - i : count;
      movement.theme = theme_of(movement.number, left, known, follows ? movements.back().theme : -1,
                                random.fork("theme"));
      if (movement.theme == known) {
        draw_theme(question, path, last_fifths, movement, random.fork("place"));
        path.add_theme(movement);
      } else {
        return_theme(path, last_fifths, movement);
      }
    }
    draw_tension(question, path, movement, random.fork("tension"));
    movements.push_back(movement);
  }
}

}  // namespace

std::vector<Movement> draw_movements(const Form::Question& question) {
  std::vector<Movement> movements;
  const Goal character = question.reading.character;
  std::array<Path, kPhaseCount> paths;
  for (std::size_t phase = 0; phase < paths.size(); ++phase) {
    Path& path = paths[phase];
    path.character = phase == 0 ? character : Goal::relax;
    path.reach = reach_of(path.character);
    path.random = Random(question.seed).fork("form").fork(phase);
  }
  if (question.before != nullptr) {
    Movement current = question.before->at(question.from - 1);
    // It ends with the change, or with its phase where the change has made that shorter.
    if (question.changes_music) current.end = question.from;
    for (const PhaseSpan& span : question.spans) {
      if (span.start <= current.start && current.start < span.end)
        current.end = std::min(current.end, span.end);
    }
    movements.push_back(current);
    Path& path = paths[static_cast<std::size_t>(current.phase)];
    path.count = current.number + 1;
    path.themes.assign(static_cast<std::size_t>(current.theme) + 1, current);
    path.times.assign(path.themes.size(), current.returns + 1);
    path.follows_change = question.changes_music;
  }
  for (const PhaseSpan& span : question.spans) {
    add_movements(question, paths[static_cast<std::size_t>(span.phase)], span, movements);
  }
  return movements;
}

double level_span_lu(Goal character) { return reach_of(character).level_span_lu; }

}  // namespace focus::core::plan
