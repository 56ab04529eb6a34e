/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file nic_device.c
 * The simulated controller. It knows bus addresses only, and reads and writes memory only through
 * sim_host_dma_read() and sim_host_dma_write(). When one of them returns false a rule was broken, and
 * the run ends as soon as the callback returns.
 */
#include "nic_device.h"

#include <stddef.h>
#include <string.h>

uint8_t nic_device_byte(uint32_t n, uint32_t i)
{
    return (uint8_t)(0x11u * (n + 1u) + i);
}

void nic_device_arrive(struct nic_device *d, uint32_t len)
{
    d->len[d->arriving++] = len;
}

static uint64_t entry(uint32_t ring, uint32_t i)
{
    return ring + (i % NIC_RING) * sizeof(struct nic_desc);
}

/* The next descriptor of a ring, if it is the controller's. */
static bool fetch(struct nic_device *d, uint32_t ring, uint32_t i, struct nic_desc *desc)
{
    return sim_host_dma_read(d->dev, entry(ring, i), desc, sizeof *desc) &&
           (desc->flags & NIC_DESC_OWN) != 0;
}

static void complete(struct nic_device *d, uint32_t ring, uint32_t i, uint32_t len, uint32_t cause)
{
    const uint32_t words[2] = {len, NIC_DESC_DONE};

    if (sim_host_dma_write(d->dev, entry(ring, i) + offsetof(struct nic_desc, len), words,
                           sizeof words)) {
        d->status |= cause;
        sim_host_raise(d->dev, d->irq);
    }
}

static void receive(struct nic_device *d)
{
    uint8_t frame[NIC_FRAME];
    struct nic_desc desc;

    if (d->rx_head == d->arriving || d->rx_head == d->rx_tail ||
        !fetch(d, d->rx_ring, d->rx_head, &desc)) {
        return;
    }
    const uint32_t len = d->len[d->rx_head];

    for (uint32_t i = 0; i < len; i++) {
        frame[i] = nic_device_byte(d->rx_head, i);
    }
    if (sim_host_dma_write(d->dev, desc.addr, frame, len)) {
        complete(d, d->rx_ring, d->rx_head, len, NIC_STATUS_RX);
        d->rx_head++;
    }
}

static void transmit(struct nic_device *d)
{
    struct nic_desc desc;

    if (d->tx_head == d->tx_tail || !fetch(d, d->tx_ring, d->tx_head, &desc) ||
        desc.len > NIC_FRAME) {
        return;
    }
    if (sim_host_dma_read(d->dev, desc.addr, d->sent[d->tx_head], desc.len)) {
        d->sent_len[d->tx_head] = desc.len;
        complete(d, d->tx_ring, d->tx_head, desc.len, NIC_STATUS_TX);
        d->tx_head++;
    }
}

static void step(void *ctx)
{
    struct nic_device *d = ctx;

    if (!d->enabled) {
        return;
    }
    if (sim_host_random(2) != 0) {
        receive(d);
    } else {
        transmit(d);
    }
}

static uint32_t reg_read(void *ctx, uint32_t offset)
{
    struct nic_device *d = ctx;
    const uint32_t status = d->status;

    if (offset != NIC_STATUS) {
        return 0;
    }
    d->status = 0;
    return status;
}

static void reg_write(void *ctx, uint32_t offset, uint32_t value)
{
    struct nic_device *d = ctx;

    switch (offset) {
    case NIC_CTRL:
        d->enabled = (value & NIC_CTRL_ENABLE) != 0;
        break;
    case NIC_RX_RING:
        d->rx_ring = value;
        break;
    case NIC_TX_RING:
        d->tx_ring = value;
        break;
    case NIC_RX_TAIL:
        d->rx_tail = value;
        break;
    case NIC_TX_TAIL:
        d->tx_tail = value;
        break;
    default:
        break;
    }
}

/* What makes the controller look at memory. */
static bool is_doorbell(void *ctx, uint32_t offset)
{
    (void)ctx;
    return offset == NIC_RX_TAIL || offset == NIC_TX_TAIL || offset == NIC_CTRL;
}

void nic_device_add(struct nic_device *d)
{
    const struct sim_host_device_cfg cfg = {
        .name = "the NIC",
        .ctx = d,
        .reg_read = reg_read,
        .reg_write = reg_write,
        .step = step,
        .doorbell = is_doorbell,
        .reg_size = 0x20,
    };

    memset(d, 0, sizeof *d);
    d->irq = -1;
    d->dev = sim_host_device(&cfg);
}
