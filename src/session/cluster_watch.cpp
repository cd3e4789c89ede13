// SPDX-License-Identifier: MIT
#include "session/cluster_watch.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/guarded.h"
#include "base/thread.h"
#include "plan/plan.h"

namespace focus::core::session {
namespace {

constexpr std::chrono::seconds kTellAlive(10);
constexpr std::chrono::seconds kReadAgain(1);  // what could not be read
constexpr int kSweepEvery = 3;                 // times that the node has told that it is alive
constexpr int kSweptAtOnce = 200;
constexpr const char* kSweeping = "sweep";

}  // namespace

ClusterWatch::ClusterWatch(store::Cluster& cluster, std::string node, Log log)
    : cluster_(cluster),
      node_(std::move(node)),
      log_(std::move(log)),
      thread_(start_thread([this] { run(); })) {}

ClusterWatch::~ClusterWatch() {
  std::map<std::string, Followed> followed;
  {
    const MutexLock lock(followed_mutex_);
    followed.swap(followed_);
  }
  followed.clear();  // from here on nothing is marked
  {
    const MutexLock lock(mutex_);
    stops_ = true;
  }
  rung_.notify_all();
  thread_.join();
}

void ClusterWatch::follow(const std::shared_ptr<Session>& session) {
  const std::string& id = session->id();
  Followed followed{session, cluster_.notices().on_revision(id, [this, id](auto) { mark(id); })};
  {
    const MutexLock lock(followed_mutex_);
    std::swap(followed_[id], followed);
  }
  // `followed` is what was there before, and ends here.
}

void ClusterWatch::mark(const std::string& id) {
  {
    const MutexLock lock(mutex_);
    marked_.insert(id);
  }
  rung_.notify_all();
}

void ClusterWatch::run() noexcept {
  int told = 0;
  auto next = std::chrono::steady_clock::now();
  while (true) {
    {
      const auto look =
          unread_.empty() ? next : std::min(next, std::chrono::steady_clock::now() + kReadAgain);
      const MutexLock lock(mutex_);
      while (!stops_ && marked_.empty() && rung_.wait_until(mutex_, look)) continue;
      if (stops_) return;
    }
    without_throwing([this] { follow_marked(); });
    if (std::chrono::steady_clock::now() < next) continue;
    next = std::chrono::steady_clock::now() + kTellAlive;
    without_throwing([this] { tell_alive(); });
    without_throwing([this] { forget_closed(); });
    if (++told % kSweepEvery == 0) without_throwing([this] { sweep(); });
  }
}

void ClusterWatch::follow_marked() {
  std::set<std::string> marked = std::exchange(unread_, {});
  {
    const MutexLock lock(mutex_);
    marked.merge(marked_);
    marked_.clear();
  }
  for (const std::string& id : marked) {
    std::shared_ptr<Session> session;
    {
      const MutexLock lock(followed_mutex_);
      const auto known = followed_.find(id);
      if (known != followed_.end()) session = known->second.session.lock();
    }
    // The notices tell of a revision once.
    if (session && !session->work().follow().ok()) unread_.insert(id);
  }
}

void ClusterWatch::tell_alive() {
  const absl::Status told = cluster_.board().note_node(node_, plan::Plan::kVersion);
  if (!told.ok()) {
    log_.write(LogLevel::warning,
               absl::StrCat("the cluster is not told that this node is alive: ", told.message()));
  }
}

void ClusterWatch::forget_closed() {
  std::vector<Followed> closed;  // ended after the mutex
  const MutexLock lock(followed_mutex_);
  for (auto one = followed_.begin(); one != followed_.end();) {
    if (!one->second.session.expired()) {
      ++one;
      continue;
    }
    closed.push_back(std::move(one->second));
    one = followed_.erase(one);
  }
}

void ClusterWatch::sweep() {
  const auto is_mine = cluster_.duties().take(kSweeping, node_);
  if (!is_mine.ok() || !*is_mine) return;
  cluster_.duties().sweep(kSweptAtOnce).status().IgnoreError();
}

}  // namespace focus::core::session
