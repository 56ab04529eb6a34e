/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Transparent mode: cache lines, posted cache operations, posted stores to uncached memory. */
#include <inttypes.h>
#include <string.h>

#include "transparent_state.h"

#define LINES_A_STEP 24u

static uint8_t *at(uint8_t *bytes, const struct tp_arena *a, uint32_t line)
{
    return bytes + (size_t)line * a->line;
}

static bool changed(const struct tp_arena *a, uint32_t off)
{
    return a->view[off] != a->synced[off];
}

bool tp_line_dirty(const struct tp_arena *a, uint32_t line)
{
    return memcmp(at(a->view, a, line), at(a->synced, a, line), a->line) != 0;
}

/* What DRAM holds becomes what the CPU sees. */
void tp_line_reload(const struct tp_arena *a, uint32_t line)
{
    memcpy(at(a->view, a, line), at(a->dram, a, line), a->line);
    memcpy(at(a->synced, a, line), at(a->dram, a, line), a->line);
}

/* The bytes that the CPU has written without a trap are the last values of those bytes. */
void tp_line_absorb(const struct tp_arena *a, uint32_t line)
{
    for (uint32_t off = line * a->line; off < (line + 1u) * a->line; off++) {
        if (changed(a, off)) {
            a->truth[off] = a->view[off];
            a->known[off] = 1;
        }
    }
}

void tp_touch(struct tp_arena *a, uint32_t off)
{
    const uint32_t line = off / a->line;

    if (a->cached && !a->active[line]) {
        a->active[line] = 1;
        a->list[a->nlist++] = line;
    }
}

void tp_line_clean(const struct tp_arena *a, uint32_t line)
{
    if (!tp_line_dirty(a, line)) {
        return;
    }
    tp_line_absorb(a, line);
    for (uint32_t off = line * a->line; off < (line + 1u) * a->line; off++) {
        if (tp_device_writes((enum sim_owner)a->own[off])) {
            tp_origin(tp_last_deed(a->phys + off), true);
            tp_fail(SIM_DIRTY_UNDER_DMA,
                    "nothing may write to the cache line of a buffer that a device writes: give "
                    "the buffer lines of its own (dmacoh_line()), and do not use EDGES_OWNED",
                    "a dirty cache line is written back over bytes that the device owns, at "
                    "physical address 0x%" PRIx64,
                    a->phys + off);
            break;
        }
    }
    memcpy(at(a->dram, a, line), at(a->view, a, line), a->line);
    memcpy(at(a->synced, a, line), at(a->view, a, line), a->line);
}

static void invalidate(const struct tp_arena *a, uint32_t line)
{
    if (tp.model->inv_may_clean && tp_random(2) != 0) {
        tp_line_clean(a, line);
    }
    for (uint32_t off = line * a->line; off < (line + 1u) * a->line; off++) {
        const enum sim_owner owner = (enum sim_owner)a->own[off];

        if (changed(a, off) && (owner == SIM_OWN_CPU || owner == SIM_OWN_TO)) {
            tp_fail(SIM_DIRTY_LOST,
                    "give the buffer whole cache lines (dmacoh_line()), and use EDGES_OWNED only "
                    "if nothing else lives in its first and last line",
                    "an invalidation drops a byte that the driver has written, at physical "
                    "address 0x%" PRIx64,
                    a->phys + off);
            break;
        }
    }
    a->present[line] = 0;
    tp_line_reload(a, line);
}

/* ---- posted cache operations ---- */

static void cmo_apply(uint32_t i)
{
    const struct tp_cmo c = tp.cmo[i];
    const uint32_t begin = c.line * tp.model->line / tp.cached.line;

    tp.ncmos--;
    memmove(&tp.cmo[i], &tp.cmo[i + 1u], (tp.ncmos - i) * sizeof tp.cmo[0]);
    if (c.op == SIM_INSN_CLEAN) {
        tp_line_clean(&tp.cached, begin);
    } else if (c.op == SIM_INSN_INVAL) {
        invalidate(&tp.cached, begin);
    } else {
        tp_line_clean(&tp.cached, begin);
        invalidate(&tp.cached, begin);
    }
}

static bool cmo_ready(uint32_t i)
{
    for (uint32_t k = 0; k < i; k++) {
        if (tp.cmo[k].line == tp.cmo[i].line) {
            return false;
        }
    }
    return true;
}

void tp_insn_cache(enum sim_insn_cache op, uintptr_t va)
{
    uint32_t off = 0;
    struct tp_arena *a = tp_arena_at(va, &off);

    tp.call_has_cmos = true;
    if (a == NULL || !a->cached) {
        return; /* no line of uncached memory is in a cache */
    }
    tp_touch(a, off);
    if (tp.ncmos == TP_CMOS) {
        cmo_apply(0);
    }
    tp.cmo[tp.ncmos++] = (struct tp_cmo){op, off / tp.model->line};
    tp_point();
}

/* ---- posted stores ---- */

static bool overlap(const struct tp_store *s, uint32_t off, uint32_t len)
{
    return s->off < off + len && off < s->off + s->len;
}

bool tp_store_pending(uint32_t off)
{
    for (uint32_t i = 0; i < tp.nstores; i++) {
        if (overlap(&tp.store[i], off, 1)) {
            return true;
        }
    }
    return false;
}

static void drain(uint32_t i)
{
    const struct tp_store s = tp.store[i];

    tp.nstores--;
    memmove(&tp.store[i], &tp.store[i + 1u], (tp.nstores - i) * sizeof tp.store[0]);
    memcpy(tp.uncached.dram + s.off, s.data, s.len);
}

/* A store may overtake another one that was issued before it, but not across a barrier. */
static bool may_drain(uint32_t i)
{
    for (uint32_t k = 0; k < i; k++) {
        if (tp.store[k].epoch != tp.store[i].epoch ||
            overlap(&tp.store[k], tp.store[i].off, tp.store[i].len)) {
            return false;
        }
    }
    return true;
}

/* The view has the bytes already: the CPU sees its own stores. */
void tp_store_post(uint32_t off, const uint8_t *data, uint32_t len)
{
    if (!tp.stepping) {
        return; /* view and DRAM are the same memory */
    }
    if (tp.nstores == TP_STORES) {
        drain(0);
    }
    struct tp_store *s = &tp.store[tp.nstores++];

    s->off = off;
    s->len = len;
    s->epoch = tp.epoch;
    memcpy(s->data, data, len);
}

void tp_store_drain_all(void)
{
    while (tp.nstores != 0) {
        drain(0);
    }
}

void tp_insn_barrier(enum sim_insn_barrier kind)
{
    switch (kind) {
    case SIM_INSN_DSB:
        while (tp.ncmos != 0) {
            cmo_apply(0);
        }
        tp_store_drain_all();
        break;
    case SIM_INSN_DSB_ST: /* completes stores, and no cache operation */
        tp_store_drain_all();
        break;
    case SIM_INSN_DMB:
    case SIM_INSN_DMB_ST:
        tp.epoch++;
        break;
    case SIM_INSN_ISB:
        break;
    }
    tp_point();
}

bool tp_outstanding(void)
{
    return tp.ncmos != 0 || tp.nstores != 0;
}

/* ---- the adversary ---- */

static void act_on(const struct tp_arena *a, uint32_t line)
{
    switch (tp_random(32)) {
    case 0:
        tp_line_clean(a, line);
        invalidate(a, line);
        break;
    case 1:
        tp_line_clean(a, line);
        break;
    case 2:
    case 3:
    case 4:
    case 5:
        a->present[line] = 1; /* speculative fill: it freezes from here on */
        break;
    default:
        break;
    }
}

/* All lines of small tests; a sample of large ones, so that a step costs the same. */
static void lines_act(const struct tp_arena *a)
{
    const uint32_t n = a->nlist < LINES_A_STEP ? a->nlist : LINES_A_STEP;

    for (uint32_t i = 0; i < n && !tp.failed; i++) {
        act_on(a, a->list[n == a->nlist ? i : tp_random(a->nlist)]);
    }
}

void tp_lines_adversary(void)
{
    lines_act(&tp.cached);
    for (uint32_t i = 0; i < tp.ncmos && !tp.failed; i++) {
        if (tp_random(4) == 0 && cmo_ready(i)) {
            cmo_apply(i);
        }
    }
    for (uint32_t i = 0; i < tp.nstores; i++) {
        if (tp_random(4) == 0 && may_drain(i)) {
            drain(i);
        }
    }
}
