#pragma once

#include "ui/knowledge/FacetTableModel.h"
#include "ui/look/CellDelegate.h"

namespace transept::ui {

/// Edits the text of a facet in its cell. The editor belongs to the facet that it was opened for: neither
/// rows that move nor pages that arrive change what it is about, or what was typed.
class FacetTextDelegate final : public CellDelegate
{
    Q_OBJECT

public:
    FacetTextDelegate(const FacetTableModel& model, QObject* parent);

    QWidget* createEditor(QWidget* parent,
                          const QStyleOptionViewItem& option,
                          const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override;

Q_SIGNALS:
    /// Somebody wants it so.
    void textEdited(const transept::FacetRow& row, const QString& text) const;

private:
    const FacetTableModel& m_model;
};

} // namespace transept::ui
