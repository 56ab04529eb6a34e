/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Transparent mode: ownership. From entry to return of a call its bytes belong to the library, then to
 * the device or to the CPU. Of bounced bytes the device owns the slot, and the original stays the
 * library's until it is taken back.
 */
#include "transparent_track.h"

#include <inttypes.h>
#include <stdlib.h>

static void check_not_owned(uint64_t phys, uint32_t len, enum dmacoh_dir dir)
{
    for (uint32_t i = 0; i < len; i++) {
        const enum sim_owner owner = tp_owner(phys + i);

        if (tp_device_writes(owner) || (owner == SIM_OWN_TO && dir != DMACOH_TO_DEVICE)) {
            tp_origin(tp_last_deed(phys + i), false);
            tp_fail(SIM_OWNED,
                    "unmap the buffer first; users of one transfer share one handle "
                    "(dmacoh_map_ref())",
                    "physical address 0x%" PRIx64 " is mapped again while a device owns it",
                    (uint64_t)(phys + i));
        }
    }
}

/* Bytes that another mapping lets a device read stay the device's. */
static void own_input(const struct dmacoh_seg *in, uint32_t nin, enum sim_owner owner)
{
    for (uint32_t i = 0; i < nin; i++) {
        tp_own_but(in[i].phys, in[i].len, owner, SIM_OWN_TO);
    }
}

void tp_map_begin(const struct dmacoh_seg *in, uint32_t nin, enum dmacoh_dir dir)
{
    uint32_t off = 0;

    for (uint32_t i = 0; i < nin; i++) {
        const struct tp_arena *a = tp_arena_of(in[i].phys, in[i].len, &off);

        check_not_owned(in[i].phys, in[i].len, dir);
        for (uint32_t k = off; a != NULL && a->cached && k < off + in[i].len;
             k = (k / a->line + 1u) * a->line) {
            tp_line_absorb(a, k / a->line);
        }
    }
    own_input(in, nin, SIM_OWN_LIB);
}

/* From here on the adversary acts on these lines, whether or not the library touches them. */
static void touch(const struct tp_span *s)
{
    uint32_t off = 0;
    struct tp_arena *a = tp_arena_of(s->dev, s->len, &off);

    for (uint32_t i = off; a != NULL && i < off + s->len; i = (i / a->line + 1u) * a->line) {
        tp_touch(a, i);
    }
}

/* Coherent hardware: a dirty line is no danger to a master that sees it. */
static void clean_snooped(const struct tp_span *s)
{
    uint32_t off = 0;
    const struct tp_arena *a = tp_arena_of(s->dev, s->len, &off);
    bool snooper = false;

    for (uint32_t i = 0; i < tp.ndev; i++) {
        snooper |= tp.dev[i].cfg.snoops;
    }
    if (a == NULL || !a->cached || !snooper) {
        return;
    }
    for (uint32_t line = off / a->line; line <= (off + s->len - 1u) / a->line; line++) {
        tp_line_clean(a, line);
    }
}

/* The library's promise: no line of what the device will write is dirty, or it may overwrite the data. */
static void check_clean(const struct tp_span *s)
{
    uint32_t off = 0;
    const struct tp_arena *a = tp_arena_of(s->dev, s->len, &off);

    if (a == NULL || !a->cached) {
        return;
    }
    for (uint32_t line = off / a->line; line <= (off + s->len - 1u) / a->line; line++) {
        if (tp_line_dirty(a, line)) {
            tp_fail(SIM_DIRTY_UNDER_DMA,
                    "if the device snoops, tell the simulated device so (snoops); else do not "
                    "claim DMACOH_DEV_COHERENT",
                    "the device owns physical address 0x%" PRIx64
                    ", and a cache line of it is dirty",
                    a->phys + (uint64_t)line * a->line);
        }
    }
}

static bool snooped(const struct dmacoh_dev *dev)
{
    return (dev->flags & DMACOH_DEV_COHERENT) != 0;
}

void tp_map_end(const struct dmacoh_map *handle, const struct dmacoh_dev *dev,
                const struct dmacoh_seg *in, uint32_t nin, const struct dmacoh_bseg *out,
                enum dmacoh_dir dir, uint32_t attrs, int rc)
{
    const enum sim_owner owner = tp_device_owner(dir);
    struct tp_map *m = rc == DMACOH_OK ? calloc(1, sizeof *m) : NULL;

    if (m == NULL) {
        own_input(in, nin, SIM_OWN_CPU);
        return;
    }
    *m = (struct tp_map){.handle = handle, .dev = dev, .dir = dir, .attrs = attrs};
    tp_map_add(m);
    if (!tp_spans_make(m, in, nin, out, handle->nsegs)) {
        return;
    }
    tp_map_deeds(m, 0, m->len, TP_MAPPED);
    for (uint32_t i = 0; i < m->nspans; i++) {
        touch(&m->span[i]);
    }
    if ((attrs & DMACOH_ATTR_SKIP_SYNC) != 0) {
        own_input(in, nin, SIM_OWN_CPU); /* the sync calls hand over */
        return;
    }
    for (uint32_t i = 0; i < m->nspans && snooped(dev); i++) {
        clean_snooped(&m->span[i]);
    }
    tp_map_own(m, 0, m->len, (struct tp_change){owner, owner, SIM_OWN_LIB});
    for (uint32_t i = 0; i < m->nspans; i++) {
        if ((attrs & DMACOH_ATTR_OVERWRITE) != 0) {
            tp_forget(m->span[i].dev, m->span[i].len);
        }
        if (tp_device_writes(owner) && !snooped(dev)) {
            check_clean(&m->span[i]);
        }
    }
}

void tp_sync_begin(const struct tp_map *m, uint32_t off, uint32_t len)
{
    if (m->refs == 0) {
        tp_map_own(m, off, len, (struct tp_change){SIM_OWN_LIB, SIM_OWN_LIB, SIM_OWN_LIB});
    }
}

void tp_sync_end(struct tp_map *m, uint32_t off, uint32_t len, bool to_cpu, int rc)
{
    const enum sim_owner owner = tp_device_owner(m->dir);

    if (rc == DMACOH_OK && to_cpu) {
        tp_map_own(m, off, len, (struct tp_change){SIM_OWN_CPU, SIM_OWN_LIB, SIM_OWN_CPU});
        tp_map_deeds(m, off, len, TP_SYNCED_CPU);
        m->taken_back = true;
    } else {
        tp_map_own(m, off, len, (struct tp_change){owner, owner, SIM_OWN_LIB});
        tp_map_deeds(m, off, len, TP_SYNCED_DEVICE);
        m->taken_back = m->taken_back && len != m->len;
    }
}

void tp_unmap_begin(const struct tp_map *m)
{
    if (m->refs == 0 && (m->attrs & DMACOH_ATTR_SKIP_SYNC) == 0) {
        tp_map_own(m, 0, m->len, (struct tp_change){SIM_OWN_LIB, SIM_OWN_LIB, SIM_OWN_LIB});
    }
}

void tp_unmap_end(struct tp_map *m, int rc)
{
    const enum sim_owner owner = tp_device_owner(m->dir);

    if (rc != DMACOH_OK) {
        tp_map_own(m, 0, m->len, (struct tp_change){owner, owner, SIM_OWN_LIB});
    } else if (m->refs != 0) {
        m->refs--;
    } else {
        tp_map_own(m, 0, m->len, (struct tp_change){SIM_OWN_CPU, SIM_OWN_LIB, SIM_OWN_CPU});
        tp_map_deeds(m, 0, m->len, TP_UNMAPPED);
        tp_keep_other_readers(m);
        tp_map_drop(m);
    }
}
