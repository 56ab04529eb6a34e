/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Every byte, for every offset and length within three lines, every direction, and memory with and
 * without a mapping: a device that reads and writes bus addresses, and a CPU that stores next to the
 * buffer meanwhile.
 */
#include "rig.h"

#include <string.h>

#define SPAN   (8u * RIG_LINE)
#define MAXLEN (3u * RIG_LINE)

static struct rig rig;

static void setup(void)
{
    rig_start(&rig, 1, 4);
}

static void teardown(void)
{
    rig_stop(&rig);
}

struct trial {
    struct dmacoh_dev *dev;
    uint64_t phys; /* of the arena of SPAN bytes */
    uint32_t off, len;
    enum dmacoh_dir dir;
    uint32_t attrs;
    bool list;       /* map_segs, else map_phys */
    bool may_direct; /* the device reaches the memory */
    uint64_t shift;  /* bus - phys */
};

static uint8_t old_byte(uint32_t i)
{
    return (uint8_t)(i * 7u + 1u);
}

/* What the CPU stores next to the buffer while the device owns it. */
static uint8_t neighbour_byte(uint32_t i)
{
    return (uint8_t)(0xffu - old_byte(i));
}

static bool in_buffer(const struct trial *t, uint32_t i)
{
    return i >= t->off && i < t->off + t->len;
}

/* Does byte i of the arena lie in a line that the buffer does not own? */
static bool shared_line(const struct trial *t, uint32_t i)
{
    const uint32_t first = i & ~(RIG_LINE - 1u);

    return !in_buffer(t, first) || !in_buffer(t, first + RIG_LINE - 1u);
}

/* Lines that the device writes and others use must not lose what others store. */
static void check_ops(const struct trial *t)
{
    for (uint32_t i = 0; i < fake->nlog; i++) {
        const struct fake_event *e = &fake->log[i];
        const uintptr_t host = (uintptr_t)fake_ram_at(t->phys, SPAN);

        if (e->kind != FAKE_INVAL || (uintptr_t)e->at - host >= SPAN) {
            continue;
        }
        expect(!shared_line(t, (uint32_t)((uintptr_t)e->at - host)));
    }
}

static void check_places(const struct trial *t, const struct dmacoh_map *m,
                         const struct dmacoh_bseg *out)
{
    const bool writes = t->dir != DMACOH_TO_DEVICE;
    const bool bounced_edges = writes && (t->attrs & DMACOH_ATTR_EDGES_OWNED) == 0;
    uint32_t copied = 0;

    for (uint32_t i = 0; i < t->len; i++) {
        const uint64_t direct = t->phys + t->off + i + t->shift;
        const bool shared = bounced_edges && shared_line(t, t->off + i);
        const bool is_direct = rig_bus(out, m->nsegs, i) == direct;

        copied += !is_direct;
        if (!t->may_direct || shared) {
            expect(!is_direct);
        } else if (t->list) {
            expect(is_direct);
        }
    }
    expect(dmacoh_map_bounced(m) == copied);
}

static void run(const struct trial *t)
{
    uint8_t *arena = fake_ram_at(t->phys, SPAN);
    struct dmacoh_seg in = {t->phys + t->off, t->len, 0xdeadbeefu};
    struct dmacoh_bseg out[4];
    struct dmacoh_map m = {0};
    struct dmacoh_pool_stats before, after;
    uint8_t data[MAXLEN];
    uint32_t sum = 0;
    int rc;

    for (uint32_t i = 0; i < SPAN; i++) {
        arena[i] = old_byte(i);
    }
    memset(rig_va(&rig, RIG_EDGES), 0xcc, RIG_EDGES_SIZE);
    expect(dmacoh_pool_stats(&rig.bounce, &before) == DMACOH_OK);
    fake_clear();
    if (t->list) {
        rc = dmacoh_map_segs(t->dev, &m, &in, 1, out, 4, t->dir, t->attrs);
    } else {
        rc = dmacoh_map_phys(t->dev, &m, in.phys, in.len, t->dir, t->attrs);
        out[0] = (struct dmacoh_bseg){m.bus, m.len};
    }
    expect(rc == DMACOH_OK);
    expect(m.len == t->len && m.nsegs >= 1 && m.nsegs <= (t->list ? 3 : 1));
    expect(m.bus == out[0].addr);
    for (uint32_t i = 0; i < m.nsegs; i++) {
        expect(out[i].len != 0);
        sum += out[i].len;
    }
    expect(sum == t->len);
    check_places(t, &m, out);

    /* The device sees what the CPU stored before; also the bytes that it may leave alone (INV-7). */
    if ((t->attrs & DMACOH_ATTR_OVERWRITE) == 0) {
        rig_dma(out, m.nsegs, t->shift, 0, data, t->len, false);
        for (uint32_t i = 0; i < t->len; i++) {
            expect(data[i] == old_byte(t->off + i));
        }
    }
    /* It writes all but a hole; the CPU stores to the neighbours. */
    const bool all = (t->attrs & DMACOH_ATTR_OVERWRITE) != 0;
    const uint32_t hole = all ? t->len : t->len / 3u;
    const uint32_t hole_len = all ? 0 : (t->len + 2u) / 3u;

    if (t->dir != DMACOH_TO_DEVICE) {
        for (uint32_t i = 0; i < t->len; i++) {
            uint8_t v = (uint8_t)(0x80u ^ (i * 3u));

            if (i < hole || i >= hole + hole_len) {
                rig_dma(out, m.nsegs, t->shift, i, &v, 1, true);
            }
        }
    }
    for (uint32_t i = 0; i < SPAN; i++) {
        if (!in_buffer(t, i)) {
            arena[i] = neighbour_byte(i);
        }
    }
    expect(dmacoh_unmap(&m) == DMACOH_OK);
    check_ops(t);
    for (uint32_t i = 0; i < SPAN; i++) {
        const uint32_t k = i - t->off;

        if (!in_buffer(t, i)) {
            expect(arena[i] == neighbour_byte(i));
        } else if (t->dir != DMACOH_TO_DEVICE && (k < hole || k >= hole + hole_len)) {
            expect(arena[i] == (uint8_t)(0x80u ^ (k * 3u)));
        } else {
            expect(arena[i] == old_byte(i));
        }
    }
    expect(dmacoh_pool_stats(&rig.bounce, &after) == DMACOH_OK);
    expect(after.free == before.free && after.allocs == before.allocs);
}

static void all_of(struct trial t, uint32_t off_step, uint32_t len_step)
{
    for (uint32_t dir = 0; dir < 3; dir++) {
        for (uint32_t off = 0; off < RIG_LINE; off += off_step) {
            for (uint32_t len = 1; len <= MAXLEN; len += len_step) {
                t.dir = (enum dmacoh_dir)dir;
                t.off = RIG_LINE + off;
                t.len = len;
                run(&t);
            }
        }
    }
}

START_TEST(linear_list)
{
    all_of((struct trial){.dev = &rig.dev, .phys = RIG_LOW, .list = true, .may_direct = true}, 1,
           1);
}
END_TEST

START_TEST(linear_single)
{
    all_of((struct trial){.dev = &rig.dev, .phys = RIG_LOW, .may_direct = true}, 1, 3);
}
END_TEST

/* A page border in the middle of the arena: two windows. */
START_TEST(high_list)
{
    const uint64_t phys = RIG_HIGH + 0x1000u - 2u * RIG_LINE;

    all_of((struct trial){.dev = &rig.dev, .phys = phys, .list = true, .may_direct = true}, 1, 5);
    ck_assert_uint_gt(rig_stats(&rig).windows, 0);
}
END_TEST

START_TEST(high_single)
{
    const uint64_t phys = RIG_HIGH + 0x1000u - 2u * RIG_LINE;

    all_of((struct trial){.dev = &rig.dev, .phys = phys, .may_direct = true}, 3, 7);
}
END_TEST

static void with_device(const struct dmacoh_dev_cfg *cfg, struct trial t, uint32_t step)
{
    struct dmacoh_dev dev;

    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, cfg), DMACOH_OK);
    t.dev = &dev;
    for (uint32_t list = 0; list < 2; list++) {
        t.list = list != 0;
        all_of(t, step, step + 2u);
    }
}

START_TEST(forced_bounce)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);

    cfg.flags = DMACOH_DEV_FORCE_BOUNCE;
    with_device(&cfg, (struct trial){.phys = RIG_LOW}, 3);
    with_device(&cfg, (struct trial){.phys = RIG_HIGH + 0xf80u}, 5);
    cfg.flags |= DMACOH_DEV_COHERENT;
    with_device(&cfg, (struct trial){.phys = RIG_LOW}, 7);
}
END_TEST

/* Above the mask, and memory that no master reaches. */
START_TEST(out_of_reach)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);

    cfg.limits.mask = RIG_POOL + RIG_POOL_SIZE - 1u;
    with_device(&cfg, (struct trial){.phys = RIG_HIGH}, 5);
    with_device(&cfg, (struct trial){.phys = RIG_NODMA}, 5);
}
END_TEST

/* A bus window shifts addresses; slots are in it, too. */
START_TEST(bus_window)
{
    const struct dmacoh_window w = {RIG_LOW, 0xc0000000u, 0x20000000u};
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);

    cfg.windows = &w;
    cfg.nwindows = 1;
    with_device(&cfg,
                (struct trial){.phys = RIG_LOW, .may_direct = true, .shift = 0xc0000000u - RIG_LOW},
                5);
}
END_TEST

/* Slots of cached memory need maintenance themselves. */
START_TEST(cached_slots)
{
    const struct dmacoh_region_cfg rc = rig_region_cfg(&rig, RIG_CACHED, 0x10000, 11);
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_pool pool;
    struct dmacoh_region region;

    ck_assert_int_eq(dmacoh_pool_init(&pool, &rig.c, NULL), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &region, &rc), DMACOH_OK);
    cfg.bounce = &pool;
    with_device(&cfg, (struct trial){.phys = RIG_LOW, .may_direct = true}, 5);
    with_device(&cfg, (struct trial){.phys = RIG_HIGH, .may_direct = true}, 7);
    cfg.flags = DMACOH_DEV_FORCE_BOUNCE;
    with_device(&cfg, (struct trial){.phys = RIG_LOW}, 5);
}
END_TEST

/* A granule larger than the line that the loops step by: the granule is the unit of ownership. */
START_TEST(small_steps)
{
    rig_stop(&rig);
    rig_machine(&rig, 1, 4);
    rig.fake.ctr = 0x8443c004u;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    rig_pools(&rig);
    const struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);

    ck_assert_uint_eq(rig.c.step, 32);
    with_device(&cfg, (struct trial){.phys = RIG_LOW, .may_direct = true}, 3);
}
END_TEST

/* EDGES_OWNED: nothing is bounced. OVERWRITE: whole lines are dropped, nothing is filled. */
START_TEST(attributes)
{
    struct trial t = {.dev = &rig.dev, .phys = RIG_LOW, .may_direct = true, .off = RIG_LINE};

    for (uint32_t list = 0; list < 2; list++) {
        t.list = list != 0;
        t.dir = DMACOH_FROM_DEVICE;
        t.attrs = DMACOH_ATTR_OVERWRITE;
        for (uint32_t off = 0; off < RIG_LINE; off += 3) {
            for (uint32_t len = 1; len <= MAXLEN; len += 5) {
                t.off = RIG_LINE + off;
                t.len = len;
                run(&t);
            }
        }
    }
}
END_TEST

/* Zero-copy for any edges if the caller vouches for them. */
START_TEST(edges_owned)
{
    for (uint32_t off = 0; off < 64; off += 5) {
        for (uint32_t len = 1; len < 200; len += 7) {
            struct dmacoh_map m = {0};

            ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_LOW + off, len, DMACOH_FROM_DEVICE,
                                             DMACOH_ATTR_EDGES_OWNED),
                             DMACOH_OK);
            ck_assert_uint_eq(m.bus, RIG_LOW + off);
            ck_assert_uint_eq(dmacoh_map_bounced(&m), 0);
            ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
        }
    }
    ck_assert_uint_eq(rig_stats(&rig).bounces + rig_stats(&rig).edges, 0);
}
END_TEST

/* OVERWRITE copies nothing into slots: the device will write it all. */
START_TEST(overwrite_no_fill)
{
    struct dmacoh_map m = {0};

    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_LOW + 5u, 1000, DMACOH_FROM_DEVICE,
                                     DMACOH_ATTR_OVERWRITE),
                     DMACOH_OK);
    ck_assert_uint_eq(dmacoh_map_bounced(&m), 1000);
    ck_assert_uint_eq(rig_stats(&rig).bytes_bounced, 0);
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    ck_assert_uint_eq(rig_stats(&rig).bytes_bounced, 1000);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("map_bytes");
    TCase *t = tcase_create("map_bytes");

    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, linear_list);
    tcase_add_test(t, linear_single);
    tcase_add_test(t, high_list);
    tcase_add_test(t, high_single);
    tcase_add_test(t, forced_bounce);
    tcase_add_test(t, out_of_reach);
    tcase_add_test(t, bus_window);
    tcase_add_test(t, cached_slots);
    tcase_add_test(t, small_steps);
    tcase_add_test(t, attributes);
    tcase_add_test(t, edges_owned);
    tcase_add_test(t, overwrite_no_fill);
    suite_add_tcase(s, t);
    return rig_run(s);
}
