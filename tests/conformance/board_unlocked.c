/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Locks that do not lock: the linker puts these in the place of the board's (--wrap). An image with them
 * must fail, or the cases with several CPUs prove nothing about that board.
 */
#include <dmacoh/port.h>

/* NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming): the linker wants these names */
void __wrap_dmacoh_port_lock(struct dmacoh_lock *lock);
void __wrap_dmacoh_port_unlock(struct dmacoh_lock *lock);

void __wrap_dmacoh_port_lock(struct dmacoh_lock *lock)
{
    (void)lock;
}

void __wrap_dmacoh_port_unlock(struct dmacoh_lock *lock)
{
    (void)lock;
}
/* NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming): as above */
