/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The exhibits: what was shipped, where it was reported, and why it fails. */
#include <string.h>

#include "museum_drivers.h"

#define LINE_AT(pa)                                                                                \
    {                                                                                              \
        (pa), MUSEUM_LINE                                                                          \
    }

const struct exhibit museum[] = {
    {
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
        .raw = museum_raw_inval_before,
        .raw_device = museum_device_writes,
        .twin = museum_twin_receive,
        .twin_device = museum_device_writes,
        .buffer = LINE_AT(MUSEUM_BUF),
    },
    {
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
        .raw = museum_raw_dirty_before,
        .raw_device = museum_device_writes,
        .twin = museum_twin_receive_dirty,
        .twin_device = museum_device_writes,
        .buffer = LINE_AT(MUSEUM_BUF),
        .discards = true,
    },
    {
        .name = "not-padded",
        .title = "receive: buffer aligned but not padded to a line",
        .source = "zephyrproject-rtos/zephyr #29954",
        .more = "thesofproject/sof PR #9680, zephyrproject-rtos/zephyr PR #108716",
        .wrote =
            {
                "the buffer begins at a line, but is 48 bytes long; the heap owns the other 16",
                "clean and invalidate the buffer, DSB",
                "start the device: it writes the buffer",
                "meanwhile the heap writes its 16 bytes: the line is dirty again",
                "wait for the interrupt, read the status register",
                "invalidate the buffer, DSB",
                "read the buffer; the heap reads its bytes",
            },
        .hardware = "Operations work on whole lines. The invalidation that makes the device's "
                    "bytes visible drops the heap's write, which is nowhere else. A clean instead "
                    "would write old bytes over the device's data: while two owners share the "
                    "line, no choice is right.",
        .cure = "padding or a bounce: the line must not be shared, no operation helps",
        .library =
            {
                "dmacoh_map_single(FROM_DEVICE): the last line is shared: the device gets a slot",
                "dmacoh_desc_publish(), start the device",
                "meanwhile the heap writes its 16 bytes",
                "wait for its interrupt, read its status register, dmacoh_rmb()",
                "dmacoh_unmap(): the 48 bytes are copied, the 16 are not touched",
                "read the buffer; the heap reads its bytes",
            },
        .raw = museum_raw_not_padded,
        .raw_device = museum_device_writes,
        .twin = museum_twin_receive_short,
        .twin_device = museum_device_writes,
        .buffer = {MUSEUM_BUF, MUSEUM_SHORT},
        .neighbour = {MUSEUM_BUF + MUSEUM_SHORT, MUSEUM_LINE - MUSEUM_SHORT},
    },
    {
        .name = "own-doorbell",
        .title = "descriptor: OWN bit behind the doorbell",
        .source = "quartiq/stabilizer PR #49",
        .more = "rust-embedded/embedonomicon PR #60",
        .wrote =
            {
                "the descriptor lies in uncached memory: no cache operation is needed",
                "write the address word, DMB",
                "write the OWN word",
                "write the device's tail pointer; the device fetches the descriptor",
            },
        .hardware = "Stores to memory wait in the core; a store to a device register does not "
                    "wait for them. The device is told to look before the OWN word has reached "
                    "memory, finds a descriptor that it does not own, and stalls until the next "
                    "packet.",
        .cure = "a DSB between the OWN word and the register write",
        .library =
            {
                "dmacoh_alloc(): a descriptor in coherent memory",
                "write the address word",
                "dmacoh_wmb()",
                "write the OWN word",
                "dmacoh_desc_publish()",
                "write the device's tail pointer",
            },
        .raw = museum_raw_own_after_doorbell,
        .raw_device = museum_device_fetches,
        .twin = museum_twin_descriptor,
        .twin_device = museum_device_fetches,
    },
    {
        .name = "posted-write",
        .title = "receive: interrupt overtakes the data",
        .source = "PCI 3.2.5; alexforencich/verilog-axi #80",
        .wrote =
            {
                "clean and invalidate the buffer, DSB",
                "start the device: it writes the buffer",
                "wait for its interrupt; do not read any register of it",
                "invalidate the buffer, DSB",
                "read the buffer",
            },
        .hardware = "The device's writes travel through buffers of the bus; its interrupt is a "
                    "wire and is faster. All maintenance is done when the data is not in memory "
                    "yet. Only a read of a register of the device pushes its writes ahead of the "
                    "answer (or the interrupt is a message: MSI).",
        .cure = "a read of a register of the device, between its interrupt and the invalidation",
        .library =
            {
                "the device record names the register read: flush_posted",
                "dmacoh_map_single(FROM_DEVICE)",
                "dmacoh_desc_publish(), start the device",
                "wait for its interrupt",
                "dmacoh_unmap(): calls flush_posted first",
                "read the buffer",
            },
        .raw = museum_raw_no_status_read,
        .raw_device = museum_device_writes,
        .twin = museum_twin_receive_hook,
        .twin_device = museum_device_writes,
        .buffer = LINE_AT(MUSEUM_BUF),
        .flush_hook = true,
    },
    {
        .name = "unaligned-loop",
        .title = "send: loop one line short for an unaligned start",
        .source = "AdaCore/Ada_Drivers_Library PR #454",
        .more = "rsta2/circle PR #630",
        .wrote =
            {
                "write 64 bytes that begin in the middle of a line",
                "clean: from the first byte, in steps of a line, while below the end; DSB",
                "start the device: it reads the buffer",
            },
        .hardware = "64 bytes from the middle of a line lie in two lines, and the loop makes one "
                    "step. The second line stays dirty in the cache, for any time, and the device "
                    "reads what memory held before.",
        .cure = "a clean of the last line, before the device is started",
        .library =
            {
                "write 64 bytes that begin in the middle of a line",
                "dmacoh_map_single(TO_DEVICE): from the first line to the last",
                "dmacoh_desc_publish(), start the device: it reads the buffer",
                "wait for its interrupt, dmacoh_unmap()",
            },
        .raw = museum_raw_unaligned_start,
        .raw_device = museum_device_reads,
        .twin = museum_twin_send,
        .twin_device = museum_device_reads,
        .buffer = {MUSEUM_UNALIGNED, MUSEUM_LINE},
    },
    {
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
        .raw = museum_raw_inval_without_dma,
        .raw_device = museum_device_fifo,
        .twin = museum_twin_no_dma,
        .twin_device = museum_device_fifo,
        .buffer = {MUSEUM_BUF, MUSEUM_SHORT},
        .neighbour = {MUSEUM_BUF + MUSEUM_SHORT, MUSEUM_LINE - MUSEUM_SHORT},
    },
};
const size_t museum_count = sizeof museum / sizeof museum[0];

const struct exhibit *museum_find(const char *name)
{
    for (size_t i = 0; i < museum_count; i++) {
        if (strcmp(museum[i].name, name) == 0) {
            return &museum[i];
        }
    }
    return NULL;
}
