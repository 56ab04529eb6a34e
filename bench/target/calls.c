/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The image whose calls target_counts.py counts in an emulator: setup() once, then one function after the
 * other. Memory is mapped at its own address and there are no tables.
 */
#include <dmacoh/dmacoh.h>
#include <dmacoh/port.h>

#define RAM     0x00400000u
#define SIZE    0x00100000u
#define POOL    0x00600000u
#define SEGS    16u
#define GRANULE 12u
#define MASK    DMACOH_BIT_MASK(32)

static struct dmacoh c;
static struct dmacoh_mem mem = {.phys = RAM, .size = SIZE, .va = RAM, .kind = DMACOH_RAM_LINEAR};
static struct dmacoh_pool pool;
static struct dmacoh_region region;
static struct dmacoh_dev snooping, plain;
static struct dmacoh_objpool objects;
static struct dmacoh_map map;
static struct dmacoh_buf buf;
static struct dmacoh_obj obj;
static struct dmacoh_seg in[SEGS];
static struct dmacoh_bseg out[SEGS];
static uint64_t percpu[DMACOH_META_SIZE(1) / sizeof(uint64_t)];
static uint64_t region_meta[DMACOH_REGION_META(SIZE, GRANULE) / sizeof(uint64_t)];
static uint64_t object_meta[DMACOH_OBJPOOL_MAGAZINE_META(16, 1, 64) / sizeof(uint64_t)];

int setup(void);
int setup(void)
{
    const struct dmacoh_cfg cfg = {
        .mem = &mem, .nmem = 1, .ncpus = 1, .meta = percpu, .meta_size = sizeof(percpu)};
    const struct dmacoh_region_cfg rc = {.phys = POOL,
                                         .size = SIZE,
                                         .va = POOL,
                                         .attr = DMACOH_MEM_UNCACHED,
                                         .method = DMACOH_M_STOLEN,
                                         .granule_shift = GRANULE,
                                         .flags = DMACOH_REGION_CLEAN,
                                         .meta = region_meta,
                                         .meta_size = sizeof(region_meta)};
    const struct dmacoh_dev_cfg with = {
        .limits = {.mask = MASK}, .flags = DMACOH_DEV_COHERENT, .coherent = &pool};
    const struct dmacoh_dev_cfg without = {.limits = {.mask = MASK}, .coherent = &pool};
    const struct dmacoh_objpool_cfg oc = {.size = 64,
                                          .max_slabs = 16,
                                          .attrs = DMACOH_ATTR_NOZERO,
                                          .magazine = 64,
                                          .meta = object_meta,
                                          .meta_size = sizeof(object_meta)};
    int rc_all = dmacoh_init(&c, &cfg);

    rc_all = rc_all == DMACOH_OK ? dmacoh_pool_init(&pool, &c, NULL) : rc_all;
    rc_all = rc_all == DMACOH_OK ? dmacoh_pool_add_region(&pool, &region, &rc) : rc_all;
    rc_all = rc_all == DMACOH_OK ? dmacoh_dev_init(&snooping, &c, &with) : rc_all;
    rc_all = rc_all == DMACOH_OK ? dmacoh_dev_init(&plain, &c, &without) : rc_all;
    rc_all = rc_all == DMACOH_OK ? dmacoh_objpool_init(&objects, &snooping, &oc) : rc_all;
    for (uint32_t i = 0; i < SEGS; i++) {
        in[i] = (struct dmacoh_seg){RAM + i * 0x2000u, 0x1000u, 0};
    }
    /* The first object of all takes a slab; that is not what is counted. */
    rc_all = rc_all == DMACOH_OK ? dmacoh_objpool_alloc(&objects, &obj) : rc_all;
    return rc_all == DMACOH_OK ? dmacoh_objpool_free(&objects, &obj) : rc_all;
}

/* A call for each row of the table: the name is call_<row>. */
#define CALL(name, expression)                                                                     \
    int call_##name(void);                                                                         \
    int call_##name(void)                                                                          \
    {                                                                                              \
        return expression;                                                                         \
    }

CALL(snoop_map_1500, dmacoh_map_phys(&snooping, &map, RAM, 1500, DMACOH_FROM_DEVICE, 0))
CALL(snoop_unmap_1500, dmacoh_unmap(&map))
CALL(snoop_map_list, dmacoh_map_segs(&snooping, &map, in, SEGS, out, SEGS, DMACOH_TO_DEVICE, 0))
CALL(snoop_unmap_list, dmacoh_unmap(&map))
CALL(map_64, dmacoh_map_phys(&plain, &map, RAM, 64, DMACOH_TO_DEVICE, 0))
CALL(unmap_64, dmacoh_unmap(&map))
CALL(map_4096, dmacoh_map_phys(&plain, &map, RAM, 4096, DMACOH_FROM_DEVICE, 0))
CALL(sync_cpu_4096, dmacoh_sync_for_cpu(&map, 0, 4096))
CALL(sync_device_4096, dmacoh_sync_for_device(&map, 0, 4096))
CALL(unmap_4096, dmacoh_unmap(&map))
CALL(map_list, dmacoh_map_segs(&plain, &map, in, SEGS, out, SEGS, DMACOH_FROM_DEVICE, 0))
CALL(unmap_list, dmacoh_unmap(&map))
CALL(alloc_4096, dmacoh_alloc(&plain, &buf, 4096, DMACOH_ATTR_NOZERO))
CALL(free_4096, dmacoh_free(&buf))
CALL(object_alloc, dmacoh_objpool_alloc(&objects, &obj))
CALL(object_free, dmacoh_objpool_free(&objects, &obj))

/* --- the port: one CPU, nothing to mask --- */

uintptr_t dmacoh_port_irq_save(void)
{
    return 0;
}

void dmacoh_port_irq_restore(uintptr_t state)
{
    (void)state;
}

uint32_t dmacoh_port_cpu(void)
{
    return 0;
}

uint32_t dmacoh_port_context(void)
{
    return 0;
}

void dmacoh_port_lock_init(struct dmacoh_lock *lock)
{
    lock->u.word[0] = 0;
}

void dmacoh_port_lock(struct dmacoh_lock *lock)
{
    (void)lock;
}

void dmacoh_port_unlock(struct dmacoh_lock *lock)
{
    (void)lock;
}

void dmacoh_port_panic(const char *what, const char *where)
{
    (void)what;
    (void)where;
    for (;;) {
    }
}

/* --- what compilers call, a word at a time: all that the library clears or copies is aligned --- */

void *memset(void *to, int value, size_t size);
void *memset(void *to, int value, size_t size)
{
    const uint32_t word = (uint32_t)(uint8_t)value * 0x01010101u;
    uint32_t *at = to;

    for (; size >= sizeof(word); size -= sizeof(word)) {
        *at++ = word;
    }
    for (uint8_t *byte = (uint8_t *)at; size != 0; size--) {
        *byte++ = (uint8_t)value;
    }
    return to;
}

void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
    const uint32_t *source = from;
    uint32_t *at = to;

    for (; size >= sizeof(*at); size -= sizeof(*at)) {
        *at++ = *source++;
    }
    const uint8_t *rest = (const uint8_t *)source;

    for (uint8_t *byte = (uint8_t *)at; size != 0; size--) {
        *byte++ = *rest++;
    }
    return to;
}
