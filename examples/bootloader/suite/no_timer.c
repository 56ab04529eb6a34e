/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file no_timer.c  A machine whose timer interrupt is not used. */
#include "board.h"

bool board_interrupt_in(uint32_t us, void (*handler)(void))
{
    (void)us;
    (void)handler;
    return false;
}
