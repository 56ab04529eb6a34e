/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file progress.h  Lines "PROGRESS name percent" for whoever watches the console. CPU 0 only. */
#ifndef BOOT_PROGRESS_H
#define BOOT_PROGRESS_H

#include <stdint.h>

void progress_start(const char *name, uint32_t total);
void progress_add(uint32_t amount);

#endif
