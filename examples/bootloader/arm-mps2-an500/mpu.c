/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file mpu.c
 * Three regions over the default map. The default map has write-through code memory, which the
 * library refuses as linear memory for errata of this CPU, so the code gets a region, too.
 *
 * The uncached region has the highest number: it decides where it overlaps the cached one.
 */
#include "mpu.h"

#include "board.h"
#include "board_map.h"
#include "cpu.h"

#define CTRL_ENABLE     1u
#define CTRL_PRIVDEFENA 4u /* where there is no region: the default map */

#define RASR_ENABLE   1u
#define RASR_SIZE(n)  ((uint32_t)(__builtin_ctz(n) - 1) << 1)
#define RASR_WBWA     0x000b0000u /* TEX=001 C=1 B=1, not shareable */
#define RASR_UNCACHED 0x00080000u /* TEX=001 C=0 B=0 */
#define RASR_RW       0x03000000u
#define RASR_XN       0x10000000u

#define CCR_DC 0x00010000u
#define CCR_IC 0x00020000u

static void set_region(uint32_t number, uint32_t base, uint32_t rasr)
{
    reg_write(SCS_MPU_RNR, number);
    reg_write(SCS_MPU_RBAR, base);
    reg_write(SCS_MPU_RASR, rasr | RASR_RW | RASR_ENABLE);
}

void mpu_and_caches_enable(void)
{
    set_region(0, CODE_PHYS, RASR_WBWA | RASR_SIZE(CODE_SIZE));
    set_region(1, RAM_PHYS, RASR_WBWA | RASR_XN | RASR_SIZE(RAM_SIZE));
    set_region(2, STOLEN_PHYS, RASR_UNCACHED | RASR_XN | RASR_SIZE(STOLEN_SIZE));
    reg_write(SCS_MPU_CTRL, CTRL_ENABLE | CTRL_PRIVDEFENA);
    cpu_dsb(); /* the regions are in force ... */
    cpu_isb(); /* ... for whatever is fetched from here on */
    dmacoh_boot_cache_inval(true);
    reg_write(SCS_CCR, reg_read(SCS_CCR) | CCR_DC | CCR_IC);
    cpu_dsb();
    cpu_isb();
}
