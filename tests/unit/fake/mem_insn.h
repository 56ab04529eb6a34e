/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file mem_insn.h
 * @brief Single memory accesses by machine address, on the fake machine.
 */
#ifndef DMACOH_MEM_INSN_H
#define DMACOH_MEM_INSN_H

#include "fake.h"

static inline uint8_t insn_load8(uintptr_t va)
{
    fake->accesses++;
    if (fake->log_bytes) {
        fake_log(FAKE_LOAD8, va, *(const uint8_t *)fake_host(va));
    }
    return *(const volatile uint8_t *)fake_host(va);
}

static inline void insn_store8(uintptr_t va, uint8_t v)
{
    fake->accesses++;
    if (fake->log_bytes) {
        fake_log(FAKE_STORE8, va, v);
    }
    *(volatile uint8_t *)fake_host(va) = v;
}

static inline uint32_t insn_load32(uintptr_t va)
{
    fake->accesses++;
    return *(const volatile uint32_t *)fake_host(va);
}

static inline void insn_store32(uintptr_t va, uint32_t v)
{
    fake_store(va, v);
}

#endif
