// SPDX-License-Identifier: MIT
// focus-session serve: the contract over HTTP.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "failure.h"
#include "interrupt.h"
#include "options.h"
#include "serve/cluster_node.h"
#include "serve/key_ring.h"
#include "serve/page.h"
#include "serve/public_path.h"
#include "serve/server.h"
#include "serve/webhook_secret.h"
#include "serve/webhook_sender.h"
#include "text.h"
#include <focus_session/focus_session.hpp>

namespace cli {
namespace {

constexpr std::chrono::milliseconds kPeriod(100);  // of looking whether to stop
constexpr int kPeriodsOfKeys = 5;                  // and whether the keys have changed
constexpr int kPeriodsOfOldSessions = 36000;       // and whether there are old ones to remove
constexpr const char* kFirstOrganization = "org_local";

/// A line at a time, at once. [any-thread]
void say(const std::string& line) {
  static std::mutex mutex;
  const std::lock_guard<std::mutex> lock(mutex);
  std::cout << line << std::endl;
}

focus::Service open_service(const ServeOptions& options, const ClusterNode& cluster) {
  focus::ServiceOptions service;
  service.with_worker_count(options.workers == 0  ? FOCUS_NO_WORKERS
                            : options.workers > 0 ? options.workers
                                                  : options.jobs);
  cluster.set(service);
  service.with_log(focus::LogLevel::warning, [](focus::LogLevel, std::string_view message) {
    say("focus-session: " + plain(message));
  });
  if (!options.data_folder.empty()) service.with_data_folder(options.data_folder);
  return focus::Service(service);
}

void set_price(focus::Service& service, const std::string& engine, std::int64_t micros) {
  try {
    service.set_engine_price(engine, micros);
  } catch (const focus::Error& error) {
    throw Failure(kExitUsage, "--price: " + without_field(error));
  }
}

focus::HttpOptions http_options(const ServeOptions& options) {
  return focus::HttpOptions{}
      .with_requests_per_minute(options.requests_per_minute)
      .with_url_life_seconds(options.url_life_seconds)
      .with_public_base_url(options.public_url)
      .with_allowed_origins(joined(options.allowed_origins, " "))
      .with_open_metrics(options.open_metrics)
      .with_direct_audio(options.direct_audio)
      .with_sessions_per_key(options.sessions_per_key)
      .with_sessions_per_organization(options.sessions_per_organization)
      .with_streams_per_key(options.streams_per_key)
      .with_streams_per_organization(options.streams_per_organization)
      .with_listeners_per_key(options.listeners_per_key)
      .with_listeners_per_organization(options.listeners_per_organization)
      .with_stored_bytes_per_key(options.stored_bytes_per_key)
      .with_stored_bytes_per_organization(options.stored_bytes_per_organization);
}

void set_terms(focus::Service& service, const ServeOptions& options) {
  add_engine(service, options.engine, LibraryScan::in_background);
  for (const auto& [engine, micros] : options.prices) set_price(service, engine, micros);
  service.set_spend_caps(options.caps);
  try {
    service.set_http_options(http_options(options));
  } catch (const focus::Error& error) {
    if (error.field() != "allowed_origins") throw;
    throw Failure(kExitUsage, "--allow-origin: " + without_field(error));
  }
}

/// `chosen`, or else the file of that name in the data folder; "" where there is none.
std::string file_of(const ServeOptions& options, const std::string& chosen, const char* name) {
  if (!chosen.empty() || options.data_folder.empty()) return chosen;
  return options.data_folder + (options.data_folder.back() == '/' ? "" : "/") + name;
}

std::string key_file_of(const ServeOptions& options) {
  return file_of(options, options.key_file, "keys.json");
}

/// Null where nobody is to be told.
std::unique_ptr<WebhookSender> start_webhooks(focus::Service& service,
                                              const ServeOptions& options) {
  if (options.webhooks.empty()) {
    // Forgets what an earlier start has left for its receivers; those of a cluster have other
    // nodes.
    if (options.database_url.empty()) service.set_webhooks({});
    return nullptr;
  }
  const std::string file = file_of(options, options.webhook_secret_file, "webhook.secret");
  if (!options.database_url.empty() && file.empty()) {
    throw Failure(kExitUsage,
                  "--webhook-secret: is required with --database, the same file on each node");
  }
  const WebhookSecrets secrets = read_webhook_secrets(file);
  std::vector<focus::WebhookEndpoint> endpoints;
  for (const std::string& url : options.webhooks) endpoints.push_back({url, secrets.text});
  try {
    service.set_webhooks(endpoints);
  } catch (const focus::Error& error) {
    const bool is_secret = error.field() == "secret";
    throw Failure(kExitUsage, (is_secret ? file : "--webhook") + ": " + without_field(error));
  }
  if (secrets.is_new) {
    say("Webhooks are signed with a new secret, which " +
        (file.empty() ? "ends with the server" : "is kept in " + file) + ": " + secrets.text);
  }
  return WebhookSender::start(service, say, options.access_log);
}

bool is_this_machine(const std::string& host) {
  return host == "localhost" || host == "::1" || host.rfind("127.", 0) == 0;
}

/// Where a browser on this machine finds the server.
std::string address_of(const ServeOptions& options, int port) {
  const bool any = options.host == "0.0.0.0" || options.host == "::";
  const std::string host = any                                           ? "127.0.0.1"
                           : options.host.find(':') != std::string::npos ? "[" + options.host + "]"
                                                                         : options.host;
  return "http://" + host + ":" + std::to_string(port);
}

void introduce_key(const ServeOptions& options, const std::string& address,
                   const std::string& key) {
  const std::string base = options.public_url.empty() ? address : options.public_url;
  const std::string file = key_file_of(options);
  say("A first key for " + std::string(kFirstOrganization) + ", shown only now (" +
      (!file.empty()                  ? "its hash is in " + file
       : options.database_url.empty() ? "it ends with the server"
                                      : "its hash is in the database") +
      "): " + key);
  say("  curl -X POST \"" + base + "/v1/music/" + kFirstOrganization +
      "/focus/sessions\" -H \"X-API-Key: " + key +
      R"(" -H "Content-Type: application/json" -d '{"goal":"focus","target_minutes":60}')");
  if (has_page()) {
    say("  in a browser: " + base + "/#organization=" + kFirstOrganization + "&key=" + key);
  }
}

void tidy_up(focus::Service& service, const ServeOptions& options) {
  if (options.keep_hours == 0) return;
  const std::int64_t kept = std::int64_t{3600} * options.keep_hours;
  const int removed = service.remove_expired_sessions(std::time(nullptr) - kept);
  if (removed > 0) say("removed " + plural(removed, "old session"));
}

/// Behind a web server all clients have its address.
std::size_t connections_per_address(const ServeOptions& options, std::size_t connections) {
  if (options.connections_per_address > 0) {
    return static_cast<std::size_t>(options.connections_per_address);
  }
  return options.public_url.empty() ? std::max<std::size_t>(connections / 2, 1) : connections;
}

void introduce_server(const ServeOptions& options, const std::string& address) {
  say("listening on " + address + "; " +
      (!options.database_url.empty() ? "a node of a cluster"
       : options.data_folder.empty() ? "everything is gone when it stops: --data DIR would keep it"
                                     : "kept in " + options.data_folder));
  if (!is_this_machine(options.host)) {
    say("everybody who reaches this machine can listen in: there is no TLS here, see --public-url");
  }
}

HttpServer::Settings settings_of(const ServeOptions& options, std::size_t connection_limit) {
  HttpServer::Settings settings;
  settings.host = options.host;
  settings.port = options.port;
  settings.public_path = PublicPath(options.public_url);
  settings.connections =
      options.connections > 0 ? static_cast<std::size_t>(options.connections) : connection_limit;
  settings.connections_per_address = connections_per_address(options, settings.connections);
  if (options.streams > 0) settings.streams = static_cast<std::size_t>(options.streams);
  if (options.unread_bytes_per_key > 0) {
    settings.unread_bytes_per_key = options.unread_bytes_per_key;
  }
  if (options.access_log) settings.access_log = say;
  return settings;
}

/// Until the user stops it. `keys` may be null.
void look_after(focus::Service& service, const ServeOptions& options, KeyRing* keys) {
  for (int period = 0; !interrupted(); ++period) {
    if (keys != nullptr && period % kPeriodsOfKeys == 0) keys->refresh();
    if (period % kPeriodsOfOldSessions == 0) tidy_up(service, options);
    std::this_thread::sleep_for(kPeriod);
  }
}

/// A node of a cluster that only makes music.
int work_for_others(focus::Service& service, const ServeOptions& options) {
  const std::unique_ptr<WebhookSender> webhooks = start_webhooks(service, options);
  say("making music for the cluster; no requests are answered here");
  look_after(service, options, nullptr);
  say("stopped");
  return kExitOk;
}

}  // namespace

int serve(const ServeOptions& options) {
  note_interrupts();
  std::signal(SIGPIPE, SIG_IGN);  // the reader of standard output may have closed it
  const std::size_t connection_limit = raise_connection_limit();
  const ClusterNode cluster(options);
  focus::Service service = open_service(options, cluster);
  set_terms(service, options);
  if (!options.has_http) return work_for_others(service, options);

  // Before the first key is made: where the port is taken, the start ends here.
  HttpServer server(service, settings_of(options, connection_limit));
  const std::string address = address_of(options, server.port());
  KeyRing keys(service, key_file_of(options), say);
  if (const auto key = keys.open(kFirstOrganization)) introduce_key(options, address, *key);
  const std::unique_ptr<WebhookSender> webhooks = start_webhooks(service, options);
  server.start();
  introduce_server(options, address);
  look_after(service, options, &keys);
  if (!server.stop()) {
    // A thread still uses the service, which can therefore not be closed. What is ready is safe.
    say("stopped, in the middle of an answer");
    std::_Exit(kExitFailed);
  }
  say("stopped");
  return kExitOk;
}

}  // namespace cli
