/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "rig.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define MIB       0x100000u
#define BASE      0x20000000u
#define BASE_SIZE (8u * MIB)
#define ROOT_SIZE 16384u

static uint32_t random_state = 1;

void rig_seed(uint32_t seed)
{
    random_state = seed;
}

/* xorshift: the same figures on every host */
uint32_t rig_random(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state;
}

/* Host memory below 4 GiB, since a machine address is 32 bits wide. */
static uint8_t *low_memory(void)
{
    for (uintptr_t at = BASE; at < 0xe0000000u; at += BASE_SIZE) {
        void *got = mmap((void *)at, BASE_SIZE, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

        if (got == (void *)at) {
            return got;
        }
        if (got != MAP_FAILED) {
            (void)munmap(got, BASE_SIZE);
        }
    }
    abort();
}

static void sections(struct rig *r, const uint8_t *host, uint64_t phys, uint64_t size,
                     uint32_t bits)
{
    for (uint64_t at = 0; at < size; at += MIB) {
        r->root[((uintptr_t)host + at) >> 20] = (uint32_t)(phys + at) | bits;
    }
}

static void ram(struct rig *r, uint64_t phys, uint64_t size, uint8_t *host)
{
    r->fake.ram[r->fake.nram++] = (struct fake_ram){phys, size, host};
}

void rig_machine(struct rig *r, uint32_t ncpus, uint32_t slots)
{
    *r = (struct rig){.nmeta = 0};
    fake_init(&r->fake);
    r->base = low_memory();
    r->low = r->base;
    r->pool_mem = r->base + 4u * MIB;
    r->high = r->base + 5u * MIB;
    r->nodma = r->base + 6u * MIB;
    r->far = r->base + 6u * MIB + RIG_NODMA_SIZE;
    ram(r, RIG_LOW, RIG_LOW_SIZE, r->low);
    ram(r, RIG_POOL, RIG_POOL_SIZE, r->pool_mem);
    ram(r, RIG_HIGH, RIG_HIGH_SIZE, r->high);
    ram(r, RIG_NODMA, RIG_NODMA_SIZE, r->nodma);
    ram(r, RIG_FAR, RIG_FAR_SIZE, r->far);

    r->root = aligned_alloc(ROOT_SIZE, ROOT_SIZE);
    memset(r->root, 0, ROOT_SIZE);
    sections(r, r->low, RIG_LOW, RIG_LOW_SIZE, RIG_SECT_WB);
    sections(r, r->pool_mem, RIG_POOL, RIG_POOL_SIZE, RIG_SECT_NC);

    r->mem[0] = (struct dmacoh_mem){RIG_LOW, RIG_LOW_SIZE, (uintptr_t)r->low, DMACOH_RAM_LINEAR};
    r->mem[1] = (struct dmacoh_mem){RIG_HIGH, RIG_HIGH_SIZE, 0, DMACOH_RAM_HIGH};
    r->mem[2] =
        (struct dmacoh_mem){RIG_NODMA, RIG_NODMA_SIZE, (uintptr_t)r->nodma, DMACOH_RAM_NODMA};
    r->mem[3] = (struct dmacoh_mem){RIG_FAR, RIG_FAR_SIZE, 0, DMACOH_RAM_HIGH};
    r->cfg = (struct dmacoh_cfg){.mem = r->mem,
                                 .nmem = 4,
                                 .ncpus = ncpus,
                                 .mmu = {.root = (uintptr_t)r->root,
                                         .tables_phys = RIG_TABLES,
                                         .tables_va = (uintptr_t)rig_va(r, RIG_TABLES),
                                         .tables_size = 4096,
                                         .win_slots = slots,
                                         .win_va = slots != 0 ? RIG_WIN_VA : 0},
                                 .meta = r->percpu,
                                 .meta_size = sizeof(r->percpu)};
    r->fake.root = (uintptr_t)r->root;
    r->fake.tables = r->cfg.mmu.tables_va;
    r->fake.tables_size = 4096;
    r->fake.win_va = RIG_WIN_VA;
    r->fake.win_size = dmacoh_window_bytes(ncpus, slots);
}

void *rig_va(struct rig *r, uint64_t phys)
{
    (void)r;
    return fake_ram_at(phys, 1);
}

struct dmacoh_region_cfg rig_region_cfg(struct rig *r, uint64_t phys, uint64_t size, uint32_t shift)
{
    const size_t bytes = dmacoh_region_meta_size(size, shift);

    r->meta[r->nmeta] = malloc(bytes);
    return (struct dmacoh_region_cfg){.phys = phys,
                                      .size = size,
                                      .va = (uintptr_t)rig_va(r, phys),
                                      .attr = phys >= RIG_POOL ? DMACOH_MEM_UNCACHED
                                                               : DMACOH_MEM_CACHED,
                                      .method = phys >= RIG_POOL ? DMACOH_M_STOLEN : DMACOH_M_NONE,
                                      .granule_shift = shift,
                                      .flags = DMACOH_REGION_CLEAN,
                                      .meta = r->meta[r->nmeta++],
                                      .meta_size = bytes};
}

void rig_pools(struct rig *r)
{
    struct dmacoh_region_cfg edges = rig_region_cfg(r, RIG_EDGES, RIG_EDGES_SIZE, 6);
    const struct dmacoh_region_cfg bounce = rig_region_cfg(r, RIG_BOUNCE, RIG_BOUNCE_SIZE, 11);
    const struct dmacoh_region_cfg coherent = rig_region_cfg(r, RIG_COHERENT, RIG_COH_SIZE, 12);

    edges.max_run = 1;
    ck_assert_int_eq(dmacoh_pool_init(&r->bounce, &r->c, NULL), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_init(&r->coherent, &r->c, NULL), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_add_region(&r->bounce, &r->r_edges, &edges), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_add_region(&r->bounce, &r->r_bounce, &bounce), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_add_region(&r->coherent, &r->r_coherent, &coherent), DMACOH_OK);
}

struct dmacoh_dev_cfg rig_dev_cfg(struct rig *r)
{
    return (struct dmacoh_dev_cfg){.limits = {.mask = UINT32_MAX},
                                   .coherent = r->coherent.magic != 0 ? &r->coherent : NULL,
                                   .bounce = r->bounce.magic != 0 ? &r->bounce : NULL,
                                   .name = "unit"};
}

void rig_start(struct rig *r, uint32_t ncpus, uint32_t slots)
{
    rig_machine(r, ncpus, slots);
    ck_assert_int_eq(dmacoh_init(&r->c, &r->cfg), DMACOH_OK);
    rig_pools(r);
    const struct dmacoh_dev_cfg cfg = rig_dev_cfg(r);

    ck_assert_int_eq(dmacoh_dev_init(&r->dev, &r->c, &cfg), DMACOH_OK);
    fake_clear();
}

void rig_stop(struct rig *r)
{
    ck_assert_uint_eq(fake->irq_depth, 0);
    ck_assert_uint_eq(fake->locks, 0);
    for (uint32_t i = 0; i < r->nmeta; i++) {
        free(r->meta[i]);
    }
    free(r->root);
    (void)munmap(r->base, BASE_SIZE);
    fake_free(&r->fake);
}

uint32_t rig_lines(void)
{
    return fake_count(FAKE_CLEAN) + fake_count(FAKE_INVAL) + fake_count(FAKE_CLEAN_INVAL);
}

uint64_t rig_bus(const struct dmacoh_bseg *segs, uint32_t n, uint32_t off)
{
    for (uint32_t i = 0; i < n; i++) {
        if (off < segs[i].len) {
            return segs[i].addr + off;
        }
        off -= segs[i].len;
    }
    ck_abort_msg("offset beyond the transfer");
    return 0;
}

void rig_dma(const struct dmacoh_bseg *segs, uint32_t n, uint64_t shift, uint32_t off,
             uint8_t *data, uint32_t len, bool write)
{
    for (uint32_t i = 0; i < len; i++) {
        uint8_t *at = fake_ram_at(rig_bus(segs, n, off + i) - shift, 1);

        if (write) {
            *at = data[i];
        } else {
            data[i] = *at;
        }
    }
}

struct dmacoh_stats rig_stats(struct rig *r)
{
    struct dmacoh_stats s;

    ck_assert_int_eq(dmacoh_stats(&r->c, &s), DMACOH_OK);
    return s;
}

int rig_run(Suite *s)
{
    SRunner *runner = srunner_create(s);

    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);

    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
