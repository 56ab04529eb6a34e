/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file pl310_insn.h
 * @brief The registers of a PL310, on the fake machine.
 */
#ifndef DMACOH_PL310_INSN_H
#define DMACOH_PL310_INSN_H

#include "fake.h"

static inline void insn_l2_write(uintptr_t reg, uint32_t v)
{
    fake_l2_write(reg, v);
}

static inline uint32_t insn_l2_read(uintptr_t reg)
{
    return fake_l2_read(reg);
}

#endif
