# SPDX-License-Identifier: MIT
# Writes the files of the page as C++: cmake -D OUT=page_files.cpp -D FILES="a;b" -P EmbedPage.cmake
set(arrays "")
set(packed_file "${OUT}.gz")
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
  # The same once more as gzip, without the time at which it was packed (bytes 4 to 7).
  file(ARCHIVE_CREATE OUTPUT "${packed_file}" PATHS "${file}" FORMAT raw
       COMPRESSION GZip COMPRESSION_LEVEL 9)
  file(READ "${packed_file}" packed HEX)
  string(SUBSTRING "${packed}" 16 -1 packed)
  string(PREPEND packed "1f8b080000000000")
  string(LENGTH "${packed}" digits)
  math(EXPR packed_size "${digits} / 2")
  string(REGEX REPLACE "(..)" "0x\\1," packed "${packed}")
  # An array must not be empty, a file may be.
  string(APPEND arrays "constexpr unsigned char kFile${number}[] = {${bytes}0};\n"
                       "constexpr unsigned char kPacked${number}[] = {${packed}0};\n")
  string(APPEND entries "    {\"${name}\", \"${hash}\", {kFile${number}, ${size}}, "
                        "{kPacked${number}, ${packed_size}}},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(REMOVE "${packed_file}")
file(WRITE "${OUT}" "#include \"serve/page.h\"
namespace cli {
namespace {
${arrays}}  // namespace
const PageFile kPageFiles[] = {
${entries}    {{}, {}, {nullptr, 0}, {nullptr, 0}},
};
}  // namespace cli
")
