/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * What a driver does around the library's loops, with everything inlined by link-time optimisation. Plain
 * accesses, and nothing but the wrappers' own clobbers between them and the operations. See lto.py.
 */
#include "core.h"

#define LAST (buffer + sizeof(buffer) - 1u)

unsigned char buffer[4096];

__attribute__((flatten)) int entry(struct dmacoh *c)
{
    buffer[0] = 1;
    BE(c, barrier)(c, BE_BAR_BEGIN);
    BE(c, op_va)(c, BE_CLEAN, (uintptr_t)buffer, (uintptr_t)LAST);
    BE(c, barrier)(c, BE_BAR_DONE);
    buffer[0] = 2;
    BE(c, barrier)(c, BE_BAR_BEGIN);
    BE(c, op_va)(c, BE_INVAL, (uintptr_t)buffer, (uintptr_t)LAST);
    BE(c, barrier)(c, BE_BAR_DONE);
    return buffer[0];
}
