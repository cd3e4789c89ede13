# SPDX-License-Identifier: MIT
# The library as hosts see it: one shared and one static, of the same sources.

option(FOCUS_BUILD_SHARED "Build the shared library" ON)
option(FOCUS_BUILD_STATIC "Build the static library" ON)

# focus_third_party(VARIABLE)
#
# What the rooms use that is not ours, gathered from the rooms themselves.
function(focus_third_party variable)
  get_property(rooms GLOBAL PROPERTY FOCUS_ROOMS)
  set(libraries "")
  foreach(room IN LISTS rooms)
    get_target_property(used ${room} LINK_LIBRARIES)
    list(APPEND libraries ${used})
  endforeach()
  list(FILTER libraries EXCLUDE REGEX "^room_|^focus_options$|NOTFOUND$")
  list(REMOVE_DUPLICATES libraries)
  set(${variable} ${libraries} PARENT_SCOPE)
endfunction()

# focus_library(SOURCES file...)
#
# Makes FocusSession::focus_session (shared) and FocusSession::focus_session_static of the C ABI's
# sources and all rooms. Neither shows a host anything but include/.
function(focus_library)
  cmake_parse_arguments(library "" "" "SOURCES" ${ARGN})
  if(NOT FOCUS_BUILD_SHARED AND NOT FOCUS_BUILD_STATIC)
    message(FATAL_ERROR "Turn on FOCUS_BUILD_SHARED, FOCUS_BUILD_STATIC or both.")
  endif()
  get_property(rooms GLOBAL PROPERTY FOCUS_ROOMS)

  if(FOCUS_BUILD_SHARED)
    add_library(focus_session SHARED ${library_SOURCES})
    target_link_libraries(focus_session PRIVATE ${rooms} focus_options)
    focus_small(focus_session)
    focus_join_sources(focus_session)
    target_compile_definitions(focus_session PRIVATE FOCUS_BUILDING)
    # The soname is not the version's: it changes when hosts break, which is never (docs/abi.md).
    set_target_properties(focus_session PROPERTIES VERSION ${PROJECT_VERSION} SOVERSION 0)
    set(map ${PROJECT_SOURCE_DIR}/capi/focus_session.map)
    target_link_options(focus_session PRIVATE "LINKER:--version-script=${map}" LINKER:--gc-sections
                        LINKER:--exclude-libs,ALL LINKER:--as-needed)
    # Clang's sanitizers are in the program, and not yet known when a library is linked.
    if(NOT FOCUS_SANITIZER)
      target_link_options(focus_session PRIVATE LINKER:-z,defs)
    endif()
    set_property(TARGET focus_session APPEND PROPERTY LINK_DEPENDS ${map})
    focus_show_headers(focus_session)
  endif()

  if(FOCUS_BUILD_STATIC)
    # The capi sources are compiled a second time: here their functions are not marked for export,
    # so that a host's own shared library does not pass them on.
    add_library(focus_session_static STATIC ${library_SOURCES})
    foreach(room IN LISTS rooms)
      target_sources(focus_session_static PRIVATE $<TARGET_OBJECTS:${room}>)
    endforeach()
    focus_third_party(third_party)
    # PRIVATE: a host links these libraries, but is not compiled with their headers and flags.
    target_link_libraries(focus_session_static PRIVATE ${third_party}
                                                       $<BUILD_INTERFACE:focus_options>)
    focus_small(focus_session_static)
    focus_join_sources(focus_session_static)
    target_include_directories(focus_session_static PRIVATE ${PROJECT_SOURCE_DIR}/src)
    target_compile_definitions(focus_session_static PUBLIC FOCUS_STATIC)
    set_target_properties(focus_session_static PROPERTIES OUTPUT_NAME focus_session)
    focus_show_headers(focus_session_static)
  endif()
endfunction()

# focus_plug_in(NAME SOURCE file MAP file ROOMS room...)
#
# A library of its own, for what not every host needs, which the library loads when it is asked for it
# (src/base/plug_in.h). It lies beside the library, in the build and where both are installed.
function(focus_plug_in name)
  cmake_parse_arguments(plug_in "" "SOURCE;MAP" "ROOMS" ${ARGN})
  add_library(${name} SHARED ${plug_in_SOURCE})
  target_link_libraries(${name} PRIVATE ${plug_in_ROOMS} focus_options)
  focus_small(${name})
  set_target_properties(
    ${name} PROPERTIES VERSION ${PROJECT_VERSION} SOVERSION 0
                       LIBRARY_OUTPUT_DIRECTORY $<TARGET_FILE_DIR:focus_session>)
  target_link_options(${name} PRIVATE "LINKER:--version-script=${plug_in_MAP}" LINKER:--gc-sections
                      LINKER:--exclude-libs,ALL LINKER:--as-needed)
  if(NOT FOCUS_SANITIZER)
    target_link_options(${name} PRIVATE LINKER:-z,defs)
  endif()
  set_property(TARGET ${name} APPEND PROPERTY LINK_DEPENDS ${plug_in_MAP})
endfunction()

# Gives a library its public name and its headers.
function(focus_show_headers target)
  add_library(FocusSession::${target} ALIAS ${target})
  target_include_directories(
    ${target} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
                     $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
endfunction()
