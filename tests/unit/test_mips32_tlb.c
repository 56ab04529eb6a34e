/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The MIPS32 backend and its TLB: windows of the right colour, registers kept, regions checked. */
#include "rig.h"

#include "fake_mips.h"
#include "mips32.h"

#include <stdlib.h>
#include <string.h>

#define WIN_VA    0xf0f00000u
#define SLOT      0x8000u
#define FIRST     3u
#define LO_FLAG   0x1fu /* CCA 3, dirty, valid, global */
#define UNIQUE(i) (0x80000000u + ((i) << 13))

static struct rig rig;

static const struct dmacoh_backend_ops backend = {
    .name = "mips32",
    .probe = dmacoh_mips32_probe,
    .win_init = dmacoh_mips32_win_init,
    .win_fini = dmacoh_mips32_win_fini,
    .cpu_down = dmacoh_mips32_cpu_down,
    .op_va = dmacoh_mips32_op_va,
    .op_outer = dmacoh_mips32_op_outer,
    .barrier = dmacoh_mips32_barrier,
    .post_batch = dmacoh_mips32_post_batch,
    .win_map = dmacoh_mips32_win_map,
    .win_unmap = dmacoh_mips32_win_unmap,
    .region_check = dmacoh_mips32_region_check,
};

static void machine(uint32_t ncpus, uint32_t slots)
{
    rig_machine(&rig, ncpus, slots);
    fake_mips_init();
    if (ncpus > 1) {
        fake_mips.prid = 0x00019500u; /* 34K */
    }
    rig.cfg.backend = &backend;
    rig.cfg.mmu = (struct dmacoh_mmu){.win_slots = slots,
                                      .win_va = slots != 0 ? WIN_VA : 0,
                                      .entry_first = FIRST,
                                      .entry_count = (uint16_t)slots};
    rig.fake.win_va = WIN_VA;
    rig.fake.win_size = (size_t)ncpus * slots * SLOT;
}

static void restart(uint32_t ncpus, uint32_t slots)
{
    rig_stop(&rig);
    machine(ncpus, slots);
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    fake_clear();
}

static void setup(void)
{
    machine(1, 4);
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    fake_clear();
}

static void teardown(void)
{
    rig_stop(&rig);
}

static const struct fake_mips_entry *entry(uint32_t i)
{
    return &fake_mips.tlb[fake->cpu][i];
}

static void entry_is(uint32_t i, uint32_t hi, uint32_t lo0, uint32_t lo1)
{
    ck_assert_uint_eq(entry(i)->hi, hi);
    ck_assert_uint_eq(entry(i)->lo0, lo0);
    ck_assert_uint_eq(entry(i)->lo1, lo1);
    ck_assert_uint_eq(entry(i)->mask, 0);
}

/* The registers as an interrupted TLB handler of the host has them. */
static void host_registers(void)
{
    fake_mips.hi = 0xc0123045u;
    fake_mips.lo0 = 0x00123457u;
    fake_mips.lo1 = 0x0012345fu;
    fake_mips.mask = 0x00006000u;
    fake_mips.index = 0x80000007u;
}

static void registers_kept(void)
{
    ck_assert_uint_eq(fake_mips.hi, 0xc0123045u);
    ck_assert_uint_eq(fake_mips.lo0, 0x00123457u);
    ck_assert_uint_eq(fake_mips.lo1, 0x0012345fu);
    ck_assert_uint_eq(fake_mips.mask, 0x00006000u);
    ck_assert_uint_eq(fake_mips.index, 0x80000007u);
    ck_assert(!fake_mips.pending);
}

/* --- windows --- */

/* The page's half of the pair is valid, both are global, and the address has the page's colour. */
START_TEST(colours)
{
    fake->irq_depth = 1;
    for (uint32_t slot = 0; slot < 4; slot++) {
        for (uint32_t colour = 0; colour < 16; colour++) {
            const uint64_t pa = RIG_HIGH + colour * 0x1000u;
            const uint32_t lo = (uint32_t)(pa >> 12) << 6 | LO_FLAG;

            host_registers();
            fake_clear();
            const uintptr_t va = dmacoh_mips32_win_map(&rig.c, 0, slot, pa);

            registers_kept();
            ck_assert_uint_eq(va, WIN_VA + slot * SLOT + (colour & 7u) * 0x1000u);
            entry_is(FIRST + slot, (uint32_t)va & ~0x1fffu, (colour & 1u) == 0 ? lo : 1u,
                     (colour & 1u) != 0 ? lo : 1u);
            ck_assert_uint_eq(fake_count(FAKE_TLBWI), 1);
            dmacoh_mips32_win_unmap(&rig.c, 0, slot);
            registers_kept();
            entry_is(FIRST + slot, UNIQUE(FIRST + slot), 0, 0);
            ck_assert_uint_eq(fake_count(FAKE_TLBWI), 2);
            dmacoh_mips32_win_unmap(&rig.c, 0, slot); /* again: as one slot a CPU needs it */
            entry_is(FIRST + slot, UNIQUE(FIRST + slot), 0, 0);
        }
    }
    fake->irq_depth = 0;
}
END_TEST

/* Memory above 4 GiB, and KSEG0 that is cached otherwise. */
START_TEST(far_pages)
{
    rig_stop(&rig);
    machine(1, 1);
    fake_mips.pfn_bits = 0x3fffffc0u;
    fake_mips.config = 0x80000485u;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    ck_assert_uint_eq(rig.c.win_phys_last, UINT64_C(0xfffffffff));
    fake->irq_depth = 1;
    ck_assert_uint_eq(dmacoh_mips32_win_map(&rig.c, 0, 0, UINT64_C(0xf23451000)), WIN_VA + 0x1000u);
    entry_is(FIRST, WIN_VA, 1u, 0xf23451u << 6 | 0x2fu);
    dmacoh_mips32_win_unmap(&rig.c, 0, 0);
    fake->irq_depth = 0;
}
END_TEST

/* Somebody's entry for the slot's address would be a second one: it goes. */
START_TEST(intruder)
{
    fake->irq_depth = 1;
    fake_mips.tlb[0][20] = (struct fake_mips_entry){WIN_VA + 0x2000u, 0x57, 0x57, 0};
    ck_assert_uint_eq(dmacoh_mips32_win_map(&rig.c, 0, 0, RIG_HIGH + 0x3000u), WIN_VA + 0x3000u);
    entry_is(20, UNIQUE(20), 0, 0);
    /* One of the interrupted address space, too. */
    dmacoh_mips32_win_unmap(&rig.c, 0, 0);
    host_registers();
    fake_mips.tlb[0][21] = (struct fake_mips_entry){(WIN_VA + 0x2000u) | 0x45u, 0x57, 0x56, 0};
    (void)dmacoh_mips32_win_map(&rig.c, 0, 0, RIG_HIGH + 0x3000u);
    entry_is(21, UNIQUE(21), 0, 0);
    registers_kept();
    dmacoh_mips32_win_unmap(&rig.c, 0, 0);
    fake->irq_depth = 0;
}
END_TEST

static int init_with(uintptr_t win_va, uint32_t entries)
{
    rig.cfg.mmu.win_va = win_va;
    rig.cfg.mmu.entry_count = (uint16_t)entries;
    return dmacoh_init(&rig.c, &rig.cfg);
}

START_TEST(refusals)
{
    rig_stop(&rig);
    machine(1, 4);
    ck_assert_int_eq(init_with(WIN_VA + 0x1000u, 4), DMACOH_E_ALIGN);
    ck_assert_int_eq(init_with(WIN_VA + 0x4000u, 4), DMACOH_E_ALIGN);
    ck_assert_int_eq(init_with(0x80000000u - SLOT, 4), DMACOH_E_RANGE);
    ck_assert_int_eq(init_with(0x80000000u - 4u * SLOT, 4), DMACOH_OK);
    ck_assert_int_eq(init_with(0x9fff8000u, 4), DMACOH_E_RANGE);
    ck_assert_int_eq(init_with(0xbfff8000u, 4), DMACOH_E_RANGE);
    ck_assert_int_eq(init_with(0xc0000000u, 4), DMACOH_OK);
    ck_assert_int_eq(init_with(WIN_VA, 3), DMACOH_E_RANGE);
    fake_mips.wired = FIRST + 3u;
    ck_assert_int_eq(init_with(WIN_VA, 4), DMACOH_E_RANGE);
    fake_mips.wired = FIRST + 4u;
    ck_assert_int_eq(init_with(WIN_VA, 4), DMACOH_OK);
    for (uint32_t mt = 0; mt < 8; mt++) {
        fake_mips.config = 0x80000003u | mt << 7;
        ck_assert_int_eq(init_with(WIN_VA, 4), mt == 1 || mt == 4 ? DMACOH_OK : DMACOH_E_UNSUPP);
    }
    /* The R10000 has other fields in Config, and a TLB. */
    fake_mips.config = 0x6c000003u;
    fake_mips.prid = 0x00000900u;
    rig.cfg.flags = DMACOH_F_NO_SPEC_STORES;
    ck_assert_int_eq(init_with(WIN_VA, 4), DMACOH_OK);
    rig.cfg.mmu.win_slots = 0;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
}
END_TEST

/* A live entry anywhere in the range; what the library's own entries held is gone. */
START_TEST(occupied)
{
    static const uint32_t at[] = {0, 0x2000, SLOT - 0x2000, SLOT, 4 * SLOT - 0x2000};

    rig_stop(&rig);
    machine(1, 4);
    for (uint32_t i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
        host_registers();
        fake_mips.tlb[0][30] = (struct fake_mips_entry){WIN_VA + at[i], 0x57, 0x57, 0};
        ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_E_BUSY);
        registers_kept();
        ck_assert_uint_eq(fake_count(FAKE_TLBWI), 0);
        ck_assert_uint_eq(fake->irq_depth, 0);
    }
    fake_mips.tlb[0][30] = (struct fake_mips_entry){WIN_VA - 0x2000u, 0x57, 0x57, 0};
    fake_mips.tlb[0][31] = (struct fake_mips_entry){WIN_VA + 4u * SLOT, 0x57, 0x57, 0};
    fake_mips.tlb[0][FIRST] = (struct fake_mips_entry){0x1000000u, 0x57, 0x57, 0};
    fake_mips.tlb[0][FIRST + 4u] = (struct fake_mips_entry){0x1002000u, 0x57, 0x57, 0};
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    for (uint32_t slot = 0; slot < 4; slot++) {
        entry_is(FIRST + slot, UNIQUE(FIRST + slot), 0, 0);
    }
    ck_assert_uint_eq(entry(FIRST + 4u)->hi, 0x1002000u);
    ck_assert_uint_eq(rig.c.win_phys_last, UINT64_C(0xffffffff));
    ck_assert_int_eq(dmacoh_fini(&rig.c), DMACOH_OK);
}
END_TEST

/* Every CPU has its own TLB, its own entries there, and addresses of its own. */
START_TEST(second_cpu)
{
    restart(2, 2);
    fake->cpu = 1;
    fake_mips.tlb[1][FIRST + 1u] = (struct fake_mips_entry){0x1000000u, 0x57, 0x57, 0};
    fake_mips.tlb[1][30] = (struct fake_mips_entry){WIN_VA + 3u * SLOT, 0x57, 0x57, 0};
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_E_BUSY);
    fake_mips.tlb[1][30].hi = UNIQUE(30);
    fake_mips.wired = FIRST + 1u;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_E_RANGE);
    fake_mips.wired = FIRST + 2u;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_OK);
    entry_is(FIRST, UNIQUE(FIRST), 0, 0);
    entry_is(FIRST + 1u, UNIQUE(FIRST + 1u), 0, 0);
    fake->irq_depth = 1;
    ck_assert_uint_eq(dmacoh_mips32_win_map(&rig.c, 1, 1, RIG_HIGH), WIN_VA + 3u * SLOT);
    ck_assert_uint_eq(fake_mips.tlb[0][FIRST + 1u].hi, UNIQUE(FIRST + 1u));
    fake->irq_depth = 0;
    fake_clear();
    host_registers();
    ck_assert_int_eq(dmacoh_cpu_offline(&rig.c), DMACOH_OK);
    registers_kept();
    ck_assert_uint_eq(fake_count(FAKE_TLBWI), 2);
    entry_is(FIRST + 1u, UNIQUE(FIRST + 1u), 0, 0);
}
END_TEST

/* Data in memory without a mapping, through windows: a bounce copies page by page. */
static void check_high(uint32_t slots)
{
    struct dmacoh_dev_cfg cfg;
    struct dmacoh_pool pool;
    struct dmacoh_region region;
    struct dmacoh_dev dev;
    struct dmacoh_map m = {0};

    restart(1, slots);
    struct dmacoh_region_cfg rc = rig_region_cfg(&rig, RIG_CACHED, 0x10000, 11);

    ck_assert_int_eq(dmacoh_pool_init(&pool, &rig.c, NULL), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &region, &rc), DMACOH_OK);
    cfg = rig_dev_cfg(&rig);
    cfg.coherent = NULL;
    cfg.bounce = &pool;
    cfg.flags = DMACOH_DEV_FORCE_BOUNCE;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
    for (uint32_t i = 0; i < 0x4000; i++) {
        rig.high[i] = (uint8_t)(i * 13u + i / 256u);
    }
    ck_assert_int_eq(dmacoh_map_phys(&dev, &m, RIG_HIGH + 100u, 9000, DMACOH_BIDIRECTIONAL, 0),
                     DMACOH_OK);
    uint8_t *slot = fake_ram_at(m.bus, 9000);

    ck_assert_mem_eq(slot, rig.high + 100, 9000);
    memset(slot, 0x5a, 9000);
    ck_assert_int_eq(dmacoh_unmap(&m), DMACOH_OK);
    for (uint32_t i = 100; i < 9100; i++) {
        expect(rig.high[i] == 0x5a);
    }
    ck_assert_uint_eq(rig.high[99], 99u * 13u & 0xffu);
    for (uint32_t i = 0; i < slots; i++) {
        entry_is(FIRST + i, UNIQUE(FIRST + i), 0, 0);
    }
}

START_TEST(high_memory)
{
    check_high(1);
    check_high(2);
}
END_TEST

/* --- regions --- */

#define KSEG1_AT 0xa0100000u
#define REGION   0x4000u

static struct dmacoh_pool pool;
static struct dmacoh_region region;

static int add(uint64_t phys, uintptr_t va, uint32_t attr, uint32_t flags)
{
    struct dmacoh_region_cfg rc = {.phys = phys,
                                   .size = REGION,
                                   .va = va,
                                   .attr = (uint16_t)attr,
                                   .method = DMACOH_M_ALIAS,
                                   .granule_shift = 12,
                                   .flags = flags};

    rc.meta_size = dmacoh_region_meta_size(REGION, 12);
    rig.meta[rig.nmeta] = malloc(rc.meta_size);
    rc.meta = rig.meta[rig.nmeta++];
    fake_clear();
    return dmacoh_pool_add_region(&pool, &region, &rc);
}

static void start_pool(void)
{
    ck_assert_int_eq(dmacoh_pool_init(&pool, &rig.c, NULL), DMACOH_OK);
}

/* In KSEG1: cleaned through KSEG0 before, unless the port has; what was fetched meanwhile goes after. */
START_TEST(alias_region)
{
    rig.fake.segment_va = 0xa0000000u;
    rig.fake.segment_size = 0x20000000u;
    rig.fake.ram[rig.fake.nram++] = (struct fake_ram){0x100000, REGION, rig.high};
    rig.fake.ram[rig.fake.nram++] = (struct fake_ram){0x1fffc000, REGION, rig.high + REGION};
    start_pool();
    ck_assert_int_eq(add(0x100000, KSEG1_AT, DMACOH_MEM_UNCACHED, 0), DMACOH_OK);
    ck_assert_uint_eq(fake_count(FAKE_CLEAN_INVAL), REGION / 32u);
    ck_assert_uint_eq(fake->log[1].at, 0x80100000u);
    ck_assert_uint_eq(fake_count(FAKE_DSB), 2);
    rig.fake.log_bytes = true;
    fake_clear();
    ck_assert_int_eq(dmacoh_pool_remove_region(&pool, &region), DMACOH_OK);
    ck_assert_int_eq(fake->log[0].kind, FAKE_DSB);
    ck_assert_int_eq(fake->log[1].kind, FAKE_LOAD8);
    ck_assert_uint_eq(fake->log[1].at, KSEG1_AT);
    ck_assert_int_eq(fake->log[2].kind, FAKE_INVAL);
    ck_assert_uint_eq(fake->log[2].at, 0x80100000u);
    ck_assert_uint_eq(fake_count(FAKE_INVAL), REGION / 32u);
    ck_assert_int_eq(fake->log[fake->nlog - 1u].kind, FAKE_DSB);
    ck_assert_int_eq(add(0x1fffc000, 0xbfffc000u, DMACOH_MEM_UNCACHED, 0),
                     DMACOH_OK); /* the last */
    ck_assert_uint_eq(fake_count(FAKE_CLEAN_INVAL), REGION / 32u);
    ck_assert_int_eq(dmacoh_pool_remove_region(&pool, &region), DMACOH_OK);
    ck_assert_int_eq(add(0x100000, KSEG1_AT, DMACOH_MEM_WC, DMACOH_REGION_CLEAN), DMACOH_OK);
    ck_assert_uint_eq(fake->nlog, 0);
    ck_assert_int_eq(dmacoh_pool_remove_region(&pool, &region), DMACOH_OK);
    ck_assert_uint_eq(fake_count(FAKE_INVAL), REGION / 32u);
}
END_TEST

START_TEST(alias_refused)
{
    start_pool();
    ck_assert_int_eq(add(0x101000, KSEG1_AT, DMACOH_MEM_UNCACHED, 0), DMACOH_E_NOMAP);
    ck_assert_int_eq(add(0x100000, 0x80100000u, DMACOH_MEM_UNCACHED, 0), DMACOH_E_ATTR);
    ck_assert_int_eq(add(0x1fffe000, 0xbfffe000u, DMACOH_MEM_UNCACHED, 0), DMACOH_E_ATTR);
    ck_assert_int_eq(add(0x100000, 0xc0100000u, DMACOH_MEM_UNCACHED, 0), DMACOH_E_ATTR);
    ck_assert_int_eq(add(UINT64_C(0x100100000), KSEG1_AT, DMACOH_MEM_UNCACHED, 0), DMACOH_E_ATTR);
    ck_assert_int_eq(add(0, 0x9fffe000u, DMACOH_MEM_UNCACHED, 0), DMACOH_E_ATTR);
    ck_assert_int_eq(add(0x20000000, 0x7fffe000u, DMACOH_MEM_UNCACHED, 0), DMACOH_E_ATTR);
    ck_assert_int_eq(add(0x20000000, 0xbfffe000u, DMACOH_MEM_UNCACHED, 0), DMACOH_E_ATTR);
    ck_assert_int_eq(add(0x20000000, 0x80000000u, DMACOH_MEM_UNCACHED, 0), DMACOH_E_ATTR);
    ck_assert_uint_eq(fake->nlog, 0);
    /* Stores that are speculated through KSEG0 are written over it. */
    rig_stop(&rig);
    machine(1, 0);
    fake_mips.prid = 0x00000900u;
    rig.cfg.flags = DMACOH_F_NO_SPEC_STORES;
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_OK);
    start_pool();
    ck_assert_int_eq(add(0x100000, KSEG1_AT, DMACOH_MEM_UNCACHED, DMACOH_REGION_CLEAN),
                     DMACOH_E_UNSUPP);
}
END_TEST

/* Four pages of RIG_POOL where the host has mapped them: two entries. */
static void map_region(uint32_t bits)
{
    const uint32_t va = (uint32_t)(uintptr_t)rig.pool_mem;
    const uint32_t pfn = (uint32_t)(RIG_POOL >> 12);

    fake_mips.tlb[0][10] = (struct fake_mips_entry){va, pfn << 6 | bits, (pfn + 1u) << 6 | bits, 0};
    fake_mips.tlb[0][11] =
        (struct fake_mips_entry){va + 0x2000u, (pfn + 2u) << 6 | bits, (pfn + 3u) << 6 | bits, 0};
}

#define UNCACHED_PAGE 0x17u /* CCA 2, dirty, valid, global */

static int add_mapped(uint32_t flags)
{
    const int rc = add(RIG_POOL, (uintptr_t)rig.pool_mem, DMACOH_MEM_UNCACHED, flags);

    ck_assert_uint_eq(fake->irq_depth, 0);
    return rc;
}

START_TEST(mapped_region)
{
    start_pool();
    host_registers();
    map_region(UNCACHED_PAGE);
    ck_assert_int_eq(add_mapped(0), DMACOH_E_UNSUPP); /* nothing reaches its lines */
    registers_kept();
    ck_assert_uint_eq(fake->accesses, 4);
    ck_assert_int_eq(add_mapped(DMACOH_REGION_CLEAN), DMACOH_OK);
    fake_clear();
    ck_assert_int_eq(dmacoh_pool_remove_region(&pool, &region), DMACOH_OK);
    ck_assert_uint_eq(fake->nlog, 0);
    for (uint32_t cca = 0; cca < 8; cca++) {
        map_region(7u | cca << 3);
        ck_assert_int_eq(add_mapped(DMACOH_REGION_CLEAN), cca == 2 ? DMACOH_OK : DMACOH_E_ATTR);
        if (cca == 2) {
            ck_assert_int_eq(dmacoh_pool_remove_region(&pool, &region), DMACOH_OK);
        }
    }
    map_region(UNCACHED_PAGE & ~4u); /* read only */
    ck_assert_int_eq(add_mapped(DMACOH_REGION_CLEAN), DMACOH_E_ATTR);
    map_region(UNCACHED_PAGE & ~2u); /* not valid */
    ck_assert_int_eq(add_mapped(DMACOH_REGION_CLEAN), DMACOH_E_NOMAP);
    map_region(UNCACHED_PAGE);
    fake_mips.tlb[0][11].lo1 ^= 0x40u; /* another page, the last one */
    ck_assert_int_eq(add_mapped(DMACOH_REGION_CLEAN), DMACOH_E_NOMAP);
    fake_mips.tlb[0][11].hi = UNIQUE(11); /* no entry; the first one has nothing to do with it */
    fake_mips.tlb[0][0] = fake_mips.tlb[0][11];
    fake_mips.tlb[0][0].lo1 ^= 0x40u;
    ck_assert_int_eq(add_mapped(DMACOH_REGION_CLEAN), DMACOH_E_NOMAP);
    registers_kept();
    fake_mips.config = 0x80000183u; /* no TLB */
    ck_assert_int_eq(add_mapped(DMACOH_REGION_CLEAN), DMACOH_E_UNSUPP);
}
END_TEST

/* The first address and the first byte that no segment shows. */
START_TEST(beyond_segments)
{
    const uint32_t lo = 0x20000u << 6 | UNCACHED_PAGE;

    start_pool();
    rig.fake.segment_va = 0xc0000000u;
    rig.fake.segment_size = REGION;
    rig.fake.ram[rig.fake.nram++] = (struct fake_ram){0, REGION, rig.high};
    fake_mips.tlb[0][10] = (struct fake_mips_entry){0xc0000000u, lo, lo + 0x100u, 0x6000u};
    ck_assert_int_eq(add(0x20000000, 0xc0000000u, DMACOH_MEM_UNCACHED, DMACOH_REGION_CLEAN),
                     DMACOH_OK);
    ck_assert_uint_eq(fake->accesses, 1);
}
END_TEST

/* From the middle of one page of 16 KiB to the middle of the next: both are looked at. */
START_TEST(middle_of_pages)
{
    const uint32_t va = (uint32_t)(uintptr_t)rig.pool_mem;
    const uint32_t lo = (uint32_t)(RIG_POOL >> 12) << 6 | UNCACHED_PAGE;

    start_pool();
    fake_mips.tlb[0][10] = (struct fake_mips_entry){va, lo, lo + 0x100u, 0x6000u};
    ck_assert_int_eq(add(RIG_POOL + 0x2000u, (uintptr_t)rig.pool_mem + 0x2000u, DMACOH_MEM_UNCACHED,
                         DMACOH_REGION_CLEAN),
                     DMACOH_OK);
    ck_assert_uint_eq(fake->accesses, 2);
    ck_assert_int_eq(dmacoh_pool_remove_region(&pool, &region), DMACOH_OK);
    fake_mips.tlb[0][10].lo1 |= 8u;
    ck_assert_int_eq(add(RIG_POOL + 0x2000u, (uintptr_t)rig.pool_mem + 0x2000u, DMACOH_MEM_UNCACHED,
                         DMACOH_REGION_CLEAN),
                     DMACOH_E_ATTR);
}
END_TEST

/* One entry of two pages of a MiB. Bits of the number below the size mean nothing. */
START_TEST(large_pages)
{
    const uint32_t va = (uint32_t)(uintptr_t)rig.pool_mem;
    const uint32_t lo = (uint32_t)(RIG_POOL >> 12) << 6 | UNCACHED_PAGE;
    const bool odd = (va & 0x100000u) != 0;

    start_pool();
    fake_mips.tlb[0][10] =
        (struct fake_mips_entry){va & ~0x1fffffu, odd ? 1u : lo, odd ? lo : 1u, 0x001fe000u};
    ck_assert_int_eq(add_mapped(DMACOH_REGION_CLEAN), DMACOH_OK);
    ck_assert_uint_eq(fake->accesses, 1);
    ck_assert_int_eq(dmacoh_pool_remove_region(&pool, &region), DMACOH_OK);
    fake_mips.tlb[0][10].lo0 |= odd ? 0 : 0x3fc0u;
    fake_mips.tlb[0][10].lo1 |= odd ? 0x3fc0u : 0;
    ck_assert_int_eq(add_mapped(DMACOH_REGION_CLEAN), DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_remove_region(&pool, &region), DMACOH_OK);
    ck_assert_int_eq(add(RIG_POOL + 0x7e000u, (uintptr_t)rig.pool_mem + 0x7e000u,
                         DMACOH_MEM_UNCACHED, DMACOH_REGION_CLEAN),
                     DMACOH_OK);
    ck_assert_int_eq(dmacoh_pool_remove_region(&pool, &region), DMACOH_OK);
    ck_assert_int_eq(
        add(RIG_POOL, (uintptr_t)rig.pool_mem + 0x1000u, DMACOH_MEM_UNCACHED, DMACOH_REGION_CLEAN),
        DMACOH_E_NOMAP);
    fake_mips.tlb[0][10] =
        (struct fake_mips_entry){va & ~0x1fffffu, odd ? lo : 1u, odd ? 1u : lo, 0x001fe000u};
    ck_assert_int_eq(add_mapped(DMACOH_REGION_CLEAN), DMACOH_E_NOMAP);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("mips32_tlb");
    TCase *t = tcase_create("all");

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, colours);
    tcase_add_test(t, far_pages);
    tcase_add_test(t, intruder);
    tcase_add_test(t, refusals);
    tcase_add_test(t, occupied);
    tcase_add_test(t, second_cpu);
    tcase_add_test(t, high_memory);
    tcase_add_test(t, alias_region);
    tcase_add_test(t, alias_refused);
    tcase_add_test(t, mapped_region);
    tcase_add_test(t, beyond_segments);
    tcase_add_test(t, middle_of_pages);
    tcase_add_test(t, large_pages);
    suite_add_tcase(s, t);
    return rig_run(s);
}
