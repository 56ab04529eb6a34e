/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file e500.h  Calls between the files of this board. */
#ifndef BOARD_E500_H
#define BOARD_E500_H

#include <stdint.h>

/** Takes the view of highmem out of this CPU's TLB1 (tlb.c). */
void mmu_drop_view(void);

/** Has the other CPUs that have been started do it, and waits (mpic.c). */
void mpic_drop_views(void);

/** Routes a source of the MPIC to CPU 0 and its handler. */
void mpic_enable(uint32_t source, void (*handler)(void));

#endif
