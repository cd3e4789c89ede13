// SPDX-License-Identifier: MIT
#include "failure.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "request_fields.h"

namespace cli {
namespace {

constexpr std::pair<std::string_view, std::string_view> kOptionOfField[] = {
    {"goal", "--goal"},
    {"target_minutes", "--minutes"},
    {"intensity", "--intensity"},
    {"divergence", "--divergence"},
    {"custom_prompt", "--prompt"},
    {"engine", "--engine"},
    {"engine_key", "KEY"},
    {"fallback", "--fallback"},
    {"fallback_after_seconds", "--fallback-after"},
    {"command", "--engine-command"},
    {"key", "--engine-key"},
    {"timeout_seconds", "--engine-timeout"},
    {"retries", "--engine-retries"},
    {"concurrency", "--engine-concurrency"},
    {"max_duration_seconds", "--engine-max-seconds"},
    {"price_micros_per_minute", "--engine-price"},
    {"seed", "--seed"},
    {"target_lufs", "--target-lufs"},
    {"sample_rate", "--rate"},
    {"worker_count", "--jobs"},
    {"look_ahead", "--jobs"},
    {"modulation_depth", "--modulation-depth"},
    {"pads_db", "--level pads"},
    {"bass_db", "--level bass"},
    {"melody_db", "--level melody"},
    {"percussion_db", "--level percussion"},
    {"ambience_db", "--level ambience"},
    {"scenes", "--scene"},
    {"work_minutes", "--work-minutes"},
    {"break_minutes", "--break-minutes"},
    {"ending_seconds", "--ending-seconds"},
    {"crossfade_seconds", "--crossfade"},
    {"data_folder", "--data"},
    {"session_id", "--session"},
    {"per_session_micros", "--cap-session"},
    {"per_day_micros", "--cap-day"},
    {"requests_per_minute", "--requests-per-minute"},
    {"url_life_seconds", "--url-life"},
    {"public_base_url", "--public-url"},
    {"trim_seconds", "--trim"},
    {"bits", "--bits"},
    {"format", "--format"},
    {"path", "OUT"},
};

/// "" where nothing on the command line stands for the field. What has no row above but is asked
/// of the library has the field's own name: "tempo_bpm" is --tempo-bpm.
std::string option_of(const std::string& field) {
  for (const auto& [name, option] : kOptionOfField) {
    if (field == name) return std::string(option);
  }
  if (find_request_field(field) == nullptr) return "";
  std::string option = "--" + field;
  std::replace(option.begin(), option.end(), '_', '-');
  return option;
}

}  // namespace

Failure explain(const focus::Error& error) {
  std::string message = error.what();
  const std::string& field = error.field();
  if (const std::string option = option_of(field); !option.empty()) {
    if (message.compare(0, field.size(), field) == 0) message.erase(0, field.size());
    if (message.compare(0, 1, ":") != 0) message.insert(0, message[0] == ' ' ? ":" : ": ");
    message.insert(0, option);
  }
  const bool usage = error.code() == focus::ErrorCode::invalid_argument;
  return Failure(usage ? kExitUsage : kExitFailed, message);
}

}  // namespace cli
