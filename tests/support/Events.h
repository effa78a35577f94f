#pragma once

#include "core/data/TrainingData.h"

namespace transept::test {

/// The interactions of a domain as its matrix has them: users ascend, each one's in order of time.
inline std::vector<Event> eventsOf(const TrainingDomain& domain)
{
    std::vector<Event> events;
    static_cast<void>(domain.interactions.forEach({}, [&](const Event& event) { events.push_back(event); }));
    return events;
}

} // namespace transept::test
