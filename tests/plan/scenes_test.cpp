// SPDX-License-Identifier: MIT
#include "plan/scenes.h"

#include <string>

#include <catch2/catch.hpp>

#include "base/error.h"

using namespace focus::core;
using plan::Scene;

TEST_CASE("scenes: levels, beats and carriers are read, and written as the same text") {
  const auto mix = plan::read_scenes("rain_tent=-3, isochronic:40/180=-9 brown");
  REQUIRE(mix.ok());
  REQUIRE(mix->size() == 3);
  CHECK((*mix)[0].scene == Scene::rain_tent);
  CHECK((*mix)[0].level_db == -3.0);
  CHECK((*mix)[1].scene == Scene::brown);
  CHECK((*mix)[2].beat_hertz == 40.0);
  CHECK((*mix)[2].carrier_hertz == 180.0);
  CHECK(*plan::read_scenes(plan::text_of(*mix)) == *mix);
  CHECK(plan::read_scenes("")->empty());
}

TEST_CASE("scenes: what can not be read is refused by name") {
  for (const char* text : {"rian", "rain=13", "rain=-61", "rain=x", "rain=nan", "rain:4",
                           "rain rain", "binaural:0.1", "binaural/20", "rain=-60", "=3"}) {
    CAPTURE(text);
    CHECK(field_of(plan::read_scenes(text).status()) == "scenes");
  }
}

TEST_CASE("scenes: a prompt names scenes, levels and beats") {
  const auto text = [](std::string_view prompt) {
    return plan::text_of(plan::scenes_in_prompt(prompt));
  };
  CHECK(text("rain on a tent with a distant train") == "rain_tent=0, train=-9");
  CHECK(text("brown noise only") == "brown=0");
  CHECK(text("40 Hz isochronic over pink noise") == "pink=0, isochronic:40/200=0");
  CHECK(text("binaural beats, 6hz at 220 Hz") == "binaural:6/220=0");
  CHECK(text("fire without wind") == "fire=0");
  CHECK(text("heavy thunderstorm and rain") == "storm=0");
  CHECK(text("a pink sunset") == "");
  CHECK(text("calm piano") == "");
}

TEST_CASE("scenes: a prompt may be German, French, Spanish or Italian") {
  const auto text = [](std::string_view prompt) {
    return plan::text_of(plan::scenes_in_prompt(prompt));
  };
  CHECK(text("Regen auf dem Zelt, ein ferner Zug") == "rain_tent=0, train=-9");
  CHECK(text("nur braunes Rauschen") == "brown=0");
  CHECK(text("Meer ohne Wind, mit leisem Vogelgesang und Lagerfeuer") == "sea=0, fire=0, birds=0");
  CHECK(text("pluie sur la fenêtre avec un feu de cheminée") == "rain_window=0, fire=0");
  CHECK(text("olas y pájaros, sin viento") == "sea=0, birds=0");
  CHECK(text("pioggia nel bosco") == "rain_forest=0");
  CHECK(text("bruit rose") == "pink=0");
  CHECK(text("une rose") == "");
}
