/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
#include "rsp.h"

#include "trace.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define TRIES 400u

void rsp_open(struct rsp *r, const char *path)
{
    const struct timespec pause = {0, 10000000};
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    if (strlen(path) >= sizeof(address.sun_path)) {
        die("%s: too long for a socket", path);
    }
    (void)snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
    for (uint32_t i = 0; i < TRIES; i++) {
        r->fd = socket(AF_UNIX, SOCK_STREAM, 0);
        if (r->fd >= 0 && connect(r->fd, (struct sockaddr *)&address, sizeof(address)) == 0) {
            return;
        }
        (void)close(r->fd);
        (void)nanosleep(&pause, NULL);
    }
    die("QEMU does not answer at %s", path);
}

void rsp_close(struct rsp *r)
{
    (void)close(r->fd);
}

static void put(const struct rsp *r, const char *bytes, size_t len)
{
    while (len != 0) {
        const ssize_t n = write(r->fd, bytes, len);

        if (n <= 0) {
            die("QEMU has gone");
        }
        bytes += n;
        len -= (size_t)n;
    }
}

/* One packet: $, text, #, two digits. What comes before it is an acknowledgement. */
static void get(struct rsp *r)
{
    char raw[RSP_MAX];
    size_t len = 0;

    for (;;) {
        const ssize_t n = read(r->fd, raw + len, sizeof(raw) - 1u - len);

        if (n <= 0) {
            die("QEMU has gone");
        }
        len += (size_t)n;
        raw[len] = '\0';
        const char *first = strchr(raw, '$');
        const char *end = first != NULL ? strchr(first, '#') : NULL;

        if (end != NULL && (size_t)(end - raw) + 2u < len) {
            const size_t text = (size_t)(end - first) - 1u;

            memcpy(r->reply, first + 1, text);
            r->reply[text] = '\0';
            return;
        }
    }
}

const char *rsp_ask(struct rsp *r, const char *packet)
{
    char raw[RSP_MAX];
    uint8_t sum = 0;

    for (const char *c = packet; *c != '\0'; c++) {
        sum = (uint8_t)(sum + (uint8_t)*c);
    }
    const int len = snprintf(raw, sizeof(raw), "+$%s#%02x", packet, sum);

    if (len < 0 || (size_t)len >= sizeof(raw)) {
        die("packet too long");
    }
    put(r, raw, (size_t)len);
    get(r);
    return r->reply;
}

void rsp_do(struct rsp *r, const char *packet)
{
    if (strcmp(rsp_ask(r, packet), "OK") != 0) {
        die("QEMU refuses %.16s: %s", packet, r->reply);
    }
}
