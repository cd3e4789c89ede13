// SPDX-License-Identifier: MIT
#include "store/message_shelf.h"

#include <utility>

namespace focus::core::store {
namespace {

constexpr std::pair<MessageKind, std::string_view> kNames[] = {
    {MessageKind::session_started, "session.started"},
    {MessageKind::session_steered, "session.steered"},
    {MessageKind::session_complete, "session.complete"},
    {MessageKind::session_stopped, "session.stopped"},
    {MessageKind::session_failed, "session.failed"},
    {MessageKind::session_ended, "session.ended"},
    {MessageKind::session_deleted, "session.deleted"},
    {MessageKind::segment_ready, "segment.ready"},
    {MessageKind::track_kept, "track.kept"},
};

}  // namespace

std::string_view name_of(MessageKind kind) {
  for (const auto& [known, name] : kNames) {
    if (known == kind) return name;
  }
  return "";
}

std::optional<MessageKind> message_kind_named(std::string_view name) {
  for (const auto& [kind, known] : kNames) {
    if (known == name) return kind;
  }
  return std::nullopt;
}

}  // namespace focus::core::store
