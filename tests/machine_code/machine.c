/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "machine.h"

#include "trace.h"

#include <stdlib.h>
#include <string.h>

static uint8_t *ram_at(const struct machine *m, uint32_t va)
{
    const uint32_t at = va - m->cpu->cached_va;

    if (at > RAM_SIZE - 4u) {
        die("%08x is not in the memory of the image", va);
    }
    return m->ram + at;
}

static uint32_t symbol(const struct machine *m, const char *name)
{
    const uint32_t va = image_symbol(&m->im, name);

    if (va == 0) {
        die("the image has no symbol %s", name);
    }
    return va;
}

static void find_sites(struct machine *m)
{
    for (uint32_t pc = m->im.text; pc < m->im.text_end; pc += 4u) {
        const uint32_t word = image_get32(&m->im, ram_at(m, pc));
        const struct insn insn = m->cpu->decode(word);

        if (insn.kind == INSN_OTHER) {
            continue;
        }
        if (m->nsites == MAX_SITES) {
            die("more than %u cache instructions", MAX_SITES);
        }
        m->sites[m->nsites++] = (struct site){pc, word, insn, m, 0};
    }
}

void machine_open(struct machine *m, const struct cpu *cpu, const char *path)
{
    *m = (struct machine){.cpu = cpu, .path = path};
    image_open(&m->im, path);
    m->ram = aligned_alloc(4096, RAM_SIZE);
    m->window_memory = aligned_alloc(4096, MC_WIN_BYTES);
    if (m->ram == NULL || m->window_memory == NULL) {
        die("no memory");
    }
    cache_init(&m->cache, cpu->line);
    m->cache.speculates = cpu->speculates;
    m->cache.inval_may_clean = cpu->inval_may_clean;
    m->entry = symbol(m, "mc_call");
    m->words = symbol(m, "mc_words");
    m->irqs_off = symbol(m, "mc_irqs_off");
    m->panicked = symbol(m, "mc_panicked");
    memset(m->ram, 0, RAM_SIZE);
    memset(m->window_memory, 0, MC_WIN_BYTES);
    image_load(&m->im, m->ram, cpu->cached_va, RAM_SIZE);
    find_sites(m);
    m->cpu->emu->open(m);
}

void machine_close(struct machine *m)
{
    m->cpu->emu->close(m);
    cache_fini(&m->cache);
    image_close(&m->im);
    free(m->ram);
    free(m->window_memory);
}

/* Variables only: the instructions stay as they are, patched or not. */
void machine_reset(struct machine *m)
{
    const uint32_t from = m->im.text_end - m->cpu->cached_va;
    const uint32_t to = m->im.last + 1u - m->cpu->cached_va;
    uint8_t *fresh = calloc(1, RAM_SIZE);

    if (fresh == NULL) {
        die("no memory");
    }
    image_load(&m->im, fresh, m->cpu->cached_va, RAM_SIZE);
    memcpy(m->ram + from, fresh + from, to - from);
    free(fresh);
    memset(m->cache.state, LINE_ABSENT, sizeof(m->cache.state));
    if (m->mutant != 0) {
        machine_set(m, "mc_mutant", m->mutant);
    }
}

void machine_put(struct machine *m, uint32_t word, uint32_t value)
{
    image_put32(&m->im, ram_at(m, m->words + 4u * word), value);
}

uint32_t machine_get(const struct machine *m, uint32_t word)
{
    return image_get32(&m->im, ram_at(m, m->words + 4u * word));
}

void machine_set(struct machine *m, const char *name, uint32_t value)
{
    image_put32(&m->im, ram_at(m, symbol(m, name)), value);
}

void machine_patch(struct machine *m, uint32_t pc, uint32_t word)
{
    image_put32(&m->im, ram_at(m, pc), word);
    m->cpu->emu->patched(m, pc);
}

int machine_call(struct machine *m, uint32_t op, uint32_t a, uint32_t b, uint32_t c)
{
    const uint32_t args[4] = {op, a, b, c};
    uint32_t result = 0;

    m->watch.call = op;
    m->watch.begun = false;
    m->watch.ordered = false;
    m->watch.pending = 0;
    m->calls++;
    if (!m->cpu->emu->run(m, m->entry, args, &result)) {
        return (int)result;
    }
    if (m->cpu->windows != NULL && op == MC_BOOT) {
        m->cpu->windows->booted(m);
    } else if (m->cpu->windows != NULL) {
        m->cpu->windows->returned(m);
    }
    if (m->watch.pending != 0) {
        trace_fail("%u operations without a barrier behind them", m->watch.pending);
    }
    if (op == MC_BARRIER && !m->watch.ordered) {
        trace_fail("no barrier instruction in barrier function %u", a);
    }
    if (image_get32(&m->im, ram_at(m, m->irqs_off)) != 0) {
        trace_fail("interrupts are masked after the call");
    }
    if (image_get32(&m->im, ram_at(m, m->panicked)) != 0) {
        trace_fail("the library panicked, or did not pair its locks");
    }
    return (int)result;
}

static struct place locate(struct machine *m, uint32_t va)
{
    if (m->cpu->windows != NULL && va - MC_WIN_VA < MC_WIN_BYTES) {
        return m->cpu->windows->locate(m, va);
    }
    return m->cpu->locate(va);
}

static void cache_site(struct machine *m, struct site *site, uint32_t ea)
{
    static const enum cache_op ops[] = {
        [INSN_CLEAN] = CACHE_CLEAN,
        [INSN_INVAL] = CACHE_INVAL,
        [INSN_CLEAN_INVAL] = CACHE_CLEAN_INVAL,
    };
    const struct place place = locate(m, ea);
    const uint32_t at = arena_at(place.phys);

    /* Page tables: memory of the library alone. */
    if (at == ARENA_NONE && ea - m->cpu->cached_va < RAM_SIZE) {
        if (m->cpu->windows != NULL) {
            site->hits++;
            m->cpu->windows->clean(m, ea);
        }
        return;
    }
    if (at == ARENA_NONE) {
        trace_fail("operation at %08x on %08x, where nothing is", site->pc, ea);
        return;
    }
    if (place.uncached && m->cpu->uncached_va != 0) {
        trace_fail("operation at %08x through the uncached address %08x", site->pc, ea);
        return;
    }
    m->watch.accesses = site->insn.accesses;
    cache_do(&m->cache, ops[site->insn.kind], at);
    /* Questions about a page: on e500 a clean makes the host's software put its entry into the TLB. */
    if (m->watch.call < MC_MAP_SINGLE && site->insn.kind == INSN_CLEAN && !m->watch.begun) {
        return;
    }
    if (!m->watch.begun) {
        trace_fail("operation at %08x before any barrier of the call", site->pc);
    }
    site->hits++;
    m->watch.pending++;
}

void machine_site(struct machine *m, struct site *site, uint32_t ea)
{
    if (m->watch.call == MC_BOOT) {
        return; /* not the library's */
    }
    switch (site->insn.kind) {
    case INSN_ORDER:
        site->hits++;
        m->watch.ordered = true;
        break;
    case INSN_BARRIER:
        site->hits++;
        m->watch.ordered = true;
        m->watch.begun = true;
        m->watch.pending = 0;
        m->watch.barriers++;
        if (m->cpu->windows != NULL) {
            m->cpu->windows->barrier(m);
        }
        break;
    case INSN_CLEAN:
    case INSN_INVAL:
    case INSN_CLEAN_INVAL:
        cache_site(m, site, ea);
        break;
    case INSN_BAD:
        trace_fail("instruction %08x at %08x, which the library has no use for", site->word,
                   site->pc);
        break;
    case INSN_TLB:
    case INSN_TLB_REG:
        if (m->cpu->windows != NULL) {
            site->hits += m->watch.call != MC_FINI || !m->cpu->windows->empty_at_fini;
            m->cpu->windows->tlb(m, site->word, ea);
        }
        break;
    case INSN_OTHER:
    default:
        break;
    }
}

/* The bytes of a value, in the target's order. */
static void spell(const struct machine *m, uint64_t value, uint32_t len, uint8_t *bytes)
{
    for (uint32_t i = 0; i < len; i++) {
        bytes[i] = (uint8_t)(value >> 8u * (m->im.big ? len - 1u - i : i));
    }
}

void machine_access(struct machine *m, uint32_t va, uint32_t len, bool store, uint64_t value)
{
    const struct place place = locate(m, va);
    const uint32_t at = arena_at(place.phys);

    if (m->watch.accesses != 0) {
        m->watch.accesses--;
        return;
    }
    if (at == ARENA_NONE) {
        trace_fail("access to %08x, where nothing is", va);
        return;
    }
    uint8_t bytes[8];
    const bool by_hand =
        m->cpu->windows != NULL && m->cpu->windows->by_hand && va - MC_WIN_VA < MC_WIN_BYTES;

    if (len > sizeof(bytes)) {
        die("access of %u bytes", len);
    }
    spell(m, value, len, bytes);
    if (place.uncached) {
        cache_bypass(&m->cache, at, len, store, bytes);
        return;
    }
    cache_access(&m->cache, at, len, store);
    if (by_hand && store) {
        memcpy(m->cache.cpu + at, bytes, len);
    } else if (by_hand) {
        memcpy(m->window_memory + (va - MC_WIN_VA), m->cache.cpu + at, len);
    }
}
