/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The check of a region's type, in either format of page tables. Sources: [ARM-SHORT], [ARM-LONG]. */
#include "armv7a_insn.h"
#include "armv7a_short.h"
#include "armv7a_tables.h"

static bool type_is(bool eae, const struct dmacoh *c, uint32_t bits, uint32_t attr)
{
#if DMACOH_WITH_LPAE
    if (eae) {
        return v7_long_type_is(c, bits, attr);
    }
#else
    (void)eae;
#endif
    return v7_short_type_is(c, bits, attr);
}

int dmacoh_armv7a_region_check(const struct dmacoh *c, dmacoh_phys_t pa, uint64_t len,
                               uint32_t attr, uintptr_t va)
{
    const bool eae = (insn_read_ttbcr() & V7_TTBCR_EAE) != 0;

    if (c->mmu.root == 0 || v7_unknown(eae)) {
        return DMACOH_OK; /* no tables, or of a format not compiled in: the caller's word */
    }
    /* At virtual addresses, so its length is one of theirs. */
    for (size_t left = (size_t)len; left != 0;) {
        struct v7_entry e;

        if (!v7_walk(eae, c, va, &e)) {
            return DMACOH_E_NOMAP;
        }
        const uint32_t in_page = (uint32_t)va & (e.size - 1u);
        const size_t part = left < e.size - in_page ? left : e.size - in_page;

        if (e.phys + in_page != pa) {
            return DMACOH_E_NOMAP;
        }
        if (!type_is(eae, c, e.bits, attr)) {
            return DMACOH_E_ATTR;
        }
        va += part;
        pa += part;
        left -= part;
    }
    return DMACOH_OK;
}
