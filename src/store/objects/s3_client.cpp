// SPDX-License-Identifier: MIT
#include "store/objects/s3_client.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <sodium.h>
#include <vector>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/hex.h"
#include "base/random.h"
#include "store/objects/percent_encoding.h"
#include "store/objects/s3_error.h"
#include "store/objects/xml_text.h"

namespace focus::core::store {
namespace {

constexpr int kSuccess = 200;
constexpr int kRedirects = 300;
constexpr int kForbidden = 403;
constexpr int kServerFault = 500;
constexpr int kMostNames = 1000;

struct CloseS3File {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

absl::Status check_credentials(const S3Credentials& credentials) {
  if (credentials.key.empty()) {
    return invalid_field(kKeyField, "must not be empty");
  }
  if (credentials.secret.empty()) {
    return invalid_field(kSecretField, "must not be empty");
  }
  return absl::OkStatus();
}

absl::Status wrong_size(const std::string& name, std::int64_t size) {
  return field_error(Fault::bad_data, kObjectsField,
                     absl::StrCat("the object ", name, " does not have its ", size, " bytes"));
}

}  // namespace

/// The file that a request sends.
struct S3Client::Upload {
  static absl::StatusOr<Upload> of(const std::string& path);

  std::string path;  // "" where none is sent
  std::int64_t bytes = 0;
  std::string hash;  // SHA-256
};

absl::StatusOr<S3Client::Upload> S3Client::Upload::of(const std::string& path) {
  const std::unique_ptr<std::FILE, CloseS3File> file(std::fopen(path.c_str(), "rbe"));
  if (!file) return file_error(path, "cannot be read", errno);
  Upload found;
  found.path = path;
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::vector<unsigned char> block(std::size_t{1} << 18);
  while (const std::size_t count = std::fread(block.data(), 1, block.size(), file.get())) {
    crypto_hash_sha256_update(&state, block.data(), count);
    found.bytes += static_cast<std::int64_t>(count);
  }
  if (std::ferror(file.get()) != 0) return file_error(path, "cannot be read", errno);
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256_final(&state, hash.data());
  found.hash = hex_of(hash.data(), hash.size());
  return found;
}

/// Writes the parts of an object into a file, from the file's beginning on.
class S3Client::Download {
 public:
  Download(std::string name, std::int64_t size, std::string path)
      : name_(std::move(name)), size_(size), path_(std::move(path)) {}

  absl::Status begin() {
    file_.reset(std::fopen(path_.c_str(), "wbe"));
    done_ = 0;
    return file_ ? absl::OkStatus() : file_error(path_, "cannot be written", errno);
  }
  absl::Status take(std::string_view part) {
    done_ += static_cast<std::int64_t>(part.size());
    if (done_ > size_) return wrong_size(name_, size_);
    if (std::fwrite(part.data(), 1, part.size(), file_.get()) == part.size()) {
      return absl::OkStatus();
    }
    return file_error(path_, "cannot be written", errno);
  }
  absl::Status end() {
    if (std::fclose(file_.release()) != 0) return file_error(path_, "cannot be written", errno);
    return done_ == size_ ? absl::OkStatus() : wrong_size(name_, size_);
  }

 private:
  struct CloseDownload {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  const std::string name_;
  const std::int64_t size_;
  const std::string path_;
  std::unique_ptr<std::FILE, CloseDownload> file_;
  std::int64_t done_ = 0;
};

struct S3Client::Request {
  std::string method = "GET";
  std::string name;  // of the object; "" for the bucket
  SignableRequest::Pairs query;
  SignableRequest::Pairs headers;
  Upload upload;
  Download* download = nullptr;
};

absl::StatusOr<std::unique_ptr<S3Client>> S3Client::create(S3Options options, Clock& clock,
                                                           Entropy& entropy, Pause& pause) {
  FOCUS_RETURN_IF_ERROR(check_credentials(options.credentials));
  if (options.region.empty()) return invalid_field(kRegionField, "must not be empty");
  FOCUS_ASSIGN_OR_RETURN(S3Address address, S3Address::of(options.endpoint, options.bucket,
                                                          options.addressing, kObjectsField));
  const std::string& shown =
      options.public_endpoint.empty() ? options.endpoint : options.public_endpoint;
  FOCUS_ASSIGN_OR_RETURN(
      S3Address public_address,
      S3Address::of(shown, options.bucket, options.addressing, "objects_public_url"));
  return std::unique_ptr<S3Client>(new S3Client(std::move(options), std::move(address),
                                                std::move(public_address), clock, entropy, pause));
}

S3Client::S3Client(S3Options options, S3Address address, S3Address public_address, Clock& clock,
                   Entropy& entropy, Pause& pause)
    : retry_(options.retry),
      address_(std::move(address)),
      public_address_(std::move(public_address)),
      signer_(std::move(options.credentials), std::move(options.region)),
      clock_(clock),
      entropy_(entropy),
      pause_(pause),
      transport_(options.transport, [&pause] { return pause.stopped(); }) {}

/// One attempt. An answer that is no success is an error here. `may_pass` is whether the next
/// attempt may have another result.
absl::StatusOr<HttpAnswer> S3Client::send_once(const Request& request, bool& may_pass) {
  SignableRequest signable;
  signable.method = request.method;
  signable.path = address_.path_of(request.name);
  signable.query = request.query;
  signable.payload_hash = request.upload.path.empty() ? payload_hash_of("") : request.upload.hash;
  signable.headers = request.headers;
  signable.headers.emplace_back("host", address_.host());
  signable.headers.emplace_back("x-amz-content-sha256", signable.payload_hash);

  HttpCall call;
  call.method = request.method;
  call.url = address_.url_of(signable.path, canonical_query(signable.query));
  call.headers = signable.headers;
  const std::int64_t now = clock_.unix_seconds() + clock_is_behind_;
  for (auto& header : signer_.sign(std::move(signable), now)) {
    call.headers.push_back(std::move(header));
  }
  call.upload_path = request.upload.path;
  call.upload_bytes = request.upload.bytes;
  if (request.download != nullptr) {
    FOCUS_RETURN_IF_ERROR(request.download->begin());
    call.receive = [&](std::string_view part) { return request.download->take(part); };
  }
  absl::StatusOr<HttpAnswer> answer = transport_.perform(call);
  may_pass = has_fault(answer.status(), Fault::unavailable);
  if (!answer.ok()) return answer;
  // A copy that fails late has answered 200 already, and tells the error in its body.
  const bool tells_error = answer->text.find("<Error>") != std::string::npos;
  if (answer->status < kSuccess || answer->status >= kRedirects || tells_error) {
    const int status = tells_error && answer->status == kSuccess ? kServerFault : answer->status;
    const S3Refusal refusal{status, answer->text, request.name};
    may_pass = is_passing_refusal(refusal) || (status == kForbidden && follow_clock(answer->date));
    return s3_error(refusal);
  }
  if (request.download != nullptr) FOCUS_RETURN_IF_ERROR(request.download->end());
  return answer;
}

/// A storage refuses what was signed a quarter of an hour before or after. A node whose clock has
/// gone wrong would keep what it makes to itself.
bool S3Client::follow_clock(std::int64_t storage_now) {
  constexpr std::int64_t kFar = 300;  // seconds
  if (storage_now == 0) return false;
  const std::int64_t behind = storage_now - clock_.unix_seconds();
  const std::int64_t change = behind - clock_is_behind_;
  if (change > -kFar && change < kFar) return false;
  clock_is_behind_ = behind;
  return true;
}

/// Attempts it until it succeeds, fails for good, or was attempted often enough.
absl::StatusOr<HttpAnswer> S3Client::send(const Request& request) {
  for (int attempt = 1;; ++attempt) {
    if (pause_.stopped()) return fault_error(Fault::cancelled, "the storage is being closed");
    bool may_pass = false;
    absl::StatusOr<HttpAnswer> answer = send_once(request, may_pass);
    if (answer.ok() || !may_pass || attempt >= retry_.attempts) return answer;
    const double chance = Random(entropy_.bits()).uniform();
    if (!pause_.wait(wait_after(retry_, attempt, chance))) return answer;
  }
}

absl::Status S3Client::check() {
  Request request;
  request.query = {{"list-type", "2"}, {"max-keys", "1"}};
  return send(request).status();
}

absl::Status S3Client::put(const std::string& name, const std::string& path,
                           const std::string& media_type) {
  FOCUS_RETURN_IF_ERROR(check_object_name(name));
  Request request;
  request.method = "PUT";
  request.name = name;
  request.headers = {{"content-type", media_type}};
  FOCUS_ASSIGN_OR_RETURN(request.upload, Upload::of(path));
  if (request.upload.bytes > kLargestFile) {
    return path_error(Fault::unsupported, path,
                      "is larger than 5 GB, the most that is sent to a storage in one piece");
  }
  return send(request).status();
}

absl::Status S3Client::get(const std::string& name, std::int64_t size, const std::string& path) {
  FOCUS_RETURN_IF_ERROR(check_object_name(name));
  Download download(name, size, path);
  Request request;
  request.name = name;
  request.download = &download;
  return send(request).status();
}

absl::StatusOr<std::int64_t> S3Client::size_of(const std::string& name) {
  FOCUS_RETURN_IF_ERROR(check_object_name(name));
  Request request;
  request.method = "HEAD";
  request.name = name;
  FOCUS_ASSIGN_OR_RETURN(const HttpAnswer answer, send(request));
  if (answer.length >= 0) return answer.length;
  return field_error(Fault::io, kObjectsField, "the storage does not tell the size of an object");
}

absl::Status S3Client::copy(const std::string& from, const std::string& to) {
  FOCUS_RETURN_IF_ERROR(check_object_name(from));
  FOCUS_RETURN_IF_ERROR(check_object_name(to));
  Request request;
  request.method = "PUT";
  request.name = to;
  request.headers = {
      {"x-amz-copy-source",
       percent_encode(absl::StrCat("/", address_.bucket(), "/", from), Slash::kept)}};
  return send(request).status();
}

absl::Status S3Client::remove(const std::string& name) {
  FOCUS_RETURN_IF_ERROR(check_object_name(name));
  Request request;
  request.method = "DELETE";
  request.name = name;
  const absl::Status removed = send(request).status();
  return is_not_found(removed) ? absl::OkStatus() : removed;
}

absl::StatusOr<ObjectListing> S3Client::list(const std::string& prefix, const std::string& after) {
  Request request;
  request.query = {{"list-type", "2"}, {"max-keys", absl::StrCat(kMostNames)}};
  if (!prefix.empty()) request.query.emplace_back("prefix", prefix);
  if (!after.empty()) request.query.emplace_back("start-after", after);
  FOCUS_ASSIGN_OR_RETURN(const HttpAnswer answer, send(request));
  ObjectListing listing;
  listing.names = xml_texts(answer.text, "Key");
  listing.more = xml_text(answer.text, "IsTruncated") == "true";
  return listing;
}

std::string S3Client::presigned_get(const std::string& name, std::int64_t now,
                                    std::int64_t until) const {
  SignableRequest request;
  request.path = public_address_.path_of(name);
  request.headers = {{"host", public_address_.host()}};
  const std::int64_t seconds = std::clamp<std::int64_t>(until - now, 1, kLongestPresigned);
  return public_address_.url_of(request.path,
                                signer_.presign(request, now + clock_is_behind_, seconds));
}

}  // namespace focus::core::store
