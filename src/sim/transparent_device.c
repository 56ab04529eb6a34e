/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Transparent mode: devices, their registers and their interrupts. */
#include <inttypes.h>
#include <sys/mman.h>

#include "transparent_state.h"

#define WORD   4u
#define CALLER ((uintptr_t)__builtin_return_address(0))

struct sim_host_device *sim_host_device(const struct sim_host_device_cfg *cfg)
{
    if (tp.ndev == TP_DEVICES) {
        return NULL;
    }
    struct sim_host_device *d = &tp.dev[tp.ndev];

    *d = (struct sim_host_device){.cfg = *cfg};
    if (cfg->reg_size != 0) {
        d->reg_bytes = ((size_t)cfg->reg_size + TP_PAGE - 1u) / TP_PAGE * TP_PAGE;
        d->regs = tp_low_pages(d->reg_bytes, -1);
        if (d->regs == NULL) {
            return NULL;
        }
    }
    tp.ndev++;
    return d;
}

void tp_devices_free(void)
{
    for (uint32_t i = 0; i < tp.ndev; i++) {
        if (tp.dev[i].regs != NULL) {
            (void)munmap(tp.dev[i].regs, tp.dev[i].reg_bytes);
        }
    }
    tp.ndev = 0;
}

uintptr_t sim_host_regs(const struct sim_host_device *dev)
{
    return (uintptr_t)dev->regs;
}

/* ---- registers ---- */

struct sim_host_device *tp_device_at(uintptr_t addr, uint32_t *reg)
{
    for (uint32_t i = 0; i < tp.ndev; i++) {
        const uintptr_t in = addr - (uintptr_t)tp.dev[i].regs;

        if (tp.dev[i].regs != NULL && in < tp.dev[i].reg_bytes) {
            *reg = (uint32_t)in & ~(WORD - 1u);
            return &tp.dev[i];
        }
    }
    return NULL;
}

uint32_t tp_reg_read(struct sim_host_device *d, uint32_t reg)
{
    uint32_t value = 0;

    tp_point();
    tp_device_land(d, d->nwrites); /* a read pushes the writes before it */
    if (d->cfg.reg_read != NULL) {
        tp_device_enter();
        value = d->cfg.reg_read(d->cfg.ctx, reg);
        tp_device_leave();
    }
    return value;
}

static bool is_doorbell(const struct sim_host_device *d, uint32_t reg)
{
    return d->cfg.doorbell == NULL || d->cfg.doorbell(d->cfg.ctx, reg);
}

void tp_reg_write(struct sim_host_device *d, uint32_t reg, uint32_t value)
{
    if (tp_outstanding() && is_doorbell(d, reg)) {
        tp_fail(SIM_DOORBELL,
                "call dmacoh_desc_publish() between the last descriptor and this line",
                "register 0x%x of %s is written while earlier stores to uncached memory or cache "
                "operations may not be visible to the device",
                reg, d->cfg.name);
    }
    tp_point();
    if (d->cfg.reg_write != NULL) {
        tp_device_enter();
        d->cfg.reg_write(d->cfg.ctx, reg, value);
        tp_device_leave();
    }
    tp_point();
}

static struct sim_host_device *must_find(uintptr_t addr, uint32_t *reg)
{
    struct sim_host_device *d = tp.on ? tp_device_at(addr, reg) : NULL;

    if (d == NULL && tp.on) {
        tp_fail(SIM_FAULT, "use addresses from sim_host_regs()",
                "no device has a register at address 0x%" PRIx64, (uint64_t)addr);
    }
    return d;
}

uint32_t sim_mmio_read32(uintptr_t addr)
{
    const struct tp_entry outer = tp_enter(CALLER, false);
    uint32_t reg = 0;
    struct sim_host_device *d = must_find(addr, &reg);
    const uint32_t value = d != NULL ? tp_reg_read(d, reg) : 0;

    tp_leave(outer);
    return value;
}

void sim_mmio_write32(uintptr_t addr, uint32_t value)
{
    const struct tp_entry outer = tp_enter(CALLER, false);
    uint32_t reg = 0;
    struct sim_host_device *d = must_find(addr, &reg);

    if (d != NULL) {
        tp_reg_write(d, reg, value);
    }
    tp_leave(outer);
}

/* ---- interrupts ---- */

int sim_host_irq(void (*fn)(void *), void *arg)
{
    if (tp.nirq == TP_IRQS) {
        return -1;
    }
    tp.irq[tp.nirq] = (struct tp_irq){.fn = fn, .arg = arg};
    return (int)tp.nirq++;
}

void sim_host_raise(struct sim_host_device *dev, int irq)
{
    if (dev->cfg.irq_ordered) {
        tp_device_land(dev, dev->nwrites);
    }
    if (irq >= 0 && (uint32_t)irq < tp.nirq) {
        tp.irq[irq].pending = true;
    }
}
