/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/*
 * e500: entry of the boot CPU and of the others. All come with interrupts masked and one entry
 * of TLB1 that maps the first 64 MiB, but not protected from an invalidation of all of TLB1. It is
 * written again in its place, because two entries for one address are a machine check.
 */
    .set SPR_PIR, 286
    .set SPR_MAS0, 624
    .set SPR_MAS1, 625
    .set SPR_MAS2, 626
    .set SPR_MAS3, 627
    .set SPR_MAS7, 944

    .set CPUS, 4
    .set STACK_LOG, 14

    .macro  set_up_cpu entry
    lis     %r9, 0x1000 + \entry        /* TLBSEL 1, ESEL entry */
    mtspr   SPR_MAS0, %r9
    lis     %r9, 0xc000                 /* V, IPROT */
    ori     %r9, %r9, 0x0800            /* TSIZE: 64 MiB */
    mtspr   SPR_MAS1, %r9
    li      %r9, 0x0004                 /* address 0, M */
    mtspr   SPR_MAS2, %r9
    li      %r9, 0x0015                 /* address 0, SX SW SR */
    mtspr   SPR_MAS3, %r9
    li      %r9, 0
    mtspr   SPR_MAS7, %r9
    isync
    msync
    tlbwe
    isync
    bl      board_set_vectors
    mfspr   %r10, SPR_PIR
    addi    %r10, %r10, 1               /* a stack ends where the next one begins */
    slwi    %r10, %r10, STACK_LOG
    lis     %r1, stacks@ha
    addi    %r1, %r1, stacks@l
    add     %r1, %r1, %r10
    li      %r0, 0
    stwu    %r0, -16(%r1)
    .endm

    .section .text.start, "ax"
    .global _start
_start:                                 /* r3: device tree */
    mr      %r31, %r3
    set_up_cpu 0
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

    .global board_secondary_start
board_secondary_start:
    set_up_cpu 1
    bl      board_boot_secondary
4:  b       4b

    .section .bss.stacks, "aw", @nobits
    .balign 16
stacks:
    .space  CPUS << STACK_LOG

    .section .note.GNU-stack, "", @progbits
