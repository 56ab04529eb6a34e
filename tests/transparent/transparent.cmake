# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# Transparent mode: its oracles, the bootloader's own NVMe driver in it, and the example project as a
# stranger builds it.

set(transparent_dir ${CMAKE_CURRENT_LIST_DIR})
set(loader_dir ${PROJECT_SOURCE_DIR}/examples/bootloader/common)

dmacoh_add_check_test(transparent.oracles LABELS sim SOURCES transparent/test_transparent.c
    transparent/scenes.c transparent/tiny.c transparent/tp_place.c)

# The same on a host without single steps: the mode's own files, built so.
dmacoh_read_sources(portable ${PROJECT_SOURCE_DIR}/src/sim/sources.txt)
list(FILTER portable INCLUDE REGEX "/transparent[^/]*$")
dmacoh_add_check_test(transparent.portable LABELS sim SOURCES transparent/test_transparent.c
    transparent/scenes.c transparent/tiny.c transparent/tp_place.c ${portable})
target_compile_definitions(test_transparent.portable PRIVATE TP_SINGLE_STEP=0)

dmacoh_add_check_test(transparent.nvme LABELS sim SOURCES transparent/test_nvme.c
    transparent/nvme_device.c transparent/tp_place.c
    ${loader_dir}/nvme_ctrl.c ${loader_dir}/nvme_io.c)
target_include_directories(test_transparent.nvme PRIVATE ${loader_dir})

if(NOT DMACOH_SANITIZED)
    add_test(NAME package.driver-test COMMAND ${transparent_dir}/check_driver_test.sh
        ${PROJECT_BINARY_DIR} ${CMAKE_CURRENT_BINARY_DIR}/driver-test)
    set_tests_properties(package.driver-test PROPERTIES LABELS package)
endif()
