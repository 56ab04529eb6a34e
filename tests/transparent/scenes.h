/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/** @file scenes.h  Drivers of a few lines: right ones, and ones with one bug each. */
#ifndef TRANSPARENT_SCENES_H
#define TRANSPARENT_SCENES_H

#include <dmacoh-sim/transparent.h>

struct tp_scene {
    const char *name;
    void (*fn)(void *);
    enum sim_bug fast, trap; /* what is found in either speed; SIM_OK: nothing */
    enum sim_bug portable;   /* in FAST, where the host cannot single-step */
    const char *says;        /* part of the report; NULL: not looked at */
    const unsigned *line;    /* where; NULL: not looked at */
};
extern const struct tp_scene tp_scenes[];
extern const unsigned tp_nscenes;

/** A scene by name. */
const struct tp_scene *tp_scene(const char *name);

#endif
