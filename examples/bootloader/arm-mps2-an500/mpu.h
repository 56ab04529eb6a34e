/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file mpu.h  Memory types of this board. */
#ifndef BOARD_MPU_H
#define BOARD_MPU_H

/** Programs the regions and turns them on; then the caches. Once, before the library is used. */
void mpu_and_caches_enable(void);

#endif
