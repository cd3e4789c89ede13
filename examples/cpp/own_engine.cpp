// SPDX-License-Identifier: MIT
//
// Usage: own_engine OUT                 e.g. own_engine waves.flac
//
// An engine of the host's own in C++: waves on a shore, one a bar. What goes wrong is thrown, and
// so is the end of work that nobody wants any more: an engine needs no code for either.
#include <cmath>
#include <iostream>
#include <memory>
#include <random>
#include <vector>

#include <focus_session/focus_session.hpp>

class Waves final : public focus::Engine {
 public:
  focus::EngineDescription description() const override {
    return focus::EngineDescription{}
        .with_key("waves")
        .with_description("Waves on a shore, one a bar.")
        .with_licence(focus::LicenceClass::commercial_cleared, true, false)
        .with_concurrency(8)
        .with_expected_speed(100);
  }

  focus::ErrorCode generate(const focus::Brief& brief, focus::Sink& sink) override {
    std::mt19937_64 random(brief.seed);  // the same brief, the same music
    std::uniform_real_distribution<float> noise(-1.0f, 1.0f);
    std::vector<float> samples(std::size_t(brief.sample_rate) / 100 * 2);  // 10 ms
    const auto block = static_cast<std::int64_t>(samples.size() / 2);
    float smooth[2] = {0.0f, 0.0f};
    for (std::int64_t frame = 0; frame < brief.frames; frame += block) {
      const double seconds = brief.start_seconds + double(frame) / brief.sample_rate;
      const double bar = std::fmod(seconds / brief.bar_seconds, 1.0);
      const auto swell = static_cast<float>(std::pow(std::sin(M_PI * bar), 2.0));
      for (std::size_t i = 0; i < samples.size(); ++i) {
        float& level = smooth[i % 2];
        level += (0.02f + 0.1f * swell) * (noise(random) - level);
        samples[i] = (0.2f + 0.8f * swell) * level;
      }
      sink.write(samples.data(), block);
    }
    return focus::ErrorCode::ok;
  }
};

int main(int argc, char** argv) try {
  if (argc != 2) {
    std::cerr << "usage: own_engine OUT\n";
    return 2;
  }
  focus::Service service;
  service.add_engine(std::make_shared<Waves>());
  auto session =
      service.start({.goal = focus::Goal::sleep, .target_minutes = 1, .engine = "waves"});
  auto player = session.play({.mode = focus::PlayerMode::offline, .sample_rate = 48000});
  focus::AudioFile file(argv[1], 48000);
  std::vector<float> samples(4096 * 2);
  while (const auto frames = player.render(samples.data(), 4096)) {
    file.write(samples.data(), frames);
  }
  file.commit();
  for (const focus::SegmentInfo& segment : session.snapshot().segments()) {
    std::cout << "segment " << segment.index << ": " << segment.engine << '\n';
  }
  return 0;
} catch (const focus::Error& error) {
  std::cerr << "own_engine: " << error.what() << '\n';
  return 1;
}
