/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file museum_drivers.h
 * @brief The programs that the exhibits name.
 */
#ifndef DMACOH_SIM_MUSEUM_DRIVERS_H
#define DMACOH_SIM_MUSEUM_DRIVERS_H

#include "museum_place.h"

#define MUSEUM_SHORT     48u                  /* a buffer that ends inside a line */
#define MUSEUM_UNALIGNED (MUSEUM_BUF + 0x20u) /* a buffer that begins inside a line */

/* museum_raw.c */
void museum_raw_inval_before(void *arg);
void museum_raw_dirty_before(void *arg);
void museum_raw_not_padded(void *arg);
void museum_raw_own_after_doorbell(void *arg);
void museum_raw_no_status_read(void *arg);
void museum_raw_unaligned_start(void *arg);
void museum_raw_inval_without_dma(void *arg);

void museum_device_writes(void *arg);
void museum_device_reads(void *arg);
void museum_device_fetches(void *arg);
void museum_device_fifo(void *arg);

/* museum_twin.c */
void museum_twin_receive(void *arg);
void museum_twin_receive_dirty(void *arg);
void museum_twin_receive_short(void *arg);
void museum_twin_descriptor(void *arg);
void museum_twin_receive_hook(void *arg);
void museum_twin_send(void *arg);
void museum_twin_no_dma(void *arg);

#endif
