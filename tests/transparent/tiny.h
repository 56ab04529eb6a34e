/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/** @file tiny.h  The smallest device: told to write or to read one buffer, it does so some time later. */
#ifndef TRANSPARENT_TINY_H
#define TRANSPARENT_TINY_H

#include <dmacoh-sim/transparent.h>

#define TINY_ADDR   0x00u
#define TINY_LEN    0x04u
#define TINY_GO     0x08u /* doorbell: TINY_WRITE, TINY_READ */
#define TINY_STATUS 0x0cu /* transfers done */
#define TINY_RING   0x10u /* bus address of a descriptor that it polls: address, OWN */

#define TINY_WRITE 1u
#define TINY_READ  2u

struct tiny {
    struct sim_host_device *dev;
    int irq;       /* -1: none */
    bool pointer;  /* wrong model: writes through this pointer */
    uint8_t *into; /* see pointer */
    uint32_t addr, len, go, done, ring;
    uint8_t seen[256]; /* what it has read */
};
extern struct tiny tiny;

/** What it writes to byte @p i. */
uint8_t tiny_byte(uint32_t i);

/** Adds it; flags: a cfg whose callbacks are not looked at. */
void tiny_add(const struct sim_host_device_cfg *flags);

uintptr_t tiny_reg(uint32_t reg);
void tiny_start(uint64_t bus, uint32_t len, uint32_t go);
/** Polls STATUS until all is done. */
void tiny_wait(void);

#endif
