/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/* The firmware call of this machine. r0 .. r3: function and arguments; the result in r0. */
    .syntax unified
    .arch   armv7-a
    .arch_extension virt
    .arm

    .text
    .global board_psci
board_psci:
    hvc     #0
    bx      lr

    .section .note.GNU-stack, "", %progbits
