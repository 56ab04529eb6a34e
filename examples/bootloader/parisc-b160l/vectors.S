/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/*
 * Interruptions. The CPU comes with translation off. Misses of the TLB are served at once; everything
 * else saves the state, turns translation on, so that C code may miss, and calls it on the stack of
 * what was interrupted.
 *
 * All of this is in one page, so that no miss can come in where none could be served.
 */
    .level  1.1

    .set    VECTOR_DATA_MISS, 15

    .set    FRAME, 192                  ; of the saved state, aligned to 64 bytes
    .set    AT_WHERE, 0                 ; struct interruption
    .set    AT_R1, 32
    .set    AT_R2, 36
    .set    AT_R9, 40
    .set    AT_R16, 44
    .set    AT_R17, 48
    .set    AT_R19, 52                  ; r19 to r26, a word each
    .set    AT_R28, 84
    .set    AT_R29, 88
    .set    AT_R30, 92
    .set    AT_R31, 96
    .set    AT_SAR, 100

    .macro  address symbol, reg
    ldil    L'\symbol, \reg
    ldo     R'\symbol(\reg), \reg
    .endm

    .macro  vector number
    .align  32
    mtctl   %r1, %cr31
    b       save_and_call
    ldi     \number, %r1
    .endm

    .macro  vector_to handler
    .align  32
    b       \handler
    mtctl   %r1, %cr31
    .endm

    .section .text.vectors, "ax"
    .align  4096
    .global board_vectors
board_vectors:
    .irp    number, 0, 1, 2, 3, 4, 5
    vector  \number
    .endr
    vector_to code_miss                 ; 6
    .irp    number, 7, 8, 9, 10, 11, 12, 13, 14
    vector  \number
    .endr
    vector_to data_miss                 ; 15
    vector_to code_miss                 ; 16: of a cache operation on code
    vector_to data_miss                 ; 17: of a cache operation on data
    .irp    number, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
    vector  \number
    .endr
    .align  32

/*
 * Virtual addresses are physical ones, so the table has only the protection of each MiB. r1, r8 and r9
 * have shadows, from which rfir brings them back.
 */
data_miss:
    mtctl   %r8, %cr29
    mtctl   %r9, %cr28
    mfctl   %cr21, %r8                  ; the address that missed
    address board_protection, %r1
    extru   %r8, 11, 12, %r9            ; its MiB
    ldwx,s  %r9(%r1), %r9
    comib,=,n 0, %r9, data_fault
    extru   %r8, 19, 20, %r1            ; its page
    zdep    %r1, 26, 20, %r1
    idtlba  %r1, (%sr1, %r8)
    idtlbp  %r9, (%sr1, %r8)
    rfir
    nop
data_fault:                             ; no shadow comes back here
    mfctl   %cr29, %r8
    mfctl   %cr28, %r9
    b       save_and_call
    ldi     VECTOR_DATA_MISS, %r1

code_miss:
    mfctl   %cr18, %r8
    address board_protection, %r1
    extru   %r8, 11, 12, %r9
    ldwx,s  %r9(%r1), %r9
    extru   %r8, 19, 20, %r1
    zdep    %r1, 26, 20, %r1
    iitlba  %r1, (%sr1, %r8)
    iitlbp  %r9, (%sr1, %r8)            ; of an unmapped MiB: no rights, which is fatal
    rfir
    nop

save_and_call:                          ; r1: the vector; the old r1 is in cr31
    mtctl   %r9, %cr30
    ldo     FRAME - 1(%r30), %r9
    depi    0, 31, 6, %r9
    stw     %r2, AT_R2(%r9)
    stw     %r16, AT_R16(%r9)
    stw     %r17, AT_R17(%r9)
    .irp    n, 19, 20, 21, 22, 23, 24, 25, 26
    stw     %r\n, AT_R19 + 4 * (\n - 19)(%r9)
    .endr
    stw     %r28, AT_R28(%r9)
    stw     %r29, AT_R29(%r9)
    stw     %r30, AT_R30(%r9)
    stw     %r31, AT_R31(%r9)
    mfctl   %cr31, %r16
    stw     %r16, AT_R1(%r9)
    mfctl   %cr30, %r16
    stw     %r16, AT_R9(%r9)
    mfctl   %cr11, %r16
    stw     %r16, AT_SAR(%r9)
    mfctl   %cr17, %r16                 ; each write of a queue shows its next entry
    stw     %r16, AT_WHERE(%r9)
    mtctl   %r0, %cr17
    mfctl   %cr17, %r16
    stw     %r16, AT_WHERE + 4(%r9)
    mtctl   %r0, %cr17
    mfctl   %cr18, %r16
    stw     %r16, AT_WHERE + 8(%r9)
    address call_translated, %r17
    mtctl   %r17, %cr18
    mfctl   %cr18, %r16
    stw     %r16, AT_WHERE + 12(%r9)
    ldo     4(%r17), %r17
    mtctl   %r17, %cr18
    mfctl   %cr22, %r16
    stw     %r16, AT_WHERE + 16(%r9)
    mfctl   %cr19, %r16
    stw     %r16, AT_WHERE + 20(%r9)
    mfctl   %cr20, %r16
    stw     %r16, AT_WHERE + 24(%r9)
    mfctl   %cr21, %r16
    stw     %r16, AT_WHERE + 28(%r9)
    ldil    L'0x40000, %r16
    ldo     10(%r16), %r16              ; C, D and Q
    mtctl   %r16, %cr22
    copy    %r1, %r26
    rfi
    nop

call_translated:
    copy    %r9, %r25
    ldo     FRAME(%r9), %r30
    b,l     board_interruption, %r2
    nop
    ldo     -FRAME(%r30), %r9
    rsm     9, %r0                      ; Q and I: nothing may interrupt from here on
    mtctl   %r0, %cr17
    mtctl   %r0, %cr17
    address restore, %r1
    mtctl   %r1, %cr18
    ldo     4(%r1), %r1
    mtctl   %r1, %cr18
    mtctl   %r0, %cr22
    rfi
    nop

restore:                                ; translation is off again
    ldw     AT_SAR(%r9), %r16
    mtctl   %r16, %cr11
    ldw     AT_WHERE(%r9), %r16
    mtctl   %r16, %cr17
    ldw     AT_WHERE + 4(%r9), %r16
    mtctl   %r16, %cr17
    ldw     AT_WHERE + 8(%r9), %r16
    mtctl   %r16, %cr18
    ldw     AT_WHERE + 12(%r9), %r16
    mtctl   %r16, %cr18
    ldw     AT_WHERE + 16(%r9), %r16
    mtctl   %r16, %cr22
    ldw     AT_R1(%r9), %r1
    ldw     AT_R2(%r9), %r2
    ldw     AT_R16(%r9), %r16
    ldw     AT_R17(%r9), %r17
    .irp    n, 19, 20, 21, 22, 23, 24, 25, 26
    ldw     AT_R19 + 4 * (\n - 19)(%r9), %r\n
    .endr
    ldw     AT_R28(%r9), %r28
    ldw     AT_R29(%r9), %r29
    ldw     AT_R30(%r9), %r30
    ldw     AT_R31(%r9), %r31
    ldw     AT_R9(%r9), %r9
    rfi
    nop

    .section .note.GNU-stack, "", @progbits
