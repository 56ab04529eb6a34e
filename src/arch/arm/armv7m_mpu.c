/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * What an address is: MPU regions, the map behind them, tightly coupled memory. Sources: [ARM-V7M-MPU],
 * [ARM-M7-CACR], [ARM-M7-TCM].
 *
 * Of the regions that are on and hold an address the one with the highest number decides; a region of 256
 * bytes or more has eight subregions that can be off one by one. Addresses in no region are in the
 * architecture's default map if PRIVDEFENA is set or the MPU is off, and nowhere else. The default map has
 * write-through memory in two of its eighths, which catches whoever forgets to describe an SDRAM there.
 *
 * The selected region number is put back as it was found. An interrupt whose handler programs the MPU
 * must do the same, or else what is read here may be another region's half.
 */
#include "armv7m.h"
#include "armv7m_insn.h"

#define REGION_NUMBERS(type) ((type) >> 8 & 0xffu)
#define CTRL_ENABLE          1u
#define CTRL_PRIVDEFENA      4u
#define RASR_ENABLE          1u
#define RASR_SIZE(rasr)      ((rasr) >> 1 & 31u) /* log2 of the bytes, minus 1 */
#define RASR_SUBREGIONS(r)   ((r) >> 8 & 0xffu)  /* 1: off */
#define RASR_B               0x00010000u
#define RASR_C               0x00020000u
#define RASR_S               0x00040000u
#define RASR_TEX(rasr)       ((rasr) >> 19 & 7u)
#define TEX_POLICIES         4u /* TEX = 1xx: the outer policy is xx, the inner one C and B */
#define SMALLEST_LOG         5u
#define SUBREGIONS_LOG       8u /* smallest region that has subregions */

#define CACR_SIWT    1u
#define CACR_FORCEWT 4u

#define TCMCR_ENABLE     1u
#define TCMCR_SIZE(tcm)  ((tcm) >> 3 & 15u)
#define TCM_SIZE_LOG     9u /* log2 of the bytes, minus the field */
#define ITCM_BASE        0u
#define DTCM_BASE        0x20000000u
#define DEFAULT_MAP_LOG  29u
#define DEFAULT_MAP_LAST ((1u << DEFAULT_MAP_LOG) - 1u)

/* Cache policies in C and B, or in the two lower bits of TEX. */
static const uint8_t policies[] = {V7M_UNCACHED, V7M_WRITE_BACK, V7M_WRITE_THROUGH, V7M_WRITE_BACK};

/* The default map, an entry for each eighth of the address space. */
static const uint8_t default_map[] = {V7M_WRITE_THROUGH, V7M_WRITE_BACK, V7M_OTHER, V7M_WRITE_BACK,
                                      V7M_WRITE_THROUGH, V7M_OTHER,      V7M_OTHER, V7M_OTHER};

/* The type as it is programmed. Memory that another level would cache is not uncached. */
static enum armv7m_type programmed(uint32_t rasr)
{
    const uint32_t tex = RASR_TEX(rasr);
    const uint32_t cb = rasr / RASR_B & 3u;

    if (tex == 0 && (rasr & RASR_C) != 0) {
        return (rasr & RASR_B) != 0 ? V7M_WRITE_BACK : V7M_WRITE_THROUGH;
    }
    if (tex == 1u && (cb == 0 || cb == 3u)) {
        return (enum armv7m_type)policies[cb];
    }
    if (tex >= TEX_POLICIES && (cb != 0 || tex == TEX_POLICIES)) {
        return (enum armv7m_type)policies[cb];
    }
    return V7M_OTHER;
}

/*
 * Cortex-M7 can be told to cache everything write-through; and it caches shareable memory not at all, or
 * write-through if it is told so. What it does not cache is good for coherent memory, under either name.
 */
static enum armv7m_type effective(const struct dmacoh_policy *policy, enum armv7m_type type,
                                  bool shareable)
{
    if ((policy->flags & V7M_P_CM7) == 0 || (type != V7M_WRITE_BACK && type != V7M_WRITE_THROUGH)) {
        return type;
    }
    const uint32_t cacr = insn_scs_read(SCS_CACR);

    if (shareable) {
        return (cacr & CACR_SIWT) != 0 ? V7M_WRITE_THROUGH : V7M_UNCACHED;
    }
    return (cacr & CACR_FORCEWT) != 0 ? V7M_WRITE_THROUGH : type;
}

/* Is `at` in a region? `last` comes down to the last address with the same answer. */
static bool inside(uint32_t rbar, uint32_t rasr, uint32_t at, uint32_t *last)
{
    const uint32_t log = RASR_SIZE(rasr) + 1u;

    if ((rasr & RASR_ENABLE) == 0 || log < SMALLEST_LOG) {
        return false;
    }
    const uint32_t in_region = UINT32_MAX >> (32u - log);
    const uint32_t base = rbar & ~in_region;

    if (at - base > in_region) {
        if (at < base && base - 1u < *last) {
            *last = base - 1u;
        }
        return false;
    }
    const uint32_t unit = log < SUBREGIONS_LOG ? in_region : in_region >> 3;

    if ((at | unit) < *last) {
        *last = at | unit;
    }
    return log < SUBREGIONS_LOG || (RASR_SUBREGIONS(rasr) >> ((at - base) >> (log - 3u)) & 1u) == 0;
}

static enum armv7m_type behind_regions(uint32_t ctrl, uint32_t at, uint32_t *last)
{
    if ((ctrl & CTRL_ENABLE) != 0 && (ctrl & CTRL_PRIVDEFENA) == 0) {
        return V7M_UNMAPPED;
    }
    if ((at | DEFAULT_MAP_LAST) < *last) {
        *last = at | DEFAULT_MAP_LAST;
    }
    return (enum armv7m_type)default_map[at >> DEFAULT_MAP_LOG];
}

struct armv7m_span armv7m_span(const struct dmacoh_policy *policy, uint32_t at)
{
    const uint32_t ctrl = insn_scs_read(SCS_MPU_CTRL);
    const uint32_t selected = insn_scs_read(SCS_MPU_RNR);
    uint32_t number = (ctrl & CTRL_ENABLE) != 0 ? REGION_NUMBERS(insn_scs_read(SCS_MPU_TYPE)) : 0;
    struct armv7m_span span = {V7M_UNMAPPED, UINT32_MAX};
    bool found = false;
    bool shareable = false;

    /* Regions above the one that decides matter, too: they end its reign where they begin. */
    while (!found && number-- != 0) {
        insn_scs_write(SCS_MPU_RNR, number);
        const uint32_t rasr = insn_scs_read(SCS_MPU_RASR);

        found = inside(insn_scs_read(SCS_MPU_RBAR), rasr, at, &span.last);
        if (found) {
            span.type = programmed(rasr);
            shareable = (rasr & RASR_S) != 0;
        }
    }
    insn_scs_write(SCS_MPU_RNR, selected);
    if (!found) {
        span.type = behind_regions(ctrl, at, &span.last);
    }
    span.type = effective(policy, span.type, shareable);
    return span;
}

static bool tcm_touches(uint32_t tcmcr, uint32_t base, uint32_t first, uint32_t last)
{
    const uint32_t size = TCMCR_SIZE(tcmcr);

    return (tcmcr & TCMCR_ENABLE) != 0 && size != 0 && last >= base &&
           first <= base + ((1u << (size + TCM_SIZE_LOG)) - 1u);
}

/* Tightly coupled memory is never cached, whatever the MPU says, and most masters do not reach it. */
bool armv7m_in_tcm(const struct dmacoh_policy *policy, uint32_t first, uint32_t last)
{
    return (policy->flags & V7M_P_CM7) != 0 &&
           (tcm_touches(insn_scs_read(SCS_ITCMCR), ITCM_BASE, first, last) ||
            tcm_touches(insn_scs_read(SCS_DTCMCR), DTCM_BASE, first, last));
}
