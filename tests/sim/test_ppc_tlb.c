/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * PowerPC translations that a program writes: TLB1 of e500 by its MAS registers, the unified TLB of
 * 44x and 405, the BATs of the classic family; and what the host's own map reads back as.
 */
#include <check.h>

#include "insn/sim_insn.h"
#include "soft_rig.h"

#define DCBF(va) sim_insn_cache(SIM_INSN_CLEAN_INVAL, (va))
#define SYNC()   sim_insn_barrier(SIM_INSN_DSB)
#define ISYNC()  sim_insn_barrier(SIM_INSN_ISB)

#define MAS0    624u
#define MAS1    625u
#define MAS2    626u
#define MAS3    627u
#define MAS7    944u
#define HID0    1008u
#define PVR     287u
#define L1CFG0  515u
#define TLB1CFG 689u
#define DBAT(n) (536u + 2u * (n))
#define TLB1(n) (0x10000000u | (n) << 16)
#define V_IPROT 0xc0000000u
#define SIZE_4K 0x100u
#define SIZE_1M 0x500u
#define WIMG_M  0x4u /* in MAS2 */
#define WIMG_I  0x8u
#define OWN     8u           /* the first entry that is not the host's, and some more */
#define FAR     0x240000000u /* beyond 4 GiB */

/* ---- e500 ---- */

static void tlb1(uint32_t entry, uint32_t mas1, uint32_t mas2, uint64_t pa)
{
    sim_insn_mtspr(MAS0, TLB1(entry));
    sim_insn_mtspr(MAS1, mas1);
    sim_insn_mtspr(MAS2, mas2);
    sim_insn_mtspr(MAS3, (uint32_t)pa | 5u);
    sim_insn_mtspr(MAS7, (uint32_t)(pa >> 32));
    sim_insn_tlbwe();
}

static void use_window(void)
{
    sim_store8(SOFT_WINDOW, 0xa0);
    SYNC();
    DCBF(SOFT_WINDOW);
    SYNC();
    sim_doorbell(soft_rig_door);
}

static void e500_window(void *arg)
{
    (void)arg;
    tlb1(OWN, V_IPROT | SIZE_4K, SOFT_WINDOW | WIMG_M, FAR);
    ISYNC();
    use_window();
    tlb1(OWN, 0, SOFT_WINDOW, FAR);
    ISYNC();
}

static void dev_reads_far(void *arg)
{
    (void)arg;
    sim_dev_wait(soft_rig_door, 1);
    (void)sim_dev_load(FAR);
}

/* dcbi is a store to the protection. */
static void e500_read_only(void *arg)
{
    (void)arg;
    sim_insn_mtspr(MAS0, TLB1(OWN));
    sim_insn_mtspr(MAS1, V_IPROT | SIZE_4K);
    sim_insn_mtspr(MAS2, SOFT_WINDOW | WIMG_M);
    sim_insn_mtspr(MAS3, SOFT_HIGH | 1u);
    sim_insn_mtspr(MAS7, 0);
    sim_insn_tlbwe();
    ISYNC();
    DCBF(SOFT_WINDOW);
    sim_insn_cache(SIM_INSN_INVAL, SOFT_WINDOW);
}

static void e500_without_isync(void *arg)
{
    (void)arg;
    tlb1(OWN, V_IPROT | SIZE_4K, SOFT_WINDOW | WIMG_M, FAR);
    use_window();
}

static void e500_after_close(void *arg)
{
    e500_window(arg);
    (void)sim_load8(SOFT_WINDOW);
}

static void e500_twice(void *arg)
{
    (void)arg;
    tlb1(OWN, V_IPROT | SIZE_4K, SOFT_WINDOW | WIMG_M, FAR);
    tlb1(OWN + 1u, V_IPROT | SIZE_4K, SOFT_WINDOW | WIMG_M, FAR);
    ISYNC();
}

static void e500_over_host(void *arg)
{
    (void)arg;
    tlb1(OWN, V_IPROT | SIZE_4K, SOFT_C(SOFT_BUF) | WIMG_M, SOFT_BUF);
    ISYNC();
}

static void e500_other_type(void *arg)
{
    (void)arg;
    tlb1(OWN, V_IPROT | SIZE_4K, SOFT_WINDOW | WIMG_I, SOFT_BUF);
    ISYNC();
}

static void e500_not_snooped(void *arg)
{
    (void)arg;
    tlb1(OWN, V_IPROT | SIZE_4K, SOFT_WINDOW, SOFT_BUF);
    ISYNC();
}

static void e500_host_entry(void *arg)
{
    (void)arg;
    tlb1(0, 0, SOFT_WINDOW, SOFT_BUF);
}

static void e500_tell(void *arg)
{
    (void)arg;
    tlb1(OWN, V_IPROT | SIZE_4K, SOFT_WINDOW | WIMG_M, FAR);
    ISYNC();
    sim_flag_set(soft_rig_told, 1);
}

static void load_when_told(void *arg)
{
    (void)arg;
    sim_wait(soft_rig_told, 1);
    (void)sim_load8(SOFT_WINDOW);
}

/* What the host mapped, as a program finds it. */
static void e500_reads(void *arg)
{
    (void)arg;
    sim_expect(sim_insn_mfspr(PVR) == 0x80210022u);
    sim_expect(sim_insn_mfspr(L1CFG0) >> 23 == 0);
    sim_expect((sim_insn_mfspr(TLB1CFG) & 0xfffu) == 16u);
    sim_insn_tlbsx(SOFT_C(SOFT_BUF));
    sim_expect(sim_insn_mfspr(MAS0) == TLB1(0u));
    sim_expect(sim_insn_mfspr(MAS1) == (V_IPROT | SIZE_1M));
    sim_expect(sim_insn_mfspr(MAS2) == (SOFT_C(0) | WIMG_M));
    sim_expect(sim_insn_mfspr(MAS3) == 5u);
    sim_insn_tlbsx(SOFT_E(0)); /* a page of the host: in TLB0 */
    sim_expect((sim_insn_mfspr(MAS0) & 0x30000000u) == 0);
    sim_expect(sim_insn_mfspr(MAS1) == (0x80000000u | SIZE_4K));
    sim_expect(sim_insn_mfspr(MAS2) == (SOFT_E(0) | WIMG_I | WIMG_M));
    sim_insn_tlbsx(SOFT_WINDOW);
    sim_expect(sim_insn_mfspr(MAS1) == 0);
    sim_insn_mtspr(MAS0, TLB1(1u));
    sim_insn_tlbre();
    sim_expect(sim_insn_mfspr(MAS2) == (SOFT_U(SOFT_NC) | WIMG_I | WIMG_M));
    sim_insn_mtspr(MAS0, TLB1(OWN));
    sim_insn_tlbre();
    sim_expect(sim_insn_mfspr(MAS1) == 0);
    tlb1(OWN, V_IPROT | SIZE_4K, SOFT_WINDOW | WIMG_M, FAR);
    ISYNC();
    sim_insn_tlbsx(SOFT_WINDOW + 12u);
    sim_expect(sim_insn_mfspr(MAS0) == TLB1(OWN));
    sim_insn_mtspr(HID0, 0x80u);
    sim_insn_tlbre();
    sim_expect(sim_insn_mfspr(MAS7) == (uint32_t)(FAR >> 32));
    sim_expect(sim_insn_mfspr(MAS3) == ((uint32_t)FAR | 5u));
}

static void map_page_and_far(struct sim *s)
{
    sim_ram(s, FAR, 0x1000, SIM_RAM_NORMAL);
    sim_map_page(s, SOFT_E(0), SOFT_HIGH, SIM_MEM_UNCACHED);
}

static void add_far(struct sim *s)
{
    sim_ram(s, FAR, 0x1000, SIM_RAM_NORMAL);
}

/* Every order of a search starts with the registers of the start. */
static void changes_register(void *arg)
{
    (void)arg;
    sim_nop();
    sim_expect(sim_insn_mfspr(MAS1) == 0x13570001u);
    sim_insn_mtspr(MAS1, 1);
    sim_nop();
}

static void idles(void *arg)
{
    (void)arg;
    sim_nop();
    sim_nop();
}

/* ---- 44x and 405 ---- */

static void utlb(uint32_t entry, uint32_t va, uint64_t pa, uint32_t attributes)
{
    sim_insn_tlbwe44(entry, 0, 0);
    sim_insn_tlbwe44(entry, 1, (uint32_t)pa | (uint32_t)(pa >> 32));
    sim_insn_tlbwe44(entry, 2, attributes);
    sim_insn_tlbwe44(entry, 0, va | 0x210u);
}

static void x44_window(void *arg)
{
    (void)arg;
    utlb(OWN, SOFT_WINDOW, FAR, 0x206u);
    ISYNC();
    use_window();
    sim_insn_tlbwe44(OWN, 0, 0);
    ISYNC();
}

static void x44_without_isync(void *arg)
{
    (void)arg;
    utlb(OWN, SOFT_WINDOW, FAR, 0x206u);
    use_window();
}

/* V first: for a moment the entry maps something else. */
static void x44_valid_first(void *arg)
{
    (void)arg;
    sim_insn_tlbwe44(OWN, 0, SOFT_C(SOFT_BUF) | 0x210u);
    ISYNC();
}

static void x44_reads(void *arg)
{
    (void)arg;
    sim_expect(sim_insn_tlbsx44(SOFT_U(SOFT_NC)) == 1u);
    sim_expect(sim_insn_tlbsx44(SOFT_WINDOW) == 0xffffffffu);
    sim_expect(sim_insn_tlbre44(0, 0) == (SOFT_C(0) | 0x250u));
    sim_expect(sim_insn_tlbre44(0, 1) == 0);
    sim_expect(sim_insn_tlbre44(0, 2) == 0x207u);
    sim_expect(sim_insn_tlbre44(1, 2) == 0x607u);
    sim_expect(sim_insn_tlbre44(OWN, 0) == 0);
    utlb(OWN, SOFT_WINDOW, FAR, 0x206u);
    ISYNC();
    sim_expect(sim_insn_tlbsx44(SOFT_WINDOW + 8u) == OWN);
    sim_expect(sim_insn_tlbre44(OWN, 1) == ((uint32_t)FAR | (uint32_t)(FAR >> 32)));
}

static void x44_host_entry(void *arg)
{
    (void)arg;
    sim_insn_tlbwe44(1, 0, 0);
}

static void x405_reads(void *arg)
{
    (void)arg;
    sim_expect(sim_insn_tlbre44(0, 0) == (SOFT_C(0) | 0x2c0u));
    sim_expect(sim_insn_tlbre44(0, 1) == 0x302u);
    sim_expect(sim_insn_tlbre44(1, 1) == (SOFT_NC | 0x306u));
}

/* ---- classic ---- */

static void bat(uint32_t n, uint32_t va, uint32_t pa, uint32_t wimg)
{
    ISYNC();
    sim_insn_mtspr(DBAT(n), 0);
    sim_insn_mtspr(DBAT(n) + 1u, pa | wimg << 3 | 2u);
    sim_insn_mtspr(DBAT(n), va | 2u);
}

static void bat_window(void *arg)
{
    (void)arg;
    bat(1, SOFT_WINDOW, SOFT_HIGH, 2u);
    ISYNC();
    use_window();
    sim_insn_mtspr(DBAT(1), 0);
    ISYNC();
}

static void bat_without_isync(void *arg)
{
    (void)arg;
    bat(1, SOFT_WINDOW, SOFT_HIGH, 2u);
    use_window();
}

static void bat_reads(void *arg)
{
    (void)arg;
    sim_expect(sim_insn_mfspr(DBAT(0)) == (SOFT_C(0) | 7u << 2 | 3u));
    sim_expect(sim_insn_mfspr(DBAT(0) + 1u) == 0x12u);
    sim_expect(sim_insn_mfspr(DBAT(1)) == 0);
    sim_expect(sim_insn_mfsrin(SOFT_C(0)) == 0xcu);
}

static void dev_reads_high(void *arg)
{
    (void)arg;
    sim_dev_wait(soft_rig_door, 1);
    (void)sim_dev_load(SOFT_HIGH);
}

static void bat_of_host(void *arg)
{
    (void)arg;
    sim_insn_mtspr(DBAT(0), 0);
}

static void no_such_register(void *arg)
{
    (void)arg;
    (void)sim_insn_mfspr(MAS0);
}

#define CASE(n, m, b, p)                                                                           \
    {                                                                                              \
        .what = (n), .model = (m), .bug = (b), .cpu0 = (p), .tune = add_far                        \
    }

static const struct soft_case cases[] = {
    {.what = "e500 reads", .model = "e500v2", .cpu0 = e500_reads, .tune = map_page_and_far},
    {.what = "e500 window",
     .model = "e500v2",
     .cpu0 = e500_window,
     .dev = dev_reads_far,
     .tune = add_far},
    CASE("e500 no isync", "e500v2", SIM_TABLE_VISIBLE, e500_without_isync),
    CASE("e500 read only", "e500v2", SIM_FAULT, e500_read_only),
    CASE("e500 closed", "e500v2", SIM_FAULT, e500_after_close),
    CASE("e500 duplicate", "e500v2", SIM_MCHECK, e500_twice),
    CASE("e500 over the host's", "e500v2", SIM_MCHECK, e500_over_host),
    CASE("e500 other type", "e500v2", SIM_ALIAS, e500_other_type),
    CASE("e500 without M", "e500v2", SIM_ALIAS, e500_not_snooped),
    CASE("e500 entry of the host", "e500v2", SIM_CONFUSED, e500_host_entry),
    {.what = "e500 the other CPU",
     .model = "e500v2",
     .bug = SIM_FAULT,
     .cpu0 = e500_tell,
     .cpu1 = load_when_told,
     .tune = add_far},
    {.what = "e500 registers", .model = "e500v2", .cpu0 = changes_register, .cpu1 = idles},
    CASE("440 reads", "ppc440", SIM_OK, x44_reads),
    {.what = "440 window",
     .model = "ppc440",
     .cpu0 = x44_window,
     .dev = dev_reads_far,
     .tune = add_far},
    CASE("440 no isync", "ppc440", SIM_TABLE_VISIBLE, x44_without_isync),
    CASE("440 over the host's", "ppc440", SIM_MCHECK, x44_valid_first),
    CASE("440 entry of the host", "ppc440", SIM_CONFUSED, x44_host_entry),
    CASE("405 reads", "ppc405", SIM_OK, x405_reads),
    CASE("603 reads", "ppc603", SIM_OK, bat_reads),
    {.what = "603 window", .model = "ppc603", .cpu0 = bat_window, .dev = dev_reads_high},
    CASE("603 no isync", "ppc603", SIM_TABLE_VISIBLE, bat_without_isync),
    CASE("603 BAT of the host", "ppc603", SIM_CONFUSED, bat_of_host),
    CASE("603 has no MAS", "ppc603", SIM_FAULT, no_such_register),
};

START_TEST(verdict)
{
    soft_rig_check(&cases[_i]);
}
END_TEST

static void add(TCase *tc)
{
    tcase_add_loop_test(tc, verdict, 0, (int)(sizeof cases / sizeof cases[0]));
}

int main(void)
{
    return soft_rig_main("sim_ppc_tlb", add);
}
