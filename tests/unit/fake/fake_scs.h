/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file fake_scs.h
 * @brief The system control space of a fake ARMv7-M: registers, and MPU regions behind a selector.
 */
#ifndef DMACOH_UNIT_FAKE_SCS_H
#define DMACOH_UNIT_FAKE_SCS_H

#include "fake.h"

#define FAKE_REGIONS 16u

struct fake_scs {
    uint32_t cpuid, ccr, ctr, ccsidr, itcmcr, dtcmcr, cacr;
    uint32_t csselr, mpu_type, mpu_ctrl, mpu_rnr;
    struct {
        uint32_t rbar, rasr;
    } region[FAKE_REGIONS];
};

extern struct fake_scs fake_scs;

/* A Cortex-M7 with its data cache on, sixteen regions that are off, MPU off. */
void fake_scs_init(void);

uint32_t fake_scs_read(uint32_t offset);
void fake_scs_write(uint32_t offset, uint32_t v);

#endif
