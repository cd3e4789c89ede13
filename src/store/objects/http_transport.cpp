// SPDX-License-Identifier: MIT
#include "store/objects/http_transport.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <curl/curl.h>
#include <new>

#include <absl/cleanup/cleanup.h>
#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/file_signals.h"
#include "base/guarded.h"
#include "store/objects/s3_error.h"

namespace focus::core::store {
namespace {

constexpr long kSlowBytesPerSecond = 1024;
constexpr int kFirstSuccess = 200;
constexpr int kLastSuccess = 299;

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeList>;

/// Once in the process. libcurl counts, and keeps what it has until the process ends.
void start_curl() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  static_cast<void>(started);
}

void add_header(HeaderList& list, const std::string& line) {
  curl_slist* const longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  static_cast<void>(list.release());
  list.reset(longer);
}

HeaderList header_list(const HttpCall& call) {
  HeaderList list;
  for (const auto& [name, value] : call.headers) {
    add_header(list, absl::StrCat(name, value.empty() ? ";" : ": ", value));
  }
  // libcurl would wait for the server's permission before it sends a large body.
  add_header(list, "Expect:");
  return list;
}

const char* remedy_for(CURLcode code) {
  switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
      return "; its certificate must be of an authority that this system trusts";
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
      return "; check the address, and whether the storage runs";
    default:
      return "";
  }
}

}  // namespace

/// One request and its answer, as libcurl's callbacks see it. These are called by perform()'s own
/// thread, and no exception may leave them.
class HttpTransport::Transfer {
 public:
  Transfer(const HttpTransport& transport, CURL* handle, const HttpCall& call)
      : transport_(transport), handle_(handle), call_(call) {}

  absl::StatusOr<HttpAnswer> run() {
    FOCUS_RETURN_IF_ERROR(open_upload());
    const HeaderList headers = header_list(call_);
    set_up(headers.get());
    const FileSignals guard;  // a connection that is cut must not raise SIGPIPE
    const CURLcode code = curl_easy_perform(handle_);
    if (!failure_.ok()) return failure_;
    if (code == CURLE_ABORTED_BY_CALLBACK) {
      return fault_error(Fault::cancelled, "a request to the storage was stopped");
    }
    if (code != CURLE_OK) {
      return field_error(Fault::unavailable, kObjectsField,
                         absl::StrCat("the storage can not be reached: ", curl_easy_strerror(code),
                                      remedy_for(code)));
    }
    curl_off_t length = -1;
    curl_easy_getinfo(handle_, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
    return HttpAnswer{status(), length, date(), std::move(text_)};
  }

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  absl::Status open_upload() {
    if (call_.upload_path.empty()) return absl::OkStatus();
    upload_.reset(std::fopen(call_.upload_path.c_str(), "rbe"));
    if (!upload_) return file_error(call_.upload_path, "cannot be read", errno);
    return absl::OkStatus();
  }

  template <typename Value>
  void set(CURLoption option, Value value) {
    curl_easy_setopt(handle_, option, value);
  }

  void set_up(curl_slist* headers) {
    const HttpTransportOptions& options = transport_.options_;
    set(CURLOPT_URL, call_.url.c_str());
    set(CURLOPT_HTTPHEADER, headers);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_PATH_AS_IS, 1L);  // what is signed is what is sent
    set(CURLOPT_NOSIGNAL, 1L);    // no alarm() for the resolution of names
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_seconds * 1000));
    set(CURLOPT_LOW_SPEED_LIMIT, kSlowBytesPerSecond);
    set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(options.stall_seconds));
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &Transfer::on_progress);
    set(CURLOPT_XFERINFODATA, this);
    set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_READFUNCTION, &Transfer::on_upload);
    set(CURLOPT_READDATA, this);
    set(CURLOPT_SEEKFUNCTION, &Transfer::on_seek);
    set(CURLOPT_SEEKDATA, this);
    if (call_.method == "PUT") {  // also without a body: then with a Content-Length of 0
      set(CURLOPT_UPLOAD, 1L);
      set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(upload_ ? call_.upload_bytes : 0));
    } else if (call_.method == "HEAD") {
      set(CURLOPT_NOBODY, 1L);
    } else {
      set(CURLOPT_CUSTOMREQUEST, call_.method.c_str());
    }
  }

  std::int64_t date() const {
    curl_header* header = nullptr;
    if (curl_easy_header(handle_, "Date", 0, CURLH_HEADER, -1, &header) != CURLHE_OK) return 0;
    return std::max<std::int64_t>(curl_getdate(header->value, nullptr), 0);
  }

  int status() const {
    long status = 0;
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    return static_cast<int>(status);
  }

  absl::Status take(std::string_view part) {
    const bool succeeded = status() >= kFirstSuccess && status() <= kLastSuccess;
    if (call_.receive && succeeded) return call_.receive(part);
    if (text_.size() + part.size() > kLongestText) {
      return field_error(Fault::io, kObjectsField,
                         "the storage has sent an answer of many megabytes");
    }
    text_.append(part);
    return absl::OkStatus();
  }

  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    transfer.failure_ = caught("taking an answer of the storage", [&] {
      return transfer.take({data, size * count});
    });
    return transfer.failure_.ok() ? size * count : 0;
  }

  static std::size_t on_upload(char* data, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    std::FILE* const file = transfer.upload_.get();
    if (file == nullptr) return 0;
    const std::size_t got = std::fread(data, 1, size * count, file);
    if (std::ferror(file) == 0) return got;
    const int failed = errno;
    transfer.failure_ = caught("reading a file for the storage", [&] {
      return file_error(transfer.call_.upload_path, "cannot be read", failed);
    });
    return CURL_READFUNC_ABORT;
  }

  static int on_seek(void* self, curl_off_t offset, int origin) {
    std::FILE* const file = static_cast<Transfer*>(self)->upload_.get();
    const bool moved = file != nullptr && ::fseeko(file, offset, origin) == 0;
    return moved ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL;
  }

  static int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    const auto& transfer = *static_cast<Transfer*>(self);
    bool stopped = false;
    without_throwing([&] { stopped = transfer.transport_.stopped_(); });
    return stopped ? 1 : 0;
  }

  const HttpTransport& transport_;
  CURL* const handle_;
  const HttpCall& call_;
  std::unique_ptr<std::FILE, CloseFile> upload_;
  std::string text_;
  absl::Status failure_;  // of what takes the body
};

HttpTransport::HttpTransport(HttpTransportOptions options, std::function<bool()> stopped)
    : options_(options), stopped_(std::move(stopped)) {
  start_curl();
  const MutexLock lock(mutex_);
  idle_.reserve(static_cast<std::size_t>(std::max(options_.connections, 1)));
}

HttpTransport::~HttpTransport() {
  const MutexLock lock(mutex_);
  for (void* const handle : idle_) curl_easy_cleanup(handle);
}

/// Null where there is no memory for one.
void* HttpTransport::take_handle() {
  const MutexLock lock(mutex_);
  while (lent_ >= std::max(options_.connections, 1)) returned_.wait(mutex_);
  void* handle = nullptr;
  if (idle_.empty()) {
    handle = curl_easy_init();
  } else {
    handle = idle_.back();
    idle_.pop_back();
  }
  if (handle != nullptr) ++lent_;
  return handle;
}

void HttpTransport::return_handle(void* handle) {
  curl_easy_reset(handle);  // keeps the connections
  {
    const MutexLock lock(mutex_);
    idle_.push_back(handle);  // has room: see the constructor
    --lent_;
  }
  returned_.notify_one();
}

absl::StatusOr<HttpAnswer> HttpTransport::perform(const HttpCall& call) {
  void* const handle = take_handle();
  if (handle == nullptr) return out_of_memory("calling the storage");
  const absl::Cleanup gives_back = [&] { return_handle(handle); };
  return Transfer(*this, handle, call).run();
}

}  // namespace focus::core::store
