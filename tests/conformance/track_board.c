/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* Nothing to track: silicon knows no owners. */
#include "env_state.h"

void track_map_begin(const struct env_map *m)
{
    (void)m;
}

void track_map_end(const struct env_map *m, int rc)
{
    (void)m;
    (void)rc;
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
    track_map_end(m, rc);
}

void track_alloc_begin(void)
{
}

void track_alloc_end(const struct dmacoh_buf *buf, int rc)
{
    (void)buf;
    (void)rc;
}

void track_free(const struct dmacoh_buf *buf)
{
    (void)buf;
}
