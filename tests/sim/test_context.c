/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The oracles of context: interrupt masks, locks, library calls, and runs that never end. Each is
 * judged where the rule is broken, not where it does harm: a lock order is reported without the
 * deadlock, which would need luck.
 */
#include <check.h>
#include <dmacoh/port.h>

#include "armv7a_insn.h"
#include "mem_insn.h"
#include "rig.h"

#define BUF   RIG_BUF
#define C(pa) RIG_C(pa)

/* Known to the machine by address only. */
static struct dmacoh_lock first, second;

static uintptr_t lock(struct dmacoh_lock *l)
{
    const uintptr_t was = dmacoh_port_irq_save();

    dmacoh_port_lock(l);
    return was;
}

static void unlock(struct dmacoh_lock *l, uintptr_t was)
{
    dmacoh_port_unlock(l);
    dmacoh_port_irq_restore(was);
}

static void take_both(struct dmacoh_lock *a, struct dmacoh_lock *b)
{
    const uintptr_t was = lock(a);

    dmacoh_port_lock(b);
    dmacoh_port_unlock(b);
    unlock(a, was);
}

static void first_second(void *arg)
{
    (void)arg;
    take_both(&first, &second);
}

static void second_first(void *arg)
{
    (void)arg;
    take_both(&second, &first);
}

static void both_orders(void *arg)
{
    first_second(arg);
    second_first(arg);
}

static void take_twice(void *arg)
{
    (void)arg;
    take_both(&first, &first);
}

static void lock_with_irqs_on(void *arg)
{
    (void)arg;
    dmacoh_port_lock(&first);
}

static void irqs_on_with_lock(void *arg)
{
    (void)arg;
    dmacoh_port_irq_restore(lock(&first));
}

static void release_unheld(void *arg)
{
    (void)arg;
    const uintptr_t was = dmacoh_port_irq_save();
    unlock(&first, was);
}

/* Holds the lock that the other CPU needs before it can wake this one. */
static void wait_under_lock(void *arg)
{
    (void)arg;
    const uintptr_t was = lock(&first);
    sim_flag_set(rig_door, 1);
    sim_wait(rig_done, 1);
    unlock(&first, was);
}

static void wake_under_lock(void *arg)
{
    (void)arg;
    sim_wait(rig_door, 1);
    const uintptr_t was = lock(&first);
    sim_flag_set(rig_done, 1);
    unlock(&first, was);
}

static void wait_for_nothing(void *arg)
{
    (void)arg;
    sim_wait(rig_done, 1);
}

static void loop_for_ever(void *arg)
{
    (void)arg;
    for (;;) {
        sim_nop();
    }
}

static void panic(void *arg)
{
    (void)arg;
    dmacoh_port_panic("what", "where");
}

/* The handler's own lines do not count for what it interrupts, nor the other way round. */
static void two_lines_off(void *arg)
{
    (void)arg;
    const uintptr_t was = sim_irq_save();
    insn_dccmvac(C(BUF));
    insn_dccmvac(C(BUF));
    sim_irq_restore(was);
    insn_dccmvac(C(BUF));
    sim_expect(sim_counts_now().irqoff_lines_max == 2);
}

static void three_lines_off(void *arg)
{
    (void)arg;
    const uintptr_t was = sim_irq_save();
    for (int i = 0; i < 3; i++) {
        insn_dccmvac(C(BUF));
    }
    sim_irq_restore(was);
}

static void three_lines_in_irq(void *arg)
{
    sim_expect(sim_in_irq() && sim_irqs_off());
    three_lines_off(arg);
}

static void nothing(void *arg)
{
    (void)arg;
    sim_nop();
}

static void two_lines(struct sim *s)
{
    sim_irqoff_budget(s, 2);
}

static void two_lines_and_irq(struct sim *s)
{
    sim_irqoff_budget(s, 2);
    (void)sim_irq(s, 0, three_lines_in_irq, NULL, 1);
}

/* ---- library calls ---- */

static void call_of_its_line(void *arg)
{
    (void)arg;
    sim_own(BUF, rig_line, SIM_OWN_LIB);
    sim_call_begin();
    sim_call_range(BUF, rig_line);
    insn_dccimvac(C(BUF));
    insn_store8(C(BUF), 1);
    (void)insn_load8(C(BUF));
    sim_call_end();
    sim_own(BUF, rig_line, SIM_OWN_CPU);
    insn_dccmvac(C(BUF + 2 * rig_line)); /* no call, no rule */
}

static void call_of_a_neighbour(void *arg)
{
    (void)arg;
    sim_call_begin();
    sim_call_range(BUF, rig_line);
    insn_dccimvac(C(BUF + rig_line));
    sim_call_end();
}

/* The inner call was not given what the outer one was. */
static void call_nested(void *arg)
{
    (void)arg;
    sim_call_begin();
    sim_call_range(BUF, rig_line);
    sim_call_begin();
    sim_call_range(BUF + rig_line, rig_line);
    insn_dccmvac(C(BUF + rig_line));
    insn_dccmvac(C(BUF));
    sim_call_end();
    sim_call_end();
}

static void by_set_and_way(void *arg)
{
    (void)arg;
    insn_dcisw(0);
}

static void lib_loads_foreign(void *arg)
{
    (void)arg;
    sim_call_begin();
    sim_call_range(BUF, rig_line);
    (void)insn_load8(C(BUF + rig_line));
    sim_call_end();
}

static void lib_stores_mapped(void *arg)
{
    (void)arg;
    sim_own(BUF, rig_line, SIM_OWN_TO);
    sim_call_begin();
    sim_call_range(BUF, rig_line);
    (void)insn_load8(C(BUF));
    insn_store8(C(BUF), 1);
    sim_call_end();
}

static void lib_loads_from(void *arg)
{
    (void)arg;
    sim_own(BUF, rig_line, SIM_OWN_FROM);
    sim_call_begin();
    sim_call_range(BUF, rig_line);
    (void)insn_load8(C(BUF));
    sim_call_end();
}

static const struct rig_case cases[] = {
    {"locks in order", SIM_OK, .cpu0 = first_second, .cpu1 = first_second},
    {"locks in two orders", SIM_CONTEXT, .cpu0 = first_second, .cpu1 = second_first},
    {"locks in two orders, one CPU", SIM_CONTEXT, .cpu0 = both_orders},
    {"lock taken twice", SIM_CONTEXT, .cpu0 = take_twice},
    {"lock with interrupts on", SIM_CONTEXT, .cpu0 = lock_with_irqs_on},
    {"interrupts on under a lock", SIM_CONTEXT, .cpu0 = irqs_on_with_lock},
    {"release of a free lock", SIM_CONTEXT, .cpu0 = release_unheld},
    {"wait under a lock", SIM_DEADLOCK, .cpu0 = wait_under_lock, .cpu1 = wake_under_lock},
    {"wait for nothing", SIM_DEADLOCK, .cpu0 = wait_for_nothing},
    {"loop without sim_relax", SIM_LIVELOCK, .cpu0 = loop_for_ever},
    {"panic", SIM_PANIC, .cpu0 = panic},
    {"two lines with interrupts off", SIM_OK, .cpu0 = two_lines_off, .tune = two_lines},
    {"three lines with interrupts off", SIM_CONTEXT, .cpu0 = three_lines_off, .tune = two_lines},
    {"three lines, no budget", SIM_OK, .cpu0 = three_lines_off},
    {"three lines in a handler", SIM_CONTEXT, .cpu0 = nothing, .tune = two_lines_and_irq},
    {"a call and its line", SIM_OK, .cpu0 = call_of_its_line},
    {"a call and its neighbour", SIM_CONFUSED, .cpu0 = call_of_a_neighbour},
    {"a call in a call", SIM_CONFUSED, .cpu0 = call_nested},
    {"set and way", SIM_CONFUSED, .cpu0 = by_set_and_way},
    {"library loads what it was not given", SIM_NEVER_TOUCH, .cpu0 = lib_loads_foreign},
    {"library stores into TO bytes", SIM_NEVER_TOUCH, .cpu0 = lib_stores_mapped},
    {"library loads FROM bytes", SIM_NEVER_TOUCH, .cpu0 = lib_loads_from},
};

START_TEST(context)
{
    rig_check(&cases[_i]);
}
END_TEST

static void add(TCase *tc)
{
    tcase_add_loop_test(tc, context, 0, (int)(sizeof cases / sizeof cases[0]));
}

int main(void)
{
    return rig_main("sim_context", add);
}
