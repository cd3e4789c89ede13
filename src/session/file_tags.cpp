// SPDX-License-Identifier: MIT
#include "session/file_tags.h"

#include <cmath>

#include <absl/strings/ascii.h>
#include <absl/strings/str_cat.h>

#include "base/text.h"
#include "mastering/decibels.h"
#include "plan/chapters.h"
#include "plan/command_line.h"
#include "session/production.h"

namespace focus::core::session {
namespace {

constexpr std::size_t kLongestPromptInTitle = 80;  // bytes
constexpr std::size_t kLongestPromptTold = 1000;   // bytes, of one that is too long for a command

/// The vocabulary of the IPTC for how media came about: by rules, and not from a model that was
/// trained on music. Only the built-in engine is known to be that.
constexpr const char* kByRules = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia";
constexpr std::string_view kRuleBasedEngine = "studio";

bool is_minor(plan::Mode mode) {
  return mode == plan::Mode::dorian || mode == plan::Mode::aeolian ||
         mode == plan::Mode::minor_pentatonic;
}

/// "Dm": the tonic, and whether its chord is minor, which is all that players know of keys.
std::string initial_key(plan::Key key) {
  const std::string words = plan::describe(key);
  return absl::StrCat(words.substr(0, words.find(' ')), is_minor(key.mode) ? "m" : "");
}

std::string comment_of(const plan::Request& request, std::uint64_t seed, int changes,
                       std::string_view out) {
  if (changes > 0) return "Part of a session that was steered while it played.";
  std::string command = plan::render_command(request, seed, out);
  if (!command.empty()) return command;
  return absl::StrCat("The prompt is too long for a command line. It begins: ",
                      one_line(request.custom_prompt, kLongestPromptTold));
}

void add_engine(audio::FileTags& tags, const std::string& key, const std::string& version,
                const std::string& licence_class) {
  tags.add("FOCUS_ORIGIN", absl::StrCat("Music made by a computer: engine ", one_line(key, 80),
                                        version.empty() ? "" : " ", one_line(version, 80)));
  if (key == kRuleBasedEngine) tags.add("DIGITALSOURCETYPE", kByRules);
  tags.add("FOCUS_ENGINE", one_line(key, 80));
  tags.add("FOCUS_ENGINE_VERSION", one_line(version, 80));
  tags.add("FOCUS_LICENCE_CLASS", licence_class);
}

void add_music(audio::FileTags& tags, const plan::Brief& brief, std::uint64_t seed) {
  tags.add("BPM", decimals(brief.tempo_bpm, 1));
  tags.add("INITIALKEY", initial_key(brief.key));
  tags.add("FOCUS_KEY", plan::describe(brief.key));
  tags.add("FOCUS_SEED", absl::StrCat(seed));
}

}  // namespace

std::string title_of(const plan::Request& request, int part) {
  std::string name(name_of(request.goal));
  if (request.goal == plan::Goal::custom_prompt) {
    name = one_line(request.custom_prompt, kLongestPromptInTitle);
  }
  name[0] = absl::ascii_toupper(static_cast<unsigned char>(name[0]));
  return part > 0 ? absl::StrCat(name, ", part ", part)
                  : absl::StrCat(name, ", ", request.target_minutes, " minutes");
}

audio::AudioFileOptions segment_file_options(const plan::Plan& plan, int index,
                                             const store::SegmentRecord& record) {
  audio::AudioFileOptions options;
  options.dither_seed = dither_seed(plan, index);
  const plan::Request request = plan.request_of(index);
  const plan::Brief brief = plan.brief(index, request.sample_rate);
  audio::FileTags& tags = options.tags;
  tags.add("TITLE", title_of(request, index + 1));
  audio::add_maker(tags);
  tags.add("ALBUM", absl::StrCat(title_of(request, 0), ", seed ", plan.seed()));
  tags.add("TRACKNUMBER", absl::StrCat(index + 1));
  tags.add("TRACKTOTAL", absl::StrCat(brief.segment_count));
  tags.add("COMMENT", comment_of(request, plan.seed(), plan.change_count_of(index),
                                 "focus-session.flac --segments focus-session"));
  add_engine(tags, record.engine, record.engine_version, record.licence_class);
  add_music(tags, brief, plan.seed());
  tags.add("FOCUS_MOVEMENT", brief.movement);
  if (std::isfinite(record.mastering.integrated_lufs)) {
    tags.loudness = {record.mastering.integrated_lufs,
                     mastering::amplitude_of_db(record.mastering.true_peak_dbtp)};
  }
  return options;
}

audio::FileTags session_file_tags(const plan::Plan& plan, const engines::EngineInfo& engine,
                                  int sample_rate, std::string_view out) {
  const plan::Request& request = plan.request();
  audio::FileTags tags;
  tags.add("TITLE", title_of(request, 0));
  audio::add_maker(tags);
  tags.add("COMMENT", comment_of(request, plan.seed(), plan.change_count(), out));
  add_engine(tags, engine.key, engine.version, std::string(name_of(engine.licence_class)));
  add_music(tags, plan.brief(0, request.sample_rate), plan.seed());
  tags.sample_rate = sample_rate;
  const auto frame_at = [&](std::int64_t hundredths) {
    return (hundredths * sample_rate + 50) / 100;
  };
  tags.frames = frame_at(request.target_minutes * std::int64_t{6000});
  const std::vector<plan::Chapter> chapters = plan::chapters_of(plan);
  for (const plan::Chapter& chapter : chapters) {
    if (chapters.size() > 1) tags.chapters.push_back({frame_at(chapter.start), chapter.title});
  }
  return tags;
}

}  // namespace focus::core::session
