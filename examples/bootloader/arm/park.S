/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/*
 * Entry of all four CPUs of a board of ARM's. The first goes on; the others sleep until the flags
 * register, which is of the Device kind and so needs no cache work, holds an address. board_park says
 * where that is, and where the interrupt interface (+0: control, +4: priority mask).
 */
    .syntax unified
    .arch   armv6k
    .arm

    .section .text.start, "ax"
    .global park_start
park_start:
    mrc     p15, 0, r0, c0, c0, 5       /* MPIDR */
    ands    r0, r0, #3
    beq     _start
    ldr     r2, =board_park
    ldr     r1, [r2, #4]                /* an interrupt that is on its way ends wfi */
    mov     r0, #0xff
    str     r0, [r1, #4]
    mov     r0, #1
    str     r0, [r1]
    ldr     r1, [r2]
1:  ldr     r0, [r1]
    cmp     r0, #0
    bxne    r0
    wfi
    b       1b

    .section .note.GNU-stack, "", %progbits
