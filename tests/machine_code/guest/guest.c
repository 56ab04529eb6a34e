/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The program around the library: it does what the host asks for, one call at a time. */
#include <dmacoh/dmacoh.h>

#include "abi.h"
#include "boot.h"

#define LOW_BYTES  0x10000u /* more than any region has */
#define META_SHIFT 6u       /* smallest granule of a region: the smallest line is smaller */

static struct dmacoh instance;
static struct dmacoh_mem memory[3];
static struct dmacoh_pool pools[MC_POOLS];
static struct dmacoh_region regions[MC_POOLS][MC_REGIONS];
static struct dmacoh_dev device;
static struct dmacoh_window window;
static struct dmacoh_map maps[MC_HANDLES];
static struct dmacoh_seg in[MC_HANDLES][MC_SEGS];
static struct dmacoh_bseg out[MC_HANDLES][MC_SEGS];
static struct dmacoh_buf buffers[MC_BUFFERS];
static _Alignas(DMACOH_META_ALIGN) uint8_t percpu[DMACOH_META_SIZE(1)];
static _Alignas(DMACOH_META_ALIGN)
    uint8_t meta[MC_POOLS][MC_REGIONS][(DMACOH_REGION_META(LOW_BYTES, META_SHIFT) + 63u) & ~63u];

/* The host finds these by their names. */
extern volatile uint32_t mc_words[MC_WORDS];
volatile uint32_t mc_words[MC_WORDS];
int mc_call(uint32_t op, uint32_t a, uint32_t b, uint32_t c);

/* The host's tables: every address is a physical one, and only the stolen memory is uncached. */
static int page_query(void *ctx, uintptr_t va, dmacoh_phys_t *phys, uint32_t *attr)
{
    (void)ctx;
    *phys = va;
    *attr = va >= MC_STOLEN ? DMACOH_MEM_UNCACHED : DMACOH_MEM_CACHED;
    return 0;
}

static struct dmacoh_port_ops ops;

static int do_init(void)
{
    const volatile uint32_t *w = mc_words;
    struct dmacoh_cfg cfg = {0};

    memory[0] = (struct dmacoh_mem){w[MC_IN_LOW_PHYS], w[MC_IN_LOW_SIZE], w[MC_IN_LOW_VA],
                                    DMACOH_RAM_LINEAR};
    cfg.nmem = 1;
    if (w[MC_IN_RAM_SIZE] != 0) {
        memory[cfg.nmem++] = (struct dmacoh_mem){MC_RAM, w[MC_IN_RAM_SIZE], memory[0].va - MC_LOW,
                                                 DMACOH_RAM_LINEAR};
    }
    if (w[MC_IN_HIGH_SIZE] != 0) {
        memory[cfg.nmem++] =
            (struct dmacoh_mem){w[MC_IN_HIGH_PHYS], w[MC_IN_HIGH_SIZE], 0, DMACOH_RAM_HIGH};
    }
    cfg.mem = memory;
    cfg.ncpus = 1;
    cfg.flags = w[MC_IN_FLAGS];
    cfg.mmu.root = w[MC_IN_ROOT];
    cfg.mmu.tables_phys = w[MC_IN_TABLES_PHYS];
    cfg.mmu.tables_va = w[MC_IN_TABLES_VA];
    cfg.mmu.tables_size = w[MC_IN_TABLES_SIZE];
    cfg.mmu.win_slots = w[MC_IN_WIN_SLOTS];
    cfg.mmu.win_va = w[MC_IN_WIN_VA];
    cfg.mmu.entry_first = (uint16_t)w[MC_IN_ENTRY_FIRST];
    cfg.mmu.entry_count = (uint16_t)w[MC_IN_ENTRY_COUNT];
    cfg.facts.cpu = w[MC_IN_FACT_CPU];
    cfg.facts.line = w[MC_IN_FACT_LINE];
    if (cfg.facts.cpu != 0) {
        ops.page_query = page_query;
        cfg.ops = &ops;
    }
    cfg.meta = percpu;
    cfg.meta_size = sizeof(percpu);
    return dmacoh_init(&instance, &cfg);
}

static int do_add(uint32_t pool, uint32_t region)
{
    const volatile uint32_t *w = mc_words;
    struct dmacoh_region_cfg cfg = {0};

    cfg.phys = w[MC_RE_PHYS];
    cfg.size = w[MC_RE_SIZE];
    cfg.va = w[MC_RE_VA];
    cfg.attr = (uint16_t)w[MC_RE_ATTR];
    cfg.method = (uint16_t)w[MC_RE_METHOD];
    cfg.granule_shift = w[MC_RE_SHIFT];
    cfg.max_run = w[MC_RE_MAX_RUN];
    cfg.flags = w[MC_RE_FLAGS];
    cfg.meta = meta[pool][region];
    cfg.meta_size = sizeof(meta[pool][region]);
    return dmacoh_pool_add_region(&pools[pool], &regions[pool][region], &cfg);
}

static int do_dev_init(void)
{
    const volatile uint32_t *w = mc_words;
    struct dmacoh_dev_cfg cfg = {0};

    cfg.limits.mask = w[MC_DE_MASK];
    cfg.limits.boundary = w[MC_DE_BOUNDARY];
    cfg.limits.max_seg = w[MC_DE_MAX_SEG];
    cfg.limits.max_segs = w[MC_DE_MAX_SEGS];
    cfg.limits.align = w[MC_DE_ALIGN];
    cfg.limits.gap_mask = w[MC_DE_GAP_MASK];
    cfg.flags = w[MC_DE_FLAGS];
    cfg.coherent = &pools[0];
    cfg.bounce = w[MC_DE_BOUNCE] < MC_POOLS ? &pools[w[MC_DE_BOUNCE]] : NULL;
    window = (struct dmacoh_window){w[MC_DE_WIN_PHYS], w[MC_DE_WIN_BUS], w[MC_DE_WIN_SIZE]};
    if (window.size != 0) {
        cfg.windows = &window;
        cfg.nwindows = 1;
    }
    return dmacoh_dev_init(&device, &instance, &cfg);
}

/* The segments, as the device gets them. */
static int answer(uint32_t i, const struct dmacoh_bseg *segs, int rc)
{
    const struct dmacoh_map *map = &maps[i];

    mc_words[MC_OUT_NSEGS] = 0;
    mc_words[MC_OUT_BOUNCED] = 0;
    if (rc != DMACOH_OK) {
        return rc;
    }
    mc_words[MC_OUT_NSEGS] = map->nsegs;
    mc_words[MC_OUT_BOUNCED] = dmacoh_map_bounced(map);
    for (uint32_t k = 0; k < map->nsegs; k++) {
        volatile uint32_t *w = &mc_words[MC_OUT_FIRST + k * MC_OUT_STRIDE];

        w[0] = (uint32_t)segs[k].addr;
        w[1] = (uint32_t)(segs[k].addr >> 32);
        w[2] = segs[k].len;
    }
    return rc;
}

static int do_map_one(uint32_t op, uint32_t i, uint32_t where, uint32_t len)
{
    const enum dmacoh_dir dir = (enum dmacoh_dir)mc_words[0];
    const uint32_t attrs = mc_words[1];
    struct dmacoh_map *map = &maps[i];
    int rc;

    if (op == MC_MAP_SINGLE) {
        rc = dmacoh_map_single(&device, map, (const void *)(uintptr_t)where, len, dir, attrs);
    } else {
        rc = dmacoh_map_phys(&device, map, where, len, dir, attrs);
    }
    const struct dmacoh_bseg seg = {map->bus, map->len};

    return answer(i, &seg, rc);
}

static int do_map_segs(uint32_t i, uint32_t nin, uint32_t room)
{
    const enum dmacoh_dir dir = (enum dmacoh_dir)mc_words[0];
    const uint32_t attrs = mc_words[1];

    for (uint32_t k = 0; k < nin; k++) {
        in[i][k].phys = mc_words[2u + 2u * k];
        in[i][k].len = mc_words[3u + 2u * k];
    }
    return answer(i, out[i],
                  dmacoh_map_segs(&device, &maps[i], in[i], nin, out[i], room, dir, attrs));
}

static int do_alloc(uint32_t i, uint32_t size, uint32_t attrs)
{
    const int rc = dmacoh_alloc(&device, &buffers[i], size, attrs);

    if (rc == DMACOH_OK) {
        mc_words[MC_BU_VA] = (uint32_t)(uintptr_t)buffers[i].va;
        mc_words[MC_BU_PHYS] = (uint32_t)buffers[i].phys;
        mc_words[MC_BU_BUS] = (uint32_t)buffers[i].bus;
        mc_words[MC_BU_SIZE] = buffers[i].size;
    }
    return rc;
}

static int do_barrier(uint32_t kind)
{
    if (kind == 0) {
        dmacoh_wmb(&device);
    } else if (kind == 1u) {
        dmacoh_rmb(&device);
    } else {
        dmacoh_desc_publish(&device);
    }
    return DMACOH_OK;
}

static int stream_call(uint32_t op, uint32_t a, uint32_t b, uint32_t c)
{
    switch (op) {
    case MC_MAP_SINGLE:
    case MC_MAP_PHYS:
        return do_map_one(op, a, b, c);
    case MC_MAP_SEGS:
        return do_map_segs(a, b, c);
    case MC_UNMAP:
        return dmacoh_unmap(&maps[a]);
    case MC_REF:
        return dmacoh_map_ref(&maps[a]);
    case MC_SYNC_DEV:
        return dmacoh_sync_for_device(&maps[a], b, c);
    case MC_SYNC_CPU:
        return dmacoh_sync_for_cpu(&maps[a], b, c);
    case MC_ALLOC:
        return do_alloc(a, b, c);
    case MC_FREE:
        return dmacoh_free(&buffers[a]);
    case MC_BARRIER:
        return do_barrier(a);
    default:
        return DMACOH_E_UNSUPP;
    }
}

int mc_call(uint32_t op, uint32_t a, uint32_t b, uint32_t c)
{
    switch (op) {
    case MC_BOOT:
        mc_boot(a);
        return DMACOH_OK;
    case MC_INIT:
        return do_init();
    case MC_FINI:
        return dmacoh_fini(&instance);
    case MC_POOL_INIT:
        return dmacoh_pool_init(&pools[a], &instance, NULL);
    case MC_POOL_FINI:
        return dmacoh_pool_fini(&pools[a]);
    case MC_ADD:
        return do_add(a, b);
    case MC_REMOVE:
        return dmacoh_pool_remove_region(&pools[a], &regions[a][b]);
    case MC_DEV_INIT:
        return do_dev_init();
    case MC_DEV_FINI:
        return dmacoh_dev_fini(&device);
    case MC_LINE:
        return (int)dmacoh_line(&instance);
    default:
        return stream_call(op, a, b, c);
    }
}
