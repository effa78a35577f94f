#pragma once

#include "core/base/Parameter.h"

namespace transept {

/// How vectors are stored, of every extractor that makes some; KnowledgeStore reads it from the
/// configuration.
inline Parameter precisionParameter()
{
    return {.name = "precision",
            .type = Parameter::Type::Choice,
            .preset = "float32",
            .choices = {"float32", "float16"},
            .label = TRANSLATABLE("methods", "Precision of vectors"),
            .meaning =
                TRANSLATABLE("methods",
                             "float16 takes half the room, in the workspace and in training, and keeps three "
                             "digits; what is read of it is exactly what is stored.")};
}

/// How long the vectors of words are to be.
inline Parameter dimensionParameter(int preset, std::string meaning)
{
    return {.name = "dimension",
            .type = Parameter::Type::Integer,
            .preset = preset,
            .low = 2,
            .high = 1024,
            .scale = Parameter::Scale::Log,
            .label = TRANSLATABLE("methods", "Vector length"),
            .meaning = std::move(meaning)};
}

} // namespace transept
