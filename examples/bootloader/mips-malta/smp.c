/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file smp.c  What CPUs there are, and how the second one starts. */
#include "board.h"
#include "board_map.h"
#include "cpu.h"
#include "mips.h"

#define GCR_CPC_BASE     (CM_GCR_BASE + 0x0088u)
#define GCR_CL_OTHER     (CM_GCR_BASE + 0x2018u)
#define GCR_CO_RESET     (CM_GCR_BASE + 0x4020u)
#define CPC_CL_VP_RUN    (KSEG1 + CM_CPC_PHYS + 0x2028u)
#define BASE_ENABLE      1u
#define MVPCONF0_PVPE(v) ((v) >> 10 & 0xfu) /* number of the last VPE */

#define PRID_PART(prid) ((prid)&0xff00u)
#define PART_24K        0x9300u
#define PART_34K        0x9500u
#define PART_P5600      0xa800u

/** Entry of the second CPU. */
static void (*volatile entry_of_cpu1)(void);

const char *board_cpu_name(void)
{
    switch (PRID_PART(cpu_read_prid())) {
    case PART_24K:
        return "24kf";
    case PART_34K:
        return "34kf";
    case PART_P5600:
        return "p5600";
    default:
        return "unknown";
    }
}

bool board_has_cm(void)
{
    return (cpu_config3() & CONFIG3_CM) != 0;
}

/* With a coherence manager only accesses of the coherent type take part in coherency. */
uint32_t board_cca(void)
{
    return board_has_cm() ? CCA_WRITE_BACK_COHERENT : CCA_WRITE_BACK;
}

/* The core's registers are reached through the window for "another core", which is core 1 then. */
static void start_core(void)
{
    reg_write(GCR_CPC_BASE, CM_CPC_PHYS | BASE_ENABLE);
    reg_write(GCR_CL_OTHER, 1);
    reg_write(GCR_CO_RESET, (uint32_t)(uintptr_t)board_secondary_reset);
    cpu_sync(); /* it knows where to start before it starts */
    reg_write(CPC_CL_VP_RUN, 1u << 1);
}

static bool has_vpes(void)
{
    return (cpu_config3() & CONFIG3_MT) != 0 && MVPCONF0_PVPE(cpu_read_mvpconf0()) != 0;
}

uint32_t board_cpus(void)
{
    return board_has_cm() || has_vpes() ? BOARD_CPUS : 1u;
}

bool board_start_cpu(uint32_t cpu, void (*entry)(void))
{
    if (cpu == 0 || cpu >= board_cpus()) {
        return false;
    }
    entry_of_cpu1 = entry;
    cpu_sync();
    if (board_has_cm()) {
        start_core();
    } else {
        board_start_vpe(board_secondary_vpe);
    }
    return true;
}

void board_boot_secondary(void)
{
    tlb_init();
    irq_init_cpu();
    cpu_ei();
    entry_of_cpu1();
    for (;;) {
        cpu_wait();
    }
}
