#include "core/ingest/InteractionMapper.h"

#include "core/base/EventTime.h"
#include "core/base/Words.h"
#include "core/ingest/Values.h"

namespace transept {
namespace {

constexpr std::uint8_t trainPart = 1;

std::optional<std::uint8_t> partFrom(std::string_view word)
{
    std::string lower(trimmed(word));
    std::transform(
        lower.begin(), lower.end(), lower.begin(), [](unsigned char each) { return std::tolower(each); });
    if (lower.empty()) {
        return 0;
    }
    if (lower == "train" || lower == "training") {
        return trainPart;
    }
    if (lower == "valid" || lower == "validation" || lower == "val" || lower == "dev") {
        return 2;
    }
    return lower == "test" ? std::optional<std::uint8_t>(3) : std::nullopt;
}

} // namespace

std::uint32_t DomainTable::number(std::string_view name)
{
    const std::uint32_t found = m_names.number(name);
    if (found == m_entries.size()) {
        m_entries.push_back({.name = std::string(name)});
    }
    return found;
}

Result<ItemDomains> ItemDomains::load(const Workspace& workspace, const std::string& platform)
{
    ItemDomains found;
    Result<Statement> rows = workspace.database().prepare(
        "SELECT item.key, domain.name FROM item JOIN domain ON domain.id = item.domain"
        " JOIN platform ON platform.id = domain.platform"
        " WHERE domain.deleted IS NULL AND platform.name = ? ORDER BY item.id");
    if (!rows) {
        return passOn(rows);
    }
    rows->bind(1, std::string_view(platform));
    Result<bool> row = rows->step();
    for (; row && *row; row = rows->step()) {
        const std::string_view name = rows->text(1);
        if (found.names.empty() || found.names.back() != name) {
            const auto known = std::find(found.names.begin(), found.names.end(), name);
            if (known == found.names.end()) {
                found.names.emplace_back(name);
            }
        }
        const auto domain = static_cast<std::int32_t>(
            std::find(found.names.begin(), found.names.end(), name) - found.names.begin());
        const std::uint32_t key = found.keys.number(rows->text(0));
        if (key == found.domainOf.size()) {
            found.domainOf.push_back(domain);
        } else if (found.domainOf[key] != domain) {
            found.domainOf[key] = -1;
        }
    }
    if (!row) {
        return passOn(row);
    }
    return found;
}

InteractionMapper::InteractionMapper(const ImportPlan& plan)
    : m_places(plan.roles)
    , m_options(plan.options)
    , m_names(plan.names)
    , m_domain(plan.domains.empty() ? std::string() : plan.domains.front())
    , m_part(partFrom(plan.options.part).value_or(0))
{
}

Result<InteractionMapper> InteractionMapper::make(const Workspace& workspace, const ImportPlan& plan)
{
    InteractionMapper mapper(plan);
    if (plan.options.domainFromItems) {
        Result<ItemDomains> domains = ItemDomains::load(workspace, plan.platform);
        if (!domains) {
            return passOn(domains);
        }
        mapper.m_itemDomains = std::move(*domains);
    }
    return mapper;
}

bool InteractionMapper::map(const Record& record, Interaction& interaction, std::optional<Problem>& problem)
{
    problem = mapKeys(record, interaction);
    if (!problem) {
        problem = mapDomain(record, interaction);
    }
    if (!problem) {
        problem = mapNumbers(record, interaction);
    }
    if (!problem) {
        problem = mapPart(record, interaction);
    }
    return !problem && !(m_options.implicitValue && interaction.value == *m_options.implicitValue);
}

std::optional<Problem> InteractionMapper::mapKeys(const Record& record, Interaction& interaction)
{
    interaction.user = fieldAt(record, m_places.user);
    interaction.item = fieldAt(record, m_places.item);
    if (isBlank(interaction.user)) {
        return Problem{TRANSLATABLE("errors", "The user is empty."), {}};
    }
    if (isBlank(interaction.item)) {
        return Problem{TRANSLATABLE("errors", "The item is empty."), {}};
    }
    if (!m_options.userPrefix.empty()) {
        m_user = m_options.userPrefix;
        m_user += interaction.user;
        interaction.user = m_user;
    }
    return std::nullopt;
}

std::optional<Problem> InteractionMapper::mapDomain(const Record& record, Interaction& interaction)
{
    if (m_itemDomains) {
        const std::uint32_t key = m_itemDomains->keys.find(interaction.item);
        if (key == m_itemDomains->keys.size()) {
            return Problem{TRANSLATABLE("errors",
                                        "The domain of the item %1 is not known: no description of it was "
                                        "imported before."),
                           {std::string(interaction.item)}};
        }
        if (m_itemDomains->domainOf[key] < 0) {
            return Problem{
                TRANSLATABLE("errors", "The item %1 is in several domains, so the row could belong to any."),
                {std::string(interaction.item)}};
        }
        interaction.domain = m_itemDomains->names[static_cast<std::size_t>(m_itemDomains->domainOf[key])];
        return std::nullopt;
    }
    if (m_places.domain < 0) {
        interaction.domain = m_domain;
        return std::nullopt;
    }
    return domainOf(m_options, fieldAt(record, m_places.domain), interaction.domain);
}

std::optional<Problem> InteractionMapper::mapNumbers(const Record& record, Interaction& interaction) const
{
    interaction.value = 1.0;
    if (m_places.value >= 0) {
        const std::string_view text = fieldAt(record, m_places.value);
        const NumberProblem problem = parseNumber(text, interaction.value);
        if (problem != NumberProblem::None) {
            return Problem{problem == NumberProblem::NotFinite
                               ? TRANSLATABLE("errors", "%1 \"%2\" is not a finite number.")
                               : TRANSLATABLE("errors", "%1 \"%2\" is not a number."),
                           {m_names[static_cast<std::size_t>(m_places.value)], withEscapedBytes(text)}};
        }
    }
    interaction.time.reset();
    const std::string_view time = fieldAt(record, m_places.time);
    if (!isBlank(time)) {
        interaction.time = parseTime(time);
        if (!interaction.time) {
            return Problem{TRANSLATABLE("errors",
                                        "%1 \"%2\" is not a time: seconds or milliseconds since 1970, or a "
                                        "date such as 2016-05-31 or 2016-05-31T12:00:00Z."),
                           {m_names[static_cast<std::size_t>(m_places.time)], withEscapedBytes(time)}};
        }
        if (!EventTime::holds(*interaction.time)) {
            return Problem{
                TRANSLATABLE("errors",
                             "%1 \"%2\" lies outside the years 1936 to 2071, in which interactions "
                             "can be. Leave it empty where the time is not known."),
                {m_names[static_cast<std::size_t>(m_places.time)], withEscapedBytes(time)}};
        }
    }
    return std::nullopt;
}

std::optional<Problem> InteractionMapper::mapPart(const Record& record, Interaction& interaction) const
{
    interaction.part = m_part;
    if (m_options.partOfLastOnly.value_or(false) && !record.last) {
        interaction.part = trainPart;
    }
    if (m_places.part < 0) {
        return std::nullopt;
    }
    const std::string_view word = fieldAt(record, m_places.part);
    const auto part = partFrom(word);
    if (!part) {
        return Problem{TRANSLATABLE("errors", "\"%1\" is no part: train, valid or test."),
                       {withEscapedBytes(word)}};
    }
    interaction.part = *part;
    return std::nullopt;
}

} // namespace transept
