# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# The library on the host: every backend, bound through a table, on the simulated machine. The
# simulator's instructions have the names of the target's and stand first in the include path; no
# source file knows which of the two it got.

dmacoh_read_sources(DMACOH_SIM_SOURCES ${PROJECT_SOURCE_DIR}/src/sim/sources.txt)

# The library's own files: freestanding, as on the target.
add_library(dmacoh_host_core OBJECT ${DMACOH_CORE_SOURCES} ${DMACOH_BACKEND_SOURCES})
target_include_directories(dmacoh_host_core PRIVATE
    ${PROJECT_SOURCE_DIR}/src/sim/insn
    ${DMACOH_ARCH_INCLUDES}
    ${DMACOH_INCLUDES}
    ${DMACOH_PRIVATE_INCLUDES}
)
target_compile_definitions(dmacoh_host_core PRIVATE DMACOH_BACKEND_DYNAMIC=1)
target_link_libraries(dmacoh_host_core PRIVATE dmacoh_warnings dmacoh_freestanding)
dmacoh_apply_options(dmacoh_host_core)
# A step that is a function's last call keeps its line in timelines. Transparent mode stands between
# the driver and the public functions, so the library's own get other names.
target_compile_options(dmacoh_host_core PRIVATE -fno-optimize-sibling-calls
    "SHELL:-include ${PROJECT_SOURCE_DIR}/src/sim/transparent_rename.h")

# The machine: hosted C. It switches stacks with longjmp(), which _FORTIFY_SOURCE takes for an
# overflow.
add_library(dmacoh_host_sim OBJECT ${DMACOH_SIM_SOURCES})
target_include_directories(dmacoh_host_sim PRIVATE
    ${PROJECT_SOURCE_DIR}/src/sim/insn
    ${PROJECT_SOURCE_DIR}/src/sim
    ${DMACOH_INCLUDES}
    ${DMACOH_PRIVATE_INCLUDES}
)
target_compile_definitions(dmacoh_host_sim PRIVATE _GNU_SOURCE DMACOH_BACKEND_DYNAMIC=1)
target_compile_options(dmacoh_host_sim PRIVATE -U_FORTIFY_SOURCE -fno-optimize-sibling-calls)
target_link_libraries(dmacoh_host_sim PRIVATE dmacoh_warnings)

add_library(dmacoh-sim STATIC
    $<TARGET_OBJECTS:dmacoh_host_core>
    $<TARGET_OBJECTS:dmacoh_host_sim>
)
add_library(dmacoh::dmacoh-sim ALIAS dmacoh-sim)
target_include_directories(dmacoh-sim PUBLIC
    $<BUILD_INTERFACE:${DMACOH_INCLUDES}>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
)

# The command. The target cannot be called dmacoh-sim: the library is. The exhibits of its museum
# are drivers whose source lines are shown: a tail call would hide the last one of each.
dmacoh_read_sources(DMACOH_MUSEUM_SOURCES ${PROJECT_SOURCE_DIR}/src/sim/museum_sources.txt)
add_executable(dmacoh_sim_command ${PROJECT_SOURCE_DIR}/src/sim/dmacoh-sim.c
    ${DMACOH_MUSEUM_SOURCES})
target_compile_options(dmacoh_sim_command PRIVATE -fno-optimize-sibling-calls)
set_target_properties(dmacoh_sim_command PROPERTIES OUTPUT_NAME dmacoh-sim)
target_include_directories(dmacoh_sim_command PRIVATE
    ${PROJECT_SOURCE_DIR}/src/sim/insn
    ${PROJECT_SOURCE_DIR}/src/sim
)
target_compile_definitions(dmacoh_sim_command PRIVATE _GNU_SOURCE)
target_link_libraries(dmacoh_sim_command PRIVATE dmacoh-sim dmacoh_warnings)
