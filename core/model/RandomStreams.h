#pragma once

#include "core/base/Random.h"

namespace transept {

/// What the factor methods draw random numbers for. Each purpose and place has its own stream of a run's
/// seed.
enum class Purpose : std::uint64_t {
    UserPlaces = 1,
    ItemPlaces,
    EventOrder,
    StratumOrder,
    PieceOrder,
    Negatives,
    UserFactors,
    ItemFactors,
    Projection,
    Attention,
    Mapping,
    MappingOrder,
    UserSamples,
    ItemSamples,
    PriorSamples,
    NoiseSamples,
    InfluenceSamples,
    Members,
    ValidationUsers,
    RankedNegatives,
    LinkSamples,
    PeriodSamples,
    MachineSamples,
};

inline Random randomFor(std::uint64_t seed, Purpose purpose, std::uint64_t place = 0, std::uint64_t step = 0)
{
    return Random(seed, (static_cast<std::uint64_t>(purpose) << 40U) + place, step);
}

} // namespace transept
