/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file barrier.h
 * @brief Order of CPU accesses to coherent memory and to a device's registers.
 *
 * A driver that shares a descriptor ring with its device needs three of them: wmb between the body of a
 * descriptor and the word that gives it away, publish before the doorbell, rmb between seeing a
 * completion and reading what it covers. Coherent devices need them as well.
 */
#ifndef DMACOH_BARRIER_H
#define DMACOH_BARRIER_H

#include <dmacoh/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief Earlier stores to coherent memory are seen by the device before later ones.
 *
 * Between the body of a descriptor and its OWN bit. The OWN word itself must be written by one store.
 *
 * @param[in] dev  A device.
 * @par Context
 * Any.
 * @par Cost
 * One barrier instruction; with an outer cache its drain as well.
 * @par Source
 * [ARM-DMB], [PL310-TRM]; Linux calls it dma_wmb().
 */
void dmacoh_wmb(const struct dmacoh_dev *dev);

/**
 * @brief What the CPU reads from now on is not older than the completion that it has just seen.
 *
 * Between reading the OWN bit or phase tag and reading the rest of the entry, or calling unmap.
 *
 * @param[in] dev  A device.
 * @par Context
 * Any.
 * @par Cost
 * One barrier instruction.
 * @par Source
 * [ARM-DMB]; Linux calls it dma_rmb().
 */
void dmacoh_rmb(const struct dmacoh_dev *dev);

/**
 * @brief Everything before is visible to the device before a later register write reaches it.
 *
 * Before the doorbell: all stores to coherent memory and all maps and syncs.
 *
 * @param[in] dev  A device.
 * @par Context
 * Any.
 * @par Cost
 * One barrier instruction; with an outer cache its drain as well.
 * @par Source
 * [ARM-DSB], [PL310-TRM].
 */
void dmacoh_desc_publish(const struct dmacoh_dev *dev);

#ifdef __cplusplus
}
#endif
#endif
