/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/*
 * MIPS32 release 2, either byte order: entry of the boot CPU and of the other one, exception vectors, the
 * way out. The boot CPU is entered from the boot monitor in KSEG0, which is uncached yet:
 * a0 = argc, a1 = argv, a2 = envp.
 */
#include "board_map.h"

    .set    reorder

    .set    STACK_LOG, 14               /* bytes of a CPU's stack, as a power of two */
    .set    FATAL_LOG, 11               /* and of the stack on which it reports its end */
    .set    STATUS_BOOT, 0x10400000     /* CU0, BEV: the only state in which EBase may change */
    .set    STATUS_START, 0x10000000    /* CU0; kernel mode, vectors at EBase, interrupts masked */
    .set    CAUSE_IV, 0x00800000        /* interrupts have a vector of their own */

#define CP0_ENTRYLO0 $2
#define CP0_ENTRYLO1 $3
#define CP0_PAGEMASK $5
#define CP0_BADVADDR $8
#define CP0_STATUS   $12
#define CP0_CAUSE    $13
#define CP0_EPC      $14
#define CP0_EBASE    $15, 1
#define CP0_CONFIG   $16, 0

/*
 * Vectors and stack of this CPU; the top 16 bytes of the stack are the argument area of the first C
 * function.
 */
    .macro  set_up_cpu
    li      $t0, STATUS_BOOT
    mtc0    $t0, CP0_STATUS
    ehb
    la      $t0, board_vectors
    mtc0    $t0, CP0_EBASE
    li      $t0, CAUSE_IV
    mtc0    $t0, CP0_CAUSE
    li      $t0, STATUS_START
    mtc0    $t0, CP0_STATUS
    ehb
    mfc0    $t0, CP0_EBASE
    andi    $t0, $t0, 0x3ff
    addiu   $t0, $t0, 1
    sll     $t0, $t0, STACK_LOG
    la      $sp, stacks
    addu    $sp, $sp, $t0
    addiu   $sp, $sp, -16
    .endm

    .section .text.start, "ax"
    .global _start
_start:
    la      $t0, __bss_start
    la      $t1, __bss_end
1:  sw      $zero, 0($t0)
    addiu   $t0, $t0, 4
    bne     $t0, $t1, 1b
    set_up_cpu
    move    $a0, $a1
    move    $a1, $a2
    jal     board_boot_cpu0
2:  b       2b

    .section .text.vectors, "ax"
    .align  12
    .global board_vectors
board_vectors:
/*
 * +0x000, TLB refill: of all addresses that need the TLB only the view of highmem is loaded on demand.
 * The library's windows are wired and never miss. Only k0 and k1 may be used.
 */
    .set    noreorder
    .set    noat
    mfc0    $k0, CP0_BADVADDR
    lui     $k1, HIGH_VIEW_VA >> 16
    xor     $k0, $k0, $k1
    srl     $k0, $k0, HIGH_VIEW_SHIFT
    bnez    $k0, vec_general
    lui     $k0, %hi(tlb_view)
    lw      $k1, %lo(tlb_view)($k0)
    beqz    $k1, vec_general            /* there is no view yet */
    mtc0    $k1, CP0_ENTRYLO0
    lw      $k1, %lo(tlb_view + 4)($k0)
    mtc0    $k1, CP0_ENTRYLO1
    lui     $k1, PAGE_MASK_1M >> 16
    ori     $k1, $k1, PAGE_MASK_1M & 0xffff
    mtc0    $k1, CP0_PAGEMASK
    ehb
    tlbwr
    mtc0    $zero, CP0_PAGEMASK         /* what everybody else expects */
    ehb
    eret
    .org    board_vectors + 0x180
    b       vec_general
    nop
    .org    board_vectors + 0x200
    b       vec_irq
    nop
    .org    board_vectors + 0x380

/* No exception but a refill is expected: report it on a stack of its own, and stop. */
vec_general:
    mfc0    $a0, CP0_CAUSE
    mfc0    $a1, CP0_EPC
    mfc0    $a2, CP0_BADVADDR
    mfc0    $k0, CP0_EBASE
    andi    $k0, $k0, 0x3ff
    addiu   $k0, $k0, 1
    sll     $k0, $k0, FATAL_LOG
    la      $sp, fatal_stacks - 16
    addu    $sp, $sp, $k0
    la      $k0, board_fatal_exception
    jr      $k0
    nop

/*
 * Interrupts stay masked, but the exception level is left: a handler may use the view of highmem, and a
 * refill must find its own vector. What the interrupted code holds in EPC and Status is on the stack.
 */
    .set    FRAME, 112
vec_irq:
    addiu   $sp, $sp, -FRAME
    sw      $at, 16($sp)
    sw      $v0, 20($sp)
    sw      $v1, 24($sp)
    sw      $a0, 28($sp)
    sw      $a1, 32($sp)
    sw      $a2, 36($sp)
    sw      $a3, 40($sp)
    sw      $t0, 44($sp)
    sw      $t1, 48($sp)
    sw      $t2, 52($sp)
    sw      $t3, 56($sp)
    sw      $t4, 60($sp)
    sw      $t5, 64($sp)
    sw      $t6, 68($sp)
    sw      $t7, 72($sp)
    sw      $t8, 76($sp)
    sw      $t9, 80($sp)
    sw      $ra, 84($sp)
    mfhi    $t0
    mflo    $t1
    mfc0    $t2, CP0_EPC
    mfc0    $t3, CP0_STATUS
    sw      $t0, 88($sp)
    sw      $t1, 92($sp)
    sw      $t2, 96($sp)
    sw      $t3, 100($sp)
    ins     $t3, $zero, 0, 5            /* IE, EXL, ERL, KSU */
    mtc0    $t3, CP0_STATUS
    ehb
    jal     board_irq
    nop
    lw      $t3, 100($sp)               /* with EXL: from here on nothing may interrupt */
    lw      $t2, 96($sp)
    lw      $t1, 92($sp)
    lw      $t0, 88($sp)
    mtc0    $t3, CP0_STATUS
    ehb
    mtc0    $t2, CP0_EPC
    mtlo    $t1
    mthi    $t0
    lw      $ra, 84($sp)
    lw      $t9, 80($sp)
    lw      $t8, 76($sp)
    lw      $t7, 72($sp)
    lw      $t6, 68($sp)
    lw      $t5, 64($sp)
    lw      $t4, 60($sp)
    lw      $t3, 56($sp)
    lw      $t2, 52($sp)
    lw      $t1, 48($sp)
    lw      $t0, 44($sp)
    lw      $a3, 40($sp)
    lw      $a2, 36($sp)
    lw      $a1, 32($sp)
    lw      $a0, 28($sp)
    lw      $v1, 24($sp)
    lw      $v0, 20($sp)
    lw      $at, 16($sp)
    addiu   $sp, $sp, FRAME
    ehb                                 /* EPC, before eret takes it */
    eret
    .set    at
    .set    reorder

/*
 * A core out of reset has garbage in its caches; a VPE shares the caches that the other VPE is working with.
 * KSEG0 is uncached for both. CPU 0 may hold clean, old lines of this stack, so nothing may be pushed before
 * KSEG0 is cached and popped afterwards: hence no C function around all of this.
 */
    .section .text.reset, "ax"
    .align  12
    .global board_secondary_reset
board_secondary_reset:
    set_up_cpu
    move    $a0, $zero
    jal     dmacoh_boot_cache_inval
    b       3f

    .global board_secondary_vpe
board_secondary_vpe:
    set_up_cpu
3:  jal     board_cca
    move    $a0, $v0
    jal     board_set_kseg0
    jal     board_boot_secondary
4:  b       4b

    .text
/* The type of KSEG0 must not change under the code that changes it: it runs in KSEG1. */
    .global board_set_kseg0
board_set_kseg0:                        /* a0: cacheability */
    la      $t0, 5f
    li      $t1, KSEG1 - KSEG0
    or      $t0, $t0, $t1
    jr      $t0
5:  mfc0    $t0, CP0_CONFIG
    ins     $t0, $a0, 0, 3
    mtc0    $t0, CP0_CONFIG
    jr.hb   $ra

    .global board_uhi_exit
board_uhi_exit:                         /* a0: code */
    li      $t9, 1
    sdbbp   1
    jr      $ra

    .bss
    .align  3
stacks:
    .space  BOARD_CPUS << STACK_LOG
fatal_stacks:
    .space  BOARD_CPUS << FATAL_LOG

    .section .note.GNU-stack, "", %progbits
