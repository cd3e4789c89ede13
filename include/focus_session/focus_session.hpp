// SPDX-License-Identifier: MIT
//
// Focus Session for C++17 and later: the C interface with owners, std types and one kind of error.
//
//     focus::Service service;
//     auto session = service.start({.goal = focus::Goal::focus, .target_minutes = 60});
//     auto player = session.play({.sample_rate = 48000});
//     ... in the audio callback: player.render(out, frames);
//
// Designated initialisers are C++20; in C++17 the same request is written with setters that chain:
//
//     focus::Request{}.with_goal(focus::Goal::focus).with_target_minutes(60)
//
// Everything here is inline and stands on focus_session.h alone, whose comments say what each call
// means, which threads may make it and how it can fail. What is added:
//
// 1. Ownership. Service, Session, Snapshot, Player, Track, HttpResponse, AudioFile, Measurement and
//    Mix can be moved, not copied, and give their handle back when they go. Any of them may outlive
//    its parent. Structs hold copies of all strings. An Engine is the host's: the service shares
//    it.
// 2. Errors. A call that fails throws focus::Error. With FOCUS_NO_EXCEPTIONS (taken by itself under
//    -fno-exceptions) nothing throws: what should have been made is empty (test it as a bool), a
//    call that returns bool returns false, a struct holds its defaults, and focus::last_error()
//    says why.
// 3. Threads. As in C; the strings of the returned structs belong to the caller.
#ifndef FOCUS_SESSION_HPP
#define FOCUS_SESSION_HPP

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "convert.hpp"
#include "engine.hpp"
#include "enums.hpp"
#include "error.hpp"
#include "files.hpp"
#include "focus_session.h"
#include "handle.hpp"
#include "http.hpp"
#include "library.hpp"
#include "options.hpp"
#include "player.hpp"
#include "request_fields.hpp"
#include "snapshot.hpp"
#include "store.hpp"
#include "values.hpp"
#include "webhook.hpp"

namespace focus {
#if defined(FOCUS_NO_EXCEPTIONS)
inline namespace without_exceptions {
#else
inline namespace with_exceptions {
#endif

// ---- Nouns; snapshots and players have files of their own ----

/// A segment that was promoted. It outlives its session.
class Track {
 public:
  Track() = default;
  explicit operator bool() const noexcept { return handle_.get() != nullptr; }
  focus_track* get() const noexcept { return handle_.get(); }

  TrackInfo info() const {
    focus_track_info c = FOCUS_TRACK_INFO_INIT;
    if (!detail::check(focus_track_get_info(get(), &c))) return {};
    return detail::from_c(c);
  }
  /// Copies its audio in its format.
  bool write(const std::string& path) const {
    return detail::check(focus_track_write(get(), path.c_str()));
  }

 private:
  friend class Session;
  friend class Service;
  detail::Handle<focus_track, focus_track_destroy> handle_;
};

/// The music for one listener: planned at the start, made segment by segment.
class Session {
 public:
  Session() = default;
  explicit operator bool() const noexcept { return handle_.get() != nullptr; }
  focus_session* get() const noexcept { return handle_.get(); }

  /// Creates a player at the session's beginning.
  Player play(const PlayerOptions& options = {}) {
    const focus_player_options c = detail::to_c(options);
    Player player;
    player.handle_ = decltype(player.handle_)(handle_.keep());
    detail::check(focus_player_create(get(), &c, player.handle_.receive()));
    return player;
  }

  Snapshot snapshot() const {
    Snapshot snapshot;
    detail::check(focus_session_snapshot(get(), snapshot.handle_.receive()));
    return snapshot;
  }

  /// Changes the part of the session that was not heard yet. @return the moment of the session, in
  /// seconds, at which the change takes effect, or -1 without exceptions.
  double steer(const Steering& steering) {
    const focus_steering c = detail::to_c(steering);
    double from = -1.0;
    return detail::check(focus_session_steer(get(), &c, &from)) ? from : -1.0;
  }

  /// Ends the session: no further segment is made; ready ones are kept.
  bool end() { return detail::check(focus_session_end(get())); }

  /// Returns the next event. It converts to false if there is none.
  Event poll_event() {
    focus_event c = FOCUS_EVENT_INIT;
    return detail::check(focus_session_poll_event(get(), &c)) ? detail::from_c(c) : Event();
  }
  /// The same, but waits for an event.
  Event wait_event(std::chrono::milliseconds timeout) {
    focus_event c = FOCUS_EVENT_INIT;
    return detail::check(focus_session_wait_event(get(), detail::milliseconds_of(timeout), &c))
               ? detail::from_c(c)
               : Event();
  }

  /// Reads interleaved samples of a ready segment. @return the number of frames read, or -1 without
  /// exceptions.
  std::int64_t read_segment(std::int32_t index, std::int64_t first_frame, float* samples,
                            std::int64_t frames) {
    std::int64_t read = 0;
    return detail::check(
               focus_session_read_segment(get(), index, first_frame, samples, frames, &read))
               ? read
               : -1;
  }
  /// Writes a ready segment. The ending of `path` determines the format.
  bool write_segment(std::int32_t index, const std::string& path) {
    return detail::check(focus_session_write_segment(get(), index, path.c_str()));
  }
  /// The same with 16, 24 or 32 (float) bits per sample in WAV, 16 or 24 in FLAC.
  bool write_segment(std::int32_t index, const std::string& path, std::int32_t bits) {
    return detail::check(focus_session_write_segment_with_bits(get(), index, path.c_str(), bits));
  }
  /// Writes the notes of a segment as a MIDI file, if the engine has a score.
  bool write_score(std::int32_t index, const std::string& path) {
    return detail::check(focus_session_write_score(get(), index, path.c_str()));
  }
  /// Keeps a ready segment as a track. For the title "" one is made.
  Track promote(std::int32_t index, const std::string& title = "") {
    Track track;
    detail::check(
        focus_session_promote(get(), index, detail::words(title), track.handle_.receive()));
    return track;
  }

 private:
  friend class Service;
  detail::Handle<focus_session, focus_session_destroy> handle_;
};

/// What was spent, in micro-units; see focus_service_get_spend.
struct Spend {
  std::int64_t settled_micros = 0;
  std::int64_t held_micros = 0;
};

/// Worker threads, engines and a store, in which sessions exist.
class Service {
 public:
  explicit Service(const ServiceOptions& options = {}) {
    focus_service_options c = detail::to_c(options);
    if (options.log) {
      // Sessions and players share the sink: they may log after the Service object is destroyed.
      auto sink = std::make_shared<LogSink>(options.log);
      c.log = &Service::forward_log;
      c.log_user_data = sink.get();
      handle_ = decltype(handle_)(std::move(sink));
    }
    detail::check(focus_service_open(&c, handle_.receive()));
  }
  explicit operator bool() const noexcept { return handle_.get() != nullptr; }
  focus_service* get() const noexcept { return handle_.get(); }

  /// Plans a session and begins to make its segments.
  Session start(const Request& request) {
    const focus_session_request c = detail::to_c(request);
    Session session = child();
    detail::check(focus_session_start(get(), &c, session.handle_.receive()));
    return session;
  }

  /// Opens a session of the store by its id.
  Session open(const std::string& session_id) {
    Session session = child();
    detail::check(focus_session_open(get(), session_id.c_str(), session.handle_.receive()));
    return session;
  }

  /// Removes a session and its segments from the store; its tracks stay.
  bool remove_session(const std::string& session_id) {
    return detail::check(focus_session_delete(get(), session_id.c_str()));
  }

  /// Removes the sessions that are not in use and were not changed since a moment (Unix seconds).
  /// @return their number, or -1 without exceptions.
  std::int32_t remove_expired_sessions(std::int64_t unix_before) {
    std::int32_t deleted = 0;
    return detail::check(focus_session_delete_expired(get(), unix_before, &deleted)) ? deleted : -1;
  }

  /// The ids of the sessions in the store, oldest first.
  std::vector<std::string> sessions() const {
    return ids<focus_session_list, focus_session_list_create, focus_session_list_count,
               focus_session_list_get, focus_session_list_destroy>();
  }

  /// The ids of the tracks in the store, oldest first.
  std::vector<std::string> tracks() const {
    return ids<focus_track_list, focus_track_list_create, focus_track_list_count,
               focus_track_list_get, focus_track_list_destroy>();
  }
  /// A track of the store by its id.
  Track open_track(const std::string& track_id) {
    Track track;
    detail::check(focus_track_open(get(), track_id.c_str(), track.handle_.receive()));
    return track;
  }
  bool remove_track(const std::string& track_id) {
    return detail::check(focus_track_delete(get(), track_id.c_str()));
  }

  /// Adds an engine of the host; requests can name it at once. It is kept alive at least until it
  /// was removed, or the service is destroyed, and no call of it is in progress.
  bool add_engine(std::shared_ptr<Engine> engine) {
    EngineDescription description = engine->description();
    auto held = std::make_unique<detail::HeldEngine>(
        detail::HeldEngine{std::move(engine), std::move(description)});
    focus_engine_vtable c = FOCUS_ENGINE_VTABLE_INIT;
    c.describe = &detail::HeldEngine::describe;
    c.generate = &detail::HeldEngine::play;
    c.release = &detail::HeldEngine::release;
    if (!detail::check(focus_engine_register(get(), &c, held.get()))) return false;
    static_cast<void>(held.release());  // the library owns it now and calls release
    return true;
  }
  /// Adds an engine that is a command, run once per segment; see focus_engine_register_command. The
  /// key "" of the description means "command".
  bool add_command_engine(const EngineDescription& description, const std::string& command) {
    const focus_engine_description c = detail::to_c(description);
    return detail::check(focus_engine_register_command(get(), &c, command.c_str()));
  }
  /// Adds a library as an engine, which keeps it open; see focus_library_register.
  bool add_library(const Library& library, const std::string& engine_key = "library") {
    return detail::check(focus_library_register(library.get(), get(), engine_key.c_str()));
  }
  /// Removes an engine of the host and waits for its calls to return.
  /// @return true once it is not used any more. False if a call is still in progress after
  /// `timeout`, and, without exceptions, after an error.
  bool remove_engine(const std::string& key, std::chrono::milliseconds timeout) {
    const std::int32_t result =
        focus_engine_unregister(get(), key.c_str(), detail::milliseconds_of(timeout));
    return result != FOCUS_ERROR_NOT_READY && detail::check(result);
  }
  /// Checks an engine with briefs of every kind; see focus_engine_check_run.
  /// @param callback receives each result as soon as it is available. If it returns false, the
  /// check ends with an Error of ErrorCode::cancelled.
  std::vector<CheckResult> check_engine(
      const std::string& key, const CheckOptions& options = {},
      const std::function<bool(const CheckResult&)>& callback = nullptr) {
    CheckListener listener{callback, nullptr};
    focus_check_options c = detail::to_c(options);
    c.callback = callback ? &Service::forward_result : nullptr;
    c.user_data = &listener;
    detail::Handle<focus_engine_check, focus_engine_check_destroy> check;
    const std::int32_t run = focus_engine_check_run(get(), key.c_str(), &c, check.receive());
#if !defined(FOCUS_NO_EXCEPTIONS)
    if (listener.thrown) std::rethrow_exception(listener.thrown);
#endif
    std::int32_t count = 0;
    if (!detail::check(run) ||
        !detail::check(focus_engine_check_count(check.get(), &count, nullptr))) {
      return {};
    }
    std::vector<CheckResult> results;
    for (std::int32_t index = 0; index < count; ++index) {
      focus_check_result result = FOCUS_CHECK_RESULT_INIT;
      if (detail::check(focus_engine_check_get(check.get(), index, &result))) {
        results.push_back(detail::from_c(result));
      }
    }
    return results;
  }

  /// Sets the price of a minute of an engine's music, in micro-units.
  bool set_engine_price(const std::string& key, std::int64_t micros_per_minute) {
    return detail::check(focus_service_set_engine_price(get(), key.c_str(), micros_per_minute));
  }
  /// Sets the caps of an organization.
  bool set_spend_caps(const std::string& organization, const SpendCaps& caps) {
    return set_caps(organization.c_str(), caps);
  }
  /// Sets the caps of every organization that has none of its own.
  bool set_spend_caps(const SpendCaps& caps) { return set_caps(nullptr, caps); }
  /// Returns what an organization has spent today.
  Spend spend(const std::string& organization = "") const {
    Spend spend;
    detail::check(focus_service_get_spend(get(), organization.c_str(), &spend.settled_micros,
                                          &spend.held_micros));
    return spend;
  }

  /// Adds a key, or changes the permissions of a known one.
  bool add_access_key(const AccessKey& key) {
    const std::vector<const char*> organizations = pointers(key.organizations);
    const std::vector<const char*> capabilities = pointers(key.capabilities);
    focus_access_key c = FOCUS_ACCESS_KEY_INIT;
    c.hash = key.hash.c_str();
    c.caller = key.caller.c_str();
    c.organizations = organizations.data();
    c.organization_count = static_cast<std::int32_t>(organizations.size());
    c.capabilities = capabilities.data();
    c.capability_count = static_cast<std::int32_t>(capabilities.size());
    c.requests_per_minute = key.requests_per_minute;
    return detail::check(focus_service_add_access_key(get(), &c));
  }
  /// How many keys are known.
  std::int32_t access_key_count() const {
    std::int32_t count = 0;
    detail::check(focus_service_access_key_count(get(), &count));
    return count;
  }
  bool remove_access_key(const std::string& hash) {
    return detail::check(focus_service_remove_access_key(get(), hash.c_str()));
  }
  bool set_http_options(const HttpOptions& options) {
    const focus_http_options c = detail::to_c(options);
    return detail::check(focus_service_set_http_options(get(), &c));
  }
  bool rotate_url_key() { return detail::check(focus_service_rotate_url_key(get())); }

  /// Answers a request of the wire contract. [any-thread]
  HttpResponse handle(const HttpRequest& request) {
    std::vector<const char*> names;
    std::vector<const char*> values;
    for (const auto& [name, value] : request.headers) {
      names.push_back(name.c_str());
      values.push_back(value.c_str());
    }
    focus_http_request c = FOCUS_HTTP_REQUEST_INIT;
    c.method = request.method.c_str();
    c.target = request.target.c_str();
    c.header_count = static_cast<std::int32_t>(names.size());
    c.header_names = names.data();
    c.header_values = values.data();
    c.body = request.body.data();
    c.body_size = static_cast<std::int64_t>(request.body.size());
    c.body_follows = request.body_follows ? 1 : 0;
    c.base_url = request.base_url.empty() ? nullptr : request.base_url.c_str();
    HttpResponse response;
    response.handle_ = decltype(response.handle_)(handle_.keep());
    detail::check(focus_service_handle(get(), &c, response.handle_.receive()));
    return response;
  }

  /// Replaces who is told of what happens; see focus_service_set_webhooks.
  bool set_webhooks(const std::vector<WebhookEndpoint>& endpoints) {
    std::vector<const char*> urls;
    std::vector<const char*> secrets;
    for (const WebhookEndpoint& endpoint : endpoints) {
      urls.push_back(endpoint.url.c_str());
      secrets.push_back(endpoint.secret.c_str());
    }
    focus_webhook_options c = FOCUS_WEBHOOK_OPTIONS_INIT;
    c.endpoint_count = static_cast<std::int32_t>(endpoints.size());
    c.urls = urls.data();
    c.secrets = secrets.data();
    return detail::check(focus_service_set_webhooks(get(), &c));
  }
  /// Takes the request that is due longest, to be sent; empty where none is. [any-thread]
  Webhook next_webhook(std::chrono::milliseconds timeout = std::chrono::milliseconds(0)) {
    Webhook webhook;
    webhook.handle_ = decltype(webhook.handle_)(handle_.keep());
    detail::check(focus_service_next_webhook(get(), detail::milliseconds_of(timeout),
                                             webhook.handle_.receive()));
    return webhook;
  }

  /// The engines that can be played.
  std::vector<EngineInfo> engines() const {
    detail::Handle<focus_engine_list, focus_engine_list_destroy> list;
    std::int32_t count = 0;
    if (!detail::check(focus_engine_list_create(get(), list.receive())) ||
        !detail::check(focus_engine_list_count(list.get(), &count))) {
      return {};
    }
    std::vector<EngineInfo> engines;
    for (std::int32_t index = 0; index < count; ++index) {
      focus_engine_info c = FOCUS_ENGINE_INFO_INIT;
      if (detail::check(focus_engine_list_get(list.get(), index, &c)))
        engines.push_back(detail::from_c(c));
    }
    return engines;
  }

 private:
  using LogSink = std::function<void(LogLevel, std::string_view)>;

  Session child() const {
    Session session;
    session.handle_ = decltype(session.handle_)(handle_.keep());
    return session;
  }

  /// Reads the ids of a list handle.
  template <typename List, std::int32_t (*create)(focus_service*, List**) FOCUS_NOEXCEPT,
            std::int32_t (*count)(const List*, std::int32_t*) FOCUS_NOEXCEPT,
            std::int32_t (*at)(const List*, std::int32_t, const char**) FOCUS_NOEXCEPT,
            std::int32_t (*destroy)(List*) FOCUS_NOEXCEPT>
  std::vector<std::string> ids() const {
    detail::Handle<List, destroy> list;
    std::int32_t size = 0;
    if (!detail::check(create(get(), list.receive())) || !detail::check(count(list.get(), &size))) {
      return {};
    }
    std::vector<std::string> ids;
    for (std::int32_t index = 0; index < size; ++index) {
      const char* id = nullptr;
      if (detail::check(at(list.get(), index, &id))) ids.emplace_back(id);
    }
    return ids;
  }

  static std::vector<const char*> pointers(const std::vector<std::string>& texts) {
    std::vector<const char*> pointers;
    for (const std::string& text : texts) pointers.push_back(text.c_str());
    return pointers;
  }

  bool set_caps(const char* organization, const SpendCaps& caps) {
    const focus_spend_caps c = detail::to_c(caps);
    return detail::check(focus_service_set_spend_caps(get(), organization, &c));
  }

  /// An exception must not pass into the library. A line that the receiver cannot process is lost.
  static void forward_log(void* sink, std::int32_t level, const char* message) {
#if defined(FOCUS_NO_EXCEPTIONS)
    (*static_cast<LogSink*>(sink))(static_cast<LogLevel>(level), message);
#else
    try {
      (*static_cast<LogSink*>(sink))(static_cast<LogLevel>(level), message);
    } catch (...) {
    }
#endif
  }

  struct CheckListener {
    const std::function<bool(const CheckResult&)>& callback;
    std::exception_ptr thrown;
  };
  /// An exception of the receiver ends the check and is rethrown to the caller afterwards.
  static std::int32_t forward_result(void* listener, const focus_check_result* result) {
    auto& receiver = *static_cast<CheckListener*>(listener);
#if defined(FOCUS_NO_EXCEPTIONS)
    return receiver.callback(detail::from_c(*result)) ? 0 : 1;
#else
    try {
      return receiver.callback(detail::from_c(*result)) ? 0 : 1;
    } catch (...) {
      receiver.thrown = std::current_exception();
      return 1;
    }
#endif
  }

  detail::Handle<focus_service, focus_service_destroy> handle_;
};

}  // namespace with_exceptions or without_exceptions
}  // namespace focus

#endif  // FOCUS_SESSION_HPP
