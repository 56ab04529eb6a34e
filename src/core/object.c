/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "core.h"

bool object_live(const void *object, enum object_kind kind)
{
    return object_is(object, kind);
}

int object_check(const void *object, enum object_kind kind)
{
    if (!object_live(object, kind)) {
        return DMACOH_E_INVAL;
    }
    return in_thread() ? DMACOH_OK : DMACOH_E_CONTEXT;
}

uintptr_t lock_take(struct dmacoh_lock *lock)
{
    const uintptr_t irq = dmacoh_port_irq_save();

    dmacoh_port_lock(lock);
    return irq;
}

void lock_drop(struct dmacoh_lock *lock, uintptr_t irq)
{
    dmacoh_port_unlock(lock);
    dmacoh_port_irq_restore(irq);
}
