/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file dmacoh.h
 * @brief The whole API for drivers. The port's side is port.h.
 */
#ifndef DMACOH_DMACOH_H
#define DMACOH_DMACOH_H

#include <dmacoh/barrier.h>
#include <dmacoh/debug.h>
#include <dmacoh/device.h>
#include <dmacoh/flip.h>
#include <dmacoh/instance.h>
#include <dmacoh/iommu.h>
#include <dmacoh/map.h>
#include <dmacoh/pool.h>
#include <dmacoh/types.h>
#include <dmacoh/version.h>

#endif
