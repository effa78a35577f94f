#pragma once

#include "core/store/Explorer.h"
#include "ui/shell/WindowModel.h"

namespace transept::ui {

/// The items of a domain whose key or title contains a text.
class ItemModel final : public WindowModel<ItemRecord, ItemId>
{
    Q_OBJECT

public:
    enum Column { KeyColumn, TitleColumn, InteractionsColumn, FieldsColumn, ColumnCount };
    enum ItemRole { IdRole = Qt::UserRole };

    explicit ItemModel(Session& session, QObject* parent = nullptr);

    void show(std::optional<DomainId> domain, const QString& text);

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void arrived(); ///< more rows are here, or there are none
    void failed(const transept::Error& error);

protected:
    ItemId keyAfter(const ItemRecord& last) const override { return last.id; }
    void tell(const Error& error) override { Q_EMIT failed(error); }
    void pageArrived() override { Q_EMIT arrived(); }
};

} // namespace transept::ui
