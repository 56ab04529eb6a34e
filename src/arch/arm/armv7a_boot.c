/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Cold reset: the only operation by set and way. Such operations act on this CPU alone and miss outer
 * caches, so they are no use for DMA; and they would drop dirty lines of a running system. Sources:
 * [ARM-SETWAY], [ARM-CCSIDR].
 */
#include "armv7a.h"
#include "armv7a_insn.h"

/* Cache type of a level, 3 bits in CLIDR: 2 data, 3 separate, 4 unified have data lines. */
static bool has_data(uint32_t clidr, uint32_t level)
{
    return (clidr >> 3u * level & 7u) >= 2u;
}

static void inval_level(uint32_t level)
{
    insn_write_csselr(level << 1);
    insn_isb(); /* CCSIDR shows the chosen level */

    const uint32_t ccsidr = insn_read_ccsidr();
    const uint32_t line_log = (ccsidr & 7u) + 4u;
    const uint32_t ways = (ccsidr >> 3 & 0x3ffu) + 1u;
    const uint32_t sets = (ccsidr >> 13 & 0x7fffu) + 1u;
    const uint32_t way_shift = ways > 1u ? (uint32_t)__builtin_clz(ways - 1u) : 0;

    for (uint32_t way = 0; way < ways; way++) {
        for (uint32_t set = 0; set < sets; set++) {
            insn_dcisw((ways > 1u ? way << way_shift : 0) | set << line_log | level << 1);
        }
    }
}

void dmacoh_armv7a_boot_cache_inval(bool boot_cpu)
{
    const uint32_t clidr = insn_read_clidr();
    /* Level of coherency; or of unification inner shareable: what no other CPU shares. */
    const uint32_t end = clidr >> (boot_cpu ? 24u : 21u) & 7u;

    for (uint32_t level = 0; level < end; level++) {
        if (has_data(clidr, level)) {
            inval_level(level);
            insn_dsb(); /* a level is complete before the next one starts (erratum 814220) */
        }
    }
    insn_dsb();
    insn_isb();
}
