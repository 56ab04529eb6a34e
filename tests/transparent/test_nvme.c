/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * The bootloader's NVMe driver, its sources as they are (its register accesses are plain), against a
 * simulated controller: polled and by interrupt, one page, two pages, a PRP list, scattered memory.
 */
#include <check.h>
#include <dmacoh-sim/transparent.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "board.h"
#include "console.h"
#include "nvme.h"
#include "nvme_device.h"
#include "tp_place.h"

#define PATIENCE 20000u

static struct nvme_device device;
static struct nvme nvme;
static struct nvme_req req;

/* ---- what the driver needs of a board ---- */

uint32_t board_ms(void)
{
    sim_relax();
    return 0; /* patience is the run's limit of steps */
}

void con_printf(const char *format, ...)
{
    (void)format;
    sim_expect(false && "the driver reports an error");
}

static void handler(void *arg)
{
    (void)arg;
    (void)nvme_irq(&nvme);
}

/* ---- reads ---- */

static bool done(void)
{
    return __atomic_load_n(&req.state, __ATOMIC_ACQUIRE) == NVME_REQ_DONE;
}

static void read_into(uint32_t queue, uint64_t lba, uint32_t nin)
{
    uint32_t bytes = 0;

    for (uint32_t i = 0; i < nin; i++) {
        bytes += req.in[i].len;
    }
    sim_expect(nvme_req_map(&req, &tp_place.dev, nin) == DMACOH_OK);
    sim_expect(nvme_read(&nvme, &nvme.queue[queue], &req, lba, bytes / NVME_BLOCK) == DMACOH_OK);
    for (uint32_t i = 0; i < PATIENCE && !done(); i++) {
        if (queue != NVME_IRQ_QUEUE) {
            (void)nvme_poll(&nvme, &nvme.queue[queue]);
        }
        sim_relax();
    }
    sim_expect(done());
    sim_expect(req.status == 0);
}

static void expect_disk(const uint8_t *data, uint64_t disk, uint32_t n)
{
    uint8_t copy[NVME_PAGE];

    for (uint32_t at = 0; at < n; at += NVME_PAGE) {
        const uint32_t part = n - at < NVME_PAGE ? n - at : NVME_PAGE;

        memcpy(copy, data + at, part);
        for (uint32_t i = 0; i < part; i++) {
            sim_expect(copy[i] == nvme_device_byte(disk + at + i));
        }
    }
}

static void read_and_check(uint32_t queue, uint64_t lba, uint8_t *data, uint32_t bytes)
{
    req.in[0] = (struct dmacoh_seg){sim_host_phys(data), bytes, 0};
    read_into(queue, lba, 1);
    expect_disk(data, lba * NVME_BLOCK, bytes);
}

static void scattered(uint8_t *data)
{
    for (uint32_t i = 0; i < 3; i++) {
        req.in[i] = (struct dmacoh_seg){sim_host_phys(data + 2u * i * NVME_PAGE), NVME_PAGE, 0};
    }
    read_into(NVME_IO_QUEUE(0), 40, 3);
    for (uint32_t i = 0; i < 3; i++) {
        expect_disk(data + 2u * i * NVME_PAGE, 40u * NVME_BLOCK + i * NVME_PAGE, NVME_PAGE);
    }
}

static void disk(void *arg)
{
    uint8_t *data;

    (void)arg;
    memset(&nvme, 0, sizeof nvme);
    memset(&req, 0, sizeof req);
    tp_place_init(12, NVME_PAGE - 1u);
    nvme_device_add(&device, handler, NULL);
    data = sim_host_alloc(8u * NVME_PAGE, NVME_PAGE);
    sim_expect(nvme_start(&nvme, &tp_place.dev, sim_host_regs(device.dev)) == 0);
    sim_expect(nvme.blocks == NVME_DEVICE_BLOCKS);
    nvme_irq_unmask(&nvme);
    read_and_check(NVME_IO_QUEUE(0), 0, data, NVME_BLOCK);            /* PRP1 */
    read_and_check(NVME_IO_QUEUE(1), 3, data + 1024, NVME_PAGE);      /* PRP1 and PRP2 */
    read_and_check(NVME_IO_QUEUE(0), 17, data + 512, 3u * NVME_PAGE); /* a list */
    read_and_check(NVME_IRQ_QUEUE, 9, data, 2u * NVME_PAGE);
    scattered(data);
    sim_expect(device.reads == 5 && device.interrupts == 1);
    sim_expect(nvme_stop(&nvme) == 0);
    tp_place_fini();
}

START_TEST(driver_reads_right_and_breaks_no_rule)
{
    const enum sim_speed speed = (enum sim_speed)_i;
    const struct sim_transparent_plan plan = {.speed = speed, .runs = speed == SIM_FAST ? 60 : 8};
    struct sim_transparent_report r;

    if (!sim_speed_supported(SIM_TRAP)) {
        return; /* plain register accesses need single steps */
    }
    ck_assert_msg(sim_transparent(&plan, disk, NULL, &r) == SIM_BOUND, "%s", r.text);
    ck_assert_uint_eq(r.live_maps, 0);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("transparent nvme");
    TCase *tc = tcase_create("nvme");

    tcase_set_timeout(tc, 120);
    tcase_add_loop_test(tc, driver_reads_right_and_breaks_no_rule, SIM_FAST, SIM_TRAP + 1);
    suite_add_tcase(s, tc);

    SRunner *sr = srunner_create(s);

    srunner_run_all(sr, CK_NORMAL);
    const int failed = srunner_ntests_failed(sr);

    srunner_free(sr);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
