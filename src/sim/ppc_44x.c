/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * 44x and 405: one TLB of 64 entries, written word by word. A valid entry changes with every word;
 * the host's mappings are its first entries. Page sizes are powers of 4 from 1 KiB on. 405 packs the
 * same facts into two words.
 */
#include "insn/sim_insn.h"
#include "ppc.h"

#define CALLER ((uintptr_t)__builtin_return_address(0))

#define NONE      0xffffffffu
#define WORDS     3u
#define PAGE_BITS 0xfffffc00u

/* 44x: EPN, V, SIZE; RPN, ERPN; attributes and permissions. */
#define V44     0x200u
#define V476    0x800u
#define SIZE44  4u
#define ERPN44  0xfu
#define WIMG44  8u /* W is bit 11 */
#define PERMS44 0x7u
#define SW44    0x2u
/* 405: EPN, SIZE, V; RPN, permissions, attributes. */
#define V405     0x40u
#define SIZE405  7u
#define PERMS405 0x300u
#define WR405    0x100u

static bool is_405(const struct sim *s)
{
    return s->m.midr >> 16 == 0x4011u;
}

static bool is_476(const struct sim *s)
{
    return s->m.midr >> 16 == 0x11a5u;
}

/* 476: a bit for each step between the sizes that there are, and another valid bit. */
static uint32_t word0_476(const struct ppc_entry *e)
{
    static const uint8_t shifts[] = {14, 16, 20, 24, 28, 30};
    uint32_t size = 0;

    for (uint32_t i = 0; i < sizeof shifts && e->shift >= shifts[i]; i++) {
        size |= 1u << i;
    }
    return (e->va & PAGE_BITS) | V476 | size << SIZE44;
}

static uint32_t word_44x(const struct ppc_entry *e, uint32_t word)
{
    switch (word) {
    case 0:
        return (e->va & PAGE_BITS) | V44 | (e->shift - 10u) / 2u << SIZE44;
    case 1:
        return ((uint32_t)e->pa & PAGE_BITS) | ((uint32_t)(e->pa >> 32) & ERPN44);
    default:
        return (uint32_t)e->wimg << WIMG44 | PERMS44;
    }
}

static uint32_t word_405(const struct ppc_entry *e, uint32_t word)
{
    if (word == 0) {
        return (e->va & PAGE_BITS) | (e->shift - 10u) / 2u << SIZE405 | V405;
    }
    return ((uint32_t)e->pa & PAGE_BITS) | PERMS405 | e->wimg;
}

static bool decode(const struct sim *s, const uint32_t *w, struct ppc_entry *e)
{
    if (is_405(s)) {
        *e = (struct ppc_entry){.va = w[0] & PAGE_BITS,
                                .pa = w[1] & PAGE_BITS,
                                .shift = (uint8_t)(10u + 2u * (w[0] >> SIZE405 & 0x7u)),
                                .wimg = (uint8_t)(w[1] & 0xfu),
                                .read_only = (w[1] & WR405) == 0};
        return (w[0] & V405) != 0;
    }
    *e = (struct ppc_entry){.va = w[0] & PAGE_BITS,
                            .pa = (uint64_t)(w[1] & ERPN44) << 32 | (w[1] & PAGE_BITS),
                            .shift = (uint8_t)(10u + 2u * (w[0] >> SIZE44 & 0xfu)),
                            .wimg = (uint8_t)(w[2] >> WIMG44 & 0xfu),
                            .read_only = (w[2] & SW44) == 0};
    return (w[0] & V44) != 0;
}

static struct sim *self(const char *what)
{
    struct sim *s = step_self(what);

    if (s->m.isa != SIM_ISA_PPC44X) {
        (void)ppc_undefined(s, what, 0);
    }
    return s;
}

uint32_t sim_insn_tlbsx44(uintptr_t va)
{
    struct sim *s = self("tlbsx of a unified TLB");
    const int own = soft_find(s, ppc_cpu(s), (uint32_t)va);
    const int host = ppc_host_find(s, (uint32_t)va);

    return own >= 0 ? (uint32_t)own : host >= 0 ? (uint32_t)host : NONE;
}

uint32_t sim_insn_tlbre44(uint32_t index, uint32_t word)
{
    struct sim *s = self("tlbre of a unified TLB");
    struct ppc_entry e;

    if (index >= SIM_TLB_ENTRIES || word >= WORDS) {
        return 0;
    }
    if (index >= s->nsoft_map) {
        return s->ppc[ppc_cpu(s)].word[index][word];
    }
    ppc_host_entry(s, index, &e);
    if (is_476(s) && word == 0) {
        return word0_476(&e);
    }
    return is_405(s) ? word_405(&e, word) : word_44x(&e, word);
}

void sim_insn_tlbwe44(uint32_t index, uint32_t word, uint32_t v)
{
    struct sim *s = self("tlbwe of a unified TLB");
    struct ppc_entry was;
    struct ppc_entry is;

    ppc_step(s, CALLER);
    if (index >= SIM_TLB_ENTRIES || index < s->nsoft_map || word >= WORDS) {
        step_fail(s, SIM_CONFUSED, "tlbwe of entry %u, which is the host's", (unsigned)index);
    } else {
        uint32_t *w = s->ppc[ppc_cpu(s)].word[index];
        const bool before = decode(s, w, &was);

        w[word] = v;
        const bool after = decode(s, w, &is);
        if (before || after) {
            ppc_write(s, index, after, &is);
        }
    }
    if (!s->in_setup) {
        step_end(s, 0);
    }
}
