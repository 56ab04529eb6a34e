/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file pl310.h
 * @brief The outer cache PL310 (L2C-310) behind a core of this family. Private.
 */
#ifndef DMACOH_PL310_H
#define DMACOH_PL310_H

#include "backend.h"

/* Bytes of a line: the controller has no other size. */
#define PL310_LINE 32u

/*
 * Look at the controller at c->outer_va: one that operations by address can serve?
 * DMACOH_OK: *flags is what its release adds to the policy, *sync_reg the offset of the register that
 * drains it. Changes nothing but the debug register, of a release that needs it.
 */
int pl310_probe(const struct dmacoh *c, uint32_t *flags, uint32_t *sync_reg);

/*
 * One operation on the lines from that of first to that of last, and the drain. sync_reg: see above. With
 * BE_P_OUTER_ATOMIC in the policy: IRQs off, and under the lock of the controller.
 */
void pl310_op(const struct dmacoh *c, uint32_t sync_reg, enum be_op op, uint32_t first,
              uint32_t last);

/* Wait until everything that the controller took so far, stores in its buffers too, is in memory. */
void pl310_drain(const struct dmacoh *c, uint32_t sync_reg);

#endif
