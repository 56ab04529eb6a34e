/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file platform.h  The library on the simulated machine: what a board's start-up code does. */
#ifndef PLATFORM_H
#define PLATFORM_H

#include <dmacoh/dmacoh.h>

struct platform {
    struct dmacoh c;
    struct dmacoh_mem ram;
    struct dmacoh_pool pool;
    struct dmacoh_region region;
    struct dmacoh_dev dev; /* a master that reaches all RAM, with a coherent and a bounce pool */
};

/** Sets it all up, inside of a test of sim_transparent(). A broken rule or a refusal ends the run. */
void platform_init(struct platform *p);

/** And takes it down: nothing may be left mapped or allocated. */
void platform_fini(struct platform *p);

#endif
