/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/*
 * Entry of the boot CPU, which firmware calls like a C function, and of the others, which firmware
 * sends here when they get an interrupt. Translation is off. Stacks grow to higher addresses.
 */
    .level  1.1

    .set    STACK_SIZE, 16384

    .macro  address symbol, reg
    ldil    L'\symbol, \reg
    ldo     R'\symbol(\reg), \reg
    .endm

    .section .text.start, "ax"
    .global _start
_start:                                 ; r25: the command line
    rsm     1, %r0
    copy    %r25, %r7
    ldi     0, %r5
    address __bss_start, %r3
    address __bss_end, %r4
clear:
    comb,<<,n %r3, %r4, clear
    stwm    %r0, 4(%r3)
    b,n     set_up_cpu

    .global board_secondary_start
board_secondary_start:                  ; r25: the registers of this CPU
    rsm     1, %r0
    extru   %r25, 19, 4, %r5            ; they are 4 KiB apart

set_up_cpu:                             ; r5: number of this CPU
    mtctl   %r5, %cr27                  ; CR_CPU of cpu.h
    address stacks, %r30
    zdep    %r5, 17, 18, %r1            ; times STACK_SIZE
    add     %r1, %r30, %r30
    ldo     64(%r30), %r30
    .irp    space, 0, 1, 2, 3, 4, 5, 6, 7
    mtsp    %r0, %sr\space
    .endr
    address $global$, %r27
    address board_vectors, %r1
    mtctl   %r1, %cr14                  ; where the vectors are
    mtctl   %r0, %cr15                  ; no interrupt is let in
    mtctl   %r0, %cr10                  ; no coprocessor
    comib,<>,n 0, %r5, secondary
    copy    %r7, %r26
    b,l     board_boot_cpu0, %r2
    nop
secondary:
    copy    %r5, %r26
    b,l     board_boot_secondary, %r2
    nop

    .text
    .global board_set_psw
board_set_psw:
    rsm     9, %r0                      ; Q and I: the registers below are ours
    mtctl   %r0, %cr17
    mtctl   %r0, %cr17
    mtctl   %r2, %cr18
    ldo     4(%r2), %r2
    mtctl   %r2, %cr18
    mtctl   %r26, %cr22
    rfi
    nop

/*
 * Firmware's entry is a plain address. It has a global pointer of its own, and finds the fifth
 * argument and more on the stack.
 */
    .set    PAGE0_PDC, 0x388
    .global board_pdc_call
board_pdc_call:
    stw     %r2, -20(%r30)
    ldo     128(%r30), %r30
    stw     %r27, -120(%r30)
    stw     %r0, -52(%r30)
    stw     %r0, -56(%r30)
    ldw     PAGE0_PDC(%r0), %r1
    b,l     .+8, %r2
    ldo     8(%r2), %r2                 ; behind the slot of the branch
    bv      %r0(%r1)
    nop
    ldw     -120(%r30), %r27
    ldo     -128(%r30), %r30
    ldw     -20(%r30), %r2
    bv      %r0(%r2)
    nop

    .section .bss.stacks, "aw", @nobits
    .align  64
stacks:
    .space  2 * STACK_SIZE

    .section .note.GNU-stack, "", @progbits
