// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "plan/plan.h"
#include "session/session_view.h"
#include "store/records.h"

namespace focus::core::session {

/// The plan of a session that was steered as its history says. A change that does not fit (another
/// version of the library has laid the session out differently) is left out.
std::shared_ptr<const plan::Plan> replay(const store::SessionRecord& record);

/// The same, from the plan that the first `known` changes of the history have led to.
std::shared_ptr<const plan::Plan> replay(std::shared_ptr<const plan::Plan> plan,
                                         const std::vector<plan::Change>& history,
                                         std::size_t known);

/// The session as its record has it, with the segments that are ready: as it would be opened,
/// before anything is made.
SessionView view_of(store::SessionRecord record, std::vector<store::SegmentRecord> ready,
                    std::int64_t spent_micros);

}  // namespace focus::core::session
