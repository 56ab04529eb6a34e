/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "tiny.h"

#include <string.h>

#include "tp_place.h"

#define OWN 1u

struct tiny tiny;

uint8_t tiny_byte(uint32_t i)
{
    return (uint8_t)(0xa5u ^ i);
}

static void transfer(uint64_t addr, uint32_t len)
{
    uint8_t data[sizeof tiny.seen];

    for (uint32_t i = 0; i < len; i++) {
        data[i] = tiny_byte(i);
    }
    if (tiny.pointer) {
        tiny.into[0] = 1;
    }
    if (tiny.go == TINY_WRITE ? sim_host_dma_write(tiny.dev, addr, data, len)
                              : sim_host_dma_read(tiny.dev, addr, tiny.seen, len)) {
        tiny.done++;
        sim_host_raise(tiny.dev, tiny.irq);
    }
}

static void poll_ring(void)
{
    uint32_t desc[2];

    if (sim_host_dma_read(tiny.dev, tiny.ring, desc, sizeof desc) && (desc[1] & OWN) != 0) {
        tiny.ring = 0;
        tiny.go = TINY_WRITE;
        transfer(desc[0], 64);
        tiny.go = 0;
    }
}

static void step(void *ctx)
{
    (void)ctx;
    if (tiny.ring != 0) {
        poll_ring();
    } else if (tiny.go != 0) {
        transfer(tiny.addr, tiny.len);
        tiny.go = 0;
    }
}

static uint32_t reg_read(void *ctx, uint32_t offset)
{
    (void)ctx;
    return offset == TINY_STATUS ? tiny.done : 0;
}

static void reg_write(void *ctx, uint32_t offset, uint32_t value)
{
    uint32_t *const reg[] = {&tiny.addr, &tiny.len, &tiny.go, &tiny.done, &tiny.ring};

    (void)ctx;
    if (offset / 4u < sizeof reg / sizeof reg[0]) {
        *reg[offset / 4u] = value;
    }
}

static bool is_doorbell(void *ctx, uint32_t offset)
{
    (void)ctx;
    return offset == TINY_GO;
}

void tiny_add(const struct sim_host_device_cfg *flags)
{
    struct sim_host_device_cfg cfg = *flags;

    memset(&tiny, 0, sizeof tiny);
    tiny.irq = -1;
    cfg.name = "tiny";
    cfg.reg_read = reg_read;
    cfg.reg_write = reg_write;
    cfg.step = step;
    cfg.doorbell = is_doorbell;
    cfg.reg_size = 0x20;
    tiny.dev = sim_host_device(&cfg);
}

uintptr_t tiny_reg(uint32_t reg)
{
    return sim_host_regs(tiny.dev) + reg;
}

void tiny_start(uint64_t bus, uint32_t len, uint32_t go)
{
    sim_mmio_write32(tiny_reg(TINY_ADDR), (uint32_t)bus);
    sim_mmio_write32(tiny_reg(TINY_LEN), len);
    dmacoh_desc_publish(&tp_place.dev); /* a bounce slot may be uncached memory */
    sim_mmio_write32(tiny_reg(TINY_GO), go);
}

void tiny_wait(void)
{
    while (sim_mmio_read32(tiny_reg(TINY_STATUS)) == 0) {
        sim_relax();
    }
}
