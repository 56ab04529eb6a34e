/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Partial hand-overs, shared handles, abandoned ones, affine CPUs, posted writes. */
#include "rig.h"

#include <string.h>

static struct rig rig;

static void setup(void)
{
    rig_start(&rig, 2, 4);
}

static void teardown(void)
{
    rig_stop(&rig);
}

/* The lines that a call operated on are exactly those of [first, last] of low memory, once each. */
static void lines_are(enum fake_kind kind, uint32_t first, uint32_t last)
{
    const uintptr_t base = (uintptr_t)rig.low;

    ck_assert_uint_eq(rig_lines(), last / 64u - first / 64u + 1u);
    ck_assert_uint_eq(fake_count(kind), rig_lines());
    for (uint32_t line = first / 64u; line <= last / 64u; line++) {
        uint32_t n = 0;

        for (uint32_t i = 0; i < fake->nlog; i++) {
            n += fake->log[i].kind == kind && (fake->log[i].at - base) / 64u == line;
        }
        ck_assert_uint_eq(n, 1);
    }
}

/* Line operations of a partial sync: rounded to granules, clipped to the mapping. */
START_TEST(rounding)
{
    struct dmacoh_map m = {0};

    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_LOW + 0x1000u, 0x1000, 2, 0), DMACOH_OK);
    for (uint32_t off = 0; off < 300; off += 13) {
        for (uint32_t len = 1; len < 300; len += 17) {
            fake_clear();
            ck_assert_int_eq(dmacoh_sync_for_cpu(&m, off, len), DMACOH_OK);
            lines_are(FAKE_INVAL, 0x1000u + off, 0x1000u + off + len - 1u);
            ck_assert_uint_eq(fake_count(FAKE_DSB), 2);
            fake_clear();
            ck_assert_int_eq(dmacoh_sync_for_device(&m, off, len), DMACOH_OK);
            lines_are(FAKE_CLEAN, 0x1000u + off, 0x1000u + off + len - 1u);
            ck_assert_uint_eq(fake_count(FAKE_DSB), 2);
        }
    }
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    /* An owned edge: the mapping begins and ends inside a line. */
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_LOW + 10u, 100, 2, DMACOH_ATTR_EDGES_OWNED),
                     DMACOH_OK);
    fake_clear();
    ck_assert_int_eq(dmacoh_sync_for_cpu(&m, 0, 1), DMACOH_OK);
    lines_are(FAKE_INVAL, 10, 10);
    fake_clear();
    ck_assert_int_eq(dmacoh_sync_for_cpu(&m, 99, 1), DMACOH_OK);
    lines_are(FAKE_INVAL, 109, 109);
}
END_TEST

/* The granule is larger than a line: both lines of it change hands. */
START_TEST(granule_of_two_lines)
{
    struct dmacoh_map m = {0};

    rig_stop(&rig);
    rig_machine(&rig, 1, 0);
    rig.fake.ctr = 0x8443c004u;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    const struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);

    ck_assert_int_eq(dmacoh_dev_init(&rig.dev, &rig.c, &cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_LOW, 256, 2, 0), DMACOH_OK);
    fake_clear();
    ck_assert_int_eq(dmacoh_sync_for_cpu(&m, 70, 1), DMACOH_OK);
    ck_assert_uint_eq(rig_lines(), 2);
    ck_assert_uint_eq(rig.fake.log[1].at, (uintptr_t)rig.low + 64u);
    ck_assert_uint_eq(rig.fake.log[2].at, (uintptr_t)rig.low + 96u);
}
END_TEST

START_TEST(bad_ranges)
{
    struct dmacoh_map m = {0};

    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_LOW, 128, 2, 0), DMACOH_OK);
    fake_clear();
    for (uint32_t to_cpu = 0; to_cpu < 2; to_cpu++) {
        int (*sync)(struct dmacoh_map *, size_t, size_t) =
            to_cpu ? dmacoh_sync_for_cpu : dmacoh_sync_for_device;

        ck_assert_int_eq(sync(&m, 0, 129), DMACOH_E_RANGE);
        ck_assert_int_eq(sync(&m, 129, 0), DMACOH_E_RANGE);
        ck_assert_int_eq(sync(&m, 128, 1), DMACOH_E_RANGE);
        ck_assert_int_eq(sync(&m, 1, SIZE_MAX), DMACOH_E_RANGE);
        ck_assert_int_eq(sync(&m, SIZE_MAX, 2), DMACOH_E_RANGE);
        ck_assert_int_eq(sync(&m, 128, 0), DMACOH_OK);
        ck_assert_int_eq(sync(&m, 5, 0), DMACOH_OK);
    }
    ck_assert_uint_eq(fake->nlog, 0);
}
END_TEST

/* Copies are byte-exact, whatever the range. */
START_TEST(exact_copies)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_map m = {0};
    struct dmacoh_dev dev;

    cfg.flags = DMACOH_DEV_FORCE_BOUNCE;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    for (uint32_t off = 0; off < 40; off += 3) {
        for (uint32_t len = 1; len < 60; len += 4) {
            memset(rig.low, 1, 256);
            ck_assert_int_eq(dmacoh_map_phys(&dev, &m, RIG_LOW + 5u, 200, 0, 0), DMACOH_OK);
            uint8_t *slot = fake_ram_at(m.bus, 200);

            memset(slot, 2, 200);
            ck_assert_int_eq(dmacoh_sync_for_cpu(&m, off, len), DMACOH_OK);
            for (uint32_t i = 0; i < 200; i++) {
                expect(rig.low[5u + i] == (i >= off && i < off + len ? 2 : 1));
            }
            memset(rig.low + 5, 3, 200);
            ck_assert_int_eq(dmacoh_sync_for_device(&m, off, len), DMACOH_OK);
            for (uint32_t i = 0; i < 200; i++) {
                expect(slot[i] == (i >= off && i < off + len ? 3 : 2));
            }
            ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
            expect(rig.low[4] == 1 && rig.low[205] == 1);
        }
    }
    /* What the device only writes is never copied out again. */
    ck_assert_int_eq(dmacoh_map_phys(&dev, &m, RIG_LOW, 64, 2, 0), DMACOH_OK);
    memset(fake_ram_at(m.bus, 64), 9, 64);
    memset(rig.low, 4, 64);
    ck_assert_int_eq(dmacoh_sync_for_device(&m, 0, 64), DMACOH_OK);
    ck_assert_uint_eq(*fake_ram_at(m.bus, 1), 9);
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    ck_assert_uint_eq(rig.low[63], 9);
}
END_TEST

/* A list: a range across head, body and tail. */
START_TEST(list_ranges)
{
    struct dmacoh_seg in[2] = {{RIG_LOW + 30u, 200, 0}, {RIG_LOW + 0x1000u, 128, 0}};
    struct dmacoh_bseg out[6];
    uint8_t data[328];
    struct dmacoh_map m = {0};

    for (uint32_t off = 0; off < 328; off += 11) {
        for (uint32_t len = 1; off + len <= 328; len += 23) {
            memset(rig.low, 1, 0x1100);
            memset(data, 2, sizeof(data));
            ck_assert_int_eq(dmacoh_map_segs(&rig.dev, &m, in, 2, out, 6, 2, DMACOH_ATTR_SKIP_SYNC),
                             DMACOH_OK);
            ck_assert_uint_eq(m.nsegs, 4);
            rig_dma(out, 4, 0, 0, data, 328, true);
            ck_assert_int_eq(dmacoh_sync_for_cpu(&m, off, len), DMACOH_OK);
            for (uint32_t i = 0; i < 328; i++) {
                const bool direct = (i >= 34 && i < 162) || i >= 200;
                const uint8_t now = i < 200 ? rig.low[30 + i] : rig.low[0x1000 + i - 200];

                expect(now == (direct || (i >= off && i < off + len) ? 2 : 1));
            }
            fake_clear();
            ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
            ck_assert_uint_eq(fake->nlog, 0);
        }
    }
}
END_TEST

/* After all of it was taken back, unmap does nothing more; CPU stores made since are safe. */
START_TEST(cpu_owned)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_map m = {0};
    struct dmacoh_dev dev;

    cfg.flags = DMACOH_DEV_FORCE_BOUNCE;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    for (uint32_t forced = 0; forced < 2; forced++) {
        struct dmacoh_dev *d = forced ? &dev : &rig.dev;

        ck_assert_int_eq(dmacoh_map_phys(d, &m, RIG_LOW, 128, 2, 0), DMACOH_OK);
        ck_assert_int_eq(dmacoh_sync_for_cpu(&m, 0, 128), DMACOH_OK);
        memset(rig.low, 5, 128);
        fake_clear();
        ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
        ck_assert_uint_eq(fake->nlog, 0);
        ck_assert_uint_eq(rig.low[77], 5);
        /* Handed back, even a part of it: all of it is taken back again. */
        ck_assert_int_eq(dmacoh_map_phys(d, &m, RIG_LOW, 128, 0, 0), DMACOH_OK);
        ck_assert_int_eq(dmacoh_sync_for_cpu(&m, 0, 128), DMACOH_OK);
        ck_assert_int_eq(dmacoh_sync_for_device(&m, 64, 1), DMACOH_OK);
        fake_clear();
        ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
        ck_assert_uint_eq(rig_lines(), forced ? 0 : 2);
        ck_assert_uint_eq(fake_count(FAKE_DSB), forced ? 1 : 2);
        /* A part taken back is not all. */
        ck_assert_int_eq(dmacoh_map_phys(d, &m, RIG_LOW, 128, 2, 0), DMACOH_OK);
        ck_assert_int_eq(dmacoh_sync_for_cpu(&m, 0, 127), DMACOH_OK);
        fake_clear();
        ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
        ck_assert_uint_gt(fake_count(FAKE_DSB), 0);
    }
}
END_TEST

START_TEST(skip_sync)
{
    struct dmacoh_map m = {0};

    for (int dir = 0; dir < 3; dir++) {
        fake_clear();
        ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_LOW, 128, (enum dmacoh_dir)dir,
                                         DMACOH_ATTR_SKIP_SYNC),
                         DMACOH_OK);
        ck_assert_uint_eq(fake->nlog, 0);
        ck_assert_int_eq(dmacoh_sync_for_device(&m, 0, 64), DMACOH_OK);
        lines_are(FAKE_CLEAN, 0, 63);
        fake_clear();
        ck_assert_int_eq(dmacoh_sync_for_cpu(&m, 64, 64), DMACOH_OK);
        ck_assert_uint_eq(fake_count(FAKE_INVAL), dir == DMACOH_TO_DEVICE ? 0 : 1);
        fake_clear();
        ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
        ck_assert_uint_eq(fake->nlog, 0);
    }
    /* The slots of a device-written buffer have the old content all the same. */
    memset(rig.low, 0x3c, 64);
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_LOW + 1u, 62, 2, DMACOH_ATTR_SKIP_SYNC),
                     DMACOH_OK);
    ck_assert_uint_eq(*fake_ram_at(m.bus + 61u, 1), 0x3c);
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
}
END_TEST

/* Only the last user takes back. */
START_TEST(references)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_map m = {0};
    struct dmacoh_dev coherent;

    cfg.flags = DMACOH_DEV_COHERENT;
    ck_assert_int_eq(dmacoh_dev_init(&coherent, &rig.c, &cfg), DMACOH_OK);
    for (uint32_t k = 0; k < 3; k++) {
        struct dmacoh_seg in = {RIG_LOW, 128, 0};
        struct dmacoh_bseg out;
        struct dmacoh_dev *dev = k == 1 ? &coherent : &rig.dev;

        m.refs = 77; /* storage of any content behind a dead cookie */
        ck_assert_int_eq(k == 2 ? dmacoh_map_segs(dev, &m, &in, 1, &out, 1, 0, 0)
                                : dmacoh_map_phys(dev, &m, RIG_LOW, 128, 0, 0),
                         DMACOH_OK);
        ck_assert_int_eq(dmacoh_map_ref(&m), DMACOH_OK);
        ck_assert_int_eq(dmacoh_map_ref(&m), DMACOH_OK);
        fake_clear();
        ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
        ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
        ck_assert_uint_eq(fake->nlog, 0);
        ck_assert_int_eq(dmacoh_sync_for_cpu(&m, 0, 128), DMACOH_OK);
        ck_assert_int_eq(dmacoh_sync_for_device(&m, 0, 128), DMACOH_OK);
        fake_clear();
        ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
        ck_assert_uint_eq(fake_count(FAKE_INVAL), k == 1 ? 0 : 2);
        ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_E_STALE);
    }
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_LOW, 128, 0, 0), DMACOH_OK);
    for (uint32_t i = 0; i < 65535; i++) {
        expect(dmacoh_map_ref(&m) == DMACOH_OK);
    }
    ck_assert_int_eq(dmacoh_map_ref(&m), DMACOH_E_FULL);
    for (uint32_t i = 0; i < 65535; i++) {
        expect(dmacoh_unmap(&m) == DMACOH_OK);
    }
    fake_clear();
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    ck_assert_uint_eq(fake_count(FAKE_INVAL), 2);
}
END_TEST

/* The device may still write: slots stay, nothing is touched. */
START_TEST(abandon)
{
    struct dmacoh_map m = {0};
    struct dmacoh_pool_stats s;

    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_LOW + 1u, 3000, 2, 0), DMACOH_OK);
    ck_assert_int_eq(dmacoh_map_ref(&m), DMACOH_OK);
    memset(rig.low, 8, 3001);
    fake_clear();
    ck_assert_int_eq(dmacoh_map_abandon(&m), DMACOH_OK);
    ck_assert_uint_eq(fake->nlog, 0);
    ck_assert_uint_eq(rig.low[1000], 8);
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_E_STALE);
    ck_assert_int_eq(dmacoh_map_abandon(&m), DMACOH_E_STALE);
    ck_assert_int_eq(dmacoh_pool_stats(&rig.bounce, &s), DMACOH_OK);
    ck_assert_uint_eq(s.allocs, 1);
    ck_assert_uint_eq(rig_stats(&rig).abandoned, 1);
    ck_assert_int_eq(dmacoh_map_phys(&rig.dev, &m, RIG_LOW, 64, 2, 0), DMACOH_OK);
}
END_TEST

/* DMACOH_F_CPU_AFFINE: map, sync and unmap on the same CPU; a coherent device anywhere. */
START_TEST(affine)
{
    struct dmacoh_dev_cfg cfg;
    struct dmacoh_map m = {0};
    struct dmacoh_dev dev, coherent;
    struct dmacoh c;

    rig.cfg.flags = DMACOH_F_CPU_AFFINE;
    rig.cfg.mmu.win_slots = 0;
    ck_assert_int_eq(dmacoh_init(&c, &rig.cfg), DMACOH_OK);
    cfg = (struct dmacoh_dev_cfg){.limits = {.mask = UINT32_MAX}};
    ck_assert_int_eq(dmacoh_dev_init(&dev, &c, &cfg), DMACOH_OK);
    cfg.flags = DMACOH_DEV_COHERENT;
    ck_assert_int_eq(dmacoh_dev_init(&coherent, &c, &cfg), DMACOH_OK);
    rig.fake.cpu = 1;
    ck_assert_int_eq(dmacoh_map_phys(&dev, &m, RIG_LOW, 64, 0, 0), DMACOH_OK);
    rig.fake.cpu = 0;
    fake_clear();
    ck_assert_int_eq(dmacoh_sync_for_cpu(&m, 0, 64), DMACOH_E_CONTEXT);
    ck_assert_int_eq(dmacoh_sync_for_device(&m, 0, 64), DMACOH_E_CONTEXT);
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_E_CONTEXT);
    ck_assert_uint_eq(fake->nlog, 0);
    rig.fake.cpu = 1;
    ck_assert_int_eq(dmacoh_sync_for_cpu(&m, 0, 64), DMACOH_OK);
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    ck_assert_int_eq(dmacoh_map_phys(&coherent, &m, RIG_LOW, 64, 0, 0), DMACOH_OK);
    rig.fake.cpu = 0;
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
}
END_TEST

static void hook(void *ctx)
{
    ck_assert_ptr_eq(ctx, &rig);
    ck_assert_uint_eq(fake->locks, 0);
    fake_log(FAKE_HOOK, 0, 0);
}

/* The hook runs before the first barrier and the first invalidation, wherever memory is taken back. */
START_TEST(posted_writes)
{
    struct dmacoh_dev_cfg cfg = rig_dev_cfg(&rig);
    struct dmacoh_map m = {0};
    struct dmacoh_dev dev;

    cfg.flush_posted = hook;
    cfg.flush_ctx = &rig;
    for (uint32_t flags = 0; flags < 8; flags++) {
        const bool ordered = (flags & DMACOH_DEV_IRQ_ORDERED) != 0;

        cfg.flags = flags;
        ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
        for (int dir = 0; dir < 3; dir++) {
            const uint32_t hooks = ordered || dir == DMACOH_TO_DEVICE ? 0 : 1;

            fake_clear();
            ck_assert_int_eq(dmacoh_map_phys(&dev, &m, RIG_LOW, 64, (enum dmacoh_dir)dir, 0),
                             DMACOH_OK);
            ck_assert_uint_eq(fake_count(FAKE_HOOK), 0);
            for (uint32_t k = 0; k < 3; k++) {
                fake_clear();
                ck_assert_int_eq(k == 2   ? dmacoh_unmap(&m)
                                 : k == 1 ? dmacoh_sync_for_device(&m, 0, 64)
                                          : dmacoh_sync_for_cpu(&m, 0, 64),
                                 DMACOH_OK);
                ck_assert_uint_eq(fake_count(FAKE_HOOK), k == 1 ? 0 : hooks);
                ck_assert(fake_count(FAKE_HOOK) == 0 || fake->log[0].kind == FAKE_HOOK);
            }
        }
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("map_sync");
    TCase *t = tcase_create("map_sync");

    tcase_set_timeout(t, 30);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, rounding);
    tcase_add_test(t, granule_of_two_lines);
    tcase_add_test(t, bad_ranges);
    tcase_add_test(t, exact_copies);
    tcase_add_test(t, list_ranges);
    tcase_add_test(t, cpu_owned);
    tcase_add_test(t, skip_sync);
    tcase_add_test(t, references);
    tcase_add_test(t, abandon);
    tcase_add_test(t, affine);
    tcase_add_test(t, posted_writes);
    suite_add_tcase(s, t);
    return rig_run(s);
}
