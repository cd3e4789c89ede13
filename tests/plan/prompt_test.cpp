// SPDX-License-Identifier: MIT
#include "plan/prompt.h"

#include <catch2/catch.hpp>

#include "plan/prompt_units.h"

using namespace focus::core;

namespace {

/// A prompt as somebody would type it, and what must come of it.
struct Case {
  const char* prompt;
  bool (*holds)(const plan::PromptReading& r, const plan::PromptLeaning& l);
  const char* what;
};
#define WANT(condition)                                            \
  [](const plan::PromptReading& r, const plan::PromptLeaning& l) { \
    return (void)r, (void)l, (condition);                          \
  },                                                               \
      #condition

using enum plan::Instrument;
using enum plan::Stem;

constexpr Case kCases[] = {
    // What it is for
    {"music for studying", WANT(r.character == plan::Goal::focus)},
    {"Calm, peaceful ocean",
     WANT(r.character == plan::Goal::relax && l.of(plan::Scenery::waves) > .5)},
    {"help me SLEEP", WANT(r.character == plan::Goal::sleep)},
    {"upbeat workout techno",
     WANT(r.character == plan::Goal::energize && l.energy > .5 && l.tempo > 0)},
    {"deep work", WANT(r.character == plan::Goal::focus && l.brightness == 0)},
    {"deep sleep", WANT(r.character == plan::Goal::sleep && l.brightness == 0)},
    {"I can't sleep", WANT(r.character == plan::Goal::sleep)},
    {"something for my insomnia please", WANT(r.character == plan::Goal::sleep)},
    {"not sleepy, energetic", WANT(r.character == plan::Goal::energize)},
    {"relaxing piano for studying", WANT(r.character == plan::Goal::focus && l.of(piano) > .5)},
    {"help my baby fall asleep", WANT(r.character == plan::Goal::sleep && l.of(percussion) < 0)},
    {"yoga and meditation",
     WANT(r.character == plan::Goal::relax && l.density < 0 && l.energy < 0)},
    {"wind down after work",
     WANT(l.of(plan::Scenery::wind) == 0 && r.character != plan::Goal::sleep)},
    {"stress relief", WANT(r.character == plan::Goal::relax && l.energy < 0)},
    {"no stress please", WANT(r.character == plan::Goal::relax && l.energy < 0)},
    {"running music, fast", WANT(r.character == plan::Goal::energize && l.tempo > .4)},
    {"running water",
     WANT(r.character != plan::Goal::energize && l.of(plan::Scenery::stream) > .5)},
    // Genres
    {"lofi hip hop beats to study to",
     WANT(r.character == plan::Goal::focus && l.of(plan::Scenery::vinyl) > .3 &&
          l.of(electric_piano) > .3 && l.swing > .2 && l.brightness < 0 && l.of(percussion) > 0)},
    {"lo-fi", WANT(l.of(plan::Scenery::vinyl) > .3)},
    {"Lo Fi", WANT(l.of(plan::Scenery::vinyl) > .3)},
    {"dark ambient drone", WANT(l.space > .4 && l.density < -.4 && l.of(percussion) < -.3)},
    {"smooth jazz", WANT(l.swing > .4 && l.of(bass) > 0)},
    {"bossa nova café", WANT(l.of(guitar) > .4)},
    {"baroque, like Bach", WANT(l.of(strings) > .3 && !l.without(percussion))},
    {"drum & bass", WANT(r.character == plan::Goal::energize && l.tempo > .5)},
    {"80s synthwave", WANT(l.of(synth) > .5)},
    {"8-bit video game music", WANT(l.of(synth) > .5 && l.brightness > 0)},
    {"spa music with singing bowls", WANT(r.character == plan::Goal::relax && l.of(bells) > .5)},
    {"epic cinematic strings", WANT(l.of(strings) > .8)},
    {"celtic harp", WANT(l.of(harp) > .8)},
    // Negations
    {"no drums", WANT(l.without(percussion))},
    {"drums", WANT(!l.without(percussion) && l.of(percussion) > 0)},
    {"no drums, bright", WANT(l.without(percussion) && l.brightness > 0)},
    {"without any drums or bass", WANT(l.without(percussion) && l.without(bass))},
    {"without drums and bass", WANT(l.without(percussion) && l.without(bass))},
    {"no drums and calm piano", WANT(l.without(percussion) && l.of(piano) > .5 && l.energy < 0)},
    {"no drums and rain", WANT(l.without(percussion) && l.of(plan::Scenery::rain) > .5)},
    {"no drums, bass or melody",
     WANT(l.without(percussion) && l.without(bass) && l.without(melody))},
    {"no drums, bass, melody", WANT(l.without(percussion) && !l.without(bass))},
    {"I hate drums and guitar", WANT(l.without(percussion) && l.of(guitar) == -1)},
    {"not a fan of synths", WANT(l.of(synth) == -1)},
    {"ocean waves, no music", WANT(l.of(plan::Scenery::waves) > .5 && l.of(ambience) > .5 &&
                                   l.without(melody) && l.without(pads) && l.without(bass))},
    {"neither drums nor bass", WANT(l.without(percussion) && l.without(bass))},
    {"drums: none", WANT(l.without(percussion))},
    {"drums: no, piano: yes", WANT(l.without(percussion) && l.of(piano) > .5)},
    {"drums off", WANT(l.without(percussion))},
    {"drumless", WANT(l.without(percussion))},
    {"beatless ambient", WANT(l.without(percussion))},
    {"drum-free", WANT(l.without(percussion))},
    {"I don't want drums", WANT(l.without(percussion))},
    {"i dont want any drums but lots of piano", WANT(l.without(percussion) && l.of(piano) > .9)},
    {"no drums with piano", WANT(l.without(percussion) && l.of(piano) > .5)},
    {"techno without drums", WANT(l.without(percussion) && r.character == plan::Goal::energize)},
    {"no drums techno", WANT(l.of(percussion) < 0)},
    {"no drums. Techno!", WANT(l.without(percussion) && l.energy > 0)},
    {"w/o drums", WANT(l.without(percussion))},
    {"no piano", WANT(l.of(piano) == -1)},
    {"piano instead of guitar", WANT(l.of(piano) > .5 && l.of(guitar) == -1)},
    {"less bass", WANT(l.of(bass) < 0 && !l.without(bass))},
    {"less less less bass, less bass, less bass", WANT(!l.without(bass))},
    {"more bass", WANT(l.of(bass) > .5)},
    {"fewer notes", WANT(l.density < 0)},
    {"no melody", WANT(l.without(melody) && !l.without(bass))},
    {"no loud drums", WANT(l.of(percussion) < 0 && !l.without(percussion))},
    {"no more drums", WANT(l.without(percussion))},
    {"no more than a little reverb", WANT(l.space > 0 && l.space < .3)},
    {"nothing but rain", WANT(l.of(plan::Scenery::rain) > .9)},
    {"everything except drums", WANT(l.without(percussion))},
    {"not without drums", WANT(!l.without(percussion))},
    {"no drum and bass", WANT(l.without(percussion) && l.without(bass))},
    {"no vocals, instrumental", WANT(r.not_understood.empty() && l.of(choir) == -1)},
    {"with female vocals", WANT(l.of(choir) > .3)},
    // Only
    {"just rain, nothing else",
     WANT(l.only&& l.of(plan::Scenery::rain) > .5 && l.without(pads) && l.without(melody))},
    {"brown noise only", WANT(l.only&& l.without(melody) && !l.without(ambience))},
    {"white noise for baby sleep", WANT(l.without(pads) && r.character == plan::Goal::sleep)},
    {"piano only", WANT(l.only && !l.without(melody) && l.without(pads) && l.without(ambience))},
    {"strings only", WANT(l.only && !l.without(pads) && l.without(bass))},
    {"nur Klavier", WANT(l.only&& l.of(piano) > .5)},
    {"just a little piano", WANT(!l.only && l.of(piano) > 0)},
    {"just some calm music with piano", WANT(!l.only)},
    {"not only piano", WANT(!l.only && l.of(piano) > .5)},
    {"no music with lyrics please", WANT(!l.without(melody))},
    // What it can not do
    {"harpsichord", WANT(r.stand_ins.size() == 1 && r.stand_ins[0].plays == "harp")},
    {"birds chirping", WANT(r.understood.empty() && l.of(plan::Scenery::wind) == 0)},
    // The course of a session
    {"building to a climax", WANT(l.rise > .5)},
    {"starts quiet", WANT(l.rise > .5)},
    {"slowly fading", WANT(l.rise < -.5)},
    // Amounts
    {"not too bright", WANT(l.brightness<0 && l.brightness> - .6)},
    {"nothing too dark", WANT(l.brightness > 0)},
    {"too bright", WANT(l.brightness < 0)},
    {"not dark, not bright", WANT(l.brightness < .1)},
    {"heavy rain", WANT(l.of(plan::Scenery::rain) > .9)},
    {"light rain", WANT(l.of(plan::Scenery::rain) > .2 && l.of(plan::Scenery::rain) < .7)},
    {"a hint of piano", WANT(l.of(piano) > .1 && l.of(piano) < .5)},
    {"subtle drums", WANT(l.of(percussion) > 0 && l.of(percussion) < .4)},
    // Tempi
    {"70 bpm", WANT(l.tempo_bpm == 70)},
    {"120bpm techno", WANT(l.tempo_bpm == 120)},
    {"120 beats per minute", WANT(l.tempo_bpm == 120 && l.of(percussion) == 0)},
    {"around 90 bpm please", WANT(l.tempo_bpm == 90)},
    {"80-90 bpm", WANT(l.tempo_bpm == 85)},
    {"80\u201390 BPM", WANT(l.tempo_bpm == 85)},
    {"between 80 and 90 bpm", WANT(l.tempo_bpm == 85)},
    {"Beats per minute: 95", WANT(l.tempo_bpm == 95)},
    {"tempo: 66", WANT(l.tempo_bpm == 66)},
    {"bpm = 72.5", WANT(l.tempo_bpm == 72.5)},
    {"lofi at 80 bpm 2 hours", WANT(l.tempo_bpm == 80)},
    {"no more than 80 bpm", WANT(l.tempo_bpm > 60 && l.tempo_bpm < 80)},
    {"at least 100 bpm", WANT(l.tempo_bpm > 100 && l.tempo_bpm < 120)},
    {"30 bpm", WANT(l.tempo_bpm == 40)},
    {"220 bpm", WANT(l.tempo_bpm == 180)},
    {"1000 bpm", WANT(l.tempo_bpm == 0 && r.understood.empty())},
    {"24 hours", WANT(l.tempo_bpm == 0)},
    {"99999999999999999999 bpm", WANT(l.tempo_bpm == 0)},
    {"slower", WANT(l.tempo < 0)},
    {"allegro", WANT(l.tempo > .4)},
    {"adagio for strings", WANT(l.tempo<-.4 && l.of(strings)> .5)},
    {"drum and bass", WANT(l.tempo_bpm >= 160)},
    {"drum and bass at 90 bpm", WANT(l.tempo_bpm == 90)},
    {"calm but energetic",
     WANT(r.character == plan::Goal::energize && l.tempo < .05 && l.tempo > -.1)},
    // Keys
    {"in C sharp minor", WANT(r.tonic == 1 && r.mode == plan::Mode::aeolian)},
    {"Eb major", WANT(r.tonic == 3 && r.mode == plan::Mode::ionian)},
    {"key of D", WANT(r.tonic == 2 && !r.mode)},
    {"piano in A minor", WANT(r.tonic == 9 && r.mode == plan::Mode::aeolian)},
    {"lo-fi in a minor key", WANT(!r.tonic && r.mode == plan::Mode::aeolian)},
    {"d dorian, slow", WANT(r.tonic == 2 && r.mode == plan::Mode::dorian && l.tempo < 0)},
    {"coding in C#", WANT(!r.tonic)},
    {"not in a minor key", WANT(r.mode == plan::Mode::ionian)},
    // Scenery and places
    {"rainy night", WANT(l.of(plan::Scenery::rain) > .5 && l.brightness < 0)},
    {"crackling fireplace", WANT(l.of(plan::Scenery::fire) > .5)},
    {"vinyl crackle", WANT(l.of(plan::Scenery::vinyl) > .5 && l.of(plan::Scenery::fire) == 0)},
    {"theta waves", WANT(l.of(plan::Scenery::waves) == 0 && r.understood.empty())},
    {"white noise", WANT(l.of(ambience) > .3)},
    {"thunderstorm, no wind",
     WANT(l.of(plan::Scenery::rain) > .5 && l.of(plan::Scenery::wind) == -1)},
    {"\U0001F327 \U0001F3B9", WANT(l.of(plan::Scenery::rain) > .5 && l.of(piano) > .5)},
    // Slips of spelling
    {"raine", WANT(l.of(plan::Scenery::rain) > .5)},
    {"panio", WANT(l.of(piano) > .5)},
    {"pinao", WANT(l.of(piano) > .5)},
    {"slowww", WANT(l.tempo < -.4)},
    {"backgroud musik", WANT(l.density < 0 && r.not_understood.empty())},
    {"relaxxing", WANT(r.character == plan::Goal::relax)},
    {"no drms", WANT(l.without(percussion))},
    {"wihtout drums", WANT(l.without(percussion))},
    {"amient", WANT(l.space > 0)},
    {"melancoly", WANT(r.mode == plan::Mode::aeolian)},
    {"studyng", WANT(r.character == plan::Goal::focus && !r.understood.empty())},
    {"white niose", WANT(l.of(ambience) > .3)},
    {"fender rhoads guitarr", WANT(l.of(guitar) > .5)},
    // Other languages
    {"ruhige Klaviermusik zum Schlafen mit Regen, kein Schlagzeug",
     WANT(r.character == plan::Goal::sleep && l.of(piano) > .5 && l.of(plan::Scenery::rain) > .5 &&
          l.without(percussion))},
    {"musique calme pour dormir, sans batterie, pluie",
     WANT(r.character == plan::Goal::sleep && l.without(percussion) &&
          l.of(plan::Scenery::rain) > .5)},
    {"m\u00fasica tranquila para estudiar con lluvia y sin bater\u00eda",
     WANT(r.character == plan::Goal::focus && l.without(percussion) &&
          l.of(plan::Scenery::rain) > .5)},
    {"睡眠用の静かな雨の音",
     WANT(r.character == plan::Goal::sleep && l.of(plan::Scenery::rain) > .5 && l.energy < 0)},
    {"勉強用ローファイ、ドラムなし",
     WANT(r.character == plan::Goal::focus && l.without(percussion))},
    {"雨の音だけ", WANT(l.only&& l.without(melody))},
    {"viol\u00e3o calmo para estudar", WANT(r.character == plan::Goal::focus && l.of(guitar) > .5)},
    {"FL\u00d6TE, nicht zu hell", WANT(l.of(flute) > .5 && l.brightness < 0)},
};

}  // namespace

TEST_CASE("prompts as people type them") {
  for (const Case& c : kCases) {
    const plan::PromptReading reading = plan::read_prompt(c.prompt);
    CAPTURE(c.prompt, c.what, reading.summary);
    CHECK(c.holds(reading, reading.leaning));
  }
}

TEST_CASE("amounts scale: a little is less than plain, plain is less than very") {
  double darker = 0.0;
  for (const char* prompt : {"a little dark", "somewhat dark", "dark", "very dark"}) {
    CAPTURE(prompt);
    const double now = plan::read_prompt(prompt).leaning.brightness;
    CHECK(now < darker);
    darker = now;
  }
}

TEST_CASE("a prompt of goals' words alone leans nowhere, so intensity stays as asked") {
  for (const char* prompt : {"focus", "relaxing", "sleep please", "studying", "energize me"}) {
    const plan::PromptLeaning leaning = plan::read_prompt(prompt).leaning;
    CAPTURE(prompt);
    CHECK(leaning.energy == 0.0);
    CHECK(leaning.density == 0.0);
    CHECK(leaning.brightness == 0.0);
    CHECK(leaning.tempo == 0.0);
  }
}

TEST_CASE("of two words that contradict each other the later wins by a little") {
  const double brighter = plan::read_prompt("dark bright").leaning.brightness;
  CHECK(brighter > 0.0);
  CHECK(brighter < plan::read_prompt("bright").leaning.brightness);
  CHECK(plan::read_prompt("bright dark").leaning.brightness < 0.0);
  CHECK(plan::read_prompt("no drums. Drums!").leaning.of(plan::Stem::percussion) > 0.0);
  CHECK(plan::read_prompt("drums. No drums!").leaning.without(plan::Stem::percussion));
  CHECK(plan::read_prompt("sleep. focus").character == plan::Goal::focus);
}

TEST_CASE("leanings stay within -1 and 1 however often a word is said") {
  CHECK(plan::read_prompt("dark dark dark dark dark dark").leaning.brightness == -1.0);
  CHECK(plan::read_prompt("very very very very very very bright").leaning.brightness == 1.0);
}

TEST_CASE("what was understood is told in order, as written, as read, and what it did") {
  const plan::PromptReading reading =
      plan::read_prompt("Very Raine, no drums at 70 BPM for the zebras");
  CHECK(reading.understood ==
        std::vector<plan::UnderstoodWords>{{"Very Raine", "rain", "with rain, towards relax"},
                                           {"no drums", "drums", "no percussion"},
                                           {"70 BPM", "70 bpm", "tempo 70 bpm"}});
  CHECK(reading.not_understood == std::vector<std::string>{"zebras"});
  CHECK(reading.summary ==
        "Read as relax: at 70 bpm, with rain, no percussion; nothing was made of \"zebras\".");
}

TEST_CASE("a hopeless prompt is plain focus and says so") {
  const plan::PromptReading plain;
  for (const char* prompt : {"xyzzy", "", "the of a", "...", "\xff\xfe", "猫が好き"}) {
    const plan::PromptReading reading = plan::read_prompt(prompt);
    CAPTURE(prompt, reading.summary);
    CHECK(reading.character == plan::Goal::focus);
    CHECK(reading.leaning.instruments == plain.leaning.instruments);
    CHECK(reading.leaning.stems == plain.leaning.stems);
    CHECK(reading.leaning.energy == 0.0);
    CHECK(reading.understood.empty());
    CHECK(reading.summary.find("plain focus") != std::string::npos);
  }
  CHECK(plan::read_prompt("xyzzy").summary.find("\"xyzzy\"") != std::string::npos);
}

TEST_CASE("the lists of a long prompt are bounded, and the rest is counted") {
  std::string prompt;
  for (int i = 0; i < 3000; ++i) prompt += "zq" + std::to_string(i) + " ";
  for (const plan::LexiconWord& entry : plan::lexicon_words()) prompt += entry.word + ". ";
  const plan::PromptReading reading = plan::read_prompt(prompt);
  CHECK(reading.understood.size() == plan::PromptReading::kMostTold);
  CHECK(reading.understood_more > 1000);
  CHECK(reading.not_understood.size() == plan::PromptReading::kMostTold);
  CHECK(reading.not_understood_more > 1000);
  CHECK(reading.summary.size() < 1000);
}

TEST_CASE("what is told of a word is never longer than its bound") {
  std::string prompt(5000, 'q');
  prompt += " no";
  prompt.append(5000, ' ').append("drums");
  const plan::PromptReading reading = plan::read_prompt(prompt);
  CHECK(reading.not_understood.at(0).size() == plan::PromptReading::kMostBytes);
  CHECK(reading.understood.at(0).written.size() == plan::PromptReading::kMostBytes);
}

namespace {

/// `count` different words that are like none of the lexicon.
std::string strange_words(int count) {
  std::string prompt;
  for (int i = 0; i < count; ++i) {
    prompt += "zq";
    for (int rest = i, n = 0; n < 4; ++n, rest /= 26) prompt += static_cast<char>('a' + rest % 26);
    prompt += "qx ";
  }
  return prompt;
}

}  // namespace

TEST_CASE("spelling is mended for so many words of a prompt and no more") {
  const std::string prompt = strange_words(plan::kMostRespelt);
  CHECK(plan::read_prompt("panio " + prompt).leaning.of(plan::Instrument::piano) > 0.0);
  CHECK(plan::read_prompt(prompt + "panio").leaning.of(plan::Instrument::piano) == 0.0);
  CHECK(plan::read_prompt(prompt + "piano").leaning.of(plan::Instrument::piano) > 0.0);
}

TEST_CASE("a prompt of 60 kB is read") {
  const std::string prompt = strange_words(6600) + "no drums";
  REQUIRE(prompt.size() < 60'000);
  const plan::PromptReading reading = plan::read_prompt(prompt);
  CHECK(reading.leaning.without(plan::Stem::percussion));
  CHECK(reading.not_understood_more == 6600 - static_cast<int>(plan::PromptReading::kMostTold));
}
