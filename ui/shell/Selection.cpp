#include "ui/shell/Selection.h"

#include <QtCore/QSettings>
#include <QtCore/QVariant>

#include <algorithm>

namespace transept::ui {

namespace {

constexpr QLatin1StringView kDomain("domain");
constexpr QLatin1StringView kItem("item");
constexpr QLatin1StringView kUser("user");
constexpr QLatin1StringView kKnowledge("knowledge");
constexpr QLatin1StringView kRuns("runs");

template<typename Id>
QVariant stored(std::optional<Id> id)
{
    return id ? QVariant::fromValue<qint64>(number(*id)) : QVariant();
}

template<typename Id>
std::optional<Id> restored(const QVariant& value)
{
    bool isNumber = false;
    const qint64 id = value.toLongLong(&isNumber);
    return isNumber ? std::optional(Id{id}) : std::nullopt;
}

} // namespace

bool Selection::contains(RunId run) const
{
    return std::find(m_runs.begin(), m_runs.end(), run) != m_runs.end();
}

void Selection::setDomain(std::optional<DomainId> domain)
{
    if (std::exchange(m_domain, domain) != domain) {
        Q_EMIT domainChanged();
    }
}

void Selection::setItem(std::optional<ItemId> item)
{
    if (std::exchange(m_item, item) != item) {
        Q_EMIT itemChanged();
    }
}

void Selection::setItems(std::vector<ItemId> items)
{
    std::ranges::sort(items);
    if (m_items != items) {
        m_items = std::move(items);
        Q_EMIT itemsChanged();
    }
}

void Selection::setUser(std::optional<PersonId> user)
{
    if (std::exchange(m_user, user) != user) {
        Q_EMIT userChanged();
    }
}

void Selection::setKnowledge(std::optional<KnowledgeId> knowledge)
{
    if (std::exchange(m_knowledge, knowledge) != knowledge) {
        Q_EMIT knowledgeChanged();
    }
}

void Selection::setRuns(std::vector<RunId> runs)
{
    if (m_runs != runs) {
        m_runs = std::move(runs);
        Q_EMIT runsChanged();
    }
}

void Selection::toggleRun(RunId run)
{
    if (std::erase(m_runs, run) == 0) {
        m_runs.push_back(run);
    }
    Q_EMIT runsChanged();
}

void Selection::clear()
{
    setDomain(std::nullopt);
    setItem(std::nullopt);
    setItems({});
    setUser(std::nullopt);
    setKnowledge(std::nullopt);
    setRuns({});
}

void Selection::save(QSettings& settings) const
{
    settings.setValue(kDomain, stored(m_domain));
    settings.setValue(kItem, stored(m_item));
    settings.setValue(kUser, stored(m_user));
    settings.setValue(kKnowledge, stored(m_knowledge));
    QVariantList runs;
    for (const RunId run : m_runs) {
        runs.append(QVariant::fromValue<qint64>(number(run)));
    }
    settings.setValue(kRuns, runs);
}

void Selection::restore(QSettings& settings)
{
    setDomain(restored<DomainId>(settings.value(kDomain)));
    setItem(restored<ItemId>(settings.value(kItem)));
    setUser(restored<PersonId>(settings.value(kUser)));
    setKnowledge(restored<KnowledgeId>(settings.value(kKnowledge)));
    std::vector<RunId> runs;
    for (const QVariant& value : settings.value(kRuns).toList()) {
        if (const std::optional<RunId> run = restored<RunId>(value)) {
            runs.push_back(*run);
        }
    }
    setRuns(std::move(runs));
}

} // namespace transept::ui
