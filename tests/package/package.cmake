# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# The installed package, used as a stranger would: find_package(), pkg-config, and the source list.

if(CMAKE_CROSSCOMPILING)
    set(kind target)
    set(component library)
else()
    set(kind host)
    set(component dmacoh-sim)
endif()

add_test(NAME package.${kind}
    COMMAND ${PROJECT_SOURCE_DIR}/tests/package/check_package.sh
    ${kind} ${component} ${PROJECT_BINARY_DIR} ${CMAKE_CURRENT_BINARY_DIR}/package)
set_tests_properties(package.${kind} PROPERTIES LABELS package)

if(CMAKE_CROSSCOMPILING)
    add_test(NAME package.make
        COMMAND make --no-print-directory -s -C ${PROJECT_SOURCE_DIR}/tests/package/make
        OUT=${CMAKE_CURRENT_BINARY_DIR}/package-make)
    set_tests_properties(package.make PROPERTIES LABELS package)
endif()
