/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file armv7m.h
 * @brief What the files of the ARMv7-M backend share. Private.
 */
#ifndef DMACOH_ARMV7M_H
#define DMACOH_ARMV7M_H

#include "backend.h"

DMACOH_BE_DECLARE(armv7m)
void dmacoh_armv7m_boot_cache_inval(bool boot_cpu);

/* Registers of the system control space that are read here, by their offsets. */
#define SCS_CPUID    0xd00u
#define SCS_CCR      0xd14u
#define SCS_CTR      0xd7cu
#define SCS_CCSIDR   0xd80u
#define SCS_CSSELR   0xd84u
#define SCS_MPU_TYPE 0xd90u
#define SCS_MPU_CTRL 0xd94u
#define SCS_MPU_RNR  0xd98u
#define SCS_MPU_RBAR 0xd9cu
#define SCS_MPU_RASR 0xda0u
#define SCS_ITCMCR   0xf90u
#define SCS_DTCMCR   0xf94u
#define SCS_CACR     0xf9cu

/* Cortex-M7: TCM, and the register that says how shareable memory is cached. */
#define V7M_P_CM7 BE_P_OWN(0)

/* What an address is, as the data cache sees it. */
enum armv7m_type {
    V7M_UNMAPPED,
    V7M_UNCACHED, /* Normal, non-cacheable */
    V7M_WRITE_THROUGH,
    V7M_WRITE_BACK,
    V7M_OTHER /* Device, strongly ordered, encodings without a meaning */
};

struct armv7m_span {
    enum armv7m_type type;
    uint32_t last; /* the same type from the address that was asked for up to here, at least */
};

/* The type of memory at an address, from the live MPU. */
struct armv7m_span armv7m_span(const struct dmacoh_policy *policy, uint32_t at);

/* Does [first, last] touch a tightly coupled memory that is on? */
bool armv7m_in_tcm(const struct dmacoh_policy *policy, uint32_t first, uint32_t last);

/* Policy row of this CPU. */
const struct dmacoh_policy *armv7m_policy(uint32_t cpuid);

#endif
