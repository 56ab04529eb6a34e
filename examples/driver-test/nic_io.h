/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file nic_io.h
 * The only file of the driver that knows where it runs: its register accesses. A driver has such
 * functions anyway (readl() and writel()).
 */
#ifndef NIC_IO_H
#define NIC_IO_H

#include <stdint.h>

#ifdef NIC_ON_HOST

#include <dmacoh-sim/transparent.h>

/* Macros, so that a report names the line of the driver and not one of this file. */
#define nic_readl(address)         sim_mmio_read32(address)
#define nic_writel(address, value) sim_mmio_write32((address), (value))

#else

static inline uint32_t nic_readl(uintptr_t address)
{
    return *(const volatile uint32_t *)address;
}

static inline void nic_writel(uintptr_t address, uint32_t value)
{
    *(volatile uint32_t *)address = value;
}

#endif
#endif
