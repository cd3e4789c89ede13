// SPDX-License-Identifier: MIT
#include "serve/page.h"

#include <algorithm>
#include <string>
#include <utility>

namespace cli {
namespace {

constexpr std::string_view kIndex = "index.html";

constexpr std::pair<std::string_view, const char*> kTypes[] = {
    {".html", "text/html; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".webmanifest", "application/manifest+json"},
};

/// The page may load and do nothing but what comes from here.
constexpr const char* kContentPolicy =
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; "
    "img-src 'self' data:; media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const PageFile* find_file(std::string_view name) {
  for (const PageFile* file = kPageFiles; !file->name.empty(); ++file) {
    if (file->name == name) return file;
  }
  return nullptr;
}

std::string type_of(std::string_view name) {
  for (const auto& [ending, type] : kTypes) {
    if (name.size() > ending.size() && name.substr(name.size() - ending.size()) == ending) {
      return type;
    }
  }
  return "application/octet-stream";
}

bool is_header(std::string_view name, std::string_view lower_name) {
  return std::equal(name.begin(), name.end(), lower_name.begin(), lower_name.end(),
                    [](char one, char other) { return (one | 0x20) == (other | 0x20); });
}

/// Whether the client takes gzip: it says so, and not with a weight of nothing.
bool takes_gzip(const RequestHead& head) {
  return std::any_of(head.headers.begin(), head.headers.end(), [](const auto& header) {
    if (!is_header(header.first, "accept-encoding")) return false;
    const std::string_view value = header.second;
    const std::size_t found = value.find("gzip");
    if (found == std::string_view::npos) return false;
    const std::string_view one = value.substr(found, value.find(',', found) - found);
    const std::size_t weight = one.find("q=");
    return weight == std::string_view::npos ||
           one.find_first_of("123456789", weight) != std::string_view::npos;
  });
}

/// Whether the client has the file already. Tags are quoted, so that one can not be a part of
/// another.
bool is_known(const RequestHead& head, std::string_view tag) {
  return std::any_of(head.headers.begin(), head.headers.end(), [&](const auto& header) {
    return is_header(header.first, "if-none-match") &&
           (header.second == "*" || header.second.find(tag) != std::string::npos);
  });
}

}  // namespace

bool has_page() { return find_file(kIndex) != nullptr; }

std::optional<Answer> answer_page(const RequestHead& head) {
  if (head.method != "GET" && head.method != "HEAD") return std::nullopt;
  const std::string_view path = std::string_view(head.target).substr(0, head.target.find('?'));
  const PageFile* file = find_file(path == "/" ? kIndex : path.substr(1));
  if (file == nullptr) return std::nullopt;

  const bool packed = takes_gzip(head);
  const PageBytes& content = packed ? file->gzip : file->plain;
  const std::string tag = "\"" + std::string(file->hash) + (packed ? "-gzip\"" : "\"");
  Answer answer;
  answer.headers = {{"ETag", tag},
                    {"Cache-Control", "no-cache"},
                    {"Vary", "Accept-Encoding"},
                    {"Content-Security-Policy", kContentPolicy},
                    {"Referrer-Policy", "no-referrer"},
                    {"X-Content-Type-Options", "nosniff"}};
  if (is_known(head, tag)) {
    answer.status = 304;
    return answer;
  }
  answer.headers.emplace_back("Content-Type", type_of(file->name));
  if (packed) answer.headers.emplace_back("Content-Encoding", "gzip");
  answer.headers.emplace_back("Content-Length", std::to_string(content.size));
  if (head.method == "GET") {
    answer.bytes.assign(reinterpret_cast<const char*>(content.bytes), content.size);
    answer.body_size = static_cast<std::int64_t>(content.size);
  }
  return answer;
}

}  // namespace cli
