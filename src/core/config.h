/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file config.h
 * @brief All options, their defaults and their checks. Private.
 *
 * Override with -D, or with a header named by DMACOH_CONFIG_HEADER. No option changes a public
 * signature or structure: what is off answers DMACOH_E_UNSUPP.
 */
#ifndef DMACOH_CONFIG_H
#define DMACOH_CONFIG_H

#include "names.h"

#ifdef DMACOH_CONFIG_HEADER
#include DMACOH_CONFIG_HEADER
#endif

#ifndef DMACOH_WITH_POOL
#define DMACOH_WITH_POOL 1 /* coherent pools: dmacoh_pool_*, dmacoh_alloc() */
#endif
#ifndef DMACOH_WITH_OBJPOOL
#define DMACOH_WITH_OBJPOOL DMACOH_WITH_POOL /* small objects */
#endif
#ifndef DMACOH_WITH_MAGAZINE
#define DMACOH_WITH_MAGAZINE 0 /* free small objects kept by each CPU */
#endif
#ifndef DMACOH_WITH_LIST_PATH
#ifdef __OPTIMIZE_SIZE__
#define DMACOH_WITH_LIST_PATH 0
#else
/* Short ways for lists of coherent devices and for single pieces of others: text for speed. */
#define DMACOH_WITH_LIST_PATH 1
#endif
#endif
#ifndef DMACOH_WITH_BOUNCE
#define DMACOH_WITH_BOUNCE DMACOH_WITH_POOL /* bounce and edge slots */
#endif
#ifndef DMACOH_WITH_WINDOWS
#define DMACOH_WITH_WINDOWS 1 /* memory without a mapping */
#endif
#ifndef DMACOH_WITH_OUTER
#define DMACOH_WITH_OUTER 0 /* an outer cache that is operated by physical address */
#endif
#ifndef DMACOH_WITH_LPAE
#define DMACOH_WITH_LPAE 0 /* ARMv7-A: long descriptors, besides the short ones */
#endif
#ifndef DMACOH_WITH_FLIP
#define DMACOH_WITH_FLIP 0
#endif
#ifndef DMACOH_WITH_IOMMU
#define DMACOH_WITH_IOMMU 0
#endif
#ifndef DMACOH_WITH_DEBUG
#define DMACOH_WITH_DEBUG 0
#endif
#ifndef DMACOH_ASSERT
#define DMACOH_ASSERT                                                                              \
    0 /* check the library's own invariants, dmacoh_port_panic() if one is broken */
#endif
#ifndef DMACOH_BACKEND_DYNAMIC
#define DMACOH_BACKEND_DYNAMIC 0 /* several backends in one program, chosen by the instance */
#endif

#if DMACOH_WITH_BOUNCE && !DMACOH_WITH_POOL
#error "DMACOH_WITH_BOUNCE needs DMACOH_WITH_POOL: slots come from a pool"
#endif
#if DMACOH_WITH_OBJPOOL && !DMACOH_WITH_POOL
#error "DMACOH_WITH_OBJPOOL needs DMACOH_WITH_POOL: slabs come from a pool"
#endif
#if DMACOH_WITH_MAGAZINE && !DMACOH_WITH_OBJPOOL
#error "DMACOH_WITH_MAGAZINE needs DMACOH_WITH_OBJPOOL: magazines hold small objects"
#endif
#if DMACOH_WITH_FLIP || DMACOH_WITH_IOMMU || DMACOH_WITH_DEBUG
#error                                                                                             \
    "DMACOH_WITH_FLIP, _IOMMU and _DEBUG are not part of this version; their calls answer E_UNSUPP"
#endif

#endif
