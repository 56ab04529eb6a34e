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

/* Its registers have the byte order of the emulated CPU, other than those of any real PCI device. */
static inline uint32_t edu_read32(uintptr_t address)
{
    return *(const volatile uint32_t *)address;
}

static inline void edu_write32(uintptr_t address, uint32_t value)
{
    *(volatile uint32_t *)address = value;
}

/** Is there one on the bus? */
bool edu_present(void);

/**
 * Copies the first @p len data bytes of @p from to highmem beyond the mask, sends them through
 * the device into other highmem, and hashes what came back. 0, or a negative code.
 */
int edu_round_trip(const struct landing *from, uint32_t len, struct sha256 *hash);

#endif
