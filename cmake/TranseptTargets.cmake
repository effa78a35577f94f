# What all our targets share. A folder's CMakeLists.txt lists its sources and its neighbours, nothing else.
function(transept_configure target)
    target_compile_features(${target} PUBLIC cxx_std_20)
    set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
    target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}")
    target_compile_options(
        ${target}
        PRIVATE -Wall
                -Wextra
                -Wpedantic
                -Wshadow
                -Wconversion
                -Wnon-virtual-dtor
                -Woverloaded-virtual
                -Wold-style-cast
                -Wno-missing-field-initializers # {.rank = 8} leaves the rest at its default
                -ffp-contract=off # the same bits whether or not the processor fuses multiply and add
                # GCC warns of std::optional without reason when instrumentation hides what it knows
                $<$<BOOL:${TRANSEPT_SANITIZED}>:-Wno-maybe-uninitialized>
    )
    target_compile_definitions(
        ${target}
        PRIVATE QT_NO_CAST_FROM_ASCII
                QT_NO_CAST_TO_ASCII
                QT_NO_URL_CAST_FROM_STRING
                QT_NO_FOREACH
                QT_NO_KEYWORDS # "signal" is a word of our domain; write Q_SIGNALS, Q_EMIT
                $<$<BOOL:${TRANSEPT_SANITIZED}>:TRANSEPT_SANITIZED>
    )
endfunction()

# One layer of the core: transept_layer(NAME SOURCES files... LINKS layers and libraries...)
# The precompiled header is built once, with base, and used by every layer.
function(transept_layer name)
    cmake_parse_arguments(PARSE_ARGV 1 LAYER "" "" "SOURCES;LINKS;PRIVATE_LINKS")
    add_library(transept_${name} STATIC ${LAYER_SOURCES})
    add_library(Transept::${name} ALIAS transept_${name})
    transept_configure(transept_${name})
    set_target_properties(transept_${name} PROPERTIES AUTOMOC OFF)
    target_link_libraries(transept_${name} PUBLIC ${LAYER_LINKS} PRIVATE ${LAYER_PRIVATE_LINKS})
    if(name STREQUAL "base")
        target_precompile_headers(transept_base PRIVATE "${PROJECT_SOURCE_DIR}/core/base/Precompiled.h")
    else()
        target_precompile_headers(transept_${name} REUSE_FROM transept_base)
    endif()
    transept_unite(transept_${name})
endfunction()
