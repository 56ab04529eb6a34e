/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The SCSI controller LSI53C895A, of which only its processor is used: it runs a program out of
 * memory, and the instruction "memory move" copies bytes from one address to another by DMA.
 *
 * The program, and the bytes that come and go, lie in a coherent buffer. The chip wants both
 * addresses of a move to agree in their lowest bits.
 */
#include "board.h"
#include "board_master.h"
#include "endian.h"
#include "pci.h"

#define LSI_ID 0x00121000u

#define LSI_DSTAT     0x0cu
#define LSI_ISTAT     0x14u
#define LSI_DSP       0x2cu /* a store to its last byte starts the program */
#define LSI_DIEN      0x39u
#define ISTAT_RESET   0x40u
#define ISTAT_DMA_INT 0x01u
#define DSTAT_SCRIPT  0x04u

#define LSI_MEMORY_BAR 1u

#define INSN_MOVE 0xc0000000u /* and the count; then source, destination */
#define INSN_INT  0x98080000u /* stop, with an interrupt if DIEN allows it */

/* Words of the buffer. */
#define AT_PROGRAM  0u
#define AT_INT      3u
#define AT_DATA     16u
#define DATA_OFFSET (4u * AT_DATA)

static uintptr_t regs;
static struct dmacoh_buf scratch;

static uint8_t read8(uint32_t offset)
{
    return *(const volatile uint8_t *)(regs + offset);
}

static void write8(uint32_t offset, uint8_t value)
{
    *(volatile uint8_t *)(regs + offset) = value;
}

static void set_word(uint32_t index, uint32_t value)
{
    ((volatile uint32_t *)scratch.va)[index] = le32(value);
}

/* Starts the program at a word of the buffer. */
static void run(uint32_t index)
{
    dmacoh_desc_publish(&board_edu);
    mmio_write32(regs + LSI_DSP, (uint32_t)scratch.bus + 4u * index);
}

static void move(uint32_t source, uint32_t dest, uint32_t n)
{
    set_word(AT_PROGRAM, INSN_MOVE | n);
    set_word(AT_PROGRAM + 1u, source);
    set_word(AT_PROGRAM + 2u, dest);
    run(AT_PROGRAM);
    while ((read8(LSI_ISTAT) & ISTAT_DMA_INT) == 0) {
    }
    (void)read8(LSI_DSTAT); /* which also takes the interrupt back */
}

/* Where in the buffer the bytes for an address lie: the lowest bits agree. */
static uint32_t data_offset(dmacoh_bus_t bus)
{
    return DATA_OFFSET + ((uint32_t)bus & 7u);
}

static bool find(void (*irq)(void))
{
    uint32_t bdf;

    if (!pci_find_id(LSI_ID, &bdf) || dmacoh_alloc(&board_edu, &scratch, 4096, 0) != DMACOH_OK) {
        return false;
    }
    regs = pci_enable_bar(bdf, LSI_MEMORY_BAR);
    write8(LSI_ISTAT, ISTAT_RESET);
    write8(LSI_ISTAT, 0);
    write8(LSI_DIEN, 0);
    set_word(AT_INT, INSN_INT);
    set_word(AT_INT + 1u, 0);
    board_pci_irq(bdf, irq);
    return true;
}

static void put(dmacoh_bus_t bus, uint32_t value, uint32_t n)
{
    volatile uint8_t *byte = (volatile uint8_t *)scratch.va + data_offset(bus);

    for (uint32_t i = 0; i < n; i++) {
        byte[i] = (uint8_t)(value >> (8u * i));
    }
    move((uint32_t)scratch.bus + data_offset(bus), (uint32_t)bus, n);
}

static uint32_t fetch(dmacoh_bus_t bus, uint32_t n)
{
    const volatile uint8_t *byte = (const volatile uint8_t *)scratch.va + data_offset(bus);
    uint32_t value = 0;

    move((uint32_t)bus, (uint32_t)scratch.bus + data_offset(bus), n);
    for (uint32_t i = 0; i < n; i++) {
        value |= (uint32_t)byte[i] << (8u * i);
    }
    return value;
}

static void raise_irq(void)
{
    write8(LSI_DIEN, DSTAT_SCRIPT);
    run(AT_INT);
}

static void ack(void)
{
    write8(LSI_DIEN, 0);
    (void)read8(LSI_DSTAT);
}

static void read_register(void)
{
    (void)read8(LSI_ISTAT);
}

const struct master board_master_lsi = {
    find, put, fetch, raise_irq, ack, read_register,
};
