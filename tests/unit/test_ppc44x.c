/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The backend of 405, 440, 460 and 476 against its contract in backend.h. */
#include "ppc_rig.h"

#include "ppc44x.h"

#define PVR_405 0x40110145u
#define PVR_440 0x422218d3u
#define PVR_476 0x11a52080u

#define SPR_PID     48u
#define SPR_PID_405 945u
#define SPR_MMUCR   946u
#define SPR_DCCR    1018u
#define MSR_DR      0x10u

#define VALID    0x200u
#define SIZE_4K  1u
#define SIZE_1M  5u
#define SIZE_16M 7u
#define E        0x80u
#define ALL_RWX  0x3fu
#define FIRST    40u /* of the library's entries */
#define PID      7u

static struct rig rig;

static struct fake_ppc_entry entry(uint32_t size, uintptr_t va, uint64_t pa, uint32_t wimg)
{
    return (struct fake_ppc_entry){{(uint32_t)va | VALID | size << 4,
                                    (uint32_t)pa | (uint32_t)(pa >> 32), wimg << 8 | E | ALL_RWX,
                                    0}};
}

static struct fake_ppc_entry entry_405(uint32_t size, uintptr_t va, uint32_t pa, uint32_t wimg)
{
    return (struct fake_ppc_entry){{(uint32_t)va | 0x40u | size << 7, pa | 0x300u | wimg, 0, 0}};
}

/* 476: the size is a mask of the steps between the sizes that there are. */
static struct fake_ppc_entry entry_476(uint32_t size, uintptr_t va, uint32_t pa, uint32_t wimg)
{
    return (struct fake_ppc_entry){
        {(uint32_t)va | 0x800u | size << 4, pa, wimg << 8 | E | ALL_RWX, 0}};
}

/* The machine without an instance: linear memory and pool memory in the TLB. */
static void machine(uint32_t slots, uint32_t pvr)
{
    rig_machine(&rig, 1, slots);
    rig.fake.win_size = 0;
    fake_ppc = (struct fake_ppc){.synchronised = true, .msr = MSR_DR};
    fake_ppc.spr[SPR_PVR] = pvr;
    for (uint32_t i = 0; i < 4; i++) {
        const uintptr_t va = (uintptr_t)rig.low + i * 0x100000u;
        const uint32_t pa = (uint32_t)RIG_LOW + i * 0x100000u;

        fake_ppc.tlb[i] = pvr == PVR_405   ? entry_405(SIZE_1M, va, pa, 0)
                          : pvr == PVR_476 ? entry_476(7, va, pa, PPC_M)
                                           : entry(SIZE_1M, va, pa, PPC_M);
    }
    fake_ppc.tlb[5] =
        pvr == PVR_405   ? entry_405(SIZE_1M, (uintptr_t)rig.pool_mem, (uint32_t)RIG_POOL, PPC_I)
        : pvr == PVR_476 ? entry_476(7, (uintptr_t)rig.pool_mem, (uint32_t)RIG_POOL, PPC_I | PPC_G)
                         : entry(SIZE_1M, (uintptr_t)rig.pool_mem, RIG_POOL, PPC_I | PPC_G);
    rig.cfg.backend = &dmacoh_be_ppc44x;
    rig.cfg.mmu.entry_first = FIRST;
    rig.cfg.mmu.entry_count = (uint16_t)slots;
}

static int init(void)
{
    const int rc = dmacoh_init(&rig.c, &rig.cfg);

    fake_clear();
    return rc;
}

static void restart(uint32_t slots, uint32_t pvr)
{
    rig_stop(&rig);
    machine(slots, pvr);
    ck_assert_int_eq(init(), DMACOH_OK);
}

static void setup(void)
{
    machine(4, PVR_440);
    ck_assert_int_eq(init(), DMACOH_OK);
}

static void teardown(void)
{
    rig_stop(&rig);
}

START_TEST(operations)
{
    ppc_check_ops(&rig.c, &dmacoh_be_ppc44x);
}
END_TEST

START_TEST(barriers)
{
    ppc_check_barriers(&rig.c, &dmacoh_be_ppc44x, FAKE_DMB);
}
END_TEST

START_TEST(policies)
{
    static const uint32_t f405 = BE_P_LOCAL_CMO | BE_P_MAY_NOT_SNOOP | BE_P_OWN(0);
    static const uint32_t f440 = BE_P_SPECULATES | BE_P_LOCAL_CMO | BE_P_MAY_NOT_SNOOP;
    static const uint32_t f476 = f440 | BE_P_INV_MAY_CLEAN | BE_P_OWN(1);
    const struct ppc_row rows[] = {
        {PVR_405, "405gp", f405},
        {0x50910951u, "405gpr", f405},
        {0x51210950u, "405ep", f405},
        {0x41511460u, "405ez", f405},
        {0x12911477u, "405ex", f405},
        {0x20011470u, "405 in virtex", f405},
        {PVR_476, "476", f476},
        {0x7ff520c0u, "476fpe", f476},
        {0x130218a2u, "460ex, 460gt", f440},
        {PVR_440, "440", f440},
        {0x7ff21910u, "440", f440},
        {0, "440", f440},
    };

    ppc_check_rows(rows, sizeof(rows) / sizeof(rows[0]), 0, ppc44x_policy);
}
END_TEST

/* --- probe --- */

START_TEST(identification)
{
    static const struct {
        uint32_t pvr, line, no_snoop;
    } cpus[] = {{PVR_440, 32, 1}, {PVR_405, 32, 1}, {PVR_476, 128, 0}};

    for (uint32_t i = 0; i < 3; i++) {
        restart(0, cpus[i].pvr);
        ck_assert_uint_eq(rig.c.step, 32);
        ck_assert_uint_eq(rig.c.line, cpus[i].line);
        ck_assert_uint_eq(rig.c.page_shift, 12);
        ck_assert_uint_eq(rig.c.no_snoop, cpus[i].no_snoop);
    }
    fake_ppc.tlb[3].word[2] &= ~0x200u;
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_uint_eq(rig.c.no_snoop, 1);
    fake_ppc.tlb[3].word[0] = 0;
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_uint_eq(rig.c.no_snoop, 1);
    /* Nothing reaches the cache of another CPU. */
    rig.cfg.ncpus = 2;
    ck_assert_int_eq(init(), DMACOH_E_UNSUPP);
    rig.cfg.flags = DMACOH_F_CPU_AFFINE;
    ck_assert_int_eq(init(), DMACOH_OK);
}
END_TEST

START_TEST(second_cpu)
{
    restart(0, PVR_476);
    rig.cfg.ncpus = 2;
    rig.cfg.flags = DMACOH_F_CPU_AFFINE;
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_OK);
    fake_ppc.spr[SPR_PVR] = PVR_440;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_E_UNSUPP);
    fake_ppc.spr[SPR_PVR] = PVR_476;
    fake_ppc.tlb[0].word[2] &= ~0x200u;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_E_UNSUPP);
    rig.c.no_snoop = 1;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_OK);
    fake_ppc.spr[SPR_PVR] = PVR_440;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_E_UNSUPP);
}
END_TEST

/* --- the host's registers --- */

/* What no entry maps may be in the tables of the host: it is asked for, by an access that does no harm. */
START_TEST(asks_the_host)
{
    struct ppc44x_entry e;

    ck_assert(ppc44x_tlb_get(&rig.c, (uintptr_t)rig.low, &e));
    ck_assert_uint_eq(fake_count(FAKE_CLEAN), 0);
    ck_assert(!ppc44x_tlb_get(&rig.c, 0x70000000u, &e));
    ck_assert_uint_eq(fake_count(FAKE_CLEAN), 1);
    ck_assert_uint_eq(fake->log[fake_find(FAKE_CLEAN, 0)].at, 0x70000000u);
    ck_assert_uint_eq(fake->accesses, 0);
    ck_assert_uint_eq(fake->irq_depth, 0);
}
END_TEST

START_TEST(registers_put_back)
{
    struct ppc44x_entry e;

    fake_ppc.spr[SPR_PID] = PID;
    fake_ppc.spr[SPR_MMUCR] = 0x12010032u;
    fake_ppc.tlb[5].word[3] = PID;
    ck_assert(ppc44x_tlb_read(&rig.c, 5, &e));
    ck_assert_uint_eq(e.word[2], (PPC_I | PPC_G) << 8 | E | ALL_RWX);
    ck_assert(fake_ppc.synchronised);
    ck_assert(!ppc44x_tlb_read(&rig.c, 6, &e));
    ck_assert(ppc44x_tlb_search(&rig.c, (uintptr_t)rig.pool_mem, &e));
    ck_assert(!ppc44x_tlb_search(&rig.c, 0x70000000u, &e));
    ck_assert(fake_ppc.synchronised);
    fake->irq_depth = 1;
    (void)dmacoh_ppc44x_win_map(&rig.c, 0, 0, RIG_HIGH);
    dmacoh_ppc44x_win_unmap(&rig.c, 0, 0);
    fake->irq_depth = 0;
    ck_assert_uint_eq(fake_ppc.spr[SPR_MMUCR], 0x12010032u);
    ck_assert(fake_ppc.synchronised);
    restart(0, PVR_405);
    fake_ppc.spr[SPR_PID_405] = PID;
    fake_ppc.spr[SPR_MMUCR] = 0x33u; /* 405 has none: it is not touched */
    ck_assert(ppc44x_tlb_search(&rig.c, (uintptr_t)rig.low, &e));
    ck_assert(ppc44x_tlb_read(&rig.c, 5, &e));
    ck_assert_uint_eq(e.word[2], 0);
    ck_assert(fake_ppc.synchronised);
    ck_assert(!ppc44x_tlb_read(&rig.c, 6, &e));
    ck_assert_uint_eq(fake_ppc.spr[SPR_PID_405], PID);
    ck_assert_uint_eq(fake_ppc.spr[SPR_MMUCR], 0x33u);
    ck_assert_uint_eq(fake->irq_depth, 0);
}
END_TEST

/* --- windows --- */

START_TEST(window_entry)
{
    static const enum fake_kind map[] = {FAKE_SPR,   FAKE_ISB, FAKE_TLBWE, FAKE_TLBWE,
                                         FAKE_TLBWE, FAKE_SPR, FAKE_ISB};
    static const enum fake_kind unmap[] = {FAKE_ISB, FAKE_TLBWE, FAKE_ISB};

    fake_ppc.spr[SPR_MMUCR] = PID;
    ck_assert_uint_eq(rig.c.win_phys_last, UINT64_C(0xfffffffff));
    fake->irq_depth = 1;
    for (uint32_t slot = 0; slot < 4; slot++) {
        const uint32_t *word = fake_ppc.tlb[FIRST + slot].word;
        const uintptr_t va = RIG_WIN_VA + slot * 0x1000u;

        for (uint32_t again = 0; again < 2; again++) {
            fake_clear();
            ck_assert_uint_eq(dmacoh_ppc44x_win_map(&rig.c, 0, slot, RIG_FAR + 0x3000u), va);
            ppc_check_log(map, 7);
            ck_assert_uint_eq(fake->log[4].value, (uint32_t)va | VALID | SIZE_4K << 4);
            ck_assert_uint_eq(word[0], (uint32_t)va | VALID | SIZE_4K << 4);
            ck_assert_uint_eq(word[1], 0x40003001u);
            ck_assert_uint_eq(word[2], PPC_M << 8 | E | 3u);
            ck_assert_uint_eq(word[3], 0); /* of every process */
        }
        fake_clear();
        dmacoh_ppc44x_win_unmap(&rig.c, 0, slot);
        ppc_check_log(unmap, 3);
        ck_assert_uint_eq(word[0] & VALID, 0);
    }
    (void)dmacoh_ppc44x_win_map(&rig.c, 0, 0, RIG_HIGH);
    (void)dmacoh_ppc44x_win_map(&rig.c, 0, 3, RIG_HIGH);
    dmacoh_ppc44x_cpu_down(&rig.c, 0);
    ck_assert_uint_eq((fake_ppc.tlb[FIRST].word[0] | fake_ppc.tlb[FIRST + 3u].word[0]) & VALID, 0);
    fake_clear();
    dmacoh_ppc44x_win_fini(&rig.c); /* the entries are empty already */
    ck_assert_uint_eq(fake->nlog, 0);
    fake->irq_depth = 0;
}
END_TEST

START_TEST(window_attributes)
{
    rig.cfg.mmu.pte_attr[DMACOH_MEM_CACHED] = PPC_W | PPC_G;
    ck_assert_int_eq(init(), DMACOH_OK);
    fake->irq_depth = 1;
    (void)dmacoh_ppc44x_win_map(&rig.c, 0, 0, RIG_HIGH);
    fake->irq_depth = 0;
    ck_assert_uint_eq(fake_ppc.tlb[FIRST].word[2], (PPC_W | PPC_G) << 8 | E | 3u);
}
END_TEST

/* The attributes of linear memory count, whatever is mapped of other memory before it. */
START_TEST(window_imitates)
{
    const struct dmacoh_mem linear = rig.mem[0];

    rig.mem[0] = rig.mem[2];
    rig.mem[2] = linear;
    fake_ppc.tlb[9] = entry(SIZE_4K, (uintptr_t)rig.nodma, RIG_NODMA, PPC_I | PPC_G);
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_uint_eq(rig.c.be_priv[PPC44X_WIN_WORD2], PPC_M << 8 | E | 3u);
}
END_TEST

/* Entries beside the library's are left alone, and no reason to refuse. */
START_TEST(neighbour_entries)
{
    fake_ppc.tlb[FIRST - 1u] = entry(SIZE_4K, 0x1000, 0x1000, PPC_M);
    fake_ppc.tlb[FIRST + 4u] = entry(SIZE_4K, 0x2000, 0x2000, PPC_M);
    ck_assert_int_eq(init(), DMACOH_OK);
    fake->irq_depth = 1;
    dmacoh_ppc44x_cpu_down(&rig.c, 0);
    fake->irq_depth = 0;
    ck_assert_uint_eq(fake_count(FAKE_TLBWE), 4);
    ck_assert((fake_ppc.tlb[FIRST - 1u].word[0] & VALID) != 0);
    ck_assert((fake_ppc.tlb[FIRST + 4u].word[0] & VALID) != 0);
}
END_TEST

START_TEST(window_config)
{
    rig.cfg.mmu.entry_count = 3;
    ck_assert_int_eq(init(), DMACOH_E_RANGE);
    rig.cfg.mmu.entry_count = 4;
    rig.cfg.mmu.entry_first = 61;
    ck_assert_int_eq(init(), DMACOH_E_RANGE);
    rig.cfg.mmu.entry_first = 60;
    ck_assert_int_eq(init(), DMACOH_OK);
    fake_ppc.tlb[63] = entry(SIZE_4K, 0x1000, 0x1000, 0);
    ck_assert_int_eq(init(), DMACOH_E_BUSY);
    fake_ppc.tlb[63].word[0] = 0;
    fake_ppc.tlb[59] = entry(SIZE_4K, 0x1000, 0x1000, 0);
    ck_assert_int_eq(init(), DMACOH_OK);
    fake_ppc.tlb[59] = entry(SIZE_16M, 0xf0000000u, 0x1000, PPC_I);
    ck_assert_int_eq(init(), DMACOH_E_BUSY);
    fake_ppc.tlb[59] = entry(SIZE_4K, RIG_WIN_VA + 0x4000u, 0x1000, PPC_I);
    ck_assert_int_eq(init(), DMACOH_OK);
    fake_ppc.tlb[59] = entry(SIZE_4K, RIG_WIN_VA + 0x3000u, 0x1000, PPC_I);
    ck_assert_int_eq(init(), DMACOH_E_BUSY);
    fake_ppc.tlb[59].word[0] = 0;
    fake_ppc.tlb[0].word[0] = 0;
    ck_assert_int_eq(init(), DMACOH_E_NOMAP);
    rig.mem[0].kind = DMACOH_RAM_NODMA;
    ck_assert_int_eq(init(), DMACOH_E_NOMAP);
    for (uint32_t i = 0; i < 2; i++) {
        rig_stop(&rig);
        machine(1, i == 0 ? PVR_405 : PVR_476);
        ck_assert_int_eq(init(), DMACOH_E_UNSUPP);
    }
}
END_TEST

/* --- regions --- */

static int check(uint64_t pa, uint64_t len, uintptr_t va)
{
    return dmacoh_ppc44x_region_check(&rig.c, pa, len, DMACOH_MEM_UNCACHED, va);
}

START_TEST(regions)
{
    static const uint32_t pvr[] = {PVR_440, PVR_405, PVR_476};

    for (uint32_t i = 0; i < 3; i++) {
        restart(0, pvr[i]);
        const uintptr_t va = (uintptr_t)rig.pool_mem;

        ck_assert_int_eq(check(RIG_POOL, RIG_POOL_SIZE, va), DMACOH_OK);
        ck_assert_int_eq(check(RIG_POOL + 0xff000u, 0x1000, va + 0xff000u), DMACOH_OK);
        ck_assert_int_eq(check(RIG_POOL + 0x1000u, 0x1000, va), DMACOH_E_NOMAP);
        ck_assert_int_eq(check(RIG_POOL, RIG_POOL_SIZE + 1u, va), DMACOH_E_NOMAP);
        ck_assert_int_eq(check(RIG_POOL + 64u, RIG_POOL_SIZE, va + 64u), DMACOH_E_NOMAP);
        ck_assert_int_eq(check(RIG_LOW, 0x1000, (uintptr_t)rig.low), DMACOH_E_ATTR);
    }
}
END_TEST

/* In the process that runs; above 4 GiB. */
START_TEST(region_far)
{
    const uintptr_t va = (uintptr_t)rig.pool_mem;

    fake_ppc.spr[SPR_PID] = PID;
    fake_ppc.spr[SPR_MMUCR] = 0x10001u;
    fake_ppc.tlb[5] = entry(SIZE_1M, va, RIG_FAR, PPC_I);
    fake_ppc.tlb[5].word[3] = PID;
    ck_assert_int_eq(check(RIG_FAR, 0x1000, va), DMACOH_OK);
    ck_assert_int_eq(check((uint32_t)RIG_FAR, 0x1000, va), DMACOH_E_NOMAP);
    fake_ppc.spr[SPR_PID] = PID + 1u;
    ck_assert_int_eq(check(RIG_FAR, 0x1000, va), DMACOH_E_NOMAP);
}
END_TEST

/* A cacheable entry for the same memory: only one that nothing comes in through. */
START_TEST(region_covered)
{
    const uintptr_t va = (uintptr_t)rig.pool_mem;
    const uint32_t last = 63;

    fake_ppc.tlb[last] = entry(SIZE_16M, 0xc0000000u, RIG_POOL, PPC_I);
    ck_assert_int_eq(check(RIG_POOL, 0x1000, va), DMACOH_OK);
    fake_ppc.tlb[last] = entry(SIZE_16M, 0xc0000000u, RIG_POOL, PPC_G);
    ck_assert_int_eq(check(RIG_POOL, 0x1000, va), BE_REGION_ALIASED);
    fake_ppc.tlb[last] = entry(SIZE_16M, 0xc0000000u, RIG_POOL, PPC_M);
    ck_assert_int_eq(check(RIG_POOL, 0x1000, va), DMACOH_E_ATTR);
    rig.c.flags |= DMACOH_F_ALIAS_FRAGILE; /* not a matter of promises here */
    ck_assert_int_eq(check(RIG_POOL, 0x1000, va), DMACOH_E_ATTR);
    fake_ppc.tlb[last] = entry(SIZE_4K, 0xc0000000u, RIG_POOL + 0x1000u, PPC_M);
    ck_assert_int_eq(check(RIG_POOL, 0x1000, va), DMACOH_OK);
    ck_assert_int_eq(check(RIG_POOL, 0x1001, va), DMACOH_E_ATTR);
    restart(0, PVR_405);
    fake_ppc.tlb[last] = entry_405(SIZE_1M, 0xc0000000u, (uint32_t)RIG_POOL, PPC_G);
    ck_assert_int_eq(check(RIG_POOL, 0x1000, (uintptr_t)rig.pool_mem), DMACOH_E_ATTR);
    rig.c.flags |= DMACOH_F_ALIAS_FRAGILE;
    ck_assert_int_eq(check(RIG_POOL, 0x1000, (uintptr_t)rig.pool_mem), BE_REGION_ALIASED);
    /* 476 has more entries than can be read one by one. */
    restart(0, PVR_476);
    fake_ppc.tlb[last] = entry_476(7, 0xc0000000u, (uint32_t)RIG_POOL, 0);
    ck_assert_int_eq(check(RIG_POOL, 0x1000, (uintptr_t)rig.pool_mem), DMACOH_OK);
    fake_ppc.tlb[last] = entry_476(0x3f, 0xc0000000u, (uint32_t)RIG_LOW, 0);
    ck_assert_int_eq(check(RIG_POOL, 0x1000, (uintptr_t)rig.pool_mem), DMACOH_OK);
}
END_TEST

/* 405 without translation: addresses are physical, a register says which 128 MiB are cached. */
START_TEST(untranslated)
{
    restart(0, PVR_405);
    fake_ppc.msr = 0;
    fake_ppc.spr[SPR_DCCR] = 0xfeffffffu;                     /* the eighth 128 MiB are not */
    fake_ppc.tlb[9] = entry_405(SIZE_16M, 0, 0x38000000u, 0); /* not in use */
    ck_assert_int_eq(check(0x38000000u, 0x8000000u, 0x38000000u), DMACOH_OK);
    ck_assert_int_eq(check(0x3f000000u, 0x1000001u, 0x3f000000u), DMACOH_E_ATTR);
    ck_assert_int_eq(check(0x37fff000u, 0x1000, 0x37fff000u), DMACOH_E_ATTR);
    ck_assert_int_eq(check(0x38001000u, 0x1000, 0x38000000u), DMACOH_E_NOMAP);
    ck_assert(!ppc44x_untranslated(&(struct dmacoh){.policy = ppc44x_policy(PVR_440)}));
}
END_TEST

/* All sizes of the three formats, by where a translation ends. */
START_TEST(sizes)
{
    static const uint8_t logs_476[] = {12, 14, 16, 20, 24, 28, 30};
    struct ppc44x_entry e = {{0, 0, 0}};

    for (uint32_t n = 0; n < 10; n++) {
        e.word[0] = VALID | n << 4;
        ck_assert_uint_eq(ppc44x_entry_map(&rig.c, &e).size, UINT64_C(1) << (10u + 2u * n));
    }
    restart(0, PVR_405);
    for (uint32_t n = 0; n < 8; n++) {
        e.word[0] = 0x40u | n << 7;
        ck_assert_uint_eq(ppc44x_entry_map(&rig.c, &e).size, UINT64_C(1) << (10u + 2u * n));
    }
    restart(0, PVR_476);
    for (uint32_t n = 0; n < 7; n++) {
        e.word[0] = 0x800u | ((1u << n) - 1u) << 4;
        ck_assert_uint_eq(ppc44x_entry_map(&rig.c, &e).size, UINT64_C(1) << logs_476[n]);
    }
    e.word[0] = 0x800u | 0x7fu << 4; /* the bit behind them is another one */
    ck_assert_uint_eq(ppc44x_entry_map(&rig.c, &e).size, UINT64_C(1) << 30);
    e = (struct ppc44x_entry){{0x12345400u, 0x6789a400u, 0}};
    ck_assert_uint_eq(ppc44x_entry_va(&e), 0x12345400u);
    ck_assert_uint_eq(ppc44x_entry_map(&rig.c, &e).phys, 0x6789a400u);
}
END_TEST

START_TEST(cold_reset)
{
    for (uint32_t boot = 0; boot < 2; boot++) {
        fake_clear();
        fake_ppc.spr[SPR_PVR] = PVR_440;
        dmacoh_ppc44x_boot_cache_inval(boot != 0);
        ck_assert_uint_eq(fake->nlog, 4);
        ck_assert_int_eq(fake->log[1].kind, FAKE_DCISW);
        fake_clear();
        fake_ppc.spr[SPR_PVR] = PVR_405;
        dmacoh_ppc44x_boot_cache_inval(boot != 0);
        ck_assert_uint_eq(fake->nlog, 515);
        ck_assert_int_eq(fake->log[0].kind, FAKE_DSB);
        for (uint32_t i = 0; i < 512; i++) {
            expect(fake->log[1u + i].kind == FAKE_DCISW && fake->log[1u + i].at == i * 32u);
        }
        ck_assert_int_eq(fake->log[513].kind, FAKE_DSB);
        ck_assert_int_eq(fake->log[514].kind, FAKE_ISB);
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {operations,
                                  barriers,
                                  policies,
                                  identification,
                                  second_cpu,
                                  asks_the_host,
                                  registers_put_back,
                                  window_entry,
                                  window_attributes,
                                  window_config,
                                  window_imitates,
                                  neighbour_entries,
                                  regions,
                                  region_far,
                                  region_covered,
                                  untranslated,
                                  sizes,
                                  cold_reset};

    return ppc_main("ppc44x", setup, teardown, tests, sizeof(tests) / sizeof(tests[0]));
}
