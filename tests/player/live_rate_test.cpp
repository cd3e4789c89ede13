// SPDX-License-Identifier: MIT
// A live player whose host has another rate than the session.
#include <cmath>

#include "player/card.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr int kSessionRate = 16000;  // that the machine has less to convert

/// A minute that is ready, and a card of some rate that plays it.
struct Playing {
  explicit Playing(int rate, int session_rate = kSessionRate)
      : session(started(*service, session_rate)), source(session, session_rate, kFeedInterval) {
    card.set_rate(rate);
    REQUIRE(card.pull_until(player::PlayerState::playing));
  }

  static session::SessionUse started(session::Service& service, int session_rate) {
    plan::Request request = tone_request(1);
    request.sample_rate = session_rate;
    auto session = service.start(request);
    REQUIRE(all_ready(**session));
    return *std::move(session);
  }
  std::int64_t frame_of(double seconds) const {
    return static_cast<std::int64_t>(seconds * kSessionRate);
  }
  bool pull_to(double seconds) {
    return card.pull_until([&] { return source.position() > frame_of(seconds); });
  }
  /// A tone steps so far at most, at a rate.
  float tone_step() const {
    return 0.06f * 48000.0f / static_cast<float>(std::min(card.rate(), 48000));
  }

  std::shared_ptr<session::Service> service = open_service(2, std::make_shared<ToneEngine>());
  session::SessionUse session;
  player::LiveSource source;
  Card card{source, kSessionRate};
};

plan::Steering other_music() {
  plan::Steering steering;
  steering.intensity = plan::Intensity::high;
  steering.divergence = 1.0;
  return steering;
}

std::vector<float> offline(const session::SessionUse& session, int rate) {
  return render_all(*offline_player(session, rate), 4096);
}

/// The first `count` samples of it.
std::vector<float> offline(const session::SessionUse& session, int rate, std::size_t count) {
  std::vector<float> music(count);
  const auto frames = static_cast<std::int64_t>(count / 2);
  const auto rendered = offline_player(session, rate)->render_interleaved(music.data(), frames);
  REQUIRE(rendered.ok());
  REQUIRE(*rendered == frames);
  return music;
}

/// Energy of the difference of the last `seconds` of what was heard against that of the music.
double difference_at_end(const std::vector<float>& heard, const std::vector<float>& music,
                         std::size_t count) {
  double apart = 0.0;
  double whole = 1e-12;
  for (std::size_t i = heard.size() - count; i < heard.size(); ++i) {
    const double a = static_cast<double>(heard[i]);
    const double b = static_cast<double>(music[i]);
    apart += (a - b) * (a - b);
    whole += b * b;
  }
  return apart / whole;
}

}  // namespace

TEST_CASE("live and offline play the same samples at every rate") {
  const int rate = GENERATE(44100, 8000, 32000, 22050);
  CAPTURE(rate);
  Playing playing(rate);
  REQUIRE(playing.card.pull_until(player::PlayerState::finished));
  CHECK(playing.source.position() == 60 * kSessionRate);
  CHECK(playing.source.underruns() == 0);
  CHECK(playing.card.music().size() == 2 * 60 * static_cast<std::size_t>(rate));
  CHECK(playing.card.music() == offline(playing.session, rate));
}

TEST_CASE("at another rate a pause is as quick, and nothing is lost in it") {
  Playing playing(22050);
  player::LiveSource& source = playing.source;
  Card& card = playing.card;
  card.pull(200);
  for (int i = 0; i < 3; ++i) {
    const std::int64_t asked_at = source.position();
    source.set_paused(true);
    card.pull(4);  // 23 ms
    CHECK(source.state() == player::PlayerState::paused);
    const std::int64_t held = source.position();
    CHECK(held - asked_at <= kSessionRate / 50);
    CHECK(loudest(card.pull(10)) == 0.0f);
    CHECK(source.position() == held);
    source.set_paused(false);
    CHECK(loudest(card.pull(10)) > 0.01f);
    card.pull(100);
  }
  CHECK(largest_step(card.heard()) < playing.tone_step());
  CHECK(source.underruns() == 0);
  REQUIRE(card.pull_until(player::PlayerState::finished));
  // The ramps are music too.
  CHECK(card.music().size() == 2 * 60 * std::size_t{22050});
}

TEST_CASE("at another rate the position moves with what is heard, to the frame") {
  const int rate = GENERATE(22050, 8000, 32000);
  CAPTURE(rate);
  Playing playing(rate);
  const std::int64_t first = playing.source.position();
  const auto before = static_cast<std::int64_t>(playing.card.music().size()) / 2;
  for (int i = 0; i < 100; ++i) {
    playing.card.pull(7);
    const std::int64_t heard = static_cast<std::int64_t>(playing.card.music().size()) / 2 - before;
    const double passed = static_cast<double>(heard) * kSessionRate / rate;
    REQUIRE(std::abs(static_cast<double>(playing.source.position() - first) - passed) <= 1.0);
  }
}

TEST_CASE("at another rate a seek ramps, lands where it should, and waits for nothing") {
  const int rate = GENERATE(22050, 8000);
  Playing playing(rate);
  player::LiveSource& source = playing.source;
  Card& card = playing.card;
  for (const double seconds : {40.0, 3.0, 21.0, 55.0}) {
    card.pull(100);
    const std::int64_t wanted = playing.frame_of(seconds);
    source.seek(wanted);
    CHECK(source.position() == wanted);
    REQUIRE(card.pull_until(
        [&] { return source.position() > wanted && source.position() < wanted + 8000; }));
    REQUIRE(card.pull_until(player::PlayerState::playing));
  }
  CHECK(largest_step(card.heard()) < playing.tone_step());
  CHECK(source.underruns() == 0);
}

TEST_CASE("at another rate a change is joined to the frame") {
  const int rate = GENERATE(22050, 8000, 32000, 11025);
  CAPTURE(rate);
  Playing playing(rate);
  REQUIRE(playing.pull_to(5.0));
  REQUIRE(playing.session->steer(other_music()).ok());
  const int changed = playing.session->plan()->first_changed();
  REQUIRE(
      eventually([&] { return playing.session->readiness(changed) == session::Readiness::ready; }));
  REQUIRE(playing.pull_to(18.0));
  CHECK(playing.source.underruns() == 0);
  CHECK(largest_step(playing.card.heard()) < playing.tone_step());
  CHECK(longest_hole(playing.card.music(), rate) < 0.01);
  // No frame more or fewer was heard than there is in the session.
  const std::vector<float>& heard = playing.card.music();
  CHECK(difference_at_end(heard, offline(playing.session, rate, heard.size()),
                          static_cast<std::size_t>(rate)) < 1e-6);
}

TEST_CASE("whatever the rates of the host, the music goes on where it was, live too") {
  Playing playing(22050);
  Card& card = playing.card;
  double heard = 0.0;
  const auto hear = [&](int blocks) {
    const std::size_t before = card.music().size();
    card.pull(blocks);
    heard += static_cast<double>(card.music().size() - before) / 2 / card.rate();
  };
  heard = static_cast<double>(card.music().size()) / 2 / 22050;
  float steepest = largest_step(card.heard());
  for (int round = 0; round < 2; ++round) {
    for (const int rate : {16000, 44100, 16000, 48000, 8000, 11025, 192000, 22050}) {
      const std::int64_t position = playing.source.position();
      const std::size_t before = card.heard().size();
      card.set_rate(rate);
      CHECK(playing.source.position() == position);
      hear(std::max(rate / 1280, 1));  // 200 ms
      const std::vector<float> last(card.heard().begin() + static_cast<std::ptrdiff_t>(before) - 4,
                                    card.heard().end());
      steepest = std::max(steepest, largest_step(last) * static_cast<float>(rate) / 48000.0f);
      CHECK(longest_hole(last, rate) < 0.01);
      REQUIRE(static_cast<double>(playing.source.position()) / kSessionRate ==
              Approx(heard).margin(0.001));
    }
  }
  CHECK(steepest < 0.06f * 4);
  CHECK(playing.source.underruns() == 0);
  card.set_rate(22050);
  while (playing.source.state() != player::PlayerState::finished) hear(1);
  CHECK(heard == Approx(60.0).margin(0.002));
  CHECK(playing.source.position() == 60 * kSessionRate);
  // Nothing changes at the end either, and from there the music can be heard again.
  card.set_rate(48000);
  card.pull(2);
  CHECK(playing.source.state() == player::PlayerState::finished);
  playing.source.seek(kSessionRate);
  REQUIRE(card.pull_until(player::PlayerState::playing));
  CHECK(playing.source.position() < 2 * kSessionRate);
}

TEST_CASE("a rate that changes before a seek or a change was taken loses neither") {
  Playing playing(22050);
  Card& card = playing.card;
  REQUIRE(playing.pull_to(2.0));
  const std::uint32_t rests = playing.source.rests();
  playing.source.seek(playing.frame_of(30.0));
  REQUIRE(eventually([&] { return playing.source.rests() > rests + 2; }));
  card.set_rate(22050);
  CHECK(playing.source.position() == playing.frame_of(30.0));
  REQUIRE(playing.pull_to(31.0));
  CHECK(playing.source.position() < playing.frame_of(32.0));

  // A splice is on its way at all places that it can have: within the two seconds that are mixed.
  double change = 0.0;
  for (const int rate : {16000, 22050, 44100, 16000}) {
    const auto from = playing.session->steer(other_music());
    REQUIRE(from.ok());
    const int changed = playing.session->plan()->first_changed();
    REQUIRE(eventually(
        [&] { return playing.session->readiness(changed) == session::Readiness::ready; }));
    const std::uint32_t now = playing.source.rests();
    REQUIRE(eventually([&] { return playing.source.rests() > now + 2; }));
    const std::int64_t position = playing.source.position();
    const std::vector<float> before(card.heard().end() - 8, card.heard().end());
    card.set_rate(rate);
    card.pull(1);
    CHECK(playing.source.position() - position == Approx(256.0 * kSessionRate / rate).margin(1.0));
    const std::vector<float> behind(card.heard().end() - 2 * 256, card.heard().end());
    CHECK(std::abs(behind[0] - before[6]) < playing.tone_step());
    change = static_cast<double>(*from) * 0.01;
    REQUIRE(playing.pull_to(change + 0.3));
  }
  REQUIRE(playing.pull_to(change + 5.0));
  CHECK(longest_hole(card.pull(10), 16000) < 0.01);
  const auto position = static_cast<std::size_t>(playing.source.position());
  const std::vector<float> music = offline(playing.session, kSessionRate, 2 * position);
  const std::vector<float> heard(card.heard().end() - 2 * 8000, card.heard().end());
  double apart = 0.0;
  double whole = 1e-12;
  for (std::size_t i = 0; i < heard.size(); ++i) {
    const double b = static_cast<double>(music[music.size() - heard.size() + i]);
    apart += std::pow(static_cast<double>(heard[i]) - b, 2.0);
    whole += b * b;
  }
  CHECK(apart / whole < 1e-6);
  CHECK(playing.source.underruns() == 0);
}

TEST_CASE("the rate can change while the feeder is at work, and while the player goes") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = Playing::started(*service, kSessionRate);
  for (int i = 0; i < 10; ++i) {
    player::LiveSource source(session, kSessionRate, kFeedInterval);
    Card card(source, kSessionRate);
    for (const int rate : {22050, 8000, 32000, 16000}) {
      card.set_rate(rate);
      if (i % 3 == 1) source.seek(i * kSessionRate);
      if (i % 2 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      float block[2 * 64];
      REQUIRE(source.pull(block, 64).ok());
    }
  }
}
