/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file test_nic.c
 * The test: the driver against the simulated controller, over many seeds and in both speeds. The
 * correct driver breaks no rule; each seeded bug is found, at its line.
 */
#include <check.h>
#include <dmacoh-sim/transparent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nic.h"
#include "nic_device.h"
#include "platform.h"

#define FRAMES   6u
#define PATIENCE 5000u /* steps that a frame may take */

static struct platform platform;
static struct nic_device device;
static struct nic nic;

/* ---- what the driver has to do ---- */

static uint8_t pattern(uint32_t n, uint32_t i)
{
    return (uint8_t)(0x80u ^ (n * 7u + i));
}

static void send_frame(uint8_t *frame, uint32_t n, uint32_t len)
{
    for (uint32_t i = 0; i < len; i++) {
        frame[i] = pattern(n, i);
    }
    sim_expect(nic_send(&nic, frame, len) == DMACOH_OK);
    for (uint32_t k = 0; k < PATIENCE && nic_sent(&nic) != n + 1u; k++) {
        sim_relax();
    }
    sim_expect(nic_sent(&nic) == n + 1u);
    sim_expect(device.sent_len[n] == len);
    for (uint32_t i = 0; i < len; i++) {
        sim_expect(device.sent[n][i] == pattern(n, i));
    }
}

static void receive_frame(uint32_t n, uint32_t len)
{
    static uint8_t out[NIC_FRAME];
    uint32_t got = 0;

    for (uint32_t k = 0; k < PATIENCE && got == 0; k++) {
        got = nic_receive(&nic, out);
        sim_relax();
    }
    sim_expect(got == len);
    for (uint32_t i = 0; i < len; i++) {
        sim_expect(out[i] == nic_device_byte(n, i));
    }
}

static void traffic(void *arg)
{
    static const uint32_t len[FRAMES] = {60, 1, 64, 200, 33, 127};
    struct nic_slot *slot;
    uint8_t *frame;

    (void)arg;
    platform_init(&platform);
    nic_device_add(&device);
    device.irq = sim_host_irq(nic_irq, &nic);
    slot = sim_host_alloc(NIC_RING * sizeof *slot, 64);
    frame = sim_host_alloc(NIC_FRAME, 4096); /* FAST does not trap pages without device bytes */
    sim_expect(nic_start(&nic, &platform.dev, sim_host_regs(device.dev), slot) == DMACOH_OK);
    for (uint32_t n = 0; n < FRAMES; n++) {
        nic_device_arrive(&device, len[n]);
        send_frame(frame, n, len[FRAMES - 1u - n]);
        receive_frame(n, len[n]);
    }
    sim_expect(nic_stop(&nic) == DMACOH_OK);
    platform_fini(&platform);
}

/* ---- the tests ---- */

static struct sim_transparent_report run(enum sim_speed speed, uint32_t runs)
{
    const struct sim_transparent_plan plan = {.speed = speed, .runs = runs};
    struct sim_transparent_report report;

    (void)sim_transparent(&plan, traffic, NULL, &report);
    return report;
}

START_TEST(correct_driver_breaks_no_rule)
{
    const enum sim_speed speed = (enum sim_speed)_i;

    if (!sim_speed_supported(speed)) {
        return;
    }
    const struct sim_transparent_report r = run(speed, speed == SIM_FAST ? 300 : 30);

    ck_assert_msg(r.verdict == SIM_BOUND, "%s", r.text);
    ck_assert_uint_eq(r.live_maps, 0);
    (void)printf("%s: %u runs, %llu steps, %llu traps\n", speed == SIM_FAST ? "FAST" : "TRAP",
                 r.runs, (unsigned long long)r.steps, (unsigned long long)r.traps);
}
END_TEST

/* "nic.c:42", where line 42 of nic.c has the marker. */
static void marked_line(const char *marker, char *site, size_t n)
{
    char line[256];
    FILE *f = fopen(NIC_SOURCE, "r");
    unsigned number = 0;

    ck_assert_ptr_nonnull(f);
    site[0] = '\0';
    while (site[0] == '\0' && fgets(line, sizeof line, f) != NULL) {
        number++;
        if (strstr(line, marker) != NULL) {
            (void)snprintf(site, n, "nic.c:%u", number);
        }
    }
    (void)fclose(f);
}

static const struct {
    enum nic_bug bug;
    enum sim_bug kind;
    const char *marker, *advice;
} seeded[] = {
    {NIC_BUG_MISSING_SYNC, SIM_OWNED, "SEEDED: missing sync", "dmacoh_sync_for_cpu()"},
    {NIC_BUG_WRONG_DIRECTION, SIM_DIRECTION, "SEEDED: wrong direction", "DMACOH_FROM_DEVICE"},
    {NIC_BUG_EARLY_DOORBELL, SIM_DOORBELL, "SEEDED: early doorbell", "dmacoh_desc_publish()"},
    {NIC_BUG_WRITE_OWNED, SIM_OWNED, "SEEDED: write owned", "before the buffer is mapped"},
    {NIC_BUG_SHARED_LINE, SIM_SHARED_LINE, "SEEDED: shared line", "dmacoh_line()"},
};
#define SEEDED (2 * (int)(sizeof seeded / sizeof seeded[0]))

START_TEST(seeded_bug_is_found_at_its_line)
{
    const enum sim_speed speed = (enum sim_speed)(_i % 2);
    char site[64];

    if (!sim_speed_supported(speed)) {
        return;
    }
    nic_bug = seeded[_i / 2].bug;
    marked_line(seeded[_i / 2].marker, site, sizeof site);
    const struct sim_transparent_report r = run(speed, 50);

    (void)printf("%s", r.text);
    ck_assert_msg(r.verdict == SIM_BUG, "not found: %s", r.text);
    ck_assert_msg(r.bug == seeded[_i / 2].kind, "another bug: %s", r.text);
    ck_assert_str_eq(r.site, site);
    ck_assert_ptr_nonnull(strstr(r.advice, seeded[_i / 2].advice));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("nic");
    TCase *tc = tcase_create("nic");

    tcase_set_timeout(tc, 120);
    tcase_add_loop_test(tc, correct_driver_breaks_no_rule, SIM_FAST, SIM_TRAP + 1);
    tcase_add_loop_test(tc, seeded_bug_is_found_at_its_line, 0, SEEDED);
    suite_add_tcase(s, tc);

    SRunner *sr = srunner_create(s);

    srunner_run_all(sr, CK_NORMAL);
    const int failed = srunner_ntests_failed(sr);

    srunner_free(sr);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
