/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file cpu.h  Coprocessor 0 of MIPS32 release 2, as far as the board needs it; one instruction each. */
#ifndef BOARD_CPU_H
#define BOARD_CPU_H

#include <stdint.h>

#define STATUS_IE       0x00000001u
#define STATUS_CU0      0x10000000u
#define STATUS_IM(line) (0x100u << (line))
#define CAUSE_IV        0x00800000u /* interrupts have a vector of their own */
#define CAUSE_IP(line)  (0x100u << (line))

#define CONFIG3_MT 0x00000004u /* several VPEs */
#define CONFIG3_CM 0x20000000u /* a coherence manager: CMGCRBase is there */
#define CONFIG_M   0x80000000u /* the next Config register exists */

#define CCA_WRITE_BACK          3u
#define CCA_WRITE_BACK_COHERENT 5u

/* EntryLo of a page: frame number, cacheability, dirty (writable), valid, global. */
#define ENTRY_LO(phys, cca) ((uint32_t)((phys) >> 6) | (cca) << 3 | 7u)

/* Register numbers and selects, as the instructions take them. */
#define CP0_INDEX    "$0"
#define CP0_ENTRYLO0 "$2"
#define CP0_ENTRYLO1 "$3"
#define CP0_PAGEMASK "$5"
#define CP0_WIRED    "$6"
#define CP0_COUNT    "$9"
#define CP0_ENTRYHI  "$10"
#define CP0_COMPARE  "$11"
#define CP0_STATUS   "$12"
#define CP0_CAUSE    "$13"
#define CP0_PRID     "$15"
#define CP0_EBASE    "$15, 1"
#define CP0_CONFIG   "$16"
#define CP0_CONFIG1  "$16, 1"
#define CP0_CONFIG2  "$16, 2"
#define CP0_CONFIG3  "$16, 3"
#define CP0_MVPCONF0 "$0, 2"

#define CPU_READ(name, reg)                                                                        \
    static inline uint32_t cpu_read_##name(void)                                                   \
    {                                                                                              \
        uint32_t value;                                                                            \
                                                                                                   \
        __asm__ volatile("mfc0 %0, " reg : "=r"(value) : : "memory");                              \
        return value;                                                                              \
    }

/* With the barrier that the next instruction may need to see the new value. */
#define CPU_WRITE(name, reg)                                                                       \
    static inline void cpu_write_##name(uint32_t value)                                            \
    {                                                                                              \
        __asm__ volatile("mtc0 %0, " reg "\n\tehb" : : "r"(value) : "memory");                     \
    }

CPU_READ(index, CP0_INDEX)
CPU_READ(count, CP0_COUNT)
CPU_READ(status, CP0_STATUS)
CPU_READ(cause, CP0_CAUSE)
CPU_READ(prid, CP0_PRID)
CPU_READ(ebase, CP0_EBASE)
CPU_READ(config, CP0_CONFIG)
CPU_READ(config1, CP0_CONFIG1)
CPU_READ(config2, CP0_CONFIG2)
CPU_READ(config3, CP0_CONFIG3)
CPU_READ(mvpconf0, CP0_MVPCONF0)

CPU_WRITE(index, CP0_INDEX)
CPU_WRITE(entrylo0, CP0_ENTRYLO0)
CPU_WRITE(entrylo1, CP0_ENTRYLO1)
CPU_WRITE(pagemask, CP0_PAGEMASK)
CPU_WRITE(wired, CP0_WIRED)
CPU_WRITE(entryhi, CP0_ENTRYHI)
CPU_WRITE(compare, CP0_COMPARE)
CPU_WRITE(status, CP0_STATUS)
CPU_WRITE(cause, CP0_CAUSE)
CPU_WRITE(ebase, CP0_EBASE)

static inline void cpu_tlbwi(void)
{
    __asm__ volatile("tlbwi\n\tehb" : : : "memory");
}

static inline void cpu_tlbp(void)
{
    __asm__ volatile("tlbp\n\tehb" : : : "memory");
}

static inline void cpu_sync(void)
{
    __asm__ volatile("sync" : : : "memory");
}

static inline void cpu_wait(void)
{
    __asm__ volatile("wait" : : : "memory");
}

/** Masks interrupts; the old Status. */
static inline uint32_t cpu_di(void)
{
    uint32_t status;

    __asm__ volatile("di %0\n\tehb" : "=r"(status) : : "memory");
    return status;
}

static inline void cpu_ei(void)
{
    __asm__ volatile("ei\n\tehb" : : : "memory");
}

static inline uint32_t cpu_number(void)
{
    return cpu_read_ebase() & 0x3ffu;
}

/* Config1 says whether Config2 exists, and so on: a register that is not there reads as anything. */
static inline uint32_t cpu_config3(void)
{
    if ((cpu_read_config() & CONFIG_M) == 0 || (cpu_read_config1() & CONFIG_M) == 0 ||
        (cpu_read_config2() & CONFIG_M) == 0) {
        return 0;
    }
    return cpu_read_config3();
}

/* Registers of the board's own devices, in CPU byte order. */
static inline uint32_t reg_read(uintptr_t address)
{
    return *(const volatile uint32_t *)address;
}

static inline void reg_write(uintptr_t address, uint32_t value)
{
    *(volatile uint32_t *)address = value;
}

static inline uint8_t reg_read8(uintptr_t address)
{
    return *(const volatile uint8_t *)address;
}

static inline void reg_write8(uintptr_t address, uint8_t value)
{
    *(volatile uint8_t *)address = value;
}

#endif
