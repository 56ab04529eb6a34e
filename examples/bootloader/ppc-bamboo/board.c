/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file board.c  Bamboo: its plan, PCI, power. */
#include "board.h"
#include "board_map.h"
#include "cpu.h"
#include "endian.h"
#include "ppc.h"

#define PVR_440EP_MASK 0xfffff000u
#define PVR_440EP      0x42221000u

#define SPR_DBCR0        308
#define DBCR0_SYSTEM     0x30000000u /* reset of the whole system */
#define CFG_ENABLE       0x80000000u
#define PCI_CFG_ADDRESS  (PCI_CONFIG + 0x0u)
#define PCI_CFG_DATA     (PCI_CONFIG + 0x4u)
#define PCI_WINDOW_LOG   28u
#define WINDOW_ON(log2)  (~((1u << (log2)) - 1u) | 1u)
#define BRIDGE_PMM0LA    (PCI_BRIDGE + 0x00u) /* window of the CPU: address, size, bus address */
#define BRIDGE_PMM0MA    (PCI_BRIDGE + 0x04u)
#define BRIDGE_PMM0PCILA (PCI_BRIDGE + 0x08u)
#define BRIDGE_PMM0PCIHA (PCI_BRIDGE + 0x0cu)
#define BRIDGE_PTM1MS    (PCI_BRIDGE + 0x30u) /* window of the devices: size, RAM address */
#define BRIDGE_PTM1LA    (PCI_BRIDGE + 0x34u)

const struct board_plan board_plan = {
    .low_phys = LOW_LANDING_PHYS,
    .low_va = LOW_LANDING_PHYS,
    .high_phys = HIGH_LANDING_PHYS,
    .landing_size = LANDING_SIZE,
    .edu_phys = EDU_PHYS,
    .edu_mask = EDU_MASK,
    .edu_alias_va = EDU_PHYS & EDU_MASK,
};

const char *board_cpu_name(void)
{
    return (cpu_mfspr(SPR_PVR) & PVR_440EP_MASK) == PVR_440EP ? "440ep" : "unknown";
}

/* The bridge is little-endian, its configuration port included. */
uint32_t board_pci_read(uint32_t bdf, uint32_t offset)
{
    mmio_write32(PCI_CFG_ADDRESS, CFG_ENABLE | bdf << 8 | (offset & 0xfcu));
    cpu_msync();
    return mmio_read32(PCI_CFG_DATA);
}

void board_pci_write(uint32_t bdf, uint32_t offset, uint32_t value)
{
    mmio_write32(PCI_CFG_ADDRESS, CFG_ENABLE | bdf << 8 | (offset & 0xfcu));
    cpu_msync();
    mmio_write32(PCI_CFG_DATA, value);
    cpu_msync();
}

/* Both ways the addresses are the same on both sides. */
uint64_t board_pci_window(void)
{
    mmio_write32(BRIDGE_PMM0MA, 0);
    mmio_write32(BRIDGE_PMM0LA, PCI_WINDOW);
    mmio_write32(BRIDGE_PMM0PCILA, PCI_WINDOW);
    mmio_write32(BRIDGE_PMM0PCIHA, 0);
    mmio_write32(BRIDGE_PMM0MA, WINDOW_ON(PCI_WINDOW_LOG));
    mmio_write32(BRIDGE_PTM1LA, RAM_PHYS);
    mmio_write32(BRIDGE_PTM1MS, WINDOW_ON(PCI_WINDOW_LOG));
    cpu_msync();
    return PCI_WINDOW;
}

uintptr_t board_pci_va(uint64_t bus)
{
    return (uintptr_t)bus;
}

bool board_release_cpu(uint32_t cpu)
{
    (void)cpu;
    return false;
}

void board_power_off(void)
{
    for (;;) {
        cpu_mtspr(SPR_DBCR0, DBCR0_SYSTEM);
    }
}
