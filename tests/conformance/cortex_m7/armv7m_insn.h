/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file armv7m_insn.h
 * @brief The instructions of the ARMv7-M backend, on a machine that forgets to say that it has a
 * cache.
 *
 * QEMU's Cortex-M7 executes cache operations, but its identification registers read 0 and its cache
 * cannot be enabled, so the library would refuse it, or issue no operation. These registers are
 * answered as a real part with 16 KiB answers; all others, and all operations, are the machine's.
 */
#ifndef CONFORMANCE_ARMV7M_INSN_H
#define CONFORMANCE_ARMV7M_INSN_H

#define insn_scs_read insn_scs_read_machine
#include "../../../src/arch/arm/insn/armv7m_insn.h"
#undef insn_scs_read

#define M7_CTR    0x8303c003u /* lines of 32 bytes */
#define M7_CCSIDR 0xf00fe019u /* 4 ways, 128 sets */
#define M7_CCR_DC 0x00010000u

static inline uint32_t insn_scs_read(uint32_t reg)
{
    switch (reg) {
    case SCS_CTR:
        return M7_CTR;
    case SCS_CCSIDR:
        return M7_CCSIDR;
    case SCS_CCR:
        return insn_scs_read_machine(reg) | M7_CCR_DC;
    default:
        return insn_scs_read_machine(reg);
    }
}

#endif
