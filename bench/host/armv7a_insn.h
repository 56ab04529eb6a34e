/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file armv7a_insn.h
 * @brief The ARMv7-A instruction layer for benchmarks: same names, same signatures, on the host.
 *
 * An instruction is one increment of a counter, so that it costs about as much as it does on a target,
 * and the number of cache operations and barriers is a figure, too. Identification registers answer as
 * a Cortex-A15 r3p3 does.
 */
#ifndef DMACOH_BENCH_ARMV7A_INSN_H
#define DMACOH_BENCH_ARMV7A_INSN_H

#include <stdint.h>

/* What the library executed since the counters were cleared. */
struct bench_insns {
    uint64_t cache, barriers, tlb;
};

extern struct bench_insns bench_insns;

static inline void insn_dccmvac(uintptr_t va)
{
    (void)va;
    bench_insns.cache++;
}

static inline void insn_dcimvac(uintptr_t va)
{
    (void)va;
    bench_insns.cache++;
}

static inline void insn_dccimvac(uintptr_t va)
{
    (void)va;
    bench_insns.cache++;
}

static inline void insn_dcisw(uint32_t set_way)
{
    (void)set_way;
    bench_insns.cache++;
}

static inline void insn_dsb(void)
{
    bench_insns.barriers++;
}

static inline void insn_dsb_st(void)
{
    bench_insns.barriers++;
}

static inline void insn_dmb(void)
{
    bench_insns.barriers++;
}

static inline void insn_dmb_st(void)
{
    bench_insns.barriers++;
}

static inline void insn_isb(void)
{
    bench_insns.barriers++;
}

static inline void insn_tlbimva(uintptr_t va)
{
    (void)va;
    bench_insns.tlb++;
}

static inline void insn_tlbimvaais(uintptr_t va)
{
    (void)va;
    bench_insns.tlb++;
}

static inline uint32_t insn_read_midr(void)
{
    return 0x413fc0f3u;
}

static inline uint32_t insn_read_mpidr(void)
{
    return 0x80000000u;
}

/* Lines and granule of 64 bytes. */
static inline uint32_t insn_read_ctr(void)
{
    return 0x8444c004u;
}

static inline uint32_t insn_read_clidr(void)
{
    return 0x0a200023u;
}

static inline uint32_t insn_read_ccsidr(void)
{
    return 0x700fe01au;
}

static inline uint32_t insn_read_sctlr(void)
{
    return 0;
}

static inline uint32_t insn_read_ttbcr(void)
{
    return 0;
}

static inline uint32_t insn_read_ttbr0(void)
{
    return 0;
}

static inline uint32_t insn_read_id_mmfr3(void)
{
    return 0;
}

static inline void insn_write_csselr(uint32_t v)
{
    (void)v;
}

#endif
