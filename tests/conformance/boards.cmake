# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# The conformance suite on the boards that this build has an image for. Where the machine takes one,
# a bus master plays the cases' devices: QEMU's edu, at 100 ms a transfer, a SCSI controller, or a
# virtio block device.

# board_test(NAME IMAGE target [SKIPS board] [EMULATOR program] [MUST_FAIL [SAYS text]] QEMU option...)
#
# The judge reads in skips_BOARD.txt which cases must skip. MUST_FAIL: an image that is wrong on purpose; it
# says something before it fails.
function(board_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "MUST_FAIL" "IMAGE;SKIPS;EMULATOR;SAYS" "QEMU")
    if(NOT TARGET ${arg_IMAGE})
        return()
    endif()
    if(NOT arg_SKIPS)
        set(arg_SKIPS ${name})
    endif()
    if(NOT arg_EMULATOR)
        set(arg_EMULATOR qemu-system-arm)
    endif()
    # How the board ends the emulator, with a status.
    set(way_out -semihosting)
    set(watch)
    if(arg_EMULATOR MATCHES "ppc|hppa")
        set(way_out -no-reboot -action panic=exit-failure -device pvpanic-pci)
    endif()
    if(arg_EMULATOR MATCHES "ppc|hppa|mips")
        set(watch --watch)
    endif()
    set(judgement ${watch} --skips ${PROJECT_SOURCE_DIR}/tests/conformance/skips_${arg_SKIPS}.txt)
    if(arg_MUST_FAIL)
        set(judgement --must-fail --timeout 60)
        if(arg_SAYS)
            list(APPEND judgement --says ${arg_SAYS})
        endif()
    endif()
    add_test(NAME conformance.${name}
        COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/tests/conformance/run_board.py
        ${judgement} --
        ${arg_EMULATOR} ${arg_QEMU}
        -nodefaults -display none -monitor none -serial stdio ${way_out}
        -kernel $<TARGET_FILE:${arg_IMAGE}>)
    set_tests_properties(conformance.${name} PROPERTIES LABELS conformance TIMEOUT 240
        ENVIRONMENT QEMU_AUDIO_DRV=none)
endfunction()

board_test(arm-virt IMAGE conformance-arm-virt QEMU
    -M virt,highmem=off -cpu cortex-a15 -smp 2 -m 512M -append conformance
    -device edu,dma_mask=0xffffffff)
board_test(arm-virt-a7 IMAGE conformance-arm-virt SKIPS arm-virt QEMU
    -M virt,highmem=off -cpu cortex-a7 -smp 2 -m 512M -append conformance -device lsi53c895a)
board_test(arm-virt-unlocked IMAGE unlocked-arm-virt MUST_FAIL QEMU
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

# Malta, in the byte order of this build. Skip lists are by the number of CPUs. With several CPUs each one is
# a thread of the host, or locks would have nothing to do: the image without locks must fail.
foreach(cpu IN ITEMS 24Kf 34Kf P5600)
    string(TOLOWER ${cpu} board_name)
    set(board_cpus 2)
    set(board_skips mips-malta)
    if(cpu STREQUAL 24Kf)
        set(board_cpus 1)
        set(board_skips mips-malta-up)
    endif()
    set(board_name ${CMAKE_SYSTEM_PROCESSOR}-malta-${board_name})
    set(board_machine -M malta -cpu ${cpu} -smp ${board_cpus} -accel tcg,thread=multi -m 1G
        -append conformance -device lsi53c895a)
    board_test(${board_name} IMAGE conformance-${CMAKE_SYSTEM_PROCESSOR}-malta SKIPS ${board_skips}
        EMULATOR qemu-system-${CMAKE_SYSTEM_PROCESSOR} QEMU ${board_machine})
    if(board_cpus GREATER 1)
        board_test(${board_name}-unlocked IMAGE unlocked-${CMAKE_SYSTEM_PROCESSOR}-malta MUST_FAIL
            EMULATOR qemu-system-${CMAKE_SYSTEM_PROCESSOR} QEMU ${board_machine})
    endif()
endforeach()

# Boards without semihosting. A loader without a disk shows that their other way out ends in failure.

# All CPUs of ppce500 are threads of the host, as Malta's.
set(board_machine -M ppce500 -cpu e500v2_v30 -smp 4 -accel tcg,thread=multi -m 512M)
set(board_suite_device -append conformance -device lsi53c895a)
board_test(ppc-e500 IMAGE conformance-ppc-e500 EMULATOR qemu-system-ppc64 QEMU
    ${board_machine} ${board_suite_device})
board_test(ppc-e500-edu IMAGE conformance-ppc-e500 SKIPS ppc-e500 EMULATOR qemu-system-ppc64 QEMU
    ${board_machine} -append conformance -device edu,dma_mask=0xffffffff)
board_test(ppc-e500-unlocked IMAGE unlocked-ppc-e500 MUST_FAIL EMULATOR qemu-system-ppc64 QEMU
    ${board_machine} ${board_suite_device})
board_test(ppc-e500-no-disk IMAGE bootloader-ppc-e500 MUST_FAIL SAYS "no NVMe"
    EMULATOR qemu-system-ppc64 QEMU ${board_machine} -append bytes=1)

set(board_machine -M bamboo -m 256M)
board_test(ppc-bamboo IMAGE conformance-ppc-bamboo EMULATOR qemu-system-ppc QEMU
    ${board_machine} ${board_suite_device})
board_test(ppc-bamboo-no-disk IMAGE bootloader-ppc-bamboo MUST_FAIL SAYS "no NVMe"
    EMULATOR qemu-system-ppc QEMU ${board_machine} -append bytes=1)

# The SCSI controller is the machine's own.
set(board_machine -m 256M -smp 2 -accel tcg,thread=multi)
board_test(parisc-b160l IMAGE conformance-parisc-b160l EMULATOR qemu-system-hppa QEMU
    ${board_machine} -append conformance)
board_test(parisc-b160l-unlocked IMAGE unlocked-parisc-b160l MUST_FAIL EMULATOR qemu-system-hppa
    QEMU ${board_machine} -append conformance)
board_test(parisc-b160l-no-disk IMAGE bootloader-parisc-b160l MUST_FAIL SAYS "no NVMe"
    EMULATOR qemu-system-hppa QEMU ${board_machine} -append bytes=1)
