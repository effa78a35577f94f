#pragma once

#include "core/base/Random.h"
#include "core/data/Split.h"
#include "tests/support/Events.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>
#include <tuple>

namespace transept::test {

/// What a random data set looks like. Every user acts in the target with a chance that falls with the user's
/// row, so that there are busy and quiet ones; likewise the items.
struct DatasetShape
{
    std::size_t users = 60;
    std::size_t items = 40;   ///< of every domain
    std::size_t events = 600; ///< of every domain
    std::size_t sources = 1;
    FeedbackKind kind = FeedbackKind::Explicit; ///< of the target: ratings 1 ... 5, or strengths of 1
    bool hasTimes = true;
    std::uint64_t seed = 1;
};

inline DomainData randomDomain(const DatasetShape& shape, std::string name, std::uint64_t stream)
{
    DomainData domain{
        .id = DomainId{static_cast<std::int64_t>(stream)}, .name = std::move(name), .kind = shape.kind};
    const bool isExplicit = shape.kind == FeedbackKind::Explicit;
    domain.scaleMin = isExplicit ? 1.0 : 0.0;
    domain.scaleMax = isExplicit ? 5.0 : 1.0;
    for (std::size_t item = 0; item < shape.items; ++item) {
        domain.items.push_back(ItemId{static_cast<std::int64_t>(stream * 1'000'000 + item)});
    }
    Random random(shape.seed, stream);
    const auto skewed = [&](std::size_t count) {
        return static_cast<std::int32_t>(random.uniform() * random.uniform() * static_cast<double>(count));
    };
    for (std::size_t place = 0; place < shape.events; ++place) {
        Event event{.user = UserRow{skewed(shape.users)}, .item = ItemRow{skewed(shape.items)}};
        event.value = isExplicit ? static_cast<float>(1 + random.below(5)) : 1.0F;
        event.time =
            shape.hasTimes ? static_cast<std::int64_t>(1'000'000 + random.below(shape.events / 2)) : 0;
        domain.parts.push_back(static_cast<Part>(random.below(4)));
        domain.events.push_back(event);
    }
    return domain;
}

/// One letter an interaction: trained, validation, Tested, - in no part.
inline std::string picture(std::span<const Part> parts)
{
    std::string text;
    for (const Part part : parts) {
        text += part == Part::Train ? '.' : part == Part::Validation ? 'v' : part == Part::Test ? 'T' : '-';
    }
    return text;
}

/// Throws std::runtime_error unless the target's matrix and held-out parts hold what `ofTarget` says of the
/// dataset's events, and nothing else: held out in file order, in training by user, then time, then file
/// order.
inline void checkParts(const Dataset& data, const SplitData& parts)
{
    if (parts.ofTarget.size() != data.target.events.size()) {
        throw std::runtime_error("not every interaction has a part");
    }
    std::array<std::vector<Event>, 4> expected; // by part
    for (std::size_t at = 0; at < parts.ofTarget.size(); ++at) {
        expected.at(static_cast<std::size_t>(parts.ofTarget[at])).push_back(data.target.events[at]);
    }
    auto& [unused, training, validation, tested] = expected;
    std::ranges::stable_sort(
        training, {}, [](const Event& event) { return std::pair(event.user, std::int64_t{event.time}); });
    const auto check =
        [](const char* name, const std::vector<Event>& held, const std::vector<Event>& wanted) {
            const auto all = [](const Event& event) {
                return std::tuple(event.user, event.item, event.value, std::int64_t{event.time});
            };
            if (!std::ranges::equal(held, wanted, {}, all, all)) {
                throw std::runtime_error(std::string(name) + " is not what ofTarget says");
            }
        };
    check("training", eventsOf(parts.training->target), training);
    check("validation", parts.validation.events, validation);
    check("test", parts.test.events, tested);
    check("unused", parts.unused.events, unused);
}

/// Users 0 ... users-1, also those without an event, unlike a loaded one. Pairs and times repeat; parts are
/// random.
inline Dataset randomDataset(const DatasetShape& shape = {})
{
    Dataset data{.target = randomDomain(shape, "target", 1), .fingerprint = "random"};
    for (std::size_t user = 0; user < shape.users; ++user) {
        data.users.push_back(PersonId{static_cast<std::int64_t>(user) + 1});
    }
    for (std::size_t source = 0; source < shape.sources; ++source) {
        data.sources.push_back(randomDomain(shape, "source " + std::to_string(source + 1), source + 2));
    }
    return data;
}

/// The value of a result that cannot fail in this test; throws std::runtime_error with the sentence when it
/// does.
template<typename T>
T valueOf(Result<T> result)
{
    if (!result) {
        throw std::runtime_error(describe(result.error()));
    }
    return std::move(*result);
}

} // namespace transept::test
