/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/*
 * Reset entry of both CPUs, exception vectors, and the three calls that leave the machine
 * (semihosting, PSCI). Entered in SVC mode with MMU and caches off and interrupts masked.
 */
    .syntax unified
    .arch   armv7-a
    .arch_extension virt
    .arm

    .set MODE_IRQ, 0x12
    .set MODE_SVC, 0x13
    .set MODE_ABT, 0x17
    .set MODE_UND, 0x1b

/* Banked stack pointers of this CPU. Exceptions only report and stop: abort and undefined share. */
    .macro  set_stacks irq_top, abt_top, svc_top
    cps     #MODE_IRQ
    ldr     sp, =\irq_top
    cps     #MODE_ABT
    ldr     sp, =\abt_top
    cps     #MODE_UND
    ldr     sp, =\abt_top
    cps     #MODE_SVC
    ldr     sp, =\svc_top
    ldr     r0, =board_vectors
    mcr     p15, 0, r0, c12, c0, 0      /* VBAR */
    isb
    .endm

    .section .text.start, "ax"
    .global _start
_start:
    cpsid   if
    set_stacks irq0_top, abt0_top, svc0_top
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
    cpsid   if
    set_stacks irq1_top, abt1_top, svc1_top
    /*
     * From here and not from C: CPU 0 may hold clean, old lines of this stack, so nothing may be
     * pushed with the caches off and popped with them on. mmu_enable needs no stack.
     */
    bl      mmu_enable
    bl      board_boot_cpu1
3:  b       3b

    .text
    .align  5
    .global board_vectors
board_vectors:
    b       .                           /* reset: never taken through VBAR */
    b       vec_undefined
    b       vec_svc
    b       vec_prefetch_abort
    b       vec_data_abort
    b       .                           /* hypervisor trap: not in this mode */
    b       vec_irq
    b       .                           /* FIQ: masked for ever */

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

    .global board_psci
board_psci:                             /* r0..r3: function and arguments */
    hvc     #0
    bx      lr

    .bss
    .align  3
    .space  16384
svc0_top:
    .space  16384
svc1_top:
    .space  8192
irq0_top:
    .space  8192
irq1_top:
    .space  2048
abt0_top:
    .space  2048
abt1_top:

    .section .note.GNU-stack, "", %progbits
