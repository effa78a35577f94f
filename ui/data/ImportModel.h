#pragma once

#include "core/store/ImportLog.h"

#include <QtCore/QAbstractTableModel>
#include <QtCore/QString>

#include <map>

namespace transept::ui {

/// What was imported, newest first.
class ImportModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        FileColumn,
        TargetColumn,
        DomainColumn,
        StateColumn,
        ReadColumn,
        ImportedColumn,
        RejectedColumn,
        SkippedColumn,
        StartedColumn,
        ColumnCount
    };
    enum ImportRole { SortRole = Qt::UserRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setImports(std::vector<ImportRecord> imports, std::map<DomainId, QString> domainNames);
    const ImportRecord* record(int row) const; ///< null when there is no such row
    int rowOf(ImportId import) const;          ///< -1: it is not there

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString display(const ImportRecord& record, int column) const;
    QString domainName(const ImportRecord& record) const;

    std::vector<ImportRecord> m_imports;
    std::map<DomainId, QString> m_domainNames;
};

/// True for an import that can go on where it stopped.
bool canResume(const ImportRecord& record);

} // namespace transept::ui
