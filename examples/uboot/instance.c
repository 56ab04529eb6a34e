/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file instance.c
 * The machine as data: U-Boot's RAM banks, and one record for all bus masters.
 *
 * U-Boot has no place where a library could be started without a change of its source, so the first
 * cache call after the caches came on does it.
 */
#include <dmacoh/dmacoh.h>

#include "uboot.h"

#define MAX_BANKS 8u

/* No smaller than the cache lines of a CPU that U-Boot runs on: nobody else's data lies in them. */
#define LINE_MAX 128

enum progress {
    NOT_TRIED,
    READY,
    FAILED
};

/* All that the library and this directory write; on lines of its own, see uboot_own_memory(). */
static struct state {
    _Alignas(LINE_MAX) struct dmacoh c;
    struct dmacoh_dev masters;
    struct dmacoh_mem ram[MAX_BANKS];
    _Alignas(DMACOH_META_ALIGN) unsigned char meta[DMACOH_META_SIZE(1)];
    struct uboot_calls calls;
    enum progress progress;
    int status;
} state;

/* U-Boot maps all of RAM write-back; on ARM at its physical address, on MIPS in KSEG0. */
static uint32_t fill_memory_map(void)
{
    uint32_t used = 0;

    for (unsigned int i = 0; i < uboot_banks() && used < MAX_BANKS; i++) {
        const struct uboot_bank bank = uboot_bank(i);

        if (bank.size != 0) {
            state.ram[used++] = (struct dmacoh_mem){
                .phys = bank.phys, .size = bank.size, .va = bank.first, .kind = DMACOH_RAM_LINEAR};
        }
    }
    return used;
}

/*
 * No pools: U-Boot's drivers allocate their rings from cached memory and bounce what they want to
 * bounce. No windows: there is no memory without a mapping. The mask is "all", because the drivers
 * choose the addresses; the library is not asked for bus addresses here.
 */
static int start(void)
{
    const struct dmacoh_cfg cfg = {
        .mem = state.ram,
        .nmem = fill_memory_map(),
        .ncpus = 1,
        .meta = state.meta,
        .meta_size = sizeof state.meta,
    };
    const struct dmacoh_dev_cfg masters = {
        .limits = {.mask = DMACOH_BIT_MASK(64)},
        .name = "U-Boot's drivers",
    };
    int rc = dmacoh_init(&state.c, &cfg);

    if (rc == DMACOH_OK) {
        rc = dmacoh_dev_init(&state.masters, &state.c, &masters);
    }
    return rc;
}

struct dmacoh_dev *uboot_masters(void)
{
    if (state.progress == NOT_TRIED) {
        state.status = start();
        state.progress = state.status == DMACOH_OK ? READY : FAILED;
    }
    return state.progress == READY ? &state.masters : NULL;
}

struct uboot_calls *uboot_calls(void)
{
    return &state.calls;
}

bool uboot_own_memory(unsigned long first, unsigned long size)
{
    const unsigned long own = (unsigned long)&state;

    return first - own < sizeof state || own - first < size;
}

void uboot_report(struct uboot_report *report)
{
    struct dmacoh_stats stats = {0};

    *report = (struct uboot_report){.calls = state.calls, .status = state.status};
    if (dmacoh_stats(&state.c, &stats) == DMACOH_OK) {
        report->line = dmacoh_line(&state.c);
        report->lines_clean = stats.lines_clean + stats.lines_clean_inval;
        report->lines_inval = stats.lines_inval;
        report->barriers = stats.barriers;
    }
}
