/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file ppc6xx_insn.h
 * @brief The instructions of the classic CPUs, on the fake machine.
 */
#ifndef DMACOH_PPC6XX_INSN_H
#define DMACOH_PPC6XX_INSN_H

#include "ppc_insn.h"

static inline uint32_t insn_read_hid0(void)
{
    return fake_mfspr(1008u);
}

static inline void insn_write_hid0(uint32_t v)
{
    fake_mtspr(1008u, v);
}

static inline uint32_t insn_read_hid1(void)
{
    return fake_mfspr(1009u);
}

static inline uint32_t insn_read_hid2(void)
{
    return fake_mfspr(1011u);
}

static inline uint32_t insn_read_sdr1(void)
{
    return fake_mfspr(25u);
}

static inline uint32_t insn_read_dbat0u(void)
{
    return fake_mfspr(536u);
}

static inline uint32_t insn_read_dbat0l(void)
{
    return fake_mfspr(537u);
}

static inline uint32_t insn_read_dbat1u(void)
{
    return fake_mfspr(538u);
}

static inline uint32_t insn_read_dbat1l(void)
{
    return fake_mfspr(539u);
}

static inline uint32_t insn_read_dbat2u(void)
{
    return fake_mfspr(540u);
}

static inline uint32_t insn_read_dbat2l(void)
{
    return fake_mfspr(541u);
}

static inline uint32_t insn_read_dbat3u(void)
{
    return fake_mfspr(542u);
}

static inline uint32_t insn_read_dbat3l(void)
{
    return fake_mfspr(543u);
}

static inline uint32_t insn_read_dbat4u(void)
{
    return fake_mfspr(568u);
}

static inline uint32_t insn_read_dbat4l(void)
{
    return fake_mfspr(569u);
}

static inline uint32_t insn_read_dbat5u(void)
{
    return fake_mfspr(570u);
}

static inline uint32_t insn_read_dbat5l(void)
{
    return fake_mfspr(571u);
}

static inline uint32_t insn_read_dbat6u(void)
{
    return fake_mfspr(572u);
}

static inline uint32_t insn_read_dbat6l(void)
{
    return fake_mfspr(573u);
}

static inline uint32_t insn_read_dbat7u(void)
{
    return fake_mfspr(574u);
}

static inline uint32_t insn_read_dbat7l(void)
{
    return fake_mfspr(575u);
}

static inline void insn_write_dbat0u(uint32_t v)
{
    fake_mtspr(536u, v);
}

static inline void insn_write_dbat0l(uint32_t v)
{
    fake_mtspr(537u, v);
}

static inline void insn_write_dbat1u(uint32_t v)
{
    fake_mtspr(538u, v);
}

static inline void insn_write_dbat1l(uint32_t v)
{
    fake_mtspr(539u, v);
}

static inline void insn_write_dbat2u(uint32_t v)
{
    fake_mtspr(540u, v);
}

static inline void insn_write_dbat2l(uint32_t v)
{
    fake_mtspr(541u, v);
}

static inline void insn_write_dbat3u(uint32_t v)
{
    fake_mtspr(542u, v);
}

static inline void insn_write_dbat3l(uint32_t v)
{
    fake_mtspr(543u, v);
}

static inline uint32_t insn_read_segment(uintptr_t va)
{
    return fake_ppc.segment[va >> 28];
}

#endif
