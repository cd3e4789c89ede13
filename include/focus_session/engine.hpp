// SPDX-License-Identifier: MIT
//
// The C++ wrapper's part for an engine of the host's own. Included by focus_session.hpp; a program
// includes that.
//
//     class Rain final : public focus::Engine {
//      public:
//       focus::EngineDescription description() const override {
//         return focus::EngineDescription{}.with_key("rain");
//       }
//       focus::ErrorCode generate(const focus::Brief& brief, focus::Sink& sink) override {
//         ... sink.write(samples, frames) until brief.frames are there ...
//         return focus::ErrorCode::ok;
//       }
//     };
//     service.add_engine(std::make_shared<Rain>());
#ifndef FOCUS_SESSION_ENGINE_HPP
#define FOCUS_SESSION_ENGINE_HPP

#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <utility>

#include "convert.hpp"
#include "focus_session.h"
#include "handle.hpp"
#include "options.hpp"
#include "values.hpp"

namespace focus {
#if defined(FOCUS_NO_EXCEPTIONS)
inline namespace without_exceptions {
#else
inline namespace with_exceptions {
#endif

/// Receives the audio of Engine::generate, and is valid until that returns. To be used by one
/// thread at a time.
class Sink {
 public:
  explicit Sink(focus_sink* sink) noexcept : sink_(sink) {}

  /// Appends frames of one or two channels, interleaved. Frames beyond the brief's length are
  /// dropped. If the work is no longer wanted, it throws an Error of ErrorCode::cancelled, which
  /// `generate` must not catch. Without exceptions it returns false, and `generate` must return
  /// last_error().code().
  bool write(const float* samples, std::int64_t frames, std::int32_t channel_count = 2) {
    return detail::check(focus_sink_write_interleaved(sink_, samples, frames, channel_count));
  }
  /// The same with one array per channel.
  bool write(const float* const* channels, std::int64_t frames, std::int32_t channel_count = 2) {
    return detail::check(focus_sink_write_planar(sink_, channels, frames, channel_count));
  }
  /// Reports progress, 0 to 1, for an engine that delivers only at its end. If the work is no
  /// longer wanted, it fails like `write`.
  bool report_progress(double fraction) {
    return detail::check(focus_sink_report_progress(sink_, fraction));
  }
  /// Whether the work is no longer wanted. `generate` must then return within 10 ms.
  bool cancelled() const noexcept { return focus_sink_check(sink_) != FOCUS_OK; }
  /// Gives the reason why `generate` is about to fail, and the remedy, as one line.
  void explain(const std::string& message) noexcept { focus_sink_explain(sink_, message.c_str()); }
  focus_sink* get() const noexcept { return sink_; }

 private:
  focus_sink* sink_;
};

/// An engine of the host; see focus_engine_vtable. It is destroyed, on any thread, once no call is
/// in progress and none will follow.
class Engine {
 public:
  virtual ~Engine() = default;

  /// Called once, by Service::add_engine.
  virtual EngineDescription description() const = 0;

  /// Plays one segment into the sink. Each call runs on a thread of its own, which the library
  /// starts; the description limits the number of simultaneous calls.
  /// @return ErrorCode::ok if all frames were written. After ErrorCode::invalid_argument,
  /// unsupported and not_found there is no further try. An Error that is thrown counts as its code,
  /// any other std::exception as ErrorCode::engine; what() is the explanation.
  virtual ErrorCode generate(const Brief& brief, Sink& sink) = 0;
};

namespace detail {

/// The user_data of a registered Engine.
struct HeldEngine {
  std::shared_ptr<Engine> engine;
  EngineDescription description;

  static std::int32_t describe(void* held, focus_engine_description* description) {
    *description = to_c(static_cast<HeldEngine*>(held)->description);
    return FOCUS_OK;
  }
  static std::int32_t play(void* held, const focus_brief* brief, focus_sink* its_sink) {
    Engine& engine = *static_cast<HeldEngine*>(held)->engine;
    Sink sink(its_sink);
#if defined(FOCUS_NO_EXCEPTIONS)
    return static_cast<std::int32_t>(engine.generate(from_c(*brief), sink));
#else
    // Other exceptions are not caught: one may be the forced unwinding of a thread that is being
    // ended (pthread_exit()), which must continue. The library handles it.
    try {
      return static_cast<std::int32_t>(engine.generate(from_c(*brief), sink));
    } catch (const Error& error) {
      if (error.code() != ErrorCode::cancelled) sink.explain(error.what());
      return static_cast<std::int32_t>(error.code());
    } catch (const std::exception& error) {
      sink.explain(error.what());
      return FOCUS_ERROR_ENGINE;
    }
#endif
  }
  static void release(void* held) { delete static_cast<HeldEngine*>(held); }
};

}  // namespace detail

}  // namespace with_exceptions or without_exceptions
}  // namespace focus

#endif  // FOCUS_SESSION_ENGINE_HPP
