# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# Checks of the compiled library: what it defines, what it needs, which opcodes, how large.

set(nm ${CMAKE_NM})
set(objdump ${CMAKE_OBJDUMP})
set(scratch ${CMAKE_CURRENT_BINARY_DIR})

# dmacoh_add_target_test(name script args...): a Python script of tests/.
function(dmacoh_add_target_test name script)
    add_test(NAME ${name}
        COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/${script} ${ARGN})
    set_tests_properties(${name} PROPERTIES LABELS target)
endfunction()

dmacoh_add_target_test(target.symbols budget/symbols.py
    --nm ${nm} --library $<TARGET_FILE:dmacoh> --backend ${DMACOH_BACKEND})
dmacoh_add_target_test(target.golden golden/golden.py --backend ${DMACOH_BACKEND}
    --compiler ${CMAKE_C_COMPILER} --objdump ${objdump} --scratch ${scratch})
dmacoh_add_target_test(target.order golden/order.py --backend ${DMACOH_BACKEND}
    --compiler ${CMAKE_C_COMPILER} --objdump ${objdump} --scratch ${scratch})
dmacoh_add_target_test(target.stack budget/stack.py --backend ${DMACOH_BACKEND}
    --compiler ${CMAKE_C_COMPILER} --scratch ${scratch})

dmacoh_add_target_test(target.lto golden/lto.py --backend ${DMACOH_BACKEND}
    --compiler ${CMAKE_C_COMPILER} --scratch ${scratch})

include(conformance/boards.cmake)

# Sizes are budgeted and the package is tried for ARMv7-A.
if(NOT DMACOH_BACKEND STREQUAL armv7a)
    return()
endif()

dmacoh_add_target_test(target.text budget/text_size.py
    --compiler ${CMAKE_C_COMPILER} --scratch ${scratch})

include(package/package.cmake)
