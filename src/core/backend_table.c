/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Backends as tables, for DMACOH_BACKEND_DYNAMIC. */
#include "backend.h"

#if DMACOH_BACKEND_DYNAMIC

#define MEMBER(be, ret, name, args) .name = dmacoh_##be##_##name,
#define TABLE(be)                                                                                  \
    DMACOH_BE_DECLARE(be)                                                                          \
    const struct dmacoh_backend_ops dmacoh_be_##be = {.name = #be, DMACOH_BE_LIST(MEMBER, be)}

TABLE(armv5);
TABLE(armv6);
TABLE(armv7a);
TABLE(armv7m);
TABLE(mips32);
TABLE(e500);
TABLE(ppc44x);
TABLE(ppc6xx);
TABLE(ppc8xx);
TABLE(pa11);
TABLE(pa20);

#endif
