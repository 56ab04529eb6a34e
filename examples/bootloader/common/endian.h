/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file endian.h
 * Byte order of what devices define: NVMe structures and PCI registers are little-endian, the
 * device tree and SHA-256 are big-endian, whatever the CPU is.
 */
#ifndef BOOT_ENDIAN_H
#define BOOT_ENDIAN_H

#include <stdint.h>

#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define CPU_IS_BIG_ENDIAN 1
#else
#define CPU_IS_BIG_ENDIAN 0
#endif

static inline uint32_t le32(uint32_t value)
{
    return CPU_IS_BIG_ENDIAN ? __builtin_bswap32(value) : value;
}

static inline uint32_t be32(uint32_t value)
{
    return CPU_IS_BIG_ENDIAN ? value : __builtin_bswap32(value);
}

/* Registers of PCI devices: one 32-bit access, little-endian on the bus. */
static inline uint32_t mmio_read32(uintptr_t address)
{
    return le32(*(const volatile uint32_t *)address);
}

static inline void mmio_write32(uintptr_t address, uint32_t value)
{
    *(volatile uint32_t *)address = le32(value);
}

#endif
