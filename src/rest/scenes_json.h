// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <absl/status/statusor.h>

#include "rest/json_reader.h"

namespace focus::core::rest {

/// Reads scenes as a text ("rain=-3, fire=-9") or as an object of levels in dB, {"rain": -3,
/// "binaural": {"level_db": -9, "beat_hz": 6, "carrier_hz": 220}}. Returns them as such a text, or
/// nothing if the member is absent. plan::validate() judges what is in it.
absl::StatusOr<std::optional<std::string>> read_scenes_json(JsonObject& object,
                                                            std::string_view name);

/// Reads a programme as a text ("0: train; 180/10: sea") or as a list of entries, each with
/// `from_minute` and perhaps `fade_minutes`, `level_db` and `scenes`. Returns it as such a text.
absl::StatusOr<std::optional<std::string>> read_programme_json(JsonObject& object,
                                                               std::string_view name);

}  // namespace focus::core::rest
