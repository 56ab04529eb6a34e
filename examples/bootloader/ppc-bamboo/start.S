/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/* PowerPC 440: entry of the CPU, with interrupts masked and all of the address space mapped. */
    .section .text.start, "ax"
    .global _start
_start:                                 /* r3: device tree */
    mr      %r31, %r3
    bl      board_set_vectors
    lis     %r1, stack_top@ha
    addi    %r1, %r1, stack_top@l
    li      %r0, 0
    stwu    %r0, -16(%r1)
    lis     %r9, __bss_start@ha
    addi    %r9, %r9, __bss_start@l
    lis     %r10, __bss_end@ha
    addi    %r10, %r10, __bss_end@l
1:  cmplw   %r9, %r10
    bge     2f
    stw     %r0, 0(%r9)
    addi    %r9, %r9, 4
    b       1b
2:  mr      %r3, %r31
    bl      board_boot_cpu0
3:  b       3b

    .section .bss.stack, "aw", @nobits
    .balign 16
    .space  16384
stack_top:

    .section .note.GNU-stack, "", @progbits
