/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/*
 * ARMv5: entry in SVC mode with MMU and caches off, exception vectors, the semihosting call. The
 * vectors are where the CPU looks for them, at address 0, so the image begins with them.
 */
    .syntax unified
    .arm

    .set MODE_IRQ, 0xd2                 /* with both kinds of interrupts masked */
    .set MODE_SVC, 0xd3
    .set MODE_ABT, 0xd7
    .set MODE_UND, 0xdb

    .section .text.start, "ax"
    b       _start
    b       vec_undefined
    b       vec_svc
    b       vec_prefetch_abort
    b       vec_data_abort
    b       .
    b       vec_irq
    b       .                           /* FIQ: masked for ever */

    .global _start
_start:
    msr     cpsr_c, #MODE_IRQ
    ldr     sp, =irq_top
    msr     cpsr_c, #MODE_ABT
    ldr     sp, =abt_top
    msr     cpsr_c, #MODE_UND
    ldr     sp, =abt_top
    msr     cpsr_c, #MODE_SVC
    ldr     sp, =svc_top
    ldr     r0, =__bss_start
    ldr     r1, =__bss_end
    mov     r2, #0
1:  cmp     r0, r1
    strlo   r2, [r0], #4
    blo     1b
    bl      board_boot_cpu0
2:  b       2b

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
 * Runs in IRQ mode on the IRQ stack. Six words keep the 8-byte alignment that C code expects. ARMv6
 * has exclusive accesses, and an interrupted one must fail: a dummy store ends it, where clrex is
 * not known to all of them.
 */
vec_irq:
    sub     lr, lr, #4
    push    {r0-r3, r12, lr}
    bl      board_irq
#if __ARM_ARCH >= 6
    sub     sp, sp, #8
    mov     r0, sp
    strex   r1, r2, [r0]
    add     sp, sp, #8
#endif
    ldm     sp!, {r0-r3, r12, pc}^

    .global board_semihost
board_semihost:                         /* r0: operation, r1: parameter block */
    svc     #0x123456
    bx      lr

    .bss
    .align  3
    .space  16384
svc_top:
    .space  8192
irq_top:
    .space  2048
abt_top:

    .section .note.GNU-stack, "", %progbits
