/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Exhibits: the wrong lines: shared ones, one too few, one too many. */
#include "museum_drivers.h"

#define LINE_AT(pa)                                                                                \
    {                                                                                              \
        (pa), MUSEUM_LINE                                                                          \
    }

const struct exhibit museum_not_padded = {
    .name = "not-padded",
    .title = "receive: buffer not padded to a whole line",
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
    .model = "cortex-m7",
    .raw = museum_raw_not_padded,
    .raw_device = museum_device_writes,
    .twin = museum_twin_receive_short,
    .twin_device = museum_device_writes,
    .buffer = {MUSEUM_BUF, MUSEUM_SHORT},
    .neighbour = {MUSEUM_BUF + MUSEUM_SHORT, MUSEUM_LINE - MUSEUM_SHORT},
};

const struct exhibit museum_edge_dropped = {
    .name = "edge-dropped",
    .title = "receive: a neighbour's line invalidated",
    .source = "zephyrproject-rtos/zephyr PR #42546",
    .more = "thesofproject/sof PR #9680, STMicroelectronics/STM32CubeF7 #95",
    .wrote =
        {
            "somebody wrote the 16 bytes behind the buffer, which lie in its last line",
            "invalidate every line that the buffer touches, DSB",
            "start the device: it writes the buffer",
            "wait for its interrupt, read its status register",
            "invalidate again, read the buffer; the neighbour reads its bytes",
        },
    .hardware = "Operations work on whole lines. The neighbour's write is in the cache "
                "and nowhere else, and the invalidation drops the line with it: a heap "
                "header, a stack variable, a list node is what it was some time ago.",
    .cure = "cleaning the shared line before it is invalidated, in one operation; "
            "that helps while nobody writes it during the transfer",
    .library =
        {
            "somebody wrote the 16 bytes behind the buffer",
            "dmacoh_map_single(FROM_DEVICE): the last line is shared: the device gets a slot",
            "dmacoh_desc_publish(), start the device",
            "wait for its interrupt, read its status register, dmacoh_rmb()",
            "dmacoh_unmap(): the 48 bytes are copied, the 16 are not touched",
            "read the buffer; the neighbour reads its bytes",
        },
    .model = "cortex-a7",
    .raw = museum_raw_edge_dropped,
    .raw_device = museum_device_writes,
    .twin = museum_twin_receive_edge,
    .twin_device = museum_device_writes,
    .buffer = {MUSEUM_BUF, MUSEUM_SHORT},
    .neighbour = {MUSEUM_BUF + MUSEUM_SHORT, MUSEUM_LINE - MUSEUM_SHORT},
};

const struct exhibit museum_edge_two_steps = {
    .name = "edge-two-steps",
    .title = "receive: edge line cleaned, then invalidated",
    .source = "torvalds/linux v6.1 arch/arm/mm/proc-arm926.S",
    .wrote =
        {
            "the buffer begins inside a line; an interrupt handler owns what is in front of it",
            "clean the shared line",
            "invalidate it, and the other lines, DSB",
            "start the device: it writes the buffer, but not its first bytes",
            "wait for its interrupt, read its status register",
            "clean the shared line, invalidate it and the others, DSB",
            "read what the device wrote; read the handler's bytes",
        },
    .hardware = "An interrupt can come between two instructions. Its handler writes the "
                "line that was just cleaned, and the invalidation that follows drops what "
                "it wrote.",
    .cure = "one operation that cleans and invalidates",
    .library =
        {
            "dmacoh_map_single(FROM_DEVICE): the first line is shared, and bounced",
            "dmacoh_desc_publish(), start the device",
            "meanwhile, or before, or afterwards, the interrupt handler writes its bytes",
            "wait for its interrupt, read its status register, dmacoh_rmb()",
            "dmacoh_unmap(): the handler's bytes are not touched",
            "read what the device wrote; read the handler's bytes",
        },
    .model = "cortex-a7",
    .raw = museum_raw_edge_two_steps,
    .raw_device = museum_device_writes_second_line,
    .twin = museum_twin_receive_headroom,
    .twin_device = museum_device_writes_second_line,
    .interrupt = museum_interrupt_writes,
    .buffer = {MUSEUM_UNALIGNED, MUSEUM_LONG},
    .neighbour = {MUSEUM_BUF, MUSEUM_UNALIGNED - MUSEUM_BUF},
};

const struct exhibit museum_unaligned_loop = {
    .name = "unaligned-loop",
    .title = "send: loop one line short, unaligned start",
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
    .model = "cortex-a7",
    .raw = museum_raw_unaligned_start,
    .raw_device = museum_device_reads,
    .twin = museum_twin_send,
    .twin_device = museum_device_reads,
    .buffer = {MUSEUM_UNALIGNED, MUSEUM_LINE},
};

const struct exhibit museum_loop_too_far = {
    .name = "loop-too-far",
    .title = "receive: loop over the lines goes one too far",
    .source = "atmelcorp/atmel-software-package #121",
    .more = "KallistiOS/KallistiOS PR #664",
    .wrote =
        {
            "somebody wrote the line behind the buffer",
            "invalidate the L1",
            "invalidate the outer cache: from the start up to the end, and the end itself, DSB",
            "start the device: it writes the buffer",
            "wait for its interrupt, read its status register",
            "invalidate both caches again in the same way",
            "read the buffer; read the line behind it",
        },
    .hardware = "A cache may move a dirty line to the next level whenever it needs the "
                "room. If the neighbour's line is in the outer cache when the loop comes "
                "by, it is dropped there: memory holds old bytes.",
    .cure = "a loop that ends before the first byte behind the range",
    .library =
        {
            "somebody wrote the line behind the buffer",
            "dmacoh_map_single(FROM_DEVICE): the lines of the buffer, and no other",
            "dmacoh_desc_publish(), start the device",
            "wait for its interrupt, read its status register, dmacoh_rmb()",
            "dmacoh_unmap()",
            "read the buffer; read the line behind it",
        },
    .model = "cortex-a9-pl310",
    .raw = museum_raw_loop_too_far,
    .raw_device = museum_device_writes,
    .twin = museum_twin_receive_beside,
    .twin_device = museum_device_writes,
    .buffer = LINE_AT(MUSEUM_BUF),
    .neighbour = {MUSEUM_BUF + MUSEUM_LINE, 4},
};

const struct exhibit museum_misaligned_skip = {
    .name = "misaligned-skip",
    .title = "receive: misaligned, so not invalidated at all",
    .source = "u-boot/u-boot v2023.01 arch/arm/cpu/armv7/cache_v7.c",
    .more = "openbmc/u-boot #21, raspberrypi/firmware #1164",
    .wrote =
        {
            "the buffer begins inside a line; nobody else has bytes in that line",
            "ask for its invalidation: the check fails, a warning is printed, nothing is done",
            "start the device: it writes the buffer",
            "wait for its interrupt, read its status register",
            "ask for its invalidation: the same",
            "read the buffer",
        },
    .hardware = "What was received before, or what the core fetched ahead of the program, "
                "stays in the cache and hides what the device wrote. The warning is on "
                "the console, the wrong data in the packet.",
    .cure = "an invalidation of every line that the buffer touches, after the "
            "device's last write",
    .library =
        {
            "dmacoh_map_single(FROM_DEVICE): any start is right; the shared line is bounced",
            "dmacoh_desc_publish(), start the device",
            "wait for its interrupt, read its status register, dmacoh_rmb()",
            "dmacoh_unmap()",
            "read the buffer",
        },
    .model = "cortex-a7",
    .raw = museum_raw_misaligned_skip,
    .raw_device = museum_device_writes,
    .twin = museum_twin_receive_unaligned,
    .twin_device = museum_device_writes,
    .buffer = {MUSEUM_UNALIGNED, MUSEUM_LINE / 2u},
};
