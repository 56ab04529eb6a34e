/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file soft_rig.h
 * @brief Cases for machines whose translations the host's handlers load: programs on a small
 *        machine, and the one word both engines must say.
 *
 * Layout: PA 0 to 1 MiB is cached at C0000000; PA 1 to 2 MiB is uncached at F1100000; PA 2 to 3 MiB
 * has no mapping. A case may map the first MiB again: at D0000000 (congruent with the first address
 * on PA-RISC), at E0100000 (not congruent), uncached at F0000000.
 */
#ifndef TESTS_SIM_SOFT_RIG_H
#define TESTS_SIM_SOFT_RIG_H

#include <dmacoh-sim/sim.h>

#define SOFT_BUF    0x20000u
#define SOFT_NC     0x100000u
#define SOFT_HIGH   0x200000u
#define SOFT_C(pa)  (0xc0000000u + (pa))
#define SOFT_D(pa)  (0xd0000000u + (pa))
#define SOFT_E(pa)  (0xe0100000u + (pa))
#define SOFT_F(pa)  (0xf0000000u + (pa))
#define SOFT_U(pa)  (0xf1000000u + (pa))
#define SOFT_WINDOW 0xa0000000u /* for TLB entries of a case's own */

/* One case. Members left out are zero: one CPU program, no device. */
struct soft_case {
    const char *what;
    const char *model;
    enum sim_bug bug;   /* SIM_OK: the case must be DONE */
    enum sim_bug first; /* what the concrete engine meets before that, if not SIM_OK */
    void (*cpu0)(void *);
    void (*cpu1)(void *);
    void (*dev)(void *);
    void (*tune)(struct sim *s);      /* what else the machine needs */
    void (*row)(struct sim_model *m); /* what the model's row needs */
    enum sim_memtype linear;          /* type of the first mapping */
};

/* A rule of the machine, and a case whose verdict depends on it. */
struct soft_need {
    enum sim_rule rule;
    struct soft_case c;
    enum sim_verdict with, without;
};

/* Flags of the running case; all zero at its start. */
extern uint8_t *soft_rig_door, *soft_rig_done, *soft_rig_told;
/* Line size of the running case. */
extern uint32_t soft_rig_line;

/* Both engines agree on the verdict; the set engine's bug replays. */
void soft_rig_check(const struct soft_case *c);
/* Both engines give one verdict with the rule and the other without it. */
void soft_rig_need(const struct soft_need *n);

/* One suite with one test case, which `add` fills; returns what main() returns. */
struct TCase;
int soft_rig_main(const char *name, void (*add)(struct TCase *tc));

#endif
