// SPDX-License-Identifier: MIT
#include "store/objects/s3_error.h"

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/text.h"
#include "store/objects/xml_text.h"

namespace focus::core::store {
namespace {

constexpr std::size_t kLongestQuote = 200;  // bytes of the storage's message

/// What the operator has to mend where the storage answers with this code.
struct Remedy {
  std::string_view code;
  const char* field;
  const char* message;
};
constexpr Remedy kRemedies[] = {
    {"InvalidAccessKeyId", kKeyField, "the storage does not know this key; check it"},
    {"SignatureDoesNotMatch", kSecretField,
     "the storage refuses the signature; check key and secret, and that no proxy changes the "
     "address"},
    {"AccessDenied", kKeyField,
     "the storage refuses this key; check key and secret, and what it may do with the bucket"},
    {"ExpiredToken", kKeyField, "the temporary key has expired; start with a new one"},
    {"InvalidToken", kKeyField, "the storage refuses the session token; start with a new key"},
    {"RequestTimeTooSkewed", kObjectsField,
     "the clock of this machine and that of the storage differ too much; let NTP set them"},
    {"NoSuchBucket", kBucketField, "there is no such bucket; make it, or correct the name"},
    {"InvalidBucketName", kBucketField, "the storage does not allow this name of a bucket"},
    {"AuthorizationHeaderMalformed", kRegionField,
     "the storage is of another region; give the region that it names"},
    {"PermanentRedirect", kObjectsField,
     "the bucket is at another address; give that of its region"},
    {"TemporaryRedirect", kObjectsField,
     "the bucket is at another address; give that of its region"},
};

/// For answers without a code: those to HEAD, and those of something that is no S3.
const char* code_of(int status, std::string_view name) {
  if (status == 403) return "AccessDenied";
  if (status == 404) return name.empty() ? "NoSuchBucket" : "NoSuchKey";
  if (status >= 300 && status < 400) return "PermanentRedirect";
  return "";
}

std::string quote_of(const S3Refusal& refusal, const std::string& code) {
  std::string quote = absl::StrCat("HTTP ", refusal.status);
  if (!code.empty()) absl::StrAppend(&quote, " ", one_line(code, kLongestQuote));
  const std::string message = one_line(xml_text(refusal.body, "Message"), kLongestQuote);
  if (!message.empty()) absl::StrAppend(&quote, ": ", message);
  return quote;
}

}  // namespace

bool is_passing_refusal(const S3Refusal& refusal) {
  if (refusal.status == 501) return false;  // not implemented, which stays so
  return refusal.status >= 500 || refusal.status == 429 || refusal.status == 408;
}

absl::Status s3_error(const S3Refusal& refusal) {
  std::string code = xml_text(refusal.body, "Code");
  if (code.empty()) code = code_of(refusal.status, refusal.name);
  const std::string quote = quote_of(refusal, code);
  if (code == "NoSuchKey") {
    return fault_error(Fault::not_found, absl::StrCat("there is no object ",
                                                      std::string(refusal.name), " in the bucket"));
  }
  for (const Remedy& remedy : kRemedies) {
    if (code != remedy.code) continue;
    return field_error(Fault::unavailable, remedy.field,
                       absl::StrCat(remedy.message, " (", quote, ")"));
  }
  if (is_passing_refusal(refusal)) {
    return field_error(Fault::unavailable, kObjectsField,
                       absl::StrCat("the storage can not serve at the moment (", quote, ")"));
  }
  return field_error(Fault::io, kObjectsField,
                     absl::StrCat("the storage has refused a request (", quote, ")"));
}

}  // namespace focus::core::store
