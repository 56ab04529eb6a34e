/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/**
 * @file system.c
 * What U-Boot knows, and the command "dmacoh". The only file that sees U-Boot's headers.
 *
 * The command needs no change of U-Boot: its linker script keeps every section __u_boot_list*, those of
 * an archive included.
 */
#include <asm/cache.h>
#include <asm/global_data.h>
#include <asm/io.h>
#include <command.h>
#include <common.h>
#include <cpu_func.h>
#include <linux/sizes.h>

#include "uboot.h"

DECLARE_GLOBAL_DATA_PTR;

/*
 * Before relocation, .bss lies over the relocation table and .data is in flash: a counter that is
 * written then damages the image. With the cache off there is nothing to maintain, and the library
 * wants its CPU with caches on.
 */
bool uboot_ready(void)
{
    return (gd->flags & GD_FLG_RELOC) != 0 && dcache_status() != 0;
}

unsigned int uboot_banks(void)
{
    return CONFIG_NR_DRAM_BANKS;
}

struct uboot_bank uboot_bank(unsigned int index)
{
    const u64 end_of_space = (u64)1 << 32;
    const u64 start = gd->bd->bi_dram[index].start;
    u64 size = gd->bd->bi_dram[index].size;
    struct uboot_bank bank = {0, 0, 0};

    if (start >= end_of_space) {
        return bank; /* RAM that U-Boot cannot address is in no range that it names */
    }
    if (size > end_of_space - start) {
        size = end_of_space - start;
    }
    bank.first = (unsigned long)start;
    bank.phys = (unsigned long)virt_to_phys((void *)bank.first);
    bank.size = (unsigned long)(size & ~(u64)(SZ_4K - 1));
    return bank;
}

unsigned long uboot_line(void)
{
    return CONFIG_SYS_CACHELINE_SIZE;
}

bool uboot_aligned(unsigned long start, unsigned long stop)
{
#ifdef CONFIG_ARM
    return check_cache_range(start, stop) != 0;
#else
    return ((start | stop) & (uboot_line() - 1)) == 0;
#endif
}

static int do_dmacoh(struct cmd_tbl *cmd, int flag, int argc, char *const argv[])
{
    struct uboot_report now;

    uboot_report(&now);
    printf("status=%d line=%u\n", now.status, now.line);
    printf("to_device=%u to_cpu=%u partial=%u own=%u refused=%u\n", now.calls.to_device,
           now.calls.to_cpu, now.calls.partial, now.calls.own, now.calls.refused);
    printf("lines_clean=%u lines_inval=%u barriers=%u\n", now.lines_clean, now.lines_inval,
           now.barriers);
    return now.status == 0 ? CMD_RET_SUCCESS : CMD_RET_FAILURE;
}

U_BOOT_CMD(dmacoh, 1, 0, do_dmacoh, "show what libdmacoh did", "");
