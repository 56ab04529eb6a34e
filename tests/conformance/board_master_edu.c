/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * QEMU's edu. Its own 4 KiB hold every byte value once, so a write of one byte is one DMA from
 * there; a read is a DMA into it and a second one into scratch memory where the CPU can look. A DMA
 * takes 100 ms of the emulator's time.
 */
#include "board.h"
#include "board_master.h"
#include "edu.h"
#include "endian.h"
#include "env.h"
#include "pci.h"

#define EDU_RAISE   0x60u
#define EDU_STATUS  0x24u
#define EDU_ACK     0x64u
#define EDU_SOURCE  0x80u
#define EDU_DEST    0x88u
#define EDU_COUNT   0x90u
#define EDU_COMMAND 0x98u
#define EDU_START   1u
#define EDU_TO_RAM  2u
#define EDU_LOCAL   0x40000u
#define EDU_VALUES  EDU_LOCAL            /* byte i is i */
#define EDU_WORDS   (EDU_LOCAL + 0x100u) /* the word ENV_DESC_DONE */
#define EDU_READING (EDU_LOCAL + 0x200u)

static uintptr_t regs;
static struct dmacoh_buf scratch;

static void dma(uint32_t source, uint32_t dest, uint32_t count, uint32_t direction)
{
    edu_write32(regs + EDU_SOURCE, source);
    edu_write32(regs + EDU_DEST, dest);
    edu_write32(regs + EDU_COUNT, count);
    edu_write32(regs + EDU_COMMAND, EDU_START | direction);
    while ((edu_read32(regs + EDU_COMMAND) & EDU_START) != 0) {
    }
}

static bool find(void (*irq)(void))
{
    volatile uint8_t *byte;
    uint32_t bdf;

    if (!pci_find_id(PCI_ID_EDU, &bdf) ||
        dmacoh_alloc(&board_edu, &scratch, 4096, 0) != DMACOH_OK) {
        return false;
    }
    regs = pci_enable(bdf);
    byte = scratch.va;
    for (uint32_t i = 0; i < 256u; i++) {
        byte[i] = (uint8_t)i;
    }
    byte[256] = ENV_DESC_DONE;
    dmacoh_desc_publish(&board_edu);
    dma((uint32_t)scratch.bus, EDU_VALUES, 256u + 4u, 0);
    board_pci_irq(bdf, irq);
    return true;
}

static void put(dmacoh_bus_t bus, uint32_t value, uint32_t n)
{
    dma(n == 1u ? EDU_VALUES + value : EDU_WORDS, (uint32_t)bus, n, EDU_TO_RAM);
}

static uint32_t fetch(dmacoh_bus_t bus, uint32_t n)
{
    dma((uint32_t)bus, EDU_READING, n, 0);
    dma(EDU_READING, (uint32_t)scratch.bus, n, EDU_TO_RAM);
    return n == 1u ? *(const volatile uint8_t *)scratch.va
                   : le32(*(const volatile uint32_t *)scratch.va);
}

static void raise_irq(void)
{
    edu_write32(regs + EDU_RAISE, 1);
}

static void ack(void)
{
    edu_write32(regs + EDU_ACK, edu_read32(regs + EDU_STATUS));
}

static void read_register(void)
{
    (void)edu_read32(regs + EDU_STATUS);
}

const struct master board_master_edu = {
    find, put, fetch, raise_irq, ack, read_register,
};
