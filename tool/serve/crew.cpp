// SPDX-License-Identifier: MIT
#include "serve/crew.h"

#include <algorithm>
#include <exception>
#include <system_error>

namespace cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::int64_t kLong = 2;  // milliseconds of a call
constexpr milliseconds kPeriod(2);
/// After so many looks at which nobody was away the watcher sleeps until somebody is.
constexpr int kLooksUntilSleep = 100;

thread_local std::atomic<std::int64_t>* away_since = nullptr;

std::int64_t now() {
  return std::chrono::duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

}  // namespace

Crew::Crew(boost::asio::io_context& context, std::size_t attending, std::size_t most)
    : context_(context), attending_(attending), most_(most) {}

Crew::~Crew() { finish(steady_clock::time_point::max()); }

void Crew::start() {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (std::size_t i = 0; i < attending_; ++i) send_another();
  watcher_ = std::thread([this] { watch(); });
}

Crew::Call::Call(Crew& crew) {
  away_since->store(now(), std::memory_order_relaxed);
  if (crew.watcher_sleeps_.load() && crew.watcher_sleeps_.exchange(false)) {
    const std::lock_guard<std::mutex> lock(crew.mutex_);
    crew.wake_watcher_.notify_one();
  }
}

Crew::Call::~Call() { away_since->store(0, std::memory_order_relaxed); }

bool Crew::finish(steady_clock::time_point deadline) {
  {
    std::unique_lock<std::mutex> lock(mutex_);
    finishing_ = true;
    watcher_sleeps_ = false;
    wake_watcher_.notify_all();
    wake_member_.notify_all();
    const auto have_ended = [this] { return ended_ == members_.size(); };
    if (deadline == steady_clock::time_point::max()) {
      member_ended_.wait(lock, have_ended);
    } else if (!member_ended_.wait_until(lock, deadline, have_ended)) {
      return false;
    }
  }
  if (watcher_.joinable()) watcher_.join();
  for (const auto& member : members_) member->thread.join();
  members_.clear();
  ended_ = 0;
  return true;
}

void Crew::attend(Member& member) {
  away_since = &member.away_since;
  while (!context_.stopped()) {
    try {
      context_.run_one();
    } catch (const std::exception&) {
      // Out of memory: the handler's client is closed, the others go on.
    }
    if (at_work_ > attending_ + long_away_) rest_if_too_many(member);
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  ++ended_;
  member_ended_.notify_all();
}

void Crew::rest_if_too_many(Member& member) {
  std::unique_lock<std::mutex> lock(mutex_);
  if (at_work_ <= attending_ + long_away_) return;
  --at_work_;
  member.rests = true;
  wake_member_.wait(lock, [&] { return !member.rests || finishing_; });
}

void Crew::watch() {
  std::unique_lock<std::mutex> lock(mutex_);
  for (int quiet = 0; !finishing_; ++quiet) {
    if (quiet < kLooksUntilSleep) {
      wake_watcher_.wait_for(lock, kPeriod);
    } else {
      watcher_sleeps_ = true;
      // A call that began just before has been missed: it is seen at the second look.
      wake_watcher_.wait_for(lock, kPeriod * kLooksUntilSleep, [this] { return !watcher_sleeps_; });
      watcher_sleeps_ = false;
    }
    look();
    if (std::any_of(members_.begin(), members_.end(),
                    [](const auto& member) { return member->away_since != 0; })) {
      quiet = 0;
    }
  }
}

/// Counts who is away for long, and sends others in their place.
void Crew::look() {
  const std::int64_t latest = now() - kLong;
  std::size_t away = 0;
  for (const auto& member : members_) {
    const std::int64_t since = member->away_since.load(std::memory_order_relaxed);
    if (since != 0 && since <= latest) ++away;
  }
  long_away_ = away;
  // Where nobody at all is left, more of the same is likely to come.
  const std::size_t wanted = at_work_ == away ? std::max(attending_, away) : attending_;
  while (at_work_ < away + wanted) {
    const std::size_t before = at_work_;
    send_another();
    if (at_work_ == before) return;  // there are no more
  }
}

void Crew::send_another() {
  const auto resting = std::find_if(members_.begin(), members_.end(),
                                    [](const auto& member) { return member->rests; });
  if (resting != members_.end()) {
    (*resting)->rests = false;
    ++at_work_;
    wake_member_.notify_all();
    return;
  }
  if (members_.size() >= most_) return;
  auto member = std::make_unique<Member>();
  try {
    member->thread = std::thread([this, it = member.get()] { attend(*it); });
  } catch (const std::system_error&) {
    return;  // no thread is to be had now
  }
  members_.push_back(std::move(member));
  ++at_work_;
}

}  // namespace cli
