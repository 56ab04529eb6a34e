/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Reading this CPU's TLB. Sources: [PPC-440-MMU], [PPC-405-MMU], [PPC-476].
 *
 * Reading an entry leaves its process in MMUCR, on 405 in the register of the current process. Both
 * belong to the host and its miss handlers, so they are put back, and no interrupt may come in between.
 * Entries are this CPU's own.
 */
#include "ppc44x.h"
#include "ppc44x_insn.h"

#include <dmacoh/port.h>

#define MMUCR_STID 0x000000ffu
#define MMUCR_STS  0x00010000u

#define EPN           0xfffffc00u
#define RPN           0xfffffc00u
#define WORD1_ERPN    0x0000000fu
#define WORD0_SIZE    4u /* shift; 4^n KiB */
#define WORD2_WIMG    8u /* shift */
#define VALID_405     0x00000040u
#define SIZE_405      7u /* shift; 4^n KiB */
#define SIZE_BITS_476 6u

#define MSR_DR    0x00000010u
#define DCCR_SIZE 0x08000000u /* bytes that a bit of DCCR stands for */

static bool is_405(const struct dmacoh *c)
{
    return (c->policy->flags & PPC44X_P_405) != 0;
}

static void read_words(const struct dmacoh *c, uint32_t i, struct ppc44x_entry *e)
{
    if (is_405(c)) {
        const uint32_t pid = insn_read_pid_405();
        const uint32_t word = insn_tlbre0(i);

        insn_write_pid_405(pid);
        insn_isync();
        e->word[0] = word;
        e->word[1] = insn_tlbre1(i);
        e->word[2] = 0;
    } else {
        e->word[0] = insn_tlbre0(i);
        e->word[1] = insn_tlbre1(i);
        e->word[2] = insn_tlbre2(i);
    }
}

bool ppc44x_tlb_read(const struct dmacoh *c, uint32_t i, struct ppc44x_entry *e)
{
    const uintptr_t irq = dmacoh_port_irq_save();
    const uint32_t mmucr = is_405(c) ? 0 : insn_read_mmucr();

    read_words(c, i, e);
    if (!is_405(c)) {
        insn_write_mmucr(mmucr);
        insn_isync();
    }
    dmacoh_port_irq_restore(irq);
    return (e->word[0] & (is_405(c) ? VALID_405 : WORD0_VALID)) != 0;
}

bool ppc44x_tlb_search(const struct dmacoh *c, uintptr_t va, struct ppc44x_entry *e)
{
    const uintptr_t irq = dmacoh_port_irq_save();
    uint32_t mmucr = 0;

    if (!is_405(c)) {
        mmucr = insn_read_mmucr();
        insn_write_mmucr((mmucr & ~(MMUCR_STID | MMUCR_STS)) | (insn_read_pid() & MMUCR_STID));
    }
    insn_isync();
    const uint32_t i = insn_tlbsx(va);

    if (i != UINT32_MAX) {
        read_words(c, i, e);
    }
    if (!is_405(c)) {
        insn_write_mmucr(mmucr);
        insn_isync();
    }
    dmacoh_port_irq_restore(irq);
    return i != UINT32_MAX;
}

uintptr_t ppc44x_entry_va(const struct ppc44x_entry *e)
{
    return e->word[0] & EPN;
}

/* The size of 476 is a mask of the steps between its page sizes. */
static uint32_t log_476(uint32_t word0)
{
    static const uint8_t logs[SIZE_BITS_476 + 1u] = {12, 14, 16, 20, 24, 28, 30};
    uint32_t n = 0;

    while (n < SIZE_BITS_476 && (word0 >> (WORD0_SIZE + n) & 1u) != 0) {
        n++;
    }
    return logs[n];
}

struct ppc_map ppc44x_entry_map(const struct dmacoh *c, const struct ppc44x_entry *e)
{
    struct ppc_map map = {.phys = e->word[1] & RPN};
    uint32_t log;

    if (is_405(c)) {
        log = 2u * (e->word[0] >> SIZE_405 & 7u) + 10u;
        map.wimg = e->word[1] & PPC_WIMG;
    } else {
        log = 2u * (e->word[0] >> WORD0_SIZE & 0xfu) + 10u;
        if ((c->policy->flags & PPC44X_P_476) != 0) {
            log = log_476(e->word[0]);
        }
        map.phys |= (dmacoh_phys_t)(e->word[1] & WORD1_ERPN) << 32;
        map.wimg = e->word[2] >> WORD2_WIMG & PPC_WIMG;
    }
    map.size = UINT64_C(1) << log;
    return map;
}

bool ppc44x_untranslated(const struct dmacoh *c)
{
    return is_405(c) && (insn_read_msr() & MSR_DR) == 0;
}

/* Without translation a register of 32 bits says what is cached. */
static void find_untranslated(uintptr_t va, struct ppc_map *map)
{
    const uint32_t bit = 0x80000000u >> ((uint32_t)va / DCCR_SIZE);

    map->phys = va;
    map->size = DCCR_SIZE - ((uint32_t)va & (DCCR_SIZE - 1u));
    map->wimg = (insn_read_dccr() & bit) != 0 ? 0 : PPC_I;
}

/*
 * An entry that is not there may be in the host's tables: an access brings it. It is one that does no
 * harm; a load would bring in a line of cached memory, and one that meets a line of uncached memory has
 * no defined result.
 */
bool ppc44x_tlb_get(const struct dmacoh *c, uintptr_t va, struct ppc44x_entry *e)
{
    const uintptr_t irq = dmacoh_port_irq_save(); /* the entry stays until it is read */
    bool found = ppc44x_tlb_search(c, va, e);

    if (!found) {
        insn_dcbst(va);
        found = ppc44x_tlb_search(c, va, e);
    }
    dmacoh_port_irq_restore(irq);
    return found;
}

bool ppc44x_find(const struct dmacoh *c, uintptr_t va, struct ppc_map *map)
{
    struct ppc44x_entry e;

    if (ppc44x_untranslated(c)) {
        find_untranslated(va, map);
        return true;
    }
    if (!ppc44x_tlb_get(c, va, &e)) {
        return false;
    }
    *map = ppc44x_entry_map(c, &e);
    const uint64_t in_entry = va & (map->size - 1u);

    map->phys += in_entry;
    map->size -= in_entry;
    return true;
}
