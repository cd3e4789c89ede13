// SPDX-License-Identifier: MIT
// The page that plays, as it was compiled in.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "serve/answer.h"
#include "serve/request_head.h"

namespace cli {

struct PageBytes {
  const unsigned char* bytes;
  std::size_t size;
};

struct PageFile {
  std::string_view name;  ///< "index.html"
  std::string_view hash;  ///< of its content
  PageBytes plain;
  PageBytes gzip;  ///< a third of it, for clients that take it
};

/// Written by EmbedPage.cmake; ends with one that has no name.
extern const PageFile kPageFiles[];

bool has_page();

/// The answer, where the request is for the page or for a file of it.
std::optional<Answer> answer_page(const RequestHead& head);

}  // namespace cli
