/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "fake_scs.h"

#include <stdio.h>
#include <stdlib.h>

struct fake_scs fake_scs;

void fake_scs_init(void)
{
    fake_scs = (struct fake_scs){.cpuid = 0x411fc271u,
                                 .ccr = 0x00010000u,
                                 .ctr = 0x8303c003u,
                                 .ccsidr = 0xf00fe019u, /* 16 KiB, 4 ways of 128 lines */
                                 .mpu_type = FAKE_REGIONS << 8};
}

static uint32_t *find(uint32_t offset)
{
    static const struct {
        uint32_t offset;
        uint32_t *reg;
    } regs[] = {
        {0xd00, &fake_scs.cpuid},    {0xd14, &fake_scs.ccr},     {0xd7c, &fake_scs.ctr},
        {0xd80, &fake_scs.ccsidr},   {0xd84, &fake_scs.csselr},  {0xd90, &fake_scs.mpu_type},
        {0xd94, &fake_scs.mpu_ctrl}, {0xd98, &fake_scs.mpu_rnr}, {0xf90, &fake_scs.itcmcr},
        {0xf94, &fake_scs.dtcmcr},   {0xf9c, &fake_scs.cacr}};

    if (offset == 0xd9cu) {
        return &fake_scs.region[fake_scs.mpu_rnr % FAKE_REGIONS].rbar;
    }
    if (offset == 0xda0u) {
        return &fake_scs.region[fake_scs.mpu_rnr % FAKE_REGIONS].rasr;
    }
    for (uint32_t i = 0; i < sizeof(regs) / sizeof(regs[0]); i++) {
        if (regs[i].offset == offset) {
            return regs[i].reg;
        }
    }
    fprintf(stderr, "fake machine: no register at 0x%x of the system control space\n", offset);
    abort();
}

uint32_t fake_scs_read(uint32_t offset)
{
    return *find(offset);
}

/* Only the two selectors are ever written. */
void fake_scs_write(uint32_t offset, uint32_t v)
{
    if (offset != 0xd84u && offset != 0xd98u) {
        fprintf(stderr, "fake machine: store to 0x%x of the system control space\n", offset);
        abort();
    }
    *find(offset) = v;
    if (offset == 0xd84u) {
        fake_log(FAKE_CSSELR, v, 0);
    }
}
