/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Which CPU this is, whether its memory is of types that can be served, and regions. Sources: [ARM-CTR],
 * [ARM-V7M-MPU], [ARM-M7-ERRATA].
 *
 * There is no translation: every address is physical, memory without a mapping is memory that no MPU
 * region allows, and there are no windows. What the MPU says is read at init and when a region is added.
 */
#include "armv7m.h"
#include "armv7m_insn.h"

#include "memmap.h"

/* Bytes; the fields are log2 of words. */
#define CTR_FORMAT(ctr)   ((ctr) >> 29)
#define CTR_FORMAT_V7     4u
#define CTR_DMINLINE(ctr) (4u << ((ctr) >> 16 & 15u))
#define CTR_CWG(ctr)      ((ctr) >> 24 & 15u)
#define CWG_UNKNOWN       9u /* no figure: the architecture's largest granule, 512 words */
#define GRANULE_MAX       4096u
#define MPU_SMALLEST_LOG  5u /* smallest region: the "page" of this architecture */

static uint32_t granule_of(uint32_t ctr)
{
    const uint32_t granule = 4u << (CTR_CWG(ctr) != 0 ? CTR_CWG(ctr) : CWG_UNKNOWN);

    return granule > CTR_DMINLINE(ctr) ? granule : CTR_DMINLINE(ctr);
}

/*
 * One entry of linear memory. Entries have not been checked yet, so nothing about their size is taken for
 * granted: what does not fit 32 bits is refused by the core afterwards.
 */
static int check_linear(const struct dmacoh_policy *policy, const struct dmacoh_mem *m)
{
    if (m->size == 0) {
        return DMACOH_OK;
    }
    if (m->va != m->phys) {
        return DMACOH_E_NOMAP;
    }
    const uint32_t first = (uint32_t)m->va;
    const uint32_t last =
        m->size - 1u > UINT32_MAX - first ? UINT32_MAX : first + (uint32_t)(m->size - 1u);

    if (armv7m_in_tcm(policy, first, last)) {
        return DMACOH_E_ATTR;
    }
    for (uint32_t at = first;;) {
        const struct armv7m_span span = armv7m_span(policy, at);

        if (span.type == V7M_UNMAPPED) {
            return DMACOH_E_NOMAP;
        }
        if (span.type == V7M_WRITE_THROUGH) {
            return DMACOH_E_ATTR;
        }
        if (span.last >= last) {
            return DMACOH_OK;
        }
        at = span.last + 1u;
    }
}

static int check_memory(const struct dmacoh *c)
{
    for (const struct dmacoh_mem *m = c->mem; m != mem_end(c); m++) {
        const int rc = m->kind == DMACOH_RAM_LINEAR ? check_linear(c->policy, m) : DMACOH_OK;

        if (rc != DMACOH_OK) {
            return rc;
        }
    }
    return DMACOH_OK;
}

int dmacoh_armv7m_probe(struct dmacoh *c, bool boot_cpu)
{
    const uint32_t ctr = insn_scs_read(SCS_CTR);
    const uint32_t line = granule_of(ctr);

    /* A core without a data cache has no such register: it reads 0. */
    if (CTR_FORMAT(ctr) != CTR_FORMAT_V7 || line > GRANULE_MAX) {
        return DMACOH_E_UNSUPP;
    }
    if (boot_cpu) {
        c->policy = armv7m_policy(insn_scs_read(SCS_CPUID));
        c->step = CTR_DMINLINE(ctr);
        c->line = line;
        c->page_shift = MPU_SMALLEST_LOG;
        while (1u << c->page_shift < line) {
            c->page_shift++;
        }
    } else if (CTR_DMINLINE(ctr) < c->step || line > c->line) {
        return DMACOH_E_UNSUPP; /* lines would be skipped, or would cross owners */
    }
    return check_memory(c);
}

int dmacoh_armv7m_region_check(const struct dmacoh *c, dmacoh_phys_t pa, uint64_t len,
                               uint32_t attr, uintptr_t va)
{
    (void)attr; /* Normal non-cacheable memory is write-combining memory, too */
    if (va != pa) {
        return DMACOH_E_NOMAP;
    }
    const uint32_t last = (uint32_t)va + ((uint32_t)len - 1u);

    if (armv7m_in_tcm(c->policy, (uint32_t)va, last)) {
        return DMACOH_E_ATTR;
    }
    for (uint32_t at = (uint32_t)va;;) {
        const struct armv7m_span span = armv7m_span(c->policy, at);

        if (span.type != V7M_UNCACHED) {
            return span.type == V7M_UNMAPPED ? DMACOH_E_NOMAP : DMACOH_E_ATTR;
        }
        if (span.last >= last) {
            return DMACOH_OK;
        }
        at = span.last + 1u;
    }
}

/* --- no windows: asked for, they are refused, so the others are never called with a slot --- */

int dmacoh_armv7m_win_init(struct dmacoh *c)
{
    return c->mmu.win_slots == 0 ? DMACOH_OK : DMACOH_E_UNSUPP;
}

void dmacoh_armv7m_win_fini(struct dmacoh *c)
{
    (void)c;
}

void dmacoh_armv7m_cpu_down(struct dmacoh *c, uint32_t cpu)
{
    (void)c;
    (void)cpu;
}

uintptr_t dmacoh_armv7m_win_map(struct dmacoh *c, uint32_t cpu, uint32_t slot, dmacoh_phys_t pa)
{
    (void)c;
    (void)cpu;
    (void)slot;
    return (uintptr_t)pa;
}

void dmacoh_armv7m_win_unmap(struct dmacoh *c, uint32_t cpu, uint32_t slot)
{
    (void)c;
    (void)cpu;
    (void)slot;
}
