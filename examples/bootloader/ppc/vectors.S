/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/*
 * Exceptions of Book E PowerPC. A handler is C code on the stack of what it interrupts; the linear
 * map is never replaced, so that neither the stack nor this code can miss.
 */
    .set FRAME, 112
    .set AT_R0, 8
    .set AT_R3, 12                      /* r3 to r12, a word each */
    .set AT_LR, 52
    .set AT_CTR, 56
    .set AT_XER, 60
    .set AT_CR, 64
    .set AT_RETURN, 68                  /* struct exception_frame: SRR0, SRR1 */
    .set AT_DUMMY, 80

    .section .text.vectors, "ax"
    .balign 1024                        /* all of them in the 64 KiB of IVPR */
    .global board_vectors
board_vectors:
    .irp    number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    .balign 32
    stwu    %r1, -FRAME(%r1)
    stw     %r0, AT_R0(%r1)
    li      %r0, \number
    b       save_and_call
    .endr

save_and_call:
    .irp    n, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
    stw     %r\n, AT_R3 + 4 * (\n - 3)(%r1)
    .endr
    mflr    %r3
    stw     %r3, AT_LR(%r1)
    mfctr   %r3
    stw     %r3, AT_CTR(%r1)
    mfxer   %r3
    stw     %r3, AT_XER(%r1)
    mfcr    %r3
    stw     %r3, AT_CR(%r1)
    mfsrr0  %r3
    stw     %r3, AT_RETURN(%r1)
    mfsrr1  %r3
    stw     %r3, AT_RETURN + 4(%r1)
    mr      %r3, %r0
    addi    %r4, %r1, AT_RETURN
    bl      board_exception
    /* The interrupted code may hold a reservation that the handler's locks have used again. */
    li      %r3, AT_DUMMY
    stwcx.  %r3, %r1, %r3
    lwz     %r3, AT_RETURN + 4(%r1)
    mtsrr1  %r3
    lwz     %r3, AT_RETURN(%r1)
    mtsrr0  %r3
    lwz     %r3, AT_CR(%r1)
    mtcr    %r3
    lwz     %r3, AT_XER(%r1)
    mtxer   %r3
    lwz     %r3, AT_CTR(%r1)
    mtctr   %r3
    lwz     %r3, AT_LR(%r1)
    mtlr    %r3
    .irp    n, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
    lwz     %r\n, AT_R3 + 4 * (\n - 3)(%r1)
    .endr
    lwz     %r0, AT_R0(%r1)
    addi    %r1, %r1, FRAME
    rfi

/* IVPR and IVOR0 to 15. Uses r9 and r10 only. */
    .global board_set_vectors
board_set_vectors:
    lis     %r9, board_vectors@h
    mtspr   63, %r9
    lis     %r10, board_vectors@h
    ori     %r10, %r10, board_vectors@l
    .set    number, 0
    .rept   16
    addi    %r9, %r10, number * 32
    mtspr   400 + number, %r9           /* the low 16 bits of it */
    .set    number, number + 1
    .endr
    blr

    .section .note.GNU-stack, "", @progbits
