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
    --nm ${nm} --library $<TARGET_FILE:dmacoh>)
dmacoh_add_target_test(target.golden golden/golden.py
    --compiler ${CMAKE_C_COMPILER} --objdump ${objdump} --scratch ${scratch})
dmacoh_add_target_test(target.order golden/order.py
    --compiler ${CMAKE_C_COMPILER} --objdump ${objdump} --scratch ${scratch})
dmacoh_add_target_test(target.text budget/text_size.py
    --compiler ${CMAKE_C_COMPILER} --scratch ${scratch})
dmacoh_add_target_test(target.stack budget/stack.py
    --compiler ${CMAKE_C_COMPILER} --scratch ${scratch})

# The conformance suite on the board. The device is QEMU's edu; the judge knows which cases must skip.
add_test(NAME conformance.arm-virt
    COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/conformance/run_board.py
    --skips ${CMAKE_CURRENT_SOURCE_DIR}/conformance/skips_arm-virt.txt --
    qemu-system-arm -M virt,highmem=off -cpu cortex-a15 -smp 2 -m 512M
    -nodefaults -display none -monitor none -serial stdio -semihosting
    -device edu,dma_mask=0xffffffff
    -append conformance -kernel $<TARGET_FILE:conformance-arm-virt>)
set_tests_properties(conformance.arm-virt PROPERTIES LABELS conformance TIMEOUT 240)

include(package/package.cmake)
