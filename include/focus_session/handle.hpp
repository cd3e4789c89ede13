// SPDX-License-Identifier: MIT
//
// What all nouns of the C++ wrapper stand on: errors thrown, handles given back. Included by
// focus_session.hpp; a program includes that.
#ifndef FOCUS_SESSION_HANDLE_HPP
#define FOCUS_SESSION_HANDLE_HPP

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "error.hpp"
#include "focus_session.h"

namespace focus {
#if defined(FOCUS_NO_EXCEPTIONS)
inline namespace without_exceptions {
#else
inline namespace with_exceptions {
#endif

namespace detail {

/// Returns true for a success (FOCUS_OK or a count). Otherwise throws the error of the C call (or,
/// without exceptions, returns false).
inline bool check(std::int32_t result) {
#if !defined(FOCUS_NO_EXCEPTIONS)
  if (result < 0) throw last_error();
#endif
  return result >= 0;
}

inline const char* text_or_null(const std::string& text) {
  return text.empty() ? nullptr : text.c_str();
}
/// What a person has written. C reads it up to the first zero byte, so that a text which holds one
/// would be cut: the library is given bytes in its place that are not UTF-8, which it refuses.
inline const char* words(const std::string& text) {
  return text.find('\0') == std::string::npos ? text.c_str() : "\xC0\x80";
}
inline const char* words_or_null(const std::string& text) {
  return text.empty() ? nullptr : words(text);
}
inline std::string text(const char* borrowed) { return borrowed != nullptr ? borrowed : ""; }

/// Converts a timeout. The C functions take at most INT32_MAX milliseconds, about 24 days.
inline std::int32_t milliseconds_of(std::chrono::milliseconds timeout) {
  constexpr std::chrono::milliseconds kLongest(INT32_MAX);
  return static_cast<std::int32_t>(std::min(timeout, kLongest).count());
}

/// Owns a C handle and destroys it. `keep` is destroyed after the handle: it is an object that the
/// library may call as long as this handle, or one created from it, exists.
template <typename Noun, std::int32_t (*destroy)(Noun*) FOCUS_NOEXCEPT>
class Handle {
 public:
  Handle() = default;
  explicit Handle(std::shared_ptr<void> keep) noexcept : keep_(std::move(keep)) {}
  Handle(Handle&& other) noexcept
      : keep_(std::move(other.keep_)), raw_(std::exchange(other.raw_, nullptr)) {}
  Handle& operator=(Handle&& other) noexcept {
    Handle taken(std::move(other));
    std::swap(keep_, taken.keep_);
    std::swap(raw_, taken.raw_);
    return *this;
  }
  ~Handle() { destroy(raw_); }

  Noun* get() const noexcept { return raw_; }
  Noun** receive() noexcept { return &raw_; }
  const std::shared_ptr<void>& keep() const noexcept { return keep_; }

 private:
  std::shared_ptr<void> keep_;
  Noun* raw_ = nullptr;
};

}  // namespace detail

}  // namespace with_exceptions or without_exceptions
}  // namespace focus

#endif  // FOCUS_SESSION_HANDLE_HPP
