/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file uboot.h
 * What the files of this directory are to each other.
 *
 * Only types of the language: system.c sees U-Boot's headers, the others see the library's, and the two
 * sets define uintptr_t differently on ARM. On these machines unsigned long holds an address.
 */
#ifndef UBOOT_H
#define UBOOT_H

#include <stdbool.h>

/* A bank of RAM, by the addresses that U-Boot uses, and what its devices should use. */
struct uboot_bank {
    unsigned long first, size, phys;
};

/* Calls that the library served since the caches came on, by what U-Boot calls them. */
struct uboot_calls {
    unsigned int to_device; /* "flush" */
    unsigned int to_cpu;    /* "invalidate" */
    unsigned int partial;   /* of both: the range does not begin and end at a line */
    unsigned int own;       /* of "flush": the glue's own memory was in the range, cleaned only */
    unsigned int refused;   /* not served: no RAM, or no instance; U-Boot did it itself */
};

/* What the command prints. Cleaned lines count, whether they were dropped at once or not. */
struct uboot_report {
    struct uboot_calls calls;
    int status; /* of dmacoh_init() and dmacoh_dev_init() */
    unsigned int line, lines_clean, lines_inval, barriers;
};

/* --- system.c: what U-Boot knows --- */

/* Relocated, and the data cache is on. Until then no variable of this directory may be touched. */
bool uboot_ready(void);

/* The number of banks, and each of them; banks above the 32-bit space are empty. */
unsigned int uboot_banks(void);
struct uboot_bank uboot_bank(unsigned int index);

/* What U-Boot's drivers align their buffers to, bytes. */
unsigned long uboot_line(void);

/* Does the range begin and end at a line? If not, U-Boot's own complaint appears on the console, on ARM. */
bool uboot_aligned(unsigned long start, unsigned long stop);

/* --- instance.c --- */

struct dmacoh_dev;

/* The record of all bus masters, which is made on the first call; NULL: it could not be made. */
struct dmacoh_dev *uboot_masters(void);

/* Does the range [first, first + size) hold memory that the library writes while it works? */
bool uboot_own_memory(unsigned long first, unsigned long size);

/* The counters, to count with. */
struct uboot_calls *uboot_calls(void);

void uboot_report(struct uboot_report *report);

#endif
