# SPDX-License-Identifier: MIT
# What the library is built on. Debian's static Abseil is not position-independent, so the shared one is
# used; libsndfile, libFLAC, libmpg123, LAME, libopusenc, libsamplerate, libebur128 and libsodium come
# with pkg-config files only. libFLAC, libmpg123 and LAME are what libsndfile itself stands on.

find_package(Threads REQUIRED)
find_package(absl REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(sndfile REQUIRED IMPORTED_TARGET sndfile)
pkg_check_modules(flac REQUIRED IMPORTED_TARGET flac>=1.4)
pkg_check_modules(mpg123 REQUIRED IMPORTED_TARGET libmpg123>=1.27)
pkg_check_modules(samplerate REQUIRED IMPORTED_TARGET samplerate)
pkg_check_modules(ebur128 REQUIRED IMPORTED_TARGET libebur128)
if(NOT FOCUS_MINIMAL)
  find_package(SQLite3 REQUIRED)
  pkg_check_modules(lame REQUIRED IMPORTED_TARGET lame>=3.100)
  pkg_check_modules(opusenc REQUIRED IMPORTED_TARGET libopusenc)
  pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
  find_path(RAPIDJSON_INCLUDE_DIR rapidjson/document.h REQUIRED)
endif()

# What makes many machines one service, which is a library of its own (FOCUS_CLUSTER).
if(FOCUS_MINIMAL)
  set(FOCUS_CLUSTER OFF)
endif()
if(FOCUS_CLUSTER)
  pkg_check_modules(curl IMPORTED_TARGET libcurl>=7.85)
  pkg_check_modules(pq IMPORTED_TARGET libpq>=14)
  if(NOT curl_FOUND OR NOT pq_FOUND)
    set(FOCUS_CLUSTER OFF)
    message(STATUS "Cluster: not built, because libcurl (7.85) or libpq (14) was not found")
  else()
    message(STATUS "Cluster: built with libcurl ${curl_VERSION} and libpq ${pq_VERSION}")
  endif()
endif()

# What reads a user's own music, which is a library of its own (FOCUS_MUSIC_LIBRARY).
if(FOCUS_MINIMAL)
  set(FOCUS_MUSIC_LIBRARY OFF)
endif()
if(FOCUS_MUSIC_LIBRARY)
  pkg_check_modules(taglib IMPORTED_TARGET taglib>=1.12)
  if(NOT taglib_FOUND)
    set(FOCUS_MUSIC_LIBRARY OFF)
    message(STATUS "Music library: not built, because TagLib (1.12) was not found")
  else()
    message(STATUS "Music library: built with TagLib ${taglib_VERSION}")
  endif()
endif()
