# Files of one target that are compiled as one, for builds in which nobody waits for the change of a single file: the
# headers and the templates of several files are then read and instantiated once, which halves the time of a layer.

set(transept_most_united 8) # files, so that all processors have work to the end

# The names that a source file declares at its outermost level, with what stands in unnamed namespaces.
function(transept_outermost_names file result)
    file(STRINGS "${file}" lines REGEX "^[A-Za-z_]")
    set(names "")
    foreach(line IN LISTS lines)
        foreach(
            shape # of a type, of a constant, of a function
            "^(struct|class|enum class|using|union) ([A-Za-z_0-9]+)"
            "^(constexpr|const|static|inline) [^=({]*[ >&*]([A-Za-z_0-9]+)(\\[.*| =.*|{.*)?$"
            "^([A-Za-z_][A-Za-z_0-9:<>,&* ]*)[ &*>]([A-Za-z_0-9]+)\\("
        )
            if(line MATCHES "${shape}")
                list(APPEND names "${CMAKE_MATCH_2}")
            endif()
        endforeach()
    endforeach()
    set(${result} "${names}" PARENT_SCOPE)
endfunction()

# With TRANSEPT_UNITE, puts the target's sources into groups; no two files of a group declare the same name.
function(transept_unite target)
    if(NOT TRANSEPT_UNITE)
        return()
    endif()
    get_target_property(sources ${target} SOURCES)
    set(groups "")
    set(count 0)
    foreach(source IN LISTS sources)
        if(NOT source MATCHES "\\.cpp$" OR IS_ABSOLUTE "${source}")
            continue()
        endif()
        transept_outermost_names("${CMAKE_CURRENT_SOURCE_DIR}/${source}" names)
        set(chosen "")
        foreach(group IN LISTS groups)
            set(common "")
            foreach(name IN LISTS names)
                if(name IN_LIST names_${group})
                    set(common "${name}")
                    break()
                endif()
            endforeach()
            if(common STREQUAL "" AND size_${group} LESS transept_most_united)
                set(chosen ${group})
                break()
            endif()
        endforeach()
        if(chosen STREQUAL "")
            math(EXPR count "${count} + 1")
            set(chosen ${count})
            set(size_${chosen} 0)
            list(APPEND groups ${chosen})
        endif()
        list(APPEND names_${chosen} ${names})
        math(EXPR size_${chosen} "${size_${chosen}} + 1")
        set_source_files_properties("${source}" PROPERTIES UNITY_GROUP "${target}_${chosen}")
    endforeach()
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
    # What is alone in its file is not alone here: a local name may hide that of another file, a class may have a part
    # without a name of its own.
    target_compile_options(${target} PRIVATE -Wno-shadow -Wno-subobject-linkage)
endfunction()
