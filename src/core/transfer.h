/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file transfer.h
 * @brief Hand a range of a mapping over, and take it back: copies, cache operations, barriers. Private.
 */
#ifndef DMACOH_TRANSFER_H
#define DMACOH_TRANSFER_H

#include "map.h"

/* A mapping, or a part of it. */
struct transfer {
    const struct dmacoh_dev *dev;
    const struct dmacoh_seg *in;
    uint32_t nin;
    uint32_t first, len; /* range of the mapping, len not 0 */
    uint32_t how;        /* HOW_* */
    bool fill;           /* to the device: copy into the slots */
};

int transfer_to_device(struct job *job, const struct transfer *t);
int transfer_to_cpu(struct job *job, const struct transfer *t);

#endif
