/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file edu.c  A round trip through edu's 4 KiB of memory, both ways by bounced maps. */
#include "edu.h"

#include "board.h"
#include "console.h"
#include "pci.h"

#define EDU_ID      0x00u
#define EDU_SOURCE  0x80u
#define EDU_DEST    0x88u
#define EDU_COUNT   0x90u
#define EDU_COMMAND 0x98u

#define EDU_ID_VALUE   0xedu
#define EDU_START      1u
#define EDU_TO_MEMORY  2u
#define EDU_LOCAL      0x40000u /* the device's own memory, in its address space */
#define EDU_PIECE      2048u
#define EDU_TIMEOUT_MS 5000u
#define GUARD          64u
#define GUARD_BYTE     0x3cu
#define BACK_OFFSET    0x10000u /* the second buffer, in the same MiB of highmem */
#define EDU_E_DEVICE   (-1)
#define EDU_E_MASK     (-2)
#define EDU_E_GUARD    (-3)

static uintptr_t regs;

/* Reading the command register until it is idle also pushes the device's writes into memory. */
static int transfer(uint32_t source, uint32_t dest, uint32_t count, uint32_t direction)
{
    const uint32_t start = board_ms();

    edu_write32(regs + EDU_SOURCE, source);
    edu_write32(regs + EDU_DEST, dest);
    edu_write32(regs + EDU_COUNT, count);
    dmacoh_desc_publish(&board_edu);
    edu_write32(regs + EDU_COMMAND, EDU_START | direction);
    while ((edu_read32(regs + EDU_COMMAND) & EDU_START) != 0) {
        if (board_ms() - start > EDU_TIMEOUT_MS) {
            return EDU_E_DEVICE;
        }
    }
    return 0;
}

/* One piece in one direction: map, transfer, unmap. The device is quiet at the unmap. */
static int move(dmacoh_phys_t phys, uint32_t len, enum dmacoh_dir dir)
{
    static struct dmacoh_map map;
    int rc = dmacoh_map_phys(&board_edu, &map, phys, len, dir, 0);

    if (rc != DMACOH_OK) {
        return rc;
    }
    if (map.bus + len - 1u > board_plan.edu_mask) {
        rc = EDU_E_MASK;
    } else if (dir == DMACOH_TO_DEVICE) {
        rc = transfer((uint32_t)map.bus, EDU_LOCAL, len, 0);
    } else {
        rc = transfer(EDU_LOCAL, (uint32_t)map.bus, len, EDU_TO_MEMORY);
    }
    if (rc == EDU_E_DEVICE) {
        (void)dmacoh_map_abandon(&map); /* it may still write: its bounce slot is never reused */
        return rc;
    }
    return dmacoh_unmap(&map) == DMACOH_OK ? rc : EDU_E_DEVICE;
}

static void fill(unsigned char *byte, uint32_t len)
{
    for (uint32_t i = 0; i < len; i++) {
        byte[i] = GUARD_BYTE;
    }
}

static bool is_filled(const unsigned char *byte, uint32_t len)
{
    for (uint32_t i = 0; i < len; i++) {
        if (byte[i] != GUARD_BYTE) {
            return false;
        }
    }
    return true;
}

static void copy_in(const struct landing *from, uint32_t len)
{
    for (uint32_t at = 0; at < len;) {
        uint32_t part = len - at;
        const unsigned char *source = landing_view(from, at, &part);
        unsigned char *dest = board_high_view(board_plan.edu_phys);

        for (uint32_t i = 0; i < part; i++) {
            dest[at + i] = source[i];
        }
        at += part;
    }
}

bool edu_present(void)
{
    uint32_t bdf;

    return pci_find_id(PCI_ID_EDU, &bdf);
}

static int find_device(void)
{
    uint32_t bdf;

    if (!pci_find_id(PCI_ID_EDU, &bdf)) {
        return EDU_E_DEVICE;
    }
    regs = pci_enable(bdf);
    return (edu_read32(regs + EDU_ID) & 0xffu) == EDU_ID_VALUE ? 0 : EDU_E_DEVICE;
}

int edu_round_trip(const struct landing *from, uint32_t len, struct sha256 *hash)
{
    unsigned char *alias = (unsigned char *)board_plan.edu_alias_va;
    unsigned char *back;
    int rc = find_device();

    copy_in(from, len);
    back = (unsigned char *)board_high_view(board_plan.edu_phys) + BACK_OFFSET;
    fill(back, len + GUARD);
    fill(alias, BACK_OFFSET + len + GUARD);
    for (uint32_t at = 0; at < len && rc == 0; at += EDU_PIECE) {
        const uint32_t part = len - at < EDU_PIECE ? len - at : EDU_PIECE;

        rc = move(board_plan.edu_phys + at, part, DMACOH_TO_DEVICE);
        if (rc == 0) {
            rc = move(board_plan.edu_phys + BACK_OFFSET + at, part, DMACOH_FROM_DEVICE);
        }
    }
    if (rc != 0) {
        return rc;
    }
    back = (unsigned char *)board_high_view(board_plan.edu_phys) + BACK_OFFSET;
    sha256_add(hash, back, len);
    if (!is_filled(back + len, GUARD) || !is_filled(alias, BACK_OFFSET + len + GUARD)) {
        con_printf("edu: bytes outside the buffer were written\n");
        return EDU_E_GUARD;
    }
    return 0;
}
