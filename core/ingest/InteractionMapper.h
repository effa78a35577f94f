#pragma once

#include "core/ingest/Sink.h"

namespace transept {

/// The domains of an import and the items of each, numbered as they come.
class DomainTable
{
public:
    struct Entry
    {
        std::string name;
        KeyTable items;
        std::vector<std::int64_t> ids; ///< in the workspace, of the items resolved so far
        DomainId id{};
        bool ready = false; ///< exists in the workspace
        double lowest = 0.0;
        double highest = 0.0;
        bool hasValues = false; ///< since the scale was last widened
    };

    std::uint32_t number(std::string_view name);
    Entry& operator[](std::uint32_t number) { return m_entries[number]; }
    std::vector<Entry>& entries() { return m_entries; }

private:
    KeyTable m_names;
    std::vector<Entry> m_entries;
};

/// The domains of the items that are in the workspace, by key.
struct ItemDomains
{
    static Result<ItemDomains> load(const Workspace& workspace, const std::string& platform);

    KeyTable keys;
    std::vector<std::string> names;     ///< of domains
    std::vector<std::int32_t> domainOf; ///< by key: index into `names`, -1: in several domains
};

/// One checked interaction; the texts live in the record.
struct Interaction
{
    std::string_view user;
    std::string_view item;
    std::string_view domain;
    double value = 1.0;
    std::optional<std::int64_t> time;
    std::uint8_t part = 0; ///< 0 none, 1 train, 2 valid, 3 test
};

/// Merges the rows of one user, item and part, of which this import brought at least one, to one with their
/// mean value and the time and place of the last of them.
Status mergeMeans(const Step& step);

/// Turns rows into interactions by the roles of their columns.
class InteractionMapper
{
public:
    static Result<InteractionMapper> make(const Workspace& workspace, const ImportPlan& plan);

    /// False: the row is to be skipped, or rejected when `problem` is set.
    bool map(const Record& record, Interaction& interaction, std::optional<Problem>& problem);

    const Places& places() const { return m_places; }

private:
    explicit InteractionMapper(const ImportPlan& plan);
    std::optional<Problem> mapKeys(const Record& record, Interaction& interaction);
    std::optional<Problem> mapDomain(const Record& record, Interaction& interaction);
    std::optional<Problem> mapNumbers(const Record& record, Interaction& interaction) const;
    std::optional<Problem> mapPart(const Record& record, Interaction& interaction) const;

    Places m_places;
    ImportOptions m_options;
    std::vector<std::string> m_names;
    std::string m_domain;
    std::string m_user; ///< with its prefix
    std::uint8_t m_part = 0;
    std::optional<ItemDomains> m_itemDomains;
};

} // namespace transept
