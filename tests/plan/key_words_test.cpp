// SPDX-License-Identifier: MIT
#include "plan/key_words.h"

#include <catch2/catch.hpp>

using namespace focus::core;

namespace {

/// The first key that is named in a prompt, as "C# aeolian", "C#", or "".
std::string key_in(std::string_view prompt) {
  const auto words = plan::split_words(prompt);
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (const auto key = plan::read_key(words, at)) {
      const std::string name =
          plan::describe(plan::Key{key->tonic, key->mode.value_or(plan::Mode::ionian)});
      return key->mode ? name : name.substr(0, name.find(' '));
    }
  }
  return {};
}

}  // namespace

TEST_CASE("keys as people write them") {
  const std::pair<const char*, const char*> kKeys[] = {
      {"in C sharp minor", "C# aeolian"},
      {"C# minor", "C# aeolian"},
      {"c-sharp minor", "C# aeolian"},
      {"F\u266f minor", "F# aeolian"},
      {"Eb major", "Eb ionian"},
      {"e flat major", "Eb ionian"},
      {"Cb major", "B ionian"},
      {"B# major", "C ionian"},
      {"D dorian", "D dorian"},
      {"key of G", "G"},
      {"key: f#", "F#"},
      {"the key is Bb", "Bb"},
      {"piano in d for studying", "D"},
      {"in F#m", "F# aeolian"},
      {"in Am", ""},  // "in am" may be anything
      {"key of Am", "A aeolian"},
      {"in Em", "E aeolian"},
      {"a minor", "A aeolian"},
      {"slow piano in a minor", "A aeolian"},
      {"in a minor, slow", "A aeolian"},
      {"key of a minor piano", "A aeolian"},
      {"D harmonic minor", "D aeolian"},
      {"E minor pentatonic", "E minor pentatonic"},
      {"fis-moll", "F# aeolian"},
      {"B-Dur", "Bb ionian"},
      {"h moll", "B aeolian"},
      {"la mineur", "A aeolian"},
      {"si b\u00e9mol majeur", "Bb ionian"},
      {"do sostenido menor", "C# aeolian"},
  };
  for (const auto& [prompt, key] : kKeys) {
    CAPTURE(prompt);
    CHECK(key_in(prompt) == key);
  }
}

TEST_CASE("what only looks like a key is none") {
  for (const char* prompt :
       {"a minor key", "in a minor key", "a major change", "a minor touch of rain", "a piano",
        "in c programming", "coding in C#", "learning c", "i am calm", "be calm", "a dorian groove",
        "music in a cafe", "do it", "so la la", "", "b"}) {
    CAPTURE(prompt);
    CHECK(key_in(prompt).empty());
  }
}
