// SPDX-License-Identifier: MIT
#include "session/agenda.h"

#include <algorithm>

namespace focus::core::session {
namespace {

using Audio = std::map<Agenda::Maker, double>;

double work_in(const Audio& audio) {
  double work = 0.0;
  for (const auto& [maker, seconds] : audio) work += maker.work_for(seconds);
  return work;
}

/// Adds `audio`, but no more of it than `most` seconds of work; of every maker the same part.
void add_up_to(Audio& sum, const Audio& audio, double most) {
  const double work = work_in(audio);
  const double part = work > most ? most / work : 1.0;
  for (const auto& [maker, seconds] : audio) sum[maker] += part * seconds;
}

}  // namespace

void Agenda::remove(std::uint64_t session) {
  const auto known = needs_.find(session);
  if (known == needs_.end()) return;
  const Need need = std::move(known->second);
  needs_.erase(known);
  wanted_segments_ -= need.count;
  running_dry_.erase({need.first, session});
  const auto& [organization, caller] = need.owner;
  organizations_[organization].callers[caller].remove(session, need);
  take_turns(organization, caller);
}

void Agenda::set(std::uint64_t session, const std::optional<Need>& need) {
  const auto known = needs_.find(session);
  // An owner that goes on wanting something keeps its place in the round.
  if (known != needs_.end() && need && known->second.owner == need->owner) {
    wanted_segments_ -= known->second.count;
    running_dry_.erase({known->second.first, session});
    organizations_[need->owner.organization].callers[need->owner.caller].remove(session,
                                                                                known->second);
  } else {
    remove(session);
  }
  if (!need) return;
  const auto& [organization, caller] = need->owner;
  organizations_[organization].callers[caller].add(session, *need);
  if (need->runs_dry) running_dry_.insert({need->first, session});
  wanted_segments_ += need->count;
  needs_.insert_or_assign(session, *need);
  take_turns(organization, caller);
}

void Agenda::set_aside(std::uint64_t session) {
  const auto known = needs_.find(session);
  if (known == needs_.end()) return;
  running_dry_.erase({known->second.first, session});
  const auto& [organization, caller] = known->second.owner;
  organizations_[organization].callers[caller].set_aside(session, known->second);
  take_turns(organization, caller);
}

/// Lets the owner into the rounds, or out of them, as it has something that can be begun.
void Agenda::take_turns(const std::string& organization, const std::string& caller) {
  const auto whole = organizations_.find(organization);
  auto& [callers, turns] = whole->second;
  const auto one = callers.find(caller);
  if (one->second.is_idle()) {
    turns.leave(caller);
  } else {
    turns.join(caller);
  }
  if (turns.empty()) {
    turns_.leave(organization);
  } else {
    turns_.join(organization);
  }
  if (one->second.empty()) callers.erase(one);
  if (callers.empty()) organizations_.erase(whole);
}

/// The session that comes next of all that the organization has.
std::uint64_t Agenda::first_of(const std::string& organization) {
  Organization& whole = organizations_.at(organization);
  const auto first_of_caller = [&whole](const std::string& caller) {
    return whole.callers.at(caller).first();
  };
  return first_of_caller(whole.turns.next(
      [&](const std::string& caller) { return needs_.at(first_of_caller(caller)).cost(); }));
}

std::optional<Agenda::First> Agenda::first() {
  if (!running_dry_.empty())
    return First{running_dry_.begin()->second, running_dry_.begin()->first};
  if (turns_.empty()) return std::nullopt;
  const std::uint64_t session = first_of(turns_.next([this](const std::string& organization) {
    return needs_.at(first_of(organization)).cost();
  }));
  return First{session, needs_.at(session).first};
}

void Agenda::charge(std::uint64_t session) {
  const auto known = needs_.find(session);
  if (known == needs_.end()) return;
  const Need& need = known->second;
  turns_.charge(need.owner.organization, need.cost());
  organizations_.at(need.owner.organization).turns.charge(need.owner.caller, need.cost());
}

std::map<Agenda::Maker, double> Agenda::audio_before(std::uint64_t session, double needed) const {
  const auto known = needs_.find(session);
  if (known == needs_.end()) return {};
  const Need& own = known->second;
  const auto& [organization, caller] = own.owner;
  const Organization& mine = organizations_.at(organization);

  Audio before = mine.callers.at(caller).audio_before(session, needed);
  if (own.first < needed) before[own.maker] -= own.audio_seconds / own.count;  // its own piece
  for (auto& [maker, seconds] : before) seconds = std::max(seconds, 0.0);
  if (own.runs_dry) return before;

  // Others get as much as this caller until its piece is made, and this piece is part of that.
  const double of_caller = work_in(before) + own.cost();
  for (const auto& [name, other] : mine.callers) {
    if (name != caller) add_up_to(before, other.audio_wanted(), of_caller);
  }
  const double of_organization = work_in(before) + own.cost();
  for (const auto& [name, other] : organizations_) {
    if (name == organization) continue;
    Audio wanted;
    for (const auto& [other_caller, agenda] : other.callers) {
      for (const auto& [maker, seconds] : agenda.audio_wanted()) wanted[maker] += seconds;
    }
    add_up_to(before, wanted, of_organization);
  }
  return before;
}

}  // namespace focus::core::session
