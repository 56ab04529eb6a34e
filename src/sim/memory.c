/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Sparse physical memory. A run starts from an image (base) made once by the scene's setup; only
 * the lines that a run touched are restored, so a replay costs what it touches.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"

void *mem_must(void *p)
{
    if (p == NULL) {
        (void)fprintf(stderr, "dmacoh-sim: out of host memory\n");
        abort();
    }
    return p;
}

bool mem_is_ram(const struct sim *s, uint64_t pa, bool *table)
{
    for (uint32_t i = 0; i < s->nram; i++) {
        if (pa >= s->ram[i].pa && pa - s->ram[i].pa < s->ram[i].n) {
            *table = s->ram[i].kind == SIM_RAM_TABLE;
            return true;
        }
    }
    return false;
}

static uint32_t bucket_of(const struct sim *s, uint64_t pa)
{
    return (uint32_t)(mix64(0, pa) >> 32) & (s->nbucket - 1);
}

int mem_find(const struct sim *s, uint64_t pa)
{
    pa &= ~(uint64_t)s->line_mask;
    if (s->nbucket == 0) {
        return -1;
    }
    for (uint32_t b = bucket_of(s, pa); s->bucket[b] >= 0; b = (b + 1) & (s->nbucket - 1)) {
        if (s->line[s->bucket[b]].pa == pa) {
            return s->bucket[b];
        }
    }
    return -1;
}

static void insert(struct sim *s, uint32_t li)
{
    uint32_t b = bucket_of(s, s->line[li].pa);

    while (s->bucket[b] >= 0) {
        b = (b + 1) & (s->nbucket - 1);
    }
    s->bucket[b] = (int32_t)li;
}

static void grow(struct sim *s)
{
    s->cap_line = s->cap_line != 0 ? s->cap_line * 2 : 256;
    s->line = mem_must(realloc(s->line, s->cap_line * sizeof *s->line));
    s->base = mem_must(realloc(s->base, s->cap_line * sizeof *s->base));
    s->touched = mem_must(realloc(s->touched, s->cap_line * sizeof *s->touched));
    s->nbucket = s->cap_line * 4;
    s->bucket = mem_must(realloc(s->bucket, s->nbucket * sizeof *s->bucket));
    memset(s->bucket, 0xff, s->nbucket * sizeof *s->bucket);
    for (uint32_t i = 0; i < s->nline; i++) {
        insert(s, i);
    }
}

/* Index of the line of an address, made on demand: zero bytes, owned by nobody. */
int mem_line(struct sim *s, uint64_t pa)
{
    bool table = false;
    int li = mem_find(s, pa);

    if (li >= 0) {
        return li;
    }
    if (s->nline == s->cap_line) {
        grow(s);
    }
    li = (int)s->nline++;
    struct phys_line *l = &s->line[li];
    memset(l, 0, sizeof *l);
    l->pa = pa & ~(uint64_t)s->line_mask;
    l->known = ~(uint64_t)0;
    (void)mem_is_ram(s, pa, &table);
    l->table = table;
    s->base[li] = *l;
    insert(s, (uint32_t)li);
    return li;
}

void mem_touch(struct sim *s, int li)
{
    struct phys_line *l = &s->line[li];

    l->stale_hash = true;
    if (!l->touched) {
        l->touched = true;
        s->touched[s->ntouched++] = (uint32_t)li;
    }
}

/* From now on the adversary acts on the line. Before its first touch nothing it could do differs. */
void mem_activate(struct sim *s, int li)
{
    if (!s->line[li].active) {
        s->line[li].active = true;
        if (s->line[li].table) {
            s->r.tables_changed = true;
        }
        if (s->nslot != 1) {
            (void)slots_fixed(s, li);   /* lines come by any of these addresses from now on */
            s->r.tables_changed = true; /* and by pages: the engines look */
        }
        mem_touch(s, li);
    }
}

void mem_save_base(struct sim *s)
{
    for (uint32_t i = 0; i < s->nline; i++) {
        s->line[i].active = s->line[i].touched = s->line[i].stale_hash = false;
        s->line[i].hash = 0;
        s->base[i] = s->line[i];
    }
    s->ntouched = 0;
    s->hash_sum = 0;
    for (uint32_t i = 0; i < s->nshared; i++) {
        memcpy(s->shared[i].base, s->shared[i].mem, s->shared[i].n);
    }
}

void mem_reset(struct sim *s)
{
    for (uint32_t i = 0; i < s->ntouched; i++) {
        s->line[s->touched[i]] = s->base[s->touched[i]];
    }
    s->ntouched = 0;
    s->hash_sum = 0;
    for (uint32_t i = 0; i < s->nshared; i++) {
        memcpy(s->shared[i].mem, s->shared[i].base, s->shared[i].n);
    }
}

/* Back to what the scene wrote before its first run; the rest is zero, for a new setup. */
void mem_clear(struct sim *s)
{
    if (!s->configured) {
        s->configured = true;
        s->nconfig = s->nline;
        s->config = mem_must(malloc((s->nline + 1) * sizeof *s->config));
        if (s->nline != 0) {
            memcpy(s->config, s->line, s->nline * sizeof *s->config);
        }
    }
    for (uint32_t i = 0; i < s->nline; i++) {
        const uint64_t pa = s->line[i].pa;
        const bool table = s->line[i].table;

        if (i < s->nconfig) {
            s->line[i] = s->config[i];
            continue;
        }
        memset(&s->line[i], 0, sizeof s->line[i]);
        s->line[i].pa = pa;
        s->line[i].table = table;
        s->line[i].known = ~(uint64_t)0;
    }
    s->ntouched = 0;
    for (uint32_t i = 0; i < s->nshared; i++) {
        if (s->shared[i].config == NULL) {
            s->shared[i].config = mem_must(malloc(s->shared[i].n));
            memcpy(s->shared[i].config, s->shared[i].mem, s->shared[i].n);
        }
        memcpy(s->shared[i].mem, s->shared[i].config, s->shared[i].n);
    }
}

static uint64_t hash_bytes(const void *p, size_t n, uint64_t h)
{
    const uint8_t *b = p;

    for (; n >= 8; n -= 8, b += 8) {
        uint64_t w;
        memcpy(&w, b, 8);
        h = mix64(h, w);
    }
    uint64_t w = 0;
    memcpy(&w, b, n);
    return mix64(h, w);
}

/* Sum over touched lines, so that one changed line costs one line. */
uint64_t mem_hash(struct sim *s)
{
    for (uint32_t i = 0; i < s->ntouched; i++) {
        struct phys_line *l = &s->line[s->touched[i]];

        if (!l->stale_hash) {
            continue;
        }
        const size_t n = s->m.line;
        uint64_t h = mix64(l->pa, l->known);
        for (uint8_t k = 0; k < l->nslot; k++) {
            h = mix64(h, l->slot_va[k]);
        }
        h = hash_bytes(l->truth, n, h);
        h = hash_bytes(l->owner, n, h);
        h = mix64(h, s->eng->line_hash(s, (int)s->touched[i]));
        s->hash_sum += h - l->hash;
        l->hash = h;
        l->stale_hash = false;
    }
    return s->hash_sum;
}

uint64_t mem_shared_hash(const struct sim *s, bool flags)
{
    uint64_t h = 1;

    for (uint32_t i = 0; i < s->nshared; i++) {
        if (s->shared[i].flags != flags) {
            continue;
        }
        h = hash_bytes(s->shared[i].mem, s->shared[i].n, h);
    }
    return h;
}

void sim_poke8(struct sim *s, uint64_t pa, uint8_t v)
{
    const int li = mem_line(s, pa); /* first: it may move the lines */
    struct phys_line *l = &s->line[li];

    l->data[pa & s->line_mask] = v;
    l->truth[pa & s->line_mask] = v;
    l->known |= (uint64_t)1 << (pa & s->line_mask);
}

void sim_poke32(struct sim *s, uint64_t pa, uint32_t v)
{
    for (unsigned i = 0; i < 4; i++) {
        sim_poke8(s, pa + i, (uint8_t)(v >> (8 * i)));
    }
}

uint8_t sim_truth8(struct sim *s, uint64_t pa)
{
    const int li = mem_line(s, pa);

    return s->line[li].truth[pa & s->line_mask];
}
