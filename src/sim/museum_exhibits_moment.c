/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Exhibits: operations that are missing, or come at the wrong moment. */
#include "museum_drivers.h"

#define LINE_AT(pa)                                                                                \
    {                                                                                              \
        (pa), MUSEUM_LINE                                                                          \
    }

const struct exhibit museum_inval_before = {
    .name = "inval-before",
    .title = "receive: invalidated before the DMA only",
    .source = "apache/nuttx PR #19506",
    .more = "apache/nuttx #11594, openmv/openmv PR #1610",
    .wrote =
        {
            "the buffer holds the sector that was read before; some of it is in the cache",
            "invalidate the buffer, DSB",
            "start the device: it writes a new sector to memory",
            "wait for its interrupt, read its status register",
            "read the buffer",
        },
    .hardware = "A core fetches lines ahead of the program, from any cacheable address. A "
                "line of the buffer that comes back between the invalidation and the device's "
                "write holds old data, and nothing removes it afterwards.",
    .cure = "an invalidation of the line after the device's last write, before the first read",
    .library =
        {
            "dmacoh_map_single(FROM_DEVICE): no line of the buffer is dirty",
            "dmacoh_desc_publish(), start the device",
            "wait for its interrupt, read its status register, dmacoh_rmb()",
            "dmacoh_unmap(): what was fetched meanwhile is invalidated",
            "read the buffer",
        },
    .model = "cortex-m7",
    .raw = museum_raw_inval_before,
    .raw_device = museum_device_writes,
    .twin = museum_twin_receive,
    .twin_device = museum_device_writes,
    .buffer = LINE_AT(MUSEUM_BUF),
};

const struct exhibit museum_dirty_before = {
    .name = "dirty-before",
    .title = "receive: dirty line written back over the data",
    .source = "atmelcorp/atmel-software-package #123",
    .more = "au-ts/sddf PR #774, apache/nuttx PR #5062",
    .wrote =
        {
            "somebody wrote into the buffer: its line is dirty in the cache",
            "start the device without any maintenance: it writes the buffer",
            "wait for its interrupt, read its status register",
            "invalidate the buffer, DSB",
            "read the buffer",
        },
    .hardware = "A cache may write a dirty line back whenever it needs the room. If that "
                "happens after the device's write and before the invalidation, old bytes "
                "replace the new ones in memory, and the invalidation comes too late.",
    .cure = "a clean or an invalidation of the line, with a DSB, before the device is started",
    .library =
        {
            "dmacoh_map_single(FROM_DEVICE): the dirty line is cleaned beforehand",
            "dmacoh_desc_publish(), start the device",
            "wait for its interrupt, read its status register, dmacoh_rmb()",
            "dmacoh_unmap()",
            "read the buffer",
        },
    .model = "cortex-a7",
    .raw = museum_raw_dirty_before,
    .raw_device = museum_device_writes,
    .twin = museum_twin_receive_dirty,
    .twin_device = museum_device_writes,
    .buffer = LINE_AT(MUSEUM_BUF),
    .discards = true,
};

const struct exhibit museum_l1_before_l2 = {
    .name = "l1-before-l2",
    .title = "receive: L1 invalidated before the outer cache",
    .source = "atmelcorp/atmel-software-package #122",
    .more = "apache/nuttx PR #9047",
    .wrote =
        {
            "invalidate the buffer in both caches, DSB",
            "start the device: it writes the buffer",
            "wait for its interrupt, read its status register",
            "invalidate the L1, DSB",
            "then invalidate the outer cache, DSB",
            "read the buffer",
        },
    .hardware = "A core fetches lines ahead of the program, through both caches. Old data "
                "that the outer cache fetched during the transfer goes back into the L1 "
                "between the two invalidations, and nothing removes it from there "
                "afterwards.",
    .cure = "invalidating the outer cache first, the L1 after it, with a DSB in between",
    .library =
        {
            "dmacoh_map_single(FROM_DEVICE): no line of the buffer is dirty",
            "dmacoh_desc_publish(), start the device",
            "wait for its interrupt, read its status register, dmacoh_rmb()",
            "dmacoh_unmap(): outer cache, then L1, in the order of the CPU's row of data",
            "read the buffer",
        },
    .model = "cortex-a9-pl310",
    .raw = museum_raw_l1_before_l2,
    .raw_device = museum_device_writes,
    .twin = museum_twin_receive,
    .twin_device = museum_device_writes,
    .buffer = LINE_AT(MUSEUM_BUF),
};

const struct exhibit museum_index_two_cpus = {
    .name = "index-two-cpus",
    .title = "send: cleaned by index, on one of two CPUs",
    .source = "gnubee-git/GnuBee_Docs #78",
    .wrote =
        {
            "CPU 1 writes the buffer and queues it",
            "CPU 0 takes it from the queue",
            "CPU 0 cleans the lines of the buffer by their index in its cache",
            "start the device: it reads the buffer",
        },
    .hardware = "Operations by address go to all caches of a coherent system, operations "
                "by index only to the cache of the core that executes them. The buffer is "
                "dirty in the other core's cache; memory holds what was there before, for "
                "any time.",
    .cure = "operations by address, which reach every CPU's cache",
    .library =
        {
            "CPU 1 writes the buffer and queues it",
            "CPU 0: dmacoh_map_single(TO_DEVICE): by address, in all caches",
            "dmacoh_desc_publish(), start the device: it reads the buffer",
            "wait for its interrupt, dmacoh_unmap()",
        },
    .model = "cortex-a7",
    .raw = museum_raw_index_two_cpus,
    .raw_other = museum_other_fills,
    .raw_device = museum_device_reads_first,
    .twin = museum_twin_send_for_other,
    .twin_other = museum_other_fills,
    .twin_device = museum_device_reads_first,
    .buffer = LINE_AT(MUSEUM_BUF),
    .by_index = true,
};

const struct exhibit museum_inval_no_dma = {
    .name = "inval-no-dma",
    .title = "no DMA: invalidated on completion all the same",
    .source = "nxp-mcuxpresso/mcuxsdk-core #20",
    .more = "nxp-mcuxpresso/mcuxsdk-core PR #25",
    .wrote =
        {
            "the transfer is too small for DMA: the core copies it from the device's FIFO",
            "a local variable of the caller lies in the same line",
            "the completion handler invalidates the buffer, as it does after a DMA",
            "read the buffer, and the variable",
        },
    .hardware = "Nobody cleaned the line, because no DMA was prepared: all that was written "
                "to it since it was fetched is in the cache only. The invalidation throws it "
                "away: the received data and the caller's variable.",
    .cure = "leaving the line alone: there was nothing to take back from a device",
    .library =
        {
            "the transfer is too small for DMA: the core copies it from the device's FIFO",
            "the completion handler calls dmacoh_unmap(), as it does after a DMA",
            "the handle is not live: DMACOH_E_STALE, and nothing happens to the line",
            "read the buffer, and the variable",
        },
    .model = "cortex-m7",
    .raw = museum_raw_inval_without_dma,
    .raw_device = museum_device_fifo,
    .twin = museum_twin_no_dma,
    .twin_device = museum_device_fifo,
    .buffer = {MUSEUM_BUF, MUSEUM_SHORT},
    .neighbour = {MUSEUM_BUF + MUSEUM_SHORT, MUSEUM_LINE - MUSEUM_SHORT},
};
