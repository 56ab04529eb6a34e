/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * PowerPC: special purpose registers, and what the TLBs of the families have in common. Registers
 * are a CPU's own, so only what changes a translation is a step. The working registers of Book E
 * TLB code (MAS, MMUCR) belong to whoever was interrupted, or calls: a handler and a call of the
 * library must leave them as they were.
 */
#include "ppc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "insn/sim_insn.h"

#define SPR_SDR1    25u
#define SPR_PID     48u
#define SPR_PID_405 945u
#define SPR_PVR     287u
#define SPR_L1CFG0  515u
#define SPR_MAS0    624u
#define SPR_MAS6    630u
#define SPR_TLB1CFG 689u
#define SPR_MAS7    944u
#define SPR_MMUCR   946u
#define SPR_HID0    1008u

#define L1CFG0_SIZE     0x20u /* KiB */
#define TLB1CFG_ENTRIES 16u

#define HOST_MAS   0x13570000u
#define HOST_MMUCR 0x00000005u

int ppc_cpu(const struct sim *s)
{
    return s->in_setup ? 0 : sim_agent;
}

uint8_t ppc_wimg(uint8_t attr)
{
    switch (attr & ATTR_TYPE) {
    case ATTR_UNCACHED:
        return WIMG_I | WIMG_M;
    case ATTR_DEVICE:
        return WIMG_I | WIMG_M | WIMG_G;
    default:
        return (uint8_t)(((attr & ATTR_SHARED) != 0 ? WIMG_M : 0) |
                         ((attr & ATTR_GUARDED) != 0 ? WIMG_G : 0) |
                         ((attr & ATTR_WT) != 0 ? WIMG_W : 0));
    }
}

uint8_t ppc_attr(uint32_t wimg)
{
    if ((wimg & WIMG_I) != 0) {
        return (wimg & WIMG_G) != 0 ? ATTR_DEVICE : ATTR_UNCACHED;
    }
    return (uint8_t)(ATTR_CACHED | ((wimg & WIMG_M) != 0 ? ATTR_SHARED : 0) |
                     ((wimg & WIMG_G) != 0 ? ATTR_GUARDED : 0) |
                     ((wimg & WIMG_W) != 0 ? ATTR_WT : 0));
}

/* Mapping i of the host, as an entry. */
void ppc_host_entry(const struct sim *s, uint32_t i, struct ppc_entry *e)
{
    const struct static_map *f = &s->soft_map[i];

    *e = (struct ppc_entry){.va = f->va, .pa = f->pa, .shift = 12, .wimg = ppc_wimg(f->attr)};
    while (e->shift < 32 && (uint64_t)1 << e->shift < f->n) {
        e->shift = (uint8_t)(e->shift + 2u);
    }
    if ((uint64_t)1 << e->shift != f->n) {
        (void)fprintf(stderr, "dmacoh-sim: no TLB entry of %s has the size of mapping %08x\n",
                      s->m.name, (unsigned)f->va);
        abort();
    }
}

/* Entry i as a program wrote it; false: not valid. */
bool ppc_own_entry(const struct sim *s, int cpu, uint32_t i, struct ppc_entry *e)
{
    const struct soft_entry *o = soft_read(s, cpu, i);

    *e = (struct ppc_entry){.va = o->va,
                            .pa = o->half[0].pa,
                            .shift = o->shift,
                            .wimg = ppc_wimg(o->half[0].attr),
                            .read_only = o->half[0].read_only};
    return o->nhalf != 0;
}

/* The host's mapping of an address, or -1. */
int ppc_host_find(const struct sim *s, uint32_t va)
{
    for (uint32_t i = 0; i < s->nsoft_map; i++) {
        if (va >= s->soft_map[i].va && va - s->soft_map[i].va < s->soft_map[i].n) {
            return (int)i;
        }
    }
    return -1;
}

/* A program writes entry i of its CPU. */
void ppc_write(struct sim *s, uint32_t i, bool valid, const struct ppc_entry *e)
{
    struct soft_entry x = {0};

    if (valid) {
        const uint32_t in = e->shift >= 32 ? UINT32_MAX : (1u << e->shift) - 1u;

        x.va = e->va & ~in;
        x.shift = e->shift;
        x.nhalf = 1;
        x.half[0] = (struct soft_half){
            .pa = e->pa & ~(uint64_t)in, .attr = ppc_attr(e->wimg), .read_only = e->read_only};
    }
    soft_write(s, ppc_cpu(s), i, &x);
}

uint32_t ppc_undefined(struct sim *s, const char *what, uint32_t number)
{
    if (s->in_setup) {
        (void)fprintf(stderr, "dmacoh-sim: model %s has no %s %u\n", s->m.name, what,
                      (unsigned)number);
        abort();
    }
    step_fail(s, SIM_FAULT, "illegal instruction: this CPU has no %s %u", what, (unsigned)number);
    step_end(s, 0);
    return 0;
}

/* The step of an instruction that changes a translation. */
void ppc_step(struct sim *s, uintptr_t pc)
{
    if (!s->in_setup) {
        step_site(s, NULL, pc);
        step_yield(s, OP_NOP, 0, 0, 0);
    }
}

/* ---- special purpose registers ---- */

static uint32_t log2_of(uint32_t n)
{
    uint32_t r = 0;

    for (; n > 1; n >>= 1) {
        r++;
    }
    return r;
}

static uint32_t *plain_register(struct sim *s, uint32_t spr)
{
    struct ppc_regs *r = &s->ppc[ppc_cpu(s)];

    if (spr == SPR_HID0) {
        return &r->hid0;
    }
    if (s->m.isa == SIM_ISA_PPC44X && spr == SPR_MMUCR) {
        return &r->mmucr;
    }
    if (s->m.isa == SIM_ISA_E500 && spr >= SPR_MAS0 && spr <= SPR_MAS6) {
        return &r->mas[spr - SPR_MAS0];
    }
    return s->m.isa == SIM_ISA_E500 && spr == SPR_MAS7 ? &r->mas[7] : NULL;
}

uint32_t sim_insn_mfspr(uint32_t spr)
{
    struct sim *s = step_self("mfspr");
    const uint32_t *r = NULL;
    uint32_t v = 0;

    if (spr == SPR_PVR) {
        return s->m.midr;
    }
    r = plain_register(s, spr);
    if (r != NULL) {
        return *r;
    }
    if (s->m.isa == SIM_ISA_PPC6XX && bat_read(s, ppc_cpu(s), spr, &v)) {
        return v;
    }
    if (spr == SPR_PID || (s->m.isa == SIM_ISA_PPC6XX && spr == SPR_SDR1) ||
        (s->m.isa == SIM_ISA_PPC44X && spr == SPR_PID_405)) {
        return 0; /* of every process */
    }
    if (s->m.isa == SIM_ISA_E500 && spr == SPR_L1CFG0) {
        return log2_of(s->m.line / 32u) << 23 | L1CFG0_SIZE;
    }
    if (s->m.isa == SIM_ISA_E500 && spr == SPR_TLB1CFG) {
        return TLB1CFG_ENTRIES;
    }
    return ppc_undefined(s, "SPR", spr);
}

void sim_insn_mtspr(uint32_t spr, uint32_t v)
{
    struct sim *s = step_self("mtspr");
    uint32_t *r = plain_register(s, spr);

    if (r != NULL) {
        *r = v;
        return;
    }
    if (s->m.isa == SIM_ISA_PPC44X && spr == SPR_PID_405) {
        return;
    }
    if (s->m.isa != SIM_ISA_PPC6XX || !bat_write(s, spr, v)) {
        (void)ppc_undefined(s, "SPR", spr);
    }
}

/* Segment registers: the host's map is not in a hashed table that a program could read. */
uint32_t sim_insn_mfsrin(uintptr_t va)
{
    struct sim *s = step_self("mfsrin");

    return s->m.isa == SIM_ISA_PPC6XX ? (uint32_t)va >> 28
                                      : ppc_undefined(s, "segment register", (uint32_t)va >> 28);
}

/* ---- life ---- */

bool has_ppc(const struct sim *s)
{
    return s->m.isa == SIM_ISA_PPC44X || s->m.isa == SIM_ISA_E500 || s->m.isa == SIM_ISA_PPC6XX;
}

/* Before a setup: the host's values, which nobody could guess. */
void ppc_prepare(struct sim *s)
{
    memset(s->ppc, 0, sizeof s->ppc);
    for (int c = 0; c < SIM_MAX_CPUS; c++) {
        s->ppc[c].mmucr = HOST_MMUCR;
        for (uint32_t i = 0; i < 8; i++) {
            s->ppc[c].mas[i] = HOST_MAS + i;
        }
    }
}

void ppc_save(struct sim *s)
{
    memcpy(s->ppc_base, s->ppc, sizeof s->ppc);
}

void ppc_reset(struct sim *s)
{
    if (has_ppc(s)) {
        memcpy(s->ppc, s->ppc_base, s->m.ncpu * sizeof s->ppc[0]);
    }
}

/* The working registers of the code that an interrupt comes into. */
uint64_t ppc_working(const struct sim *s, int cpu)
{
    const struct ppc_regs *r = &s->ppc[cpu];
    uint64_t h = mix64(r->mmucr, r->hid0);

    for (uint32_t i = 0; i < 8; i++) {
        h = mix64(h, r->mas[i]);
    }
    return h;
}

/* They are as they were before, if the guest that had the CPU meanwhile behaved. */
void ppc_check_working(struct sim *s, int cpu, uint64_t before, const char *guest)
{
    if (has_ppc(s) && ppc_working(s, cpu) != before) {
        step_fail(s, SIM_CONTEXT, "cpu%d: %s changed the MAS registers, MMUCR or HID0", cpu, guest);
    }
}

/* Raw words matter only until an entry is complete; entries are in the TLB's own hash. */
uint64_t ppc_hash(const struct sim *s)
{
    uint64_t h = 29;

    for (int c = 0; has_ppc(s) && c < s->m.ncpu; c++) {
        h = mix64(h, ppc_working(s, c));
        for (uint32_t i = 0; i < SIM_TLB_ENTRIES; i++) {
            const uint32_t *w = s->ppc[c].word[i];

            if ((w[0] | w[1] | w[2]) != 0) {
                h = mix64(mix64(h, i), mix64((uint64_t)w[0] << 32 | w[1], w[2]));
            }
        }
    }
    return h;
}
