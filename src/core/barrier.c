/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "core.h"

#include <dmacoh/barrier.h>

void dmacoh_wmb(const struct dmacoh_dev *dev)
{
    BE(dev->c, barrier)(dev->c, BE_BAR_WMB);
}

void dmacoh_rmb(const struct dmacoh_dev *dev)
{
    BE(dev->c, barrier)(dev->c, BE_BAR_RMB);
}

void dmacoh_desc_publish(const struct dmacoh_dev *dev)
{
    BE(dev->c, barrier)(dev->c, BE_BAR_PUBLISH);
}
