/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The oracles of memory, one case for each thing they must report and must not report. */
#include <check.h>

#include "armv7a_insn.h"
#include "mem_insn.h"
#include "rig.h"

#define BUF   RIG_BUF
#define C(pa) RIG_C(pa)
#define NEXT  (BUF + rig_line)

/* ---- CPUs ---- */

static void touch_owned(void *arg)
{
    (void)arg;
    sim_own(BUF, rig_line, SIM_OWN_FROM);
    (void)sim_load8(C(BUF));
}

static void store_under_to(void *arg)
{
    (void)arg;
    sim_own(BUF, rig_line, SIM_OWN_TO);
    (void)sim_load8(C(BUF));
    sim_store8(C(BUF), 1);
}

static void dirty_handover(void *arg)
{
    (void)arg;
    sim_store8(C(BUF), 0xa0);
    insn_dsb();
    sim_own(BUF, rig_line, SIM_OWN_FROM);
}

static void inval_dirty(void *arg)
{
    (void)arg;
    sim_store8(C(BUF), 0xa0);
    insn_dsb();
    insn_dcimvac(C(BUF));
    insn_dsb();
}

/* What the caller gave up may be lost: inside a call, and after "undefined". */
static void inval_given_up(void *arg)
{
    (void)arg;
    sim_store8(C(BUF), 0xa0);
    insn_dsb();
    sim_own(BUF, rig_line, SIM_OWN_LIB);
    insn_dcimvac(C(BUF));
    insn_dsb();
    sim_own(BUF, rig_line, SIM_OWN_CPU);
    sim_forget(BUF, rig_line);
    (void)sim_load8(C(BUF));
    sim_store8(C(NEXT), 0xa1);
    insn_dsb();
    sim_forget(NEXT, 1);
    insn_dcimvac(C(NEXT));
    insn_dsb();
    (void)sim_load8(C(NEXT));
}

static void load_nowhere(void *arg)
{
    (void)arg;
    (void)sim_load8(0x10000000u);
}

static void load_unaligned(void *arg)
{
    (void)arg;
    (void)sim_load32(C(BUF) + 2);
}

static void clean_nowhere(void *arg)
{
    (void)arg;
    insn_dccmvac(0x10000000u);
}

static void wrong_value(void *arg)
{
    (void)arg;
    sim_store8(C(BUF), 7);
    sim_expect(sim_load8(C(BUF)) == 7);
    sim_expect(sim_load8(C(BUF)) == 8);
}

static void ring(void *arg)
{
    (void)arg;
    sim_doorbell(rig_door);
}

/* A hand-over of 8 bytes whose line has bytes of the CPU, too. */
static void part_of_line(void *arg)
{
    (void)arg;
    sim_own(BUF, 8, SIM_OWN_FROM);
}

/* A whole line, but half of the granule that a write-back of another master may cover. */
static void part_of_granule(void *arg)
{
    (void)arg;
    sim_own(BUF + 32, 32, SIM_OWN_BIDI);
}

static void whole_granule(void *arg)
{
    (void)arg;
    sim_own(BUF, 64, SIM_OWN_BIDI);
}

static void give_to(void *arg)
{
    (void)arg;
    sim_own(BUF, rig_line, SIM_OWN_TO);
    sim_doorbell(rig_door);
}

static void give_from(void *arg)
{
    (void)arg;
    sim_own(BUF, rig_line, SIM_OWN_FROM);
    sim_doorbell(rig_door);
    sim_wait(rig_done, 1);
    sim_expect(sim_counts_now().warnings == 1);
}

static void give_written(void *arg)
{
    (void)arg;
    sim_own(BUF, rig_line, SIM_OWN_FROM);
    sim_doorbell(rig_door);
    sim_wait(rig_done, 1);
}

static void give_late(void *arg)
{
    (void)arg;
    sim_own(BUF, rig_line, SIM_OWN_LIB);
    sim_doorbell(rig_door);
    sim_nop(); /* owners change without a step: the device needs a moment */
    sim_own(BUF, rig_line, SIM_OWN_FROM);
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

static void dev_past_ram(void *arg)
{
    (void)arg;
    sim_dev_wait(rig_door, 1);
    (void)sim_dev_load(0x40000000u);
}

/* The same byte at another bus address, and a byte that lies at BUF only for a narrow master. */
static void dev_write_far(void *arg)
{
    (void)arg;
    sim_dev_wait(rig_door, 1);
    sim_dev_store(0x80000000u + BUF, 0x55);
    sim_dev_done(rig_done);
}

static void dev_into_tables(void *arg)
{
    (void)arg;
    sim_dev_wait(rig_door, 1);
    sim_dev_store32(0x8004, 0);
}

/* ---- translations ---- */

static void own_high(void *arg)
{
    (void)arg;
    sim_own(RIG_HIGH, 0x2000, SIM_OWN_CPU);
}

static void move_window(void *arg)
{
    (void)arg;
    insn_store32(RIG_PTE, 0);
    insn_dsb();
    insn_tlbimvaais(RIG_PG);
    insn_dsb();
    insn_isb();
    insn_store32(RIG_PTE, sim_small_page(RIG_HIGH + 0x1000u, SIM_MEM_CACHED));
    insn_dsb();
    insn_isb();
    (void)sim_load8(RIG_PG);
}

static void retype_page(void *arg)
{
    (void)arg;
    insn_store32(RIG_PTE, sim_small_page(RIG_NC, SIM_MEM_CACHED));
    insn_dsb();
}

static void idle(void *arg)
{
    (void)arg;
    sim_nop();
}

static void in_a_bus_window(struct sim *s)
{
    sim_device_bus(s, 0, UINT64_MAX, 0x80000000u, 0, 0x100000u);
}

static void beside_the_bus_window(struct sim *s)
{
    sim_device_bus(s, 0, UINT64_MAX, 0xc0000000u, 0, 0x100000u);
}

static void with_31_lines(struct sim *s)
{
    sim_device_bus(s, 0, 0x7fffffffu, 0, 0, 0);
}

static void as_window(struct sim *s)
{
    sim_map_page(s, RIG_PG, RIG_HIGH, SIM_MEM_CACHED);
    sim_window_va(s, 0, RIG_PG, 4096);
}

static void as_page(struct sim *s)
{
    sim_map_page(s, RIG_PG, RIG_HIGH, SIM_MEM_CACHED);
}

static void watched(struct sim *s)
{
    sim_watch_va(s, RIG_PG, 4096);
}

static void strict(struct sim *s)
{
    sim_strict_from(s, true);
}

static const struct rig_case cases[] = {
    {"cpu loads FROM bytes", SIM_OWNED, .cpu0 = touch_owned},
    {"cpu stores TO bytes", SIM_OWNED, .cpu0 = store_under_to},
    {"hand-over of a dirty line", SIM_DIRTY_UNDER_DMA, .cpu0 = dirty_handover},
    {"inval of a dirty line", SIM_DIRTY_LOST, .cpu0 = inval_dirty},
    {"inval of what was given up", SIM_OK, .cpu0 = inval_given_up},
    {"load without translation", SIM_FAULT, .cpu0 = load_nowhere},
    {"unaligned load", SIM_FAULT, .cpu0 = load_unaligned},
    {"clean without translation", SIM_FAULT, .cpu0 = clean_nowhere},
    {"sim_expect", SIM_EXPECT, .cpu0 = wrong_value},
    {"part of a 64-byte line", SIM_SHARED_LINE, .cpu0 = part_of_line},
    {"part of a 16-byte line", SIM_SHARED_LINE, .cpu0 = part_of_line, .line = 16, .granule = 16},
    {"part of a granule", SIM_SHARED_LINE, .cpu0 = part_of_granule, .model = "generic-v7-step32"},
    {"a whole granule", SIM_OK, .cpu0 = whole_granule, .model = "generic-v7-step32"},
    {"a line that is its granule", SIM_OK, .cpu0 = part_of_granule, .line = 32, .granule = 32},
    {"device reads TO bytes", SIM_OK, .cpu0 = give_to, .dev = dev_read},
    {"device writes TO bytes", SIM_DIRECTION, .cpu0 = give_to, .dev = dev_write},
    {"device reads FROM bytes", SIM_OK, .cpu0 = give_from, .dev = dev_read},
    {"device reads FROM, strict", SIM_DIRECTION, .cpu0 = give_from, .dev = dev_read,
     .tune = strict},
    {"device reads the CPU's bytes", SIM_NOT_MAPPED, .cpu0 = ring, .dev = dev_read},
    {"device writes the CPU's bytes", SIM_NOT_MAPPED, .cpu0 = ring, .dev = dev_write},
    {"device reads no RAM", SIM_NOT_MAPPED, .cpu0 = ring, .dev = dev_past_ram},
    {"device writes tables", SIM_NOT_MAPPED, .cpu0 = ring, .dev = dev_into_tables},
    {"a bus window", SIM_OK, .cpu0 = give_written, .dev = dev_write_far, .tune = in_a_bus_window},
    {"beside the bus window", SIM_NOT_MAPPED, .cpu0 = give_written, .dev = dev_write_far,
     .tune = beside_the_bus_window},
    {"a narrow master writes below", SIM_NOT_MAPPED, .cpu0 = ring, .dev = dev_write_far,
     .tune = with_31_lines},
    {"device reads during a call", SIM_DEV_TOO_EARLY, .cpu0 = give_late, .dev = dev_read},
    {"device writes during a call", SIM_DEV_TOO_EARLY, .cpu0 = give_late, .dev = dev_write},
    {"798181: own window", SIM_OK, .cpu0 = move_window, .cpu1 = idle, .setup = own_high,
     .tune = as_window, .model = "cortex-a15"},
    {"798181: any other page", SIM_BBM, .cpu0 = move_window, .cpu1 = idle, .setup = own_high,
     .tune = as_page, .model = "cortex-a15"},
    {"no 798181: any page", SIM_OK, .cpu0 = move_window, .cpu1 = idle, .setup = own_high,
     .tune = as_page, .model = "cortex-a15-r4"},
    {"one page, two types", SIM_ALIAS, .cpu0 = retype_page, .tune = watched},
};

START_TEST(oracle)
{
    rig_check(&cases[_i]);
}
END_TEST

static void add(TCase *tc)
{
    tcase_add_loop_test(tc, oracle, 0, (int)(sizeof cases / sizeof cases[0]));
}

int main(void)
{
    return rig_main("sim_oracles", add);
}
