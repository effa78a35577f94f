#include "core/model/IalsParameters.h"

#include "core/model/FactorState.h"
#include "core/model/History.h"

namespace transept {
namespace {

using Type = Parameter::Type;
using Scale = Parameter::Scale;

std::vector<Parameter> objectiveParameters()
{
    const std::vector<Parameter> all = factorParameters();
    return {
        sharedParameter(all, "factors", 64),
        sharedParameter(all, "epochs", 16),
        {.name = "unobserved-weight",
         .type = Type::Real,
         .preset = 0.1,
         .low = 1e-5,
         .high = 10.0,
         .scale = Scale::Log,
         .label = TRANSLATABLE("methods", "Weight of what did not happen"),
         .meaning = TRANSLATABLE(
             "methods",
             "How strongly a score of any pair of user and item is pulled towards 0, when 1 is the pull of "
             "an interaction towards 1.")},
        {.name = "regularisation",
         .type = Type::Real,
         .preset = 0.02,
         .low = 1e-6,
         .high = 1000.0,
         .scale = Scale::Log,
         .label = TRANSLATABLE("methods", "Regularisation of factors"),
         .meaning = TRANSLATABLE(
             "methods",
             "Pulls the factors towards 0. It is multiplied by (interactions + weight of what did not happen "
             "x rows of the other side) to the power of the exponent.")},
        {.name = "exponent",
         .type = Type::Real,
         .preset = 1.0,
         .low = 0.0,
         .high = 2.0,
         .label = TRANSLATABLE("methods", "Exponent of the regularisation"),
         .meaning = TRANSLATABLE(
             "methods",
             "1: every user and item is regularised like the errors it has part in. 0: all of them alike.")},
    };
}

std::vector<Parameter> solverParameters()
{
    return {
        {.name = "solver",
         .type = Type::Choice,
         .preset = "exact",
         .choices = {"exact", "blocks", "conjugate-gradient"},
         .label = TRANSLATABLE("methods", "Solver"),
         .meaning = TRANSLATABLE(
             "methods",
             "exact: every vector is the solution of its equations, by Cholesky. blocks: a few factors are "
             "solved for at a time (iALS++). conjugate-gradient: a few steps towards the solution. The "
             "latter two pay off with many factors.")},
        {.name = "block-size",
         .type = Type::Integer,
         .preset = 32,
         .low = 16,
         .high = 512,
         .scale = Scale::Log,
         .label = TRANSLATABLE("methods", "Block size"),
         .meaning = TRANSLATABLE("methods",
                                 "How many factors are solved for at a time; raised to a multiple of 16."),
         .onlyWhen = "solver=blocks"},
        {.name = "steps",
         .type = Type::Integer,
         .preset = 3,
         .low = 1,
         .high = 50,
         .label = TRANSLATABLE("methods", "Steps"),
         .meaning = TRANSLATABLE("methods", "How many steps an epoch goes towards each solution."),
         .onlyWhen = "solver=conjugate-gradient"},
        {.name = "deviation",
         .type = Type::Real,
         .preset = 0.1,
         .low = 1e-4,
         .high = 10.0,
         .scale = Scale::Log,
         .label = TRANSLATABLE("methods", "Initial deviation"),
         .meaning = TRANSLATABLE(
             "methods",
             "The standard deviation of the random numbers that factors start with, times the root of "
             "their number.")},
        entryValueParameter(),
    };
}

} // namespace

std::vector<Parameter> ialsParameters()
{
    std::vector<Parameter> all = objectiveParameters();
    for (const Parameter& each : solverParameters()) {
        all.push_back(each);
    }
    return all;
}

} // namespace transept
