/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Transparent mode: what devices read and write, and when a posted write reaches memory. */
#include <inttypes.h>
#include <string.h>

#include "transparent_state.h"

static const char *what_ended(const struct tp_history *h)
{
    if (h == NULL) {
        return "no buffer has been mapped there";
    }
    switch (h->deed) {
    case TP_UNMAPPED:
        return "the driver has unmapped it";
    case TP_SYNCED_CPU:
        return "the driver has taken it back with dmacoh_sync_for_cpu()";
    case TP_FREED:
        return "the driver has freed it";
    case TP_MAPPED:
    case TP_SYNCED_DEVICE:
    case TP_ALLOCATED:
        break;
    }
    return "it is not mapped";
}

static void not_mapped(const struct sim_host_device *d, uint64_t phys, const char *verb)
{
    const struct tp_history *h = tp_last_deed(phys);

    tp_origin(h, true);
    tp_fail(SIM_NOT_MAPPED,
            "map a buffer before its address goes to the device, and take it back only when the "
            "device is done with it",
            "%s %s memory that is the driver's at physical address 0x%" PRIx64 ": %s", d->cfg.name,
            verb, phys, what_ended(h));
}

static void too_early(const struct sim_host_device *d, uint64_t phys, const char *verb)
{
    tp_fail(SIM_DEV_TOO_EARLY,
            "the device may not use a buffer until the map or sync call has returned, and must be "
            "done before the unmap or sync call is entered",
            "%s %s physical address 0x%" PRIx64 " inside this call", d->cfg.name, verb, phys);
}

static bool may_read(const struct sim_host_device *d, const struct tp_arena *a, uint32_t off)
{
    const uint8_t *seen = d->cfg.snoops ? a->view : a->dram;
    const uint64_t phys = a->phys + off;

    switch ((enum sim_owner)a->own[off]) {
    case SIM_OWN_TO:
    case SIM_OWN_BIDI:
        if (a->known[off] && seen[off] != a->truth[off]) {
            tp_origin(tp_last_deed(phys), true);
            tp_fail(SIM_STALE_DEV,
                    "map the buffer after its last byte is written, and for a device record that "
                    "does not claim DMACOH_DEV_COHERENT",
                    "%s reads 0x%02x at physical address 0x%" PRIx64
                    ", and the driver has written 0x%02x",
                    d->cfg.name, seen[off], phys, a->truth[off]);
        }
        break;
    case SIM_OWN_FROM:
        tp.early_reads++;
        break;
    case SIM_OWN_LIB:
        if (tp.in_call != 0) {
            too_early(d, phys, "reads");
        } else {
            not_mapped(d, phys, "reads");
        }
        break;
    case SIM_OWN_CPU:
        not_mapped(d, phys, "reads");
        break;
    case SIM_OWN_COH:
    case SIM_OWN_ANY:
    case SIM_OWN_RAW:
        break;
    }
    return !tp.failed;
}

static bool may_write(const struct sim_host_device *d, uint64_t phys)
{
    switch (tp_owner(phys)) {
    case SIM_OWN_TO:
        tp_origin(tp_last_deed(phys), true);
        tp_fail(SIM_DIRECTION,
                "map buffers that the device writes with DMACOH_FROM_DEVICE or "
                "DMACOH_BIDIRECTIONAL",
                "%s writes physical address 0x%" PRIx64 " of a buffer that is mapped "
                "DMACOH_TO_DEVICE",
                d->cfg.name, phys);
        break;
    case SIM_OWN_LIB:
        if (tp.in_call != 0) {
            too_early(d, phys, "writes");
        } else {
            not_mapped(d, phys, "writes");
        }
        break;
    case SIM_OWN_CPU:
        not_mapped(d, phys, "writes");
        break;
    case SIM_OWN_FROM:
    case SIM_OWN_BIDI:
    case SIM_OWN_COH:
    case SIM_OWN_ANY:
    case SIM_OWN_RAW:
        break;
    }
    return !tp.failed;
}

static bool reach(const struct sim_host_device *d, uint64_t bus, size_t n, uint64_t *phys)
{
    uint32_t off = 0;

    *phys = bus;
    if (d->cfg.bus_size != 0) {
        *phys = bus - d->cfg.bus < d->cfg.bus_size && n <= d->cfg.bus_size - (bus - d->cfg.bus)
                    ? bus - d->cfg.bus + d->cfg.bus_phys
                    : ~(uint64_t)0;
    }
    if (n == 0 || tp_arena_of(*phys, n, &off) != NULL) {
        return true;
    }
    tp_fail(SIM_NOT_MAPPED,
            "give the device dmacoh_map.bus, dmacoh_bseg.addr or dmacoh_buf.bus, never a physical "
            "or virtual address; look at wmb and publish if the address came from a descriptor",
            "%s uses bus address 0x%" PRIx64 ", %zu bytes: there is no memory", d->cfg.name, bus,
            n);
    return false;
}

bool sim_host_dma_read(struct sim_host_device *dev, uint64_t bus, void *dst, size_t n)
{
    uint64_t phys = 0;
    uint32_t off = 0;

    memset(dst, 0, n);
    tp_device_enter();
    if (!tp.failed && n != 0 && reach(dev, bus, n, &phys)) {
        const struct tp_arena *a = tp_arena_of(phys, n, &off);

        tp_device_land(dev, dev->nwrites);
        for (uint32_t i = 0; i < n && may_read(dev, a, off + i); i++) {
            ((uint8_t *)dst)[i] = (dev->cfg.snoops ? a->view : a->dram)[off + i];
        }
    }
    const bool ok = !tp.failed;

    tp_device_leave();
    return ok;
}

bool sim_host_dma_write(struct sim_host_device *dev, uint64_t bus, const void *src, size_t n)
{
    const uint8_t *from = src;
    uint64_t phys = 0;

    tp_device_enter();
    if (!tp.failed && reach(dev, bus, n, &phys)) {
        for (uint64_t i = 0; i < n && may_write(dev, phys + i); i++) {
            ; /* the first byte that may not be written ends the run */
        }
    }
    for (size_t done = 0; done < n && !tp.failed;) {
        const size_t len = n - done < TP_WRITE_MAX ? n - done : TP_WRITE_MAX;

        if (dev->nwrites == TP_DEV_WRITES) {
            tp_device_land(dev, 1);
        }
        struct tp_dev_write *w = &dev->write[(dev->first + dev->nwrites++) % TP_DEV_WRITES];

        w->phys = phys + done;
        w->len = (uint32_t)len;
        memcpy(w->data, from + done, len);
        done += len;
    }
    const bool ok = !tp.failed;

    tp_device_leave();
    return ok;
}

/* ---- posted writes reach memory ---- */

static void check_landing(const struct sim_host_device *d, uint64_t phys)
{
    const enum sim_owner owner = tp_owner(phys);

    if (owner == SIM_OWN_CPU || owner == SIM_OWN_TO ||
        (owner == SIM_OWN_LIB && (tp.in_call == 0 || tp.call_has_cmos))) {
        tp_origin(tp_last_deed(phys), owner != SIM_OWN_LIB || tp.in_call == 0);
        tp_fail(SIM_NOT_MAPPED,
                "read a register of the device before the buffer is taken back, or set "
                "dmacoh_dev_cfg.flush_posted: an interrupt may overtake the data",
                "a write of %s reaches physical address 0x%" PRIx64
                " after the driver has taken the "
                "buffer back",
                d->cfg.name, phys);
    }
}

static void land_byte(const struct sim_host_device *d, struct tp_arena *a, uint32_t off, uint8_t v)
{
    a->dram[off] = v;
    a->truth[off] = v;
    a->known[off] = 1;
    if (!a->cached) {
        if (!tp_store_pending(off)) {
            a->view[off] = v;
        }
    } else if (d->cfg.snoops) {
        a->view[off] = v;
        a->synced[off] = v;
    }
}

static void land(const struct sim_host_device *d, const struct tp_dev_write *w)
{
    uint32_t off = 0;
    struct tp_arena *a = tp_arena_of(w->phys, w->len, &off);

    if (a == NULL) {
        return;
    }
    for (uint32_t i = 0; i < w->len && !tp.failed; i++) {
        tp_touch(a, off + i);
        check_landing(d, w->phys + i);
        land_byte(d, a, off + i, w->data[i]);
    }
    if (!a->cached) {
        return;
    }
    for (uint32_t line = off / a->line; line <= (off + w->len - 1u) / a->line; line++) {
        if (!a->present[line] && !tp_line_dirty(a, line)) {
            tp_line_reload(a, line); /* not in the cache: the CPU will read it from memory */
        }
    }
}

void tp_device_land(struct sim_host_device *d, uint32_t n)
{
    for (; n != 0 && d->nwrites != 0; n--) {
        const struct tp_dev_write w = d->write[d->first];

        d->first = (d->first + 1u) % TP_DEV_WRITES;
        d->nwrites--;
        land(d, &w);
    }
}
