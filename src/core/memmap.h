/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file memmap.h
 * @brief The memory map: which kind of memory lies where. Private.
 */
#ifndef DMACOH_MEMMAP_H
#define DMACOH_MEMMAP_H

#include "names.h"

#include <dmacoh/instance.h>

/* Behind the last entry. */
static inline const struct dmacoh_mem *mem_end(const struct dmacoh *c)
{
    return c->mem + c->nmem;
}

/* The entry that holds phys, or NULL. */
const struct dmacoh_mem *mem_find(const struct dmacoh *c, dmacoh_phys_t phys);

/* Physical address of [va, va + len) in one mapped entry; false: none. */
bool mem_phys(const struct dmacoh *c, uintptr_t va, size_t len, dmacoh_phys_t *phys);

/* Are the entries sane, for virtual addresses up to va_last? OK or what is wrong. */
int mem_check(const struct dmacoh *c, uintptr_t va_last);

#endif
