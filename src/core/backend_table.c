/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Backends as tables, for DMACOH_BACKEND_DYNAMIC. */
#include "backend.h"

DMACOH_BE_DECLARE(armv7a)

#define MEMBER(be, ret, name, args) .name = dmacoh_##be##_##name,

const struct dmacoh_backend_ops dmacoh_be_armv7a = {.name = "armv7a",
                                                    DMACOH_BE_LIST(MEMBER, armv7a)};
