# SPDX-License-Identifier: MIT
# Run by cpack when the packages are made. CPack has the library's call ldconfig when it is installed:
# the trigger does so already, once for all packages, and Debian wants no second way.
foreach(package IN LISTS CPACK_PACKAGE_FILES)
  set(opened ${package}.opened)
  execute_process(COMMAND dpkg-deb --raw-extract ${package} ${opened} COMMAND_ERROR_IS_FATAL ANY)
  if(EXISTS ${opened}/DEBIAN/postinst)
    file(REMOVE ${opened}/DEBIAN/postinst ${opened}/DEBIAN/postrm)
    execute_process(COMMAND dpkg-deb --root-owner-group -Zxz --build ${opened} ${package}
                    OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
  endif()
  file(REMOVE_RECURSE ${opened})
endforeach()
