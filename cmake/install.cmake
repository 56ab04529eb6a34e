# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# Installed files: public headers, the archive, package config for find_package() and pkg-config.
# Components: `library` (a cross build) and `dmacoh-sim` (a host build). Versions match exactly:
# the library is static and its structures are the caller's storage, so there is no stable ABI.

include(CMakePackageConfigHelpers)

if(CMAKE_CROSSCOMPILING)
    set(component library)
    set(library dmacoh)
    set(pc_description "DMA coherence, backend ${DMACOH_BACKEND}")
    install(DIRECTORY include/dmacoh COMPONENT ${component}
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
else()
    set(component dmacoh-sim)
    set(library dmacoh-sim)
    set(pc_description "libdmacoh on a simulated machine, for tests of drivers on the host")
    install(DIRECTORY include/dmacoh include/dmacoh-sim COMPONENT ${component}
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
    install(TARGETS dmacoh_sim_command COMPONENT ${component})
endif()

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/dmacoh)

install(TARGETS ${library} EXPORT dmacoh-${component} COMPONENT ${component}
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT dmacoh-${component} NAMESPACE dmacoh:: COMPONENT ${component}
    DESTINATION ${package_dir})

configure_package_config_file(cmake/dmacohConfig.cmake.in dmacohConfig.cmake
    INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(dmacohConfigVersion.cmake COMPATIBILITY ExactVersion)
install(FILES
    ${CMAKE_CURRENT_BINARY_DIR}/dmacohConfig.cmake
    ${CMAKE_CURRENT_BINARY_DIR}/dmacohConfigVersion.cmake
    COMPONENT ${component} DESTINATION ${package_dir}
)

# The .pc file finds its prefix from its own place, so that an installed tree can be moved.
cmake_path(ABSOLUTE_PATH CMAKE_INSTALL_LIBDIR BASE_DIRECTORY ${CMAKE_INSTALL_PREFIX}
    OUTPUT_VARIABLE pc_libdir)
cmake_path(ABSOLUTE_PATH CMAKE_INSTALL_INCLUDEDIR BASE_DIRECTORY ${CMAKE_INSTALL_PREFIX}
    OUTPUT_VARIABLE pc_includedir)
set(pc_dir ${pc_libdir}/pkgconfig)
cmake_path(RELATIVE_PATH pc_libdir BASE_DIRECTORY ${pc_dir})
cmake_path(RELATIVE_PATH pc_includedir BASE_DIRECTORY ${pc_dir})
configure_file(cmake/dmacoh.pc.in ${library}.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/${library}.pc
    COMPONENT ${component} DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
)
