/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/** @file tap.h  Results as "Test Anything Protocol" lines on a board's console. */
#ifndef CONFORMANCE_TAP_H
#define CONFORMANCE_TAP_H

#include "console.h"

#define tap_plan(n)             con_printf("1..%u\n", (n))
#define tap_ok(i, name)         con_printf("ok %u - %s\n", (i), (name))
#define tap_skip(i, name, bits) con_printf("ok %u - %s # SKIP lacks%s\n", (i), (name), (bits))
#define tap_not_ok(i, name, what, site)                                                            \
    con_printf("not ok %u - %s\n# %s: %s\n", (i), (name), (site), (what))

#endif
