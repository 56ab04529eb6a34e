/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Prints the policy rows of one backend, a line each, for docs_tables.py. It is compiled together with the
 * backend's own file, so that the page cannot differ from the code:
 *
 *     POLICY_FILE  that file, as in "armv7a_policy.c": its tables are static
 *     POLICY_ID    the member of a row that the identification register is compared with
 *
 * Fields, separated by tabs: table, name, mask, identification, nine operations (direction by transition),
 * alias boundary, properties.
 */
#include POLICY_FILE

#include <stdio.h>

static const char *const operations[] = {"-", "clean", "inval", "clean_inval"};

static const struct {
    uint32_t bit;
    const char *text;
} flags[] = {
    {BE_P_SPECULATES, "prefetches"},
    {BE_P_OUTER, "outer cache"},
    {BE_P_OUTER_ATOMIC, "its operations locked, in pages (588369)"},
    {BE_P_LOCAL_CMO, "cache operations not broadcast"},
    {BE_P_TLB_BCAST, "TLB broadcasts"},
    {BE_P_INV_MAY_CLEAN, "inval may clean"},
    {BE_P_POST_BATCH, "extra step after a batch"},
    {BE_P_TLBI_NEEDS_IPI, "TLB invalidations do not complete on other CPUs"},
    {BE_P_IRQ_ATOMIC, "operations with interrupts off, in pages"},
    {BE_P_NO_PREFETCH, "nothing may prefetch"},
    {BE_P_ALIASES, "lines found by virtual address"},
    {BE_P_MAY_NOT_SNOOP, "coherent devices may be refused"},
    {BE_P_LINES_LEAVE, "shared lines bounced in all directions"},
#ifdef V5_P_PAIRS
    {V5_P_PAIRS, "clean_inval is two operations"},
    {V5_P_RANGES, "operations on ranges"},
    {V5_P_FEATURES, "second-level cache must be off"},
#endif
#ifdef V6_P_OWN_LINE
    {V6_P_OWN_LINE, "a line is taken before its operation"},
#endif
#ifdef V7_P_ONE_LINE_SIZE
    {V7_P_ONE_LINE_SIZE, "one line size, which CTR does not tell"},
#endif
#ifdef PA_P_UNCACHED
    {BE_P_FACTS, "lines and boundary by dmacoh_cfg.facts"},
    {PA_P_UNCACHED, "RAM can be uncached"},
#endif
#ifdef MIPS_P_ONE_L1
    {MIPS_P_ONE_L1, "CPUs share the L1"},
    {MIPS_P_L2_BUFFER, "prefetch buffer beside the L2"},
    {MIPS_P_SPEC_STORES, "speculates stores"},
    {MIPS_P_CM3, "line of the L2 by dmacoh_cfg.facts"},
#endif
#ifdef E500_P_PA36
    {E500_P_PA36, "physical addresses of 36 bits"},
#endif
#ifdef PPC44X_P_405
    {PPC44X_P_405, "TLB of 405, no windows"},
    {PPC44X_P_476, "TLB of 476, no windows; level 2 with lines of 128 bytes"},
#endif
#ifdef PPC6XX_P_ABE_HID0
    {PPC6XX_P_ABE_HID0, "several CPUs: HID0[ABE]"},
    {PPC6XX_P_ABE_HID1, "several CPUs: HID1[ABE]"},
    {PPC6XX_P_8BATS, "8 data BATs"},
    {PPC6XX_P_8BATS_HID2, "8 data BATs with HID2[HBE]"},
    {PPC6XX_P_8BATS_HID0, "8 data BATs with HID0[HIGH_BAT_EN]"},
#endif
#ifdef V7M_P_CM7
    {V7M_P_CM7, "TCM, CACR"},
#endif
};

/* False if a row has a bit that has no text here. */
static bool print_properties(const struct dmacoh_policy *policy)
{
    uint32_t left = policy->flags;
    const char *separator = "";

    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        if ((left & flags[i].bit) != 0) {
            printf("%s%s", separator, flags[i].text);
            separator = ", ";
            left &= ~flags[i].bit;
        }
    }
    printf("\n");
    if (left != 0) {
        fprintf(stderr, "policy_table.c: no text for the flags 0x%x of %s\n", left, policy->name);
    }
    return left == 0;
}

static bool print_row(const char *table, uint32_t mask, uint32_t id,
                      const struct dmacoh_policy *policy)
{
    printf("%s\t%s\t%08x\t%08x", table, policy->name, mask, id);
    for (size_t dir = 0; dir < 3; dir++) {
        for (size_t t = 0; t < BE_NTRANSITIONS; t++) {
            printf("\t%s", operations[policy->op[dir][t]]);
        }
    }
    printf("\t%x\t", policy->alias_boundary);
    return print_properties(policy);
}

/* PA-RISC has no register: a row is for one CPU that the port names. */
#ifdef PA_P_UNCACHED
#define MASK(row) UINT32_MAX
#else
#define MASK(row) (row).mask
#endif

/* The rows that have all bits of `need`. */
#define PRINT(title, rows, need)                                                                   \
    for (size_t i = 0; i < sizeof(rows) / sizeof((rows)[0]); i++) {                                \
        if (((rows)[i].policy.flags & (need)) == (need)) {                                         \
            ok &= print_row(title, MASK((rows)[i]), (rows)[i].POLICY_ID, &(rows)[i].policy);       \
        }                                                                                          \
    }

int main(void)
{
    bool ok = true;

    PRINT("", cpus, 0u)
#ifdef V7_OUTER_FLAGS
    /* The last row of these tables stands for CPUs that have none: the core refuses them. */
    PRINT("PL310", with_pl310, BE_P_OUTER)
    PRINT("PL310 before r2p0", with_early_pl310, BE_P_OUTER)
#endif
    return ok ? 0 : 1;
}
