// SPDX-License-Identifier: MIT
#include "plan/prompt.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/text.h"
#include "plan/lexicon.h"
#include "plan/prompt_effects.h"
#include "plan/prompt_units.h"
#include "plan/wording.h"

namespace focus::core::plan {
namespace {

constexpr double kMore = 1.3;
constexpr double kAlone = 1.2;  ///< by what the only thing is wanted more
constexpr std::string_view kNothingElse = "nothing else";
constexpr std::size_t kFewWords = 6;  ///< words between "only" and what it means
constexpr std::size_t kMostStandIns = 4;
constexpr double kLeastAmount = 0.2;
constexpr double kMostAmount = 2.0;
/// What a word about tempo does where the request has a tempo.
constexpr char kTempoYields[] = "yields to the tempo that was asked for";

constexpr double kSlowestPlayed = 40.0;
constexpr double kFastestPlayed = 180.0;

/// Reads the units of a prompt from left to right as a small state machine. Modifiers ("no", "not
/// too", "a little") change the state: stance_, amount_, bound_. The next word of the music is
/// applied with this state, which is then reset. A negation may carry over to further words: over
/// "or", over "and" for things of the same kind, and through a list ("no drums, bass or melody").
/// `last_` and `joint_` remember what is needed for this.
class Reader {
 public:
  Reader(std::string_view prompt, double asked_bpm)
      : prompt_(prompt),
        asked_bpm_(asked_bpm),
        units_(units_of(prompt)),
        effects_(reading_, asked_bpm > 0.0) {}

  PromptReading read() && {
    for (at_ = 0; at_ < units_.size(); ++at_) take(units_[at_]);
    finish();
    return std::move(reading_);
  }

 private:
  void take(const PromptUnit& unit) {
    note_music(unit);
    if (unit.gap == Gap::stop) last_ = {};
    if (unit.gap == Gap::stop || unit.gap == Gap::comma) drop_modifiers();
    if (unit.gap == Gap::comma && joint_ != Joint::none) joint_ = Joint::none;
    if (unit.what == PromptUnit::What::unknown) return pass_over(unit);
    if (unit.what == PromptUnit::What::tempo) return take_tempo(unit);
    if (unit.what == PromptUnit::What::key) return take_key(unit);
    switch (unit.sense->kind) {
      case WordKind::refuse:
      case WordKind::without:
        if (unit.gap == Gap::colon && last_.kind != WordKind::filler) return;  // "drums: no"
        return negate(unit, unit.sense->kind == WordKind::without);
      case WordKind::deny:
        modify(unit);
        stance_ = stance_ == Stance::wanted ? Stance::denied : Stance::wanted;
        return;
      case WordKind::less:
        modify(unit);
        stance_ = stance_ == Stance::wanted ? Stance::less : Stance::wanted;
        return;
      case WordKind::more:
        modify(unit);
        stance_ = stance_ == Stance::wanted ? Stance::wanted : Stance::mild;
        amount_ *= kMore;
        return;
      case WordKind::too:  // "not too bright", or a complaint: "too bright"
        modify(unit);
        stance_ = stance_ == Stance::wanted ? Stance::less : Stance::mild;
        return;
      case WordKind::amount:
        modify(unit);
        if (stance_ == Stance::refused || stance_ == Stance::denied) {
          stance_ = Stance::mild;  // "not very bright", "no heavy drums"
        } else {
          amount_ *= unit.sense->amount;
        }
        return;
      case WordKind::below:
        modify(unit);
        bound_ = -1;
        return;
      case WordKind::above:
        modify(unit);
        bound_ = 1;
        return;
      case WordKind::also:
        joint_ = Joint::also;
        return;
      case WordKind::either:
        joint_ = Joint::either;
        return;
      case WordKind::turn:
        if (just_negated()) return;  // "but not with drums"
        drop_modifiers();
        last_ = {};
        return;
      case WordKind::only:
        if (just_negated()) return;
        if (excludes_the_rest()) {
          only_ = true;
          drop_modifiers();
          amount_ *= kAlone;
          return;
        }
        drop_modifiers();
        last_ = {};
        return;
      case WordKind::none:
      case WordKind::filler:
        return;
      case WordKind::unheard:
        return pass_over(unit);
      default:
        return take_content(unit);
    }
  }

  // ---- "Only" ----

  /// Whether "only" at this place means a thing beside it: "only soft rain", "rain sounds only",
  /// "rain, nothing else". In "only a little rain" it does not.
  bool excludes_the_rest() const {
    const auto is_wanted_thing = [](const PromptUnit& unit) {
      return unit.what == PromptUnit::What::sense && is_thing(unit.sense->kind);
    };
    const auto is_between = [](const PromptUnit& unit) {
      return unit.what == PromptUnit::What::sense &&
             (unit.sense->kind == WordKind::filler || unit.sense->kind == WordKind::quality ||
              unit.sense->kind == WordKind::genre || unit.sense->kind == WordKind::settled);
    };
    if (units_[at_].sense->name == kNothingElse) return true;
    for (std::size_t i = at_ + 1; i < std::min(units_.size(), at_ + kFewWords); ++i) {
      if (units_[i].gap > Gap::space) break;
      if (is_wanted_thing(units_[i])) return true;
      if (!is_between(units_[i])) break;
    }
    for (std::size_t i = at_; i > 0 && at_ - i < kFewWords; --i) {
      if (units_[i].gap > Gap::space) return false;
      if (is_wanted_thing(units_[i - 1])) return true;
      if (units_[i - 1].what != PromptUnit::What::sense ||
          units_[i - 1].sense->kind != WordKind::filler)
        return false;
    }
    return false;
  }

  /// "solo cello", but not "a cello solo".
  bool plays_alone(const PromptUnit& unit) const {
    if (unit.sense->name != "solo" || stance_ != Stance::wanted || at_ + 1 >= units_.size())
      return false;
    const PromptUnit& next = units_[at_ + 1];
    return next.what == PromptUnit::What::sense && next.gap <= Gap::space &&
           (next.sense->kind == WordKind::instrument || next.sense->kind == WordKind::scenery);
  }

  /// "no music with words" still wants music.
  bool is_only_part(const PromptUnit& unit) const {
    if (unit.sense->name != "no music" || at_ + 1 >= units_.size()) return false;
    const PromptUnit& next = units_[at_ + 1];
    if (next.gap > Gap::space) return false;
    if (next.what != PromptUnit::What::sense) return true;
    return next.sense->kind != WordKind::also && next.sense->kind != WordKind::only &&
           (next.sense->kind != WordKind::turn || next.end - next.begin == 4);  // "with"
  }

  /// Notes whether the prompt speaks of noise, and whether of anything that is played.
  void note_music(const PromptUnit& unit) {
    if (unit.what == PromptUnit::What::tempo || unit.what == PromptUnit::What::key) music_ = true;
    if (unit.what != PromptUnit::What::sense) return;
    const WordKind kind = unit.sense->kind;
    if (kind == WordKind::scenery) {
      noise_ = noise_ || unit.sense->name.ends_with(" noise");
    } else if (unit.sense->name == "music" || is_thing(kind) || kind == WordKind::genre ||
               kind == WordKind::mode) {
      music_ = true;
    }
  }

  // ---- Modifiers: they stand before a word and change its effect ----

  void modify(const PromptUnit& unit) {
    start_ = std::min(start_, unit.begin);
    modifier_at_ = at_;
  }

  void negate(const PromptUnit& unit, bool wide) {
    modify(unit);
    const bool twice = stance_ == Stance::denied || stance_ == Stance::refused;
    stance_ = twice ? Stance::wanted : Stance::refused;  // "not without drums"
    wide_ = wide;
  }

  bool just_negated() const { return stance_ != Stance::wanted && modifier_at_ + 1 == at_; }

  void drop_modifiers() {
    stance_ = Stance::wanted;
    amount_ = 1.0;
    bound_ = 0;
    wide_ = false;
    start_ = kNowhere;
  }

  bool modified() const { return start_ != kNowhere; }

  // ---- Words of the music ----

  /// Lets a word without modifiers of its own inherit the negation of the word before it, if the
  /// words between them permit it.
  void carry_on(const PromptUnit& unit) {
    if (modified() || last_.stance == Stance::wanted) return;
    const WordKind kind = unit.sense->kind;
    bool carried = false;
    if (joint_ == Joint::either) {
      carried = true;
    } else if (joint_ == Joint::also) {
      carried = is_thing(kind) && (kind == last_.kind || (last_.wide && is_thing(last_.kind)));
    } else if (unit.gap == Gap::comma) {
      carried = list_goes_on();
    } else if (last_.stance == Stance::refused && last_.next == at_ && unit.gap <= Gap::space) {
      // "no loud drums" and "no synth bass" exclude the combination, not each of the two words.
      if (kind == WordKind::stem && last_.kind == WordKind::stem) carried = true;
      if ((is_thing(kind) && last_.kind == WordKind::quality) ||
          (kind == WordKind::stem &&
           (last_.kind == WordKind::genre || last_.kind == WordKind::instrument))) {
        stance_ = Stance::less;
      }
    }
    if (carried) {
      stance_ = last_.stance;
      wide_ = last_.wide;
    }
  }

  /// Whether the list that begins here ends in "or", or in "and" if all its things are of one kind:
  /// "no drums, bass or melody".
  bool list_goes_on() const {
    constexpr std::size_t kLongestList = 16;
    bool one_kind = last_.kind == units_[at_].sense->kind;
    Joint joint = Joint::none;
    for (std::size_t i = at_; i < std::min(units_.size(), at_ + kLongestList); ++i) {
      const PromptUnit& unit = units_[i];
      if (unit.gap > Gap::comma || unit.what != PromptUnit::What::sense) return false;
      const WordKind kind = unit.sense->kind;
      if (kind == WordKind::either || kind == WordKind::also) {
        joint = kind == WordKind::either ? Joint::either : Joint::also;
        continue;
      }
      if (!is_thing(kind)) return false;
      one_kind = one_kind && kind == last_.kind;
      if (joint == Joint::either) return true;
      if (joint == Joint::also) return one_kind;
      if (i > at_ && unit.gap != Gap::comma) return false;
    }
    return false;
  }

  /// "drums: none", "drums off", "drums: no"
  bool refused_after() const {
    if (at_ + 1 >= units_.size() || !is_thing(units_[at_].sense->kind)) return false;
    const PromptUnit& next = units_[at_ + 1];
    if (next.what != PromptUnit::What::sense || next.gap > Gap::colon) return false;
    if (next.sense->kind == WordKind::none) return true;
    return next.sense->kind == WordKind::refuse && next.gap == Gap::colon;
  }

  /// Whether this quality states the amount of the next word: "heavy rain".
  bool is_amount_of_next() const {
    if (units_[at_].sense->amount == 0.0 || at_ + 1 >= units_.size()) return false;
    const PromptUnit& next = units_[at_ + 1];
    return next.what == PromptUnit::What::sense && next.gap <= Gap::space &&
           (next.sense->kind == WordKind::stem || next.sense->kind == WordKind::scenery);
  }

  void take_content(const PromptUnit& unit) {
    if (is_only_part(unit)) return drop_modifiers();
    if (plays_alone(unit)) only_ = true;
    carry_on(unit);
    if (refused_after()) stance_ = Stance::refused;
    if (unit.sense->either_way) stance_ = Stance::wanted;
    if (bound_ < 0) amount_ *= 0.5;  // "no more than a little reverb"
    const double passed_on =
        stance_ == Stance::wanted && is_amount_of_next() ? unit.sense->amount : 1.0;
    amount_ = std::clamp(passed_on == 1.0 ? amount_ : 0.5 * amount_, kLeastAmount, kMostAmount);

    std::string effect = effect_of(effects_.apply(*unit.sense, {stance_, amount_, at_}));
    if (unit.sense->bpm > 0.0 && stance_ == Stance::wanted) usual_bpm_ = unit.sense->bpm;
    if (unit.sense->has_stand_in && stance_ == Stance::wanted) stand_in(unit, effect);
    if (!unit.sense->note.empty()) {
      if (!effect.empty()) effect += "; ";
      effect += unit.sense->note;
    }
    if (asked_bpm_ > 0.0 && says_tempo(*unit.sense)) {
      absl::StrAppend(&effect, effect.empty() ? "" : "; ", kTempoYields);
    }
    understand(unit, std::string(unit.sense->name), std::move(effect));
    last_ = {stance_, unit.sense->kind, wide_, at_ + 1};
    next_word(passed_on);
  }

  static bool says_tempo(const Sense& sense) {
    return std::any_of(sense.pushes.begin(), sense.pushes.end(),
                       [](const Push& push) { return push.on == Push::On::tempo; });
  }

  // ---- Tempi and keys ----

  void take_tempo(const PromptUnit& unit) {
    double bpm = unit.bpm * (1.0 + 0.08 * bound_);
    const double played = std::clamp(bpm, kSlowestPlayed, kFastestPlayed);
    std::string effect = absl::StrCat("tempo ", std::round(played * 10.0) / 10.0, " bpm");
    if (played != bpm && bound_ == 0) {
      effect += played < bpm ? ", the fastest there is" : ", the slowest there is";
    }
    if (asked_bpm_ > 0.0) {
      effect = kTempoYields;
    } else if (bound_ == 0 && stance_ != Stance::wanted) {
      effect = "no tempo is held to";
    } else {
      reading_.leaning.tempo_bpm = played;
    }
    understand(unit, absl::StrCat(unit.bpm, " bpm"), std::move(effect));
    last_ = {};
    next_word(1.0);
  }

  void take_key(const PromptUnit& unit) {
    const Key key{unit.key.tonic, unit.key.mode.value_or(Mode::ionian)};
    std::string name = describe(key);
    if (!unit.key.mode) name.resize(name.find(' '));
    if (stance_ == Stance::wanted) {
      reading_.tonic = unit.key.tonic;
      if (unit.key.mode) effects_.name_mode(*unit.key.mode);
    }
    understand(unit, name,
               stance_ == Stance::wanted ? absl::StrCat("in ", name) : "no key is held to");
    last_ = {};
    next_word(1.0);
  }

  // ---- The report ----

  std::string written(std::size_t begin, std::size_t end) const {
    return one_line(prompt_.substr(begin, end - begin), PromptReading::kMostBytes);
  }

  void understand(const PromptUnit& unit, std::string read_as, std::string effect) {
    UnderstoodWords words{written(std::min(start_, unit.begin), unit.end), std::move(read_as),
                          effect.empty() ? "no change" : std::move(effect)};
    auto& told = reading_.understood;
    if (std::find(told.begin(), told.end(), words) != told.end()) return;
    if (told.size() < PromptReading::kMostTold) {
      told.push_back(std::move(words));
    } else {
      ++reading_.understood_more;
    }
  }

  /// Tells that the instrument itself is not played.
  void stand_in(const PromptUnit& unit, std::string& effect) {
    const StandIn one{written(unit.begin, unit.end),
                      name_of(static_cast<Instrument>(unit.sense->pushes[0].which))};
    absl::StrAppend(&effect, "; stands in for ", one.written);
    auto& told = reading_.stand_ins;
    if (told.size() < kMostStandIns && std::find(told.begin(), told.end(), one) == told.end()) {
      told.push_back(one);
    }
  }

  void pass_over(const PromptUnit& unit) {
    joint_ = Joint::none;
    std::string word = written(unit.begin, unit.end);
    auto& told = reading_.not_understood;
    if (std::find(told.begin(), told.end(), word) != told.end()) return;
    if (told.size() < PromptReading::kMostTold) {
      told.push_back(std::move(word));
    } else {
      ++reading_.not_understood_more;
    }
  }

  void next_word(double amount) {
    drop_modifiers();
    amount_ = amount;
    joint_ = Joint::none;
  }

  void finish() {
    if (only_ || (noise_ && !music_)) effects_.leave_only_the_named();
    effects_.reconcile();
    if (const auto goal = effects_.voted()) {
      reading_.character = *goal;
    } else if (reading_.leaning.tempo_bpm >= 110.0) {
      reading_.character = Goal::energize;
    }
    if (reading_.leaning.tempo_bpm <= 0.0 && reading_.leaning.tempo > -0.1) {
      reading_.leaning.tempo_bpm = usual_bpm_;
    }
    if (asked_bpm_ > 0.0) reading_.leaning.tempo_bpm = asked_bpm_;
    reading_.leaning.swing = std::max(0.0, reading_.leaning.swing);
    reading_.summary = summary_of(reading_);
  }

  enum class Joint { none, also, either };
  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

  /// The last word of the music, from which a negation may carry over.
  struct Last {
    Stance stance = Stance::wanted;
    WordKind kind = WordKind::filler;
    bool wide = false;     ///< negated by "without", which also applies across "and"
    std::size_t next = 0;  ///< the unit right after it
  };

  std::string_view prompt_;
  double asked_bpm_;  // 0: the prompt decides
  std::vector<PromptUnit> units_;
  std::size_t at_ = 0;
  PromptReading reading_;
  PromptEffects effects_;

  Stance stance_ = Stance::wanted;
  double amount_ = 1.0;
  int bound_ = 0;  // -1 after "at most", 1 after "at least"
  bool wide_ = false;
  std::size_t start_ = kNowhere;  // start of the modifiers before the next word
  std::size_t modifier_at_ = 0;   // the unit of the last modifier
  Joint joint_ = Joint::none;
  Last last_;

  bool only_ = false;                   // all that is not named is left out
  bool noise_ = false, music_ = false;  // what the prompt speaks of
  double usual_bpm_ = 0.0;              // of a style that is named
};

}  // namespace

PromptReading read_prompt(std::string_view prompt, double asked_bpm) {
  return Reader(prompt, asked_bpm).read();
}

}  // namespace focus::core::plan
