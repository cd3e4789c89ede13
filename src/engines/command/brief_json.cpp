// SPDX-License-Identifier: MIT
#include "engines/command/brief_json.h"

#include <string_view>

#include <absl/strings/str_cat.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include "base/checked_memory.h"

namespace focus::core::engines {
namespace {

class BriefWriter {
 public:
  BriefWriter() : writer_(buffer_) { writer_.StartObject(); }

  void text(const char* key, std::string_view value) {
    writer_.Key(key);
    writer_.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  }
  void whole(const char* key, std::int64_t value) {
    writer_.Key(key);
    writer_.Int64(value);
  }
  void number(const char* key, double value) {
    writer_.Key(key);
    writer_.Double(value);
  }
  void seed(const char* key, const char* text_key, std::uint64_t value) {
    writer_.Key(key);
    writer_.Uint64(value);
    text(text_key, absl::StrCat(value));
  }
  void text_or_null(const char* key, std::string_view value) {
    if (!value.empty()) return text(key, value);
    writer_.Key(key);
    writer_.Null();
  }
  std::string take() {
    writer_.EndObject();
    return std::string(buffer_.GetString(), buffer_.GetSize()) + "\n";
  }

 private:
  using Buffer = rapidjson::GenericStringBuffer<rapidjson::UTF8<>, CheckedMemory>;
  Buffer buffer_;
  rapidjson::PrettyWriter<Buffer, rapidjson::UTF8<>, rapidjson::UTF8<>, CheckedMemory> writer_;
};

}  // namespace

std::string brief_as_json(const plan::Brief& brief, int attempt, const BriefFiles& files) {
  BriefWriter json;
  json.whole("segment_index", brief.index);
  json.whole("segment_count", brief.segment_count);
  json.text("goal", name_of(brief.goal));
  json.text("character", name_of(brief.character));
  json.text("intensity", name_of(brief.intensity));
  json.text_or_null("phase", brief.has_phases ? name_of(brief.phase) : "");
  json.text("section", name_of(brief.section));
  json.text("session_id", brief.session_id);
  json.text("prompt", brief.prompt);
  json.number("divergence", brief.divergence);
  json.seed("session_seed", "session_seed_text", brief.seed);
  json.seed("seed", "seed_text", brief.segment_seed());
  json.number("tempo_bpm", brief.tempo_bpm);
  json.number("bar_seconds", brief.bar_seconds);
  json.text("key", describe(brief.key));
  json.text("key_before", describe(brief.key_before));
  json.text("key_after", describe(brief.key_after));
  json.number("start_seconds", brief.start_seconds);
  json.number("session_seconds", brief.session_seconds);
  json.whole("frames", brief.frames);
  json.whole("sample_rate", brief.sample_rate);
  json.whole("channel_count", 2);
  json.whole("overlap_in_frames", brief.overlap_in);
  json.whole("overlap_out_frames", brief.overlap_out);
  json.number("ending_seconds", brief.ending_seconds);
  json.number("target_lufs", brief.target_lufs);
  json.number("pads_db", brief.level_db(plan::Stem::pads));
  json.number("bass_db", brief.level_db(plan::Stem::bass));
  json.number("melody_db", brief.level_db(plan::Stem::melody));
  json.number("percussion_db", brief.level_db(plan::Stem::percussion));
  json.number("ambience_db", brief.level_db(plan::Stem::ambience));
  json.text_or_null("previous_path", files.previous);
  json.whole("previous_frames", brief.previous ? brief.previous->frames() : 0);
  json.whole("attempt", attempt);
  json.text_or_null("out_path", files.out);
  return json.take();
}

}  // namespace focus::core::engines
