#pragma once

#include "core/store/Explorer.h"
#include "ui/shell/WindowModel.h"

namespace transept::ui {

/// The interactions of a domain in the order user, item, as far as a filter lets them through.
class InteractionModel final : public WindowModel<InteractionRow, InteractionPlace>
{
    Q_OBJECT

public:
    enum Column {
        UserColumn,
        ItemColumn,
        TitleColumn,
        ValueColumn,
        TimeColumn,
        PartColumn,
        LineColumn,
        ColumnCount
    };

    explicit InteractionModel(Session& session, QObject* parent = nullptr);

    void show(std::optional<DomainId> domain, const ExplorerFilter& filter);
    bool isCounting() const { return m_anchors.isWaiting(); }

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void counted(); ///< rowCount() is that of the present question
    void failed(const transept::Error& error);

protected:
    InteractionPlace keyAfter(const InteractionRow& last) const override { return last.place; }
    void tell(const Error& error) override { Q_EMIT failed(error); }

private:
    Query m_anchors;
};

} // namespace transept::ui
