# Files of one target that are compiled as one, for builds in which nobody waits for the change of a single file: the
# headers and the templates of several files are then read and instantiated once, which halves the time of a layer.

set(transept_most_united 8) # files, so that all processors have work to the end

# The names that a source file declares at its outermost level, with what stands in unnamed namespaces.
function(transept_outermost_names file result)
    file(STRINGS "${file}" lines REGEX "^[A-Za-z_]")
    set(names "")
    foreach(line IN LISTS lines)
        foreach(
            shape # of a type, of an alias, of a constant, of a function
            "^(struct|class|enum class|union) ([A-Za-z_0-9]+)"
            "^(using) ([A-Za-z_0-9]+) ="
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

# Puts the files of the current folder into groups, each a list with commas; no two files of a group declare the same name.
function(transept_unity_groups files result)
    set(numbers "")
    set(count 0)
    foreach(file IN LISTS files)
        transept_outermost_names("${CMAKE_CURRENT_SOURCE_DIR}/${file}" names)
        set(chosen "")
        foreach(number IN LISTS numbers)
            set(common "")
            foreach(name IN LISTS names)
                if(name IN_LIST names_${number})
                    set(common "${name}")
                    break()
                endif()
            endforeach()
            if(common STREQUAL "" AND size_${number} LESS transept_most_united)
                set(chosen ${number})
                break()
            endif()
        endforeach()
        if(chosen STREQUAL "")
            math(EXPR count "${count} + 1")
            set(chosen ${count})
            set(size_${chosen} 0)
            list(APPEND numbers ${chosen})
        endif()
        list(APPEND names_${chosen} ${names})
        list(APPEND files_${chosen} "${file}")
        math(EXPR size_${chosen} "${size_${chosen}} + 1")
    endforeach()
    set(groups "")
    foreach(number IN LISTS numbers)
        list(JOIN files_${number} "," group)
        list(APPEND groups "${group}")
    endforeach()
    set(${result} "${groups}" PARENT_SCOPE)
endfunction()

# What is alone in its file is not alone in a united one: a local name may hide that of another file, a class may have a
# part without a name of its own.
function(transept_allow_united target)
    target_compile_options(${target} PRIVATE -Wno-shadow -Wno-subobject-linkage)
endfunction()

# With TRANSEPT_UNITE, compiles the target's sources in groups.
function(transept_unite target)
    if(NOT TRANSEPT_UNITE)
        return()
    endif()
    get_target_property(sources ${target} SOURCES)
    set(files "")
    foreach(source IN LISTS sources)
        if(source MATCHES "\\.cpp$" AND NOT IS_ABSOLUTE "${source}")
            list(APPEND files "${source}")
        endif()
    endforeach()
    transept_unity_groups("${files}" groups)
    set(nth 0)
    foreach(group IN LISTS groups)
        math(EXPR nth "${nth} + 1")
        string(REPLACE "," ";" members "${group}")
        set_source_files_properties(${members} PROPERTIES UNITY_GROUP "${target}_${nth}")
    endforeach()
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
    transept_allow_united(${target})
endfunction()
