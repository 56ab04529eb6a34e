# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# The conformance suite on the boards that this build has an image for. Where the machine takes one,
# a bus master plays the cases' devices: QEMU's edu, at 100 ms a transfer, a SCSI controller, or a
# virtio block device.

# board_test(NAME IMAGE target [SKIPS board] QEMU option...)
#
# The judge reads in skips_BOARD.txt which cases must skip.
function(board_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "IMAGE;SKIPS" "QEMU")
    if(NOT TARGET ${arg_IMAGE})
        return()
    endif()
    if(NOT arg_SKIPS)
        set(arg_SKIPS ${name})
    endif()
    add_test(NAME conformance.${name}
        COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/tests/conformance/run_board.py
        --skips ${PROJECT_SOURCE_DIR}/tests/conformance/skips_${arg_SKIPS}.txt --
        qemu-system-arm ${arg_QEMU}
        -nodefaults -display none -monitor none -serial stdio -semihosting
        -kernel $<TARGET_FILE:${arg_IMAGE}>)
    set_tests_properties(conformance.${name} PROPERTIES LABELS conformance TIMEOUT 240
        ENVIRONMENT QEMU_AUDIO_DRV=none)
endfunction()

board_test(arm-virt IMAGE conformance-arm-virt QEMU
    -M virt,highmem=off -cpu cortex-a15 -smp 2 -m 512M -append conformance
    -device edu,dma_mask=0xffffffff)
board_test(arm-virt-a7 IMAGE conformance-arm-virt SKIPS arm-virt QEMU
    -M virt,highmem=off -cpu cortex-a7 -smp 2 -m 512M -append conformance -device lsi53c895a)
board_test(arm-virt-lpae IMAGE conformance-arm-virt-lpae SKIPS arm-virt QEMU
    -M virt -cpu cortex-a7 -smp 2 -m 4G -append conformance -device lsi53c895a)
board_test(arm-vexpress-a9 IMAGE conformance-arm-vexpress-a9 QEMU
    -M vexpress-a9 -smp 4 -m 256M -device virtio-blk-device,drive=disk
    -drive if=none,id=disk,format=raw,snapshot=on,file=$<TARGET_FILE:dmacoh>)
board_test(arm-versatile IMAGE conformance-arm-versatile QEMU
    -M versatilepb -cpu arm926 -m 128M -device lsi53c895a)
board_test(arm-versatile-1176 IMAGE conformance-arm-versatile-1176 QEMU
    -M versatilepb -cpu arm1176 -m 128M -device lsi53c895a)
board_test(arm-realview-eb IMAGE conformance-arm-realview-eb QEMU
    -M realview-eb-mpcore -smp 4 -m 128M -device lsi53c895a)
board_test(arm-mps2-an500 IMAGE conformance-arm-mps2-an500 QEMU
    -M mps2-an500)
