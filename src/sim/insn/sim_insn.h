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
/* PowerPC: special purpose registers by number, segment registers. */
uint32_t sim_insn_mfspr(uint32_t spr);
void sim_insn_mtspr(uint32_t spr, uint32_t v);
uint32_t sim_insn_mfsrin(uintptr_t va);
/* e500: TLBs by the MAS registers. */
void sim_insn_tlbwe(void);
void sim_insn_tlbre(void);
void sim_insn_tlbsx(uintptr_t va);
/* 44x and 405: words of the unified TLB; a search gives an index, or 0xffffffff. */
uint32_t sim_insn_tlbsx44(uintptr_t va);
uint32_t sim_insn_tlbre44(uint32_t index, uint32_t word);
void sim_insn_tlbwe44(uint32_t index, uint32_t word, uint32_t v);
/* PA-RISC syncdma: what devices wrote, and the I/O adapter has taken, is in memory. */
void sim_insn_syncdma(void);
/* Range operations in two instructions (Feroceon): first line, then last line with the operation. */
void sim_insn_range_start(uintptr_t va);
void sim_insn_range_end(enum sim_insn_cache op, uintptr_t va);
/* System control space of ARMv7-M: ID, CACR and MPU registers, by offset from 0xe000e000. */
uint32_t sim_insn_scs_read(uint32_t offset);
void sim_insn_scs_write(uint32_t offset, uint32_t v);

/*
 * MIPS. CACHE with its operation number; SYNC; EHB. CP0 registers by number and select: no steps,
 * an interrupt comes between steps only. Registers of the CPU in KSEG1, of which there is one, that
 * of a BMIPS read-ahead cache: bit 8 empties it, and only a later read of the register waits for that.
 */
enum sim_insn_mips_tlb {
    SIM_MIPS_TLBP,
    SIM_MIPS_TLBR,
    SIM_MIPS_TLBWI
};
void sim_insn_mips_cache(unsigned op, uintptr_t va);
void sim_insn_mips_sync(void);
void sim_insn_mips_ehb(void);
uint32_t sim_insn_mips_mfc0(unsigned reg, unsigned sel);
void sim_insn_mips_mtc0(unsigned reg, unsigned sel, uint32_t v);
void sim_insn_mips_tlb(enum sim_insn_mips_tlb op);
uint32_t sim_insn_mips_reg_load(uintptr_t va);
void sim_insn_mips_reg_store(uintptr_t va, uint32_t v);

/*
 * Stands behind each call of the twins: the call is then not the tail of its function, and its
 * return address, from which a timeline makes file:line, lies in that function.
 */
static inline void sim_insn_stay(void)
{
    __asm__ volatile("");
}

#endif
