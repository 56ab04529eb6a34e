/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The outer cache controller PL310: order against the CPU's own caches, its sync, accesses that look
 * up, its errata. And an interrupt that no mask holds back.
 */
#include <check.h>

#include "armv7a_insn.h"
#include "mem_insn.h"
#include "rig.h"
#include "sim_insn.h"

#define BUF   RIG_BUF
#define C(pa) RIG_C(pa)

#define SYNC        0x730u
#define DUMMY       0x740u
#define INVAL       0x770u
#define CLEAN       0x7b0u
#define CLEAN_INVAL 0x7f0u
#define DEBUG       0xf40u

/* ---- machines ---- */

static void r1p0(struct sim_model *m)
{
    m->outer_id = 0x410000c2u;
}

static void r1p0_lookup(struct sim_model *m)
{
    m->outer_id = 0x410000c2u;
    m->outer_lookup = true;
}

static void r3p0(struct sim_model *m)
{
    m->outer_id = 0x410000c5u;
}

static void page(struct sim *s)
{
    sim_map_page(s, RIG_PG, RIG_HIGH, SIM_MEM_CACHED);
}

static void own_page(void *arg)
{
    (void)arg;
    sim_own(RIG_HIGH, 64, SIM_OWN_CPU);
}

/* ---- the controller ---- */

static void outer(uint32_t reg, uint32_t v)
{
    sim_insn_outer_write(RIG_REGS + reg, v);
}

static void poll(void)
{
    outer(SYNC, 0);
    while ((sim_insn_outer_read(RIG_REGS + SYNC) & 1u) != 0) {
        sim_relax();
    }
}

enum finish {
    BY_POLL,
    BY_DSB,
    BY_NOTHING,
    BY_DUMMY
};

static void finish(enum finish how)
{
    switch (how) {
    case BY_POLL:
        poll();
        break;
    case BY_DSB:
        outer(SYNC, 0);
        insn_dsb();
        break;
    case BY_DUMMY:
        outer(DUMMY, 0);
        insn_dsb();
        break;
    case BY_NOTHING:
    default:
        insn_dsb();
        break;
    }
}

static void send(bool between, enum finish how)
{
    sim_store8(C(BUF), 0xa0);
    insn_dsb();
    insn_dccmvac(C(BUF));
    if (between) {
        insn_dsb();
    }
    outer(CLEAN, BUF);
    finish(how);
    insn_dsb();
    sim_own(BUF, rig_line, SIM_OWN_TO);
    sim_doorbell(rig_door);
}

static void send_polled(void *arg)
{
    (void)arg;
    send(true, BY_POLL);
}

static void send_by_dsb(void *arg)
{
    (void)arg;
    send(true, BY_DSB);
}

static void send_without_sync(void *arg)
{
    (void)arg;
    send(true, BY_NOTHING);
}

static void send_without_dsb_between(void *arg)
{
    (void)arg;
    send(false, BY_POLL);
}

static void send_by_dummy(void *arg)
{
    (void)arg;
    send(true, BY_DUMMY);
}

static void receive(bool dsb_between, bool outer_after)
{
    insn_dccimvac(C(BUF));
    insn_dsb();
    outer(CLEAN_INVAL, BUF);
    poll();
    insn_dsb();
    sim_own(BUF, rig_line, SIM_OWN_FROM);
    sim_doorbell(rig_door);
    sim_wait(rig_done, 1);
    sim_dev_reg_read(0);
    insn_dsb();
    sim_own(BUF, rig_line, SIM_OWN_LIB);
    if (outer_after) {
        outer(INVAL, BUF);
        poll();
    }
    if (dsb_between) {
        insn_dsb();
    }
    insn_dcimvac(C(BUF));
    insn_dsb();
    sim_own(BUF, rig_line, SIM_OWN_CPU);
    (void)sim_load8(C(BUF));
}

static void receive_well(void *arg)
{
    (void)arg;
    receive(true, true);
}

static void receive_without_dsb_between(void *arg)
{
    (void)arg;
    receive(false, true);
}

static void receive_without_outer(void *arg)
{
    (void)arg;
    receive(true, false);
}

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

/* ---- a cached page becomes uncached, and the device writes there ---- */

static void flip_and_receive(bool clean_outer, bool pair)
{
    (void)sim_load8(RIG_PG); /* the outer cache may keep the line from here */
    insn_dsb();
    insn_store32(RIG_PTE, 0);
    insn_dsb();
    insn_tlbimvaais(RIG_PG);
    insn_dsb();
    insn_isb();
    insn_store32(RIG_PTE, sim_small_page(RIG_HIGH, SIM_MEM_UNCACHED));
    insn_dsb();
    insn_isb();
    insn_dccimvac(RIG_PG);
    insn_dsb();
    if (clean_outer && pair) {
        outer(DEBUG, 3);
        outer(CLEAN, RIG_HIGH);
        outer(INVAL, RIG_HIGH);
        outer(DEBUG, 0);
    } else if (clean_outer) {
        outer(CLEAN_INVAL, RIG_HIGH);
    }
    poll();
    insn_dsb();
    sim_own(RIG_HIGH, rig_line, SIM_OWN_FROM);
    sim_doorbell(rig_door);
    sim_wait(rig_done, 1);
    sim_dev_reg_read(0);
    insn_dmb();
    sim_own(RIG_HIGH, rig_line, SIM_OWN_CPU);
    (void)sim_load8(RIG_PG);
}

static void flip_inner(void *arg)
{
    (void)arg;
    flip_and_receive(false, false);
}

static void flip_both(void *arg)
{
    (void)arg;
    flip_and_receive(true, false);
}

static void flip_by_pair(void *arg)
{
    (void)arg;
    flip_and_receive(true, true);
}

static void dev_write_high(void *arg)
{
    (void)arg;
    sim_dev_wait(rig_door, 1);
    sim_dev_store(RIG_HIGH, 0x55);
    sim_dev_done(rig_done);
}

/* ---- uncached stores ---- */

static void publish(bool with_sync)
{
    sim_store8(RIG_U(RIG_NC), 0xa0);
    insn_dsb();
    if (with_sync) {
        outer(SYNC, 0);
        insn_dsb();
    }
    sim_doorbell(rig_door);
}

static void publish_plainly(void *arg)
{
    (void)arg;
    publish(false);
}

static void publish_with_sync(void *arg)
{
    (void)arg;
    publish(true);
}

static void own_nc(void *arg)
{
    (void)arg;
    sim_own(RIG_NC, 64, SIM_OWN_TO);
    sim_own(RIG_NC, 1, SIM_OWN_COH);
}

static void dev_read_nc(void *arg)
{
    (void)arg;
    sim_dev_wait(rig_door, 1);
    (void)sim_dev_load(RIG_NC);
}

/* ---- what is no register, no line ---- */

static void clean_all_ways(void *arg)
{
    (void)arg;
    outer(0x7bcu, 0xffffu);
}

static void clean_no_line(void *arg)
{
    (void)arg;
    outer(CLEAN, BUF + 4);
}

static void store_elsewhere(void *arg)
{
    (void)arg;
    sim_insn_outer_write(RIG_REGS + 0x1000u, 0);
}

static void identify(void *arg)
{
    (void)arg;
    const struct sim_model *m = sim_model_of(sim_current());

    sim_expect(sim_insn_outer_read(RIG_REGS) == m->outer_id);
    sim_expect(sim_insn_outer_read(RIG_REGS + 0x100u) == 1);
    sim_expect((sim_insn_outer_read(RIG_REGS + 0x104u) >> 22 & 1u) == !m->outer_lookup);
    sim_expect((sim_insn_outer_read(RIG_REGS + 0x104u) >> 13 & 1u) == 0);
    sim_expect(sim_insn_outer_read(RIG_REGS + DEBUG) == 0);
    outer(CLEAN, BUF);
    poll();
    sim_expect(sim_counts_now().outer == 1);
    sim_expect(sim_counts_now().outer_sync == 1);
}

/* ---- interrupts that are not masked ---- */

static uint8_t *level;

static void count_up(void *arg)
{
    (void)arg;
    sim_expect(sim_in_irq() && sim_irqs_off());
    sim_flag_set(level, (uint8_t)(sim_flag_get(level) + 1));
}

static void masked_section(void *arg)
{
    (void)arg;
    const uintptr_t was = sim_irq_save();
    const uint8_t before = sim_flag_get(level);
    sim_nop();
    sim_expect(sim_flag_get(level) == before); /* nobody came in between */
    sim_irq_restore(was);
}

static void ordinary(struct sim *s)
{
    level = sim_flags(s, 1);
    (void)sim_irq(s, 0, count_up, NULL, 1);
}

static void urgent(struct sim *s)
{
    level = sim_flags(s, 1);
    sim_irq_urgent(s, sim_irq(s, 0, count_up, NULL, 1));
}

static void not_in_itself(void *arg)
{
    (void)arg;
    const uint8_t before = sim_flag_get(level);
    sim_nop();
    sim_expect(sim_flag_get(level) == before);
    sim_flag_set(level, (uint8_t)(before + 1));
}

static void urgent_twice(struct sim *s)
{
    level = sim_flags(s, 1);
    sim_irq_urgent(s, sim_irq(s, 0, not_in_itself, NULL, 2));
}

static void idle(void *arg)
{
    (void)arg;
    sim_nop();
    sim_nop();
}

#define A9     .model = "cortex-a9-pl310"
#define LOOKUP .model = "cortex-a9-pl310-lookup"

static const struct rig_case cases[] = {
    {"send, sync polled", SIM_OK, .cpu0 = send_polled, .dev = dev_read, A9},
    {"send, sync and DSB", SIM_OK, .cpu0 = send_by_dsb, .dev = dev_read, A9},
    {"send, no sync", SIM_DOORBELL, .cpu0 = send_without_sync, .dev = dev_read, A9},
    {"send, no DSB between the levels", SIM_STALE_DEV, .cpu0 = send_without_dsb_between,
     .dev = dev_read, A9},
    {"receive", SIM_OK, .cpu0 = receive_well, .dev = dev_write, A9},
    {"receive, no DSB between the levels", SIM_STALE_CPU, .cpu0 = receive_without_dsb_between,
     .dev = dev_write, A9},
    {"receive, inner level only", SIM_STALE_CPU, .cpu0 = receive_without_outer, .dev = dev_write,
     A9},
    {"753970: the sync register", SIM_DOORBELL, .cpu0 = send_by_dsb, .dev = dev_read, A9,
     .row = r3p0},
    {"753970: the register that replaces it", SIM_OK, .cpu0 = send_by_dummy, .dev = dev_read, A9,
     .row = r3p0},
    {"no such register elsewhere", SIM_CONFUSED, .cpu0 = send_by_dummy, .dev = dev_read, A9},
    {"769419: store and DSB", SIM_DOORBELL, .cpu0 = publish_plainly, .dev = dev_read_nc,
     .setup = own_nc, A9, .row = r1p0},
    {"769419: store, DSB, sync", SIM_OK, .cpu0 = publish_with_sync, .dev = dev_read_nc,
     .setup = own_nc, A9, .row = r1p0},
    {"no 769419", SIM_OK, .cpu0 = publish_plainly, .dev = dev_read_nc, .setup = own_nc, A9},
    {"override: page left in the outer cache", SIM_OK, .cpu0 = flip_inner, .dev = dev_write_high,
     .setup = own_page, .tune = page, A9},
    {"lookup: page left in the outer cache", SIM_STALE_CPU, .cpu0 = flip_inner,
     .dev = dev_write_high, .setup = own_page, .tune = page, LOOKUP},
    {"lookup: page out of the outer cache", SIM_OK, .cpu0 = flip_both, .dev = dev_write_high,
     .setup = own_page, .tune = page, LOOKUP},
    {"588369: clean and invalidate", SIM_STALE_CPU, .cpu0 = flip_both, .dev = dev_write_high,
     .setup = own_page, .tune = page, A9, .row = r1p0_lookup},
    {"588369: clean, invalidate", SIM_OK, .cpu0 = flip_by_pair, .dev = dev_write_high,
     .setup = own_page, .tune = page, A9, .row = r1p0_lookup},
    {"way operation", SIM_CONFUSED, .cpu0 = clean_all_ways, A9},
    {"operation on no line", SIM_CONFUSED, .cpu0 = clean_no_line, A9},
    {"store beside the controller", SIM_FAULT, .cpu0 = store_elsewhere, A9},
    {"store to no controller", SIM_FAULT, .cpu0 = store_elsewhere},
    {"registers", SIM_OK, .cpu0 = identify, A9},
    {"registers, lookup", SIM_OK, .cpu0 = identify, LOOKUP},
    {"masked interrupt", SIM_OK, .cpu0 = masked_section, .tune = ordinary},
    {"interrupt without a mask", SIM_EXPECT, .cpu0 = masked_section, .tune = urgent},
    {"interrupt without a mask, twice", SIM_OK, .cpu0 = idle, .tune = urgent_twice},
};

START_TEST(outer_cache)
{
    rig_check(&cases[_i]);
}
END_TEST

static void add(TCase *tc)
{
    tcase_add_loop_test(tc, outer_cache, 0, (int)(sizeof cases / sizeof cases[0]));
}

int main(void)
{
    return rig_main("sim_outer", add);
}
