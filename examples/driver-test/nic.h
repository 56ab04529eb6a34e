/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file nic.h
 * Driver of a small network controller: a receive ring and a transmit ring of descriptors in coherent
 * memory, frames in ordinary memory. Frames are often shorter than the buffers they arrive in.
 */
#ifndef NIC_H
#define NIC_H

#include <dmacoh/dmacoh.h>
#include <stdbool.h>
#include <stdint.h>

#define NIC_FRAME 1500u /* bytes of the longest frame */
#define NIC_RING  4u    /* descriptors of a ring */

/* Registers, byte offsets. */
#define NIC_CTRL    0x00u
#define NIC_STATUS  0x04u /* causes of the interrupt; reading clears them */
#define NIC_RX_RING 0x08u /* bus address, 32 bits */
#define NIC_TX_RING 0x0cu
#define NIC_RX_TAIL 0x10u /* doorbells: descriptors handed over so far */
#define NIC_TX_TAIL 0x14u

#define NIC_CTRL_ENABLE 1u
#define NIC_STATUS_RX   1u
#define NIC_STATUS_TX   2u

/* In memory, little-endian as the CPU is. */
struct nic_desc {
    uint32_t addr;
    uint32_t len;
    uint32_t flags;
    uint32_t reserved;
};
#define NIC_DESC_OWN  1u /* the controller's */
#define NIC_DESC_DONE 2u

/* A receive buffer fills whole cache lines, up to 64 bytes long: nothing else lives in them. */
struct nic_slot {
    _Alignas(64) uint8_t data[NIC_FRAME];
    uint32_t unused; /* in the last line: not a place for a variable, see NIC_BUG_SHARED_LINE */
};

struct nic {
    uintptr_t regs;
    struct dmacoh_dev *dev;
    struct dmacoh_buf ring; /* both rings */
    volatile struct nic_desc *rx, *tx;
    struct nic_slot *slot; /* NIC_RING of them, the caller's memory */
    struct dmacoh_map rx_map[NIC_RING], tx_map[NIC_RING];
    uint32_t rx_next, rx_tail; /* count up for ever; entry: modulo NIC_RING */
    uint32_t tx_done, tx_tail;
    uint32_t received;
    volatile uint32_t events; /* NIC_STATUS_* seen by nic_irq() */
};

/** Starts the controller. @p slot: NIC_RING receive buffers. 0, or a negative enum dmacoh_status. */
int nic_start(struct nic *nic, struct dmacoh_dev *dev, uintptr_t regs, struct nic_slot *slot);

/** Stops it and takes all memory back. 0, or a negative enum dmacoh_status. */
int nic_stop(struct nic *nic);

/** Sends a frame; it must not be touched until nic_sent() has counted it. 0, or negative. */
int nic_send(struct nic *nic, uint8_t *frame, uint32_t len);

/** Takes back what has been sent. How many frames since nic_start(). */
uint32_t nic_sent(struct nic *nic);

/** Copies the next frame to @p out, NIC_FRAME bytes. Its length; 0: there is none. */
uint32_t nic_receive(struct nic *nic, uint8_t *out);

/** The interrupt handler; @p nic is a struct nic. */
void nic_irq(void *nic);

/* Bugs that can be switched on, to see them found. A driver has no such thing. */
enum nic_bug {
    NIC_BUG_NONE,
    NIC_BUG_MISSING_SYNC,    /* reads a frame without dmacoh_sync_for_cpu() */
    NIC_BUG_WRONG_DIRECTION, /* maps receive buffers DMACOH_TO_DEVICE */
    NIC_BUG_EARLY_DOORBELL,  /* rings before dmacoh_desc_publish() */
    NIC_BUG_WRITE_OWNED,     /* writes into a frame that is being sent */
    NIC_BUG_SHARED_LINE,     /* keeps a counter in the last line of a receive buffer */
    NIC_BUGS
};
#ifdef NIC_SEEDED_BUGS
extern enum nic_bug nic_bug;
#define NIC_BUG(which) (nic_bug == (which))
#else
#define NIC_BUG(which) false
#endif

#endif
