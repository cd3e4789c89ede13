// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engines/library/features.h"
#include "engines/library/key_finder.h"

namespace focus::core::engines {

/// Finds where phrases end: where the harmony of some seconds gives way to another, or the level
/// dips, both the more the better. The places are moved to a bar line or a beat where those are
/// known, else to where it is softest, and lie at least 8 s apart.
/// @param chromas one for each `chroma_seconds`.
std::vector<Hundredths> find_phrase_ends(const TrackDetail& detail, std::span<const Chroma> chromas,
                                         double chroma_seconds);

}  // namespace focus::core::engines
