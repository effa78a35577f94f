#pragma once

#include "core/base/Random.h"
#include "core/experiment/Runner.h"
#include "tests/support/Interactions.h"

#include <cmath>
#include <fmt/format.h>

namespace transept::test {

/// Ratings 1 ... 5 of people "u1" ... for items "i1" ... with a taste in them that factors can learn; every
/// person rates about `perUser` different items. As a picture for fill().
inline std::string ratingsPicture(
    const std::string& domain, int users, int items, int perUser, std::uint64_t seed)
{
    std::string picture = domain + ": ";
    for (int user = 1; user <= users; ++user) {
        Random random(seed, static_cast<std::uint64_t>(user));
        for (int item = 1; item <= items; ++item) {
            if (random.uniform() * items >= perUser) {
                continue;
            }
            const double taste = std::sin(user * 1.7) * std::cos(item * 0.9) + 0.5 * std::sin(item * 2.3);
            const double rating = std::clamp(std::round(3.2 + 1.4 * taste + 0.4 * random.normal()), 1.0, 5.0);
            picture += fmt::format("u{} i{} {}@{}, ", user, item, rating, 1'000'000 + random.below(100'000));
        }
    }
    return picture;
}

/// A spec on "films" with these changes: {"method.name": "mf", "method.epochs": 5}.
inline Spec specOf(const std::map<std::string, Json>& changes)
{
    Json document{{"data", {{"target", "films"}}}, {"method", {{"name", "bias"}}}};
    for (const auto& [path, value] : changes) {
        if (const Status set = setValue(document, path, value.dump()); !set) {
            throw std::runtime_error(describe(set.error()));
        }
    }
    Result<Spec> spec = specFrom(document);
    if (!spec) {
        throw std::runtime_error(describe(spec.error()));
    }
    return std::move(*spec);
}

/// Runs a spec to its end; throws std::runtime_error with the sentence when it fails.
inline RunRecord finishedRun(const Workspace& workspace, const std::map<std::string, Json>& changes)
{
    const Result<RunId> run = enqueue(workspace, specOf(changes));
    const Result<RunRecord> record = run ? execute(workspace, *run, {}) : passOn(run);
    if (!record) {
        throw std::runtime_error(describe(record.error()));
    }
    return *record;
}

} // namespace transept::test
