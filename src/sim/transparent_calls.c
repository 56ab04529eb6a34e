/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Transparent mode: the map functions as a driver calls them. Each notes who calls, hands the bytes to
 * the library, calls the library's own function (transparent_rename.h), and hands them on.
 */
#include "transparent_track.h"

#define CALLER ((uintptr_t)__builtin_return_address(0))

int dmacoh_plain_map_single(struct dmacoh_dev *dev, struct dmacoh_map *map, const void *va,
                            size_t len, enum dmacoh_dir dir, uint32_t attrs);
int dmacoh_plain_map_phys(struct dmacoh_dev *dev, struct dmacoh_map *map, dmacoh_phys_t phys,
                          size_t len, enum dmacoh_dir dir, uint32_t attrs);
int dmacoh_plain_map_segs(struct dmacoh_dev *dev, struct dmacoh_map *map, struct dmacoh_seg *in,
                          uint32_t nin, struct dmacoh_bseg *out, uint32_t max_out,
                          enum dmacoh_dir dir, uint32_t attrs);
int dmacoh_plain_unmap(struct dmacoh_map *map);
int dmacoh_plain_map_abandon(struct dmacoh_map *map);
int dmacoh_plain_map_ref(struct dmacoh_map *map);
int dmacoh_plain_sync_for_device(struct dmacoh_map *map, size_t off, size_t len);
int dmacoh_plain_sync_for_cpu(struct dmacoh_map *map, size_t off, size_t len);

/* What is tracked: memory of the two arenas, mapped by a call whose arguments name all of it. */
static bool tracked(const struct dmacoh_map *map, uint64_t phys, size_t len, uint32_t attrs)
{
    uint32_t off = 0;

    return tp.on && map != NULL && tp_map_find(map) == NULL && (attrs & DMACOH_ATTR_MMIO) == 0 &&
           len != 0 && len <= UINT32_MAX && tp_arena_of(phys, len, &off) != NULL;
}

int dmacoh_map_phys(struct dmacoh_dev *dev, struct dmacoh_map *map, dmacoh_phys_t phys, size_t len,
                    enum dmacoh_dir dir, uint32_t attrs)
{
    if (!tracked(map, phys, len, attrs)) {
        return dmacoh_plain_map_phys(dev, map, phys, len, dir, attrs);
    }
    const struct tp_entry outer = tp_call_begin(CALLER);
    const struct dmacoh_seg in = {phys, (uint32_t)len, 0};

    tp_map_begin(&in, 1, dir);
    const int rc = dmacoh_plain_map_phys(dev, map, phys, len, dir, attrs);
    const struct dmacoh_bseg out = {map->bus, map->len};

    tp_map_end(map, dev, &in, 1, &out, dir, attrs, rc);
    tp_call_end(outer);
    return rc;
}

int dmacoh_map_single(struct dmacoh_dev *dev, struct dmacoh_map *map, const void *va, size_t len,
                      enum dmacoh_dir dir, uint32_t attrs)
{
    const uint64_t phys = tp.on ? sim_host_phys(va) : 0;

    if (!tracked(map, phys, len, attrs)) {
        return dmacoh_plain_map_single(dev, map, va, len, dir, attrs);
    }
    const struct tp_entry outer = tp_call_begin(CALLER);
    const struct dmacoh_seg in = {phys, (uint32_t)len, 0};

    tp_map_begin(&in, 1, dir);
    const int rc = dmacoh_plain_map_single(dev, map, va, len, dir, attrs);
    const struct dmacoh_bseg out = {map->bus, map->len};

    tp_map_end(map, dev, &in, 1, &out, dir, attrs, rc);
    tp_call_end(outer);
    return rc;
}

static bool tracked_segs(const struct dmacoh_map *map, const struct dmacoh_seg *in, uint32_t nin,
                         uint32_t attrs)
{
    if (!tp.on || in == NULL || nin == 0 || nin > UINT16_MAX) {
        return false;
    }
    for (uint32_t i = 0; i < nin; i++) {
        if (in[i].len != 0 && !tracked(map, in[i].phys, in[i].len, attrs)) {
            return false;
        }
    }
    return true;
}

int dmacoh_map_segs(struct dmacoh_dev *dev, struct dmacoh_map *map, struct dmacoh_seg *in,
                    uint32_t nin, struct dmacoh_bseg *out, uint32_t max_out, enum dmacoh_dir dir,
                    uint32_t attrs)
{
    if (!tracked_segs(map, in, nin, attrs)) {
        return dmacoh_plain_map_segs(dev, map, in, nin, out, max_out, dir, attrs);
    }
    const struct tp_entry outer = tp_call_begin(CALLER);

    tp_map_begin(in, nin, dir);
    const int rc = dmacoh_plain_map_segs(dev, map, in, nin, out, max_out, dir, attrs);

    tp_map_end(map, dev, in, nin, out, dir, attrs, rc);
    tp_call_end(outer);
    return rc;
}

int dmacoh_unmap(struct dmacoh_map *map)
{
    struct tp_map *m = tp.on ? tp_map_find(map) : NULL;

    if (m == NULL) {
        return dmacoh_plain_unmap(map);
    }
    const struct tp_entry outer = tp_call_begin(CALLER);

    tp_unmap_begin(m);
    const int rc = dmacoh_plain_unmap(map);

    tp_unmap_end(m, rc);
    tp_call_end(outer);
    return rc;
}

/* Whoever abandons leaves the memory to the device for ever. */
int dmacoh_map_abandon(struct dmacoh_map *map)
{
    struct tp_map *m = tp.on ? tp_map_find(map) : NULL;
    const int rc = dmacoh_plain_map_abandon(map);

    if (m != NULL && rc == DMACOH_OK) {
        tp_map_drop(m);
    }
    return rc;
}

int dmacoh_map_ref(struct dmacoh_map *map)
{
    struct tp_map *m = tp.on ? tp_map_find(map) : NULL;
    const int rc = dmacoh_plain_map_ref(map);

    if (m != NULL && rc == DMACOH_OK) {
        m->refs++;
    }
    return rc;
}

static int sync_plain(struct dmacoh_map *map, size_t off, size_t len, bool to_cpu)
{
    return to_cpu ? dmacoh_plain_sync_for_cpu(map, off, len)
                  : dmacoh_plain_sync_for_device(map, off, len);
}

static int sync_tracked(struct dmacoh_map *map, size_t off, size_t len, bool to_cpu, uintptr_t pc)
{
    struct tp_map *m = tp.on ? tp_map_find(map) : NULL;

    if (m == NULL || len == 0 || off > m->len || len > m->len - off) {
        return sync_plain(map, off, len, to_cpu);
    }
    const struct tp_entry outer = tp_call_begin(pc);

    tp_sync_begin(m, (uint32_t)off, (uint32_t)len);
    const int rc = sync_plain(map, off, len, to_cpu);

    tp_sync_end(m, (uint32_t)off, (uint32_t)len, to_cpu, rc);
    tp_call_end(outer);
    return rc;
}

int dmacoh_sync_for_device(struct dmacoh_map *map, size_t off, size_t len)
{
    return sync_tracked(map, off, len, false, CALLER);
}

int dmacoh_sync_for_cpu(struct dmacoh_map *map, size_t off, size_t len)
{
    return sync_tracked(map, off, len, true, CALLER);
}
