// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include <catch2/catch.hpp>

#include "session/service.h"
#include "support/tone_engine.h"
#include "support/wait.h"

namespace focus::test {

inline std::shared_ptr<core::session::Service> open_service(
    core::session::ServiceOptions options, const std::shared_ptr<ToneEngine>& engine = nullptr) {
  auto service = core::session::Service::open(options);
  REQUIRE(service.ok());
  if (engine) REQUIRE((*service)->engines().add(engine).ok());
  return *service;
}

inline std::shared_ptr<core::session::Service> open_service(
    int workers, const std::shared_ptr<ToneEngine>& engine,
    core::session::Storage storage = core::session::Storage::temporary) {
  core::session::ServiceOptions options;
  options.worker_count = workers;
  options.storage = storage;
  return open_service(options, engine);
}

/// Of the tests' sessions: of a quarter of the samples, each step of the work takes a quarter.
constexpr int kToneRate = 12000;

/// Short segments at a low rate, which nobody has to compress, so that tests are quick.
inline core::plan::Request tone_request(int minutes, std::uint64_t seed = 1) {
  core::plan::Request request;
  request.sample_rate = kToneRate;
  request.format = core::audio::AudioFormat::wav;
  request.target_minutes = minutes;
  request.segment_seconds = 20.0;
  request.engine = "tone";
  request.seed = seed;
  return request;
}

/// The file of a ready segment; "" until it is ready.
inline std::string path_of(const core::session::Session& session, int index) {
  const auto segment = session.ready_segment(index);
  return segment.ok() ? segment->record->path : "";
}

/// Whether a ready segment was played by another engine than the one that was asked for.
inline bool played_by_fallback(const core::session::Session& session, int index) {
  const auto segment = session.ready_segment(index);
  return segment.ok() && segment->record->fallback;
}

inline bool all_ready(core::session::Session& session) {
  return eventually([&] { return session.view().ready_count == session.plan()->segment_count(); });
}

}  // namespace focus::test
