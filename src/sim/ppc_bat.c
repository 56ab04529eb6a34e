/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Classic PowerPC: data BATs, pairs of registers that map blocks of 128 KiB and more. The first one
 * shows the host's first mapping, its linear map; its other mappings are pages, which software
 * cannot see here. An upper register with Vs set makes the pair valid at once.
 */
#include "insn/sim_insn.h"
#include "ppc.h"

#define CALLER ((uintptr_t)__builtin_return_address(0))

#define DBAT0U   536u
#define DBATS    4u
#define BLOCK    0xfffe0000u
#define U_BL     0x00001ffcu
#define U_VS     0x2u
#define U_VALID  0x3u
#define L_WIMG   3u
#define L_PP     0x3u
#define L_RW     0x2u
#define MIN_BITS 17u

static bool is_bat(uint32_t spr, uint32_t *i, uint32_t *lower)
{
    *i = (spr - DBAT0U) / 2u;
    *lower = (spr - DBAT0U) % 2u;
    return spr >= DBAT0U && *i < DBATS;
}

static void host_words(const struct sim *s, uint32_t *w)
{
    const struct static_map *f = &s->soft_map[0];

    w[0] = (f->va & BLOCK) | (((uint32_t)(f->n >> MIN_BITS) - 1u) << 2 & U_BL) | U_VALID;
    w[1] = ((uint32_t)f->pa & BLOCK) | (uint32_t)ppc_wimg(f->attr) << L_WIMG | L_RW;
}

bool bat_read(const struct sim *s, int cpu, uint32_t spr, uint32_t *v)
{
    uint32_t i = 0;
    uint32_t lower = 0;
    uint32_t w[2];

    if (!is_bat(spr, &i, &lower)) {
        return false;
    }
    if (i == 0 && s->nsoft_map != 0) {
        host_words(s, w);
        *v = w[lower];
    } else {
        *v = s->ppc[cpu].word[i][lower];
    }
    return true;
}

static bool decode(const uint32_t *w, struct ppc_entry *e)
{
    uint32_t blocks = ((w[0] & U_BL) >> 2) + 1u;

    *e = (struct ppc_entry){.va = w[0] & BLOCK,
                            .pa = w[1] & BLOCK,
                            .shift = MIN_BITS,
                            .wimg = (uint8_t)(w[1] >> L_WIMG & 0xfu),
                            .read_only = (w[1] & L_PP) != L_RW};
    for (; blocks > 1u; blocks >>= 1) {
        e->shift++;
    }
    return (w[0] & U_VS) != 0;
}

/* False: not a BAT. */
bool bat_write(struct sim *s, uint32_t spr, uint32_t v)
{
    struct ppc_entry was;
    struct ppc_entry is;
    uint32_t i = 0;
    uint32_t lower = 0;

    if (!is_bat(spr, &i, &lower)) {
        return false;
    }
    ppc_step(s, CALLER);
    if (i == 0) {
        step_fail(s, SIM_CONFUSED, "DBAT0 is the host's linear map");
    } else {
        uint32_t *w = s->ppc[ppc_cpu(s)].word[i];
        const bool before = decode(w, &was);

        w[lower] = v;
        const bool after = decode(w, &is);
        if (before || after) {
            ppc_write(s, i, after, &is);
        }
    }
    if (!s->in_setup) {
        step_end(s, 0);
    }
    return true;
}
