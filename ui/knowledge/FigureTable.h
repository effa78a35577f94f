#pragma once

#include <QtCore/QAbstractTableModel>
#include <QtCore/QStringList>

#include <set>
#include <vector>

namespace transept::ui {

/// A table of texts and figures that is set as a whole, in the reader's language.
class FigureTable final : public QAbstractTableModel
{
    Q_OBJECT

public:
    struct Content
    {
        QStringList headers;
        QStringList hints;     ///< tooltips of the headers
        std::set<int> figures; ///< columns of numbers
        std::vector<QStringList> rows;
        std::vector<qint64> ids; ///< by row; empty: none
    };
    enum Role { IdRole = Qt::UserRole };

    using QAbstractTableModel::QAbstractTableModel;
    void setContent(Content content);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    Content m_content;
};

} // namespace transept::ui
