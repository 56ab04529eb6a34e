/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file sim_insn.h
 * @brief What the instruction twins of every backend call. Off-scheduler use aborts by name.
 */
#ifndef DMACOH_SIM_SIM_INSN_H
#define DMACOH_SIM_SIM_INSN_H

#include <stdint.h>

enum sim_insn_cache {
    SIM_INSN_CLEAN,
    SIM_INSN_INVAL,
    SIM_INSN_CLEAN_INVAL
};
enum sim_insn_barrier {
    SIM_INSN_DSB,
    SIM_INSN_DSB_ST,
    SIM_INSN_DMB,
    SIM_INSN_DMB_ST,
    SIM_INSN_ISB
};
enum sim_insn_tlbi {
    SIM_INSN_TLBI_LOCAL,
    SIM_INSN_TLBI_IS
};
enum sim_insn_reg {
    SIM_REG_MIDR,
    SIM_REG_MPIDR,
    SIM_REG_CTR,
    SIM_REG_CLIDR,
    SIM_REG_CCSIDR,
    SIM_REG_SCTLR,
    SIM_REG_TTBCR,
    SIM_REG_TTBR0,
    SIM_REG_ID_MMFR3,
    SIM_REG_TTBR0_HI, /* long descriptors */
    SIM_REG_MAIR0,
    SIM_REG_MAIR1,
    SIM_REG_ACTLR
};

void sim_insn_cache(enum sim_insn_cache op, uintptr_t va);
void sim_insn_set_way(uint32_t set_way);
void sim_insn_barrier(enum sim_insn_barrier kind);
void sim_insn_tlbi(enum sim_insn_tlbi scope, uintptr_t va);
uint32_t sim_insn_read(enum sim_insn_reg reg);
void sim_insn_write_csselr(uint32_t v);
uint32_t sim_insn_load(uintptr_t va, unsigned len);
void sim_insn_store(uintptr_t va, uint32_t v, unsigned len);
/* One single-copy-atomic store of eight bytes (a long descriptor). */
void sim_insn_store64(uintptr_t va, uint64_t v);
/* Registers of an outer cache controller: Device accesses, posted like all of them. */
uint32_t sim_insn_outer_read(uintptr_t va);
void sim_insn_outer_write(uintptr_t va, uint32_t v);
/* Range operations in two instructions (Feroceon): first line, then last line with the operation. */
void sim_insn_range_start(uintptr_t va);
void sim_insn_range_end(enum sim_insn_cache op, uintptr_t va);
/* System control space of ARMv7-M: ID, CACR and MPU registers, by offset from 0xe000e000. */
uint32_t sim_insn_scs_read(uint32_t offset);
void sim_insn_scs_write(uint32_t offset, uint32_t v);

/*
 * Stands behind each call of the twins: the call is then not the tail of its function, and its
 * return address, from which a timeline makes file:line, lies in that function.
 */
static inline void sim_insn_stay(void)
{
    __asm__ volatile("");
}

#endif
