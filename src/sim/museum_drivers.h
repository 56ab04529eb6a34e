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
#define MUSEUM_LONG      96u                  /* from there to the end of the next line */

/* museum_loops.c: every line that a range touches, as it should be done */
void museum_clean(uint32_t va, uint32_t len);
void museum_inval(uint32_t va, uint32_t len);
void museum_clean_inval(uint32_t va, uint32_t len);
/* What was asked of the outer cache is done. */
void museum_outer_done(void);
/* The page's translation: taken away from all CPUs; given. */
void museum_page_break(void);
void museum_page_make(enum sim_memtype type);
/* One CPU gives the buffer, or a page, to the other, with all that it wrote before. */
void museum_pass_on(void);
void museum_take_over(void);

/* museum_raw_moment.c: operations that are missing, or come at the wrong moment */
void museum_raw_inval_before(void *arg);
void museum_raw_dirty_before(void *arg);
void museum_raw_l1_before_l2(void *arg);
void museum_raw_index_two_cpus(void *arg);
void museum_raw_inval_without_dma(void *arg);
/* The second CPU of a send, here and through the library: it fills the buffer. */
void museum_other_fills(void *arg);

/* museum_raw_lines.c: the wrong lines */
void museum_raw_not_padded(void *arg);
void museum_raw_edge_dropped(void *arg);
void museum_raw_edge_two_steps(void *arg);
void museum_raw_unaligned_start(void *arg);
void museum_raw_loop_too_far(void *arg);
void museum_raw_misaligned_skip(void *arg);
/* An interrupt that writes the bytes in front of the buffer, here and through the library. */
void museum_interrupt_writes(void *arg);

/* museum_raw_memory.c: order of accesses, page attributes, bounce slots */
void museum_raw_own_after_doorbell(void *arg);
void museum_raw_no_status_read(void *arg);
void museum_raw_remap_too_late(void *arg);
void museum_raw_freed_too_early(void *arg);
void museum_raw_freed_other(void *arg);
void museum_raw_bounce_garbage(void *arg);

/* museum_devices.c: the same for both drivers */
void museum_device_writes(void *arg);
void museum_device_writes_second_line(void *arg);
void museum_device_reads(void *arg);
void museum_device_reads_first(void *arg);
void museum_device_fetches(void *arg);
void museum_device_fifo(void *arg);

/* museum_twin.c, museum_twin_shared.c: through the library */
void museum_twin_receive(void *arg);
void museum_twin_receive_dirty(void *arg);
void museum_twin_receive_hook(void *arg);
void museum_twin_receive_coherent(void *arg);
void museum_twin_descriptor(void *arg);
void museum_twin_send(void *arg);
void museum_twin_no_dma(void *arg);
void museum_twin_receive_short(void *arg);
void museum_twin_receive_edge(void *arg);
void museum_twin_receive_headroom(void *arg);
void museum_twin_receive_beside(void *arg);
void museum_twin_receive_unaligned(void *arg);
void museum_twin_receive_rest(void *arg);
void museum_twin_send_for_other(void *arg);
void museum_twin_free(void *arg);
void museum_twin_alloc_again(void *arg);

#endif
