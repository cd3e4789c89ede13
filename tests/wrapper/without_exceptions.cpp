// SPDX-License-Identifier: MIT
// The wrapper in a program without exceptions: what fails is empty, and last_error tells why.
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "support/patience.h"
#include <focus_session/focus_session.hpp>

#if !defined(FOCUS_NO_EXCEPTIONS)
#error "the wrapper did not see that there are no exceptions"
#endif

static int failures = 0;

static void expect(bool held, const char* what) {
  if (held) return;
  std::fprintf(stderr, "not so: %s\n", what);
  ++failures;
}
#define EXPECT(condition) expect(static_cast<bool>(condition), #condition)

/// Plays half of the first segment, and all of the others.
class HalfAtFirst final : public focus::Engine {
 public:
  focus::EngineDescription description() const override {
    return focus::EngineDescription{}.with_key("half").with_retries(FOCUS_NO_RETRIES);
  }
  focus::ErrorCode generate(const focus::Brief& brief, focus::Sink& sink) override {
    std::vector<float> block(4800, 0.25f);
    for (std::size_t i = 0; i < block.size(); ++i) block[i] = i / 60 % 2 == 0 ? 0.25f : -0.25f;
    const std::int64_t wanted = brief.segment_index == 0 ? brief.frames / 2 : brief.frames;
    for (std::int64_t frame = 0; frame < wanted; frame += 4800) {
      if (!sink.write(block.data(), 4800, 1)) return focus::last_error().code();
    }
    if (wanted == brief.frames) return focus::ErrorCode::ok;
    sink.explain("half is all there is");
    return focus::ErrorCode::engine;
  }
};

int main() {
  focus::Service service(focus::ServiceOptions{}.with_storage(focus::Storage::memory));
  EXPECT(service);
  const auto request = focus::Request{}.with_goal(focus::Goal::focus).with_target_minutes(1);

  focus::Session refused = service.start(focus::Request(request).with_divergence(2.0));
  EXPECT(!refused);
  EXPECT(focus::last_error().code() == focus::ErrorCode::invalid_argument);
  EXPECT(focus::last_error().field() == "divergence");
  EXPECT(!refused.end());
  EXPECT(!refused.play());
  EXPECT(refused.snapshot().segments().empty());
  EXPECT(refused.read_segment(0, 0, nullptr, 0) == -1);
  EXPECT(!focus::Measurement("/nonexistent.wav"));
  EXPECT(focus::last_error().code() == focus::ErrorCode::not_found);
  EXPECT(!focus::Mix(std::vector<std::string>{"/nonexistent.wav"}));
  EXPECT(!focus::Mix(std::vector<std::string>{}));
  EXPECT(focus::last_error().field() == "count");
  EXPECT(!focus::AudioFile("/nonexistent/a.wav", 48000));
  EXPECT(!focus::Service(focus::ServiceOptions{}.with_worker_count(1000)));
  EXPECT(focus::last_error().field() == "worker_count");

  focus::Session session = service.start(request);
  EXPECT(session);
  focus::Player player = session.play(focus::PlayerOptions{}.with_mode(focus::PlayerMode::offline));
  EXPECT(player);
  std::vector<float> samples(4096 * 2);
  EXPECT(player.render(samples.data(), 4096) == 4096);
  EXPECT(focus::Player().render(samples.data(), 4096) < 0);
  EXPECT(session.end());

  EXPECT(service.add_engine(std::make_shared<HalfAtFirst>()));
  EXPECT(!service.add_engine(std::make_shared<HalfAtFirst>()));
  EXPECT(focus::last_error().field() == "key");
  session = service.start(focus::Request(request).with_engine("half").with_segment_seconds(30));
  while (session.snapshot().info().more_pending) session.wait_event(std::chrono::seconds(1));
  EXPECT(session.snapshot().segment(0).fallback);
  EXPECT(session.snapshot().segment(1).engine == "half");
  EXPECT(service.remove_engine("half", std::chrono::seconds(FOCUS_TEST_PATIENCE_SECONDS)));
  EXPECT(!service.remove_engine("half", std::chrono::seconds(FOCUS_TEST_PATIENCE_SECONDS)));
  EXPECT(focus::last_error().code() == focus::ErrorCode::not_found);
  return failures == 0 ? 0 : 1;
}
