/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/*
 * ARMv7-A, and ARMv6 with several CPUs: entry of the boot CPU and of the others, exception vectors,
 * the semihosting call. Entered in SVC mode with MMU and caches off and interrupts masked.
 */
    .syntax unified
    .arm

    .set MODE_IRQ, 0x12
    .set MODE_SVC, 0x13
    .set MODE_ABT, 0x17
    .set MODE_UND, 0x1b

    .set CPUS, 4
    .set SVC_LOG, 14                    /* bytes of a CPU's stacks, as powers of two */
    .set IRQ_LOG, 13
    .set ABT_LOG, 11

/*
 * A banked stack pointer; r0: number of this CPU plus 1, as its stack ends where the next begins.
 */
    .macro  set_stack mode, base, log
    cps     #\mode
    ldr     sp, =\base
    add     sp, sp, r0, lsl #\log
    .endm

/* Exceptions only report and stop: abort and undefined instruction share a stack. */
    .macro  set_up_cpu
    cpsid   if
    mrc     p15, 0, r0, c0, c0, 5       /* MPIDR */
    and     r0, r0, #CPUS - 1
    add     r0, r0, #1
    set_stack MODE_IRQ, irq_stacks, IRQ_LOG
    set_stack MODE_ABT, abt_stacks, ABT_LOG
    set_stack MODE_UND, abt_stacks, ABT_LOG
    set_stack MODE_SVC, svc_stacks, SVC_LOG
#if __ARM_ARCH >= 7                     /* before, the vectors are at address 0 */
    ldr     r0, =board_vectors
    mcr     p15, 0, r0, c12, c0, 0      /* VBAR */
    isb
#endif
    .endm

    .section .text.start, "ax"
    .global _start
_start:
    set_up_cpu
    ldr     r0, =__bss_start
    ldr     r1, =__bss_end
    mov     r2, #0
1:  cmp     r0, r1
    strlo   r2, [r0], #4
    blo     1b
    bl      board_boot_cpu0
2:  b       2b

    .global board_secondary_start
board_secondary_start:
    set_up_cpu
    /*
     * From here and not from C: CPU 0 may hold clean, old lines of this stack, so nothing may be
     * pushed with the caches off and popped with them on. mmu_enable needs no stack.
     */
    bl      mmu_enable
    bl      board_boot_secondary
3:  b       3b

    .section .text.vectors, "ax"
    .align  5
    .global board_vectors
board_vectors:
    b       .                           /* reset: the image has its entry */
    b       vec_undefined
    b       vec_svc
    b       vec_prefetch_abort
    b       vec_data_abort
    b       .                           /* hypervisor trap: not in this mode */
    b       vec_irq
    b       .                           /* FIQ: masked for ever */

    .text
vec_undefined:
    mov     r0, #1
    mov     r1, lr
    b       board_fatal_exception
vec_svc:
    mov     r0, #2
    mov     r1, lr
    b       board_fatal_exception
vec_prefetch_abort:
    mov     r0, #3
    sub     r1, lr, #4
    b       board_fatal_exception
vec_data_abort:
    mov     r0, #4
    sub     r1, lr, #8
    b       board_fatal_exception

/*
 * Runs in IRQ mode on the IRQ stack. Six words keep the 8-byte alignment that C code expects.
 * clrex: the interrupted code may hold an exclusive reservation that the handler's locks reuse.
 */
vec_irq:
    sub     lr, lr, #4
    push    {r0-r3, r12, lr}
    clrex
    bl      board_irq
    ldm     sp!, {r0-r3, r12, pc}^

    .global board_semihost
board_semihost:                         /* r0: operation, r1: parameter block */
    svc     #0x123456
    bx      lr

    .bss
    .align  3
svc_stacks:
    .space  CPUS << SVC_LOG
irq_stacks:
    .space  CPUS << IRQ_LOG
abt_stacks:
    .space  CPUS << ABT_LOG

    .section .note.GNU-stack, "", %progbits
