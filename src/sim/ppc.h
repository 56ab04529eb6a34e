/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file ppc.h
 * @brief What the files of the PowerPC machines share, private. The host's own map reads back as
 *        the first entries of the CPU's TLB: they are the host's, a program's own come behind them.
 */
#ifndef DMACOH_SIM_PPC_H
#define DMACOH_SIM_PPC_H

#include "engine.h"

/* W, I, M, G as one number, the same order in every format. */
#define WIMG_W 8u
#define WIMG_I 4u
#define WIMG_M 2u
#define WIMG_G 1u

/* An entry as registers show it. */
struct ppc_entry {
    uint32_t va;
    uint64_t pa;
    uint8_t shift; /* log2 of its size */
    uint8_t wimg;
    bool read_only;
};

/* ppc.c */
int ppc_cpu(const struct sim *s);
uint8_t ppc_wimg(uint8_t attr);
uint8_t ppc_attr(uint32_t wimg);
void ppc_host_entry(const struct sim *s, uint32_t i, struct ppc_entry *e);
bool ppc_own_entry(const struct sim *s, int cpu, uint32_t i, struct ppc_entry *e);
int ppc_host_find(const struct sim *s, uint32_t va);
void ppc_write(struct sim *s, uint32_t i, bool valid, const struct ppc_entry *e);
uint32_t ppc_undefined(struct sim *s, const char *what, uint32_t number);
void ppc_step(struct sim *s, uintptr_t pc);

/* ppc_bat.c: block address translation registers */
bool bat_read(const struct sim *s, int cpu, uint32_t spr, uint32_t *v);
bool bat_write(struct sim *s, uint32_t spr, uint32_t v);

#endif
