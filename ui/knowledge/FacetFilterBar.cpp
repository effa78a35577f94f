#include "ui/knowledge/FacetFilterBar.h"

#include "ui/look/Icons.h"
#include "ui/look/Tokens.h"
#include "ui/shell/LassoToggle.h"
#include "ui/text/Sentences.h"

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>

namespace transept::ui {
namespace {

constexpr int typingMilliseconds = 250;
constexpr int comparisonLetters = 18;

/// A box with an entry for all before those that are named; the one before is chosen again.
void fillChoice(QComboBox& box, const QString& all, const std::vector<std::pair<QString, QVariant>>& entries)
{
    const QSignalBlocker quiet(&box);
    const QVariant before = box.currentData();
    box.clear();
    box.addItem(all);
    for (const auto& [text, value] : entries) {
        box.addItem(text, value);
    }
    box.setCurrentIndex(before.isValid() ? std::max(0, box.findData(before)) : 0);
}

std::optional<std::int64_t> numberIn(const QComboBox& box)
{
    return box.currentData().isValid() ? std::optional<std::int64_t>(box.currentData().toLongLong())
                                       : std::nullopt;
}

} // namespace

FacetFilterBar::FacetFilterBar(const Selection& selection, QWidget* parent)
    : QWidget(parent)
    , m_text(new QLineEdit)
    , m_item(new QLineEdit)
    , m_domain(new QComboBox)
    , m_facet(new QComboBox)
    , m_with(new QComboBox)
    , m_edited(new QCheckBox)
    , m_conflicts(new QCheckBox)
    , m_onlyLassoed(new LassoToggle(selection))
{
    const std::pair<QWidget*, const char*> named[] = {{m_text, "facetSearch"},
                                                      {m_item, "facetItemSearch"},
                                                      {m_domain, "facetDomain"},
                                                      {m_facet, "facetName"},
                                                      {m_with, "facetsWith"},
                                                      {m_edited, "editedFacets"},
                                                      {m_conflicts, "facetConflicts"},
                                                      {m_onlyLassoed, "onlyLassoedFacets"}};
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::one, space::one, space::one, space::half);
    for (const auto& [widget, name] : named) {
        widget->setObjectName(QLatin1String(name));
        row->addWidget(widget, qobject_cast<QLineEdit*>(widget) != nullptr ? 1 : 0);
    }
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingMilliseconds);
    connect(&m_typing, &QTimer::timeout, this, &FacetFilterBar::tell);
    m_text->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_item->addAction(icon(QStringLiteral("item")), QLineEdit::LeadingPosition);
    for (QLineEdit* part : {m_text, m_item}) {
        part->setClearButtonEnabled(true);
        connect(part, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    }
    for (QComboBox* box : {m_domain, m_facet, m_with}) {
        box->addItem(QString());
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        connect(box, &QComboBox::currentIndexChanged, this, &FacetFilterBar::tell);
    }
    m_with->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon); // searching needs the room
    m_with->setMinimumContentsLength(comparisonLetters);
    connect(m_with, &QComboBox::currentTextChanged, m_with, &QWidget::setToolTip); // what it cuts
    for (QCheckBox* only : {m_edited, m_conflicts}) {
        connect(only, &QCheckBox::toggled, this, &FacetFilterBar::tell);
    }
    connect(m_onlyLassoed, &LassoToggle::amongChanged, this, &FacetFilterBar::tell);
}

void FacetFilterBar::setDomains(const std::vector<Domain>& domains)
{
    std::vector<std::pair<QString, QVariant>> entries;
    for (const Domain& domain : domains) {
        entries.emplace_back(QString::fromStdString(domain.name), static_cast<qint64>(number(domain.id)));
    }
    fillChoice(*m_domain, tr("all domains"), entries);
    tell();
}

void FacetFilterBar::setFacets(const std::vector<std::string>& names)
{
    std::vector<std::pair<QString, QVariant>> entries;
    for (const std::string& name : names) {
        entries.emplace_back(sentences::facetTitle(name), QString::fromStdString(name));
    }
    fillChoice(*m_facet, tr("all facets"), entries);
    tell();
}

void FacetFilterBar::setOthers(const std::vector<KnowledgeBase>& bases)
{
    m_bases = bases;
    fillOthers();
    tell();
}

void FacetFilterBar::tell()
{
    m_typing.stop();
    if (const FacetFilter now = filter(); !(now == m_told)) {
        m_told = now;
        Q_EMIT changed();
    }
}

void FacetFilterBar::fillOthers()
{
    std::vector<std::pair<QString, QVariant>> entries{
        {tr("compare with what was imported"), static_cast<qint64>(number(importedFields))}};
    for (const KnowledgeBase& base : m_bases) {
        entries.emplace_back(
            tr("compare with %1", "name of a knowledge base").arg(QString::fromStdString(base.name)),
            static_cast<qint64>(number(base.id)));
    }
    fillChoice(*m_with, tr("compare with no other"), entries);
    m_with->view()->setMinimumWidth(m_with->view()->sizeHintForColumn(0));
    m_with->setToolTip(m_with->currentText());
}

FacetFilter FacetFilterBar::filter() const
{
    FacetFilter filter{.facet = facet().toStdString(),
                       .text = m_text->text().trimmed().toStdString(),
                       .item = m_item->text().trimmed().toStdString(),
                       .among = m_onlyLassoed->among(),
                       .edited = m_edited->isChecked(),
                       .conflicts = m_conflicts->isChecked()};
    if (const auto domain = numberIn(*m_domain)) {
        filter.domain = DomainId{*domain};
    }
    if (const auto other = numberIn(*m_with)) {
        filter.other = KnowledgeId{*other};
    }
    return filter;
}

QString FacetFilterBar::otherName() const
{
    const std::optional<KnowledgeId> other = filter().other;
    if (other == importedFields) {
        return tr("Imported", "what stood in the files");
    }
    const auto found =
        std::ranges::find_if(m_bases, [&](const KnowledgeBase& base) { return other && base.id == *other; });
    return found == m_bases.end() ? QString() : QString::fromStdString(found->name);
}

QString FacetFilterBar::facet() const
{
    return m_facet->currentData().toString();
}

void FacetFilterBar::lookFor(const QString& facet, const QString& text)
{
    {
        const QSignalBlocker quiet(m_facet);
        m_facet->setCurrentIndex(std::max(0, m_facet->findData(facet)));
    }
    m_text->setText(text);
    tell();
}

void FacetFilterBar::retranslate()
{
    m_text->setPlaceholderText(tr("Find in texts"));
    m_text->setAccessibleName(tr("Find facets by their text"));
    m_item->setPlaceholderText(tr("Item"));
    m_item->setAccessibleName(tr("Find facets by title or id of the item"));
    m_domain->setAccessibleName(tr("Domain of the items"));
    m_domain->setItemText(0, tr("all domains"));
    m_facet->setAccessibleName(tr("Name of the facets"));
    m_facet->setItemText(0, tr("all facets"));
    for (int at = 1; at < m_facet->count(); ++at) {
        m_facet->setItemText(at, sentences::facetTitle(m_facet->itemData(at).toString().toStdString()));
    }
    m_with->setAccessibleName(tr("Knowledge base to compare with"));
    m_edited->setText(tr("Edited"));
    m_edited->setToolTip(tr("Only facets that somebody changed, struck out or added"));
    m_conflicts->setText(tr("Conflicts"));
    m_conflicts->setToolTip(
        tr("Only facets of which both sources say something and nothing in common; without another "
           "one, those of which an item has two such texts where hardly any other item has two"));
    fillOthers();
}

} // namespace transept::ui
