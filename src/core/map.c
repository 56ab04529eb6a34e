/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Map and unmap. A handle is live while its cookie is the mark of its own address. It is written only by its
 * owner; a shared one (dmacoh_map_ref) changes under the instance's lock. A handle that failed holds the
 * reason: it belongs to that caller alone, so no other CPU or interrupt can overwrite it.
 */
#include "map.h"

#include "device.h"
#include "memmap.h"
#include "range.h"
#include "transfer.h"

#define KNOWN_ATTRS                                                                                \
    (DMACOH_ATTR_OVERWRITE | DMACOH_ATTR_EDGES_OWNED | DMACOH_ATTR_NO_BOUNCE |                     \
     DMACOH_ATTR_SKIP_SYNC | DMACOH_ATTR_MMIO)

static bool map_live(const struct dmacoh_map *map)
{
    return map->cookie == live_mark(map);
}

/* No segment is to blame. */
static slow_path int fail(struct dmacoh_map *map, int status, uintptr_t limit, uintptr_t got)
{
    *map = (struct dmacoh_map){.bus = DMACOH_BUS_NONE, .how = (uint16_t)-status};
    map->u.why.limit = limit;
    map->u.why.got = got;
    return status;
}

int dmacoh_map_why(const struct dmacoh_map *map, struct dmacoh_why *why)
{
    if (map == NULL || why == NULL) {
        return DMACOH_E_INVAL;
    }
    if (map_live(map) || map->bus != DMACOH_BUS_NONE || map->how == 0) {
        return DMACOH_E_STALE;
    }
    *why = (struct dmacoh_why){.status = -(int32_t)map->how,
                               .seg = map->len,
                               .limit = map->u.why.limit,
                               .got = map->u.why.got};
    return DMACOH_OK;
}

static bool attrs_ok(enum dmacoh_dir dir, uint32_t attrs)
{
    return (uint32_t)dir < DMACOH_NONE && (attrs & ~KNOWN_ATTRS) == 0 &&
           ((attrs & DMACOH_ATTR_OVERWRITE) == 0 || dir == DMACOH_FROM_DEVICE);
}

/* Under DMACOH_F_CPU_AFFINE cache operations stay on their CPU, so a mapping does too. */
static bool wrong_cpu(const struct dmacoh_map *map)
{
    const struct dmacoh *c = map->dev->c;

    if (likely((c->flags & DMACOH_F_CPU_AFFINE) == 0) || (map->how & HOW_CACHE) == 0) {
        return false;
    }
    const uintptr_t irq = dmacoh_port_irq_save();
    const bool wrong = map->cpu != dmacoh_port_cpu();

    dmacoh_port_irq_restore(irq);
    return wrong;
}

/* What there is to undo and to sync. A coherent device without bounces has nothing: 0. */
static uint32_t how_of(const struct plan *p)
{
    const struct dmacoh_dev *dev = p->dev;
    uint32_t how = 0;

    if ((p->attrs & DMACOH_ATTR_MMIO) != 0) {
        return 0; /* never bounced either */
    }
    if ((p->bounces | p->edges) != 0) {
        how |= HOW_BOUNCE;
    }
    if ((dev->flags & DMACOH_DEV_COHERENT) == 0) {
        how |= HOW_CACHE;
    }
    if (dev->flush_posted != NULL && p->dir != DMACOH_TO_DEVICE) {
        how |= HOW_FLUSH;
    }
    return how == 0 ? 0 : how | (uint32_t)p->dir | (p->attrs & HOW_ATTRS);
}

/*
 * The plan stands: hand over. SKIP_SYNC leaves that to the sync calls; but the slots of a device-written
 * buffer must get the old content now, for the bytes that the device will not write.
 */
static slow_path int hand_over(struct plan *p, struct dmacoh_map *map)
{
    struct job job = {.c = p->dev->c};
    struct transfer t = {.dev = p->dev,
                         .in = p->in,
                         .nin = p->nin,
                         .len = p->len,
                         .how = map->how,
                         .fill = (map->how & HOW_OVERWRITE) == 0};
    int rc = DMACOH_OK;

    if ((t.how & HOW_SKIP_SYNC) != 0) {
        t.how &= ~HOW_CACHE;
        t.fill = t.fill && p->dir != DMACOH_TO_DEVICE;
    }
    rc = transfer_to_device(&job, &t);
    job.did.bounces = p->bounces;
    job.did.edges = p->edges;
    map->cpu = (uint16_t)job_commit(&job);
    if (rc != DMACOH_OK) {
        plan_release(p->dev, p->in, p->nin);
        p->seg = 0;
        p->limit = p->dev->c->mmu.win_slots;
        p->got = p->limit + 1u;
    }
    return rc;
}

/* Count what did not end as a transfer. With interrupts masked, as in job_commit(). */
static slow_path void count_end(struct dmacoh *c, uint32_t fails, uint32_t abandoned)
{
    const uintptr_t irq = dmacoh_port_irq_save();
    struct dmacoh_stats *stats = &c->percpu[dmacoh_port_cpu()].stats;

    stats->fails += fails;
    stats->abandoned += abandoned;
    dmacoh_port_irq_restore(irq);
}

static int failed(const struct plan *p, struct dmacoh_map *map, int status)
{
    count_end(p->dev->c, 1, 0);
    (void)fail(map, status, 0, 0);
    map->len = p->seg;
    map->u.why.limit = p->limit;
    map->u.why.got = p->got;
    return status;
}

/*
 * The coherent direct path for lists: every entry passes the test of dmacoh_map_phys(), and entries that
 * touch are joined as emit() joins them. False: something needs a closer look, by plan_make(), which writes
 * all of it anew. It accepts nothing that the full check refuses, with the same output (a test says so).
 */
static slow_path bool list_direct(struct plan *p)
{
    const struct dmacoh_dev *dev = p->dev;
    const uint64_t window = dev->win_phys;
    const uint64_t win_last = dev->win_last;
    const uint32_t fast_len = (uint32_t)dev->fast_len;
    const uint64_t longest = (uint64_t)(dev->lim.max_seg - 1u) + 1u; /* 0: no limit, 2^32 */
    const uint32_t most = dev->lim.max_segs - 1u < p->max_out ? dev->lim.max_segs : p->max_out;
    struct dmacoh_seg *const end = p->in + p->nin;
    struct dmacoh_bseg *const end_out = p->out + most;
    struct dmacoh_bseg *next = p->out;
    struct dmacoh_bseg *out = next; /* in hand */
    uint64_t left = longest;        /* room in it */
    uint64_t touch = UINT64_MAX;    /* where it ends; an offset in the window as the others are */
    uint32_t sum = 0;               /* of 2^16 - 1 entries of 2^16 bytes at most */

    for (struct dmacoh_seg *s = p->in; s != end; s++) {
        const uint64_t offset = s->phys - window;
        const uint32_t len = s->len;

        if (offset > win_last || len - 1u >= fast_len ||
            ((uint32_t)s->phys & dev->align_mask) != 0) {
            return false;
        }
        s->slot = SLOT_NONE;
        if (offset != touch) {
            if (next == end_out) {
                return false;
            }
            out->len = (uint32_t)(longest - left); /* the first time: 0, of the first one */
            sum += out->len;
            out = next++;
            out->addr = s->phys + dev->win_off;
            left = longest;
        }
        if (len > left) {
            return false;
        }
        left -= len;
        touch = offset + len;
    }
    out->len = (uint32_t)(longest - left);
    p->nout = (uint32_t)(next - p->out);
    p->len = sum + out->len;
    return true;
}

/* Arguments are sane. All stages; on success the handle's common members are filled, but not u. */
static int map_stages(struct plan *p, struct dmacoh_map *map)
{
    int rc = DMACOH_OK;

    map->how = 0;
    if (!DMACOH_WITH_LIST_PATH || p->single ||
        (p->dev->slow | p->attrs | p->dev->lim.gap_mask) != 0 || !list_direct(p)) {
        rc = plan_make(p);
        if (rc == DMACOH_OK) {
            const uint32_t how = how_of(p);

            map->how = (uint16_t)how;
            rc = how != 0 ? hand_over(p, map) : rc;
        }
    }
    if (rc != DMACOH_OK) {
        return failed(p, map, rc);
    }
    map->bus = p->out[0].addr;
    map->len = p->len;
    map->dev = p->dev;
    map->nsegs = (uint16_t)p->nout;
    map->refs = 0;
    return DMACOH_OK;
}

/* What every map call checks first. */
static int check_call(const struct dmacoh_dev *dev, struct dmacoh_map *map, enum dmacoh_dir dir,
                      uint32_t attrs)
{
    if (map == NULL) {
        return DMACOH_E_INVAL;
    }
    if (map_live(map)) {
        return DMACOH_E_BUSY;
    }
    if (!device_live(dev) || !attrs_ok(dir, attrs)) {
        return fail(map, DMACOH_E_INVAL, KNOWN_ATTRS, attrs);
    }
    return DMACOH_OK;
}

/* The input of a live mapping that has something to undo; *one is the caller's room for a single one. */
static void describe(const struct dmacoh_map *map, struct transfer *t, struct dmacoh_seg *one)
{
    *t = (struct transfer){.dev = map->dev, .len = map->len, .how = map->how};
    if ((map->how & HOW_LIST) != 0) {
        t->in = map->u.list.in;
        t->nin = map->u.list.nin;
    } else {
        *one = (struct dmacoh_seg){map->u.one.phys, map->len, map->u.one.slot};
        t->in = one;
        t->nin = 1;
    }
}

/*
 * The direct path of a device that does not snoop: one piece of memory that has a mapping, in the window
 * that dmacoh_map_phys() tests, and no line that matters is shared. The arguments are sane.
 */
static bool lines_only(const struct dmacoh_dev *dev, dmacoh_phys_t phys, uint32_t len,
                       enum dmacoh_dir dir, uint32_t attrs)
{
    const bool leave = BE_MAY(BE_P_LINES_LEAVE) && (dev->c->policy->flags & BE_P_LINES_LEAVE) != 0;

    if (dev->slow != SLOW_CACHE || (attrs & DMACOH_ATTR_MMIO) != 0 || len - 1u >= dev->fast_len ||
        phys - dev->win_phys > dev->win_last || ((uint32_t)phys & dev->align_mask) != 0) {
        return false;
    }
    return (((uint32_t)phys | len) & (dev->c->line - 1u)) == 0 ||
           (dir == DMACOH_TO_DEVICE && !leave) || (attrs & DMACOH_ATTR_EDGES_OWNED) != 0;
}

/* Such a mapping needs no plan, and nothing can fail: no window is needed. */
static void map_lines(struct dmacoh_dev *dev, struct dmacoh_map *map, const struct dmacoh_seg *in,
                      uint32_t how)
{
    struct job job = {.c = dev->c};
    const struct transfer t = {.dev = dev, .in = in, .nin = 1, .len = in->len, .how = how};

    map->bus = in->phys + dev->win_off;
    map->len = in->len;
    map->dev = dev;
    map->nsegs = 1;
    map->how = (uint16_t)how;
    map->refs = 0;
    if ((how & HOW_SKIP_SYNC) == 0) {
        (void)transfer_to_device(&job, &t);
    }
    map->cpu = (uint16_t)job_commit(&job);
}

static slow_path int map_one(struct dmacoh_dev *dev, struct dmacoh_map *map, dmacoh_phys_t phys,
                             size_t len, enum dmacoh_dir dir, uint32_t attrs)
{
    int rc = check_call(dev, map, dir, attrs);

    if (rc != DMACOH_OK) {
        return rc;
    }
    if (len == 0 || len > UINT32_MAX) {
        return fail(map, DMACOH_E_SIZE, UINT32_MAX, len);
    }
    struct dmacoh_seg in = {phys, (uint32_t)len, SLOT_NONE};

    if (DMACOH_WITH_LIST_PATH && lines_only(dev, phys, in.len, dir, attrs)) {
        map_lines(dev, map, &in, HOW_CACHE | (uint32_t)dir | (attrs & HOW_ATTRS));
    } else {
        struct dmacoh_bseg out;
        struct plan p = {.dev = dev,
                         .in = &in,
                         .out = &out,
                         .nin = 1,
                         .max_out = 1,
                         .dir = dir,
                         .attrs = attrs,
                         .single = true};

        rc = map_stages(&p, map);
        if (rc != DMACOH_OK) {
            return rc;
        }
    }
    map->u.one.phys = phys;
    map->u.one.slot = in.slot;
    map->u.one.xlate = 0;
    map->cookie = live_mark(map);
    return rc;
}

/*
 * The coherent direct path, and the reason for dev->slow: one word, one length, one window, one
 * alignment, one cookie. It accepts nothing that the full check refuses (a test says so).
 */
int dmacoh_map_phys(struct dmacoh_dev *dev, struct dmacoh_map *map, dmacoh_phys_t phys, size_t len,
                    enum dmacoh_dir dir, uint32_t attrs)
{
    if (likely(dev != NULL && map != NULL && (dev->slow | attrs) == 0 &&
               (uint32_t)dir < DMACOH_NONE && len - 1u < dev->fast_len &&
               phys - dev->win_phys <= dev->win_last && ((uint32_t)phys & dev->align_mask) == 0 &&
               !map_live(map))) {
        map->bus = phys + dev->win_off;
        map->len = (uint32_t)len;
        map->cookie = live_mark(map);
        map->dev = dev;
        map->nsegs = 1;
        map->how = 0;
        return DMACOH_OK;
    }
    return map_one(dev, map, phys, len, dir, attrs);
}

int dmacoh_map_single(struct dmacoh_dev *dev, struct dmacoh_map *map, const void *va, size_t len,
                      enum dmacoh_dir dir, uint32_t attrs)
{
    dmacoh_phys_t phys = 0;

    if (map == NULL) {
        return DMACOH_E_INVAL;
    }
    if (map_live(map)) {
        return DMACOH_E_BUSY;
    }
    if (!object_is(dev, KIND_DEVICE)) {
        return fail(map, DMACOH_E_INVAL, KNOWN_ATTRS, attrs);
    }
    if (len != 0 && len <= UINT32_MAX && !mem_phys(dev->c, (uintptr_t)va, len, &phys)) {
        return fail(map, DMACOH_E_NOMAP, len, (uintptr_t)va);
    }
    return dmacoh_map_phys(dev, map, phys, len, dir, attrs);
}

int dmacoh_map_segs(struct dmacoh_dev *dev, struct dmacoh_map *map, struct dmacoh_seg *in,
                    uint32_t nin, struct dmacoh_bseg *out, uint32_t max_out, enum dmacoh_dir dir,
                    uint32_t attrs)
{
    int rc = check_call(dev, map, dir, attrs);

    if (rc != DMACOH_OK) {
        return rc;
    }
    if (in == NULL || out == NULL) {
        return fail(map, DMACOH_E_INVAL, KNOWN_ATTRS, attrs);
    }
    if (nin == 0) {
        return fail(map, DMACOH_E_SIZE, UINT16_MAX, nin);
    }
    if (nin > UINT16_MAX || max_out == 0 || max_out > UINT16_MAX) {
        return fail(map, DMACOH_E_NSEGS, UINT16_MAX, nin > UINT16_MAX ? nin : max_out);
    }
    struct plan p = {.dev = dev,
                     .in = in,
                     .out = out,
                     .nin = nin,
                     .max_out = max_out,
                     .dir = dir,
                     .attrs = attrs};

    rc = map_stages(&p, map);
    if (rc == DMACOH_OK) {
        if (map->how != 0) {
            map->how |= HOW_LIST;
        }
        map->u.list.in = in;
        map->u.list.out = out;
        map->u.list.nin = (uint16_t)nin;
        map->u.list.nout = (uint16_t)p.nout;
        map->u.list.xlate = 0;
        map->cookie = live_mark(map);
    }
    return rc;
}

/* Change the state bits of a handle that other users may be changing too. */
static void how_change(struct dmacoh_map *map, uint32_t set, uint32_t clear)
{
    if (((map->how | set) & ~clear) == map->how) {
        return; /* the usual case of concurrent partial syncs: nothing to write */
    }
    const bool shared = (map->how & HOW_SHARED) != 0;
    const uintptr_t irq = shared ? lock_take(&map->dev->c->lock) : 0;

    map->how = (uint16_t)((map->how | set) & ~clear);
    if (shared) {
        lock_drop(&map->dev->c->lock, irq);
    }
}

int dmacoh_map_ref(struct dmacoh_map *map)
{
    int rc = DMACOH_OK;

    if (map == NULL) {
        return DMACOH_E_INVAL;
    }
    if (!map_live(map)) {
        return DMACOH_E_STALE;
    }
    const uintptr_t irq = lock_take(&map->dev->c->lock);

    if (map->how == 0) {
        map->refs = 0; /* the fast path has not filled it */
    }
    if (map->refs == UINT16_MAX) {
        rc = DMACOH_E_FULL;
    } else {
        map->refs++;
        map->how |= HOW_SHARED;
    }
    lock_drop(&map->dev->c->lock, irq);
    return rc;
}

/* Drop one of several users; false: this is the last one. */
static bool drop_ref(struct dmacoh_map *map)
{
    const uintptr_t irq = lock_take(&map->dev->c->lock);
    const bool others = map->refs != 0;

    if (others) {
        map->refs--;
    }
    lock_drop(&map->dev->c->lock, irq);
    return others;
}

static slow_path int unmap_slow(struct dmacoh_map *map)
{
    struct job job = {.c = map->dev->c};
    struct dmacoh_seg one;
    struct transfer t;
    int rc = DMACOH_OK;

    if (wrong_cpu(map)) {
        return DMACOH_E_CONTEXT;
    }
    if ((map->how & HOW_SHARED) != 0 && drop_ref(map)) {
        return DMACOH_OK;
    }
    if ((map->how & (HOW_DIR | HOW_BOUNCE)) == DMACOH_TO_DEVICE) {
        map->cookie = 0; /* nothing comes back */
        return DMACOH_OK;
    }
    describe(map, &t, &one);
    if ((map->how & (HOW_CPU_OWNED | HOW_SKIP_SYNC)) == 0) {
        rc = transfer_to_cpu(&job, &t);
    }
    if (rc == DMACOH_OK) {
        if ((map->how & HOW_BOUNCE) != 0) {
            plan_release(t.dev, t.in, t.nin);
        }
        map->cookie = 0;
    }
    (void)job_commit(&job);
    return rc;
}

int dmacoh_unmap(struct dmacoh_map *map)
{
    if (unlikely(!map_live(map))) {
        return DMACOH_E_STALE;
    }
    if (likely(map->how == 0)) {
        map->cookie = 0;
        return DMACOH_OK;
    }
    return unmap_slow(map);
}

int dmacoh_map_abandon(struct dmacoh_map *map)
{
    if (map == NULL) {
        return DMACOH_E_INVAL;
    }
    if (!map_live(map)) {
        return DMACOH_E_STALE;
    }
    map->cookie = 0;
    count_end(map->dev->c, 0, 1);
    return DMACOH_OK;
}

static int sync(struct dmacoh_map *map, size_t off, size_t len, bool to_cpu)
{
    if (unlikely(map == NULL)) {
        return DMACOH_E_INVAL;
    }
    if (unlikely(!map_live(map))) {
        return DMACOH_E_STALE;
    }
    if (unlikely(off > map->len || len > map->len - off)) {
        return DMACOH_E_RANGE;
    }
    if (map->how == 0 || len == 0) {
        return DMACOH_OK;
    }
    if (wrong_cpu(map)) {
        return DMACOH_E_CONTEXT;
    }
    struct job job = {.c = map->dev->c};
    struct dmacoh_seg one;
    struct transfer t;
    int rc;

    describe(map, &t, &one);
    t.first = (uint32_t)off;
    t.len = (uint32_t)len;
    if (to_cpu) {
        rc = transfer_to_cpu(&job, &t);
        if (rc == DMACOH_OK && len == map->len) {
            how_change(map, HOW_CPU_OWNED, 0);
        }
    } else {
        /* Slots of a device-written buffer keep what the device wrote (and at map time: INV-7). */
        t.fill = (map->how & HOW_DIR) != DMACOH_FROM_DEVICE;
        how_change(map, 0, HOW_CPU_OWNED);
        rc = transfer_to_device(&job, &t);
    }
    (void)job_commit(&job);
    return rc;
}

int dmacoh_sync_for_device(struct dmacoh_map *map, size_t off, size_t len)
{
    return sync(map, off, len, false);
}

int dmacoh_sync_for_cpu(struct dmacoh_map *map, size_t off, size_t len)
{
    return sync(map, off, len, true);
}

uint32_t dmacoh_map_bounced(const struct dmacoh_map *map)
{
    uint32_t bytes = 0;

    if (map != NULL && map_live(map) && (map->how & HOW_BOUNCE) != 0) {
        struct dmacoh_seg one;
        struct transfer t;
        struct walk w;
        struct piece p;

        describe(map, &t, &one);
        walk_start(&w, t.in, t.nin, t.dev->unit);
        while (walk_next(&w, &p)) {
            bytes += p.place != PLACE_NONE ? p.len : 0;
        }
    }
    return bytes;
}
