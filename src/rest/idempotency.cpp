// SPDX-License-Identifier: MIT
#include "rest/idempotency.h"

#include <algorithm>
#include <utility>

#include <absl/strings/ascii.h>
#include <absl/strings/match.h>
#include <absl/strings/str_cat.h>

#include "base/digest.h"
#include "base/error.h"
#include "rest/audio_urls.h"
#include "rest/context.h"

namespace focus::core::rest {
namespace {

constexpr char kHeader[] = "Idempotency-Key";
constexpr std::size_t kLongestRequestKey = 255;

/// Everything that has to be the same when the request is sent again. The parts can not run into
/// each other: neither method nor target has a line end.
std::string digest_of_request(const HttpRequest& request) {
  Digest digest;
  for (const std::string_view part : {request.method, request.target}) {
    digest.add(part);
    digest.add("\n");
  }
  digest.add(request.body);
  return digest.finish();
}

/// Whether an answer says what has become of the request.
bool is_final(int status) {
  return status < 500 && status != 401 && status != 409 && status != 429;
}

ApiError used_for_another_request() {
  return invalid(kHeader,
                 "was sent within 24 hours with another path or body; a request that is not the "
                 "same needs a key of its own");
}

HttpResponse give_again(RestContext& context, const HttpRequest& request,
                        const store::KeptAnswer& known) {
  const auto urls = AudioUrls::mint(context, request);
  if (!urls.ok()) return respond(context, request, explain(context, urls.status()));
  const auto lasting = AudioUrls::mint_lasting(context, request);
  if (!lasting.ok()) return respond(context, request, explain(context, lasting.status()));
  HttpResponse response = json_response(known.status, urls->sign_in(known.body, *lasting));
  response.add_header("Idempotent-Replayed", "true");
  return response;
}

/// Where it fails the answer is given all the same: a request that comes again runs again, and
/// finds the session that it has started.
void keep(RestContext& context, const HttpRequest& request, const store::RequestKey& key,
          const HttpResponse& response) {
  store::AnswerShelf& answers = context.service().store().answers();
  absl::Status kept;
  if (is_final(response.status)) {
    const auto urls = AudioUrls::mint(context, request);
    kept = urls.ok() ? answers.keep(key, response.status, urls->unsign_in(response.text))
                     : urls.status();
  } else {
    kept = answers.forget(key);
  }
  if (kept.ok()) return;
  context.service().log().write(LogLevel::warning,
                                absl::StrCat("the answer to a request with ", kHeader,
                                             " could not be kept: ", std::string(kept.message())));
}

}  // namespace

std::variant<std::optional<std::string>, ApiError> read_request_key(const HttpRequest& request) {
  const auto named = [](const auto& header) {
    return absl::EqualsIgnoreCase(absl::string_view(header.first.data(), header.first.size()),
                                  kHeader);
  };
  const auto count = std::count_if(request.headers.begin(), request.headers.end(), named);
  if (count == 0) return std::optional<std::string>();
  const std::string_view key = *request.header(kHeader);
  const bool is_visible = std::all_of(key.begin(), key.end(), [](char c) {
    return absl::ascii_isgraph(static_cast<unsigned char>(c));
  });
  if (count == 1 && !key.empty() && key.size() <= kLongestRequestKey && is_visible) {
    return std::optional(std::string(key));
  }
  return invalid_header(kHeader,
                        "must be given once, as 1 to 255 visible ASCII characters without spaces, "
                        "such as a random UUID");
}

std::variant<RunningRequests::Hold, RunningRequests::Refusal> RunningRequests::begin(
    const store::RequestKey& key, const std::string& digest) {
  {
    const MutexLock guard(mutex_);
    const auto [entry, is_new] = digests_.try_emplace(key, digest);
    if (!is_new) {
      return entry->second == digest ? Refusal::same_request : Refusal::other_request;
    }
  }
  // Not under the mutex: without memory for the hold the key is let go here already.
  return Hold(this, [this, key](void*) {
    const MutexLock lock(mutex_);
    digests_.erase(key);
  });
}

HttpResponse answer_once(RestContext& context, const Call& call, const std::string& key,
                         const std::function<HttpResponse(const Call&)>& run) {
  const session::SessionOwner owner = call.owner();
  const store::RequestKey id{owner.organization, owner.caller, key};
  const std::string digest = digest_of_request(call.request);
  const auto refuse = [&](const ApiError& error) { return respond(context, call.request, error); };

  const auto running = context.running().begin(id, digest);
  if (const auto* refusal = std::get_if<RunningRequests::Refusal>(&running)) {
    return refuse(*refusal == RunningRequests::Refusal::same_request ? request_runs()
                                                                     : used_for_another_request());
  }
  const auto known = context.service().store().answers().begin(
      id, digest, context.service().clock().unix_seconds());
  if (!known.ok()) return refuse(explain(context, known.status()));
  if (known->digest != digest) return refuse(used_for_another_request());
  if (known->runs_elsewhere) return refuse(request_runs());
  if (known->status != 0) return give_again(context, call.request, *known);

  Call begun = call;
  begun.request_key = key;
  begun.made_session = known->session_id;
  HttpResponse response = run(begun);
  keep(context, call.request, id, response);
  return response;
}

}  // namespace focus::core::rest
