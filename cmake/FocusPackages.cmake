# SPDX-License-Identifier: MIT
# Debian packages, by `cpack` in a build whose prefix is /usr (`./dev deb`): libfocus-session0,
# libfocus-session-dev, focus-session-cluster and focus-session-library (where they are built) and
# focus-session, of the components of FocusInstall.
if(NOT PROJECT_IS_TOP_LEVEL OR NOT TARGET focus_session)
  return()
endif()
find_program(FOCUS_DPKG_DEB dpkg-deb)
if(NOT FOCUS_DPKG_DEB)
  return()
endif()
set(FOCUS_PACKAGE_MAINTAINER "Focus Session authors <focus-session@example.org>"
    CACHE STRING "Who answers for the packages: a name and an address")
set(deb ${PROJECT_BINARY_DIR}/deb)

# SOURCE_DATE_EPOCH, where it is set, makes the packages the same each time.
string(TIMESTAMP FOCUS_PACKAGE_DATE "%a, %d %b %Y %H:%M:%S +0000" UTC)
configure_file(cmake/deb/changelog.in ${deb}/changelog.Debian @ONLY)
execute_process(COMMAND gzip -9nc ${deb}/changelog.Debian OUTPUT_FILE ${deb}/changelog.Debian.gz
                COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND gzip -9nc ${PROJECT_SOURCE_DIR}/CHANGELOG.md
                OUTPUT_FILE ${deb}/changelog.gz COMMAND_ERROR_IS_FATAL ANY)

# Which version of the package a program needs, function by function: what the header says of each.
file(READ include/focus_session/focus_session.h header)
string(REGEX MATCHALL "@since [0-9]+[.][0-9]+|\nFOCUS_API [a-z0-9_]+ focus_[a-z0-9_]+" items
             "${header}")
set(symbols "")
set(since "")
foreach(item IN LISTS items)
  if(item MATCHES "@since (.+)")
    set(since ${CMAKE_MATCH_1})
  elseif(item MATCHES "(focus_[a-z0-9_]+)$")
    set(node FOCUS_${since})
    list(APPEND symbols " ${CMAKE_MATCH_1}@${node} ${since}" " ${node}@${node} ${since}")
  endif()
endforeach()
list(REMOVE_DUPLICATES symbols)
list(SORT symbols)
list(JOIN symbols "\n" symbols)
file(WRITE ${deb}/symbols "libfocus_session.so.0 libfocus-session0 #MINVER#\n"
                          "* Build-Depends-Package: libfocus-session-dev\n${symbols}\n")
file(WRITE ${deb}/triggers "activate-noawait ldconfig\n")

# focus_debian_package(COMPONENT NAME component...)
#
# Its papers, and which components of the build it has.
function(focus_debian_package group name)
  string(TOUPPER ${group} upper)
  file(WRITE ${deb}/overrides/${name}
       "# Not an upload to Debian: there is no bug that asks for it.\n"
       "${name}: initial-upload-closes-no-bugs [usr/share/doc/${name}/changelog.Debian.gz:1]\n")
  install(FILES ${deb}/overrides/${name} DESTINATION share/lintian/overrides COMPONENT ${group}
          EXCLUDE_FROM_ALL)
  install(FILES cmake/deb/copyright ${deb}/changelog.Debian.gz ${deb}/changelog.gz
          DESTINATION share/doc/${name} COMPONENT ${group} EXCLUDE_FROM_ALL)
  foreach(component IN LISTS ARGN ITEMS ${group})
    string(TOUPPER ${component} component)
    set(CPACK_COMPONENT_${component}_GROUP ${group} PARENT_SCOPE)
  endforeach()
  set(CPACK_DEBIAN_${upper}_PACKAGE_NAME ${name} PARENT_SCOPE)
  set(CPACK_DEBIAN_${upper}_FILE_NAME DEB-DEFAULT PARENT_SCOPE)
  set(CPACK_COMPONENTS_ALL ${CPACK_COMPONENTS_ALL} ${ARGN} ${group} PARENT_SCOPE)
endfunction()

set(CPACK_COMPONENTS_ALL "")
focus_debian_package(deb_runtime libfocus-session0 focus_runtime)
focus_debian_package(deb_development libfocus-session-dev focus_development)
install(DIRECTORY examples/c examples/cpp examples/python examples/command
        DESTINATION share/doc/libfocus-session-dev/examples
        COMPONENT deb_development EXCLUDE_FROM_ALL
        PATTERN "__pycache__" EXCLUDE
        PATTERN "CMakeLists.txt" EXCLUDE)
if(TARGET focus_session_cluster)
  focus_debian_package(deb_cluster focus-session-cluster focus_cluster)
  file(APPEND ${deb}/overrides/focus-session-cluster
       "# Nobody links with it: the library loads it.\n"
       "focus-session-cluster: package-name-doesnt-match-sonames *\n")
endif()
if(TARGET focus_session_library)
  focus_debian_package(deb_music focus-session-library focus_music)
  file(APPEND ${deb}/overrides/focus-session-library
       "# Nobody links with it: the library loads it.\n"
       "focus-session-library: package-name-doesnt-match-sonames *\n")
endif()
if(TARGET focus_session_cli)
  focus_debian_package(deb_tool focus-session focus_tools)
endif()
if(TARGET focus_documents)
  # The tool itself has written the page (tool/CMakeLists.txt).
  set(page ${PROJECT_BINARY_DIR}/tool/documents/focus-session.1)
  add_custom_command(
    OUTPUT ${deb}/focus-session.1.gz
    COMMAND gzip -9nc ${page} > ${deb}/focus-session.1.gz
    DEPENDS ${page} focus_documents
    VERBATIM)
  add_custom_target(focus_manual_gz ALL DEPENDS ${deb}/focus-session.1.gz)
  install(FILES ${deb}/focus-session.1.gz DESTINATION share/man/man1 COMPONENT deb_tool
          EXCLUDE_FROM_ALL)
endif()

set(about
    "Focus Session composes, plays and masters music to work, rest or fall asleep
by, and gives it to a program as one seamless stream for as long as it is
wanted. Everything is made on the machine it runs on: no network, no samples,
no model.
.
")
set(CPACK_DEBIAN_DEB_RUNTIME_DESCRIPTION "endless, seamless focus music as a library
${about}This package has the shared library.")
set(CPACK_DEBIAN_DEB_RUNTIME_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_DEB_RUNTIME_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_DEB_RUNTIME_PACKAGE_CONTROL_EXTRA ${deb}/symbols ${deb}/triggers)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY ">=")

set(CPACK_DEBIAN_DEB_DEVELOPMENT_DESCRIPTION "endless, seamless focus music: headers
${about}This package has what programs in C and C++ are built with: headers, a
pkg-config file and a CMake package.")
set(CPACK_DEBIAN_DEB_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(same_version "libfocus-session0 (= ${PROJECT_VERSION}-1)")
set(CPACK_DEBIAN_DEB_DEVELOPMENT_PACKAGE_DEPENDS "${same_version}")

set(CPACK_DEBIAN_DEB_CLUSTER_DESCRIPTION "endless, seamless focus music served by many machines
${about}This package has what lets any number of machines serve one set of
sessions: their state is in PostgreSQL, their audio in a storage that speaks
the protocol of S3. The library loads it where it is asked to.")
set(CPACK_DEBIAN_DEB_CLUSTER_PACKAGE_SECTION sound)
set(CPACK_DEBIAN_DEB_CLUSTER_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_DEB_CLUSTER_PACKAGE_CONTROL_EXTRA ${deb}/triggers)
# The library and its plug-in are of one build.
set(CPACK_DEBIAN_DEB_CLUSTER_PACKAGE_DEPENDS "${same_version}")

set(CPACK_DEBIAN_DEB_MUSIC_DESCRIPTION "endless, seamless focus music from folders of one's own
${about}This package has what plays the user's own music as sessions: it measures
the files of a folder, chooses among them, and joins them. The library loads
it where it is asked to.")
set(CPACK_DEBIAN_DEB_MUSIC_PACKAGE_SECTION sound)
set(CPACK_DEBIAN_DEB_MUSIC_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_DEB_MUSIC_PACKAGE_CONTROL_EXTRA ${deb}/triggers)
set(CPACK_DEBIAN_DEB_MUSIC_PACKAGE_DEPENDS "${same_version}")

set(CPACK_DEBIAN_DEB_TOOL_DESCRIPTION "endless, seamless focus music on the command line
${about}This package has the tool, which plays music, renders it to files, mixes
and measures audio files, and serves sessions over HTTP.")
set(CPACK_DEBIAN_DEB_TOOL_PACKAGE_SECTION sound)
set(CPACK_DEBIAN_DEB_TOOL_PACKAGE_SHLIBDEPS ON)
# dpkg-shlibdeps knows nothing of a library that is not installed yet.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${PROJECT_BINARY_DIR}/capi)
set(CPACK_DEBIAN_DEB_TOOL_PACKAGE_DEPENDS "libfocus-session0 (>= ${PROJECT_VERSION})")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME focus-session)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_PACKAGE_CONTACT "${FOCUS_PACKAGE_MAINTAINER}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "") # each has its own
set(CPACK_POST_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/deb/finish.cmake)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
include(CPack)
