#include "core/evaluation/ListMeasures.h"

#include <algorithm>

namespace transept {
namespace {

struct NamedListMeasure
{
    std::string_view base;
    ListMeasure measure;
};

/// Those that look at more than the hits.
constexpr NamedListMeasure listMeasures[] = {
    {"ranking-auc", [](const RankedUser& user, const Surroundings&, std::size_t) { return user.auc; }},
    {"novelty",
     [](const RankedUser& user, const Surroundings& all, std::size_t k) {
         return noveltyOf(user.first(k), all.surprises);
     }},
    {"diversity",
     [](const RankedUser& user, const Surroundings& all, std::size_t k) {
         return all.vectors == nullptr ? notApplicable : diversityOf(user.first(k), *all.vectors);
     }},
    {"serendipity",
     [](const RankedUser& user, const Surroundings&, std::size_t k) {
         return serendipityOf(user.items, user.hits, user.popular, k);
     }},
    {"calibration",
     [](const RankedUser& user, const Surroundings& all, std::size_t k) {
         return all.categories ? calibrationOf(user.first(k), user.history, *all.categories) : notApplicable;
     }},
};

} // namespace

ListMeasure listMeasure(std::string_view base)
{
    const auto* found = std::find_if(std::begin(listMeasures),
                                     std::end(listMeasures),
                                     [&](const auto& entry) { return entry.base == base; });
    return found == std::end(listMeasures) ? nullptr : found->measure;
}

} // namespace transept
