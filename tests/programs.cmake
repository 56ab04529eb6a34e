# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# The test programs. scripts/test --long asks for longer searches (DMACOH_LONG in the environment).

# The machine itself: seeded bugs, its rules one by one, and its two engines against each other. An
# instrumented build is five to ten times slower, so it compares fewer programs.
if(DMACOH_SANITIZED)
    set(random_programs 300)
else()
    set(random_programs 10000)
endif()
dmacoh_add_check_test(sim.scenes LABELS sim SOURCES sim/test_scenes.c sim/scenes.c)
dmacoh_add_check_test(sim.rules LABELS sim SOURCES sim/test_rules.c sim/scenes.c)
dmacoh_add_check_test(sim.oracles LABELS sim SOURCES sim/test_oracles.c sim/rig.c)
dmacoh_add_check_test(sim.context LABELS sim SOURCES sim/test_context.c sim/rig.c)
dmacoh_add_check_test(sim.machine LABELS sim SOURCES sim/test_machine.c sim/rig.c)
dmacoh_add_check_test(sim.diff LABELS sim SOURCES sim/test_diff.c ARGS ${random_programs})

add_subdirectory(unit)

# The glue of the U-Boot example.
add_subdirectory(uboot)

# The library on every model: the same cases as on the boards.
include(conformance/conformance.cmake)

# The museum: its exhibits by function, and the command as a user calls it.
dmacoh_add_check_test(museum.exhibits LABELS sim SOURCES museum/test_museum.c
    ${DMACOH_MUSEUM_SOURCES})
add_test(NAME museum.command COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/museum/test_command.sh
    $<TARGET_FILE:dmacoh_sim_command>)
set_tests_properties(museum.command PROPERTIES LABELS sim)
