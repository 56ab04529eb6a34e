/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include <dmacoh/types.h>

bool dmacoh_is_transient(int status)
{
    return status == DMACOH_E_FULL || status == DMACOH_E_FRAG || status == DMACOH_E_QUOTA ||
           status == DMACOH_E_BUSY || status == DMACOH_E_DEPTH;
}
