// SPDX-License-Identifier: MIT
// Makes the compiler look at every call of the wrapper. It is never run.
#include <focus_session/focus_session.hpp>

class Silence final : public focus::Engine {
 public:
  focus::EngineDescription description() const override {
    return focus::EngineDescription{}
        .with_key("silence")
        .with_display_name("Silence")
        .with_description("Nothing at all.")
        .with_version("2")
        .with_licence(focus::LicenceClass::commercial_cleared, true, false)
        .with_vocals(false)
        .with_stems(false)
        .with_continuation(10)
        .with_max_duration_seconds(300)
        .with_sample_rate(48000)
        .with_concurrency(2)
        .with_retries(1, 0.5)
        .with_timeout_seconds(60)
        .with_expected_speed(100)
        .with_price_micros_per_minute(1);
  }
  focus::ErrorCode generate(const focus::Brief& brief, focus::Sink& sink) override {
    const float silence[2] = {0.0f, 0.0f};
    const float* const channels[2] = {silence, silence};
    if (brief.section == focus::Section::opening) sink.explain("there is nothing to hear");
    for (std::int64_t frame = 0; frame < brief.frames && !sink.cancelled(); frame += 3) {
      if (!sink.write(silence, 1) || !sink.write(silence, 1, 1) || !sink.write(channels, 1)) break;
      sink.report_progress(0.5);
    }
    return sink.cancelled() ? focus::ErrorCode::cancelled : focus::ErrorCode::ok;
  }
};

int every_call(float* samples, float* const* channels) {
  focus::Service service(focus::ServiceOptions{}
                             .with_data_folder("music")
                             .with_storage(focus::Storage::folder)
                             .with_worker_count(2)
                             .with_log(focus::LogLevel::info, [](focus::LogLevel, auto) {}));
  focus::Session session = service.start(focus::Request{}
                                             .with_goal(focus::Goal::focus)
                                             .with_target_minutes(60)
                                             .with_intensity(focus::Intensity::low)
                                             .with_divergence(0.3)
                                             .with_custom_prompt("rain")
                                             .with_engine("studio")
                                             .with_fallback("studio")
                                             .with_fallback_after_seconds(30)
                                             .with_seed(1)
                                             .with_format(focus::Format::opus)
                                             .with_target_lufs(-20)
                                             .with_segment_seconds(90)
                                             .with_sample_rate(48000)
                                             .with_look_ahead(3)
                                             .with_modulation_depth(0.5)
                                             .with_pads_db(-3)
                                             .with_bass_db(-3)
                                             .with_melody_db(-60)
                                             .with_percussion_db(3)
                                             .with_ambience_db(6)
                                             .with_ending_seconds(30)
                                             .with_tempo_bpm(72)
                                             .with_scenes("rain=-12")
                                             .with_programme("1: sea")
                                             .with_phases(25, 5));
  service.add_engine(std::make_unique<Silence>());
  service.add_command_engine(focus::EngineDescription{}, "play {brief} {out}");
  for (const focus::CheckResult& result :
       service.check_engine("silence", focus::CheckOptions{}.with_quick().with_seed(3),
                            [](const focus::CheckResult& one) { return one.seconds < 9; })) {
    if (result.verdict == focus::CheckVerdict::fails) return 1;
  }
  service.remove_engine("silence", std::chrono::seconds(1));
  if (!session) session = service.open(service.sessions().front());
  focus::Player player = session.play(focus::PlayerOptions{}
                                          .with_mode(focus::PlayerMode::offline)
                                          .with_sample_rate(48000)
                                          .with_channel_count(2));
  focus::Player taken = std::move(player);
  std::int64_t total = taken.render(samples, 64) + taken.render(channels, 64);
  if (taken.pause() && taken.resume()) total += taken.info().segment_index;
  total += session.read_segment(0, 0, samples, 64);
  session.write_segment(0, "a.flac");
  session.write_score(0, "a.mid");
  if (const focus::Event event = session.poll_event()) total += event.segment_index;
  if (session.wait_event(std::chrono::seconds(1))) session.end();
  focus::Snapshot snapshot = session.snapshot();
  if (snapshot.segment(0).phase == focus::Phase::break_) ++total;
  total += snapshot.info().ready_count + snapshot.segments().front().fade_in_ms;
  total += static_cast<std::int64_t>(
      snapshot.json(focus::JsonOptions{}.with_analysis().with_base_url("")).size());
  focus::AudioFile file("a.wav", 48000);
  focus::AudioFile piped("/dev/stdout", 48000, 2, 0, "mp3");
  if (piped.set_tag("TITLE", "a") && piped.add_chapter(0.0, "b") &&
      piped.describe_session(focus::Snapshot())) {
    total += static_cast<int>(focus::Snapshot().chapters().size());
  }
  if (file && file.write(samples, 64)) file.commit();
  const focus::Measurement measurement("a.wav");
  total += measurement.info().sample_rate;
  total += static_cast<std::int64_t>(measurement.momentary().size() +
                                     measurement.short_term().size() + service.engines().size());
  focus::Mix mix({"a.wav", "b.wav"}, focus::MixOptions{}
                                         .with_sample_rate(48000)
                                         .with_target_lufs(-16)
                                         .with_ceiling_dbtp(-2)
                                         .with_crossfade_seconds(6));
  if (mix && mix.analyse() && mix.write("c.wav") && mix.cancel()) total += mix.info().file_count;
  total += mix.file(0).channel_count + mix.transition(0).index;
  total += static_cast<std::int64_t>(mix.file_curve(0).size() + mix.gains(0, 9).new_gains.size());
  if (mix.transition(0).tempo_match == focus::TempoMatch::beats) ++total;

  focus::Library library(
      "music", focus::LibraryOptions{}.with_worker_count(1).with_catalogue("music.sqlite"));
  if (library && library.scan() && library.wait(100) && service.add_library(library, "mine")) {
    total += library.progress().track_count;
  }
  if (const focus::LibraryList list = library.list()) {
    for (const focus::LibraryTrack& track : list.tracks()) total += track.sample_rate;
    for (const focus::SkippedFile& one : list.skipped()) total += one.reason.empty() ? 0 : 1;
  }
  if (library.moment(session.get(), 10.0).why.empty()) ++total;
  if (const focus::Track track = session.promote(0, "Rain"); track && track.write("d.flac")) {
    total += track.info().segment_index;
  }
  if (service.open_track(service.tracks().front())) service.remove_track(service.tracks().front());
  service.remove_session(session.snapshot().info().session_id);
  total += service.remove_expired_sessions(0);
  service.set_engine_price("studio", 1000);
  service.set_spend_caps(focus::SpendCaps{}.with_per_day_micros(5000));
  service.set_spend_caps("org_a", focus::SpendCaps{}.with_per_session_micros(2000));
  total += service.spend("org_a").settled_micros + service.spend().held_micros;
  focus::AccessKey key;
  key.hash = focus::hash_of_access_key(focus::generate_access_key());
  key.organizations = {"org_a"};
  key.capabilities = {focus::kCapabilityGenerate};
  if (service.add_access_key(key)) service.remove_access_key(key.hash);
  service.set_http_options(focus::HttpOptions{}
                               .with_requests_per_minute(60)
                               .with_url_life_seconds(60)
                               .with_url_key_life_seconds(3600)
                               .with_public_base_url("https://music.example.com")
                               .with_allowed_origins("https://app.example.com")
                               .with_stored_bytes_per_key(1 << 30)
                               .with_stored_bytes_per_organization(FOCUS_NO_BOUND)
                               .with_sessions_per_key(20)
                               .with_sessions_per_organization(100)
                               .with_streams_per_key(20)
                               .with_streams_per_organization(40)
                               .with_listeners_per_key(50)
                               .with_listeners_per_organization(60)
                               .with_open_metrics());
  service.rotate_url_key();
  focus::HttpResponse response = service.handle({"GET", "/healthz", {{"Accept", "*/*"}}, ""});
  if (response && response.info().body_kind == focus::HttpBody::bytes) {
    total += response.read(samples, 4, std::chrono::seconds(1)) + response.info().status +
             static_cast<std::int64_t>(response.headers().size());
  }
  for (const focus::RequestField& field : focus::request_fields()) {
    if (field.kind == focus::RequestFieldKind::real && field.maximum > 0) ++total;
  }
  const focus::Error error = focus::last_error();
  if (error.code() == focus::ErrorCode::ok && error.field().empty() && error.path().empty()) {
    ++total;
  }
  return static_cast<int>(total) + focus::version_number();
}
