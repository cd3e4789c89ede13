// SPDX-License-Identifier: MIT
#include "serve/webhook_sender.h"

#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "serve/webhook_post.h"
#include "text.h"

namespace cli {
namespace {

constexpr int kThreads = 4;
constexpr std::chrono::milliseconds kLook(500);  // how soon a thread notices that it has to stop

/// Sends on kThreads threads: slow receivers keep the others waiting only while they hold all of
/// them.
class Sender final : public WebhookSender {
 public:
  Sender(focus::Service& service, Log log, bool tells_all);
  ~Sender() override;

 private:
  void run() noexcept;
  bool send_next(WebhookPost& post);
  void tell(const focus::WebhookInfo& webhook, const WebhookAnswer& answer);
  void tell_trouble(const std::string& trouble);

  focus::Service& service_;
  const Log log_;
  const bool tells_all_;
  std::atomic<bool> stops_{false};
  std::mutex mutex_;
  std::set<std::string> failing_;  // URLs; guarded by mutex_, like the next
  std::string trouble_;            // that was told last
  std::vector<std::thread> threads_;
};

/// Without what may be a password of the receiver's.
std::string shown(const std::string& url) { return plain(url.substr(0, url.find('?'))); }

Sender::Sender(focus::Service& service, Log log, bool tells_all)
    : service_(service), log_(std::move(log)), tells_all_(tells_all) {
  for (int thread = 0; thread < kThreads; ++thread) threads_.emplace_back([this] { run(); });
}

Sender::~Sender() {
  stops_ = true;
  for (std::thread& thread : threads_) thread.join();
}

void Sender::run() noexcept {
  while (!stops_) {
    try {
      WebhookPost post(stops_);
      while (send_next(post)) continue;
    } catch (const std::exception& error) {  // no memory, a full disk, a database that is away
      tell_trouble(error.what());
      std::this_thread::sleep_for(kLook);
    }
  }
}

/// Once, however often it is met before a webhook is sent again.
void Sender::tell_trouble(const std::string& trouble) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (trouble != trouble_) log_("webhooks: " + plain(trouble));
  trouble_ = trouble;
}

bool Sender::send_next(WebhookPost& post) {
  if (stops_) return false;
  focus::Webhook webhook = service_.next_webhook(kLook);
  if (!webhook) return true;
  const focus::WebhookInfo info = webhook.info();
  const WebhookAnswer answer = post.send(info);
  if (stops_ && answer.status == 0) return false;
  webhook.settle(answer.status, answer.retry_after);
  tell(info, answer);
  return true;
}

void Sender::tell(const focus::WebhookInfo& webhook, const WebhookAnswer& answer) {
  const bool is_received = answer.status >= 200 && answer.status < 300;
  const std::string how =
      answer.status != 0 ? std::to_string(answer.status) : "no answer: " + plain(answer.error);
  if (tells_all_) {
    log_("webhook " + webhook.type + " to " + shown(webhook.url) + ", attempt " +
         std::to_string(webhook.attempt) + ": " + how);
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  trouble_.clear();
  const bool changes =
      is_received ? failing_.erase(webhook.url) > 0 : failing_.insert(webhook.url).second;
  if (!changes || tells_all_) return;
  log_("webhooks: " + shown(webhook.url) +
       (is_received ? " receives again" : " does not receive (" + how + "); they are sent again"));
}

}  // namespace

std::unique_ptr<WebhookSender> WebhookSender::start(focus::Service& service, Log log,
                                                    bool tells_all) {
  return std::make_unique<Sender>(service, std::move(log), tells_all);
}

}  // namespace cli
