/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file rsp.h
 * @brief The remote protocol of GDB, as QEMU speaks it on a socket.
 */
#ifndef MC_RSP_H
#define MC_RSP_H

#include <stddef.h>
#include <stdint.h>

#define RSP_MAX 4096u /* longest packet of QEMU */

struct rsp {
    int fd;
    char reply[RSP_MAX];
};

/** Connects to the socket at path, which may not be there yet. */
void rsp_open(struct rsp *r, const char *path);
void rsp_close(struct rsp *r);

/** Sends a packet and returns the answer, a string that the next call changes. */
const char *rsp_ask(struct rsp *r, const char *packet);

/** The same; the answer must be OK. */
void rsp_do(struct rsp *r, const char *packet);

#endif
