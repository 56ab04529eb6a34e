/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file edu.h
 * QEMU's "edu" device as a bus master that really reaches only part of RAM: it ands every
 * address with its mask, so a transfer that should have been bounced lands somewhere else.
 */
#ifndef BOOT_EDU_H
#define BOOT_EDU_H

#include "landing.h"
#include <stdint.h>

/** Most bytes of the round trip; a piece takes 200 ms. */
#define EDU_MOST 8192u

/**
 * Copies the first @p len data bytes of @p from to highmem beyond the mask, sends them through
 * the device into other highmem, and hashes what came back. 0, or a negative code.
 */
int edu_round_trip(const struct landing *from, uint32_t len, struct sha256 *hash);

#endif
