// SPDX-License-Identifier: MIT
#include "serve/public_path.h"

#include <algorithm>

namespace cli {
namespace {

bool begins_with(std::string_view text, std::string_view beginning) {
  return text.substr(0, beginning.size()) == beginning;
}

}  // namespace

PublicPath::PublicPath(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == url.npos) return;
  url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("?#"));
  url.remove_prefix(std::min(url.find('/'), url.size()));
  while (!url.empty() && url.back() == '/') url.remove_suffix(1);
  path_ = url;
}

void PublicPath::strip(RequestHead& head) const {
  if (!path_.empty() && begins_with(head.target, path_ + "/")) head.target.erase(0, path_.size());
}

std::optional<Answer> PublicPath::redirect(const RequestHead& head) const {
  if (path_.empty() || (head.method != "GET" && head.method != "HEAD")) return std::nullopt;
  const std::string_view target = head.target;
  const std::size_t query = std::min(target.find('?'), target.size());
  if (target.substr(0, query) != path_) return std::nullopt;
  Answer answer;
  answer.status = 308;
  answer.headers = {{"Location", path_ + "/" + std::string(target.substr(query))},
                    {"Content-Length", "0"},
                    {"Cache-Control", "no-cache"},
                    {"X-Content-Type-Options", "nosniff"}};
  return answer;
}

}  // namespace cli
