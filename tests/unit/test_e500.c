/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The e500 backend against its contract in backend.h: loops, rows, TLB1 entries, M, regions. */
#include "ppc_rig.h"

#include "e500.h"

#define E500V1 0x80200010u
#define E500V2 0x80210022u
#define E500MC 0x80230010u

#define SPR_PID0    48u
#define SPR_L1CFG0  515u
#define SPR_MAS0    624u
#define SPR_TLB1CFG 689u
#define SPR_MAS7    944u
#define SPR_L1CSR0  1010u
#define SPR_L2CSR0  1017u

#define W             0x10u
#define I             0x08u
#define M             0x04u
#define G             0x02u
#define VALID         0x80000000u
#define IPROT         0x40000000u
#define SIZE_4K       1u
#define SIZE_1M       5u
#define SIZE_4M       6u
#define SIZE_16M      7u
#define FIRST         8u /* of the library's entries */
#define LINE_64       (1u << 23)
#define SUPERVISOR_RW 5u

static struct rig rig;

static struct fake_ppc_entry entry(uint32_t size, uintptr_t va, uint64_t pa, uint32_t wimge)
{
    return (struct fake_ppc_entry){{VALID | size << 8, (uint32_t)va | wimge,
                                    (uint32_t)pa | SUPERVISOR_RW, (uint32_t)(pa >> 32)}};
}

/* The machine without an instance: linear memory and pool memory in TLB1. */
static void machine(uint32_t ncpus, uint32_t slots, uint32_t pvr)
{
    rig_machine(&rig, ncpus, slots);
    rig.fake.win_size = 0;
    fake_ppc = (struct fake_ppc){.synchronised = true};
    fake_ppc.spr[SPR_PVR] = pvr;
    fake_ppc.spr[SPR_TLB1CFG] = 0x00040010u;
    fake_ppc.tlb[0] = entry(SIZE_4M, (uintptr_t)rig.low, RIG_LOW, M);
    fake_ppc.tlb[2] = entry(SIZE_1M, (uintptr_t)rig.pool_mem, RIG_POOL, I | M);
    rig.cfg.backend = &dmacoh_be_e500;
    rig.cfg.mmu.entry_first = FIRST;
    rig.cfg.mmu.entry_count = (uint16_t)slots;
}

static int init(void)
{
    const int rc = dmacoh_init(&rig.c, &rig.cfg);

    fake_clear();
    return rc;
}

static void restart(uint32_t ncpus, uint32_t slots, uint32_t pvr)
{
    rig_stop(&rig);
    machine(ncpus, slots, pvr);
}

static void setup(void)
{
    machine(1, 4, E500V2);
    ck_assert_int_eq(init(), DMACOH_OK);
}

static void teardown(void)
{
    rig_stop(&rig);
}

START_TEST(operations)
{
    for (uint32_t step = 32; step <= 64; step *= 2u) {
        rig.c.step = step;
        ppc_check_ops(&rig.c, &dmacoh_be_e500);
    }
}
END_TEST

START_TEST(barriers)
{
    ppc_check_barriers(&rig.c, &dmacoh_be_e500, FAKE_DMB);
}
END_TEST

START_TEST(policies)
{
    static const uint32_t flags = BE_P_SPECULATES | BE_P_INV_MAY_CLEAN | BE_P_MAY_NOT_SNOOP;
    const struct ppc_row rows[] = {
        {E500V1, "e500v1", flags},
        {0x8020ffffu, "e500v1", flags},
        {E500V2, "e500v2", flags | BE_P_OWN(0)},
        {E500MC, "e500mc", flags | BE_P_OWN(0)},
        {0x80220000u, "e500", flags},
        {0, "e500", flags},
    };

    ppc_check_rows(rows, sizeof(rows) / sizeof(rows[0]), 0, e500_policy);
}
END_TEST

/* --- probe --- */

START_TEST(lines)
{
    ck_assert_uint_eq(rig.c.line, 32);
    ck_assert_uint_eq(rig.c.step, 32);
    ck_assert_uint_eq(rig.c.page_shift, 12);
    ck_assert_uint_eq(rig.c.no_snoop, 0);
    restart(1, 0, E500MC);
    fake_ppc.spr[SPR_L1CFG0] = LINE_64 | 0x3820u;
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_uint_eq(rig.c.line, 64);
    ck_assert_uint_eq(rig.c.step, 64);
    restart(1, 0, E500V1);
    fake_ppc.spr[SPR_L1CFG0] = 2u << 23;
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_uint_eq(rig.c.line, 128);
}
END_TEST

/* Without M on all of the linear map nobody may snoop, and several CPUs are refused. */
START_TEST(coherence)
{
    for (uint32_t ncpus = 1; ncpus <= 2; ncpus++) {
        restart(ncpus, 0, E500V2);
        ck_assert_int_eq(init(), DMACOH_OK);
        ck_assert_uint_eq(rig.c.no_snoop, 0);
        fake_ppc.tlb[0] = entry(SIZE_4M, (uintptr_t)rig.low, RIG_LOW, G);
        ck_assert_int_eq(init(), ncpus == 1 ? DMACOH_OK : DMACOH_E_UNSUPP);
        ck_assert(ncpus == 2 || rig.c.no_snoop != 0);
        /* The last page differs, and is in TLB0. */
        fake_ppc.tlb[0] = entry(SIZE_1M, (uintptr_t)rig.low, RIG_LOW, M);
        fake_ppc.tlb[4] = entry(SIZE_1M, (uintptr_t)rig.low + 0x100000u, RIG_LOW + 0x100000u, M);
        fake_ppc.tlb[5] = entry(SIZE_1M, (uintptr_t)rig.low + 0x200000u, RIG_LOW + 0x200000u, M);
        rig.mem[0].size = 0x301000u;
        fake_ppc.tlb0[3] = entry(0, (uintptr_t)rig.low + 0x300000u, RIG_LOW + 0x300000u, M);
        ck_assert_int_eq(init(), DMACOH_OK);
        ck_assert_uint_eq(rig.c.no_snoop, 0);
        fake_ppc.tlb0[3] = entry(0, (uintptr_t)rig.low + 0x300000u, RIG_LOW + 0x300000u, 0);
        ck_assert_int_eq(init(), ncpus == 1 ? DMACOH_OK : DMACOH_E_UNSUPP);
        ck_assert(ncpus == 2 || rig.c.no_snoop != 0);
        fake_ppc.tlb0[3].word[0] = 0;
        ck_assert_int_eq(init(), ncpus == 1 ? DMACOH_OK : DMACOH_E_UNSUPP);
    }
}
END_TEST

/* What the memory map has wrong is refused by the core, and does not stop the probe. */
START_TEST(wrong_map)
{
    rig.cfg.mmu.win_slots = 0;
    rig.mem[0].size = 0;
    ck_assert_int_eq(init(), DMACOH_E_SIZE);
    rig.mem[0].size = UINT64_C(0x100001000);
    ck_assert_int_eq(dmacoh_init(&rig.c, &rig.cfg), DMACOH_E_RANGE);
    ck_assert_uint_eq(fake_count(FAKE_CLEAN), 0); /* nothing was asked for */
}
END_TEST

START_TEST(snooping_users)
{
    struct dmacoh_dev dev;
    struct dmacoh_dev_cfg cfg = {.limits = {.mask = UINT32_MAX}, .flags = DMACOH_DEV_COHERENT};
    struct dmacoh_pool pool;
    struct dmacoh_region region;
    struct dmacoh_region_cfg r = rig_region_cfg(&rig, RIG_CACHED, 0x10000, 12);

    r.attr = DMACOH_MEM_HWCOHERENT;
    r.method = DMACOH_M_HWCOHERENT;
    ck_assert_int_eq(dmacoh_pool_init(&pool, &rig.c, NULL), DMACOH_OK);
    for (uint32_t snoop = 0; snoop < 2; snoop++) {
        rig.c.no_snoop = 1u - snoop;
        ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg),
                         snoop != 0 ? DMACOH_OK : DMACOH_E_ATTR);
        ck_assert_int_eq(dmacoh_pool_add_region(&pool, &region, &r),
                         snoop != 0 ? DMACOH_OK : DMACOH_E_ATTR);
    }
    ck_assert_int_eq(dmacoh_pool_remove_region(&pool, &region), DMACOH_OK);
    rig.c.no_snoop = 1;
    r.attr = DMACOH_MEM_CACHED;
    ck_assert_int_eq(dmacoh_pool_add_region(&pool, &region, &r), DMACOH_OK);
    cfg.flags = 0;
    ck_assert_int_eq(dmacoh_dev_init(&dev, &rig.c, &cfg), DMACOH_OK);
}
END_TEST

START_TEST(second_cpu)
{
    restart(2, 2, E500V2);
    ck_assert_int_eq(init(), DMACOH_OK);
    rig.fake.cpu = 1;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_OK);
    fake_ppc.spr[SPR_PVR] = E500V1;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_E_UNSUPP);
    fake_ppc.spr[SPR_PVR] = E500V2 + 0x10u;
    fake_ppc.spr[SPR_L1CFG0] = LINE_64;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_E_UNSUPP);
    fake_ppc.spr[SPR_L1CFG0] = 0;
    fake_ppc.tlb[FIRST + 1u] = entry(SIZE_4K, 0x1000, 0x1000, M);
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_E_BUSY);
    rig.c.mmu.win_slots = 0;
    fake_ppc.tlb[3] = entry(SIZE_16M, 0xf0000000u, 0x1000000, I | G);
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_OK);
    fake_ppc.tlb[3].word[0] = 0;
    rig.c.mmu.win_slots = 2;
    fake_ppc.tlb[FIRST + 1u].word[0] = 0;
    fake_ppc.tlb[0] = entry(SIZE_4M, (uintptr_t)rig.low, RIG_LOW, 0);
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_E_UNSUPP);
}
END_TEST

/* --- the host's registers --- */

static void registers(bool fill)
{
    static const uint32_t sprs[] = {624, 625, 626, 627, 630, 944, 1008};

    for (uint32_t i = 0; i < 7; i++) {
        if (fill) {
            fake_ppc.spr[sprs[i]] = 0x5a000000u + i;
        } else {
            ck_assert_uint_eq(fake_ppc.spr[sprs[i]], 0x5a000000u + i);
        }
    }
}

/* What no entry maps may be in the tables of the host: it is asked for, by an access that does no harm. */
START_TEST(asks_the_host)
{
    struct e500_entry e;

    ck_assert(e500_tlb_get(&rig.c, (uintptr_t)rig.low, &e));
    ck_assert_uint_eq(fake_count(FAKE_CLEAN), 0);
    ck_assert(!e500_tlb_get(&rig.c, 0x70000000u, &e));
    ck_assert_uint_eq(fake_count(FAKE_CLEAN), 1);
    ck_assert_uint_eq(fake->log[fake_find(FAKE_CLEAN, 0)].at, 0x70000000u);
    ck_assert_uint_eq(fake->accesses, 0);
    ck_assert_uint_eq(fake->irq_depth, 0);
}
END_TEST

START_TEST(registers_put_back)
{
    struct e500_entry e;

    registers(true);
    ck_assert(e500_tlb1_read(&rig.c, 2, &e));
    registers(false);
    ck_assert(!e500_tlb1_read(&rig.c, 3, &e));
    registers(false);
    ck_assert(e500_tlb_search(&rig.c, (uintptr_t)rig.low, &e));
    registers(false);
    ck_assert(!e500_tlb_search(&rig.c, 0x70000000u, &e));
    registers(false);
    ck_assert(fake_ppc.synchronised);
    ck_assert_uint_eq(fake->irq_depth, 0);
    fake->irq_depth = 1;
    (void)dmacoh_e500_win_map(&rig.c, 0, 1, RIG_FAR);
    registers(false);
    dmacoh_e500_win_unmap(&rig.c, 0, 1);
    registers(false);
    fake->irq_depth = 0;
    ck_assert(fake_ppc.synchronised);
}
END_TEST

/* e500v1 has no MAS7: the fake machine ends the program if it is used. */
START_TEST(no_mas7)
{
    restart(1, 1, E500V1);
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_uint_eq(rig.c.win_phys_last, UINT32_MAX);
    fake->irq_depth = 1;
    (void)dmacoh_e500_win_map(&rig.c, 0, 0, RIG_HIGH);
    ck_assert_uint_eq(fake_ppc.tlb[FIRST].word[2], (uint32_t)RIG_HIGH | SUPERVISOR_RW);
    dmacoh_e500_win_unmap(&rig.c, 0, 0);
    fake->irq_depth = 0;
    ck_assert_int_eq(dmacoh_e500_region_check(&rig.c, RIG_POOL, 0x1000, DMACOH_MEM_UNCACHED,
                                              (uintptr_t)rig.pool_mem),
                     DMACOH_OK);
}
END_TEST

/* --- windows --- */

START_TEST(window_entry)
{
    static const enum fake_kind log[] = {FAKE_SPR, FAKE_SPR,   FAKE_SPR, FAKE_SPR, FAKE_SPR,
                                         FAKE_ISB, FAKE_TLBWE, FAKE_SPR, FAKE_SPR, FAKE_SPR,
                                         FAKE_SPR, FAKE_SPR,   FAKE_ISB};

    restart(2, 2, E500V2);
    fake_ppc.tlb[0] = entry(SIZE_4M, (uintptr_t)rig.low, RIG_LOW, M | G | 1u);
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_uint_eq(rig.c.win_phys_last, UINT64_C(0xfffffffff));
    fake->irq_depth = 1;
    for (uint32_t slot = 0; slot < 2; slot++) {
        const uint32_t *word = fake_ppc.tlb[FIRST + slot].word;
        const uintptr_t va = RIG_WIN_VA + 0x2000u + slot * 0x1000u;

        fake_clear();
        ck_assert_uint_eq(dmacoh_e500_win_map(&rig.c, 1, slot, RIG_FAR + 0x3000u), va);
        ppc_check_log(log, 13);
        ck_assert_uint_eq(word[0], VALID | IPROT | SIZE_4K << 8);
        ck_assert_uint_eq(word[1], (uint32_t)va | M | G | 1u);
        ck_assert_uint_eq(word[2], 0x40003000u | SUPERVISOR_RW);
        ck_assert_uint_eq(word[3], 1);
        fake_clear();
        dmacoh_e500_win_unmap(&rig.c, 1, slot);
        ppc_check_log(log, 13);
        ck_assert_uint_eq(word[0] & (VALID | IPROT), 0);
    }
    (void)dmacoh_e500_win_map(&rig.c, 1, 0, RIG_HIGH);
    (void)dmacoh_e500_win_map(&rig.c, 1, 1, RIG_HIGH);
    dmacoh_e500_cpu_down(&rig.c, 1);
    ck_assert_uint_eq((fake_ppc.tlb[FIRST].word[0] | fake_ppc.tlb[FIRST + 1u].word[0]) & VALID, 0);
    fake_clear();
    dmacoh_e500_win_fini(&rig.c); /* the entries are empty already */
    ck_assert_uint_eq(fake->nlog, 0);
    fake->irq_depth = 0;
}
END_TEST

/* The port's attributes instead of the linear map's; the byte order stays. */
START_TEST(window_attributes)
{
    rig.cfg.mmu.pte_attr[DMACOH_MEM_CACHED] = PPC_W | PPC_M;
    fake_ppc.tlb[0].word[1] |= 1u;
    ck_assert_int_eq(init(), DMACOH_OK);
    fake->irq_depth = 1;
    (void)dmacoh_e500_win_map(&rig.c, 0, 0, RIG_HIGH);
    fake->irq_depth = 0;
    ck_assert_uint_eq(fake_ppc.tlb[FIRST].word[1], RIG_WIN_VA | W | M | 1u);
}
END_TEST

START_TEST(window_config)
{
    restart(1, 4, E500V2);
    rig.cfg.mmu.entry_count = 3;
    ck_assert_int_eq(init(), DMACOH_E_RANGE);
    rig.cfg.mmu.entry_count = 4;
    rig.cfg.mmu.entry_first = 13;
    ck_assert_int_eq(init(), DMACOH_E_RANGE);
    rig.cfg.mmu.entry_first = 12;
    fake_ppc.tlb[16] = entry(SIZE_4K, RIG_WIN_VA, 0x1000, M); /* there is no such entry */
    fake_ppc.tlb[16].word[0] |= 5u << 16;
    ck_assert_int_eq(init(), DMACOH_OK);
    fake_ppc.tlb[16].word[0] = 0;
    rig.cfg.mmu.entry_first = 8;
    fake_ppc.tlb[12] = entry(SIZE_4K, 0x1000, 0x1000, M);
    ck_assert_int_eq(init(), DMACOH_OK);
    fake_ppc.tlb[12].word[0] = 0;
    rig.cfg.mmu.entry_first = 12;
    /* Of another process, which is not the one that runs now. */
    fake_ppc.tlb[4] = entry(SIZE_4K, RIG_WIN_VA + 0x1000u, 0x1000, M);
    fake_ppc.tlb[4].word[0] |= 5u << 16;
    ck_assert_int_eq(init(), DMACOH_E_BUSY);
    fake_ppc.tlb[4].word[0] = 0;
    /* An entry of its own is taken, or another one maps the slots' addresses. */
    fake_ppc.tlb[15] = entry(SIZE_4K, 0x1000, 0x1000, M);
    ck_assert_int_eq(init(), DMACOH_E_BUSY);
    fake_ppc.tlb[15].word[0] = 0;
    fake_ppc.tlb[11] = entry(SIZE_4K, 0x1000, 0x1000, M);
    ck_assert_int_eq(init(), DMACOH_OK);
    fake_ppc.tlb[11] = entry(SIZE_16M, 0xf0000000u, 0x1000000, I | G);
    ck_assert_int_eq(init(), DMACOH_E_BUSY);
    fake_ppc.tlb[11] = entry(SIZE_4K, RIG_WIN_VA + 0x4000u, 0x1000000, I | G);
    ck_assert_int_eq(init(), DMACOH_OK);
    fake_ppc.tlb[11] = entry(SIZE_4K, RIG_WIN_VA - 0x1000u, 0x1000000, I | G);
    ck_assert_int_eq(init(), DMACOH_OK);
    fake_ppc.tlb0[0] = entry(0, RIG_WIN_VA + 0x3000u, 0x1000000, I | G);
    ck_assert_int_eq(init(), DMACOH_E_BUSY);
    fake_ppc.tlb0[0] = entry(0, RIG_WIN_VA + 0x4000u, 0x1000000, I | G);
    ck_assert_int_eq(init(), DMACOH_OK);
    /* Nothing to imitate. */
    rig.mem[0] =
        (struct dmacoh_mem){RIG_NODMA, RIG_NODMA_SIZE, (uintptr_t)rig.nodma, DMACOH_RAM_NODMA};
    rig.cfg.nmem = 2;
    ck_assert_int_eq(init(), DMACOH_E_NOMAP);
    rig.mem[0] = (struct dmacoh_mem){RIG_LOW, RIG_LOW_SIZE, (uintptr_t)rig.low, DMACOH_RAM_LINEAR};
    fake_ppc.tlb[0].word[0] = 0;
    ck_assert_int_eq(init(), DMACOH_E_NOMAP);
    rig.cfg.mmu.win_slots = 0;
    ck_assert_int_eq(init(), DMACOH_OK);
}
END_TEST

/* The attributes of linear memory count, whatever is mapped of other memory before it. */
START_TEST(window_imitates)
{
    const struct dmacoh_mem linear = rig.mem[0];

    rig.mem[0] = rig.mem[2];
    rig.mem[2] = linear;
    fake_ppc.tlb0[2] = entry(0, (uintptr_t)rig.nodma, RIG_NODMA, I | G);
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_uint_eq(rig.c.be_priv[E500_WIN_WIMGE], M);
}
END_TEST

/* Entries beside the library's are left alone. */
START_TEST(neighbour_entries)
{
    fake_ppc.tlb[FIRST - 1u] = entry(SIZE_4K, 0x1000, 0x1000, M);
    fake_ppc.tlb[FIRST + 4u] = entry(SIZE_4K, 0x2000, 0x2000, M);
    fake->irq_depth = 1;
    dmacoh_e500_cpu_down(&rig.c, 0);
    fake->irq_depth = 0;
    ck_assert_uint_eq(fake_count(FAKE_TLBWE), 4);
    ck_assert((fake_ppc.tlb[FIRST - 1u].word[0] & VALID) != 0);
    ck_assert((fake_ppc.tlb[FIRST + 4u].word[0] & VALID) != 0);
}
END_TEST

/* --- regions --- */

static int check(uint64_t pa, uint64_t len, uintptr_t va)
{
    return dmacoh_e500_region_check(&rig.c, pa, len, DMACOH_MEM_UNCACHED, va);
}

START_TEST(regions)
{
    const uintptr_t va = (uintptr_t)rig.pool_mem;

    ck_assert_int_eq(check(RIG_POOL, RIG_POOL_SIZE, va), DMACOH_OK);
    ck_assert_int_eq(check(RIG_POOL + 64u, 64, va + 64u), DMACOH_OK);
    ck_assert_int_eq(check(RIG_POOL, 64, va + 64u), DMACOH_E_NOMAP);
    ck_assert_int_eq(check(RIG_POOL + 64u, RIG_POOL_SIZE, va + 64u), DMACOH_E_NOMAP);
    ck_assert_int_eq(check(RIG_LOW, 64, 0x70000000u), DMACOH_E_NOMAP);
    ck_assert_int_eq(check(RIG_POOL, RIG_POOL_SIZE + 1u, va), DMACOH_E_NOMAP);
    ck_assert_int_eq(check(RIG_LOW, 4096, (uintptr_t)rig.low), DMACOH_E_ATTR);
    /* In pages of TLB0, in the process that runs. */
    fake_ppc.tlb[2].word[0] = 0;
    fake_ppc.tlb0[0] = entry(0, va, RIG_POOL, I | M);
    fake_ppc.tlb0[1] = entry(0, va + 0x1000u, RIG_POOL + 0x1000u, I | G);
    ck_assert_int_eq(check(RIG_POOL, 0x2000, va), DMACOH_OK);
    fake_ppc.tlb0[1].word[0] |= 3u << 16;
    ck_assert_int_eq(check(RIG_POOL, 0x2000, va), DMACOH_E_NOMAP);
    fake_ppc.spr[SPR_PID0] = 3;
    ck_assert_int_eq(check(RIG_POOL, 0x2000, va), DMACOH_OK);
    fake_ppc.tlb0[1].word[1] |= W;
    ck_assert_int_eq(check(RIG_POOL, 0x2000, va), DMACOH_E_ATTR);
    rig.c.mmu.pte_attr[DMACOH_MEM_UNCACHED] = PPC_I | PPC_M;
    ck_assert_int_eq(check(RIG_POOL, 0x1000, va), DMACOH_OK);
    fake_ppc.tlb0[0].word[1] |= G;
    ck_assert_int_eq(check(RIG_POOL, 0x1000, va), DMACOH_E_ATTR);
}
END_TEST

/* Several CPUs: the operations that empty the caches go through the region's own address. */
START_TEST(region_coherence)
{
    const uintptr_t va = (uintptr_t)rig.pool_mem;

    fake_ppc.tlb[2] = entry(SIZE_1M, va, RIG_POOL, I);
    ck_assert_int_eq(check(RIG_POOL, 0x1000, va), DMACOH_OK);
    rig.c.ncpus = 2;
    ck_assert_int_eq(check(RIG_POOL, 0x1000, va), DMACOH_E_ATTR);
    fake_ppc.tlb[2] = entry(SIZE_1M, va, RIG_POOL, I | M);
    ck_assert_int_eq(check(RIG_POOL, 0x1000, va), DMACOH_OK);
}
END_TEST

/* A bolted mapping of the same memory, wherever it is; above 4 GiB it is other memory. */
START_TEST(region_covered)
{
    const uintptr_t va = (uintptr_t)rig.pool_mem;

    fake_ppc.tlb[7] = entry(SIZE_16M, 0xc0000000u, RIG_POOL, I | M | G);
    ck_assert_int_eq(check(RIG_POOL, 0x1000, va), DMACOH_OK);
    fake_ppc.tlb[7] = entry(SIZE_16M, 0xc0000000u, RIG_POOL, M | G);
    ck_assert_int_eq(check(RIG_POOL, 0x1000, va), DMACOH_E_ATTR);
    fake_ppc.tlb[7] = entry(SIZE_4K, 0xc0000000u, RIG_POOL + 0x1000u, M);
    ck_assert_int_eq(check(RIG_POOL, 0x1000, va), DMACOH_OK);
    ck_assert_int_eq(check(RIG_POOL, 0x1001, va), DMACOH_E_ATTR);
    ck_assert_int_eq(check(RIG_POOL + 0x1fffu, 1, va + 0x1fffu), DMACOH_E_ATTR);
    ck_assert_int_eq(check(RIG_POOL + 0x2000u, 1, va + 0x2000u), DMACOH_OK);
    fake_ppc.tlb[7] = entry(SIZE_16M, 0xc0000000u, RIG_POOL + UINT64_C(0x100000000), M);
    ck_assert_int_eq(check(RIG_POOL, 0x1000, va), DMACOH_OK);
    /* The last of the entries that there are. */
    fake_ppc.tlb[15] = entry(SIZE_16M, 0xd0000000u, RIG_POOL, M);
    ck_assert_int_eq(check(RIG_POOL, 0x1000, va), DMACOH_E_ATTR);
    fake_ppc.spr[SPR_TLB1CFG] = 15;
    ck_assert_int_eq(check(RIG_POOL, 0x1000, va), DMACOH_OK);
    fake_ppc.tlb[14] = fake_ppc.tlb[15];
    ck_assert_int_eq(check(RIG_POOL, 0x1000, va), DMACOH_E_ATTR);
}
END_TEST

START_TEST(cold_reset)
{
    static const enum fake_kind l1[] = {FAKE_DSB, FAKE_ISB, FAKE_SPR, FAKE_ISB, FAKE_DSB, FAKE_ISB};
    static const enum fake_kind l2[] = {FAKE_DSB, FAKE_ISB, FAKE_SPR, FAKE_ISB, FAKE_DSB,
                                        FAKE_ISB, FAKE_SPR, FAKE_DSB, FAKE_ISB};

    for (uint32_t boot = 0; boot < 2; boot++) {
        fake_clear();
        fake_ppc.spr[SPR_PVR] = E500V2;
        fake_ppc.polls = 0;
        dmacoh_e500_boot_cache_inval(boot != 0);
        ck_assert_uint_eq(fake_ppc.polls, 2);
        ppc_check_log(l1, 6);
        ck_assert_uint_eq(fake->log[2].at, SPR_L1CSR0);
        ck_assert_uint_eq(fake->log[2].value, 0x102);
        fake_clear();
        fake_ppc.spr[SPR_PVR] = E500MC;
        fake_ppc.polls = 0;
        dmacoh_e500_boot_cache_inval(boot != 0);
        ck_assert_uint_eq(fake_ppc.polls, 4);
        ppc_check_log(l2, 9);
        ck_assert_uint_eq(fake->log[6].at, SPR_L2CSR0);
        ck_assert_uint_eq(fake->log[6].value, 0x00200400);
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        operations,        barriers,       policies,          lines,          coherence,
        wrong_map,         snooping_users, second_cpu,        asks_the_host,  registers_put_back,
        no_mas7,           window_entry,   window_attributes, window_config,  window_imitates,
        neighbour_entries, regions,        region_coherence,  region_covered, cold_reset};

    return ppc_main("e500", setup, teardown, tests, sizeof(tests) / sizeof(tests[0]));
}
