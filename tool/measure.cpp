// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "failure.h"
#include "json.h"
#include "options.h"
#include "output.h"
#include "text.h"
#include <focus_session/focus_session.hpp>

namespace cli {
namespace {

using Row = std::pair<std::string, focus::MeasurementInfo>;

const char* name_of(focus::LoudnessState state) {
  switch (state) {
    case focus::LoudnessState::silent:
      return "silent";
    case focus::LoudnessState::too_short:
      return "too_short";
    default:
      return "measured";
  }
}

/// "-" where the file is too short for a figure.
std::string level(const focus::MeasurementInfo& info, double value) {
  const bool is_too_short = info.loudness_state == focus::LoudnessState::too_short;
  return is_too_short ? "-" : decimal(value, 1);
}

/// What the figures of a row do not show.
void print_remarks(const Row& row) {
  const auto& [name, info] = row;
  if (info.non_finite_count > 0) {
    std::cout << plain(name) << ": " << info.non_finite_count
              << (info.non_finite_count == 1 ? " sample is" : " samples are")
              << " NaN or infinite, the first at " << decimal(info.first_non_finite_seconds, 3)
              << " s; measured as silence\n";
  }
  if (info.loudness_state == focus::LoudnessState::too_short) {
    std::cout << plain(name) << ": too short to be measured\n";
  }
}

void print_table(const std::vector<Row>& rows) {
  if (rows.empty()) return;
  std::size_t name_width = columns("file");
  for (const auto& [name, info] : rows) name_width = std::max(name_width, columns(plain(name)));
  const auto line = [name_width](const std::string& name, const std::vector<std::string>& cells) {
    std::cout << left(name, name_width);
    for (const std::string& cell : cells) std::cout << right(cell, 10);
    std::cout << '\n';
  };
  line("file", {"length", "LUFS", "range LU", "peak dBTP", "cue in s", "cue out s"});
  for (const auto& [name, info] : rows) {
    line(plain(name), {clock(info.duration_seconds), level(info, info.integrated_lufs),
                       level(info, info.range_lu), decimal(info.true_peak_dbtp, 1),
                       decimal(info.cue_in_seconds, 2), decimal(info.cue_out_seconds, 2)});
  }
  for (const Row& row : rows) print_remarks(row);
}

void print_json(const std::vector<Row>& rows) {
  JsonWriter json;
  json.StartObject();
  json.Key("files");
  json.StartArray();
  for (const auto& [name, info] : rows) {
    json.StartObject();
    json.text("path", name);
    json.number("duration_seconds", info.duration_seconds);
    json.whole("sample_rate", info.sample_rate);
    json.whole("channel_count", info.channel_count);
    json.text("loudness", name_of(info.loudness_state));
    json.number("integrated_lufs", info.integrated_lufs);
    json.number("range_lu", info.range_lu);
    json.number("true_peak_dbtp", info.true_peak_dbtp);
    json.number("max_momentary_lufs", info.max_momentary_lufs);
    json.number("max_short_term_lufs", info.max_short_term_lufs);
    json.number("cue_in_seconds", info.cue_in_seconds);
    json.number("cue_out_seconds", info.cue_out_seconds);
    json.whole("non_finite_count", info.non_finite_count);
    if (info.non_finite_count > 0) {
      json.number("first_non_finite_seconds", info.first_non_finite_seconds);
    }
    json.number("offset", info.offset);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  json.print(std::cout);
}

}  // namespace

int measure(const MeasureOptions& options) {
  std::vector<Row> rows;
  for (const std::string& path : options.files) {
    // One bad file is told of and the others are measured all the same.
    try {
      if (path == "-") {
        const InputCopy input;
        rows.emplace_back(path, focus::Measurement(input.path()).info());
      } else {
        rows.emplace_back(path, focus::Measurement(path).info());
      }
    } catch (const focus::Error& error) {
      std::cerr << "focus-session: " << plain(error.what()) << std::endl;
    }
  }
  if (options.json) {
    print_json(rows);
  } else {
    print_table(rows);
  }
  return rows.size() == options.files.size() ? kExitOk : kExitFailed;
}

}  // namespace cli
