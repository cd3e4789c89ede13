// SPDX-License-Identifier: MIT
#include "serve/webhook_post.h"

#include <algorithm>
#include <cstddef>
#include <curl/curl.h>
#include <mutex>
#include <new>

namespace cli {
namespace {

constexpr long kConnectSeconds = 5;
constexpr long kAnswerSeconds = 15;
constexpr std::size_t kMostOfAnswer = 65'536;  // bytes; nobody reads them

void begin_curl() {
  static std::once_flag begun;
  std::call_once(begun, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

std::size_t drop(char*, std::size_t size, std::size_t count, void* read_so_far) {
  auto& read = *static_cast<std::size_t*>(read_so_far);
  read += size * count;
  return read <= kMostOfAnswer ? size * count : 0;  // 0 ends the transfer
}

int stops(void* flag, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::atomic<bool>*>(flag)->load() ? 1 : 0;
}

/// The headers of one request.
class Headers {
 public:
  Headers() = default;
  ~Headers() { curl_slist_free_all(list_); }
  Headers(const Headers&) = delete;
  Headers& operator=(const Headers&) = delete;

  void add(const std::string& line) {
    curl_slist* const longer = curl_slist_append(list_, line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    list_ = longer;
  }
  curl_slist* get() const { return list_; }

 private:
  curl_slist* list_ = nullptr;
};

}  // namespace

struct WebhookPost::Connection {
  explicit Connection(const std::atomic<bool>& stops) : stop_flag(stops) {
    begin_curl();
    handle = curl_easy_init();
    if (handle == nullptr) throw std::bad_alloc();
  }
  ~Connection() { curl_easy_cleanup(handle); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  const std::atomic<bool>& stop_flag;
  CURL* handle = nullptr;
};

WebhookPost::WebhookPost(const std::atomic<bool>& stops)
    : connection_(std::make_unique<Connection>(stops)) {}
WebhookPost::~WebhookPost() = default;

WebhookAnswer WebhookPost::send(const focus::WebhookInfo& webhook) {
  CURL* const curl = connection_->handle;
  Headers headers;
  headers.add("Content-Type: application/json");
  headers.add("webhook-id: " + webhook.id);
  headers.add("webhook-timestamp: " + std::to_string(webhook.timestamp));
  headers.add("webhook-signature: " + webhook.signature);
  headers.add("Expect:");  // no answer is awaited before the body is sent

  std::size_t answered = 0;
  char why[CURL_ERROR_SIZE] = "";
  curl_easy_reset(curl);  // keeps the connection
  curl_easy_setopt(curl, CURLOPT_URL, webhook.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, webhook.body.data());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(webhook.body.size()));
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "focus-session");
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, kAnswerSeconds);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);  // other threads run
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &drop);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answered);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, &stops);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &connection_->stop_flag);
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, why);

  const CURLcode sent = curl_easy_perform(curl);
  WebhookAnswer answer;
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  // A status has come also where the answer is too long, and then counts.
  if (sent == CURLE_OK || sent == CURLE_WRITE_ERROR) {
    answer.status = static_cast<std::int32_t>(status);
    curl_off_t retry_after = 0;
    curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &retry_after);
    answer.retry_after = std::max<std::int64_t>(retry_after, 0);
  } else {
    answer.error = why[0] != '\0' ? why : curl_easy_strerror(sent);
  }
  return answer;
}

}  // namespace cli
