/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file parisc.h
 * @brief For ports to PA-RISC: the CPUs, and what firmware says about their caches.
 */
#ifndef DMACOH_PARISC_H
#define DMACOH_PARISC_H

#include <dmacoh/instance.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @name CPUs, for dmacoh_cpu_facts.cpu
 *
 * No instruction tells them apart. Firmware's PDC_MODEL names the machine, and the port knows which CPU is
 * in it.
 * @{
 */
#define DMACOH_PA_UNKNOWN 0u      /**< The least is assumed: no uncached RAM, largest lines. */
#define DMACOH_PA_7000    0x7000u /**< PA7000 (PCX-S). */
#define DMACOH_PA_7100    0x7100u /**< PA7100 and PA7150 (PCX-T). */
#define DMACOH_PA_7100LC  0x710cu /**< PA7100LC (PCX-L): RAM can be mapped uncached. */
#define DMACOH_PA_7200    0x7200u /**< PA7200 (PCX-T'). */
#define DMACOH_PA_7300LC  0x730cu /**< PA7300LC (PCX-L2): RAM can be mapped uncached. */
#define DMACOH_PA_8000    0x8000u /**< PA8000 (PCX-U). */
#define DMACOH_PA_8200    0x8200u /**< PA8200 (PCX-U+). */
#define DMACOH_PA_8500    0x8500u /**< PA8500 (PCX-W). */
#define DMACOH_PA_8600    0x8600u /**< PA8600 (PCX-W+). */
#define DMACOH_PA_8700    0x8700u /**< PA8700 (PCX-W2). */
#define DMACOH_PA_8800    0x8800u /**< PA8800 (Mako): equal virtual addresses only. */
#define DMACOH_PA_8900    0x8900u /**< PA8900 (Shortfin): likewise. */
/** @} */

/**
 * @brief Put an answer of PDC_CACHE into the facts about a CPU.
 *
 * Sets @c line, the bytes that one fdc covers, and @c alias_boundary; the other facts stay. What
 * cannot be true counts as no answer, and the member becomes 0: a machine without caches, as QEMU has it,
 * answers with lines of 32 KiB. dmacoh_init() then takes what is safe for the CPU.
 *
 * @param[out] facts  Facts about the CPU.
 * @param[in]  conf   The configuration word of the data cache: word 7 of the answer, counted from 0.
 * @par Context
 * Any; also before dmacoh_init(), in real mode. It is compiled into the port.
 * @par Cost
 * A few instructions.
 * @par Source
 * [PA-CACHE].
 */
static inline void dmacoh_pa_cache_facts(struct dmacoh_cpu_facts *facts, uint32_t conf)
{
    const uint32_t alias = conf >> 28;
    const uint32_t block = conf >> 24 & 0xfu;
    const uint32_t line = conf >> 21 & 0x7u; /* in units of 16 bytes */
    const uint32_t shift = conf >> 19 & 0x3u;
    /* Block 1 is one line, 2 two lines, and so on; 0 is not defined. */
    const uint32_t bytes = block != 0 ? line << (3u + block + shift) : 0;

    facts->line = bytes <= 128u && (bytes & (bytes - 1u)) == 0 ? bytes : 0;
    facts->alias_boundary = alias != 0 ? 2048u << alias : 0;
}

#ifdef __cplusplus
}
#endif
#endif
