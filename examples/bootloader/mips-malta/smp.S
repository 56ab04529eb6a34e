/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/*
 * Start of a second VPE (MT ASE): thread context 1 is bound to VPE 1, gets an address to start at, and is
 * let run. All of it from VPE 0, which is master, with the other VPE stopped. The VPE's own registers are
 * its own affair.
 */
    .set    reorder
    .set    mt

#define CP0_MVPCONTROL $0, 1
#define CP0_VPECONTROL $1, 1

    .set    MVPCONTROL_VPC, 0x2         /* the configuration of VPEs may be written */
    .set    VPECONF0_RUN, 0x3           /* master, and active */
    .set    TCSTATUS_ACTIVE, 0x2000
    .set    TCBIND_VPE, 0xf

    .text
    .global board_start_vpe
board_start_vpe:                        /* a0: entry */
    dvpe
    ehb
    mfc0    $t0, CP0_MVPCONTROL
    ori     $t0, $t0, MVPCONTROL_VPC
    mtc0    $t0, CP0_MVPCONTROL
    mfc0    $t0, CP0_VPECONTROL
    ins     $t0, $zero, 0, 8
    ori     $t0, $t0, 1                 /* the moves below go to thread context 1 */
    mtc0    $t0, CP0_VPECONTROL
    ehb
    li      $t0, 1
    mttc0   $t0, $2, 4                  /* TCHalt */
    ehb
    mttc0   $zero, $2, 1                /* TCStatus: not active while it is changed */
    mftc0   $t0, $2, 2                  /* TCBind */
    li      $t1, ~TCBIND_VPE
    and     $t0, $t0, $t1
    ori     $t0, $t0, 1
    mttc0   $t0, $2, 2
    ehb
    mttc0   $a0, $2, 3                  /* TCRestart */
    li      $t0, TCSTATUS_ACTIVE
    mttc0   $t0, $2, 1
    mftc0   $t0, $1, 2                  /* VPEConf0 */
    ori     $t0, $t0, VPECONF0_RUN
    mttc0   $t0, $1, 2
    mttc0   $zero, $2, 4                /* TCHalt: runs, once the VPEs do */
    mfc0    $t0, CP0_MVPCONTROL
    ins     $t0, $zero, 1, 1
    mtc0    $t0, CP0_MVPCONTROL
    ehb
    evpe
    ehb
    jr      $ra

    .section .note.GNU-stack, "", %progbits
