/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/*
 * Silicon knows no owners. What is checked is where a master will go: on some machines RAM answers at a
 * second address, too, so that a wrong bus address may do no harm by accident.
 */
#include "env_state.h"

void track_map_begin(const struct env_map *m)
{
    (void)m;
}

void track_map_end(const struct env_map *m, int rc)
{
    uint32_t off = 0;

    if (rc != DMACOH_OK || dmacoh_map_bounced(&m->map) != 0) {
        return;
    }
    for (uint32_t i = 0; i < m->n; i++) {
        env_expect(env_bus_to_phys(env_map_bus(m, off)) ==
                   env_mem_phys(m->part[i].mem) + m->part[i].first);
        off += m->part[i].len;
    }
}

void track_sync_begin(const struct env_map *m, bool to_cpu, uint32_t off, uint32_t len)
{
    (void)m;
    (void)to_cpu;
    (void)off;
    (void)len;
}

void track_sync_end(const struct env_map *m, bool to_cpu, uint32_t off, uint32_t len)
{
    track_sync_begin(m, to_cpu, off, len);
}

void track_unmap_begin(const struct env_map *m)
{
    (void)m;
}

void track_unmap_end(const struct env_map *m, int rc)
{
    (void)m;
    (void)rc;
}

void track_alloc_begin(void)
{
}

void track_alloc_end(const struct dmacoh_buf *buf, int rc)
{
    env_expect(rc != DMACOH_OK || env_bus_to_phys(buf->bus) == buf->phys);
}

void track_free(const struct dmacoh_buf *buf)
{
    (void)buf;
}
