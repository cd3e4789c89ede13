// SPDX-License-Identifier: MIT
#include "engines/check/checks.h"

namespace focus::core::engines {
namespace {

/// Several alphabets, an emoji, and what shells, JSON and command templates could stumble over.
constexpr const char* kAnyPrompt =
    "Klänge für spät: 雨の音 \xF0\x9F\x8C\xA7, \"quoted\", it's {brief} $HOME \\ 100 %\nnew line";

}  // namespace

void check_prompt(CheckRun& run) {
  plan::Request request = request_for(plan::Goal::custom_prompt, plan::Intensity::medium);
  request.custom_prompt = kAnyPrompt;
  run.play_all({{run.brief(request, 1), "such a prompt"}}, "UTF-8, quotes, braces and a new line");
}

}  // namespace focus::core::engines
