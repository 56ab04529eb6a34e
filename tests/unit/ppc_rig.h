/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file ppc_rig.h
 * @brief What the unit tests of the PowerPC backends share.
 */
#ifndef DMACOH_UNIT_PPC_RIG_H
#define DMACOH_UNIT_PPC_RIG_H

#include "rig.h"

#include "backend.h"
#include "fake_ppc.h"

/* Columns of the policy table: to device, overwrite, to CPU. */
static const uint8_t ppc_operations[3][BE_NTRANSITIONS] = {
    {BE_CLEAN_INVAL, BE_CLEAN_INVAL, BE_INVAL},
    {BE_CLEAN, BE_CLEAN, BE_NOP},
    {BE_CLEAN_INVAL, BE_INVAL, BE_INVAL}};

#define SPR_PVR  287u
#define SPR_HID0 1008u

/* A row, from the manual and not from the code. */
struct ppc_row {
    uint32_t pvr;
    const char *name;
    uint32_t flags;
};

static inline void ppc_check_rows(const struct ppc_row *rows, size_t n, uint32_t alias,
                                  const struct dmacoh_policy *(*policy)(uint32_t pvr))
{
    for (size_t i = 0; i < n; i++) {
        const struct dmacoh_policy *p = policy(rows[i].pvr);

        ck_assert_str_eq(p->name, rows[i].name);
        ck_assert_uint_eq(p->flags, rows[i].flags);
        ck_assert_uint_eq(p->alias_boundary, alias);
        ck_assert_uint_eq(p->va_last, UINT32_MAX);
        ck_assert_mem_eq(p->op, ppc_operations, sizeof(ppc_operations));
    }
}

/* Each line of a range once, the one operation, and nothing else. */
static inline void ppc_check_ops(struct dmacoh *c, const struct dmacoh_backend_ops *be)
{
    static const enum be_op ops[] = {BE_CLEAN, BE_INVAL, BE_CLEAN_INVAL};
    static const enum fake_kind kinds[] = {FAKE_CLEAN, FAKE_INVAL, FAKE_CLEAN_INVAL};

    for (uintptr_t off = 0; off < 150; off++) {
        for (uint32_t k = 0; k < 3; k++) {
            const uintptr_t first = off < 75 ? 0x20000000u + off : UINTPTR_MAX - 150u;
            const uintptr_t last = off < 75 ? first + 2u * off : UINTPTR_MAX - 150u + off;
            const uint32_t n = (uint32_t)(last / c->step - first / c->step) + 1u;

            fake_clear();
            be->op_va(c, ops[k], first, last);
            expect(fake->nlog == n && fake->accesses == 0);
            for (uint32_t i = 0; i < n; i++) {
                expect(fake->log[i].kind == kinds[k]);
                expect(fake->log[i].at == first / c->step * c->step + (uintptr_t)i * c->step);
            }
        }
    }
    fake_clear();
    be->op_outer(c, BE_CLEAN, 0, 63);
    be->post_batch(c);
    expect(fake->nlog == 0);
}

static inline void ppc_check_barriers(struct dmacoh *c, const struct dmacoh_backend_ops *be,
                                      enum fake_kind wmb)
{
    for (enum be_bar bar = BE_BAR_WMB; bar <= BE_BAR_DONE; bar++) {
        fake_clear();
        be->barrier(c, bar);
        ck_assert_uint_eq(fake->nlog, 1);
        ck_assert_int_eq(fake->log[0].kind, bar == BE_BAR_WMB ? wmb : FAKE_DSB);
    }
}

/* The log is this, from its beginning. */
static inline void ppc_check_log(const enum fake_kind *want, uint32_t n)
{
    ck_assert_uint_eq(fake->nlog, n);
    for (uint32_t i = 0; i < n; i++) {
        ck_assert_int_eq(fake->log[i].kind, want[i]);
    }
}

/* The test program of one backend. */
static inline int ppc_main(const char *name, void (*setup)(void), void (*teardown)(void),
                           const TTest *const *tests, size_t n)
{
    Suite *s = suite_create(name);
    TCase *tc = tcase_create(name);

    tcase_add_checked_fixture(tc, setup, teardown);
    for (size_t i = 0; i < n; i++) {
        tcase_add_test(tc, tests[i]);
    }
    suite_add_tcase(s, tc);
    return rig_run(s);
}

#endif
