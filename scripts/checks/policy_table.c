/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Prints the policy rows of the ARMv7-A backend as Markdown. Compiled with the backend's own table, so
 * that the page cannot differ from the code.
 */
#include "armv7a.h"

#include <stdio.h>

static const uint32_t midrs[] = {
    0x412fc0f1u, /* Cortex-A15 r2p1 */
    0x414fc0f0u, /* Cortex-A15 r4p0 */
    0x410fc075u, /* Cortex-A7 r0p5 */
    0x410fc090u, /* Cortex-A9, and whatever else has no row of its own */
};

static const char *const directions[] = {"bidirectional", "to device", "from device"};
static const char *const operations[] = {"-", "clean", "inval", "clean_inval"};

static const struct {
    uint32_t bit;
    const char *text;
} flags[] = {
    {BE_P_SPECULATES, "prefetches"},
    {BE_P_OUTER, "outer cache"},
    {BE_P_LOCAL_CMO, "cache operations not broadcast"},
    {BE_P_TLB_BCAST, "TLB broadcasts"},
    {BE_P_INV_MAY_CLEAN, "inval may clean"},
    {BE_P_POST_BATCH, "extra step after a batch"},
    {BE_P_TLBI_NEEDS_IPI, "TLB broadcasts incomplete (798181)"},
};

int main(void)
{
    printf("| CPU | direction | to the device | with OVERWRITE | to the CPU | properties |\n");
    printf("|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < sizeof midrs / sizeof midrs[0]; i++) {
        const struct dmacoh_policy *policy = armv7a_policy(midrs[i]);
        const char *separator = "";

        for (size_t dir = 0; dir < 3; dir++) {
            printf("| %s | %s |", dir == 0 ? policy->name : "", directions[dir]);
            for (size_t t = 0; t < BE_NTRANSITIONS; t++) {
                const int no_overwrite = t == BE_OVERWRITE && dir != DMACOH_FROM_DEVICE;

                printf(" %s |", no_overwrite ? "" : operations[policy->op[dir][t]]);
            }
            for (size_t f = 0; dir == 0 && f < sizeof flags / sizeof flags[0]; f++) {
                if ((policy->flags & flags[f].bit) != 0) {
                    printf("%s %s", separator, flags[f].text);
                    separator = ",";
                }
            }
            printf(" |\n");
        }
    }
    return 0;
}
