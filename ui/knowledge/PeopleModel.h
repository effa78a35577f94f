#pragma once

#include "core/store/KnownPeople.h"
#include "ui/shell/WindowModel.h"

namespace transept::ui {

/// The people of a knowledge base whose key contains a text, as far as somebody has scrolled.
class PeopleModel final : public WindowModel<KnownPerson, PersonId>
{
    Q_OBJECT

public:
    enum Column { KeyColumn, DomainsColumn, ColumnCount };
    enum Role { PersonRole = Qt::UserRole };

    explicit PeopleModel(Session& session, QObject* parent = nullptr);

    void show(std::optional<KnowledgeId> base, const QString& text);
    std::optional<int> rowOf(PersonId person) const; ///< nothing: not there, or not here yet

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void arrived(); ///< more rows are here, or there are none
    void failed(const transept::Error& error);

protected:
    PersonId keyAfter(const KnownPerson& last) const override { return last.person; }
    void tell(const Error& error) override { Q_EMIT failed(error); }
    void pageArrived() override { Q_EMIT arrived(); }
};

} // namespace transept::ui
