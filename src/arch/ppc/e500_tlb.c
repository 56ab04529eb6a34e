/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Reading and writing this CPU's TLBs through the MAS registers. Source: [PPC-E500-MMU].
 *
 * The MAS registers are the working registers of the host's miss handlers, so nothing may miss between
 * two steps, no interrupt may come in (its handler may miss), and they are put back: whoever was
 * interrupted, or called us, may be about to use them. TLB1 entries are this CPU's own; nothing here is
 * broadcast.
 */
#include "e500.h"
#include "e500_insn.h"

#include <dmacoh/port.h>

#define TLB1CFG_ENTRIES 0x00000fffu
#define MAS0_TLBSEL     0x30000000u
#define MAS1_TSIZE(v)   ((v) >> 8 & 0xfu) /* 4^n KiB */
#define MAS2_EPN        0xfffff000u
#define MAS3_RPN        0xfffff000u
#define MAS6_SPID(pid)  ((uint32_t)(pid) << 16)
#define HID0_MAS7       0x00000080u /* searches and reads update MAS7 */

struct saved {
    uintptr_t irq;
    uint32_t mas0, mas1, mas2, mas3, mas6, mas7, hid0;
};

static bool has_mas7(const struct dmacoh *c)
{
    return (c->policy->flags & E500_P_PA36) != 0;
}

/* Before a search or a read. */
static void mas_save(const struct dmacoh *c, struct saved *s)
{
    s->mas0 = insn_read_mas0();
    s->mas1 = insn_read_mas1();
    s->mas2 = insn_read_mas2();
    s->mas3 = insn_read_mas3();
    s->mas6 = insn_read_mas6();
    if (has_mas7(c)) {
        s->mas7 = insn_read_mas7();
        s->hid0 = insn_read_hid0();
        insn_write_hid0(s->hid0 | HID0_MAS7);
    }
}

static void mas_restore(const struct dmacoh *c, const struct saved *s)
{
    if (has_mas7(c)) {
        insn_write_hid0(s->hid0);
        insn_write_mas7(s->mas7);
    }
    insn_write_mas6(s->mas6);
    insn_write_mas3(s->mas3);
    insn_write_mas2(s->mas2);
    insn_write_mas1(s->mas1);
    insn_write_mas0(s->mas0);
    insn_isync();
}

/* What a search or a read has left. */
static bool mas_entry(const struct dmacoh *c, struct e500_entry *e)
{
    e->mas0 = insn_read_mas0();
    e->mas1 = insn_read_mas1();
    e->mas2 = insn_read_mas2();
    e->mas3 = insn_read_mas3();
    e->mas7 = has_mas7(c) ? insn_read_mas7() : 0;
    return (e->mas1 & MAS1_VALID) != 0;
}

uint32_t e500_tlb1_entries(void)
{
    return insn_read_tlb1cfg() & TLB1CFG_ENTRIES;
}

bool e500_tlb1_read(const struct dmacoh *c, uint32_t i, struct e500_entry *e)
{
    struct saved s = {.irq = dmacoh_port_irq_save()};

    mas_save(c, &s);
    insn_write_mas0(MAS0_TLB1(i));
    insn_isync();
    insn_tlbre();
    const bool valid = mas_entry(c, e);

    mas_restore(c, &s);
    dmacoh_port_irq_restore(s.irq);
    return valid;
}

bool e500_tlb_search(const struct dmacoh *c, uintptr_t va, struct e500_entry *e)
{
    struct saved s = {.irq = dmacoh_port_irq_save()};

    mas_save(c, &s);
    insn_write_mas6(MAS6_SPID(insn_read_pid0()));
    insn_isync();
    insn_tlbsx(va);
    const bool found = mas_entry(c, e);

    mas_restore(c, &s);
    dmacoh_port_irq_restore(s.irq);
    return found;
}

uintptr_t e500_entry_va(const struct e500_entry *e)
{
    return e->mas2 & MAS2_EPN;
}

/* TLB0 has pages of 4 KiB only, whatever the size field of its entries says. */
struct ppc_map e500_entry_map(const struct e500_entry *e)
{
    const uint32_t log = (e->mas0 & MAS0_TLBSEL) != 0 ? 2u * MAS1_TSIZE(e->mas1) + 10u : 12u;

    return (struct ppc_map){.phys = (dmacoh_phys_t)e->mas7 << 32 | (e->mas3 & MAS3_RPN),
                            .size = UINT64_C(1) << log,
                            .wimg = e->mas2 >> 1 & PPC_WIMG};
}

/*
 * An entry that is not there may be in the host's tables: an access brings it. It is one that does no
 * harm; a load would bring in a line of cached memory, and must not meet one in uncached memory.
 */
bool e500_tlb_get(const struct dmacoh *c, uintptr_t va, struct e500_entry *e)
{
    const uintptr_t irq = dmacoh_port_irq_save(); /* the entry stays until it is read */
    bool found = e500_tlb_search(c, va, e);

    if (!found) {
        insn_dcbst(va);
        found = e500_tlb_search(c, va, e);
    }
    dmacoh_port_irq_restore(irq);
    return found;
}

bool e500_find(const struct dmacoh *c, uintptr_t va, struct ppc_map *map)
{
    struct e500_entry e;

    if (!e500_tlb_get(c, va, &e)) {
        return false;
    }
    *map = e500_entry_map(&e);
    const uint64_t in_entry = va - e500_entry_va(&e);

    map->phys += in_entry;
    map->size -= in_entry;
    return true;
}
