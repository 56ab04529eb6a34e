/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file ppc_policy.h
 * @brief The operations of every PowerPC row. Private.
 *
 * What a device may write leaves the cache before, and is invalidated again afterwards, because lines
 * come back by speculation or by a program's own prefetches. The second one meets clean lines only, so it
 * does not matter whether an invalidation cleans. See docs/arch/ppc.md.
 */
#ifndef DMACOH_PPC_POLICY_H
#define DMACOH_PPC_POLICY_H

#include "backend.h"

/* op[dir][transition]: BIDIRECTIONAL, TO_DEVICE, FROM_DEVICE; to device, overwrite, to CPU. */
#define PPC_OPS                                                                                    \
    {                                                                                              \
        {BE_CLEAN_INVAL, BE_CLEAN_INVAL, BE_INVAL}, {BE_CLEAN, BE_CLEAN, BE_NOP},                  \
        {                                                                                          \
            BE_CLEAN_INVAL, BE_INVAL, BE_INVAL                                                     \
        }                                                                                          \
    }

#endif
