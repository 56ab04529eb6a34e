/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file fdt.h  The few things that the loader reads from the flat device tree. */
#ifndef BOOT_FDT_H
#define BOOT_FDT_H

#include <stdbool.h>
#include <stdint.h>

/** @p fdt if a device tree starts there, NULL otherwise. */
const void *fdt_check(const void *fdt);

/**
 * Property @p name of the first node whose name starts with @p node ("memory@", "chosen").
 * Its length in bytes goes to @p len. NULL if there is none, or no tree.
 */
const void *fdt_property(const void *fdt, const char *node, const char *name, uint32_t *len);

/** Bytes of RAM in the first entry of the memory node (two address and two size cells). */
bool fdt_memory_size(const void *fdt, uint64_t *size);

/** The kernel command line; an empty string if there is none. */
const char *fdt_bootargs(const void *fdt);

/** Does the command line contain the word @p word? */
bool bootarg_flag(const char *args, const char *word);

/** Decimal value of "name=value" in the command line. False if missing or malformed. */
bool bootarg_number(const char *args, const char *name, uint32_t *value);

#endif
