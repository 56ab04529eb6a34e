/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include <dmacoh/types.h>

const char *dmacoh_strstatus(int status)
{
    switch (status) {
    case DMACOH_OK:
        return "done";
    case DMACOH_E_INVAL:
        return "invalid argument";
    case DMACOH_E_SIZE:
        return "length is zero, too large, or no multiple of the granule";
    case DMACOH_E_RANGE:
        return "range wraps or leaves its object";
    case DMACOH_E_ALIGN:
        return "not aligned, or no power of two";
    case DMACOH_E_OVERLAP:
        return "ranges overlap";
    case DMACOH_E_STALE:
        return "handle is not live";
    case DMACOH_E_BUSY:
        return "handle or object is in use";
    case DMACOH_E_CONTEXT:
        return "not allowed in this context";
    case DMACOH_E_UNSUPP:
        return "not supported";
    case DMACOH_E_NOTRAM:
        return "not memory that a device can use";
    case DMACOH_E_NOMAP:
        return "memory has no mapping";
    case DMACOH_E_EDGE:
        return "the device would write part of a cache line";
    case DMACOH_E_ATTR:
        return "page tables give the range another memory type";
    case DMACOH_E_MASK:
        return "beyond the device's address mask";
    case DMACOH_E_WINDOW:
        return "in no bus window of the device";
    case DMACOH_E_SEGSIZE:
        return "longer than the device's segments";
    case DMACOH_E_BOUNDARY:
        return "crosses a boundary of the device";
    case DMACOH_E_NSEGS:
        return "too many segments";
    case DMACOH_E_GAP:
        return "segments join where the device allows no joint";
    case DMACOH_E_FULL:
        return "not enough memory in the pool";
    case DMACOH_E_FRAG:
        return "pool is fragmented";
    case DMACOH_E_QUOTA:
        return "quota is used up";
    case DMACOH_E_NOREGION:
        return "no region of the pool fits";
    case DMACOH_E_META:
        return "metadata memory is too small";
    case DMACOH_E_DEPTH:
        return "window slots of this CPU are all in use";
    case DMACOH_E_PORT:
        return "a port callback failed";
    default:
        return "unknown status";
    }
}
