/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Pools, regions and buffers: pool.h without the small objects. */
#include "rig.h"

#include <string.h>
#include <sys/mman.h>

static struct rig rig;

static void setup(void)
{
    rig_start(&rig, 1, 4);
}

static void teardown(void)
{
    rig_stop(&rig);
}

static struct dmacoh_pool_stats stats_of(struct dmacoh_pool *pool)
{
    struct dmacoh_pool_stats s;

    ck_assert_int_eq(dmacoh_pool_stats(pool, &s), DMACOH_OK);
    return s;
}

START_TEST(pool_life)
{
    struct dmacoh_pool pool;
    struct dmacoh_pool_stats s;
    struct dmacoh dead = {0};

    memset(&pool, 0xa5, sizeof(pool));
    ck_assert_int_eq(dmacoh_pool_init(NULL, &rig.c, NULL), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_pool_init(&pool, NULL, NULL), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_pool_init(&pool, &dead, NULL), DMACOH_E_INVAL);
    rig.fake.context = DMACOH_CTX_IRQ;
    ck_assert_int_eq(dmacoh_pool_init(&pool, &rig.c, NULL), DMACOH_E_CONTEXT);
    rig.fake.context = 0;
    ck_assert_int_eq(dmacoh_pool_fini(&pool), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_pool_init(&pool, &rig.c, NULL), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_init(&pool, &rig.c, NULL), DMACOH_E_BUSY);
    ck_assert_int_eq(dmacoh_pool_init(&rig.bounce, &rig.c, NULL), DMACOH_E_BUSY);
    ck_assert_int_eq(dmacoh_pool_stats(&pool, &s), DMACOH_OK);
    ck_assert_uint_eq(s.bytes + s.free + s.min_free + s.largest + s.allocs + s.fails, 0);
    ck_assert_int_eq(dmacoh_pool_stats(&pool, NULL), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_pool_stats(NULL, &s), DMACOH_E_INVAL);
    rig.fake.context = DMACOH_CTX_NOSLEEP;
    ck_assert_int_eq(dmacoh_pool_fini(&pool), DMACOH_E_CONTEXT);
    rig.fake.context = 0;
    ck_assert_int_eq(dmacoh_pool_fini(&rig.bounce), DMACOH_E_BUSY);
    ck_assert_int_eq(dmacoh_pool_fini(&pool), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_fini(&pool), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_pool_stats(&pool, &s), DMACOH_E_INVAL);
    /* One in the middle of the list goes. */
    ck_assert_int_eq(dmacoh_pool_remove_region(&rig.bounce, &rig.r_edges), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_remove_region(&rig.bounce, &rig.r_bounce), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_fini(&rig.bounce), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_init(&rig.bounce, &rig.c, NULL), DMACOH_OK);
}
END_TEST

/* Each error of dmacoh_pool_add_region(); nothing changes by one. */
static struct dmacoh_region_cfg free_space(void)
{
    return rig_region_cfg(&rig, RIG_POOL + 0x60000u, 0x10000, 12);
}

#define REGION(status, change)                                                                     \
    do {                                                                                           \
        struct dmacoh_region region;                                                               \
        struct dmacoh_region_cfg cfg = good;                                                       \
        const struct dmacoh_pool_stats before = stats_of(&rig.coherent);                           \
        memset(&region, 0xa5, sizeof(region));                                                     \
        change;                                                                                    \
        ck_assert_int_eq(dmacoh_pool_add_region(&rig.coherent, &region, &cfg), status);            \
        if (status == DMACOH_OK) {                                                                 \
            ck_assert_int_eq(dmacoh_pool_remove_region(&rig.coherent, &region), DMACOH_OK);        \
        } else {                                                                                   \
            const struct dmacoh_pool_stats after = stats_of(&rig.coherent);                        \
            ck_assert_mem_eq(&before, &after, sizeof(after));                                      \
            ck_assert_int_eq(dmacoh_pool_remove_region(&rig.coherent, &region), DMACOH_E_INVAL);   \
        }                                                                                          \
    } while (0)

START_TEST(region_errors)
{
    const struct dmacoh_region_cfg good = free_space();
    struct dmacoh_region r;

    ck_assert_int_eq(dmacoh_pool_add_region(NULL, &r, &good), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_pool_add_region(&rig.coherent, NULL, &good), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_pool_add_region(&rig.coherent, &r, NULL), DMACOH_E_INVAL);
    REGION(DMACOH_OK, (void)0);
    REGION(DMACOH_E_INVAL, cfg.attr = DMACOH_MEM_NATTRS);
    REGION(DMACOH_E_INVAL, cfg.method = DMACOH_M_NONE + 1);
    REGION(DMACOH_E_INVAL, cfg.flags = 2);
    REGION(DMACOH_E_INVAL, cfg.granule_shift = 5);
    REGION(DMACOH_E_INVAL, cfg.granule_shift = 32);
    REGION(DMACOH_E_INVAL, cfg.granule_shift = 0xffffffffu);
    REGION(DMACOH_E_INVAL, cfg.va = 0);
    REGION(DMACOH_E_INVAL, cfg.meta = NULL);
    REGION(DMACOH_E_SIZE, cfg.size = 0);
    REGION(DMACOH_E_SIZE, cfg.size += 2048);
    REGION(DMACOH_E_SIZE, cfg.size = (UINT64_C(1) << 39) + 4096u);
    REGION(DMACOH_E_ALIGN, cfg.phys += 64);
    REGION(DMACOH_E_ALIGN, cfg.va += 64);
    REGION(DMACOH_E_ALIGN, cfg.meta = (uint8_t *)cfg.meta + 4);
    REGION(DMACOH_E_RANGE, cfg.phys = UINT64_MAX - 0xfffu);
    REGION(DMACOH_E_RANGE, cfg.va = 0xfffff000u);
    REGION(DMACOH_E_META, cfg.meta_size -= 1);
    REGION(DMACOH_E_META, cfg.meta_size = 0);
    REGION(DMACOH_E_CONTEXT, rig.fake.context = DMACOH_CTX_IRQ; (void)0);
    rig.fake.context = 0;
}
END_TEST

START_TEST(region_overlaps)
{
    const struct dmacoh_region_cfg good = free_space();

    REGION(DMACOH_E_OVERLAP, cfg.phys = RIG_COHERENT; cfg.va = (uintptr_t)rig_va(&rig, cfg.phys));
    REGION(DMACOH_E_OVERLAP, cfg.phys = RIG_BOUNCE; cfg.va = (uintptr_t)rig_va(&rig, cfg.phys));
    REGION(DMACOH_E_OVERLAP, cfg.phys = RIG_COHERENT - 0x1000u;
           cfg.va = (uintptr_t)rig_va(&rig, cfg.phys));
    /* Uncached memory under the linear map. */
    REGION(DMACOH_E_OVERLAP, cfg.phys = RIG_LOW + 0x1000u);
    REGION(DMACOH_E_OVERLAP, cfg.phys = RIG_NODMA);
    /* Metadata of another region, and metadata in the region's own memory or in another's. */
    REGION(DMACOH_E_OVERLAP, cfg.meta = rig.meta[2]);
    REGION(DMACOH_E_OVERLAP, cfg.meta = (uint8_t *)rig.meta[2] + 64);
    REGION(DMACOH_E_OVERLAP, cfg.meta = rig_va(&rig, good.phys));
    REGION(DMACOH_E_OVERLAP, cfg.meta = rig_va(&rig, good.phys + 0xff00u));
    REGION(DMACOH_E_OVERLAP, cfg.meta = rig_va(&rig, RIG_COHERENT));
}
END_TEST

START_TEST(region_types)
{
    const struct dmacoh_region_cfg good = free_space();
    const struct dmacoh_region_cfg cached = rig_region_cfg(&rig, RIG_CACHED, 0x10000, 12);

    REGION(DMACOH_OK, cfg = cached);
    REGION(DMACOH_OK, cfg = cached; cfg.attr = DMACOH_MEM_HWCOHERENT);
    REGION(DMACOH_E_NOMAP, cfg = cached; cfg.va += 0x1000);
    REGION(DMACOH_E_NOMAP, cfg = cached; cfg.phys = RIG_HIGH);
    REGION(DMACOH_E_NOMAP, cfg.attr = DMACOH_MEM_CACHED);
    /* What the live tables say. */
    REGION(DMACOH_E_NOMAP, cfg.va += 0x1000);
    REGION(DMACOH_E_NOMAP, cfg.va = 0xe0000000u);
    REGION(DMACOH_E_ATTR, rig.root[good.va >> 20] = (uint32_t)RIG_POOL | RIG_SECT_WB);
    rig.root[good.va >> 20] = (uint32_t)RIG_POOL | RIG_SECT_NC;
    REGION(DMACOH_OK, cfg.attr = DMACOH_MEM_WC);
}
END_TEST

START_TEST(seven_regions)
{
    struct dmacoh_region regions[8];
    struct dmacoh_buf buf[8];
    struct dmacoh_pool pool;

    memset(buf, 0, sizeof(buf));
    ck_assert_int_eq(dmacoh_pool_init(&pool, &rig.c, NULL), DMACOH_OK);
    for (uint32_t i = 0; i < 8; i++) {
        const struct dmacoh_region_cfg cfg =
            rig_region_cfg(&rig, RIG_POOL + 0x60000u + i * 0x1000u, 0x1000, 12);

        ck_assert_int_eq(dmacoh_pool_add_region(&pool, &regions[i], &cfg),
                         i < 7 ? DMACOH_OK : DMACOH_E_FULL);
        ck_assert_int_eq(dmacoh_pool_add_region(&rig.coherent, &regions[i], &cfg),
                         i < 7 ? DMACOH_E_BUSY : DMACOH_OK);
    }
    ck_assert_uint_eq(stats_of(&pool).bytes, 7u * 4096u);
    /* The order of addition is the order of use. */
    struct dmacoh_dev_cfg dc = rig_dev_cfg(&rig);
    struct dmacoh_dev dev;

    dc.coherent = &pool;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &dc), DMACOH_OK);
    for (uint32_t i = 0; i < 7; i++) {
        ck_assert_int_eq(dmacoh_alloc(&dev, &buf[i], 1, 0), DMACOH_OK);
        ck_assert_uint_eq(buf[i].phys, RIG_POOL + 0x60000u + i * 0x1000u);
    }
    ck_assert_int_eq(dmacoh_alloc(&dev, &buf[7], 1, 0), DMACOH_E_FULL);
    ck_assert_int_eq(dmacoh_pool_remove_region(&pool, &regions[3]), DMACOH_E_BUSY);
    ck_assert_int_eq(dmacoh_free(&buf[3]), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_remove_region(&rig.coherent, &regions[3]), DMACOH_E_INVAL);
    rig.fake.context = DMACOH_CTX_IRQ;
    ck_assert_int_eq(dmacoh_pool_remove_region(&pool, &regions[3]), DMACOH_E_CONTEXT);
    rig.fake.context = 0;
    ck_assert_int_eq(dmacoh_pool_remove_region(&pool, &regions[3]), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_remove_region(&pool, &regions[3]), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_pool_remove_region(&pool, NULL), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_pool_remove_region(NULL, &regions[0]), DMACOH_E_INVAL);
    ck_assert_uint_eq(stats_of(&pool).bytes, 6u * 4096u);
    ck_assert_uint_eq(stats_of(&pool).free, 0);
    /* Its place can be taken again. */
    const struct dmacoh_region_cfg again = rig_region_cfg(&rig, RIG_POOL + 0x70000u, 0x1000, 12);

    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &regions[3], &again), DMACOH_OK);
    ck_assert_int_eq(dmacoh_alloc(&dev, &buf[7], 1, 0), DMACOH_OK);
    ck_assert_uint_eq(buf[7].phys, RIG_POOL + 0x70000u);
}
END_TEST

/* Without REGION_CLEAN every line leaves the caches, once; a cached region is cleaned when it goes. */
START_TEST(region_maintenance)
{
    struct dmacoh_region_cfg cfg = rig_region_cfg(&rig, RIG_POOL + 0x60000u, 0x10000, 12);
    struct dmacoh_region_cfg cached = rig_region_cfg(&rig, RIG_CACHED, 0x4000, 12);
    struct dmacoh_region r;

    cfg.flags = 0;
    fake_clear();
    ck_assert_int_eq(dmacoh_pool_add_region(&rig.coherent, &r, &cfg), DMACOH_OK);
    ck_assert_uint_eq(fake_count(FAKE_CLEAN_INVAL), 0x10000u / 64u);
    ck_assert_uint_eq(rig_lines(), 0x10000u / 64u);
    ck_assert_uint_eq(rig.fake.log[rig.fake.nlog - 1u].kind, FAKE_DSB);
    fake_clear();
    ck_assert_int_eq(dmacoh_pool_remove_region(&rig.coherent, &r), DMACOH_OK);
    ck_assert_uint_eq(rig_lines(), 0);
    for (uint32_t attr = 0; attr < DMACOH_MEM_NATTRS; attr += DMACOH_MEM_HWCOHERENT) {
        cached.attr = (uint16_t)attr;
        cached.flags = 0;
        ck_assert_int_eq(dmacoh_pool_add_region(&rig.coherent, &r, &cached), DMACOH_OK);
        ck_assert_uint_eq(rig_lines(), 0);
        ck_assert_int_eq(dmacoh_pool_remove_region(&rig.coherent, &r), DMACOH_OK);
        ck_assert_uint_eq(fake_count(FAKE_CLEAN_INVAL) + fake_count(FAKE_CLEAN), 0x4000u / 64u);
        ck_assert_uint_eq(rig.fake.log[rig.fake.nlog - 1u].kind, FAKE_DSB);
        fake_clear();
    }
}
END_TEST

/* --- buffers --- */

static int why_of(const struct dmacoh_buf *buf, uint64_t limit, uint64_t got)
{
    struct dmacoh_why why;

    ck_assert_int_eq(dmacoh_buf_why(buf, &why), DMACOH_OK);
    ck_assert_uint_eq(why.limit, limit);
    ck_assert_uint_eq(why.got, got);
    ck_assert_uint_eq(buf->bus, DMACOH_BUS_NONE);
    return why.status;
}

START_TEST(alloc_errors)
{
    struct dmacoh_buf b = {0};
    struct dmacoh_why why;
    struct dmacoh_dev_cfg dc = rig_dev_cfg(&rig);
    struct dmacoh_dev bare;

    ck_assert_int_eq(dmacoh_buf_why(&b, &why), DMACOH_E_STALE);
    ck_assert_int_eq(dmacoh_buf_why(NULL, &why), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_buf_why(&b, NULL), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, NULL, 64, 0), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_alloc(NULL, &b, 64, 0), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &b, 64, 0x8000), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &b, 64, DMACOH_ATTR_OVERWRITE), DMACOH_E_INVAL);
    ck_assert_int_eq(
        dmacoh_alloc(&rig.dev, &b, 64, DMACOH_ATTR_NONCOHERENT | DMACOH_ATTR_WRITE_COMBINE),
        DMACOH_E_INVAL);
    ck_assert_int_eq(why_of(&b, 0, 64), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &b, 0, 0), DMACOH_E_SIZE);
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &b, (size_t)1 << 32, 0), DMACOH_E_SIZE);
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &b, SIZE_MAX, 0), DMACOH_E_SIZE);
    ck_assert_int_eq(why_of(&b, 0, SIZE_MAX), DMACOH_E_SIZE);
    ck_assert_int_eq(dmacoh_alloc_aligned(&rig.dev, &b, 64, 3, 0, 0), DMACOH_E_ALIGN);
    ck_assert_int_eq(dmacoh_alloc_aligned(&rig.dev, &b, 64, 0, 96, 0), DMACOH_E_ALIGN);
    ck_assert_int_eq(dmacoh_alloc_aligned(&rig.dev, &b, 65, 0, 64, 0), DMACOH_E_BOUNDARY);
    ck_assert_int_eq(why_of(&b, 64, 65), DMACOH_E_BOUNDARY);
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &b, RIG_COH_SIZE + 1u, 0), DMACOH_E_NOREGION);
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &b, 64, DMACOH_ATTR_NONCOHERENT), DMACOH_E_NOREGION);
    ck_assert_int_eq(dmacoh_alloc_aligned(&rig.dev, &b, 64, (size_t)1 << 62, 0, 0), DMACOH_E_FRAG);
    dc.coherent = NULL;
    ck_assert_int_eq(dmacoh_dev_init(&bare, &rig.c, &dc), DMACOH_OK);
    ck_assert_int_eq(dmacoh_alloc(&bare, &b, 64, 0), DMACOH_E_UNSUPP);
    ck_assert_uint_eq(stats_of(&rig.coherent).free, RIG_COH_SIZE);
    ck_assert_uint_eq(stats_of(&rig.coherent).allocs, 0);
}
END_TEST

/* FULL, FRAG and NOREGION are told apart. */
START_TEST(shortages)
{
    struct dmacoh_buf b[128];
    struct dmacoh_buf more = {0};
    const uint32_t n = RIG_COH_SIZE / 4096u;

    memset(b, 0, sizeof(b));
    for (uint32_t i = 0; i < n; i++) {
        ck_assert_int_eq(dmacoh_alloc(&rig.dev, &b[i], 4096, 0), DMACOH_OK);
    }
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &more, 1, 0), DMACOH_E_FULL);
    ck_assert_int_eq(why_of(&more, 0, 1), DMACOH_E_FULL);
    for (uint32_t i = 0; i < n; i += 2) {
        ck_assert_int_eq(dmacoh_free(&b[i]), DMACOH_OK);
    }
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &more, 8192, 0), DMACOH_E_FRAG);
    ck_assert_int_eq(why_of(&more, RIG_COH_SIZE / 2u, 8192), DMACOH_E_FRAG);
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &more, RIG_COH_SIZE / 2u + 4096u, 0), DMACOH_E_FULL);
    ck_assert_uint_eq(stats_of(&rig.coherent).fails, 3);
    ck_assert_uint_eq(stats_of(&rig.coherent).min_free, 0);
    ck_assert_uint_eq(stats_of(&rig.coherent).largest, 4096);
    ck_assert(dmacoh_is_transient(DMACOH_E_FRAG) && dmacoh_is_transient(DMACOH_E_FULL));
    for (uint32_t i = 1; i < n; i += 2) {
        ck_assert_int_eq(dmacoh_free(&b[i]), DMACOH_OK);
    }
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &more, RIG_COH_SIZE, 0), DMACOH_OK);
    ck_assert_uint_eq(stats_of(&rig.coherent).free, 0);
}
END_TEST

START_TEST(handles)
{
    struct dmacoh_buf b = {0};
    struct dmacoh_buf garbage;
    struct dmacoh_buf copy;
    struct dmacoh_buf saved;
    struct dmacoh_why why;

    ck_assert_int_eq(dmacoh_free(NULL), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_free(&b), DMACOH_E_STALE);
    memset(&garbage, 0x5a, sizeof(garbage));
    ck_assert_int_eq(dmacoh_free(&garbage), DMACOH_E_STALE);
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &b, 100, 0), DMACOH_OK);
    ck_assert_uint_eq(b.size, 4096);
    ck_assert_uint_eq(b.bus, b.phys);
    ck_assert_ptr_eq(b.va, rig_va(&rig, b.phys));
    saved = b;
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &b, 100, 0), DMACOH_E_BUSY);
    ck_assert_mem_eq(&saved, &b, sizeof(b));
    ck_assert_int_eq(dmacoh_buf_why(&b, &why), DMACOH_E_STALE);
    copy = b;
    saved = copy;
    ck_assert_int_eq(dmacoh_free(&copy), DMACOH_E_STALE);
    ck_assert_mem_eq(&saved, &copy, sizeof(copy));
    ck_assert_int_eq(dmacoh_free(&b), DMACOH_OK);
    ck_assert_int_eq(dmacoh_buf_why(&b, &why), DMACOH_E_STALE);
    ck_assert_int_eq(dmacoh_free(&b), DMACOH_E_STALE);
    /* A handle that is copied back over itself: its memory has a new owner now, or none. */
    b = copy;
    ck_assert_int_eq(dmacoh_free(&b), DMACOH_E_STALE);
    struct dmacoh_buf owner = {0};

    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &owner, 100, 0), DMACOH_OK);
    ck_assert_uint_eq(owner.phys, copy.phys);
    b = copy;
    ck_assert_int_eq(dmacoh_free(&b), DMACOH_E_STALE);
    ck_assert_uint_eq(stats_of(&rig.coherent).allocs, 1);
    ck_assert_int_eq(dmacoh_free(&owner), DMACOH_OK);
}
END_TEST

/* Alignment and boundary are those of the bus address, here 0x30000 away from the physical one. */
START_TEST(bus_alignment)
{
    const struct dmacoh_window w = {RIG_POOL, 0x7003f000u, RIG_POOL_SIZE};
    struct dmacoh_dev_cfg dc = rig_dev_cfg(&rig);
    struct dmacoh_dev dev;

    dc.windows = &w;
    dc.nwindows = 1;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &dc), DMACOH_OK);
    for (uint32_t log = 0; log < 18; log++) {
        for (uint32_t size = 1; size < 0x9000; size += 0xabc) {
            struct dmacoh_buf b = {0};
            const size_t align = (size_t)1 << log;

            ck_assert_int_eq(dmacoh_alloc_aligned(&dev, &b, size, align, 0, 0), DMACOH_OK);
            ck_assert_uint_eq(b.bus - b.phys, w.bus - w.phys);
            ck_assert_uint_eq(b.bus % align, 0);
            ck_assert_int_eq(dmacoh_free(&b), DMACOH_OK);
            if (size <= align) {
                ck_assert_int_eq(dmacoh_alloc_aligned(&dev, &b, size, 0, align, 0), DMACOH_OK);
                ck_assert_uint_eq(b.bus / align, (b.bus + size - 1u) / align);
                ck_assert_int_eq(dmacoh_free(&b), DMACOH_OK);
            }
        }
    }
    ck_assert_uint_eq(stats_of(&rig.coherent).free, RIG_COH_SIZE);
}
END_TEST

/* A fresh buffer is zero; NOZERO leaves it alone. */
START_TEST(zeroing)
{
    struct dmacoh_buf b = {0};

    memset(rig_va(&rig, RIG_COHERENT), 0xee, RIG_COH_SIZE);
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &b, 5000, 0), DMACOH_OK);
    const uint8_t *p = b.va;

    for (uint32_t i = 0; i < RIG_COH_SIZE; i++) {
        const bool mine = i >= b.phys - RIG_COHERENT && i < b.phys - RIG_COHERENT + 8192u;

        expect(*(const uint8_t *)rig_va(&rig, RIG_COHERENT + i) == (mine ? 0 : 0xee));
    }
    ck_assert_uint_eq(p[8191], 0);
    ck_assert_int_eq(dmacoh_free(&b), DMACOH_OK);
    memset(rig_va(&rig, RIG_COHERENT), 0xee, RIG_COH_SIZE);
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &b, 5000, DMACOH_ATTR_NOZERO), DMACOH_OK);
    ck_assert_uint_eq(*(const uint8_t *)b.va, 0xee);
}
END_TEST

/* The allocator never touches what it manages. */
START_TEST(pool_untouched)
{
    struct dmacoh_buf b[40];

    memset(b, 0, sizeof(b));
    ck_assert_int_eq(mprotect(rig.pool_mem, RIG_POOL_SIZE, PROT_NONE), 0);
    for (uint32_t round = 0; round < 3; round++) {
        for (uint32_t i = 0; i < 40; i++) {
            const int rc = dmacoh_alloc_aligned(&rig.dev, &b[i], i * 300u + 1u,
                                                (size_t)4096 << i % 3u, 0, DMACOH_ATTR_NOZERO);

            ck_assert_int_eq(rc, DMACOH_OK);
        }
        for (uint32_t i = 0; i < 40; i++) {
            ck_assert_int_eq(dmacoh_free(&b[(i * 7u + round) % 40u]), DMACOH_OK);
        }
    }
    ck_assert_int_eq(mprotect(rig.pool_mem, RIG_POOL_SIZE, PROT_READ | PROT_WRITE), 0);
    ck_assert_uint_eq(stats_of(&rig.coherent).free, RIG_COH_SIZE);
    ck_assert_uint_eq(stats_of(&rig.coherent).largest, RIG_COH_SIZE);
}
END_TEST

/* Which types serve which attribute, on which device. */
START_TEST(types)
{
    struct dmacoh_region wc, cached, hw;
    struct dmacoh_region_cfg c_wc = rig_region_cfg(&rig, RIG_POOL + 0x60000u, 0x4000, 12);
    const struct dmacoh_region_cfg c_cached = rig_region_cfg(&rig, RIG_CACHED, 0x4000, 12);
    struct dmacoh_region_cfg c_hw = rig_region_cfg(&rig, RIG_CACHED + 0x4000u, 0x4000, 12);
    struct dmacoh_dev_cfg dc = rig_dev_cfg(&rig);
    struct dmacoh_pool pool;
    struct dmacoh_dev plain, coherent;

    c_wc.attr = DMACOH_MEM_WC;
    c_hw.attr = DMACOH_MEM_HWCOHERENT;
    c_hw.method = DMACOH_M_HWCOHERENT;
    ck_assert_int_eq(dmacoh_pool_init(&pool, &rig.c, NULL), DMACOH_OK);
    dc.coherent = &pool;
    ck_assert_int_eq(dmacoh_dev_init(&plain, &rig.c, &dc), DMACOH_OK);
    dc.flags = DMACOH_DEV_COHERENT;
    ck_assert_int_eq(dmacoh_dev_init(&coherent, &rig.c, &dc), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &wc, &c_wc), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &cached, &c_cached), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &hw, &c_hw), DMACOH_OK);

    static const struct {
        uint32_t attrs;
        uint64_t plain, coherent; /* first byte of the region; 0: none */
    } want[] = {
        {0, 0, RIG_CACHED},
        {DMACOH_ATTR_WRITE_COMBINE, RIG_POOL + 0x60000u, RIG_POOL + 0x60000u},
        {DMACOH_ATTR_NONCOHERENT, RIG_CACHED, RIG_CACHED},
    };

    for (uint32_t i = 0; i < 3; i++) {
        for (uint32_t k = 0; k < 2; k++) {
            struct dmacoh_buf b = {0};
            const uint64_t phys = k == 0 ? want[i].plain : want[i].coherent;
            const int rc = dmacoh_alloc(k == 0 ? &plain : &coherent, &b, 64, want[i].attrs);

            ck_assert_int_eq(rc, phys != 0 ? DMACOH_OK : DMACOH_E_NOREGION);
            if (rc == DMACOH_OK) {
                ck_assert_uint_eq(b.phys, phys);
                ck_assert_int_eq(dmacoh_free(&b), DMACOH_OK);
            }
        }
    }
    /* A region serves only where all of it is reached. */
    struct dmacoh_buf b = {0};

    ck_assert_int_eq(dmacoh_dev_set_mask(&coherent, UINT32_MAX, RIG_CACHED + 0x3ffeu), DMACOH_OK);
    ck_assert_int_eq(dmacoh_alloc(&coherent, &b, 64, 0), DMACOH_E_NOREGION);
    ck_assert_int_eq(dmacoh_dev_set_mask(&coherent, UINT32_MAX, RIG_CACHED + 0x3fffu), DMACOH_OK);
    ck_assert_int_eq(dmacoh_alloc(&coherent, &b, 64, 0), DMACOH_OK);
}
END_TEST

START_TEST(max_run)
{
    struct dmacoh_region_cfg cfg = rig_region_cfg(&rig, RIG_CACHED, 0x10000, 12);
    struct dmacoh_region r;
    struct dmacoh_buf b = {0};

    cfg.max_run = 3;
    ck_assert_int_eq(dmacoh_pool_add_region(&rig.coherent, &r, &cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &b, 3u * 4096u + 1u, DMACOH_ATTR_NONCOHERENT),
                     DMACOH_E_NOREGION);
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &b, 3u * 4096u, DMACOH_ATTR_NONCOHERENT), DMACOH_OK);
}
END_TEST

/* --- events --- */

static struct {
    uint32_t exhausted, low;
    const void *object;
    struct dmacoh_why why;
} events;

static void on_event(void *ctx, uint32_t event, const void *object, const struct dmacoh_why *why)
{
    ck_assert_ptr_eq(ctx, &events);
    ck_assert_uint_eq(fake->locks, 0);
    events.exhausted += event == DMACOH_EVENT_EXHAUSTED;
    events.low += event == DMACOH_EVENT_LOW_WATER;
    events.object = object;
    events.why = *why;
}

START_TEST(watermark)
{
    static const struct dmacoh_port_ops ops = {.event = on_event};
    const struct dmacoh_pool_cfg pc = {.name = "w", .low_water = 8192};
    const struct dmacoh_region_cfg cfg = rig_region_cfg(&rig, RIG_POOL + 0x60000u, 0x4000, 12);
    struct dmacoh_dev_cfg dc = rig_dev_cfg(&rig);
    struct dmacoh_pool pool;
    struct dmacoh_region r;
    struct dmacoh_dev dev;
    struct dmacoh_buf b[5];

    memset(b, 0, sizeof(b));
    rig.c.ops = &ops;
    rig.c.ops_ctx = &events;
    ck_assert_int_eq(dmacoh_pool_init(&pool, &rig.c, &pc), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &r, &cfg), DMACOH_OK);
    dc.coherent = &pool;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &dc), DMACOH_OK);
    for (uint32_t i = 0; i < 2; i++) {
        ck_assert_int_eq(dmacoh_alloc(&dev, &b[i], 1, 0), DMACOH_OK);
    }
    ck_assert_uint_eq(events.low, 0); /* as much as the mark is not below it */
    ck_assert_int_eq(dmacoh_alloc(&dev, &b[2], 1, 0), DMACOH_OK);
    ck_assert_uint_eq(events.low, 1);
    ck_assert_ptr_eq(events.object, &pool);
    ck_assert_int_eq(dmacoh_alloc(&dev, &b[3], 1, 0), DMACOH_OK);
    ck_assert_uint_eq(events.low, 1);
    ck_assert_uint_eq(events.exhausted, 0);
    ck_assert_int_eq(dmacoh_alloc(&dev, &b[4], 7, 0), DMACOH_E_FULL);
    ck_assert_uint_eq(events.exhausted, 1);
    ck_assert_int_eq(events.why.status, DMACOH_E_FULL);
    ck_assert_uint_eq(events.why.got, 7);
    ck_assert_int_eq(dmacoh_free(&b[3]), DMACOH_OK);
    ck_assert_int_eq(dmacoh_alloc(&dev, &b[3], 1, 0), DMACOH_OK);
    ck_assert_uint_eq(events.low, 1); /* never refilled */
    ck_assert_int_eq(dmacoh_free(&b[3]), DMACOH_OK);
    ck_assert_int_eq(dmacoh_free(&b[2]), DMACOH_OK);
    ck_assert_int_eq(dmacoh_alloc(&dev, &b[2], 1, 0), DMACOH_OK);
    ck_assert_uint_eq(events.low, 2);
    rig.c.ops = NULL;
}
END_TEST

int main(void)
{
    Suite *s = suite_create("pool");
    TCase *t = tcase_create("pool");

    tcase_set_timeout(t, 30);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, pool_life);
    tcase_add_test(t, region_errors);
    tcase_add_test(t, region_overlaps);
    tcase_add_test(t, region_types);
    tcase_add_test(t, seven_regions);
    tcase_add_test(t, region_maintenance);
    tcase_add_test(t, alloc_errors);
    tcase_add_test(t, shortages);
    tcase_add_test(t, handles);
    tcase_add_test(t, bus_alignment);
    tcase_add_test(t, zeroing);
    tcase_add_test(t, pool_untouched);
    tcase_add_test(t, types);
    tcase_add_test(t, max_run);
    tcase_add_test(t, watermark);
    suite_add_tcase(s, t);
    return rig_run(s);
}
