# SPDX-License-Identifier: MIT
# Writes what build_identity() (src/base/plug_in.h) says: a digest of the headers that INPUTS lists in
# its second line, and of its first line, which says how they are compiled. Where they lie does not
# count: a release is the same in whatever folder it is built.
file(STRINGS ${INPUTS} lines)
list(POP_FRONT lines digests)
foreach(header IN LISTS lines)
  file(SHA256 ${header} digest)
  cmake_path(GET header FILENAME name)
  string(APPEND digests "\n${name} ${digest}")
endforeach()
string(SHA256 identity "${digests}")
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT "#define FOCUS_BUILD_IDENTITY \"${identity}\"\n" @ONLY)
