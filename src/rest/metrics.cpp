// SPDX-License-Identifier: MIT
#include "rest/metrics.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <string_view>
#include <type_traits>

#include <absl/strings/str_cat.h>

#include "base/log.h"

namespace focus::core::rest {
namespace {

/// Builds the text: a family, followed by its samples.
class Metrics {
 public:
  void family(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    absl::StrAppend(&text_, "# HELP ", name_, " ", std::string(help), "\n# TYPE ", name_, " ",
                    std::string(type), "\n");
  }
  template <typename Number>
  void sample(Number value, const std::string& labels = "") {
    if constexpr (std::is_floating_point_v<Number>) {
      char digits[330];  // room for any double
      const auto end = std::to_chars(digits, std::end(digits), value, std::chars_format::fixed, 3);
      absl::StrAppend(&text_, name_, labels, " ", std::string(digits, end.ptr), "\n");
    } else {
      absl::StrAppend(&text_, name_, labels, " ", value, "\n");
    }
  }
  /// A family with one sample.
  template <typename Number>
  void single(std::string_view name, std::string_view type, std::string_view help, Number value) {
    family(name, type, help);
    sample(value);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string name_;
  std::string text_;
};

/// Makes a label. The value may be an engine's key, which the host chooses, so it is escaped.
std::string label(std::string_view name, std::string_view value) {
  std::string escaped;
  for (const char c : value) {
    if (c == '\\' || c == '"') escaped += '\\';
    escaped += c == '\n' ? ' ' : c;
  }
  return absl::StrCat("{", std::string(name), "=\"", escaped, "\"}");
}

void write_sessions(Metrics& metrics, const session::Service& service) {
  const session::Service::Load load = service.load();
  metrics.single("focus_sessions_started_total", "counter", "Sessions started.",
                 service.tally().sessions_started.load());
  metrics.single("focus_sessions_open", "gauge", "Sessions that are held in memory.",
                 load.open_sessions);
  metrics.single("focus_segments_queued", "gauge", "Segments that wait to be made.",
                 load.queued_segments);
  metrics.single("focus_segments_in_flight", "gauge", "Segments that are being made.",
                 load.segments_in_flight);
  metrics.single("focus_workers", "gauge", "Threads that make segments.", load.workers);
}

void write_segments(Metrics& metrics, const session::Tally& tally) {
  const auto made = tally.made();
  const auto per_engine = [&](std::string_view name, std::string_view type, std::string_view help,
                              auto value) {
    metrics.family(name, type, help);
    for (const auto& [engine, figures] : made)
      metrics.sample(value(figures), label("engine", engine));
  };
  using Made = session::Tally::Made;
  per_engine("focus_segments_ready_total", "counter", "Segments made, by the engine that played.",
             [](const Made& m) { return m.segments; });
  per_engine("focus_segments_fallback_total", "counter",
             "Segments made by an engine that stood in for another.",
             [](const Made& m) { return m.as_fallback; });
  per_engine("focus_audio_seconds_total", "counter", "Seconds of music made.",
             [](const Made& m) { return m.audio_seconds; });
  per_engine("focus_work_seconds_total", "counter", "Seconds that workers took for it.",
             [](const Made& m) { return m.work_seconds; });
  per_engine("focus_generation_speed_ratio", "gauge",
             "Seconds of music made in one second of one worker, since the start.",
             [](const Made& m) { return m.audio_seconds / std::max(m.work_seconds, 1e-6); });
  metrics.single("focus_segments_failed_total", "counter",
                 "Segments that could not be made, fallback included.",
                 tally.segments_failed.load());
  metrics.single("focus_underruns_total", "counter", "Times that a real-time player had to wait.",
                 tally.underruns.load());
}

/// Nothing where it can not be read: no figure rather than a wrong one.
std::optional<store::Spend> read(const session::Service& service, std::string_view family,
                                 const absl::StatusOr<store::Spend>& spend) {
  if (spend.ok()) return *spend;
  service.log().write(LogLevel::warning, absl::StrCat("the metrics have no ", std::string(family),
                                                      ": ", std::string(spend.status().message())));
  return std::nullopt;
}

void write_spend(Metrics& metrics, const session::Service& service) {
  constexpr std::string_view kFamily = "focus_spend_micros";
  const auto spend = read(service, kFamily, service.spend_today());
  if (!spend) return;
  metrics.family(kFamily, "gauge",
                 "Micro-units of money that count today (UTC), of all organizations together.");
  metrics.sample(spend->settled, label("state", "settled"));
  metrics.sample(spend->held, label("state", "held"));
}

void write_spend_of(Metrics& metrics, const session::Service& service, const Caller& caller) {
  constexpr std::string_view kFamily = "focus_organization_spend_micros";
  metrics.family(kFamily, "gauge",
                 "Micro-units of money that count today (UTC), of the key's own organizations.");
  for (const std::string& organization : caller.organizations) {
    const auto spend = read(service, kFamily, service.spend_of(organization));
    if (!spend) continue;
    // The name is letters, digits, '_' and '-'.
    const std::string of = absl::StrCat("{organization=\"", organization, "\",state=\"");
    metrics.sample(spend->settled, absl::StrCat(of, "settled\"}"));
    metrics.sample(spend->held, absl::StrCat(of, "held\"}"));
  }
}

/// Who may spend an organization's money may see what was spent; the sum of all organizations is
/// shown to the operator of the service.
void write_money(Metrics& metrics, const session::Service& service, const Caller* caller) {
  if (caller == nullptr) return;
  if (caller->may(kMetricsCapability)) write_spend(metrics, service);
  if (caller->may(kGenerateCapability)) write_spend_of(metrics, service, *caller);
}

void write_traffic(Metrics& metrics, const Traffic& traffic) {
  metrics.family("focus_http_responses_total", "counter",
                 "Answers by the first digit of their status.");
  for (std::size_t kind = 2; kind <= 5; ++kind) {
    metrics.sample(traffic.answered(kind), label("status", absl::StrCat(kind, "xx")));
  }
  metrics.single("focus_http_streams_open", "gauge", "Event streams that are open.",
                 traffic.open_streams());
}

void write_streams(Metrics& metrics, RestContext& context) {
  metrics.single("focus_stream_listeners", "gauge", "Continuous streams that are open.",
                 context.traffic().listeners());
  metrics.single("focus_broadcasts", "gauge",
                 "Continuous encodings of sessions, shared by listeners.",
                 context.broadcasts().count());
}

void write_webhooks(Metrics& metrics, RestContext& context) {
  const auto waiting = context.webhooks().waiting();
  if (waiting.ok()) {
    metrics.single("focus_webhooks_waiting", "gauge", "Webhooks that were not received so far.",
                   *waiting);
  }
  metrics.single("focus_webhooks_given_up_total", "counter",
                 "Webhooks that no attempt has delivered.", context.webhooks().given_up());
}

}  // namespace

std::string metrics_text(RestContext& context, const Caller* caller) {
  Metrics metrics;
  const session::Service& service = context.service();
  write_sessions(metrics, service);
  write_segments(metrics, service.tally());
  write_money(metrics, service, caller);
  write_traffic(metrics, context.traffic());
  write_streams(metrics, context);
  write_webhooks(metrics, context);
  return metrics.take();
}

}  // namespace focus::core::rest
