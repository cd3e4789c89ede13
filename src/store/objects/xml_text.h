// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace focus::core::store {

/// The text of each element `<name>...</name>` that holds text only, in order of the document, with
/// its references (`&amp;`, `&#38;`) resolved. This reads the flat answers of S3 and is no parser
/// of XML: attributes, comments, CDATA and namespaces of the element itself are not understood.
std::vector<std::string> xml_texts(std::string_view document, std::string_view name);

/// The first of them; "" where there is none.
std::string xml_text(std::string_view document, std::string_view name);

}  // namespace focus::core::store
