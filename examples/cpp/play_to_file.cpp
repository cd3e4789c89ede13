// SPDX-License-Identifier: MIT
//
// Usage: play_to_file OUT MINUTES       e.g. play_to_file focus.flac 10
//
// Plays a focus session into a file. A host with loudspeakers differs in one thing: it leaves the
// player in real-time mode and calls player.render from its audio callback.
#include <cstdlib>
#include <iostream>
#include <vector>

#include <focus_session/focus_session.hpp>

int main(int argc, char** argv) try {
  if (argc != 3) {
    std::cerr << "usage: play_to_file OUT MINUTES\n";
    return 2;
  }
  focus::Service service;
  auto session = service.start({.goal = focus::Goal::focus, .target_minutes = std::atoi(argv[2])});
  auto player = session.play({.mode = focus::PlayerMode::offline, .sample_rate = 48000});
  focus::AudioFile file(argv[1], 48000);
  std::vector<float> samples(4096 * 2);
  while (const auto frames = player.render(samples.data(), 4096)) {
    file.write(samples.data(), frames);
  }
  file.commit();
  return 0;
} catch (const focus::Error& error) {
  std::cerr << "play_to_file: " << error.what() << '\n';
  return 1;
}
