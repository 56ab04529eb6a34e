# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# The source list for make. Set DMACOH_BACKEND (see dmacoh_backends_* below), include this file, and
# compile $(DMACOH_SOURCES) with $(DMACOH_CPPFLAGS); clients of the library need $(DMACOH_INCLUDES)
# only.

DMACOH_DIR := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
DMACOH_BACKEND ?= armv7a

dmacoh_backends_arm := armv5 armv6 armv7a armv7m
dmacoh_backends_mips := mips32
dmacoh_backends_parisc := pa11 pa20
dmacoh_backends_ppc := e500 ppc44x ppc6xx ppc8xx
dmacoh_arch := $(strip $(foreach arch,arm mips parisc ppc, \
    $(if $(filter $(DMACOH_BACKEND),$(dmacoh_backends_$(arch))),$(arch))))
ifeq ($(dmacoh_arch),)
$(error DMACOH_BACKEND=$(DMACOH_BACKEND) is not a backend of this version)
endif

dmacoh_lists := $(DMACOH_DIR)/src/core/sources.txt \
    $(DMACOH_DIR)/src/arch/$(dmacoh_arch)/$(DMACOH_BACKEND).txt
DMACOH_SOURCES := $(addprefix $(DMACOH_DIR)/,$(shell grep -hv '^\#' $(dmacoh_lists)))

DMACOH_INCLUDES := -I$(DMACOH_DIR)/include
DMACOH_CPPFLAGS := $(DMACOH_INCLUDES) \
    -I$(DMACOH_DIR)/src/core \
    -I$(DMACOH_DIR)/src/arch/$(dmacoh_arch) \
    -I$(DMACOH_DIR)/src/arch/$(dmacoh_arch)/insn \
    -I$(DMACOH_DIR)/src/arch/common/insn \
    -DDMACOH_BACKEND=$(DMACOH_BACKEND)
