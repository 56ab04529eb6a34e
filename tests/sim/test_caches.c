/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Caches by virtual address, write-through, snooped caches without broadcast maintenance, unordered
 * maintenance, range operations: what a driver must do there, and what happens if it does not.
 */
#include <check.h>

#include "armv7a_insn.h"
#include "mem_insn.h"
#include "rig.h"
#include "sim_insn.h"

#define BUF   RIG_BUF
#define C(pa) RIG_C(pa)
#define D(pa) (0xd0000000u + (pa))
#define OTHER 0x80003000u /* a page on BUF: another colour than its address in the linear map */
#define SAME  0x80004000u /* a page on BUF: the same colour */
#define NEXT  (BUF + rig_line)

/* ---- machines ---- */

static void second_map(struct sim *s)
{
    sim_map_sections(s, D(0), 0, 1, SIM_MEM_CACHED);
}

static void two_pages(struct sim *s)
{
    sim_map_page(s, OTHER, BUF, SIM_MEM_CACHED);
    sim_map_page(s, SAME, BUF, SIM_MEM_CACHED);
}

static void many_maps(struct sim *s)
{
    sim_map_sections(s, D(0), 0, 1, SIM_MEM_CACHED);
    sim_map_sections(s, 0xd0100000u, 0, 1, SIM_MEM_CACHED);
    sim_map_sections(s, 0xd0200000u, 0, 1, SIM_MEM_CACHED);
}

static void write_through_page(struct sim *s)
{
    sim_map_page(s, OTHER, RIG_HIGH, SIM_MEM_WRITE_THROUGH);
}

static void no_colours(struct sim_model *m)
{
    m->alias_boundary = 0;
}

static void with_broadcast(struct sim_model *m)
{
    m->cmo_broadcast = true;
}

static void with_speculation(struct sim_model *m)
{
    m->no_speculation = false;
}

static void unordered(struct sim_model *m)
{
    m->cmo_unordered = true;
}

static void own_raw(void *arg)
{
    (void)arg;
    sim_own(BUF, 64, SIM_OWN_RAW);
}

/* ---- devices ---- */

static void dev_read(void *arg)
{
    (void)arg;
    sim_dev_wait(rig_door, 1);
    (void)sim_dev_load(BUF);
    sim_dev_done(rig_done);
}

static void dev_write(void *arg)
{
    (void)arg;
    sim_dev_wait(rig_door, 1);
    sim_dev_store(BUF, 0x55);
    sim_dev_done(rig_done);
}

/* ---- two addresses of a line ---- */

static void send_through(uint32_t store, uint32_t clean)
{
    sim_store8(store, 0xa0);
    insn_dsb();
    insn_dccmvac(clean);
    insn_dsb();
    sim_own(BUF, rig_line, SIM_OWN_TO);
    sim_doorbell(rig_door);
}

static void clean_same(void *arg)
{
    (void)arg;
    send_through(C(BUF), C(BUF));
}

static void clean_other_map(void *arg)
{
    (void)arg;
    send_through(C(BUF), D(BUF));
}

static void clean_other_colour(void *arg)
{
    (void)arg;
    send_through(C(BUF), OTHER);
}

static void clean_same_colour(void *arg)
{
    (void)arg;
    send_through(C(BUF), SAME);
}

static void store_then_load(uint32_t store, uint32_t load)
{
    sim_store8(store, 0xa0);
    insn_dsb();
    (void)sim_load8(load);
}

static void load_other_map(void *arg)
{
    (void)arg;
    store_then_load(C(BUF), D(BUF));
}

static void load_other_colour(void *arg)
{
    (void)arg;
    store_then_load(OTHER, C(BUF));
}

static void load_same_colour(void *arg)
{
    (void)arg;
    store_then_load(SAME, C(BUF));
}

/* Both addresses in order: the writer's is cleaned, the reader's invalidated. */
static void handed_over_between_maps(void *arg)
{
    (void)arg;
    sim_store8(C(BUF), 0xa0);
    insn_dsb();
    insn_dccimvac(C(BUF));
    insn_dsb();
    insn_dcimvac(D(BUF));
    insn_dsb();
    (void)sim_load8(D(BUF));
}

/* An alias that nobody uses is fetched, too, and goes stale. */
static void receive(uint32_t inval, uint32_t load)
{
    insn_dccimvac(C(BUF));
    insn_dsb();
    sim_own(BUF, 64, SIM_OWN_FROM);
    sim_doorbell(rig_door);
    sim_wait(rig_done, 1);
    sim_dev_reg_read(0);
    insn_dmb();
    sim_own(BUF, 64, SIM_OWN_LIB);
    if (inval != 0) {
        insn_dcimvac(inval);
    }
    insn_dsb();
    sim_own(BUF, 64, SIM_OWN_CPU);
    (void)sim_load8(load);
}

static void receive_here(void *arg)
{
    (void)arg;
    receive(C(BUF), C(BUF));
}

static void receive_elsewhere(void *arg)
{
    (void)arg;
    receive(C(BUF), D(BUF));
}

static void receive_other_colour(void *arg)
{
    (void)arg;
    receive(C(BUF), OTHER);
}

static void receive_once(void *arg)
{
    (void)arg;
    receive(0, C(BUF));
}

/* ---- write-through ---- */

static void send_without_clean(void *arg)
{
    (void)arg;
    sim_store8(C(BUF), 0xa0);
    insn_dsb();
    sim_own(BUF, rig_line, SIM_OWN_TO);
    sim_doorbell(rig_door);
}

static void send_without_barrier(void *arg)
{
    (void)arg;
    sim_store8(C(BUF), 0xa0);
    sim_own(BUF, rig_line, SIM_OWN_TO);
    sim_doorbell(rig_door);
}

static void never_dirty(void *arg)
{
    (void)arg;
    sim_store8(C(BUF), 0xa0);
    insn_dsb();
    sim_own(BUF, 64, SIM_OWN_FROM); /* and no DIRTY_UNDER_DMA */
}

static void store_to_page(void *arg)
{
    (void)arg;
    sim_store8(OTHER, 0xa0);
    insn_dsb();
    sim_own(RIG_HIGH, rig_line, SIM_OWN_TO);
    sim_doorbell(rig_door);
}

static void dev_read_high(void *arg)
{
    (void)arg;
    sim_dev_wait(rig_door, 1);
    (void)sim_dev_load(RIG_HIGH);
}

/* ---- snooped caches whose maintenance stays on its CPU ---- */

static void store_and_tell(void *arg)
{
    (void)arg;
    sim_store8(C(BUF), 0xa0);
    insn_dsb();
    sim_flag_set(rig_told, 1);
}

static void clean_there(void *arg)
{
    (void)arg;
    sim_wait(rig_told, 1);
    insn_dccmvac(C(BUF));
    insn_dsb();
    sim_own(BUF, 64, SIM_OWN_TO);
    sim_doorbell(rig_door);
}

static void read_and_clean_there(void *arg)
{
    (void)arg;
    sim_wait(rig_told, 1);
    (void)insn_load8(C(BUF));
    insn_dccmvac(C(BUF));
    insn_dsb();
    sim_own(BUF, 64, SIM_OWN_TO);
    sim_doorbell(rig_door);
}

/* Reading and writing a byte back makes the line this CPU's, before it is invalidated. */
static void take_and_invalidate(bool take, uint32_t at)
{
    sim_wait(rig_told, 1);
    sim_own(BUF, 32, SIM_OWN_LIB);
    sim_call_begin();
    sim_call_range(BUF, 32);
    if (take) {
        insn_store8(C(at), insn_load8(C(at)));
    }
    insn_dccimvac(C(BUF));
    insn_dsb();
    sim_own(BUF, 32, SIM_OWN_FROM);
    sim_call_end();
    sim_doorbell(rig_door);
    sim_wait(rig_done, 1);
    sim_dev_reg_read(0);
    insn_dmb();
    sim_own(BUF, 32, SIM_OWN_CPU);
    (void)sim_load8(C(BUF));
}

static void take_ownership(void *arg)
{
    (void)arg;
    take_and_invalidate(true, BUF + 4);
}

static void take_no_ownership(void *arg)
{
    (void)arg;
    take_and_invalidate(false, BUF);
}

static void take_by_neighbour(void *arg)
{
    (void)arg;
    take_and_invalidate(true, BUF + 32);
}

/* ---- maintenance that nothing but a DSB orders ---- */

static void clean_at_once(void *arg)
{
    (void)arg;
    sim_store8(C(BUF), 0xa0);
    insn_dccmvac(C(BUF));
    insn_dsb();
    sim_own(BUF, rig_line, SIM_OWN_TO);
    sim_doorbell(rig_door);
}

static void clean_after_dmb(void *arg)
{
    (void)arg;
    sim_store8(C(BUF), 0xa0);
    insn_dmb();
    insn_dccmvac(C(BUF));
    insn_dsb();
    sim_own(BUF, rig_line, SIM_OWN_TO);
    sim_doorbell(rig_door);
}

static void load_at_once(void *arg)
{
    (void)arg;
    sim_doorbell(rig_door);
    sim_wait(rig_done, 1);
    sim_dev_reg_read(0);
    insn_dsb();
    insn_dcimvac(C(BUF));
    (void)sim_load8(C(BUF));
}

/* ---- range operations ---- */

static void range_send(void *arg)
{
    (void)arg;
    sim_store8(C(BUF), 0xa0);
    sim_store8(C(NEXT), 0xa1);
    insn_dsb();
    sim_insn_range_start(C(BUF));
    sim_insn_range_end(SIM_INSN_CLEAN, C(NEXT));
    insn_dsb();
    sim_own(BUF, 2 * rig_line, SIM_OWN_TO);
    sim_doorbell(rig_door);
}

static void range_send_masked(void *arg)
{
    (void)arg;
    sim_store8(C(BUF), 0xa0);
    insn_dsb();
    const uintptr_t was = sim_irq_save();
    sim_insn_range_start(C(BUF));
    sim_insn_range_end(SIM_INSN_CLEAN, C(BUF));
    sim_irq_restore(was);
    insn_dsb();
    sim_own(BUF, rig_line, SIM_OWN_TO);
    sim_doorbell(rig_door);
}

static void range_without_start(void *arg)
{
    (void)arg;
    sim_insn_range_end(SIM_INSN_CLEAN, C(BUF));
}

static void range_in_handler(void *arg)
{
    (void)arg;
    sim_insn_range_start(C(BUF + 0x200));
    sim_insn_range_end(SIM_INSN_INVAL, C(BUF + 0x200));
}

static void interrupted(struct sim *s)
{
    (void)sim_irq(s, 0, range_in_handler, NULL, 1);
}

static void interrupted_by_fast(struct sim *s)
{
    sim_irq_urgent(s, sim_irq(s, 0, range_in_handler, NULL, 1));
}

static const struct rig_case cases[] = {
    {"VIVT: clean by the same address", SIM_OK, .cpu0 = clean_same, .dev = dev_read,
     .model = "arm926", .tune = second_map},
    {"VIVT: clean by another address", SIM_STALE_DEV, .cpu0 = clean_other_map, .dev = dev_read,
     .model = "arm926", .tune = second_map},
    {"PIPT: clean by another address", SIM_OK, .cpu0 = clean_other_map, .dev = dev_read,
     .tune = second_map},
    {"VIVT: load by another address", SIM_STALE_CPU, .cpu0 = load_other_map, .model = "arm926",
     .tune = second_map},
    {"VIVT: clean here, invalidate there", SIM_OK, .cpu0 = handed_over_between_maps,
     .model = "arm926", .tune = second_map},
    {"VIVT: four addresses", SIM_STALE_CPU, .cpu0 = load_other_map, .model = "arm926",
     .tune = many_maps},
    {"VIVT: receive", SIM_OK, .cpu0 = receive_here, .dev = dev_write, .model = "arm926",
     .tune = second_map},
    {"VIVT: receive, read elsewhere", SIM_STALE_CPU, .cpu0 = receive_elsewhere, .dev = dev_write,
     .model = "arm926", .tune = second_map},
    {"VIPT: clean by another colour", SIM_STALE_DEV, .cpu0 = clean_other_colour, .dev = dev_read,
     .model = "arm1176", .tune = two_pages},
    {"VIPT: clean by the same colour", SIM_OK, .cpu0 = clean_same_colour, .dev = dev_read,
     .model = "arm1176", .tune = two_pages},
    {"VIPT: load by another colour", SIM_STALE_CPU, .cpu0 = load_other_colour, .model = "arm1176",
     .tune = two_pages},
    {"VIPT: load by the same colour", SIM_OK, .cpu0 = load_same_colour, .model = "arm1176",
     .tune = two_pages},
    {"VIPT: receive, read by another colour", SIM_STALE_CPU, .cpu0 = receive_other_colour,
     .dev = dev_write, .model = "arm1176", .tune = two_pages},
    {"VIPT without aliases", SIM_OK, .cpu0 = clean_other_colour, .dev = dev_read,
     .model = "arm1176", .tune = two_pages, .row = no_colours},
    {"write-through: no clean", SIM_OK, .cpu0 = send_without_clean, .dev = dev_read,
     .model = "arm926-wt"},
    {"write-back: no clean", SIM_STALE_DEV, .cpu0 = send_without_clean, .dev = dev_read,
     .model = "arm926"},
    {"write-through: no barrier", SIM_DOORBELL, .cpu0 = send_without_barrier, .dev = dev_read,
     .model = "arm926-wt"},
    {"write-through: no line is dirty", SIM_OK, .cpu0 = never_dirty, .model = "arm926-wt"},
    {"write-through page", SIM_OK, .cpu0 = store_to_page, .dev = dev_read_high,
     .tune = write_through_page},
    {"peer: clean there", SIM_STALE_DEV, .cpu0 = store_and_tell, .cpu1 = clean_there,
     .dev = dev_read, .model = "arm11mpcore"},
    {"peer: clean there, with broadcast", SIM_OK, .cpu0 = store_and_tell, .cpu1 = clean_there,
     .dev = dev_read, .model = "arm11mpcore", .row = with_broadcast},
    {"peer: read, then clean there", SIM_OK, .cpu0 = store_and_tell, .cpu1 = read_and_clean_there,
     .dev = dev_read, .setup = own_raw, .model = "arm11mpcore"},
    {"peer: invalidate there", SIM_DIRTY_UNDER_DMA, .cpu0 = store_and_tell,
     .cpu1 = take_no_ownership, .dev = dev_write, .model = "arm11mpcore"},
    {"peer: take the line, invalidate", SIM_OK, .cpu0 = store_and_tell, .cpu1 = take_ownership,
     .dev = dev_write, .model = "arm11mpcore"},
    {"peer: take the line, and speculate", SIM_STALE_CPU, .cpu0 = store_and_tell,
     .cpu1 = take_ownership, .dev = dev_write, .model = "arm11mpcore", .row = with_speculation},
    {"peer: take the line by a neighbour's byte", SIM_NEVER_TOUCH, .cpu0 = store_and_tell,
     .cpu1 = take_by_neighbour, .dev = dev_write, .model = "arm11mpcore"},
    {"no speculation: no invalidation after", SIM_OK, .cpu0 = receive_once, .dev = dev_write,
     .model = "arm11mpcore"},
    {"speculation: no invalidation after", SIM_STALE_CPU, .cpu0 = receive_once, .dev = dev_write,
     .model = "arm11mpcore", .row = with_speculation},
    {"ordered: store, clean", SIM_OK, .cpu0 = clean_at_once, .dev = dev_read},
    {"unordered: store, clean", SIM_STALE_DEV, .cpu0 = clean_at_once, .dev = dev_read,
     .row = unordered},
    {"unordered: store, DMB, clean", SIM_STALE_DEV, .cpu0 = clean_after_dmb, .dev = dev_read,
     .row = unordered},
    {"unordered: store, DSB, clean", SIM_OK, .cpu0 = clean_same, .dev = dev_read, .row = unordered},
    {"ordered: invalidate, load", SIM_OK, .cpu0 = load_at_once, .dev = dev_write, .setup = own_raw},
    {"unordered: invalidate, load", SIM_STALE_CPU, .cpu0 = load_at_once, .dev = dev_write,
     .setup = own_raw, .row = unordered},
    {"range of two lines", SIM_OK, .cpu0 = range_send, .dev = dev_read, .model = "feroceon"},
    {"range, interrupted by another", SIM_CONFUSED, .cpu0 = range_send, .dev = dev_read,
     .model = "feroceon", .tune = interrupted},
    {"range with interrupts off", SIM_OK, .cpu0 = range_send_masked, .dev = dev_read,
     .model = "feroceon", .tune = interrupted},
    {"range and a fast interrupt", SIM_CONFUSED, .cpu0 = range_send_masked, .dev = dev_read,
     .model = "feroceon", .tune = interrupted_by_fast},
    {"range without a start", SIM_CONFUSED, .cpu0 = range_without_start, .model = "feroceon"},
};

START_TEST(cache)
{
    rig_check(&cases[_i]);
}
END_TEST

static void add(TCase *tc)
{
    tcase_add_loop_test(tc, cache, 0, (int)(sizeof cases / sizeof cases[0]));
}

int main(void)
{
    return rig_main("sim_caches", add);
}
