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

# One test program of one Qt Test class: transept_test(NAME LINKS ... [FIXTURE header] [LABELS ...] [TIMEOUT seconds]
#   [ALONE])
# The source is NAME.cpp beside the calling CMakeLists.txt. A FIXTURE is a header with a class of slots for several tests.
# moc is called for these files alone: what AUTOMOC would look for and compile besides is a tenth of the whole build.
function(transept_test name)
    cmake_parse_arguments(PARSE_ARGV 1 TEST "ALONE" "TIMEOUT;FIXTURE" "SOURCES;LINKS;LABELS")
    set(metaobjects "${CMAKE_CURRENT_BINARY_DIR}/${name}.dir")
    add_executable(${name} ${name}.cpp ${TEST_SOURCES} "${metaobjects}/${name}.moc")
    transept_configure(${name})
    target_include_directories(${name} PRIVATE "${metaobjects}")
    qt_generate_moc(${name}.cpp "${metaobjects}/${name}.moc" TARGET ${name})
    if(TEST_FIXTURE)
        set(fixture "${metaobjects}/moc_${TEST_FIXTURE}.cpp")
        qt_generate_moc(${TEST_FIXTURE}.h "${fixture}" TARGET ${name})
        target_sources(${name} PRIVATE "${fixture}")
        set_source_files_properties("${fixture}" PROPERTIES HEADER_FILE_ONLY ON) # the test includes it
    endif()
    target_link_libraries(${name} PRIVATE Transept::test_support ${TEST_LINKS})
    # The headers that nearly every test needs are compiled once: those of the window's tests with the window.
    # They were compiled for a library, so the programs are compiled as libraries are.
    target_compile_options(${name} PRIVATE -fPIC)
    if("${TEST_LINKS}" MATCHES "Transept::ui")
        target_precompile_headers(${name} REUSE_FROM transept_ui_frame)
    else()
        target_precompile_headers(${name} REUSE_FROM transept_test_headers)
    endif()
    add_test(NAME ${name} COMMAND ${name})
    if(NOT TEST_TIMEOUT)
        set(TEST_TIMEOUT 300)
    endif()
    if(CMAKE_CURRENT_SOURCE_DIR MATCHES "/tests/core/")
        list(APPEND TEST_LABELS core)
    endif()
    set_tests_properties(
        ${name}
        PROPERTIES TIMEOUT ${TEST_TIMEOUT}
                   COST ${TEST_TIMEOUT} # what may take long begins first, so that nobody waits for it alone
                   LABELS "${TEST_LABELS}"
                   ENVIRONMENT "QT_QPA_PLATFORM=offscreen"
                   # A test that wants shared/data and does not find it says so; .ci/run counts these.
                   SKIP_RETURN_CODE 77
    )
    if(TEST_ALONE) # nothing runs beside it
        set_tests_properties(${name} PROPERTIES RUN_SERIAL ON)
    endif()
    # What has a label can be built alone: the target tests_LABEL.
    foreach(label IN LISTS TEST_LABELS)
        if(NOT TARGET tests_${label})
            add_custom_target(tests_${label})
        endif()
        add_dependencies(tests_${label} ${name})
    endforeach()
endfunction()
