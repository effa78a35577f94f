#include "core/evaluation/WantedMeasures.h"

#include "core/evaluation/Measures.h"

namespace transept {
namespace {

Basis basisOf(const MeasureName& name)
{
    if (name.base == "coverage" || name.base == "gini") {
        return Basis::Catalogue;
    }
    return looksAtLists(name) ? Basis::List : Basis::Pairs;
}

} // namespace

Result<std::vector<WantedMeasure>> wantedMeasures(const std::vector<std::string>& names)
{
    std::vector<WantedMeasure> wanted;
    for (std::size_t at = 0; at < names.size(); ++at) {
        const Result<MeasureName> name = parseMeasure(names[at], "measures[" + std::to_string(at) + "]");
        if (!name) {
            return passOn(name);
        }
        wanted.push_back({.name = names[at],
                          .base = name->base,
                          .k = static_cast<std::size_t>(name->k),
                          .negatives = static_cast<std::size_t>(name->negatives),
                          .isGiven = name->isGiven,
                          .isCold = name->isCold,
                          .basis = basisOf(*name),
                          .needsRatings = describe(*name).needsRatings});
    }
    return wanted;
}

} // namespace transept
