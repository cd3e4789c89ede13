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

/// Where Engine::generate puts its audio; valid until it returns. One thread at a time may use it.
class Sink {
 public:
  explicit Sink(focus_sink* sink) noexcept : sink_(sink) {}

  /// Takes the next frames of one or two channels, interleaved. What is beyond the brief's frames
  /// is dropped. Where the work is wanted no more it throws an Error of ErrorCode::cancelled, which
  /// `generate` lets pass; without exceptions it is false, and `generate` returns
  /// last_error().code().
  bool write(const float* samples, std::int64_t frames, std::int32_t channel_count = 2) {
    return detail::check(focus_sink_write_interleaved(sink_, samples, frames, channel_count));
  }
  /// The same from one array a channel.
  bool write(const float* const* channels, std::int64_t frames, std::int32_t channel_count = 2) {
    return detail::check(focus_sink_write_planar(sink_, channels, frames, channel_count));
  }
  /// Tells how far the work is, 0 to 1, where it is delivered only at its end. Ends as `write`
  /// does.
  bool report_progress(double fraction) {
    return detail::check(focus_sink_report_progress(sink_, fraction));
  }
  /// Whether the work is wanted no more: then `generate` returns within 10 ms.
  bool cancelled() const noexcept { return focus_sink_check(sink_) != FOCUS_OK; }
  /// Says in one line why `generate` is about to fail, and what would help.
  void explain(const std::string& message) noexcept { focus_sink_explain(sink_, message.c_str()); }
  focus_sink* get() const noexcept { return sink_; }

 private:
  focus_sink* sink_;
};

/// An engine as a host writes it; see focus_engine_vtable. It is destroyed once no call is under
/// way or will come, on any thread.
class Engine {
 public:
  virtual ~Engine() = default;

  /// Asked for once, by Service::add_engine.
  virtual EngineDescription description() const = 0;

  /// Plays one segment into the sink, on a thread of the library's of which each call has its own;
  /// as many calls at a time as the description says.
  /// @return ErrorCode::ok when all frames were written. After ErrorCode::invalid_argument,
  ///         unsupported and not_found it is not tried again. An Error that is thrown counts as its
  ///         code, another exception as ErrorCode::engine; what() is the explanation.
  virtual ErrorCode generate(const Brief& brief, Sink& sink) = 0;
};

namespace detail {

/// What the library holds of an Engine: its user_data.
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
    // What is no std::exception may be a thread on its way to its end, which must not be held up:
    // the library deals with it.
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
