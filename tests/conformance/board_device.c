/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Plays a case's script with QEMU's edu. Its own 4 KiB hold every byte value once, so a write of one
 * byte is one DMA from there; a read is a DMA into it and a second one into scratch memory where the
 * CPU can look. A DMA takes 100 ms of the emulator's time.
 */
#include "board_device.h"

#include "board.h"
#include "console.h"
#include "endian.h"
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
static const struct env_step *step;
static uint32_t door, done;
static uint32_t busy;

static void dma(uint32_t source, uint32_t dest, uint32_t count, uint32_t direction)
{
    mmio_write32(regs + EDU_SOURCE, source);
    mmio_write32(regs + EDU_DEST, dest);
    mmio_write32(regs + EDU_COUNT, count);
    mmio_write32(regs + EDU_COMMAND, EDU_START | direction);
    while ((mmio_read32(regs + EDU_COMMAND) & EDU_START) != 0) {
    }
}

static uint8_t scratch_byte(uint32_t i)
{
    return ((const volatile uint8_t *)scratch.va)[i];
}

/* What the device sees at an address, n bytes to the start of the scratch buffer. */
static void fetch(dmacoh_phys_t phys, uint32_t n)
{
    dma((uint32_t)phys, EDU_READING, n, 0);
    dma(EDU_READING, (uint32_t)scratch.bus, n, EDU_TO_RAM);
}

static uint32_t fetch_word(dmacoh_phys_t phys)
{
    fetch(phys, 4);
    return le32(*(const volatile uint32_t *)scratch.va);
}

static void irq(void)
{
    mmio_write32(regs + EDU_ACK, mmio_read32(regs + EDU_STATUS));
    if (env_case->irq != NULL) {
        env_case->irq();
    }
}

bool device_find(void)
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

void device_reset(void)
{
    static const struct env_step nothing = ENV_END;

    step = env_case->script != NULL ? env_case->script : &nothing;
    door = 0;
    done = 0;
}

uint32_t device_done(void)
{
    return __atomic_load_n(&done, __ATOMIC_ACQUIRE);
}

void device_ring(void)
{
    __atomic_fetch_add(&door, 1u, __ATOMIC_RELEASE);
}

void device_read(void)
{
    (void)mmio_read32(regs + EDU_STATUS);
}

static dmacoh_phys_t target(const struct env_step *s)
{
    const struct env_map *m = &env_state->map[s->map];
    const uint32_t off = s->at == ENV_LAST ? m->map.len - 1u : env_at(s->at);

    return env_bus_to_phys(env_map_bus(m, off));
}

static void put(dmacoh_phys_t phys, uint8_t v)
{
    dma(EDU_VALUES + v, (uint32_t)phys, 1, EDU_TO_RAM);
}

static void take_descriptor(const struct env_step *s)
{
    const dmacoh_phys_t desc = env_state->buf[s->map].phys + 4u * ENV_DESC_WORDS * (uint32_t)s->at;
    const dmacoh_bus_t bus = fetch_word(desc + 4u * ENV_DESC_BUS);

    env_expect(fetch_word(desc + 4u * ENV_DESC_OWN) == 1u);
    env_expect(fetch_word(desc + 4u * ENV_DESC_LEN) == 2u);
    put(env_bus_to_phys(bus), s->value);
    put(env_bus_to_phys(bus + 1u), (uint8_t)(s->value + 1u));
    dma(EDU_WORDS, (uint32_t)(desc + 4u * ENV_DESC_OWN), 4, EDU_TO_RAM);
}

/* One step; false: it has to wait, or the script is at its end. */
static bool play_step(const struct env_step *s)
{
    switch ((enum env_device_op)s->op) {
    case ENV_D_WAIT:
        return __atomic_load_n(&door, __ATOMIC_ACQUIRE) >= s->value;
    case ENV_D_READ:
        fetch(target(s), 1);
        env_expect(s->value == 0 || scratch_byte(0) == s->value);
        return true;
    case ENV_D_WRITE:
        put(target(s), s->value);
        return true;
    case ENV_D_DONE:
        __atomic_fetch_add(&done, 1u, __ATOMIC_RELEASE);
        return true;
    case ENV_D_IRQ:
        __atomic_fetch_add(&done, 1u, __ATOMIC_RELEASE);
        mmio_write32(regs + EDU_RAISE, 1);
        return true;
    case ENV_D_DESC:
        take_descriptor(s);
        return true;
    case ENV_D_POLL:
        return fetch_word(env_state->buf[s->map].phys + 4u * (uint32_t)s->at) == s->value;
    case ENV_D_WORD:
        env_expect(fetch_word(env_state->buf[s->map].phys + 4u * (uint32_t)s->at) == s->value);
        return true;
    case ENV_D_END:
        break;
    }
    return false;
}

/* Interrupts stay on: the script's own one may come while its last step is played. */
void device_play(void)
{
    if (__atomic_exchange_n(&busy, 1u, __ATOMIC_ACQUIRE) != 0) {
        return;
    }
    while (play_step(step)) {
        step++;
    }
    __atomic_store_n(&busy, 0u, __ATOMIC_RELEASE);
}
