# SPDX-License-Identifier: MIT
# How our own targets are compiled: warnings, sanitizers, ccache, and the `focus_room` helper.

if(NOT CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(FOCUS_CCACHE ccache)
  if(FOCUS_CCACHE)
    # What one clone compiled serves the next, in whatever folder it is. What was compiled with a
    # precompiled header is kept only where ccache is told to.
    set(focus_launcher ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1
                       CCACHE_SLOPPINESS=pch_defines,time_macros ${FOCUS_CCACHE})
    set(CMAKE_C_COMPILER_LAUNCHER ${focus_launcher})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${focus_launcher})
  endif()
endif()

add_library(focus_options INTERFACE)
target_compile_options(
  focus_options
  INTERFACE -Wall -Wextra -Wpedantic -Wshadow
            $<$<BOOL:${FOCUS_WARNINGS_AS_ERRORS}>:-Werror>
            $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor>
            $<$<COMPILE_LANGUAGE:CXX>:-Woverloaded-virtual>
            # GCC 12 sees overlaps in std::string's operator+ that are not there (GCC bug 105651).
            $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
            # One build gives one sound: no fused multiply-add behind our back (it differs by target).
            -ffp-contract=off
            # For the linker, that drops what nobody calls.
            $<$<NOT:$<CONFIG:Debug>>:-ffunction-sections>
            $<$<NOT:$<CONFIG:Debug>>:-fdata-sections>)
# What SECURITY.md says of binaries; tests/package/check_hardening.py looks at them.
if(FOCUS_HARDEN AND NOT FOCUS_SANITIZER AND NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
  target_compile_options(
    focus_options INTERFACE -fstack-protector-strong -fstack-clash-protection -U_FORTIFY_SOURCE
                            -D_FORTIFY_SOURCE=2)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    target_compile_options(focus_options INTERFACE -fcf-protection)
  endif()
  target_link_options(focus_options INTERFACE LINKER:-z,relro LINKER:-z,now LINKER:-z,noexecstack)
endif()
# A release has the same bytes in whatever folder it is built. Elsewhere a debugger wants the paths.
target_compile_options(focus_options INTERFACE $<$<CONFIG:Release>:-ffile-prefix-map=${PROJECT_BINARY_DIR}=build>
                                               $<$<CONFIG:Release>:-ffile-prefix-map=${PROJECT_SOURCE_DIR}=.>)
if(FOCUS_SANITIZER)
  target_compile_options(focus_options INTERFACE -fsanitize=${FOCUS_SANITIZER}
                                                 -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(focus_options INTERFACE -fsanitize=${FOCUS_SANITIZER})
  if(CMAKE_CXX_COMPILER_ID MATCHES Clang AND FOCUS_SANITIZER MATCHES undefined)
    target_compile_options(
      focus_options
      INTERFACE -fsanitize-ignorelist=${PROJECT_SOURCE_DIR}/cmake/sanitizers/undefined.txt)
  endif()
endif()
# Clang holds each access to a field, and each call, against what is said of its lock (base/mutex.h).
set(focus_thread_safety_flags -Wthread-safety -Werror=thread-safety)
if(FOCUS_THREAD_SAFETY)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "FOCUS_THREAD_SAFETY needs clang++: no other compiler has this analysis.")
  endif()
  target_compile_options(focus_options
                         INTERFACE $<$<COMPILE_LANGUAGE:CXX>:${focus_thread_safety_flags}>)
endif()

# focus_join_sources(TARGET)
#
# In a quick build, a compiler sees a dozen sources of the target as one: most of the time goes into
# headers, that it then reads once. What is in an unnamed namespace needs a name of its own within a
# target. `./dev thread-safety` compiles each source alone, so that none leans on another's includes.
function(focus_join_sources target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${FOCUS_QUICK_BUILD} UNITY_BUILD_BATCH_SIZE 12)
endfunction()

# focus_room(NAME [PLUG_IN] SOURCES file... [DEPENDS room...] [LIBRARIES target...])
#
# One room of the house: a static library `room_NAME` that may use only the rooms it names. Includes
# are written from src/ ("base/clock.h"); the order of rooms is checked by tests/include_order. What is
# for a PLUG_IN is no part of the library (FOCUS_ROOMS), since hosts need not have what it links.
function(focus_room name)
  cmake_parse_arguments(room "PLUG_IN" "" "SOURCES;DEPENDS;LIBRARIES" ${ARGN})
  add_library(room_${name} STATIC ${room_SOURCES})
  target_include_directories(room_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  list(TRANSFORM room_DEPENDS PREPEND room_)
  target_link_libraries(room_${name} PUBLIC ${room_DEPENDS} ${room_LIBRARIES}
                                      PRIVATE focus_options)
  focus_join_sources(room_${name})
  if(NOT room_PLUG_IN)
    set_property(GLOBAL APPEND PROPERTY FOCUS_ROOMS room_${name})
  endif()
endfunction()

# focus_vectorise(TARGET)
#
# For rooms whose time goes into loops over samples. The flags let the compiler vectorise and change
# no result: nothing here reads errno or the floating-point exception flags.
function(focus_vectorise target)
  target_compile_options(
    ${target} PRIVATE $<$<NOT:$<CONFIG:Debug>>:-O3> -fno-math-errno -fno-trapping-math)
endfunction()

# focus_small(TARGET)
#
# For what runs a few times a segment or a request: there the library's size is worth more than the
# speed that inlining would buy.
function(focus_small target)
  target_compile_options(${target} PRIVATE $<$<NOT:$<CONFIG:Debug>>:-Os>)
endfunction()
