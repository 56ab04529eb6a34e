/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* CPUs that need nothing: no translation, or fixed segments. */
#include "boot.h"

void mc_boot(uint32_t translate)
{
    (void)translate;
}
