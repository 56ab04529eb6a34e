/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file paths.h  The ways in which the disk reaches memory, and the report about each. */
#ifndef BOOT_PATHS_H
#define BOOT_PATHS_H

#include "nvme.h"
#include <stdint.h>

/** Reads @p bytes bytes of the disk on every path and prints a line for each. 0: all passed. */
int paths_run(struct nvme *n, uint32_t bytes);

#endif
