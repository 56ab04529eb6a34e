/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file no_virtio.c  A machine without memory-mapped virtio transports, or none that are used. */
#include "board.h"

uintptr_t board_virtio(uint32_t index)
{
    (void)index;
    return 0;
}

void board_virtio_irq(uint32_t index, void (*handler)(void))
{
    (void)index;
    (void)handler;
}
