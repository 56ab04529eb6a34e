/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Pools of small objects. */
#include "rig.h"

#include <string.h>
#include <sys/mman.h>

#define SLABS   16u
#define OBJECTS 1024u

static struct rig rig;
static uint64_t meta[SLABS * 8u];

static void setup(void)
{
    rig_start(&rig, 1, 0);
}

static void teardown(void)
{
    rig_stop(&rig);
}

static struct dmacoh_objpool_cfg good(void)
{
    return (struct dmacoh_objpool_cfg){
        .size = 48, .max_slabs = SLABS, .meta = meta, .meta_size = sizeof(meta)};
}

static uint64_t pool_free(void)
{
    struct dmacoh_pool_stats s;

    ck_assert_int_eq(dmacoh_pool_stats(&rig.coherent, &s), DMACOH_OK);
    return s.free;
}

#define ANSWERS(status, change)                                                                    \
    do {                                                                                           \
        struct dmacoh_objpool op;                                                                  \
        struct dmacoh_objpool_cfg cfg = good();                                                    \
        memset(&op, 0xa5, sizeof(op));                                                             \
        change;                                                                                    \
        ck_assert_int_eq(dmacoh_objpool_init(&op, &rig.dev, &cfg), status);                        \
        if (status != DMACOH_OK) {                                                                 \
            rig.fake.context = 0;                                                                  \
            ck_assert_int_eq(dmacoh_objpool_fini(&op), DMACOH_E_INVAL);                            \
        }                                                                                          \
    } while (0)

START_TEST(init_errors)
{
    struct dmacoh_objpool none = {0};
    const struct dmacoh_objpool_cfg cfg_good = good();
    struct dmacoh_dev_cfg dc = rig_dev_cfg(&rig);
    struct dmacoh_dev bare;

    ck_assert_int_eq(dmacoh_objpool_init(NULL, &rig.dev, &cfg_good), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_objpool_init(&none, NULL, &cfg_good), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_objpool_init(&none, &rig.dev, NULL), DMACOH_E_INVAL);
    ANSWERS(DMACOH_OK, (void)0);
    ANSWERS(DMACOH_E_INVAL, cfg.max_slabs = 0);
    ANSWERS(DMACOH_E_INVAL, cfg.max_slabs = (1u << 24) + 1u; cfg.meta_size = SIZE_MAX);
    ANSWERS(DMACOH_E_INVAL, cfg.meta = NULL);
    ANSWERS(DMACOH_E_INVAL, cfg.attrs = 0x8000);
    ANSWERS(DMACOH_E_INVAL, cfg.attrs = DMACOH_ATTR_NONCOHERENT | DMACOH_ATTR_WRITE_COMBINE);
    ANSWERS(DMACOH_E_SIZE, cfg.size = 0);
    ANSWERS(DMACOH_E_SIZE, cfg.size = (1u << 30) + 1u);
    ANSWERS(DMACOH_E_ALIGN, cfg.align = 3);
    ANSWERS(DMACOH_E_ALIGN, cfg.boundary = 65);
    ANSWERS(DMACOH_E_ALIGN, cfg.meta = (uint8_t *)meta + 1);
    ANSWERS(DMACOH_E_BOUNDARY, cfg.boundary = 32);
    ANSWERS(DMACOH_E_META, cfg.meta_size -= 1);
    ANSWERS(DMACOH_E_META, cfg.max_slabs = 1u << 24);
    ANSWERS(DMACOH_E_NOREGION, cfg.attrs = DMACOH_ATTR_NONCOHERENT);
    ANSWERS(DMACOH_E_CONTEXT, rig.fake.context = DMACOH_CTX_IRQ);
    dc.coherent = NULL;
    ck_assert_int_eq(dmacoh_dev_init(&bare, &rig.c, &dc), DMACOH_OK);
    ck_assert_int_eq(dmacoh_objpool_init(&none, &bare, &cfg_good), DMACOH_E_UNSUPP);
    ck_assert_uint_eq(pool_free(), RIG_COH_SIZE);
}
END_TEST

/* Objects lie apart from each other, are aligned, cross no boundary, and are zero. */
static void check_objects(struct dmacoh_objpool *op, const struct dmacoh_objpool_cfg *cfg,
                          uint32_t most)
{
    static struct dmacoh_obj obj[OBJECTS];
    const uint32_t align = cfg->align != 0 ? cfg->align : 8u;
    uint32_t n = 0;

    memset(rig_va(&rig, RIG_COHERENT), 0xee, RIG_COH_SIZE);
    while (n < most && dmacoh_objpool_alloc(op, &obj[n]) == DMACOH_OK) {
        const uint8_t *va = obj[n].va;

        expect(va == rig_va(&rig, obj[n].bus));
        expect(obj[n].bus % align == 0);
        expect(cfg->boundary == 0 ||
               obj[n].bus / cfg->boundary == (obj[n].bus + cfg->size - 1u) / cfg->boundary);
        for (uint32_t i = 0; i < cfg->size; i++) {
            expect(va[i] == 0);
        }
        memset(obj[n].va, (int)(n % 255u) + 1, cfg->size);
        n++;
    }
    expect(n >= 1);
    for (uint32_t k = 0; k < n; k++) {
        for (uint32_t i = 0; i < cfg->size; i++) {
            expect(((const uint8_t *)obj[k].va)[i] == (uint8_t)(k % 255u + 1u));
        }
    }
    expect(dmacoh_objpool_fini(op) == DMACOH_E_BUSY);
    for (uint32_t k = 0; k < n; k++) {
        expect(dmacoh_objpool_free(op, &obj[k]) == DMACOH_OK);
        expect(obj[k].id == 0);
    }
    expect(dmacoh_objpool_fini(op) == DMACOH_OK);
    expect(pool_free() == RIG_COH_SIZE);
}

START_TEST(shapes)
{
    static const uint32_t sizes[] = {1, 2, 6, 8, 48, 64, 70, 100, 1000, 3000, 4096, 5000, 20000};

    for (uint32_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        for (uint32_t align = 0; align <= 8192; align = align == 0 ? 1 : align * 4) {
            for (uint32_t boundary = 0; boundary <= 65536;
                 boundary = boundary ? boundary * 16 : 256) {
                struct dmacoh_objpool op;
                struct dmacoh_objpool_cfg cfg = good();

                cfg.size = sizes[i];
                cfg.align = align;
                cfg.boundary = boundary;
                if (boundary != 0 && (cfg.size > boundary || align > boundary)) {
                    continue;
                }
                ck_assert_int_eq(dmacoh_objpool_init(&op, &rig.dev, &cfg), DMACOH_OK);
                check_objects(&op, &cfg, 140);
            }
        }
    }
}
END_TEST

/* Granules as small as a line: objects of a few bytes, whole words all the same. */
START_TEST(small_granules)
{
    const struct dmacoh_region_cfg rc = rig_region_cfg(&rig, RIG_POOL + 0x60000u, 0x1000, 6);
    struct dmacoh_dev_cfg dc = rig_dev_cfg(&rig);
    struct dmacoh_pool pool;
    struct dmacoh_region region;
    struct dmacoh_dev dev;

    ck_assert_int_eq(dmacoh_pool_init(&pool, &rig.c, NULL), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &region, &rc), DMACOH_OK);
    dc.coherent = &pool;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &dc), DMACOH_OK);
    for (uint32_t size = 1; size < 70; size++) {
        for (uint32_t align = 1; align <= 8; align *= 2) {
            struct dmacoh_objpool op;
            struct dmacoh_objpool_cfg cfg = good();
            struct dmacoh_obj obj;

            cfg.size = size;
            cfg.align = align;
            memset(rig_va(&rig, RIG_POOL + 0x60000u), 0xee, 0x1000);
            ck_assert_int_eq(dmacoh_objpool_init(&op, &dev, &cfg), DMACOH_OK);
            ck_assert_int_eq(dmacoh_objpool_alloc(&op, &obj), DMACOH_OK);
            for (uint32_t i = 0; i < size; i++) {
                expect(((const uint8_t *)obj.va)[i] == 0);
            }
            ck_assert_int_eq(dmacoh_objpool_free(&op, &obj), DMACOH_OK);
            ck_assert_int_eq(dmacoh_objpool_fini(&op), DMACOH_OK);
        }
    }
}
END_TEST

/* max_slabs holds; a shortage of the pool below shows as its own error. */
START_TEST(exhaustion)
{
    static struct dmacoh_obj obj[OBJECTS];
    struct dmacoh_objpool op;
    struct dmacoh_objpool_cfg cfg = good();
    struct dmacoh_obj one;
    struct dmacoh_buf hog = {0};

    cfg.max_slabs = 3;
    ck_assert_int_eq(dmacoh_objpool_init(&op, &rig.dev, &cfg), DMACOH_OK);
    for (uint32_t i = 0; i < 3u * 64u; i++) {
        ck_assert_int_eq(dmacoh_objpool_alloc(&op, &obj[i]), DMACOH_OK);
        for (uint32_t k = 0; k < i; k++) {
            expect(obj[k].bus != obj[i].bus && obj[k].id != obj[i].id);
        }
    }
    ck_assert_uint_eq(pool_free(), RIG_COH_SIZE - 3u * 4096u);
    ck_assert_int_eq(dmacoh_objpool_alloc(&op, &one), DMACOH_E_FULL);
    ck_assert_uint_eq(one.id, 0);
    ck_assert_uint_eq(one.bus, DMACOH_BUS_NONE);
    /* Freed objects are found again, in any slab. */
    ck_assert_int_eq(dmacoh_objpool_free(&op, &obj[100]), DMACOH_OK);
    ck_assert_int_eq(dmacoh_objpool_free(&op, &obj[20]), DMACOH_OK);
    ck_assert_int_eq(dmacoh_objpool_alloc(&op, &obj[100]), DMACOH_OK);
    ck_assert_int_eq(dmacoh_objpool_alloc(&op, &obj[20]), DMACOH_OK);
    ck_assert_int_eq(dmacoh_objpool_alloc(&op, &one), DMACOH_E_FULL);
    /* One empty slab is kept, the others go back. */
    for (uint32_t i = 0; i < 3u * 64u; i++) {
        ck_assert_int_eq(dmacoh_objpool_free(&op, &obj[i]), DMACOH_OK);
    }
    ck_assert_uint_eq(pool_free(), RIG_COH_SIZE - 4096u);
    ck_assert_int_eq(dmacoh_objpool_alloc(&op, &one), DMACOH_OK);
    ck_assert_uint_eq(pool_free(), RIG_COH_SIZE - 4096u);
    ck_assert_int_eq(dmacoh_objpool_free(&op, &one), DMACOH_OK);
    ck_assert_int_eq(dmacoh_objpool_fini(&op), DMACOH_OK);
    ck_assert_uint_eq(pool_free(), RIG_COH_SIZE);
    ck_assert_int_eq(dmacoh_alloc(&rig.dev, &hog, RIG_COH_SIZE, DMACOH_ATTR_NOZERO), DMACOH_OK);
    ck_assert_int_eq(dmacoh_objpool_init(&op, &rig.dev, &cfg), DMACOH_OK);
    for (uint32_t i = 0; i < 5; i++) {
        ck_assert_int_eq(dmacoh_objpool_alloc(&op, &one), DMACOH_E_FULL);
    }
    ck_assert_int_eq(dmacoh_free(&hog), DMACOH_OK);
    ck_assert_int_eq(dmacoh_objpool_alloc(&op, &one), DMACOH_OK);
}
END_TEST

START_TEST(handles)
{
    struct dmacoh_objpool op;
    const struct dmacoh_objpool_cfg cfg = good();
    struct dmacoh_obj a, b, saved;

    ck_assert_int_eq(dmacoh_objpool_init(&op, &rig.dev, &cfg), DMACOH_OK);
    ck_assert_int_eq(dmacoh_objpool_alloc(&op, NULL), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_objpool_alloc(NULL, &a), DMACOH_E_INVAL);
    ck_assert_uint_eq(a.id, 0);
    ck_assert_int_eq(dmacoh_objpool_free(&op, NULL), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_objpool_free(NULL, &a), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_objpool_fini(NULL), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_objpool_free(&op, &a), DMACOH_E_STALE);
    ck_assert_int_eq(dmacoh_objpool_alloc(&op, &a), DMACOH_OK);
    b = a;
    ck_assert_int_eq(dmacoh_objpool_free(&op, &a), DMACOH_OK);
    saved = b;
    ck_assert_int_eq(dmacoh_objpool_free(&op, &b), DMACOH_E_STALE);
    ck_assert(saved.va == b.va && saved.bus == b.bus && saved.id == b.id);
    for (uint32_t id = 0; id < 2000; id++) {
        b.id = id;
        expect(dmacoh_objpool_free(&op, &b) == DMACOH_E_STALE);
    }
    b.id = 0xffffffffu;
    ck_assert_int_eq(dmacoh_objpool_free(&op, &b), DMACOH_E_STALE);
    rig.fake.context = DMACOH_CTX_IRQ;
    ck_assert_int_eq(dmacoh_objpool_fini(&op), DMACOH_E_CONTEXT);
    ck_assert_int_eq(dmacoh_objpool_alloc(&op, &a), DMACOH_OK); /* from any context */
    ck_assert_int_eq(dmacoh_objpool_free(&op, &a), DMACOH_OK);
    rig.fake.context = 0;
    ck_assert_int_eq(dmacoh_objpool_fini(&op), DMACOH_OK);
    ck_assert_int_eq(dmacoh_objpool_alloc(&op, &a), DMACOH_E_INVAL);
    ck_assert_int_eq(dmacoh_objpool_free(&op, &a), DMACOH_E_INVAL);
}
END_TEST

START_TEST(untouched)
{
    static struct dmacoh_obj obj[300];
    struct dmacoh_objpool op;
    struct dmacoh_objpool_cfg cfg = good();

    cfg.attrs = DMACOH_ATTR_NOZERO;
    ck_assert_int_eq(mprotect(rig.pool_mem, RIG_POOL_SIZE, PROT_NONE), 0);
    ck_assert_int_eq(dmacoh_objpool_init(&op, &rig.dev, &cfg), DMACOH_OK);
    rig_seed(5);
    for (uint32_t i = 0; i < 20000; i++) {
        struct dmacoh_obj *o = &obj[rig_random() % 300u];

        ck_assert_int_eq(o->id != 0 ? dmacoh_objpool_free(&op, o) : dmacoh_objpool_alloc(&op, o),
                         DMACOH_OK);
    }
    for (uint32_t i = 0; i < 300; i++) {
        if (obj[i].id != 0) {
            ck_assert_int_eq(dmacoh_objpool_free(&op, &obj[i]), DMACOH_OK);
        }
    }
    ck_assert_int_eq(dmacoh_objpool_fini(&op), DMACOH_OK);
    ck_assert_uint_eq(pool_free(), RIG_COH_SIZE);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("objpool");
    TCase *t = tcase_create("objpool");

    tcase_set_timeout(t, 30);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, init_errors);
    tcase_add_test(t, shapes);
    tcase_add_test(t, small_granules);
    tcase_add_test(t, exhaustion);
    tcase_add_test(t, handles);
    tcase_add_test(t, untouched);
    suite_add_tcase(s, t);
    return rig_run(s);
}
