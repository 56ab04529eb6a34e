/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file pci.c
 * Bus 0, one memory BAR a function: all that the loader's and the suite's devices need.
 */
#include "pci.h"

#include "board.h"

#define CFG_ID      0x00u
#define CFG_COMMAND 0x04u
#define CFG_CLASS   0x08u
#define CFG_BAR0    0x10u

#define COMMAND_MEMORY 0x2u
#define COMMAND_MASTER 0x4u
#define COMMAND_BITS   0xffffu /* the upper half is the status, write one to clear */
#define BAR_TYPE_64    0x4u
#define BAR_FLAGS      0xfu

#define SLOTS   32u
#define NO_SLOT 0xffffffffu

static bool find(uint32_t offset, uint32_t shift, uint32_t wanted, uint32_t *bdf)
{
    for (uint32_t slot = 0; slot < SLOTS; slot++) {
        const uint32_t function = slot << 3;

        if (board_pci_read(function, CFG_ID) == NO_SLOT) {
            continue;
        }
        if (board_pci_read(function, offset) >> shift == wanted) {
            *bdf = function;
            return true;
        }
    }
    return false;
}

bool pci_find_class(uint32_t class_code, uint32_t *bdf)
{
    return find(CFG_CLASS, 8, class_code, bdf);
}

bool pci_find_id(uint32_t id, uint32_t *bdf)
{
    return find(CFG_ID, 0, id, bdf);
}

uintptr_t pci_enable_bar(uint32_t bdf, uint32_t index)
{
    const uint32_t bar = CFG_BAR0 + 4u * index;
    static uint64_t next; /* first free address of the window */
    const uint32_t command = board_pci_read(bdf, CFG_COMMAND) & COMMAND_BITS;
    uint32_t low;
    uint64_t size;

    if (next == 0) {
        next = board_pci_window();
    }
    /* Decoding is off while the BAR holds the sizing pattern. */
    board_pci_write(bdf, CFG_COMMAND, command & ~(COMMAND_MEMORY | COMMAND_MASTER));
    board_pci_write(bdf, bar, 0xffffffffu);
    low = board_pci_read(bdf, bar);
    size = (uint64_t)(~(low & ~BAR_FLAGS)) + 1u;
    next = (next + size - 1u) & ~(size - 1u);
    board_pci_write(bdf, bar, (uint32_t)next);
    if ((low & BAR_TYPE_64) != 0) {
        board_pci_write(bdf, bar + 4u, 0);
    }
    board_pci_write(bdf, CFG_COMMAND, command | COMMAND_MEMORY | COMMAND_MASTER);
    next += size;
    return board_pci_va(next - size);
}

uintptr_t pci_enable(uint32_t bdf)
{
    return pci_enable_bar(bdf, 0);
}
