/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Cold reset: cache RAM holds garbage. A tag of zeros is that of an invalid line. Source: [MIPS-CACHE]. */
#include "mips32.h"
#include "mips32_insn.h"

/* Ways follow each other in the index, so that all lines are those of one run of addresses. */
static uintptr_t lines_end(const struct mips32_cache *cache)
{
    return MIPS_KSEG0 + (uintptr_t)cache->line * cache->sets * cache->ways;
}

/*
 * The second level is the boot CPU's affair: later ones share it. One that Config2 does not tell of (R10000,
 * coherence managers from version 3 on) is its firmware's.
 */
void dmacoh_mips32_boot_cache_inval(bool boot_cpu)
{
    if ((insn_read_config() & MIPS_CONFIG_M) == 0) {
        return;
    }
    const uint32_t config1 = insn_read_config1();
    const struct mips32_cache l1 = mips32_l1(config1);
    struct mips32_cache l2 = {0, 0, 0};

    if (boot_cpu && (config1 & MIPS_CONFIG_M) != 0) {
        l2 = mips32_l2(insn_read_prid(), insn_read_config2());
    }
    insn_clear_tags();
    insn_ehb();
    for (uintptr_t va = MIPS_KSEG0; va != lines_end(&l1); va += l1.line) {
        insn_l1_store_tag(va);
    }
    for (uintptr_t va = MIPS_KSEG0; va != lines_end(&l2); va += l2.line) {
        insn_l2_store_tag(va);
    }
    insn_sync();
}
