#pragma once

#include "core/store/ImportLog.h"
#include "ui/shell/WindowModel.h"

#include <utility>

namespace transept::ui {

/// The rows of an import that were rejected, in file order.
class RejectModel final : public WindowModel<RejectRecord, std::pair<std::int64_t, std::int64_t>>
{
    Q_OBJECT

public:
    enum Column { LineColumn, OffsetColumn, ReasonColumn, RawColumn, ColumnCount };

    explicit RejectModel(Session& session, QObject* parent = nullptr);

    void show(std::optional<ImportId> import);

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void failed(const transept::Error& error);

protected:
    std::pair<std::int64_t, std::int64_t> keyAfter(const RejectRecord& last) const override
    {
        return {last.line, last.entry};
    }
    void tell(const Error& error) override { Q_EMIT failed(error); }
};

} // namespace transept::ui
