# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# The test programs. scripts/test --long asks for longer searches (DMACOH_LONG in the environment).

# The machine itself: seeded bugs, its rules one by one, and its two engines against each other. An
# instrumented build is five to ten times slower, so it compares fewer programs.
if(DMACOH_SANITIZED)
    set(random_programs 150)
    set(some_programs 150)
    set(table_programs 100)
else()
    set(random_programs 10000)
    set(some_programs 5000) # of each kind that shares most of its rules with another one
    set(table_programs 4000)
endif()
dmacoh_add_check_test(sim.scenes LABELS sim SOURCES sim/test_scenes.c sim/scenes.c)
dmacoh_add_check_test(sim.rules LABELS sim SOURCES sim/test_rules.c sim/scenes.c)
dmacoh_add_check_test(sim.oracles LABELS sim SOURCES sim/test_oracles.c sim/rig.c)
dmacoh_add_check_test(sim.caches LABELS sim SOURCES sim/test_caches.c sim/rig.c)
dmacoh_add_check_test(sim.outer LABELS sim SOURCES sim/test_outer.c sim/rig.c)
dmacoh_add_check_test(sim.pa LABELS sim SOURCES sim/test_pa.c sim/soft_rig.c)
dmacoh_add_check_test(sim.ppc LABELS sim SOURCES sim/test_ppc.c sim/soft_rig.c)
dmacoh_add_check_test(sim.ppc_tlb LABELS sim SOURCES sim/test_ppc_tlb.c sim/soft_rig.c)
dmacoh_add_check_test(sim.mips LABELS sim SOURCES sim/test_mips.c sim/soft_rig.c)
dmacoh_add_check_test(sim.softtlb LABELS sim SOURCES sim/test_softtlb.c sim/soft_rig.c)
dmacoh_add_check_test(sim.context LABELS sim SOURCES sim/test_context.c sim/rig.c)
dmacoh_add_check_test(sim.machine LABELS sim SOURCES sim/test_machine.c sim/rig.c)
dmacoh_add_check_test(sim.tables LABELS sim SOURCES sim/test_tables.c)
dmacoh_add_check_test(sim.tables_flip LABELS sim SOURCES sim/test_tables_flip.c)
dmacoh_add_check_test(sim.tables_id LABELS sim SOURCES sim/test_tables_id.c)
dmacoh_add_check_test(sim.diff_tables LABELS sim SOURCES sim/test_diff_tables.c
    ARGS ${table_programs})
dmacoh_add_check_test(sim.diff LABELS sim SOURCES sim/test_diff.c sim/diff_programs.c
    ARGS pipt ${random_programs})
foreach(kind vivt vipt write-through no-allocate mpcore v7m pl310 pl310-lookup)
    add_test(NAME sim.diff.${kind} COMMAND test_sim.diff ${kind} ${some_programs})
    set_tests_properties(sim.diff.${kind} PROPERTIES LABELS sim)
endforeach()
# Four L1 caches make many states of one line: fewer programs in the same time.
math(EXPR few_programs "${random_programs} / 20")
add_test(NAME sim.diff.four-cpus COMMAND test_sim.diff four-cpus ${few_programs})
set_tests_properties(sim.diff.four-cpus PROPERTIES LABELS sim)

math(EXPR quarter_programs "${random_programs} / 4")
dmacoh_add_check_test(sim.diff_mips LABELS sim SOURCES sim/test_diff.c sim/diff_mips.c
    ARGS mips-inner ${quarter_programs})
foreach(kind mips-outer mips-tlb)
    add_test(NAME sim.diff.${kind} COMMAND test_sim.diff_mips ${kind} ${quarter_programs})
    set_tests_properties(sim.diff.${kind} PROPERTIES LABELS sim)
endforeach()

dmacoh_add_check_test(sim.diff_pa_ppc LABELS sim SOURCES sim/test_diff.c sim/diff_pa_ppc.c
    ARGS pa ${quarter_programs})
# Four places of a line in two CPUs' caches, as above.
math(EXPR alias_programs "${random_programs} / 10")
add_test(NAME sim.diff.pa-alias COMMAND test_sim.diff_pa_ppc pa-alias ${alias_programs})
set_tests_properties(sim.diff.pa-alias PROPERTIES LABELS sim)
foreach(kind ppc ppc-tlb)
    add_test(NAME sim.diff.${kind} COMMAND test_sim.diff_pa_ppc ${kind} ${quarter_programs})
    set_tests_properties(sim.diff.${kind} PROPERTIES LABELS sim)
endforeach()

add_subdirectory(unit)

# The glue of the U-Boot example.
add_subdirectory(uboot)

# The compiled library on emulated CPUs. Who measures coverage has no use for its images.
option(DMACOH_MACHINE_CODE "Run the compiled backends on emulated CPUs" ON)
mark_as_advanced(DMACOH_MACHINE_CODE)
if(DMACOH_MACHINE_CODE)
    add_subdirectory(machine_code)
endif()

# The library on every model: the same cases as on the boards.
include(conformance/conformance.cmake)

# The museum: its exhibits by function, and the command as a user calls it.
dmacoh_add_check_test(museum.exhibits LABELS sim SOURCES museum/test_museum.c
    ${DMACOH_MUSEUM_SOURCES})
add_test(NAME museum.command COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/museum/test_command.sh
    $<TARGET_FILE:dmacoh_sim_command>)
add_test(NAME museum.docs COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/museum/test_docs.sh
    $<TARGET_FILE:dmacoh_sim_command> ${PROJECT_SOURCE_DIR}/docs/museum)
set_tests_properties(museum.command museum.docs PROPERTIES LABELS sim)

# Transparent mode: drivers with plain pointers.
include(transparent/transparent.cmake)
