// SPDX-License-Identifier: MIT
//
// Many sessions in one process, started by requests of the wire contract while every worker is
// busy: what each costs in memory, and how long a start takes. Prints one line of JSON.
//
//     focus_bench_crowd [SESSIONS [DATA_FOLDER]]
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

#include <focus_session/focus_session.hpp>

namespace {

using Clock = std::chrono::steady_clock;

/// Memory of this process that is in use, in bytes.
double resident_bytes() {
  long pages = 0;
  long resident = 0;
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr || std::fscanf(file, "%ld %ld", &pages, &resident) != 2) std::abort();
  std::fclose(file);
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double milliseconds_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

double percentile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

focus::AccessKey access_of(const std::string& key) {
  focus::AccessKey access;
  access.hash = focus::hash_of_access_key(key);
  access.organizations = {"org_bench"};
  access.capabilities = {focus::kCapabilityGenerate};
  access.requests_per_minute = FOCUS_NO_RATE_LIMIT;
  return access;
}

/// Starts an hour of thirty segments, of which only the first is wanted yet. Returns how long the
/// answer took.
double start(focus::Service& service, const std::string& key) {
  const focus::HttpRequest request{
      "POST",
      "/v1/music/org_bench/focus/sessions",
      {{"X-API-Key", key}},
      R"({"goal":"focus","target_minutes":60,"divergence":0.3,"options":{"look_ahead":0}})"};
  const auto begin = Clock::now();
  const focus::HttpResponse response = service.handle(request);
  const double took = milliseconds_since(begin);
  if (response.info().status != 202) std::abort();
  return took;
}

/// As much idle work as a start is, to see what the machine itself does to it.
double idle_wait() {
  const auto begin = Clock::now();
  std::this_thread::yield();
  while (milliseconds_since(begin) < 0.2) {
  }
  return milliseconds_since(begin);
}

}  // namespace

int main(int argc, char** argv) {
  const int sessions = argc > 1 ? std::atoi(argv[1]) : 10'000;
  constexpr int kWarmUp = 50;
  focus::ServiceOptions options;
  if (argc > 2) options.with_data_folder(argv[2]);  // lasting: a start waits for the disk
  focus::Service service(options);
  const std::string key = focus::generate_access_key();
  service.set_http_options(focus::HttpOptions{}
                               .with_sessions_per_key(FOCUS_NO_BOUND)
                               .with_sessions_per_organization(FOCUS_NO_BOUND));
  service.add_access_key(access_of(key));
  for (int i = 0; i < kWarmUp; ++i) start(service, key);
  // Until every worker has made a segment and holds what it needs for the next.
  std::this_thread::sleep_for(std::chrono::seconds(5));
  const double before = resident_bytes();
  std::vector<double> starts;
  std::vector<double> idle;
  for (int i = 0; i < sessions; ++i) {
    starts.push_back(start(service, key));
    if (i % 10 == 0) idle.push_back(idle_wait());
  }
  const double grown = resident_bytes() - before;
  std::printf(
      "{\"sessions\": %d, \"kib_each\": %.2f, \"start_p50_ms\": %.3f, "
      "\"start_p99_ms\": %.3f, \"start_worst_ms\": %.3f, \"idle_p99_ms\": %.3f}\n",
      sessions, grown / 1024.0 / sessions, percentile(starts, 0.5), percentile(starts, 0.99),
      percentile(starts, 1.0), percentile(idle, 0.99));
  std::fflush(stdout);
  std::_Exit(0);  // ten thousand sessions need not be taken down one by one
}
