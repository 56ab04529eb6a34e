/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Exhibits: order of accesses, attributes of a page, contents of a bounce slot. */
#include "museum_drivers.h"

#define LINE_AT(pa)                                                                                \
    {                                                                                              \
        (pa), MUSEUM_LINE                                                                          \
    }

const struct exhibit museum_own_doorbell = {
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
    .model = "cortex-m7",
    .raw = museum_raw_own_after_doorbell,
    .raw_device = museum_device_fetches,
    .twin = museum_twin_descriptor,
    .twin_device = museum_device_fetches,
};

const struct exhibit museum_posted_write = {
    .name = "posted-write",
    .title = "receive: interrupt overtakes the data",
    .source = "alexforencich/verilog-axi #80",
    .more = "PCI Local Bus Specification, section 3.2.5",
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
    .model = "cortex-a7",
    .raw = museum_raw_no_status_read,
    .raw_device = museum_device_writes,
    .twin = museum_twin_receive_hook,
    .twin_device = museum_device_writes,
    .buffer = LINE_AT(MUSEUM_BUF),
    .flush_hook = true,
};

const struct exhibit museum_remap_too_late = {
    .name = "remap-too-late",
    .title = "coherent memory: cleaned before it is remapped",
    .source = "torvalds/linux v6.1 arch/arm/mm/dma-mapping.c",
    .more = "OpenDevicePartnership/patina PR #1540, tianocore/edk2 PR #12509",
    .wrote =
        {
            "take a page from the allocator",
            "clean and invalidate it, DSB",
            "change its mapping from cached to uncached, with all that belongs to it",
            "start the device: it writes the page",
            "wait for its interrupt, read its status register",
            "make it an ordinary page again: cached mapping",
            "read what the device wrote",
        },
    .hardware = "While a cached mapping exists, a core may fetch lines of the page: also "
                "after the operation and before the mapping changes. Such a line is not "
                "seen through the uncached mapping, and stays. When the page is mapped "
                "cached again, it is there. (The changes of the mapping are shown as they "
                "should be: one mistake at a time.)",
    .cure = "an invalidation after the old mapping has gone from all TLBs",
    .library =
        {
            "dmacoh_alloc(): memory that was taken from the cached world once, at the start",
            "dmacoh_desc_publish(), start the device",
            "wait for its interrupt, read its status register, dmacoh_rmb()",
            "read what the device wrote",
            "dmacoh_free(): to the pool; no mapping changes",
        },
    .model = "cortex-a7",
    .raw = museum_raw_remap_too_late,
    .raw_device = museum_device_writes,
    .twin = museum_twin_receive_coherent,
    .twin_device = museum_device_writes,
    .page = MUSEUM_PAGE_CACHED,
};

const struct exhibit museum_freed_too_early = {
    .name = "freed-too-early",
    .title = "uncached page freed before it is cached again",
    .source = "rcore-os/tgoskits #1780",
    .wrote =
        {
            "CPU 0 frees a page that is mapped uncached: it gives it to the allocator",
            "it changes the mapping from uncached to cached",
            "it tells its own TLB; no other CPU is told",
            "CPU 1 gets the page from the allocator, writes it and reads it",
        },
    .hardware = "A TLB keeps a translation until it is told to drop it. The other CPU "
                "uses the page through the old, uncached translation, or the new one, or "
                "first one and then the other: writes that go to memory, reads that come "
                "from a cache, locks that do not lock. (The order on its own CPU is as it should "
                "be here: one mistake at a time.)",
    .cure = "telling the TLBs of all CPUs before the new entry is made, and freeing the page "
            "last",
    .library =
        {
            "CPU 0: dmacoh_free(): the memory goes back to the pool, uncached as it always was",
            "CPU 1: dmacoh_alloc() gives it away again",
            "CPU 1 writes it and reads it",
        },
    .model = "cortex-a7",
    .raw = museum_raw_freed_too_early,
    .raw_other = museum_raw_freed_other,
    .twin = museum_twin_free,
    .twin_other = museum_twin_alloc_again,
    .page = MUSEUM_PAGE_UNCACHED,
};

const struct exhibit museum_bounce_garbage = {
    .name = "bounce-garbage",
    .title = "receive: old bytes of the bounce slot copied",
    .source = "u-boot/u-boot v2023.01 common/bouncebuf.c",
    .more = "LWN 889593",
    .wrote =
        {
            "the buffer is not fit for the device: take a slot of bounce memory",
            "start the device: it writes the slot, but less than it was asked for",
            "wait for its interrupt, read its status register",
            "copy the slot to the buffer, all of it",
            "read the buffer",
        },
    .hardware = "Nothing unusual: a short packet, a read error in the middle. The slot "
                "holds what the transfer before left in it, and the copy puts that over "
                "bytes of the buffer that the device never wrote: wrong data, and "
                "somebody else's.",
    .cure = "copying the buffer to the slot before the device is started",
    .library =
        {
            "dmacoh_map_single(FROM_DEVICE): bounced; the slot gets what the buffer holds",
            "dmacoh_desc_publish(), start the device",
            "wait for its interrupt, read its status register, dmacoh_rmb()",
            "dmacoh_unmap(): what the device did not write comes back as it was",
            "read the buffer",
        },
    .model = "cortex-a7",
    .raw = museum_raw_bounce_garbage,
    .raw_device = museum_device_writes,
    .twin = museum_twin_receive_rest,
    .twin_device = museum_device_writes,
    .buffer = LINE_AT(MUSEUM_BUF),
};
