/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Bolted entries as a boot loader makes them: image and linear map cached, the stolen memory
 * caching-inhibited. Every address is a physical one. Source: [PPC-E500-WIMG].
 */
#include "boot.h"

#include "abi.h"

#define TLB1        0x10000000u
#define ESEL(n)     ((uint32_t)(n) << 16)
#define VALID_IPROT 0xc0000000u
#define SIZE_16K    0x200u
#define SIZE_64K    0x300u
#define SIZE_1M     0x500u
#define INHIBITED   0x0au /* I, G */
#define SUPERVISOR  0x15u /* load, store, execute */

static void entry(uint32_t n, uint32_t va, uint32_t size, uint32_t wimg)
{
    __asm__ volatile("mtspr 624, %0\n\tmtspr 625, %1\n\tmtspr 626, %2\n\tmtspr 627, %3\n\t"
                     "mtspr 944, %4\n\tisync\n\ttlbwe\n\tisync"
                     :
                     : "r"(TLB1 | ESEL(n)), "r"(VALID_IPROT | size), "r"(va | wimg),
                       "r"(va | SUPERVISOR), "r"(0u)
                     : "memory");
}

/* No windows yet; and registers as a miss handler may have left them. */
static void empty_entries(void)
{
    for (uint32_t i = MC_E500_ENTRY; i < MC_E500_ENTRY + MC_WIN_ENTRIES; i++) {
        __asm__ volatile("mtspr 624, %0\n\tmtspr 625, %1\n\tisync\n\ttlbwe\n\tisync"
                         :
                         : "r"(TLB1 | ESEL(i)), "r"(0u)
                         : "memory");
    }
    __asm__ volatile("mtspr 624, %0\n\tmtspr 625, %1\n\tmtspr 626, %2\n\tmtspr 627, %3\n\t"
                     "mtspr 630, %4\n\tmtspr 944, %4\n\tisync"
                     :
                     : "r"(MC_HOST_MAS0), "r"(MC_HOST_MAS1), "r"(MC_HOST_MAS2), "r"(MC_HOST_MAS3),
                       "r"(0u)
                     : "memory");
}

void mc_boot(uint32_t translate)
{
    entry(0, MC_RAM, SIZE_1M, 0);
    entry(1, MC_RAM + 0x100000u, SIZE_1M, 0);
    entry(2, MC_LOW, SIZE_64K, 0);
    entry(3, MC_STOLEN, SIZE_16K, INHIBITED);
    entry(4, MC_STOLEN + 0x4000u, SIZE_16K, INHIBITED);
    if (translate != 0) {
        empty_entries();
    }
}
