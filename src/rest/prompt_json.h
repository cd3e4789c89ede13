// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "plan/prompt.h"
#include "rest/json_writer.h"

namespace focus::core::rest {

/// Writes how a prompt was understood, as one object.
void write_reading(JsonWriter& json, const plan::PromptReading& reading);

/// Returns the same object as one line of JSON.
std::string reading_json(const plan::PromptReading& reading);

}  // namespace focus::core::rest
