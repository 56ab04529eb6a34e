/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file console.h  Formatted output to the board's console. */
#ifndef BOOT_CONSOLE_H
#define BOOT_CONSOLE_H

/**
 * Knows %s, %c, %d (int), %u and %x (uint32_t), and a field width, zero-padded with a leading 0
 * ("%08x"). Only one CPU prints; there is no lock. The compiler cannot check the arguments: what
 * type uint32_t is differs between the targets, what %u means here does not.
 */
void con_printf(const char *format, ...);

#endif
