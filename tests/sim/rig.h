/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file rig.h
 * @brief Cases for the oracles: programs on a small machine, and the one word both engines must say.
 *
 * Layout: PA 0 to 1 MiB is cached at VA C0000000; PA 1 to 2 MiB is uncached at VA E0100000; the
 * second-level table at PA 8000 serves VA 80000000; pages at PA 200000 and up have no mapping.
 */
#ifndef TESTS_SIM_RIG_H
#define TESTS_SIM_RIG_H

#include <dmacoh-sim/sim.h>

#define RIG_BUF   0x20000u
#define RIG_NC    0x100000u
#define RIG_HIGH  0x200000u
#define RIG_C(pa) (0xc0000000u + (pa))
#define RIG_U(pa) (0xe0000000u + (pa))
#define RIG_PG    0x80001000u
#define RIG_PTE   RIG_C(0x8004u)
#define RIG_REGS  0xf8000000u /* of a PL310 */

/* One case. Members left out are zero: 64-byte lines of cortex-a7, as many CPUs as programs. */
struct rig_case {
    const char *what;
    enum sim_bug bug; /* SIM_OK: the case must be DONE */
    void (*cpu0)(void *);
    void (*cpu1)(void *);
    void (*dev)(void *);
    void (*setup)(void *);            /* NULL: 16 lines from RIG_BUF on are the CPU's */
    void (*tune)(struct sim *s);      /* what else the machine needs */
    void (*row)(struct sim_model *m); /* what the model's row needs */
    const char *model;
    uint16_t line, granule;
};

/* Flags of the running case; all zero at its start. */
extern uint8_t *rig_door, *rig_done, *rig_told;
/* Line size of the running case. */
extern uint32_t rig_line;

struct sim *rig_new(const struct rig_case *c);

/* Both engines agree on the verdict; the set engine's bug replays. */
void rig_check(const struct rig_case *c);

/* One suite with one test case, which `add` fills; returns what main() returns. */
struct TCase;
int rig_main(const char *name, void (*add)(struct TCase *tc));

#endif
