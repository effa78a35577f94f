#pragma once

#include "ui/shell/IdTypes.h"

#include <QtCore/QObject>

#include <optional>
#include <utility>
#include <vector>

class QSettings;

namespace transept::ui {

/// What is selected, for all pages: set it where something is clicked, follow its signals everywhere else. A
/// setter with the present value says nothing.
class Selection final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    std::optional<DomainId> domain() const { return m_domain; }
    std::optional<ItemId> item() const { return m_item; }
    const std::vector<ItemId>& items() const { return m_items; } ///< lassoed; ascending, none while none is
    std::optional<PersonId> user() const { return m_user; }
    std::optional<KnowledgeId> knowledge() const { return m_knowledge; }
    const std::vector<RunId>& runs() const { return m_runs; } ///< in the order in which they were selected
    bool contains(RunId run) const;

    void setDomain(std::optional<DomainId> domain);
    void setItem(std::optional<ItemId> item);
    void setItems(std::vector<ItemId> items); ///< in any order; not kept for the next start
    void setUser(std::optional<PersonId> user);
    void setKnowledge(std::optional<KnowledgeId> knowledge);
    void setRuns(std::vector<RunId> runs);
    void toggleRun(RunId run);
    void clear();

    void save(QSettings& settings) const; ///< in the settings' present group
    void restore(QSettings& settings);

Q_SIGNALS:
    void domainChanged();
    void itemChanged();
    void itemsChanged();
    void userChanged();
    void knowledgeChanged();
    void runsChanged();

private:
    std::optional<DomainId> m_domain;
    std::optional<ItemId> m_item;
    std::vector<ItemId> m_items;
    std::optional<PersonId> m_user;
    std::optional<KnowledgeId> m_knowledge;
    std::vector<RunId> m_runs;
};

} // namespace transept::ui
