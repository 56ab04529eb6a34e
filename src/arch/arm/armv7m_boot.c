/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Cold reset: the only operation by set and way. Some integrations clear the cache RAM in hardware at
 * reset; nothing tells software whether they do. Source: [ARM-V7M-CACHE].
 */
#include "armv7m.h"
#include "armv7m_insn.h"

/* There is one level, and it is private to the CPU, so the first CPU does what every other one does. */
void dmacoh_armv7m_boot_cache_inval(bool boot_cpu)
{
    (void)boot_cpu;
    insn_scs_write(SCS_CSSELR, 0); /* level 1, data */
    insn_dsb();                    /* CCSIDR shows the chosen cache */

    const uint32_t ccsidr = insn_scs_read(SCS_CCSIDR);
    const uint32_t line_log = (ccsidr & 7u) + 4u;
    const uint32_t ways = (ccsidr >> 3 & 0x3ffu) + 1u;
    const uint32_t sets = (ccsidr >> 13 & 0x7fffu) + 1u;
    const uint32_t way_shift = ways > 1u ? (uint32_t)__builtin_clz(ways - 1u) : 0;

    for (uint32_t way = 0; way < ways; way++) {
        for (uint32_t set = 0; set < sets; set++) {
            insn_dcisw((ways > 1u ? way << way_shift : 0) | set << line_log);
        }
    }
    insn_dsb();
    insn_isb();
}
