/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file pa_insn.h
 * @brief One static inline per PA-RISC cache instruction. The only asm of pa11 and pa20. Private.
 *
 * The encodings are those of both architectures. "memory" on all of them: the compiler must not move a
 * buffer access across a cache operation or a barrier.
 *
 * Operations name a line by the address as a load or store of it would: space by its upper two bits. They
 * need a translation; one that is not in the TLB is the host's to insert (docs/arch/parisc.md).
 */
#ifndef DMACOH_PA_INSN_H
#define DMACOH_PA_INSN_H

#if !defined(__hppa__) || defined(__LP64__)
#error "pa_insn.h: not a 32-bit PA-RISC target; a host build must put src/sim/insn first"
#endif

#include <stdint.h>

/* Write a data line back if it is dirty, and drop it, in the caches of all processors. */
static inline void insn_fdc(uintptr_t va)
{
    __asm__ volatile("fdc %%r0(%0)" : : "r"(va) : "memory");
}

/* Drop a data line, in the caches of all processors. Some write a dirty one back. Privileged. */
static inline void insn_pdc(uintptr_t va)
{
    __asm__ volatile("pdc %%r0(%0)" : : "r"(va) : "memory");
}

/* Everything before it, cache operations too, is complete before anything behind it. */
static inline void insn_sync(void)
{
    __asm__ volatile("sync" : : : "memory");
}

/* What a device wrote before the completion that was read is in memory, not on its way. */
static inline void insn_syncdma(void)
{
    __asm__ volatile("syncdma" : : : "memory");
}

#endif
