/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file boot.h
 * @brief What a boot loader would have done: translation. Addresses are those of cpu.h and machine.h.
 */
#ifndef MC_GUEST_BOOT_H
#define MC_GUEST_BOOT_H

#include <stdint.h>

#define MC_RAM    0x000000u
#define MC_LOW    0x200000u
#define MC_STOLEN 0x210000u

/** translate: with windows as well, where there is a choice. */
void mc_boot(uint32_t translate);

#endif
