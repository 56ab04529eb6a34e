/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "fake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGE 4096u

struct fake *fake;

static void die(const char *what, uint64_t at)
{
    fprintf(stderr, "fake machine: %s at 0x%llx\n", what, (unsigned long long)at);
    abort();
}

void fake_init(struct fake *f)
{
    *f = (struct fake){.midr = 0x413fc0f3u, /* Cortex-A15 r3p3 */
                       .mpidr = 0x80000000u,
                       .ctr = 0x8444c004u,   /* lines and granule of 64 bytes */
                       .ttbr0 = 0x41u,       /* cacheable walks */
                       .mmfr3 = 0x00100000u, /* which see the caches */
                       .log = calloc(FAKE_EVENTS, sizeof(struct fake_event))};
    if (f->log == NULL) {
        die("no memory for the log", 0);
    }
    fake = f;
}

void fake_free(struct fake *f)
{
    free(f->log);
    f->log = NULL;
}

/* --- the log --- */

void fake_log(enum fake_kind kind, uint64_t at, uint64_t value)
{
    if (fake->nlog == FAKE_EVENTS) {
        die("log full", at);
    }
    fake->log[fake->nlog++] = (struct fake_event){kind, at, value};
}

void fake_clear(void)
{
    fake->nlog = 0;
    fake->masked_ops_max = 0;
    fake->masked_bytes_max = 0;
    fake->accesses = 0;
}

uint32_t fake_count(enum fake_kind kind)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < fake->nlog; i++) {
        n += fake->log[i].kind == kind;
    }
    return n;
}

uint32_t fake_find(enum fake_kind kind, uint32_t from)
{
    while (from < fake->nlog && fake->log[from].kind != kind) {
        from++;
    }
    return from;
}

/* --- memory --- */

uint8_t *fake_ram_at(uint64_t phys, uint64_t len)
{
    for (uint32_t i = 0; i < fake->nram; i++) {
        const struct fake_ram *r = &fake->ram[i];

        if (phys >= r->phys && phys - r->phys < r->size && len <= r->size - (phys - r->phys)) {
            return r->host + (phys - r->phys);
        }
    }
    die("no memory", phys);
    return NULL;
}

static uint64_t load64(const uint8_t *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof(word));
    return word;
}

static uint32_t load32(const uint8_t *at)
{
    uint32_t word;

    memcpy(&word, at, sizeof(word));
    return word;
}

/* The walker of short-descriptor tables; small pages only, which is what windows are made of. */
static uint64_t walk_short(uintptr_t va)
{
    const uint32_t l1 = load32((const uint8_t *)fake->root + (va >> 20) * 4u);

    if ((l1 & 3u) != 1u) {
        die("window without a table", va);
    }
    const uint32_t l2 = load32(fake_ram_at(l1 & 0xfffffc00u, 1024) + (va >> 12 & 0xffu) * 4u);

    if ((l2 & 2u) == 0) {
        die("window slot is not mapped", va);
    }
    return l2;
}

/* The same for long descriptors: tables on all three levels. */
static uint64_t walk_long(uintptr_t va)
{
    uint64_t d = load64((const uint8_t *)fake->root + (va >> 30 & 3u) * 8u);

    for (uint32_t shift = 21; shift >= 12; shift -= 9) {
        if ((d & 3u) != 3u) {
            die("window without a table", va);
        }
        d = load64(fake_ram_at(d & 0xfffffff000u, PAGE) + (va >> shift & 511u) * 8u);
    }
    if ((d & 3u) != 3u) {
        die("window slot is not mapped", va);
    }
    return d;
}

static uint64_t walk(uintptr_t va)
{
    return (fake->ttbcr & 0x80000000u) != 0 ? walk_long(va) : walk_short(va);
}

static uint64_t lookup(uintptr_t va)
{
    const uintptr_t page = va & ~(uintptr_t)(PAGE - 1u);
    uint32_t empty = FAKE_TLB;

    for (uint32_t i = 0; i < FAKE_TLB; i++) {
        if (fake->tlb[fake->cpu][i].page == page) {
            return fake->tlb[fake->cpu][i].entry;
        }
        if (fake->tlb[fake->cpu][i].page == 0) {
            empty = i;
        }
    }
    if (empty == FAKE_TLB) {
        die("TLB full: slots are never invalidated", va);
    }
    fake->tlb[fake->cpu][empty].page = page;
    fake->tlb[fake->cpu][empty].entry = walk(va);
    return fake->tlb[fake->cpu][empty].entry;
}

uintptr_t fake_host(uintptr_t va)
{
    if (va - fake->segment_va < fake->segment_size) {
        return (uintptr_t)fake_ram_at(va - fake->segment_va, 1);
    }
    if (va - fake->win_va >= fake->win_size) {
        return va;
    }
    if (fake->irq_depth == 0) {
        die("window used with interrupts on", va);
    }
    if (fake->translate != NULL) {
        return (uintptr_t)fake_ram_at(fake->translate(va), PAGE) + (va & (PAGE - 1u));
    }
    return (uintptr_t)fake_ram_at(lookup(va) & 0xfffffff000u, PAGE) + (va & (PAGE - 1u));
}

static void count_store(uintptr_t va, uint64_t value)
{
    fake->accesses++;
    if ((fake->root != 0 && va - fake->root < 16384u) || va - fake->tables < fake->tables_size) {
        fake_log(FAKE_ENTRY, va, value);
    }
}

void fake_store(uintptr_t va, uint32_t value)
{
    count_store(va, value);
    *(volatile uint32_t *)fake_host(va) = value;
}

void fake_store64(uintptr_t va, uint64_t value)
{
    count_store(va, value);
    *(volatile uint64_t *)fake_host(va) = value;
}

/* --- the outer cache's controller --- */

#define L2_ID      0x000u
#define L2_CONTROL 0x100u
#define L2_AUX     0x104u
#define L2_SYNC    0x730u
#define L2_SIZE    0x1000u

void fake_l2_write(uintptr_t reg, uint32_t value)
{
    if (reg - fake->l2_va >= L2_SIZE) {
        die("no register of the outer cache", reg);
    }
    fake_log(FAKE_L2, reg - fake->l2_va, value);
    fake->l2_busy_left = fake->l2_busy;
}

uint32_t fake_l2_read(uintptr_t reg)
{
    switch (reg - fake->l2_va) {
    case L2_ID:
        return fake->l2_id;
    case L2_CONTROL:
        return fake->l2_control;
    case L2_AUX:
        return fake->l2_aux;
    case L2_SYNC:
        fake_log(FAKE_L2_READ, L2_SYNC, 0);
        return fake->l2_busy_left != 0 ? fake->l2_busy_left-- | 1u : 0;
    default:
        die("read of a register of the outer cache", reg);
        return 0;
    }
}

/* --- caches and TLBs --- */

void fake_op(enum fake_kind kind, uintptr_t va)
{
    if (va - fake->win_va < fake->win_size) {
        (void)fake_host(va); /* an operation by address is translated, too */
    }
    if (fake->irq_depth != 0) {
        fake->masked_ops++;
    }
    fake_log(kind, va, 0);
}

static void tlb_drop(uint32_t cpu, uintptr_t va)
{
    for (uint32_t i = 0; i < FAKE_TLB; i++) {
        if (fake->tlb[cpu][i].page == (va & ~(uintptr_t)(PAGE - 1u))) {
            fake->tlb[cpu][i].page = 0;
        }
    }
}

void fake_tlbi(uintptr_t va, bool everywhere)
{
    for (uint32_t cpu = 0; cpu < FAKE_CPUS; cpu++) {
        if (everywhere || cpu == fake->cpu) {
            tlb_drop(cpu, va);
        }
    }
    fake_log(everywhere ? FAKE_TLBI_IS : FAKE_TLBI, va, 0);
}
