/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file board.c  QEMU's ppce500: its plan, the start of the second CPU, power. */
#include "board.h"
#include "board_map.h"
#include "cpu.h"
#include "ppc.h"

#define PVR_E500V2_MASK 0xffff0000u
#define PVR_E500V2      0x80210000u

#define GPIO_DIR       (GPIO_BASE + 0x0u)
#define GPIO_DATA      (GPIO_BASE + 0x8u)
#define GPIO_POWER_OFF 0x80000000u

/* An entry of the spin table; the CPU looks at the lower half of the address last. */
#define SPIN_ENTRY(cpu)   (SPIN_VA + 0x20u * (cpu))
#define SPIN_ADDRESS_HIGH 0x00u
#define SPIN_ADDRESS_LOW  0x04u
#define SPIN_WAITS        1u

const struct board_plan board_plan = {
    .low_phys = LOW_LANDING_PHYS,
    .low_va = LOW_LANDING_PHYS,
    .high_phys = HIGH_LANDING_PHYS,
    .landing_size = LANDING_SIZE,
    .edu_phys = EDU_PHYS,
    .edu_mask = EDU_MASK,
    .edu_alias_va = EDU_PHYS & 0x0fffffffu,
    .second_bus = INBOUND_BUS,
    .snoops = true, /* pci.c tells the bridge so, and the linear map has M=1 */
};

const char *board_cpu_name(void)
{
    return (cpu_mfspr(SPR_PVR) & PVR_E500V2_MASK) == PVR_E500V2 ? "e500v2" : "unknown";
}

bool board_release_cpu(uint32_t cpu)
{
    if (reg_read(SPIN_ENTRY(cpu) + SPIN_ADDRESS_LOW) != SPIN_WAITS) {
        return false;
    }
    reg_write(SPIN_ENTRY(cpu) + SPIN_ADDRESS_HIGH, 0);
    cpu_msync();
    reg_write(SPIN_ENTRY(cpu) + SPIN_ADDRESS_LOW, (uint32_t)(uintptr_t)board_secondary_start);
    cpu_msync();
    return true;
}

void board_power_off(void)
{
    for (;;) {
        reg_write(GPIO_DIR, GPIO_POWER_OFF);
        reg_write(GPIO_DATA, GPIO_POWER_OFF);
        cpu_msync();
    }
}
