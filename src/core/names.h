/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 The libdmacoh authors */
/**
 * @file names.h
 * @brief Link-time names of the private functions that cross files. Private.
 *
 * In the source they are short; in the archive everything starts with dmacoh_, so that a system that
 * links the library statically never meets a clash. A test checks that none is missing here.
 */
#ifndef DMACOH_NAMES_H
#define DMACOH_NAMES_H

/* NOLINTBEGIN(readability-identifier-naming): they name functions, and look like what they name */
#define armv5_policy        dmacoh_i_armv5_policy
#define armv6_policy        dmacoh_i_armv6_policy
#define armv7a_granule      dmacoh_i_armv7a_granule
#define armv7a_policy       dmacoh_i_armv7a_policy
#define armv7a_step         dmacoh_i_armv7a_step
#define armv7m_in_tcm       dmacoh_i_armv7m_in_tcm
#define armv7m_policy       dmacoh_i_armv7m_policy
#define armv7m_span         dmacoh_i_armv7m_span
#define dev_bus             dmacoh_i_dev_bus
#define dev_span            dmacoh_i_dev_span
#define e500_entry_map      dmacoh_i_e500_entry_map
#define e500_entry_va       dmacoh_i_e500_entry_va
#define e500_find           dmacoh_i_e500_find
#define e500_policy         dmacoh_i_e500_policy
#define e500_tlb1_entries   dmacoh_i_e500_tlb1_entries
#define e500_tlb1_read      dmacoh_i_e500_tlb1_read
#define e500_tlb_get        dmacoh_i_e500_tlb_get
#define e500_tlb_search     dmacoh_i_e500_tlb_search
#define e500_windows_free   dmacoh_i_e500_windows_free
#define job_commit          dmacoh_i_job_commit
#define lock_drop           dmacoh_i_lock_drop
#define lock_take           dmacoh_i_lock_take
#define magazine_alloc      dmacoh_i_magazine_alloc
#define magazine_busy       dmacoh_i_magazine_busy
#define magazine_free       dmacoh_i_magazine_free
#define magazine_init       dmacoh_i_magazine_init
#define maint_begin         dmacoh_i_maint_begin
#define maint_copy          dmacoh_i_maint_copy
#define maint_done          dmacoh_i_maint_done
#define maint_range         dmacoh_i_maint_range
#define maint_va            dmacoh_i_maint_va
#define maint_zero          dmacoh_i_maint_zero
#define mem_check           dmacoh_i_mem_check
#define mem_find            dmacoh_i_mem_find
#define mem_phys            dmacoh_i_mem_phys
#define mips32_l1           dmacoh_i_mips32_l1
#define mips32_l2           dmacoh_i_mips32_l2
#define mips32_policy       dmacoh_i_mips32_policy
#define mips32_tlb_clear    dmacoh_i_mips32_tlb_clear
#define mips32_tlb_find     dmacoh_i_mips32_tlb_find
#define mips32_tlb_pfn_bits dmacoh_i_mips32_tlb_pfn_bits
#define mips32_tlb_read     dmacoh_i_mips32_tlb_read
#define mips32_tlb_restore  dmacoh_i_mips32_tlb_restore
#define mips32_tlb_save     dmacoh_i_mips32_tlb_save
#define mips32_tlb_write    dmacoh_i_mips32_tlb_write
#define mips32_win_admit    dmacoh_i_mips32_win_admit
#define object_check        dmacoh_i_object_check
#define object_live         dmacoh_i_object_live
#define pa11_cpu            dmacoh_i_pa11_cpu
#define pa20_cpu            dmacoh_i_pa20_cpu
#define pa_barrier          dmacoh_i_pa_barrier
#define pa_congruent        dmacoh_i_pa_congruent
#define pa_op_va            dmacoh_i_pa_op_va
#define pa_probe            dmacoh_i_pa_probe
#define pa_region_check     dmacoh_i_pa_region_check
#define pl310_drain         dmacoh_i_pl310_drain
#define pl310_op            dmacoh_i_pl310_op
#define pl310_probe         dmacoh_i_pl310_probe
#define plan_make           dmacoh_i_plan_make
#define plan_release        dmacoh_i_plan_release
#define pool_give           dmacoh_i_pool_give
#define pool_take           dmacoh_i_pool_take
#define ppc44x_entry_map    dmacoh_i_ppc44x_entry_map
#define ppc44x_entry_va     dmacoh_i_ppc44x_entry_va
#define ppc44x_find         dmacoh_i_ppc44x_find
#define ppc44x_policy       dmacoh_i_ppc44x_policy
#define ppc44x_tlb_get      dmacoh_i_ppc44x_tlb_get
#define ppc44x_tlb_read     dmacoh_i_ppc44x_tlb_read
#define ppc44x_tlb_search   dmacoh_i_ppc44x_tlb_search
#define ppc44x_untranslated dmacoh_i_ppc44x_untranslated
#define ppc44x_windows_free dmacoh_i_ppc44x_windows_free
#define ppc6xx_bat_maps     dmacoh_i_ppc6xx_bat_maps
#define ppc6xx_bat_read     dmacoh_i_ppc6xx_bat_read
#define ppc6xx_bat_write    dmacoh_i_ppc6xx_bat_write
#define ppc6xx_bats         dmacoh_i_ppc6xx_bats
#define ppc6xx_find         dmacoh_i_ppc6xx_find
#define ppc6xx_hash_find    dmacoh_i_ppc6xx_hash_find
#define ppc6xx_policy       dmacoh_i_ppc6xx_policy
#define ppc6xx_windows_free dmacoh_i_ppc6xx_windows_free
#define ppc8xx_policy       dmacoh_i_ppc8xx_policy
#define ppc_linear_wimg     dmacoh_i_ppc_linear_wimg
#define ppc_region_mapped   dmacoh_i_ppc_region_mapped
#define region_reach        dmacoh_i_region_reach
#define run_find            dmacoh_i_run_find
#define runs_alloc          dmacoh_i_runs_alloc
#define runs_free           dmacoh_i_runs_free
#define runs_init           dmacoh_i_runs_init
#define runs_largest        dmacoh_i_runs_largest
#define short_region_check  dmacoh_i_short_region_check
#define short_walk          dmacoh_i_short_walk
#define slab_grow           dmacoh_i_slab_grow
#define slab_put            dmacoh_i_slab_put
#define slot_free           dmacoh_i_slot_free
#define slot_spot           dmacoh_i_slot_spot
#define transfer_to_cpu     dmacoh_i_transfer_to_cpu
#define transfer_to_device  dmacoh_i_transfer_to_device
#define v7_entry_store      dmacoh_i_v7_entry_store
#define v7_long_link        dmacoh_i_v7_long_link
#define v7_long_pte_clean   dmacoh_i_v7_long_pte_clean
#define v7_long_type_is     dmacoh_i_v7_long_type_is
#define v7_long_walk        dmacoh_i_v7_long_walk
#define v7_long_window_bits dmacoh_i_v7_long_window_bits
#define v7_short_walk       dmacoh_i_v7_short_walk
#define walk_next           dmacoh_i_walk_next
#define walk_start          dmacoh_i_walk_start
#define window_check        dmacoh_i_window_check
#define window_close        dmacoh_i_window_close
#define window_open         dmacoh_i_window_open
/* NOLINTEND(readability-identifier-naming) */

#endif
