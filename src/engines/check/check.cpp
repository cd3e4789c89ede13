// SPDX-License-Identifier: MIT
#include "engines/check/check.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <set>
#include <system_error>
#include <thread>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/cancel.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"
#include "engines/check/description.h"
#include "engines/check/hearing.h"
#include "engines/check/sound.h"
#include "plan/planner.h"

namespace focus::core {
namespace {

constexpr double kShortSegment = 20.0;  // seconds, the shortest that a request may ask for
constexpr double kRoomForOverlap = 24.0;
constexpr double kLongestSegment = 600.0;
constexpr double kSlowToCancel = 0.2;
constexpr int kRates[] = {48000, 44100, 8000, 11025, 96000, 192000};
constexpr Goal kGoals[] = {Goal::focus, Goal::relax, Goal::sleep, Goal::energize,
                           Goal::custom_prompt};
constexpr Intensity kIntensities[] = {Intensity::medium, Intensity::low, Intensity::high};
constexpr const char* kPlainPrompt = "slow warm pads, rain on a window";
constexpr const char* kAnyPrompt =
    "Klänge für spät: 雨の音 \xF0\x9F\x8C\xA7, \"quoted\", it's {brief} $HOME \\ 100 %\nnew line";
constexpr const char* kWhole = "a segment of 20 s is delivered whole";

Request request_for(Goal goal, Intensity intensity) {
  Request request;
  request.goal = goal;
  request.intensity = intensity;
  request.target_minutes = 1;
  request.segment_seconds = kShortSegment;
  if (goal == Goal::custom_prompt) request.custom_prompt = kPlainPrompt;
  return request;
}

Request usual_request() { return request_for(Goal::focus, Intensity::medium); }

std::string milliseconds(double seconds) {
  return absl::StrCat(decimals(seconds * 1000.0, 1), " ms");
}

double correlation(const std::vector<float>& a, const std::vector<float>& b) {
  double product = 0.0, power_a = 0.0, power_b = 0.0;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    product += static_cast<double>(a[i]) * b[i];
    power_a += static_cast<double>(a[i]) * a[i];
    power_b += static_cast<double>(b[i]) * b[i];
  }
  const double power = std::sqrt(power_a * power_b);
  return power > 0.0 ? product / power : 0.0;
}

/// A brief, and how a person would call it.
struct Trial {
  Brief brief;
  std::string what;
};

/// Tries one thing after the other, as long as somebody wants to hear of it.
class EngineCheck {
 public:
  EngineCheck(const MusicEngine& engine, const CheckSettings& settings)
      : engine_(engine),
        settings_(settings),
        began_(clock_.steady_seconds()),
        retries_before_(engine.retry_count()) {}

  absl::StatusOr<std::vector<CheckResult>> run() {
    describe();
    if (!ended_ && play_first()) {
      using Self = EngineCheck;
      for (const auto step :
           {&Self::play_ends, &Self::play_goals, &Self::play_rates, &Self::play_long,
            &Self::judge_what_was_heard, &Self::play_twice, &Self::play_another_seed,
            &Self::play_several, &Self::cancel, &Self::continue_previous, &Self::note_overlap,
            &Self::note_retries, &Self::note_speed}) {
        if (!ended_) (this->*step)();
      }
    }
    if (ended_) return cancelled_error();
    return std::move(results_);
  }

 private:
  const EngineInfo& info() const { return engine_.info(); }

  void tell(Verdict verdict, std::string name, std::string detail) {
    if (ended_) return;
    const double now = clock_.steady_seconds();
    results_.push_back({verdict, std::move(name), std::move(detail), now - began_});
    began_ = now;
    ended_ = settings_.take && !settings_.take(results_.back());
  }

  /// Segment `index` of a session as it would be planned, at the rate at which the engine plays it.
  Brief brief(const Request& request, int index) const {
    return planned(request, settings_.seed).brief(index, engine_.playing_rate(request.sample_rate));
  }

  /// Hears a segment that should become whole.
  Heard play(const Brief& brief) {
    Heard heard = hear(engine_, brief);
    if (heard.status.ok() && heard.frames >= brief.frames) {
      audio_seconds_ += brief.length_seconds();
      work_seconds_ += heard.seconds;
    }
    all_.push_back(heard);
    if (brief.overlap_in == 0) beginnings_.push_back(heard);
    return heard;
  }

  std::string fault_of_segment(const Brief& brief, const Heard& heard) const {
    if (!heard.status.ok()) return absl::StrCat("it failed: ", heard.status.message());
    if (heard.frames >= brief.frames) return {};
    return absl::StrCat("delivered ", heard.frames, " of ", brief.frames,
                        " frames; write as many as the brief's `frames`, at its `sample_rate` of ",
                        brief.sample_rate, " Hz");
  }

  void play_all(const std::string& name, const std::vector<Trial>& trials,
                const std::string& detail) {
    std::string fault;
    int failed = 0;
    for (const Trial& trial : trials) {
      if (ended_) return;
      const std::string here = fault_of_segment(trial.brief, play(trial.brief));
      if (here.empty()) continue;
      if (failed++ == 0) fault = absl::StrCat(trial.what, ": ", here);
    }
    if (failed > 1) absl::StrAppend(&fault, " (and ", failed - 1, " more of ", trials.size(), ")");
    tell(failed > 0 ? Verdict::fails : Verdict::holds, name, failed > 0 ? fault : detail);
  }

  void describe() {
    const std::string fault = fault_of(info());
    const std::string detail = absl::StrCat(
        info().display_name, " ", info().version, ", licence ",
        std::string(name_of(info().licence_class)),
        info().commercial_use ? ", may be used commercially" : ", not for commercial use",
        info().requires_attribution ? ", has to be named" : "");
    tell(fault.empty() ? Verdict::holds : Verdict::fails, "what it says of itself is consistent",
         fault.empty() ? detail : fault);
  }

  /// Without this there is no use in all the rest.
  bool play_first() {
    const Brief usual = brief(usual_request(), 1);
    usual_ = play(usual);
    const std::string fault = fault_of_segment(usual, usual_);
    if (fault.empty()) {
      tell(Verdict::holds, kWhole,
           absl::StrCat(usual.frames, " frames at ", usual.sample_rate, " Hz in ",
                        decimals(usual_.seconds, 2), " s"));
    } else {
      tell(Verdict::fails, kWhole, fault);
      tell(Verdict::skipped, "everything else", "no segment of it could be heard");
    }
    return fault.empty();
  }

  void play_ends() {
    const Request request = usual_request();
    const int last = planned(request, settings_.seed).segment_count() - 1;
    std::vector<Trial> trials = {{brief(request, 0), "the first segment"},
                                 {brief(request, last), "the last segment"}};
    Request only = request;
    only.segment_seconds = 60.0;
    const Brief alone = brief(only, 0);
    if (!settings_.quick && alone.length_seconds() <= info().max_duration_seconds) {
      trials.push_back({alone, "the only segment"});
    }
    play_all("a session's first and last segments are whole", trials,
             absl::StrCat(trials.size(), " segments"));
  }

  void play_goals() {
    std::vector<Trial> trials;
    for (const Goal goal : kGoals) {
      for (const Intensity intensity : kIntensities) {
        if (settings_.quick && intensity != Intensity::medium) continue;
        trials.push_back(
            {brief(request_for(goal, intensity), 1),
             std::string(name_of(goal)) + " at intensity " + std::string(name_of(intensity))});
      }
    }
    play_all("every goal and intensity is played", trials, absl::StrCat(trials.size(), " of them"));
    Request request = request_for(Goal::custom_prompt, Intensity::medium);
    request.custom_prompt = kAnyPrompt;
    play_all("a prompt may hold any characters", {{brief(request, 1), "such a prompt"}},
             "UTF-8, quotes, braces and a new line");
  }

  void play_rates() {
    std::set<int> rates = {usual_rate()};
    std::string named = absl::StrCat("plays at ", usual_rate());
    std::vector<Trial> trials;
    for (const int rate : kRates) {
      Request request = usual_request();
      request.sample_rate = rate;
      if (settings_.quick && rate != 44100) continue;
      if (!rates.insert(engine_.playing_rate(rate)).second) continue;
      trials.push_back({brief(request, 1), absl::StrCat(rate, " Hz")});
      absl::StrAppend(&named, ", ", trials.back().brief.sample_rate);
    }
    play_all("a session of any sample rate is played", trials,
             absl::StrCat(named, " Hz; the library resamples to what else is asked for"));
  }
  int usual_rate() const { return engine_.playing_rate(usual_request().sample_rate); }

  void play_long() {
    if (settings_.quick) return;
    const double longest = std::min<double>(info().max_duration_seconds, kLongestSegment);
    Request request = usual_request();
    request.segment_seconds = std::max(kShortSegment, longest - kRoomForOverlap);
    request.target_minutes = std::max(1, static_cast<int>(request.segment_seconds * 3.0 / 60.0));
    const Brief brief = this->brief(request, 1);
    if (brief.length_seconds() > longest) {
      return tell(Verdict::skipped, "a long segment is delivered whole",
                  absl::StrCat("a segment of ", decimals(brief.length_seconds(), 0),
                               " s is the shortest of such a session, and max_duration_seconds is ",
                               info().max_duration_seconds));
    }
    const std::string what = absl::StrCat(decimals(brief.length_seconds(), 0), " s");
    play_all("a long segment is delivered whole", {{brief, what}}, what);
  }

  void judge_what_was_heard() {
    std::erase_if(all_, [](const Heard& heard) { return heard.frames == 0; });
    for (CheckResult& result : judge_sound(all_, beginnings_)) {
      tell(result.verdict, std::move(result.name), std::move(result.detail));
    }
  }

  // ---- what is promised

  void play_twice() {
    const std::string name = "the same brief gives the same samples";
    if (info().continues_previous) {
      return tell(Verdict::skipped, name, "it continues the segment before and promises no purity");
    }
    const Brief brief = this->brief(usual_request(), 1);
    is_pure_ = play(brief).print == usual_.print;
    tell(is_pure_ ? Verdict::holds : Verdict::fails, name,
         is_pure_
             ? "bit for bit"
             : "they differ; draw all randomness from the brief's `seed`, use no clock, and keep "
               "nothing from one call to the next. Where that can not be, say "
               "continues_previous");
  }

  void play_another_seed() {
    Brief brief = this->brief(usual_request(), 1);
    brief.seed += 1;
    const Heard other = play(brief);
    const bool same = other.print == usual_.print;
    tell(same ? Verdict::fails : Verdict::holds, "another seed gives other music",
         same ? "the samples are the same; let the brief's `seed` decide" : "");
  }

  void play_several() {
    const int places = info().concurrency > 0
                           ? info().concurrency
                           : static_cast<int>(std::thread::hardware_concurrency());
    const int count = settings_.quick ? 2 : std::clamp(places, 2, 4);
    const std::string name = "several at a time play as each alone";
    Request request = usual_request();
    request.target_minutes = 2;
    std::vector<Brief> briefs;
    std::vector<Heard> alone;
    for (int i = 0; i < count && !ended_; ++i) {
      briefs.push_back(brief(request, i));
      if (is_pure_) alone.push_back(play(briefs.back()));
    }
    if (ended_) return;
    std::vector<Heard> together(briefs.size());
    if (!play_together(briefs, together)) {
      return tell(Verdict::skipped, name, "the system starts no further threads");
    }
    std::string fault;
    for (std::size_t i = 0; i < briefs.size() && fault.empty(); ++i) {
      fault = fault_of_segment(briefs[i], together[i]);
      if (fault.empty() && is_pure_ && together[i].print != alone[i].print) {
        fault = "a segment differs from the same one alone; let calls share nothing that changes";
      }
    }
    tell(fault.empty() ? Verdict::holds : Verdict::fails, name,
         fault.empty()
             ? absl::StrCat(count, " on as many threads",
                            is_pure_ ? "" : "; whether they are the same was not compared")
             : fault);
  }

  bool play_together(const std::vector<Brief>& briefs, std::vector<Heard>& heard) const {
    std::vector<std::thread> threads;
    bool started = true;
    try {
      for (std::size_t i = 0; i < briefs.size(); ++i) {
        threads.emplace_back([this, &briefs, &heard, i] { heard[i] = hear(engine_, briefs[i]); });
      }
    } catch (const std::system_error&) {
      started = false;
    }
    for (std::thread& thread : threads) thread.join();
    return started;
  }

  void cancel() {
    const int between = settings_.quick ? 3 : 10;
    std::vector<double> shares = {0.0, 0.98};
    for (int i = 1; i <= between; ++i) shares.push_back(static_cast<double>(i) / (between + 1));
    const Brief brief = this->brief(usual_request(), 1);
    std::vector<double> delays;
    std::string fault;
    for (const double share : shares) {
      if (ended_) return;
      const Heard heard = hear(engine_, brief, {share, share * usual_.seconds});
      if (heard.after_cancel < 0.0) continue;
      delays.push_back(heard.after_cancel);
      if (fault.empty()) fault = fault_of_cancel(share, heard);
    }
    std::sort(delays.begin(), delays.end());
    if (fault.empty() && !delays.empty()) {
      fault =
          absl::StrCat("at ", delays.size(), " points; back within ", milliseconds(delays.back()),
                       ", mostly ", milliseconds(delays[delays.size() / 2]), " (10 ms are meant)");
      return tell(Verdict::holds, "a segment that is wanted no more is given up", fault);
    }
    tell(fault.empty() ? Verdict::skipped : Verdict::fails,
         "a segment that is wanted no more is given up",
         fault.empty() ? "it is done before it could be cancelled" : fault);
  }

  static std::string fault_of_cancel(double share, const Heard& heard) {
    const char* remedy =
        "; look at least every 10 ms whether the sink says cancelled, and return that error";
    const std::string where = absl::StrCat("cancelled at ", decimals(share * 100.0, 0), " %, it ");
    if (heard.status.ok()) {
      return absl::StrCat(where, "went on to the end for ", milliseconds(heard.after_cancel),
                          remedy);
    }
    if (!is_cancelled(heard.status)) {
      return absl::StrCat(where, "came back with another error: ", heard.status.message(), remedy);
    }
    if (heard.after_cancel <= kSlowToCancel) return {};
    return absl::StrCat(where, "came back only after ", milliseconds(heard.after_cancel), remedy);
  }

  void continue_previous() {
    if (!info().continues_previous) return;
    const std::string name = "it continues the end of the segment before";
    const auto before = record(engine_, brief(usual_request(), 0));
    if (!before.ok()) {
      return tell(Verdict::fails, name,
                  absl::StrCat("the segment before failed: ", before.status().message()));
    }
    Brief next = brief(usual_request(), 1);
    const auto wanted = static_cast<std::int64_t>(info().previous_seconds * next.sample_rate);
    const std::int64_t count = std::clamp(wanted, next.overlap_in, before->frames());
    auto tail = std::make_shared<AudioBuffer>(2, count, next.sample_rate);
    auto other = std::make_shared<AudioBuffer>(2, count, next.sample_rate);
    for (int c = 0; c < 2; ++c) {
      const auto end = before->samples(c).last(static_cast<std::size_t>(count));
      std::copy(end.begin(), end.end(), tail->samples(c).begin());
      std::reverse_copy(end.begin(), end.end(), other->samples(c).begin());
    }
    next.previous = tail;
    const Heard first = play(next), again = play(next);
    next.previous = other;
    const Heard changed = play(next);
    for (const Heard* heard : {&first, &again, &changed}) {
      const std::string fault = fault_of_segment(next, *heard);
      if (!fault.empty()) return tell(Verdict::fails, name, fault);
    }
    if (first.print != again.print) {
      return tell(Verdict::skipped, name,
                  "it plays something else each time, so that this can not be told from samples");
    }
    const bool ignores = changed.print == first.print;
    tell(ignores ? Verdict::fails : Verdict::holds, name,
         ignores
             ? "another end gives the same samples; use the brief's previous_samples, or do not "
               "say continues_previous, which makes segments wait for each other"
             : absl::StrCat("another end of ",
                            decimals(static_cast<double>(count) / next.sample_rate, 1),
                            " s gives other music"));
  }

  // ---- what is good to know

  void note_overlap() {
    const Request request = usual_request();  // of divergence 0
    const Brief first = brief(request, 0), second = brief(request, 1);
    const Heard old_end =
        hear(engine_, first, {}, {first.frames - first.overlap_out, first.overlap_out});
    const Heard new_start = hear(engine_, second, {}, {0, second.overlap_in});
    const double alike = correlation(old_end.kept, new_start.kept);
    tell(Verdict::note, "how neighbours go together at divergence 0",
         absl::StrCat(
             "where they overlap their correlation is ", decimals(alike, 2), ": ",
             alike > 0.7 ? "they play the same there" : "they are crossfaded as different music"));
  }

  void note_retries() {
    const int retries = engine_.retry_count() - retries_before_;
    if (retries == 0) return;
    tell(Verdict::note, "not every segment came at the first try",
         absl::StrCat(retries, retries == 1 ? " call" : " calls",
                      " failed and had to be made again; the log says why of each"));
  }

  void note_speed() {
    const double speed = audio_seconds_ / std::max(work_seconds_, 1e-9);
    std::string detail =
        absl::StrCat(decimals(speed, speed < 10.0 ? 2 : 0),
                     " seconds of music in a second; expected_speed says ", info().expected_speed);
    if (speed < 1.0) {
      absl::StrAppend(&detail, ". A listener who plays at once hears the fallback in between");
    } else if (info().expected_speed > 4.0 * speed) {
      absl::StrAppend(&detail, ", so that the first forecasts are too good; say less");
    }
    tell(Verdict::note, "its speed", detail);
  }

  const MusicEngine& engine_;
  const CheckSettings& settings_;
  const Clock& clock_ = Clock::system();
  double began_;
  const int retries_before_;
  std::vector<CheckResult> results_;
  bool ended_ = false;
  Heard usual_;
  bool is_pure_ = false;
  std::vector<Heard> all_;
  std::vector<Heard> beginnings_;  // of sessions
  double audio_seconds_ = 0.0;
  double work_seconds_ = 0.0;
};

}  // namespace

absl::StatusOr<std::vector<CheckResult>> check_engine(const MusicEngine& engine,
                                                      const CheckSettings& settings) {
  return EngineCheck(engine, settings).run();
}

}  // namespace focus::core
