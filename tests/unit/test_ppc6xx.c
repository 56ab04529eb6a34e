/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The backend of the classic PowerPC CPUs against its contract in backend.h. */
#include "ppc_rig.h"

#include "ppc6xx.h"

#include <string.h>

#define PVR_603E 0x00060103u
#define PVR_604  0x00040103u
#define PVR_750  0x00080301u
#define PVR_7400 0x000c0209u
#define PVR_7450 0x80000201u
#define PVR_7447 0x80020101u
#define PVR_E300 0x80830010u
#define PVR_FX   0x70000202u

#define SPR_SDR1 25u
#define SPR_HID1 1009u
#define SPR_HID2 1011u
#define ABE0     0x8u
#define ABE1     0x400u

#define KIB       1024u
#define BLOCK     0x20000u
#define VS        2u
#define RW        2u
#define ROOT_SIZE 0x10000u
#define VSID      0x00123457u

static struct rig rig;
static uint32_t table[ROOT_SIZE / 4u] __attribute__((aligned(0x10000)));

static uint32_t number(uint32_t i)
{
    return i < 4u ? 536u + 2u * i : 568u + 2u * (i - 4u);
}

static void bat(uint32_t i, uintptr_t va, uint32_t pa, uint32_t size, uint32_t wimg)
{
    fake_ppc.spr[number(i)] = (uint32_t)va | (size / BLOCK - 1u) << 2 | VS;
    fake_ppc.spr[number(i) + 1u] = pa | wimg << 3 | RW;
}

static void no_bat(uint32_t i)
{
    fake_ppc.spr[number(i)] = 0;
}

/* A page in the hash table: in the n-th place of the first or the second group. */
static void page(uintptr_t va, uint32_t pa, uint32_t wimg, bool second, uint32_t n)
{
    const uint32_t index = (uint32_t)va >> 12 & 0xffffu;
    const uint32_t hash = (VSID & 0x7ffffu) ^ index;
    const uint32_t group = (second ? ~hash : hash) & 0x3ffu;

    table[group * 16u + n * 2u] = 0x80000000u | VSID << 7 | (second ? 0x40u : 0) | index >> 10;
    table[group * 16u + n * 2u + 1u] = pa | 0x180u | wimg << 3 | RW;
}

/* The machine without an instance: linear memory and pool memory in BATs, no table. */
static void machine(uint32_t ncpus, uint32_t slots, uint32_t pvr)
{
    rig_machine(&rig, ncpus, slots);
    rig.fake.win_size = 0;
    rig.cfg.nmem = 3;
    fake_ppc = (struct fake_ppc){.synchronised = true};
    memset(table, 0, sizeof(table));
    for (uint32_t i = 0; i < 16; i++) {
        fake_ppc.segment[i] = VSID;
    }
    fake_ppc.spr[SPR_PVR] = pvr;
    bat(0, (uintptr_t)rig.low, (uint32_t)RIG_LOW, 4096 * KIB, PPC_M);
    bat(1, (uintptr_t)rig.pool_mem, (uint32_t)RIG_POOL, 1024 * KIB, PPC_I | PPC_M);
    rig.cfg.backend = &dmacoh_be_ppc6xx;
    rig.cfg.mmu.root = 0;
    rig.cfg.mmu.win_va = slots != 0 ? 0xf0000000u : 0;
    rig.cfg.mmu.entry_first = 2;
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
    machine(1, 2, PVR_603E);
    rig.mem[1].size = RIG_HIGH_SIZE;
    ck_assert_int_eq(init(), DMACOH_OK);
}

static void teardown(void)
{
    rig_stop(&rig);
}

START_TEST(operations)
{
    ppc_check_ops(&rig.c, &dmacoh_be_ppc6xx);
}
END_TEST

START_TEST(barriers)
{
    ppc_check_barriers(&rig.c, &dmacoh_be_ppc6xx, FAKE_DSB);
}
END_TEST

START_TEST(policies)
{
    static const uint32_t flags = BE_P_SPECULATES | BE_P_INV_MAY_CLEAN | BE_P_MAY_NOT_SNOOP;
    static const uint32_t abe = flags | BE_P_OWN(0);
    static const uint32_t abe1 = flags | BE_P_OWN(1);
    static const uint32_t alone = flags | BE_P_LOCAL_CMO;
    const struct ppc_row rows[] = {
        {PVR_603E, "603e", abe},
        {0x00070200u, "603ev", abe},
        {0x00810101u, "g2 in 8240", abe},
        {0x80811014u, "g2 in 8260", abe},
        {0x80822013u, "g2_le", abe | BE_P_OWN(3)},
        {PVR_E300, "e300c1", abe | BE_P_OWN(3)},
        {0x80840010u, "e300c2", abe | BE_P_OWN(3)},
        {0x80850010u, "e300c3", abe | BE_P_OWN(3)},
        {0x80860010u, "e300c4", abe | BE_P_OWN(3)},
        {PVR_604, "604", flags},
        {0x00090204u, "604e", flags},
        {0x000a0100u, "604r", flags},
        {PVR_750, "750", abe},
        {PVR_FX, "750fx", abe | BE_P_OWN(2)},
        {0x70020101u, "750gx", abe | BE_P_OWN(2)},
        {PVR_7400, "7400", alone},
        {0x800c1101u, "7410", alone},
        {PVR_7450, "7450", abe1},
        {0x80010201u, "7455", abe1 | BE_P_OWN(4)},
        {PVR_7447, "7447, 7457", abe1 | BE_P_OWN(4)},
        {0x80030101u, "7447a", abe1 | BE_P_OWN(4)},
        {0x80040202u, "7448", abe1 | BE_P_OWN(4)},
        {0x70010000u, "classic powerpc", alone},
        {0x00030001u, "classic powerpc", alone},
    };

    ppc_check_rows(rows, sizeof(rows) / sizeof(rows[0]), BLOCK, ppc6xx_policy);
}
END_TEST

/* --- probe --- */

START_TEST(identification)
{
    ck_assert_uint_eq(rig.c.step, 32);
    ck_assert_uint_eq(rig.c.line, 32);
    ck_assert_uint_eq(rig.c.page_shift, 12);
    ck_assert_uint_eq(rig.c.no_snoop, 0);
    bat(0, (uintptr_t)rig.low, (uint32_t)RIG_LOW, 4096 * KIB, 0);
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_uint_eq(rig.c.no_snoop, 1);
    /* What no BAT maps, and no table says, is not known to be coherent. */
    bat(0, (uintptr_t)rig.low, (uint32_t)RIG_LOW, 2048 * KIB, PPC_M);
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_uint_eq(rig.c.no_snoop, 1);
    /* Addresses of 36 bits. */
    restart(1, 0, PVR_7447);
    fake_ppc.spr[SPR_HID0] = 0x20000u;
    ck_assert_int_eq(init(), DMACOH_E_UNSUPP);
    fake_ppc.spr[SPR_HID0] = 0;
    ck_assert_int_eq(init(), DMACOH_OK);
    fake_ppc.spr[SPR_PVR] = PVR_603E;
    fake_ppc.spr[SPR_HID0] = 0x20000u;
    ck_assert_int_eq(init(), DMACOH_OK);
}
END_TEST

/* Several CPUs: operations have to reach them, and the linear map has to say so. */
START_TEST(broadcasts)
{
    static const struct {
        uint32_t pvr, hid0, hid1, flags;
        int rc;
    } cpus[] = {
        {PVR_604, 0, 0, 0, DMACOH_OK},
        {PVR_750, 0, ABE1, 0, DMACOH_E_UNSUPP},
        {PVR_750, ABE0, 0, 0, DMACOH_OK},
        {PVR_7450, ABE0, 0, 0, DMACOH_E_UNSUPP},
        {PVR_7450, 0, ABE1, 0, DMACOH_OK},
        {PVR_7400, ABE0, ABE1, 0, DMACOH_E_UNSUPP},
        {PVR_7400, 0, 0, DMACOH_F_CPU_AFFINE, DMACOH_OK},
    };

    for (uint32_t i = 0; i < sizeof(cpus) / sizeof(cpus[0]); i++) {
        restart(2, 0, cpus[i].pvr);
        rig.cfg.flags = cpus[i].flags;
        fake_ppc.spr[SPR_HID0] = cpus[i].hid0;
        fake_ppc.spr[SPR_HID1] = cpus[i].hid1;
        ck_assert_int_eq(init(), cpus[i].rc);
    }
    restart(2, 0, PVR_604);
    bat(0, (uintptr_t)rig.low, (uint32_t)RIG_LOW, 4096 * KIB, 0);
    ck_assert_int_eq(init(), DMACOH_OK);
    rig.cfg.mmu.root = (uintptr_t)table;
    rig.cfg.mem = rig.mem;
    ck_assert_int_eq(init(), DMACOH_E_UNSUPP);
    bat(0, (uintptr_t)rig.low, (uint32_t)RIG_LOW, 4096 * KIB, PPC_M);
    ck_assert_int_eq(init(), DMACOH_OK);
}
END_TEST

START_TEST(second_cpu)
{
    restart(2, 1, PVR_604);
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_OK);
    bat(2, 0x90000000u, 0, BLOCK, PPC_M);
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_E_BUSY);
    no_bat(2);
    fake_ppc.spr[SPR_PVR] = PVR_750;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_E_UNSUPP);
    fake_ppc.spr[SPR_PVR] = PVR_604;
    bat(0, (uintptr_t)rig.low, (uint32_t)RIG_LOW, 4096 * KIB, 0);
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_E_UNSUPP);
    rig.c.no_snoop = 1;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_OK);
    fake_ppc.spr[SPR_PVR] = 0x00090204u;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_E_UNSUPP);
    fake_ppc.spr[SPR_PVR] = PVR_604;
    /* Without windows nobody cares for BATs. */
    bat(2, 0xeffe0000u, 0, 2u * BLOCK, PPC_M);
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_E_BUSY);
    rig.c.mmu.win_slots = 0;
    ck_assert_int_eq(dmacoh_cpu_online(&rig.c), DMACOH_OK);
}
END_TEST

START_TEST(upper_bats)
{
    static const struct {
        uint32_t pvr, hid0, hid2, n;
    } cpus[] = {{PVR_603E, UINT32_MAX, UINT32_MAX, 4}, {PVR_FX, 0, 0, 8},
                {PVR_E300, UINT32_MAX, 0, 4},          {PVR_E300, 0, 0x40000u, 8},
                {PVR_7447, 0, UINT32_MAX, 4},          {PVR_7447, 0x800000u, 0, 8}};

    for (uint32_t i = 0; i < 6; i++) {
        rig.c.policy = ppc6xx_policy(cpus[i].pvr);
        fake_ppc.spr[SPR_HID0] = cpus[i].hid0;
        fake_ppc.spr[SPR_HID2] = cpus[i].hid2;
        ck_assert_uint_eq(ppc6xx_bats(&rig.c), cpus[i].n);
    }
}
END_TEST

/* Each BAT is read from its own registers, and its length is what its bits say. */
START_TEST(bats)
{
    uintptr_t va;
    struct ppc_map map;

    for (uint32_t i = 0; i < 8; i++) {
        const uint32_t size = BLOCK << i;

        no_bat(i);
        ck_assert(!ppc6xx_bat_read(i, &va, &map));
        fake_ppc.spr[number(i)] = 1; /* for programs, not for the supervisor */
        ck_assert(!ppc6xx_bat_read(i, &va, &map));
        bat(i, 0x80000000u + i * 0x4000000u, 0x10000000u + i * 0x8000000u, size, i);
        ck_assert(ppc6xx_bat_read(i, &va, &map));
        ck_assert_uint_eq(va, 0x80000000u + i * 0x4000000u);
        ck_assert_uint_eq(map.phys, 0x10000000u + i * 0x8000000u);
        ck_assert_uint_eq(map.size, size);
        ck_assert_uint_eq(map.wimg, i);
    }
    bat(3, 0x80020000u, 0x10020000u, BLOCK, 0);
    ck_assert(ppc6xx_bat_read(3, &va, &map));
    ck_assert_uint_eq(va, 0x80020000u);
    ck_assert_uint_eq(map.phys, 0x10020000u);
    bat(0, 0, 0, 256u << 20, PPC_W);
    ck_assert(ppc6xx_bat_read(0, &va, &map));
    ck_assert_uint_eq(map.size, 256u << 20);
    ck_assert_uint_eq(map.wimg, PPC_W);
}
END_TEST

/* Of four BATs a fifth one is none. */
START_TEST(no_upper_bats)
{
    const uintptr_t va = (uintptr_t)rig.pool_mem;

    bat(4, 0xf0000000u, (uint32_t)RIG_POOL, BLOCK, PPC_M);
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_int_eq(dmacoh_ppc6xx_region_check(&rig.c, RIG_POOL, 64, DMACOH_MEM_UNCACHED, va),
                     DMACOH_OK);
    bat(4, va + RIG_POOL_SIZE, (uint32_t)RIG_POOL + RIG_POOL_SIZE, BLOCK, PPC_I | PPC_M);
    ck_assert_int_eq(
        dmacoh_ppc6xx_region_check(&rig.c, RIG_POOL, RIG_POOL_SIZE + 1u, DMACOH_MEM_UNCACHED, va),
        DMACOH_E_NOMAP);
    ck_assert(!ppc6xx_bat_maps(&rig.c, va + RIG_POOL_SIZE, 64));
}
END_TEST

/* --- windows --- */

START_TEST(window_bats)
{
    restart(1, 4, PVR_603E);
    rig.cfg.mmu.entry_first = 0;
    no_bat(0);
    no_bat(1);
    rig.cfg.mmu.pte_attr[DMACOH_MEM_CACHED] = PPC_M;
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_uint_eq(rig.c.win_phys_last, UINT32_MAX);
    fake->irq_depth = 1;
    for (uint32_t slot = 0; slot < 4; slot++) {
        const uintptr_t va = 0xf0000000u + (4u + slot) * BLOCK;
        const uint32_t n = number(slot);

        fake_clear();
        ck_assert_uint_eq(dmacoh_ppc6xx_win_map(&rig.c, 1, slot, RIG_HIGH + BLOCK + 0x3000u),
                          va + 0x3000u);
        ck_assert_uint_eq(fake->nlog, 5);
        ck_assert_int_eq(fake->log[0].kind, FAKE_ISB);
        ck_assert(fake->log[1].at == n && fake->log[1].value == 0);
        ck_assert(fake->log[2].at == n + 1u);
        ck_assert_uint_eq(fake->log[2].value, (uint32_t)RIG_HIGH + BLOCK + (PPC_M << 3) + RW);
        ck_assert(fake->log[3].at == n);
        ck_assert_uint_eq(fake->log[3].value, va | VS);
        ck_assert_int_eq(fake->log[4].kind, FAKE_ISB);
        fake_clear();
        dmacoh_ppc6xx_win_unmap(&rig.c, 1, slot);
        ck_assert_uint_eq(fake->nlog, 3);
        ck_assert_int_eq(fake->log[0].kind, FAKE_ISB);
        ck_assert(fake->log[1].at == n && fake->log[1].value == 0);
        ck_assert_int_eq(fake->log[2].kind, FAKE_ISB);
    }
    (void)dmacoh_ppc6xx_win_map(&rig.c, 0, 0, RIG_HIGH);
    (void)dmacoh_ppc6xx_win_map(&rig.c, 0, 3, RIG_HIGH);
    dmacoh_ppc6xx_cpu_down(&rig.c, 0);
    ck_assert_uint_eq(fake_ppc.spr[number(0)] | fake_ppc.spr[number(3)], 0);
    fake_clear();
    dmacoh_ppc6xx_win_fini(&rig.c); /* the entries are empty already */
    ck_assert_uint_eq(fake->nlog, 0);
    fake->irq_depth = 0;
}
END_TEST

/* The attributes of linear memory count, whatever else is in the map before it. */
START_TEST(window_attributes)
{
    const struct dmacoh_mem linear = rig.mem[0];

    rig.mem[0] = rig.mem[2];
    rig.mem[2] = linear;
    bat(0, (uintptr_t)rig.low, (uint32_t)RIG_LOW, 4096 * KIB, PPC_M | PPC_G);
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_uint_eq(rig.c.be_priv[PPC6XX_WIN_LOWER], (PPC_M | PPC_G) << 3 | RW);
    bat(0, (uintptr_t)rig.low, (uint32_t)RIG_LOW, 4096 * KIB, 0);
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_uint_eq(rig.c.be_priv[PPC6XX_WIN_LOWER], RW);
    no_bat(0);
    ck_assert_int_eq(init(), DMACOH_E_NOMAP);
}
END_TEST

/* The same with other memory in a BAT; BATs beside the library's are left alone. */
START_TEST(neighbours)
{
    restart(1, 1, PVR_603E);
    const struct dmacoh_mem linear = rig.mem[0];

    rig.mem[0] = rig.mem[2];
    rig.mem[2] = linear;
    bat(3, (uintptr_t)rig.nodma, (uint32_t)RIG_NODMA, BLOCK, PPC_I | PPC_G);
    ck_assert_int_eq(init(), DMACOH_OK);
    ck_assert_uint_eq(rig.c.be_priv[PPC6XX_WIN_LOWER], PPC_M << 3 | RW);
    fake->irq_depth = 1;
    dmacoh_ppc6xx_cpu_down(&rig.c, 0);
    fake->irq_depth = 0;
    ck_assert((fake_ppc.spr[number(3)] & VS) != 0);
    ck_assert((fake_ppc.spr[number(1)] & VS) != 0);
    /* Without windows nothing has to be imitated. */
    no_bat(0);
    rig.cfg.mmu.win_slots = 0;
    ck_assert_int_eq(init(), DMACOH_OK);
}
END_TEST

START_TEST(window_config)
{
    rig.cfg.mmu.entry_count = 1;
    ck_assert_int_eq(init(), DMACOH_E_RANGE);
    rig.cfg.mmu.entry_count = 3;
    ck_assert_int_eq(init(), DMACOH_E_RANGE);
    rig.cfg.mmu.entry_count = 2;
    rig.cfg.mmu.win_va = 0xf0010000u;
    ck_assert_int_eq(init(), DMACOH_E_ALIGN);
    rig.cfg.mmu.win_va = 0xf0000000u;
    rig.mem[1].size = 0x10000;
    ck_assert_int_eq(init(), DMACOH_E_ALIGN);
    rig.mem[1].size = BLOCK;
    rig.mem[1].phys += 0x10000u;
    ck_assert_int_eq(init(), DMACOH_E_ALIGN);
    rig.mem[1].phys -= 0x10000u;
    ck_assert_int_eq(init(), DMACOH_OK);
    bat(3, 0x90000000u, 0, BLOCK, 0);
    ck_assert_int_eq(init(), DMACOH_E_BUSY);
    no_bat(3);
    bat(1, 0xf0020000u, 0, BLOCK, 0);
    ck_assert_int_eq(init(), DMACOH_E_BUSY);
    bat(1, 0xf0040000u, 0, BLOCK, 0);
    ck_assert_int_eq(init(), DMACOH_OK);
}
END_TEST

/* --- regions and the hash table --- */

static int check(uint64_t pa, uint64_t len, uintptr_t va)
{
    return dmacoh_ppc6xx_region_check(&rig.c, pa, len, DMACOH_MEM_UNCACHED, va);
}

START_TEST(regions)
{
    const uintptr_t va = (uintptr_t)rig.pool_mem;

    ck_assert_int_eq(check(RIG_POOL, RIG_POOL_SIZE, va), DMACOH_OK);
    ck_assert_int_eq(check(RIG_POOL + BLOCK, 64, va + BLOCK), DMACOH_OK);
    ck_assert_int_eq(check(RIG_POOL, 64, va + BLOCK), DMACOH_E_NOMAP);
    ck_assert_int_eq(check(RIG_POOL, RIG_POOL_SIZE + 1u, va), DMACOH_E_NOMAP);
    ck_assert_int_eq(check(RIG_POOL + 64u, RIG_POOL_SIZE, va + 64u), DMACOH_E_NOMAP);
    ck_assert_int_eq(check(RIG_LOW, 64, va), DMACOH_E_NOMAP);
    ck_assert_int_eq(check(RIG_LOW, 64, (uintptr_t)rig.low), DMACOH_E_ATTR);
    rig.c.ncpus = 2;
    ck_assert_int_eq(check(RIG_POOL, 64, va), DMACOH_OK);
    bat(1, va, (uint32_t)RIG_POOL, 1024 * KIB, PPC_I);
    ck_assert_int_eq(check(RIG_POOL, 64, va), DMACOH_E_ATTR);
    rig.c.ncpus = 1;
    ck_assert_int_eq(check(RIG_POOL, 64, va), DMACOH_OK);
    /* No BAT, no table: the caller's word; but no BAT may map the memory cacheable. */
    no_bat(1);
    ck_assert_int_eq(check(RIG_POOL, 64, va), DMACOH_OK);
    bat(3, 0xc0000000u, (uint32_t)RIG_POOL, BLOCK, PPC_M | PPC_G);
    ck_assert_int_eq(check(RIG_POOL, 64, va), DMACOH_E_ATTR);
    ck_assert_int_eq(check(RIG_POOL + BLOCK, 64, va), DMACOH_OK);
    bat(3, 0xc0000000u, (uint32_t)RIG_POOL + 2u * BLOCK, BLOCK, PPC_M | PPC_G);
    ck_assert_int_eq(check(RIG_POOL, 2u * BLOCK, va), DMACOH_OK);
    ck_assert_int_eq(check(RIG_POOL, 2u * BLOCK + 1u, va), DMACOH_E_ATTR);
    bat(3, 0xc0000000u, (uint32_t)RIG_POOL, BLOCK, PPC_I);
    ck_assert_int_eq(check(RIG_POOL, 64, va), DMACOH_OK);
}
END_TEST

START_TEST(hash_table)
{
    const uintptr_t va = 0x95550000u;
    struct ppc_map map;

    rig.c.mmu.root = (uintptr_t)table;
    fake_ppc.segment[9] = 0x60000000u | VSID; /* keys are no matter here */
    ck_assert_int_eq(check(RIG_POOL, 64, va), DMACOH_E_NOMAP);
    for (uint32_t n = 0; n < 8; n++) {
        for (uint32_t second = 0; second < 2; second++) {
            memset(table, 0, sizeof(table));
            page(va, (uint32_t)RIG_POOL, PPC_I, second != 0, n);
            ck_assert_int_eq(check(RIG_POOL, 64, va), DMACOH_OK);
            ck_assert_int_eq(check(RIG_POOL + 0x123u, 0xedd, va + 0x123u), DMACOH_OK);
            ck_assert_int_eq(check(RIG_POOL, 0x1001, va), DMACOH_E_NOMAP);
        }
    }
    ck_assert_int_eq(check(RIG_POOL + 0x800u, 0x1000, va + 0x800u), DMACOH_E_NOMAP);
    /* The place behind a group is the next group's, and an entry there is another page's. */
    page(va + 0x1000u, (uint32_t)RIG_POOL + 0x1000u, PPC_I | PPC_G, false, 8);
    ck_assert(!ppc6xx_hash_find(&rig.c, va + 0x1000u, &map));
    memset(table, 0, sizeof(table));
    page(va, (uint32_t)RIG_POOL, PPC_I, true, 7);
    page(va + 0x1000u, (uint32_t)RIG_POOL + 0x1000u, PPC_I | PPC_G, false, 5);
    ck_assert_int_eq(check(RIG_POOL, 0x2000, va), DMACOH_OK);
    page(va + 0x1000u, (uint32_t)RIG_POOL + 0x1000u, PPC_M, false, 5);
    ck_assert_int_eq(check(RIG_POOL, 0x2000, va), DMACOH_E_ATTR);
    fake_ppc.segment[9] = 0x80000000u | VSID;
    ck_assert_int_eq(check(RIG_POOL, 0x1000, va), DMACOH_E_NOMAP);
    fake_ppc.segment[9] = VSID + 1u;
    ck_assert_int_eq(check(RIG_POOL, 0x1000, va), DMACOH_E_NOMAP);
    rig.c.mmu.root = 0;
    fake_ppc.segment[9] = VSID;
    ck_assert(!ppc6xx_hash_find(&rig.c, va, &map));
}
END_TEST

/* A table larger than the smallest has more groups. */
START_TEST(large_table)
{
    const uintptr_t va = 0x95150000u;
    const uint32_t index = (uint32_t)va >> 12 & 0xffffu;
    const uint32_t group = ((VSID & 0x7ffffu) ^ index) & 0x7ffu;
    uint32_t *large = (uint32_t *)(void *)rig.low;

    rig.c.mmu.root = (uintptr_t)rig.low;
    fake_ppc.spr[SPR_SDR1] = 0x00200001u;
    large[group * 16u] = 0x80000000u | VSID << 7 | index >> 10;
    large[group * 16u + 1u] = (uint32_t)RIG_POOL | PPC_I << 3;
    ck_assert_int_eq(check(RIG_POOL, 0x1000, va), DMACOH_OK);
    ck_assert_uint_ge(group, 0x400);
    fake_ppc.spr[SPR_SDR1] = 0x00200000u;
    ck_assert_int_eq(check(RIG_POOL, 0x1000, va), DMACOH_E_NOMAP);
}
END_TEST

/* A BAT decides before the table does. */
START_TEST(bat_first)
{
    rig.c.mmu.root = (uintptr_t)table;
    page((uintptr_t)rig.pool_mem, (uint32_t)RIG_LOW, PPC_M, false, 0);
    ck_assert_int_eq(check(RIG_POOL, 64, (uintptr_t)rig.pool_mem), DMACOH_OK);
}
END_TEST

START_TEST(cold_reset)
{
    static const enum fake_kind want[] = {FAKE_DSB, FAKE_ISB, FAKE_SPR,
                                          FAKE_SPR, FAKE_DSB, FAKE_ISB};

    for (uint32_t boot = 0; boot < 2; boot++) {
        fake_clear();
        fake_ppc.spr[SPR_HID0] = 0x0010c008u;
        dmacoh_ppc6xx_boot_cache_inval(boot != 0);
        ppc_check_log(want, 6);
        ck_assert_uint_eq(fake->log[2].value, 0x0010c408u);
        ck_assert_uint_eq(fake->log[3].value, 0x00108008u);
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        operations,    barriers, policies,    identification,    broadcasts,    second_cpu,
        upper_bats,    bats,     window_bats, window_attributes, window_config, neighbours,
        no_upper_bats, regions,  hash_table,  large_table,       bat_first,     cold_reset};

    return ppc_main("ppc6xx", setup, teardown, tests, sizeof(tests) / sizeof(tests[0]));
}
