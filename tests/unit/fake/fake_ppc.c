/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "fake_ppc.h"

#include <stdio.h>
#include <stdlib.h>

#define SPR_PVR    287u
#define SPR_PID405 945u
#define SPR_MAS0   624u
#define SPR_MAS1   625u
#define SPR_MAS2   626u
#define SPR_MAS3   627u
#define SPR_MAS6   630u
#define SPR_MAS7   944u
#define SPR_MMUCR  946u
#define SPR_HID0   1008u

#define MAS1_VALID 0x80000000u
#define HID0_MAS7  0x00000080u
#define PVR_E500V1 0x8020u
#define PVR_405    0x4011u
#define PVR_476    0x11a5u

struct fake_ppc fake_ppc;

static void die(const char *what, uint32_t at)
{
    fprintf(stderr, "fake PowerPC: %s: 0x%x\n", what, at);
    abort();
}

static bool has_mas7(void)
{
    return fake_ppc.spr[SPR_PVR] >> 16 != PVR_E500V1;
}

uint32_t fake_mfspr(uint32_t spr)
{
    if (spr == SPR_MAS7 && !has_mas7()) {
        die("no such register", spr);
    }
    return fake_ppc.spr[spr];
}

void fake_mtspr(uint32_t spr, uint32_t v)
{
    if (spr == SPR_MAS7 && !has_mas7()) {
        die("no such register", spr);
    }
    fake_ppc.spr[spr] = v;
    fake_ppc.synchronised = false;
    fake_log(FAKE_SPR, spr, v);
}

void fake_isync(void)
{
    fake_ppc.synchronised = true;
    fake_log(FAKE_ISB, 0, 0);
}

/* What every TLB instruction asks for: registers that have arrived, and nobody who interrupts. */
static void ready(void)
{
    if (!fake_ppc.synchronised) {
        die("TLB instruction before its registers are seen", 0);
    }
    if (fake->irq_depth == 0) {
        die("TLB instruction with interrupts on", 0);
    }
}

/* --- e500 --- */

static struct fake_ppc_entry *selected(void)
{
    const uint32_t mas0 = fake_ppc.spr[SPR_MAS0];
    const uint32_t i = mas0 >> 16 & 0xfffu;

    if (mas0 >> 28 != 1u || i >= FAKE_PPC_TLB) {
        die("no entry of TLB1", mas0);
    }
    return &fake_ppc.tlb[i];
}

static void to_mas(const struct fake_ppc_entry *e)
{
    fake_ppc.spr[SPR_MAS1] = e->word[0];
    fake_ppc.spr[SPR_MAS2] = e->word[1];
    fake_ppc.spr[SPR_MAS3] = e->word[2];
    if ((fake_ppc.spr[SPR_HID0] & HID0_MAS7) != 0) {
        fake_ppc.spr[SPR_MAS7] = e->word[3];
    }
}

void fake_mas_tlbwe(void)
{
    struct fake_ppc_entry *e = selected();

    ready();
    fake_ppc.synchronised = false;
    *e = (struct fake_ppc_entry){{fake_ppc.spr[SPR_MAS1], fake_ppc.spr[SPR_MAS2],
                                  fake_ppc.spr[SPR_MAS3], has_mas7() ? fake_ppc.spr[SPR_MAS7] : 0}};
    fake_log(FAKE_TLBWE, (uint64_t)(e - fake_ppc.tlb), e->word[0]);
}

void fake_mas_tlbre(void)
{
    ready();
    to_mas(selected());
}

static bool mas_hit(const struct fake_ppc_entry *e, uint32_t log, uintptr_t va)
{
    const uint32_t tid = e->word[0] >> 16 & 0xfffu;

    return (e->word[0] & MAS1_VALID) != 0 && (e->word[1] & 0xfffff000u) >> log == va >> log &&
           (tid == 0 || tid == fake_ppc.spr[SPR_MAS6] >> 16);
}

void fake_mas_tlbsx(uintptr_t va)
{
    ready();
    for (uint32_t i = 0; i < FAKE_PPC_TLB0; i++) {
        if (mas_hit(&fake_ppc.tlb0[i], 12, va)) {
            fake_ppc.spr[SPR_MAS0] = i << 16;
            to_mas(&fake_ppc.tlb0[i]);
            return;
        }
    }
    for (uint32_t i = 0; i < FAKE_PPC_TLB; i++) {
        const uint32_t log = 2u * (fake_ppc.tlb[i].word[0] >> 8 & 0xfu) + 10u;

        if (mas_hit(&fake_ppc.tlb[i], log, va)) {
            fake_ppc.spr[SPR_MAS0] = 0x10000000u | i << 16;
            to_mas(&fake_ppc.tlb[i]);
            return;
        }
    }
    fake_ppc.spr[SPR_MAS1] &= ~MAS1_VALID;
}

/* --- 44x and 405 --- */

static bool is_405(void)
{
    return fake_ppc.spr[SPR_PVR] >> 16 == PVR_405;
}

static bool is_476(void)
{
    return fake_ppc.spr[SPR_PVR] >> 16 == PVR_476;
}

/* What word 0 maps, as a number of address bits; 0: nothing. */
static uint32_t log_of(uint32_t word0)
{
    static const uint8_t logs_476[] = {12, 14, 16, 20, 24, 28, 30};

    if (is_405()) {
        return (word0 & 0x40u) != 0 ? 2u * (word0 >> 7 & 7u) + 10u : 0;
    }
    if (!is_476()) {
        return (word0 & 0x200u) != 0 ? 2u * (word0 >> 4 & 0xfu) + 10u : 0;
    }
    uint32_t n = 0;

    while (n < 6u && (word0 & 0x10u << n) != 0) {
        n++;
    }
    return (word0 & 0x800u) != 0 ? logs_476[n] : 0;
}

uint32_t fake_tlbsx(uintptr_t va)
{
    ready();
    if (!is_405() && (fake_ppc.spr[SPR_MMUCR] & 0x10000u) != 0) {
        return UINT32_MAX; /* the other address space is empty */
    }
    for (uint32_t i = 0; i < FAKE_PPC_TLB; i++) {
        const uint32_t *word = fake_ppc.tlb[i].word;
        const uint32_t log = log_of(word[0]);
        const uint32_t pid = is_405() ? fake_ppc.spr[SPR_PID405] : fake_ppc.spr[SPR_MMUCR] & 0xffu;

        if (log != 0 && word[0] >> log == va >> log && (word[3] == 0 || word[3] == pid)) {
            return i;
        }
    }
    return UINT32_MAX;
}

uint32_t fake_tlbre(uint32_t entry, uint32_t word)
{
    if (word != 0 && is_405()) {
        ready(); /* behind the process that word 0 has left, and that was put back */
    }
    if (word == 0) {
        const uint32_t spr = is_405() ? SPR_PID405 : SPR_MMUCR;

        fake_ppc.spr[spr] = (fake_ppc.spr[spr] & ~0xffu) | fake_ppc.tlb[entry].word[3];
    }
    return fake_ppc.tlb[entry].word[word];
}

/* An entry may change only while it is not valid. */
void fake_tlbwe(uint32_t entry, uint32_t word, uint32_t v)
{
    ready();
    if (word != 0 && (fake_ppc.tlb[entry].word[0] & 0x200u) != 0 &&
        fake_ppc.tlb[entry].word[word] != v) {
        die("change of a live entry", entry);
    }
    if (word == 0) {
        fake_ppc.tlb[entry].word[3] = fake_ppc.spr[SPR_MMUCR] & 0xffu;
    }
    fake_ppc.tlb[entry].word[word] = v;
    fake_log(FAKE_TLBWE, entry, (uint64_t)word << 32 | v);
}
