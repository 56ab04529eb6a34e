/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file pci.h  Finds functions on bus 0 and gives them addresses: there is no firmware. */
#ifndef BOOT_PCI_H
#define BOOT_PCI_H

#include <stdbool.h>
#include <stdint.h>

#define PCI_CLASS_NVME 0x010802u
#define PCI_ID_EDU     0x11e81234u

/** First function whose class code (24 bits) is @p class_code. */
bool pci_find_class(uint32_t class_code, uint32_t *bdf);

/** First function whose device and vendor ID word is @p id. */
bool pci_find_id(uint32_t id, uint32_t *bdf);

/** Places a memory BAR, enables decoding and bus mastering, returns the registers' CPU address. */
uintptr_t pci_enable_bar(uint32_t bdf, uint32_t index);

/** The same for BAR 0. */
uintptr_t pci_enable(uint32_t bdf);

#endif
