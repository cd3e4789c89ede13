# SPDX-License-Identifier: MIT
# What a packager gets: headers, both libraries, a CMake package, a pkg-config file, the papers.
# Components: focus_runtime (the shared library), focus_cluster (its plug-in for many machines),
# focus_music (that for the user's own music), focus_development, focus_static, focus_papers. The tool has
# two more: focus_tools (with completions) and focus_manual.
include(CMakePackageConfigHelpers)

if(NOT TARGET focus_session AND NOT TARGET focus_session_static)
  return()
endif()
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/FocusSession)

install(
  DIRECTORY include/focus_session
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  COMPONENT focus_development
  FILES_MATCHING
  PATTERN "*.h"
  PATTERN "*.hpp"
  PATTERN "module.modulemap")
foreach(paper IN ITEMS LICENSE README.md CHANGELOG.md)
  install(FILES ${paper} DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT focus_papers OPTIONAL)
endforeach()

install(
  DIRECTORY examples/c examples/cpp examples/python examples/command
  DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples
  COMPONENT focus_papers
  PATTERN "__pycache__" EXCLUDE
  PATTERN "CMakeLists.txt" EXCLUDE)

# Two export sets, so that a host of the shared library never hears of what the static one needs.
if(TARGET focus_session)
  install(
    TARGETS focus_session
    EXPORT FocusSessionSharedTargets
    RUNTIME COMPONENT focus_runtime
    LIBRARY COMPONENT focus_runtime NAMELINK_COMPONENT focus_development)
  install(
    EXPORT FocusSessionSharedTargets
    NAMESPACE FocusSession::
    DESTINATION ${package_dir}
    COMPONENT focus_development)
endif()
# Without a name to link with: the library loads it.
if(TARGET focus_session_cluster)
  install(TARGETS focus_session_cluster LIBRARY COMPONENT focus_cluster NAMELINK_SKIP)
endif()
if(TARGET focus_session_library)
  install(TARGETS focus_session_library LIBRARY COMPONENT focus_music NAMELINK_SKIP)
endif()
if(TARGET focus_session_static)
  install(TARGETS focus_session_static EXPORT FocusSessionStaticTargets
          ARCHIVE COMPONENT focus_static)
  install(
    EXPORT FocusSessionStaticTargets
    NAMESPACE FocusSession::
    DESTINATION ${package_dir}
    COMPONENT focus_static)
endif()

# How a host of the static library finds each thing it needs, by CMake and by pkg-config.
focus_third_party(third_party)
set(find_dependencies "")
set(find_modules "")
set(modules "")
foreach(target IN LISTS third_party)
  if(target MATCHES "^PkgConfig::(.+)$")
    set(module ${${CMAKE_MATCH_1}_MODULE_NAME})
    list(APPEND find_modules
         "pkg_check_modules(${CMAKE_MATCH_1} REQUIRED IMPORTED_TARGET ${module})")
    list(APPEND modules ${module})
  elseif(target MATCHES "^(.+)::(.+)$")
    list(APPEND find_dependencies "find_dependency(${CMAKE_MATCH_1})")
    if(CMAKE_MATCH_1 STREQUAL "absl")
      list(APPEND modules absl_${CMAKE_MATCH_2})
    elseif(CMAKE_MATCH_1 STREQUAL "SQLite")
      list(APPEND modules sqlite3)
    endif()
  endif()
endforeach()
list(TRANSFORM find_dependencies REPLACE "SQLite" "SQLite3")
list(APPEND find_dependencies "find_dependency(PkgConfig)" ${find_modules})
list(REMOVE_DUPLICATES find_dependencies)
list(JOIN find_dependencies "\n    " FOCUS_FIND_DEPENDENCIES)
string(PREPEND FOCUS_FIND_DEPENDENCIES "    ")

pkg_check_modules(focus_private QUIET ${modules})
foreach(folder IN LISTS CMAKE_CXX_IMPLICIT_LINK_DIRECTORIES)
  list(REMOVE_ITEM focus_private_LDFLAGS -L${folder})
endforeach()
list(JOIN focus_private_LDFLAGS " " FOCUS_PC_LIBS_PRIVATE)
# The runtime of C++, for a host that links with a C compiler.
set(FOCUS_RUNTIME_LIBRARIES ${CMAKE_CXX_IMPLICIT_LINK_LIBRARIES})
list(REMOVE_ITEM FOCUS_RUNTIME_LIBRARIES ${CMAKE_C_IMPLICIT_LINK_LIBRARIES} m)
list(REMOVE_DUPLICATES FOCUS_RUNTIME_LIBRARIES)
if(NOT FOCUS_RUNTIME_LIBRARIES)
  set(FOCUS_RUNTIME_LIBRARIES stdc++)
endif()
list(GET FOCUS_RUNTIME_LIBRARIES 0 FOCUS_FIRST_RUNTIME_LIBRARY)
list(APPEND FOCUS_RUNTIME_LIBRARIES m)
foreach(library IN LISTS FOCUS_RUNTIME_LIBRARIES)
  string(APPEND FOCUS_PC_LIBS_PRIVATE " -l${library}")
endforeach()
list(JOIN FOCUS_RUNTIME_LIBRARIES " " FOCUS_RUNTIME_LIBRARIES)
string(APPEND FOCUS_PC_LIBS_PRIVATE " -lpthread")
# Relative, so that the installed tree can be moved.
cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX BASE_DIRECTORY ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig
           OUTPUT_VARIABLE FOCUS_PC_TO_PREFIX)

configure_package_config_file(
  cmake/FocusSessionConfig.cmake.in ${PROJECT_BINARY_DIR}/FocusSessionConfig.cmake
  INSTALL_DESTINATION ${package_dir}
  NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/FocusSessionConfigVersion.cmake COMPATIBILITY AnyNewerVersion)
configure_file(cmake/focus_session.pc.in ${PROJECT_BINARY_DIR}/focus_session.pc @ONLY)
install(
  FILES ${PROJECT_BINARY_DIR}/FocusSessionConfig.cmake
        ${PROJECT_BINARY_DIR}/FocusSessionConfigVersion.cmake
  DESTINATION ${package_dir}
  COMPONENT focus_development)
install(
  FILES ${PROJECT_BINARY_DIR}/focus_session.pc
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
  COMPONENT focus_development)
