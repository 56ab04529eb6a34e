/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file ppc6xx_insn.h
 * @brief Host twin of the instruction layer of the classic CPUs: each call is a step of the simulated CPU.
 *        Chosen by include path.
 */
#ifndef DMACOH_SIM_PPC6XX_INSN_H
#define DMACOH_SIM_PPC6XX_INSN_H

#include "ppc_insn.h"

static inline uint32_t insn_read_hid0(void)
{
    return sim_insn_mfspr(1008u);
}

/* Sets the invalidation of the whole cache: as forbidden to a running CPU as one by set and way. */
static inline void insn_write_hid0(uint32_t v)
{
    sim_insn_set_way(v);
    sim_insn_stay();
}

static inline uint32_t insn_read_hid1(void)
{
    return sim_insn_mfspr(1009u);
}

static inline uint32_t insn_read_hid2(void)
{
    return sim_insn_mfspr(1011u);
}

static inline uint32_t insn_read_sdr1(void)
{
    return sim_insn_mfspr(25u);
}

static inline uint32_t insn_read_dbat0u(void)
{
    return sim_insn_mfspr(536u);
}

static inline uint32_t insn_read_dbat0l(void)
{
    return sim_insn_mfspr(537u);
}

static inline uint32_t insn_read_dbat1u(void)
{
    return sim_insn_mfspr(538u);
}

static inline uint32_t insn_read_dbat1l(void)
{
    return sim_insn_mfspr(539u);
}

static inline uint32_t insn_read_dbat2u(void)
{
    return sim_insn_mfspr(540u);
}

static inline uint32_t insn_read_dbat2l(void)
{
    return sim_insn_mfspr(541u);
}

static inline uint32_t insn_read_dbat3u(void)
{
    return sim_insn_mfspr(542u);
}

static inline uint32_t insn_read_dbat3l(void)
{
    return sim_insn_mfspr(543u);
}

static inline uint32_t insn_read_dbat4u(void)
{
    return sim_insn_mfspr(568u);
}

static inline uint32_t insn_read_dbat4l(void)
{
    return sim_insn_mfspr(569u);
}

static inline uint32_t insn_read_dbat5u(void)
{
    return sim_insn_mfspr(570u);
}

static inline uint32_t insn_read_dbat5l(void)
{
    return sim_insn_mfspr(571u);
}

static inline uint32_t insn_read_dbat6u(void)
{
    return sim_insn_mfspr(572u);
}

static inline uint32_t insn_read_dbat6l(void)
{
    return sim_insn_mfspr(573u);
}

static inline uint32_t insn_read_dbat7u(void)
{
    return sim_insn_mfspr(574u);
}

static inline uint32_t insn_read_dbat7l(void)
{
    return sim_insn_mfspr(575u);
}

static inline void insn_write_dbat0u(uint32_t v)
{
    sim_insn_mtspr(536u, v);
    sim_insn_stay();
}

static inline void insn_write_dbat0l(uint32_t v)
{
    sim_insn_mtspr(537u, v);
    sim_insn_stay();
}

static inline void insn_write_dbat1u(uint32_t v)
{
    sim_insn_mtspr(538u, v);
    sim_insn_stay();
}

static inline void insn_write_dbat1l(uint32_t v)
{
    sim_insn_mtspr(539u, v);
    sim_insn_stay();
}

static inline void insn_write_dbat2u(uint32_t v)
{
    sim_insn_mtspr(540u, v);
    sim_insn_stay();
}

static inline void insn_write_dbat2l(uint32_t v)
{
    sim_insn_mtspr(541u, v);
    sim_insn_stay();
}

static inline void insn_write_dbat3u(uint32_t v)
{
    sim_insn_mtspr(542u, v);
    sim_insn_stay();
}

static inline void insn_write_dbat3l(uint32_t v)
{
    sim_insn_mtspr(543u, v);
    sim_insn_stay();
}

static inline uint32_t insn_read_segment(uintptr_t va)
{
    return sim_insn_mfsrin(va);
}

#endif
