// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "audio/file_tags.h"
#include "mastering/loudness.h"
#include "mix/mix.h"

namespace focus::core::mix {

/// What the file of a mix says of itself: the names of its files, without their folders, and a
/// chapter for each. Loudness and times are put in by settle_mix_tags.
audio::FileTags mix_tags(const std::vector<std::string>& paths, int sample_rate);

/// Puts in what is known once the mix is made. Each chapter begins where its file is first heard.
void settle_mix_tags(const MixReport& report, const mastering::LoudnessMeter& meter,
                     audio::FileTags& tags);

}  // namespace focus::core::mix
