# SPDX-License-Identifier: MIT
# Writes the files of the page as C++: cmake -D OUT=page_files.cpp -D FILES="a;b" -P EmbedPage.cmake
set(arrays "")
set(entries "")
set(number 0)
foreach(file IN LISTS FILES)
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" bytes HEX)
  file(SHA256 "${file}" hash)
  string(SUBSTRING "${hash}" 0 32 hash)
  string(LENGTH "${bytes}" digits)
  math(EXPR size "${digits} / 2")
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
  # An array must not be empty, a file may be.
  string(APPEND arrays "constexpr unsigned char kFile${number}[] = {${bytes}0};\n")
  string(APPEND entries "    {\"${name}\", \"${hash}\", kFile${number}, ${size}},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE "${OUT}" "#include \"serve/page.h\"
namespace cli {
namespace {
${arrays}}  // namespace
const PageFile kPageFiles[] = {
${entries}    {{}, {}, nullptr, 0},
};
}  // namespace cli
")
