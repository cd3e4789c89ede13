// SPDX-License-Identifier: MIT
// The checks of an engine, a file each in checks/. Each reports its results to the run; the table
// in check.cpp says in which order they are run and what they are called.
#pragma once

#include "engines/check/check_run.h"

namespace focus::core::engines {

void check_description(CheckRun& run);
/// Without a first segment there is no use in the other checks: stops the run.
void check_first_segment(CheckRun& run);
void check_ends(CheckRun& run);
void check_goals(CheckRun& run);
void check_prompt(CheckRun& run);
void check_rates(CheckRun& run);
void check_long_segment(CheckRun& run);
/// Judges the sound of all segments that were heard before.
void check_sound(CheckRun& run);
void check_purity(CheckRun& run);
void check_seed(CheckRun& run);
void check_concurrency(CheckRun& run);
void check_cancellation(CheckRun& run);
void check_continuation(CheckRun& run);
void note_overlap(CheckRun& run);
void note_retries(CheckRun& run);
void note_speed(CheckRun& run);

}  // namespace focus::core::engines
