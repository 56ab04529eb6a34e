/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file sim_place.h
 * @brief The simulated place: its address plan, and what its files share.
 *
 *     PA                       what                                VA
 *     0x00004000-0x0000ffff    translation tables                  linear map
 *     0x00010000-0x000fffff    lowmem, cached bounce pool          0xc0000000 + PA, sections
 *     0x00100000-0x0010ffff    stolen: coherent and bounce pools   0xd0000000, Normal-NC sections
 *     0x00200000-0x00200fff    a page with a cacheable past        0xb0000000, one small page
 *     0x10000000-0x1000ffff    highmem                             0xa0000000: the test's own view
 *     -                        the library's windows               0xffe00000
 *     -                        registers of a PL310                0xf8f02000
 *
 * The test's view of highmem has the linear map's type, so it is legal beside the windows, and it
 * lets highmem lines be dirty or filled when the library maintains them.
 */
#ifndef CONFORMANCE_SIM_PLACE_H
#define CONFORMANCE_SIM_PLACE_H

#include "env_sim.h"
#include "env_state.h"

#define LINEAR_VA   0xc0000000u
#define LINEAR_SIZE 0x00100000u
#define L1_PA       0x4000u
#define WINDOWS_PA  0x8000u
#define OLD_TABLE   0x9000u
#define TABLE_POOL  0xa000u /* the machine's own tables of long descriptors */
#define TABLES_END  0x10000u
#define LOW_PA      0x20000u
#define CACHED_POOL 0x60000u
#define STOLEN_PA   0x00100000u
#define STOLEN_VA   0xd0000000u
#define COHERENT_PA STOLEN_PA
#define BOUNCE_PA   (STOLEN_PA + 0x8000u)
#define OLD_PA      0x00200000u
#define OLD_VA      0xb0000000u
#define HIGH_PA     0x10000000u
#define HIGH_VA     0xa0000000u
#define HIGH_SIZE   0x00010000u
#define WINDOW_VA   0xffe00000u
#define SLOTS       3u
#define OUTER_VA    0xf8f02000u /* registers of an outer cache */
#define BUS_OFFSET  0x80000000u
#define PAGE        4096u
#define KSEG0_VA    0x80000000u /* MIPS: all memory, cached */
#define KSEG1_VA    0xa0000000u /* and uncached */
#define BAT_BLOCK   0x20000u    /* classic PowerPC: what a window shows */

#define COHERENT_SIZE 1024u
#define OLD_SIZE      64u
#define BOUNCE_LINES  8u
#define GAP_PAGES     4u

/* What the library keeps by reference. */
struct place {
    struct dmacoh c;
    struct dmacoh_dev dev;
    struct dmacoh_pool coherent, bounce;
    struct dmacoh_region region[2];
};

extern struct sim *env_machine;
extern struct place *env_place;
/** Metadata of the library: per CPU, of the coherent and of the bounce region. */
extern void *env_percpu_meta, *env_coherent_meta, *env_bounce_meta;
extern uint64_t env_bounce_pa, env_bounce_size;
/** Rings of the doorbell, completions, the cases' own flags: touched by steps only. */
extern uint8_t *env_door, *env_done, *env_flags;
/** Number of the device's interrupt. */
extern int env_device_irq;

/** Does the machine translate addresses? If not, the VAs of the plan are the PAs. */
bool env_translates(const struct sim_model *m);
/** Does it do so by tables in memory? */
bool env_has_tables(const struct sim_model *m);
uint32_t env_linear_va(void);
uint32_t env_stolen_va(void);
uint32_t env_high_va(void);
/** How uncached memory came to be: enum dmacoh_method. */
uint16_t env_stolen_method(void);
/** Are all of RAM's mappings those of MIPS segments? Then the library's TLB entries are wired here. */
bool env_segments(void);
/** Window slots a CPU; bytes of address space of one, and how many of them are ever mapped. */
uint32_t env_slots(void);
uint32_t env_slot_bytes(void);
uint32_t env_slot_used(void);
/** Bytes of highmem; first TLB entry or BAT that is the library's. */
uint32_t env_high_size(void);
uint32_t env_entry_first(void);
/** What the library is configured with for this kind of machine. */
const struct dmacoh_backend_ops *env_backend(void);
uint32_t env_instance_flags(void);
uint32_t env_region_flags(void);
struct dmacoh_cpu_facts env_facts(void);
const struct dmacoh_port_ops *env_port_ops(void);
/** Can memory be mapped uncached? */
bool env_uncached(void);
/** Has this kind of machine lines of one size only? */
bool env_line_is_fixed(const struct sim_model *m);
/** Linear or test's own address of RAM. */
uint32_t env_va_of(dmacoh_phys_t phys);
/** log2 of the granule of pools whose memory is handed out in lines, and of the bounce pool. */
uint32_t env_line_shift(void);
uint32_t env_bounce_shift(void);
bool env_cached_pool(void);
/** Is the case's device a snooping master? It then plays as CPU 1. */
bool env_snoops(void);

/** Agent: plays a script (struct env_step *). */
void env_play(void *script);
/** Setup of the scene: tables, library, memory. */
void env_set_up(void *arg);

#endif
