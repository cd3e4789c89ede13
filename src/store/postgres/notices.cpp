// SPDX-License-Identifier: MIT
#include "store/postgres/notices.h"

#include <algorithm>
#include <fcntl.h>
#include <poll.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#include <absl/strings/numbers.h>
#include <absl/strings/str_cat.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/guarded.h"
#include "base/thread.h"
#include "store/postgres/notice_text.h"

namespace focus::core::store {
namespace {

constexpr double kLongestPause = 5.0;  // between two tries to connect

}  // namespace

class PgNotices::Held final : public Subscription {
 public:
  Held(PgNotices& notices, std::uint64_t number) : notices_(notices), number_(number) {}
  ~Held() override { notices_.remove(number_); }

 private:
  PgNotices& notices_;
  const std::uint64_t number_;
};

PgNotices::PgNotices(PgPool::Options database) : database_(std::move(database)) {
  if (::pipe2(wake_, O_CLOEXEC | O_NONBLOCK) != 0) {
    throw std::system_error(errno, std::generic_category(), "a pipe for notices");
  }
  thread_ = start_thread([this] { run(); });
}

PgNotices::~PgNotices() {
  stopping_ = true;
  wake();
  thread_.join();
  ::close(wake_[0]);
  ::close(wake_[1]);
}

void PgNotices::wake() {
  const char byte = 0;
  // A full pipe wakes as well.
  [[maybe_unused]] const ssize_t written = ::write(wake_[1], &byte, 1);
}

// ---- subscriptions

std::unique_ptr<Notices::Subscription> PgNotices::on_revision(const std::string& session_id,
                                                              OnRevision call) {
  return add(session_id, std::move(call));
}

std::unique_ptr<Notices::Subscription> PgNotices::on_work(OnWork call) {
  return add("", [call = std::move(call)](std::int64_t) { call(); });
}

std::unique_ptr<Notices::Subscription> PgNotices::add(std::string session_id, OnRevision call) {
  auto listener = std::make_shared<Listener>();
  listener->session_id = std::move(session_id);
  listener->call = std::move(call);
  const MutexLock lock(mutex_);
  const std::uint64_t number = ++last_number_;
  auto held = std::make_unique<Held>(*this, number);
  listeners_.emplace(number, std::move(listener));
  return held;
}

void PgNotices::remove(std::uint64_t number) {
  const MutexLock lock(mutex_);
  listeners_.erase(number);
  // Its function may end its own subscription: then it is not waited for.
  if (std::this_thread::get_id() == thread_.get_id()) return;
  while (calling_ == number) called_.wait(mutex_);
}

void PgNotices::tell(const std::string& session_id, std::int64_t revision) {
  std::vector<std::uint64_t> numbers;
  {
    const MutexLock lock(mutex_);
    for (const auto& [number, listener] : listeners_) {
      const bool is_new = session_id.empty() || revision > listener->revision;
      if (listener->session_id == session_id && is_new) numbers.push_back(number);
    }
  }
  for (const std::uint64_t number : numbers) {
    std::shared_ptr<Listener> listener;
    {
      const MutexLock lock(mutex_);
      const auto found = listeners_.find(number);
      if (found == listeners_.end()) continue;
      listener = found->second;
      listener->revision = revision;
      calling_ = number;
    }
    without_throwing([&] { listener->call(revision); });
    {
      const MutexLock lock(mutex_);
      calling_ = 0;
    }
    called_.notify_all();
  }
}

// ---- the thread

void PgNotices::run() {
  double pause = 0.1;
  while (!stopping_) {
    const int before = connections_;
    const absl::Status lost = caught("listening to the database", [this] { return listen(); });
    if (lost.ok()) return;
    pause = connections_ > before ? 0.1 : std::min(2.0 * pause, kLongestPause);
    pollfd woken{wake_[0], POLLIN, 0};
    ::poll(&woken, 1, static_cast<int>(pause * 1000.0));
  }
}

absl::Status PgNotices::listen() {
  FOCUS_ASSIGN_OR_RETURN(const auto connection,
                         PgConnection::open(database_.url, database_.patience, database_.client));
  FOCUS_RETURN_IF_ERROR(connection->execute(
      absl::StrCat("LISTEN ", kPgRevisionChannel, "; LISTEN ", kPgWorkChannel)));
  ++connections_;
  double poll_at = 0.0;  // at once: something may have been missed before
  while (!stopping_) {
    const double now = Clock::system().steady_seconds();
    if (now >= poll_at) {
      FOCUS_RETURN_IF_ERROR(poll(*connection));
      poll_at = now + kPollSeconds;
    }
    // Also those that came with the answer of the poll, of which the socket tells nothing more.
    for (std::string notice = connection->next_notice(); !notice.empty();
         notice = connection->next_notice()) {
      take_notice(notice);
    }
    FOCUS_RETURN_IF_ERROR(connection->wait_for_news(std::max(poll_at - now, 0.01), wake_[0]));
  }
  return absl::OkStatus();
}

/// Also finds out that the connection is lost where nothing else does.
absl::Status PgNotices::poll(PgConnection& connection) {
  std::vector<std::string> ids;
  {
    const MutexLock lock(mutex_);
    for (const auto& [number, listener] : listeners_) {
      if (!listener->session_id.empty()) ids.push_back(listener->session_id);
    }
  }
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows rows,
      connection.run("SELECT id, revision FROM session WHERE id = ANY ($1::text[])", {ids}));
  for (int row = 0; row < rows.count(); ++row) tell(rows.text(row, 0), rows.integer(row, 1));
  tell("", 0);
  return absl::OkStatus();
}

/// "CHANNEL ID REVISION", or "CHANNEL " of work.
void PgNotices::take_notice(const std::string& notice) {
  const std::size_t id = notice.find(' ') + 1;
  if (notice.compare(0, id - 1, kPgWorkChannel) == 0) return tell("", 0);
  const std::size_t space = notice.find(' ', id);
  std::int64_t revision = 0;
  if (space == notice.npos || !absl::SimpleAtoi(notice.substr(space + 1), &revision)) return;
  tell(notice.substr(id, space - id), revision);
}

}  // namespace focus::core::store
