/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file maint.h
 * @brief Cache maintenance and copies of physical ranges, through whatever mapping there is. Private.
 */
#ifndef DMACOH_MAINT_H
#define DMACOH_MAINT_H

#include "core.h"

enum level {
    LEVEL_INNER,
    LEVEL_OUTER
};

/* One cache operation on every line of [phys, phys + len) at one level. No barrier after it. */
int maint_range(struct job *job, enum be_op op, enum level level, dmacoh_phys_t phys, size_t len);

/* The same, inner level, on memory that has a virtual address. */
void maint_va(struct job *job, enum be_op op, uintptr_t va, size_t len);

/* Before the first operation of a call; later calls do nothing. */
void maint_begin(struct job *job);

/* The operations issued so far have reached their point of coherency. */
void maint_done(struct job *job);

/* Copy between RAM at phys and a slot at a virtual address. */
int maint_copy(struct job *job, dmacoh_phys_t phys, uintptr_t slot, uint32_t len, bool to_slot);

/* Zero memory that has a virtual address. */
void maint_zero(uintptr_t va, size_t len);

#endif
