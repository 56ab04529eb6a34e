/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/* The calls of a case that are the same everywhere: handles, positions, the library itself. */
#include "env_state.h"

const struct env_case *env_case;
struct env_state *env_state;

uint32_t env_line(void)
{
    return dmacoh_line(env_instance());
}

uint32_t env_at(int position)
{
    const int lines = (position + 128) >> 8;

    return (uint32_t)(lines * (int)env_line() + (position - lines * 256));
}

const void *env_arg(void)
{
    return env_case->arg;
}

struct env_part env_part(uint32_t mem, int first, int end)
{
    const uint32_t from = env_at(first);

    return (struct env_part){mem, from, env_at(end) - from};
}

/* Never 0, and no two of neighbouring lines or of two memories are equal. */
uint8_t env_initial(uint32_t mem, uint32_t off)
{
    return (uint8_t)(0x80u + (mem * 53u + off * 3u) % 0x7fu);
}

struct dmacoh_map *env_handle(uint32_t m)
{
    return &env_state->map[m].map;
}

struct dmacoh_buf *env_buf(uint32_t b)
{
    return &env_state->buf[b];
}

static struct env_map *prepare(uint32_t m, const struct env_part *p, uint32_t n,
                               enum dmacoh_dir dir, uint32_t attrs)
{
    struct env_map *e = &env_state->map[m];

    e->n = n;
    e->dir = (int32_t)dir;
    e->attrs = attrs;
    e->shared = 0;
    for (uint32_t i = 0; i < n; i++) {
        e->part[i] = p[i];
        e->in[i] = (struct dmacoh_seg){env_mem_phys(p[i].mem) + p[i].first, p[i].len, 0};
    }
    track_map_begin(e);
    return e;
}

/* One segment: give it the shape of a list, so that the rest need not tell them apart. */
static int finish_one(struct env_map *e, int rc)
{
    if (rc == DMACOH_OK) {
        e->out[0] = (struct dmacoh_bseg){e->map.bus, e->map.len};
    }
    track_map_end(e, rc);
    return rc;
}

int env_map_single(uint32_t m, struct env_part p, enum dmacoh_dir dir, uint32_t attrs)
{
    struct env_map *e = prepare(m, &p, 1, dir, attrs);
    /* a machine address: never dereferenced here */
    const void *va = (const void *)(env_mem_va(p.mem) + p.first);

    return finish_one(e, dmacoh_map_single(env_device(), &e->map, va, p.len, dir, attrs));
}

int env_map_phys(uint32_t m, struct env_part p, enum dmacoh_dir dir, uint32_t attrs)
{
    struct env_map *e = prepare(m, &p, 1, dir, attrs);

    return finish_one(e, dmacoh_map_phys(env_device(), &e->map, e->in[0].phys, p.len, dir, attrs));
}

int env_map_segs(uint32_t m, const struct env_part *p, uint32_t n, uint32_t max_out,
                 enum dmacoh_dir dir, uint32_t attrs)
{
    struct env_map *e = prepare(m, p, n, dir, attrs);
    const int rc = dmacoh_map_segs(env_device(), &e->map, e->in, n, e->out,
                                   max_out < ENV_OUT ? max_out : ENV_OUT, dir, attrs);

    track_map_end(e, rc);
    return rc;
}

int env_unmap(uint32_t m)
{
    struct env_map *e = &env_state->map[m];

    track_unmap_begin(e);
    const int rc = dmacoh_unmap(&e->map);

    track_unmap_end(e, rc);
    return rc;
}

int env_abandon(uint32_t m)
{
    return dmacoh_map_abandon(&env_state->map[m].map);
}

int env_ref(uint32_t m)
{
    env_state->map[m].shared = 1;
    return dmacoh_map_ref(&env_state->map[m].map);
}

static int sync(uint32_t m, bool to_cpu, uint32_t off, uint32_t len)
{
    struct env_map *e = &env_state->map[m];

    track_sync_begin(e, to_cpu, off, len);
    const int rc =
        to_cpu ? dmacoh_sync_for_cpu(&e->map, off, len) : dmacoh_sync_for_device(&e->map, off, len);

    track_sync_end(e, to_cpu, off, len);
    return rc;
}

int env_sync_for_cpu(uint32_t m, uint32_t off, uint32_t len)
{
    return sync(m, true, off, len);
}

int env_sync_for_device(uint32_t m, uint32_t off, uint32_t len)
{
    return sync(m, false, off, len);
}

int env_alloc(uint32_t b, uint32_t lines)
{
    struct dmacoh_buf *buf = &env_state->buf[b];

    track_alloc_begin();
    const int rc = dmacoh_alloc(env_device(), buf, (size_t)lines * env_line(), 0);

    track_alloc_end(buf, rc);
    return rc;
}

int env_free(uint32_t b)
{
    track_free(&env_state->buf[b]);
    return dmacoh_free(&env_state->buf[b]);
}

void env_publish(void)
{
    dmacoh_desc_publish(env_device());
}

void env_wmb(void)
{
    dmacoh_wmb(env_device());
}

void env_rmb(void)
{
    dmacoh_rmb(env_device());
}

dmacoh_bus_t env_map_bus(const struct env_map *m, uint32_t off)
{
    for (uint32_t i = 0; i < m->map.nsegs; i++) {
        if (off < m->out[i].len) {
            return m->out[i].addr + off;
        }
        off -= m->out[i].len;
    }
    return DMACOH_BUS_NONE;
}
