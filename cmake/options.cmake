# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 The libdmacoh authors
#
# What may be left out of the library. An option changes no signature: what is off still links and
# answers DMACOH_E_UNSUPP. The definitions are private; no public header looks at them.

set(DMACOH_FEATURES POOL OBJPOOL MAGAZINE BOUNCE WINDOWS OUTER LPAE FLIP IOMMU DEBUG)

option(DMACOH_WITH_POOL "Coherent pools: regions, dmacoh_alloc()" ON)
cmake_dependent_option(DMACOH_WITH_OBJPOOL "Small coherent objects" ON DMACOH_WITH_POOL OFF)
# The host build tests them all; a target pays for them in text, so it asks.
if(CMAKE_CROSSCOMPILING)
    set(extra_default OFF)
else()
    set(extra_default ON)
endif()
cmake_dependent_option(DMACOH_WITH_MAGAZINE "Small objects kept free by each CPU, without a lock"
    ${extra_default} DMACOH_WITH_OBJPOOL OFF)
cmake_dependent_option(DMACOH_WITH_BOUNCE "Bounce and edge slots" ON DMACOH_WITH_POOL OFF)
option(DMACOH_WITH_WINDOWS "Temporary mappings of memory outside the linear map" ON)
option(DMACOH_WITH_OUTER "Outer caches operated by physical address (PL310)" ${extra_default})
option(DMACOH_WITH_LPAE "ARMv7-A: page tables of long descriptors" ${extra_default})

# Seams for later versions; src/core/config.h refuses what this version does not have.
option(DMACOH_WITH_FLIP "Change of page type, pools that grow" OFF)
option(DMACOH_WITH_IOMMU "Translation per device" OFF)
option(DMACOH_WITH_DEBUG "Registry of live mappings" OFF)

# Applies the options to `target`, for its own files only.
function(dmacoh_apply_options target)
    foreach(feature IN LISTS DMACOH_FEATURES)
        target_compile_definitions(${target} PRIVATE
            DMACOH_WITH_${feature}=$<BOOL:${DMACOH_WITH_${feature}}>)
    endforeach()
    if(DMACOH_CONFIG_HEADER)
        target_compile_definitions(${target} PRIVATE DMACOH_CONFIG_HEADER=${DMACOH_CONFIG_HEADER})
    endif()
endfunction()
