#pragma once

#include "core/ingest/Format.h"

#include <QtCore/QAbstractTableModel>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QTableView>

class QComboBox;

namespace transept::ui {

/// The first rows of a file that is to be imported, as they will be read.
class PreviewModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    void setInspection(Inspection inspection);
    const Inspection& inspection() const { return m_inspection; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    Inspection m_inspection;
};

/// A header that has under each name a box for the role of the column.
class RoleHeader final : public QHeaderView
{
    Q_OBJECT

public:
    explicit RoleHeader(QWidget* parent);

    void setRoles(const std::vector<Role>& roles);
    std::vector<Role> roles() const;

Q_SIGNALS:
    void roleChosen();

protected:
    QSize sizeHint() const override;
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;
    void changeEvent(QEvent* event) override;
    void updateGeometries() override;
    bool viewportEvent(QEvent* event) override;

private:
    QComboBox* makeBox(int section);
    void fill(QComboBox* box, Role role) const;
    void place();

    std::vector<QComboBox*> m_boxes;
};

/// The preview: rows below names and roles.
class PreviewTable final : public QTableView
{
    Q_OBJECT

public:
    explicit PreviewTable(QWidget* parent = nullptr);

    void setInspection(const Inspection& inspection);
    std::vector<Role> roles() const { return m_header->roles(); }

Q_SIGNALS:
    void roleChosen();

private:
    PreviewModel* m_model;
    RoleHeader* m_header;
};

} // namespace transept::ui
