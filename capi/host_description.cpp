// SPDX-License-Identifier: MIT
#include "host_description.h"

#include <algorithm>
#include <string>
#include <string_view>

#include <absl/strings/str_cat.h>

#include "base/clock.h"
#include "base/text.h"
#include "boundary.h"
#include "engines/registry.h"

namespace focus::core::capi {
namespace {

constexpr std::size_t kLongestText = 1000;

absl::StatusOr<std::string> key_from(const char* given) {
  const std::string key = text_or_empty(given);
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789_-.";
  if (!key.empty() && key.size() < FOCUS_ENGINE_KEY_SIZE &&
      key.find_first_not_of(kLetters) == std::string::npos) {
    return key;
  }
  return invalid_field("key", absl::StrCat("must be 1 to ", FOCUS_ENGINE_KEY_SIZE - 1,
                                           " of a-z, 0-9, '_', '-' and '.', not '",
                                           one_line(key, FOCUS_ENGINE_KEY_SIZE), "'"));
}

absl::StatusOr<std::string> text_from(const char* given, std::string_view fallback,
                                      const char* field) {
  std::string text = given == nullptr ? std::string(fallback) : given;
  if (!is_utf8(text)) return invalid_field(field, "must be valid UTF-8");
  if (text.size() > kLongestText || text != one_line(text, kLongestText)) {
    return invalid_field(field,
                         absl::StrCat("must be one line of at most ", kLongestText, " bytes"));
  }
  return text;
}

/// Checks a number for which 0 means the default. NaN is outside every range.
template <typename Number>
absl::StatusOr<Number> number_from(Number given, Number fallback, Number least, Number most,
                                   const char* field) {
  if (given == 0) return fallback;
  if (given >= least && given <= most) return given;
  return invalid_field(field, absl::StrCat("must be ", least, " to ", most, ", or 0 for ", fallback,
                                           ", not ", given));
}

absl::Status read_terms(const focus_engine_description& given, HostDescription& read) {
  engines::HostTerms& terms = read.terms;
  if (given.sample_rate != 0 &&
      (given.sample_rate < audio::kLowestRate || given.sample_rate > audio::kHighestRate)) {
    return invalid_field("sample_rate",
                         absl::StrCat("must be ", audio::kLowestRate, " to ", audio::kHighestRate,
                                      " Hz, or 0 for the session's, not ", given.sample_rate));
  }
  terms.sample_rate = given.sample_rate;
  constexpr int kMostRetries = 10;
  if (given.retries < FOCUS_NO_RETRIES || given.retries > kMostRetries) {
    return invalid_field("retries",
                         absl::StrCat("must be 1 to ", kMostRetries, ", 0 for ", terms.retries,
                                      " or FOCUS_NO_RETRIES, not ", given.retries));
  }
  if (given.retries != 0) terms.retries = std::max(given.retries, 0);
  FOCUS_ASSIGN_OR_RETURN(terms.retry_delay_seconds,
                         number_from(given.retry_delay_seconds, terms.retry_delay_seconds, 0.001,
                                     3600.0, "retry_delay_seconds"));
  if (given.timeout_seconds != 0.0 &&
      !(given.timeout_seconds > 0.0 && given.timeout_seconds <= kSecondsPerDay)) {
    return invalid_field("timeout_seconds",
                         absl::StrCat("must be more than 0 and at most ", kSecondsPerDay,
                                      ", or 0 for 30 and four "
                                      "times the segment's length, not ",
                                      given.timeout_seconds));
  }
  terms.timeout_seconds = given.timeout_seconds;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<HostDescription> read_description(const focus_engine_description* description,
                                                 const char* default_key) {
  FOCUS_ASSIGN_OR_RETURN(const focus_engine_description given,
                         read_struct(description, FOCUS_ENGINE_DESCRIPTION_INIT, "description"));
  HostDescription read;
  engines::EngineInfo& info = read.info;
  FOCUS_ASSIGN_OR_RETURN(info.key, key_from(given.key == nullptr ? default_key : given.key));
  FOCUS_ASSIGN_OR_RETURN(info.display_name,
                         text_from(given.display_name, info.key, "display_name"));
  FOCUS_ASSIGN_OR_RETURN(info.description, text_from(given.description, "", "description"));
  FOCUS_ASSIGN_OR_RETURN(info.version, text_from(given.version, "1", "version"));
  if (given.licence_class < FOCUS_LICENCE_COMMERCIAL_CLEARED ||
      given.licence_class > FOCUS_LICENCE_UNCLEAR) {
    return invalid_field(
        "licence_class",
        absl::StrCat("must be one of enum focus_licence_class, not ", given.licence_class));
  }
  info.licence_class = static_cast<engines::LicenceClass>(given.licence_class);
  FOCUS_ASSIGN_OR_RETURN(info.commercial_use, flag_from(given.commercial_use, "commercial_use"));
  if (info.commercial_use && !permits_commercial_use(info.licence_class)) {
    return invalid_field("commercial_use", absl::StrCat("must be 0 where the licence_class is ",
                                                        std::string(name_of(info.licence_class)),
                                                        "; name the licence that permits it"));
  }
  FOCUS_ASSIGN_OR_RETURN(info.requires_attribution,
                         flag_from(given.requires_attribution, "requires_attribution"));
  FOCUS_ASSIGN_OR_RETURN(info.vocals, flag_from(given.vocals, "vocals"));
  FOCUS_ASSIGN_OR_RETURN(info.stems, flag_from(given.stems, "stems"));
  FOCUS_ASSIGN_OR_RETURN(info.continues_previous,
                         flag_from(given.continues_previous, "continues_previous"));
  FOCUS_ASSIGN_OR_RETURN(
      info.max_duration_seconds,
      number_from(given.max_duration_seconds, 600, 30, kSecondsPerDay, "max_duration_seconds"));
  FOCUS_ASSIGN_OR_RETURN(info.concurrency, number_from(given.concurrency, 1, 1, 64, "concurrency"));
  FOCUS_ASSIGN_OR_RETURN(info.previous_seconds, number_from(given.previous_seconds, 30.0, 0.001,
                                                            600.0, "previous_seconds"));
  FOCUS_ASSIGN_OR_RETURN(info.expected_speed,
                         number_from(given.expected_speed, 1.0, 0.001, 1e6, "expected_speed"));
  if (given.price_micros_per_minute < 0 ||
      given.price_micros_per_minute > engines::EngineRegistry::kHighestPrice) {
    return invalid_field("price_micros_per_minute",
                         absl::StrCat("must be 0 to ", engines::EngineRegistry::kHighestPrice,
                                      ", not ", given.price_micros_per_minute));
  }
  info.price_micros_per_minute = given.price_micros_per_minute;
  FOCUS_RETURN_IF_ERROR(read_terms(given, read));
  return read;
}

}  // namespace focus::core::capi
