/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Cold reset: cache RAM holds garbage. Sources: [PPC-603-CACHE], [PPC-750-CACHE]. */
#include "ppc6xx.h"
#include "ppc6xx_insn.h"

#define HID0_DCE  0x00004000u
#define HID0_DCFI 0x00000400u

/*
 * The bit is set together with the enable bit, without which 603e ignores it, and taken back at once,
 * since 603e does not clear it. Between the two is no access that could fill a line. A level 2 has
 * registers of its own: the port's.
 */
void dmacoh_ppc6xx_boot_cache_inval(bool boot_cpu)
{
    (void)boot_cpu;
    const uint32_t hid0 = insn_read_hid0();

    insn_sync();
    insn_isync();
    insn_write_hid0(hid0 | HID0_DCE | HID0_DCFI);
    insn_write_hid0(hid0 & ~(HID0_DCE | HID0_DCFI));
    insn_sync();
    insn_isync();
}
