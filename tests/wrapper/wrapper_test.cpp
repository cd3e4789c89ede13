// SPDX-License-Identifier: MIT
#include <atomic>
#include <chrono>
#include <optional>
#include <type_traits>
#include <vector>

#include <catch2/catch.hpp>

#include "support/temp_folder.h"
#include <focus_session/focus_session.hpp>

namespace {

focus::Request one_minute() {
  return focus::Request{}.with_goal(focus::Goal::focus).with_target_minutes(1).with_seed(3);
}

/// Waits until every segment is made.
void finish(focus::Session& session) {
  while (session.snapshot().info().more_pending) session.wait_event(std::chrono::seconds(1));
}

template <typename Call>
focus::Error error_of(Call&& call) {
  try {
    call();
  } catch (const focus::Error& error) {
    return error;
  }
  return focus::Error(focus::ErrorCode::ok, "", "nothing was thrown");
}

}  // namespace

TEST_CASE("handles are moved, never copied") {
  const auto moves_only = [](auto&& handle) {
    using Handle = std::decay_t<decltype(handle)>;
    return std::is_nothrow_move_constructible_v<Handle> &&
           std::is_nothrow_move_assignable_v<Handle> && !std::is_copy_constructible_v<Handle>;
  };
  CHECK(moves_only(focus::Session()));
  CHECK(moves_only(focus::Snapshot()));
  CHECK(moves_only(focus::Player()));
  CHECK(moves_only(focus::AudioFile()));
  CHECK(moves_only(focus::Measurement()));
  CHECK(moves_only(focus::Mix()));
  CHECK(moves_only(focus::Track()));
  CHECK(moves_only(focus::HttpResponse()));
  focus::Service service;
  focus::Service other = std::move(service);
  CHECK(other);
  CHECK_FALSE(service);  // NOLINT: what was moved from is empty
}

TEST_CASE("a minute of music, from request to samples, files and figures") {
  const focus::test::TempFolder folder;
  focus::Service service;
  CHECK(service.engines().front().key == "studio");
  focus::Session session = service.start(one_minute());
  REQUIRE(session);
  finish(session);

  focus::Snapshot snapshot = session.snapshot();
  const focus::SessionInfo info = snapshot.info();
  CHECK(info.status == focus::SessionStatus::ended);
  CHECK(info.goal == focus::Goal::focus);
  CHECK(info.seed == 3);
  CHECK(info.ready_count == info.total_segments);
  CHECK(service.sessions() == std::vector<std::string>{info.session_id});
  const auto segments = snapshot.segments();
  REQUIRE(segments.size() == 1);
  CHECK(segments[0].ready);
  CHECK(segments[0].engine == "studio");
  CHECK(segments[0].duration_seconds == 60.0);
  CHECK_FALSE(segments[0].key.empty());

  std::vector<float> samples(4800 * 2);
  CHECK(session.read_segment(0, 48000, samples.data(), 4800) == 4800);
  CHECK(session.write_segment(0, folder / "a.wav"));
  CHECK(session.write_score(0, folder / "a.mid"));
  const focus::Measurement measurement(folder / "a.wav");
  CHECK(measurement.info().duration_seconds == 60.0);
  CHECK(measurement.short_term().size() == measurement.momentary().size());
  CHECK_FALSE(measurement.short_term().empty());

  focus::Player player = session.play(focus::PlayerOptions{}
                                          .with_mode(focus::PlayerMode::offline)
                                          .with_sample_rate(24000)
                                          .with_channel_count(1));
  CHECK(player.render(samples.data(), 4800) == 4800);
  CHECK(player.info().state == focus::PlayerState::playing);
  CHECK(player.info().position_seconds == Approx(0.2).margin(0.01));

  focus::Session again = service.open(info.session_id);
  CHECK(again.snapshot().info().session_id == info.session_id);
}

TEST_CASE("files are mixed, and what was done can be asked for") {
  const focus::test::TempFolder folder;
  std::vector<float> samples(std::size_t{8} * 24000 * 2);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i] = static_cast<float>((i * 7919 % 1009)) / 1009.0f - 0.5f;
  }
  std::vector<std::string> paths;
  for (const char* name : {"a.wav", "b.flac"}) {
    focus::AudioFile file(folder / name, 24000);
    file.write(samples.data(), 8 * 24000);
    file.commit();
    paths.push_back(folder / name);
  }
  focus::Mix mix(paths, focus::MixOptions{}.with_target_lufs(-23));
  CHECK_FALSE(mix.info().complete);
  CHECK(mix.write(folder / "mix.wav"));
  CHECK(mix.info().complete);
  CHECK(mix.info().sample_rate == 24000);
  CHECK(mix.file(1).path == paths[1]);
  CHECK(mix.file(1).integrated_lufs == Approx(-23.0).margin(0.1));
  CHECK(mix.file_curve(0).size() == 80);
  CHECK(mix.transition(0).end_seconds > mix.transition(0).start_seconds);
  CHECK(mix.gains(0, 3).old_gains.front() == 1.0f);
  CHECK(focus::Measurement(folder / "mix.wav").info().duration_seconds ==
        Approx(mix.info().duration_seconds));
  CHECK(error_of([&] { mix.file(2); }).code() == focus::ErrorCode::not_found);
}

TEST_CASE("a child outlives its parents, and the log outlives the service object") {
  std::atomic<int> lines{0};
  focus::Player player;
  {
    focus::Service service(focus::ServiceOptions{}
                               .with_storage(focus::Storage::memory)
                               .with_log(focus::LogLevel::debug,
                                         [&lines](focus::LogLevel, std::string_view) { ++lines; }));
    focus::Session session = service.start(one_minute());
    player = session.play(focus::PlayerOptions{}.with_mode(focus::PlayerMode::offline));
  }
  std::vector<float> samples(4096 * 2);
  CHECK(player.render(samples.data(), 4096) == 4096);
}

TEST_CASE("what fails throws an error with its code and its field") {
  focus::Service service;
  const auto minutes = error_of([&] { service.start(one_minute().with_target_minutes(2000)); });
  CHECK(minutes.code() == focus::ErrorCode::invalid_argument);
  CHECK(minutes.field() == "target_minutes");
  CHECK(std::string(minutes.what()).find("1440") != std::string::npos);
  CHECK(error_of([&] { service.start({}); }).field() == "goal");
  const auto session = error_of([&] { service.open("mfocus_000000000000"); });
  CHECK(session.code() == focus::ErrorCode::not_found);
  CHECK(session.field() == "session_id");
  CHECK(session.path().empty());
  const auto file = error_of([] { focus::Measurement("nofile"); });
  CHECK(file.code() == focus::ErrorCode::not_found);
  CHECK(file.path() == "nofile");
  CHECK(error_of([] { focus::AudioFile("/tmp/a.xyz", 48000); }).code() ==
        focus::ErrorCode::invalid_argument);
  CHECK(error_of([] { focus::Session().end(); }).code() == focus::ErrorCode::invalid_argument);
  CHECK(focus::last_error().code() == focus::ErrorCode::invalid_argument);
}

TEST_CASE("a prompt with a zero character is refused, and not cut there") {
  const std::string prompt("rain\0and drums", 14);
  focus::Service service;
  const auto started = error_of(
      [&] { service.start(focus::Request{}.with_custom_prompt(prompt).with_target_minutes(1)); });
  CHECK(started.code() == focus::ErrorCode::invalid_argument);
  CHECK(started.field() == "custom_prompt");
  focus::Session session = service.start(one_minute());
  const auto steered =
      error_of([&] { session.steer(focus::Steering{}.with_custom_prompt(prompt)); });
  CHECK(steered.field() == "custom_prompt");
}

TEST_CASE("a session is JSON as well", "[requests]") {
  focus::Service service;
  focus::Snapshot snapshot = service.start(one_minute()).snapshot();
  const std::string json = snapshot.json(focus::JsonOptions{}.with_base_url(""));
  CHECK(json.find(snapshot.info().session_id) != std::string::npos);
}

TEST_CASE("requests of the wire contract are answered", "[requests]") {
  focus::Service service;
  const std::string key = focus::generate_access_key();
  focus::AccessKey access;
  access.hash = focus::hash_of_access_key(key);
  access.organizations = {"org_a"};
  access.capabilities = {focus::kCapabilityGenerate};
  REQUIRE(service.add_access_key(access));
  focus::HttpResponse response = service.handle({"POST",
                                                 "/v1/music/org_a/focus/sessions",
                                                 {{"X-API-Key", key}},
                                                 R"({"goal":"focus","target_minutes":1})"});
  const focus::HttpResponseInfo info = response.info();
  CHECK(info.status == 202);
  CHECK(info.body_kind == focus::HttpBody::bytes);
  CHECK(info.body.substr(0, 15) == R"({"session_id":")");
  std::string read(static_cast<std::size_t>(info.body_size), ' ');
  CHECK(response.read(read.data(), info.body_size) == info.body_size);
  CHECK(read == info.body);
  CHECK(response.read(read.data(), 1) == -1);
  CHECK(response.headers().size() >= 3);
  CHECK(service.sessions().size() == 1);
  CHECK(service.remove_session(service.sessions().front()));
  CHECK(service.handle({"GET", "/v1/music/org_a/engines", {}, ""}).info().status == 401);
}

TEST_CASE("a segment becomes a track") {
  focus::Service service;
  focus::Session session = service.start(one_minute());
  finish(session);
  const focus::Track track = session.promote(0, "Rain");
  CHECK(track.info().title == "Rain");
  CHECK(service.tracks() == std::vector<std::string>{track.info().track_id});
  CHECK(service.open_track(track.info().track_id).info().engine == "studio");
  CHECK(service.remove_track(track.info().track_id));
  CHECK(error_of([&] { service.open_track(track.info().track_id); }).code() ==
        focus::ErrorCode::not_found);
}

TEST_CASE("prices and caps are set, and what was spent is told") {
  focus::Service service(focus::ServiceOptions{}.with_storage(focus::Storage::memory));
  CHECK(service.set_engine_price("studio", 5));
  CHECK(service.engines().front().price_micros_per_minute == 5);
  CHECK(service.set_spend_caps(focus::SpendCaps{}.with_per_day_micros(0)));
  CHECK(service.set_spend_caps("org_a", focus::SpendCaps{}));
  focus::Session session = service.start(one_minute());
  CHECK(session.snapshot().info().status == focus::SessionStatus::stopped_cap);
  CHECK(service.spend().settled_micros == 0);
}
