# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# The conformance suite on the simulated machine: one test per CPU model, so that they run beside each
# other. Instrumented builds take the two models that differ most in what they execute.

set(models cortex-a7 cortex-a7-ncwalk)
if(NOT DMACOH_SANITIZED)
    list(APPEND models cortex-a15 cortex-a15-r4 generic-v7-step32 generic-v7-l2 cortex-a7-discards)
    list(APPEND models cortex-a7-lpae cortex-a9-pl310 cortex-a9-pl310-lookup)
    # [cortex-a17]
    list(APPEND models cortex-a17)
    # [cortex-a17]
    list(APPEND models 24kc 24kc-noprefetch 74k 1004k bmips4380 bmips4380-noprefetch bmips5000 r10000)
    list(APPEND models pa7100lc pa7300lc pa8700 pa8800)
    list(APPEND models ppc405 ppc440 ppc476 e500v2 ppc603 mpc860)
    list(APPEND models arm926 arm926-wt xscale feroceon arm1176 arm11mpcore cortex-m7)
endif()

list(POP_FRONT models first)
dmacoh_add_check_test(conformance.${first} LABELS conformance
    SOURCES
        conformance/cases_coherent.c
        conformance/cases_endings.c
        conformance/cases_error.c
        conformance/cases_stream.c
        conformance/cases_sync.c
        conformance/cases_windows.c
        conformance/cases_wrong.c
        conformance/env_calls.c
        conformance/env_sim.c
        conformance/env_sim_device.c
        conformance/env_sim_kind.c
        conformance/env_sim_setup.c
        conformance/test_conformance.c
        conformance/track_sim.c
    ARGS all ${first}
)
foreach(model IN LISTS models)
    add_test(NAME conformance.${model} COMMAND test_conformance.${first} all ${model})
    set_tests_properties(conformance.${model} PROPERTIES LABELS conformance)
endforeach()
