#include "ui/knowledge/FacetTextDelegate.h"

#include <QtWidgets/QLineEdit>

namespace transept::ui {
namespace {

class FacetEditor final : public QLineEdit
{
public:
    FacetEditor(FacetRow facet, QWidget* parent) : QLineEdit(editedText(facet), parent), row(std::move(facet))
    {
        setFrame(false);
    }

    const FacetRow row;
};

} // namespace

FacetTextDelegate::FacetTextDelegate(const FacetTableModel& model, QObject* parent)
    : CellDelegate(parent)
    , m_model(model)
{
}

QWidget* FacetTextDelegate::createEditor(QWidget* parent,
                                         const QStyleOptionViewItem&,
                                         const QModelIndex& index) const
{
    const FacetRow* row = m_model.rowAt(index.row());
    return row == nullptr ? nullptr : new FacetEditor(*row, parent);
}

void FacetTextDelegate::setEditorData(QWidget*, const QModelIndex&) const
{
    // It has its text from the start. This is called whenever the row is read again, while somebody types.
}

void FacetTextDelegate::setModelData(QWidget* editor, QAbstractItemModel*, const QModelIndex&) const
{
    const auto* line = static_cast<const FacetEditor*>(editor);
    const QString text = line->text().trimmed();
    if (text != editedText(line->row)) {
        Q_EMIT textEdited(line->row, text);
    }
}

} // namespace transept::ui
