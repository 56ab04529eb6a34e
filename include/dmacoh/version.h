/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file version.h
 * @brief The version of these headers; the build takes the project's version from here.
 */
#ifndef DMACOH_VERSION_H
#define DMACOH_VERSION_H

#define DMACOH_VERSION_MAJOR 0 /**< Incompatible changes. */
#define DMACOH_VERSION_MINOR 1 /**< Additions; before 1.0 also incompatible changes. */
#define DMACOH_VERSION_PATCH 0 /**< Repairs. */

#endif
