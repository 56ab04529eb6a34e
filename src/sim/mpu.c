/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The MPU of ARMv7-M: regions and the background map in registers, no tables, no TLB. A change is in
 * force at the next DSB with an ISB behind it; until then the core may use the old registers as well,
 * so lines may be filled under either, and an access that the two judge differently is reported.
 * Access permissions are not modelled: the library runs privileged.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tables.h"

#define MPU_CTRL 0xd94u
#define MPU_RNR  0xd98u
#define MPU_RBAR 0xd9cu
#define MPU_RASR 0xda0u
#define CACR     0xf9cu

#define CTRL_ENABLE     1u
#define CTRL_PRIVDEFENA 4u
#define RBAR_VALID      0x10u
#define RBAR_REGION     0xfu
#define RBAR_ADDR       0xffffffe0u
#define RASR_ENABLE     1u
#define CACR_SIWT       1u

#define ITCM_BASE 0u
#define DTCM_BASE 0x20000000u

static bool in_tcm(uint32_t reg, uint32_t base, uint32_t va)
{
    const uint32_t sz = reg >> 3 & 0xfu;

    return (reg & 1u) != 0 && sz != 0 && va >= base && va - base < 512u << sz;
}

/* Highest-numbered enabled region with the address in a subregion that is not disabled, or -1. */
static int region_of(const struct mpu_regs *r, uint32_t va)
{
    for (int n = (int)SIM_MPU_REGIONS - 1; n >= 0; n--) {
        const uint32_t log = (r->rasr[n] >> 1 & 0x1fu) + 1u;
        const uint32_t in = log == 32 ? UINT32_MAX : (1u << log) - 1u;
        const uint32_t off = va & in;

        if ((r->rasr[n] & RASR_ENABLE) == 0 || log < 5 ||
            (va & ~in) != (r->rbar[n] & RBAR_ADDR & ~in)) {
            continue;
        }
        if (log < 8 || (r->rasr[n] >> (8u + (off >> (log - 3u))) & 1u) == 0) {
            return n;
        }
    }
    return -1;
}

static uint8_t background(uint32_t va)
{
    switch (va >> 29) {
    case 0: /* code */
    case 4: /* external RAM, upper half */
        return ATTR_CACHED | ATTR_WT;
    case 1: /* SRAM */
    case 3: /* external RAM, lower half */
        return ATTR_CACHED;
    default:
        return ATTR_DEVICE;
    }
}

/* Type of an address under these registers; ATTR_NONE: a MemManage fault. */
static uint8_t attr_at(const struct sim *s, const struct mpu_regs *r, uint32_t va)
{
    const int n = (r->ctrl & CTRL_ENABLE) != 0 ? region_of(r, va) : -1;

    if (in_tcm(s->m.itcmcr, ITCM_BASE, va) || in_tcm(s->m.dtcmcr, DTCM_BASE, va)) {
        return ATTR_UNCACHED; /* whatever the MPU says */
    }
    if (n < 0) {
        const bool map = (r->ctrl & CTRL_ENABLE) == 0 || (r->ctrl & CTRL_PRIVDEFENA) != 0;

        return map ? background(va) : ATTR_NONE;
    }
    const uint32_t d = r->rasr[n];
    const bool shared = (d & (1u << 18)) != 0;
    const uint8_t a =
        short_attr(d >> 19 & 7u, (d & (1u << 17)) != 0, (d & (1u << 16)) != 0, shared);

    if (!shared || (a & ATTR_TYPE) != ATTR_CACHED) {
        return a;
    }
    /* No coherency in hardware: shareable means not cached, or never dirty. */
    return (r->cacr & CACR_SIWT) != 0 ? ATTR_CACHED | ATTR_WT | ATTR_SHARED
                                      : ATTR_UNCACHED | ATTR_SHARED;
}

bool mpu_decode(const struct sim *s, int cpu, uint32_t va, struct xlat *x)
{
    const int c = cpu < SIM_MAX_CPUS ? cpu : 0;

    *x = (struct xlat){.pa = va, .shift = 5, .attr = attr_at(s, &s->mpu[c].now, va), .fixed = true};
    return x->attr != ATTR_NONE;
}

bool mpu_translate(struct sim *s, int cpu, uint32_t va, struct xlat *x)
{
    const struct mpu *m = &s->mpu[cpu];
    const bool ok = mpu_decode(s, cpu, va, x);

    if (ok && (m->pending == MPU_SETTLED || attr_at(s, &m->before, va) == x->attr)) {
        return true;
    }
    table_blame(s, cpu, va, x);
    if (ok) {
        step_fail(s, SIM_TABLE_VISIBLE,
                  "cpu%d address %08x: DSB and ISB must follow the change of its MPU region", cpu,
                  (unsigned)va);
    } else {
        step_fail(s, SIM_FAULT, "cpu%d address %08x: no MPU region", cpu, (unsigned)va);
    }
    return false;
}

bool mpu_may_cache(const struct sim *s, int cpu, uint64_t pa)
{
    const struct mpu *m = &s->mpu[cpu];
    const uint32_t va = (uint32_t)pa;

    if (pa >> 32 != 0) {
        return false;
    }
    return (attr_at(s, &m->now, va) & ATTR_TYPE) == ATTR_CACHED ||
           (m->pending != MPU_SETTLED && (attr_at(s, &m->before, va) & ATTR_TYPE) == ATTR_CACHED);
}

bool mpu_read(const struct sim *s, int cpu, uint32_t offset, uint32_t *v)
{
    const struct mpu_regs *r = &s->mpu[cpu].now;

    switch (offset) {
    case MPU_CTRL:
        *v = r->ctrl;
        return true;
    case MPU_RNR:
        *v = r->rnr;
        return true;
    case MPU_RBAR:
        *v = (r->rbar[r->rnr] & RBAR_ADDR) | r->rnr;
        return true;
    case MPU_RASR:
        *v = r->rasr[r->rnr];
        return true;
    case CACR:
        *v = r->cacr;
        return true;
    default:
        return false;
    }
}

static bool write_regs(struct mpu_regs *r, uint32_t offset, uint32_t v)
{
    switch (offset) {
    case MPU_CTRL:
        r->ctrl = v & 7u;
        return true;
    case MPU_RNR:
        r->rnr = v;
        return v < SIM_MPU_REGIONS;
    case MPU_RBAR:
        if ((v & RBAR_VALID) != 0) {
            r->rnr = v & RBAR_REGION;
        }
        r->rbar[r->rnr] = v & RBAR_ADDR;
        return true;
    case MPU_RASR:
        r->rasr[r->rnr] = v;
        return true;
    case CACR:
        r->cacr = v;
        return true;
    default:
        return false;
    }
}

/* false: no such register, or no such region. */
bool mpu_write(struct sim *s, int cpu, uint32_t offset, uint32_t v)
{
    struct mpu *m = &s->mpu[cpu];

    if (offset == MPU_RNR && v >= SIM_MPU_REGIONS) {
        return false;
    }
    if (s->in_setup) {
        return write_regs(&m->now, offset, v);
    }
    if (m->pending == MPU_SETTLED) {
        m->before = m->now;
    }
    if (offset != MPU_RNR) {
        m->pending = MPU_WRITTEN;
        m->news = true;
    }
    return write_regs(&m->now, offset, v);
}

void mpu_barrier(struct sim *s, int cpu, bool isb)
{
    struct mpu *m = &s->mpu[cpu];

    if (!isb && m->pending == MPU_WRITTEN) {
        m->pending = MPU_SEEN_DSB;
    } else if (isb && m->pending == MPU_SEEN_DSB) {
        m->pending = MPU_SETTLED;
        memset(&m->before, 0, sizeof m->before); /* equal machines have equal hashes */
    }
}

static uint32_t log2_of(uint32_t n)
{
    uint32_t r = 0;

    for (; n > 1; n >>= 1) {
        r++;
    }
    return r;
}

/* Execute never, read and write, TEX, S, C, B. */
static uint32_t type_bits(enum sim_memtype type)
{
    const uint32_t base = 1u << 28 | 3u << 24;

    switch (type) {
    case SIM_MEM_CACHED:
        return base | 1u << 19 | 3u << 16;
    case SIM_MEM_UNCACHED:
        return base | 1u << 19 | 1u << 18;
    case SIM_MEM_WRITE_THROUGH:
        return base | 2u << 16;
    case SIM_MEM_GUARDED:
    case SIM_MEM_LOCAL:
    case SIM_MEM_DEVICE:
    default:
        return base | 1u << 18 | 1u << 16;
    }
}

void sim_mpu_region(struct sim *s, uint32_t n, uint32_t base, uint32_t size, enum sim_memtype type)
{
    const uint32_t log = size == 0 ? 32 : log2_of(size);

    if (!has_mpu(s) || n >= SIM_MPU_REGIONS || log < 5 || (size & (size - 1u)) != 0 ||
        (base & (size - 1u)) != 0) {
        (void)fprintf(stderr, "dmacoh-sim: sim_mpu_region: no MPU, or not a region\n");
        abort();
    }
    for (int c = 0; c < SIM_MAX_CPUS; c++) {
        struct mpu_regs *r = &s->mpu[c].now;

        r->rbar[n] = base;
        r->rasr[n] = type_bits(type) | (log - 1u) << 1 | RASR_ENABLE;
        r->ctrl = CTRL_ENABLE | CTRL_PRIVDEFENA;
    }
}

void mpu_prepare(struct sim *s, bool first)
{
    memcpy(first ? s->mpu_config : s->mpu, first ? s->mpu : s->mpu_config, sizeof s->mpu);
}

void mpu_save(struct sim *s)
{
    memcpy(s->mpu_base, s->mpu, sizeof s->mpu);
}

void mpu_reset(struct sim *s)
{
    if (has_mpu(s)) {
        memcpy(s->mpu, s->mpu_base, sizeof s->mpu);
    }
}

static uint64_t hash_regs(uint64_t h, const struct mpu_regs *r)
{
    for (uint32_t i = 0; i < SIM_MPU_REGIONS; i++) {
        h = mix64(h, (uint64_t)r->rbar[i] << 32 | r->rasr[i]);
    }
    return mix64(mix64(h, (uint64_t)r->rnr << 32 | r->ctrl), r->cacr);
}

uint64_t mpu_hash(const struct sim *s)
{
    uint64_t h = 17;

    for (int c = 0; has_mpu(s) && c < s->m.ncpu; c++) {
        h = hash_regs(mix64(h, s->mpu[c].pending), &s->mpu[c].now);
        if (s->mpu[c].pending != MPU_SETTLED) {
            h = hash_regs(h, &s->mpu[c].before);
        }
    }
    return h;
}
