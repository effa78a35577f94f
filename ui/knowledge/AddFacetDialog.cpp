#include "ui/knowledge/AddFacetDialog.h"

#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

namespace transept::ui {
namespace {

constexpr int leastTextWidth = 320;

} // namespace

AddFacetDialog::AddFacetDialog(const QString& item, const std::vector<std::string>& names, QWidget* parent)
    : QDialog(parent)
    , m_name(new QComboBox)
    , m_text(new QLineEdit)
    , m_add(nullptr)
{
    setObjectName(QStringLiteral("addFacetDialog"));
    setWindowTitle(tr("Add a facet to %1", "title of an item").arg(item));
    m_name->setObjectName(QStringLiteral("addedName"));
    m_name->setEditable(true);
    for (const std::string& name : names) {
        m_name->addItem(QString::fromStdString(name));
    }
    m_text->setObjectName(QStringLiteral("addedText"));
    m_text->setMinimumWidth(leastTextWidth);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_add = buttons->addButton(tr("Add"), QDialogButtonBox::AcceptRole);
    m_add->setObjectName(QStringLiteral("addChosen"));
    auto* form = new QFormLayout(this);
    form->addRow(tr("Facet"), m_name);
    form->addRow(tr("Text"), m_text);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_name, &QComboBox::currentTextChanged, this, &AddFacetDialog::update);
    connect(m_text, &QLineEdit::textChanged, this, &AddFacetDialog::update);
    m_text->setFocus();
    update();
}

std::string AddFacetDialog::name() const
{
    return m_name->currentText().trimmed().toStdString();
}

std::string AddFacetDialog::text() const
{
    return m_text->text().trimmed().toStdString();
}

void AddFacetDialog::update()
{
    m_add->setEnabled(!name().empty() && !text().empty());
}

} // namespace transept::ui
