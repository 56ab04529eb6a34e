/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */

/** @file nvme_regs.h  Registers and encodings of NVM Express 1.4 that the loader uses. */
#ifndef BOOT_NVME_REGS_H
#define BOOT_NVME_REGS_H

#define NVME_CAP_HI 0x04u
#define NVME_INTMS  0x0cu /* write 1: mask an interrupt vector */
#define NVME_INTMC  0x10u /* write 1: unmask it */
#define NVME_CC     0x14u
#define NVME_CSTS   0x1cu
#define NVME_AQA    0x24u
#define NVME_ASQ    0x28u
#define NVME_ACQ    0x30u
#define NVME_DB     0x1000u

#define NVME_CC_ENABLE  1u
#define NVME_CC_ENTRIES (6u << 16 | 4u << 20) /* log2 of 64-byte and 16-byte entries */
#define NVME_CSTS_READY 1u
#define NVME_CSTS_FATAL 2u

#define NVME_ADMIN_CREATE_SQ 0x01u
#define NVME_ADMIN_CREATE_CQ 0x05u
#define NVME_ADMIN_IDENTIFY  0x06u
#define NVME_CMD_READ        0x02u

#define NVME_QUEUE_CONTIGUOUS 1u
#define NVME_QUEUE_INTERRUPT  2u

#define NVME_NSID 1u

#endif
