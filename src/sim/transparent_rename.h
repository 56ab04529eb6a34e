/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file transparent_rename.h
 * @brief Force-included before the library's own files in the host build. Private.
 *
 * Transparent mode has to see the driver's calls without the driver's help. The library's functions get
 * another name here, and transparent_calls.c has the public ones: it notes who owns what and calls on.
 * So a client links the archive as ever, with no option of the linker, and no source of the library
 * knows. Outside of transparent mode the public functions do nothing but call on.
 */
#ifndef DMACOH_SIM_TRANSPARENT_RENAME_H
#define DMACOH_SIM_TRANSPARENT_RENAME_H

/* NOLINTBEGIN(readability-identifier-naming): they name functions, and look like what they name */
#define dmacoh_map_single         dmacoh_plain_map_single
#define dmacoh_map_phys           dmacoh_plain_map_phys
#define dmacoh_map_segs           dmacoh_plain_map_segs
#define dmacoh_unmap              dmacoh_plain_unmap
#define dmacoh_map_abandon        dmacoh_plain_map_abandon
#define dmacoh_map_ref            dmacoh_plain_map_ref
#define dmacoh_sync_for_device    dmacoh_plain_sync_for_device
#define dmacoh_sync_for_cpu       dmacoh_plain_sync_for_cpu
#define dmacoh_alloc              dmacoh_plain_alloc
#define dmacoh_alloc_aligned      dmacoh_plain_alloc_aligned
#define dmacoh_free               dmacoh_plain_free
#define dmacoh_objpool_alloc      dmacoh_plain_objpool_alloc
#define dmacoh_objpool_free       dmacoh_plain_objpool_free
#define dmacoh_pool_add_region    dmacoh_plain_pool_add_region
#define dmacoh_pool_remove_region dmacoh_plain_pool_remove_region
#define dmacoh_wmb                dmacoh_plain_wmb
#define dmacoh_rmb                dmacoh_plain_rmb
#define dmacoh_desc_publish       dmacoh_plain_desc_publish
/* NOLINTEND(readability-identifier-naming) */

#endif
