/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The CPUs of this backend, as data. A new CPU of this kind is one row.
 *
 * Cortex-M7 reads ahead speculatively, so everything that a device wrote is invalidated afterwards; before
 * the device writes, a clean is enough. Its invalidation discards dirty data, but no cell relies on that.
 * Cache operations stay on their CPU: two of these cores need CPU-affine devices.
 *
 * Errata 1259864 and 1313001 (Cortex-M7) lose or duplicate data in write-through memory. There is no
 * workaround in cache operations: write-through memory is refused, see armv7m_mpu.c.
 */
#include "armv7m.h"

/* op[dir][transition]: BIDIRECTIONAL, TO_DEVICE, FROM_DEVICE; to device, overwrite, to CPU. */
#define V7M_OPS                                                                                    \
    {                                                                                              \
        {BE_CLEAN, BE_CLEAN, BE_INVAL}, {BE_CLEAN, BE_CLEAN, BE_NOP},                              \
        {                                                                                          \
            BE_CLEAN, BE_INVAL, BE_INVAL                                                           \
        }                                                                                          \
    }
#define V7M_FLAGS (BE_P_SPECULATES | BE_P_LOCAL_CMO)

#define CPUID_PART 0xff00fff0u /* implementer and part; the architecture field is always 15 */

static const struct armv7m_cpu {
    uint32_t mask, cpuid; /* first row with (CPUID & mask) == cpuid */
    struct dmacoh_policy policy;
} cpus[] = {
    {CPUID_PART, 0x4100c270u, {"cortex-m7", V7M_OPS, V7M_FLAGS | V7M_P_CM7, 0, UINT32_MAX}},
    {0, 0, {"armv7-m", V7M_OPS, V7M_FLAGS, 0, UINT32_MAX}},
};

const struct dmacoh_policy *armv7m_policy(uint32_t cpuid)
{
    const struct armv7m_cpu *cpu = cpus;

    while ((cpuid & cpu->mask) != cpu->cpuid) {
        cpu++;
    }
    return &cpu->policy;
}
