#pragma once

#include "core/store/Catalog.h"

namespace transept {

/// Counts of one domain; from all of its interactions.
struct DomainStatistics
{
    Domain domain;
    std::int64_t users = 0;       ///< with an interaction
    std::int64_t items = 0;       ///< with an interaction or a description
    std::int64_t activeItems = 0; ///< with an interaction
    std::int64_t interactions = 0;
    double density = 0.0;   ///< interactions / (users x activeItems)
    std::int64_t texts = 0; ///< items with a title or a field
    std::optional<std::int64_t> firstTime;
    std::optional<std::int64_t> lastTime;
};

struct Overlap
{
    std::string a;
    std::string b;
    std::int64_t users = 0; ///< persons in both
    std::int64_t items = 0; ///< works in both
};

struct WorkspaceStatistics
{
    std::vector<DomainStatistics> domains;
    std::vector<Overlap> overlap; ///< every pair a before b, in the order of domains
    std::int64_t persons = 0;
    std::int64_t sharedPersons = 0; ///< in more than one domain
};

Result<WorkspaceStatistics> statistics(const Workspace& workspace, const JobContext& context);

/// How the interactions of a domain are spread over people and items: what the cost of a method depends on.
struct DomainSpread
{
    struct OfPerson
    {
        PersonId person{};
        std::int64_t all = 0;
        std::int64_t validation = 0; ///< of them, those that the user's files call so
        std::int64_t test = 0;
    };
    std::vector<OfPerson> persons;   ///< with an interaction, ascending; all accounts of a person together
    std::vector<std::int64_t> items; ///< of every item with an interaction, in no order
    std::int64_t catalogue = 0;      ///< items with or without one
    std::int64_t interactions = 0;
    std::int64_t positive = 0; ///< of at least the value asked for
};

/// Counts interactions of at least `minValue`; `positive` none: all are. Reads indexes alone, and nothing
/// into memory that grows with the interactions.
Result<DomainSpread> domainSpread(const Workspace& workspace,
                                  DomainId domain,
                                  std::optional<double> minValue,
                                  std::optional<double> positive,
                                  const JobContext& context);

/// One bar of a value histogram: [low, high).
struct HistogramBar
{
    double low = 0.0;
    double high = 0.0;
    std::int64_t count = 0;
};

/// What the data page draws of a domain.
struct DomainCurves
{
    std::vector<HistogramBar>
        values;             ///< a bar per value up to 40 different ones, else 40 of equal (log) width
    bool logValues = false; ///< the bars are of equal width in the logarithm
    std::vector<std::int64_t> userActivity;   ///< interactions per user, most active first
    std::vector<std::int64_t> itemPopularity; ///< interactions per item, most popular first
};

Result<DomainCurves> domainCurves(const Workspace& workspace, DomainId domain, const JobContext& context);

} // namespace transept
