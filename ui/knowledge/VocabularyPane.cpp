#include "ui/knowledge/VocabularyPane.h"

#include "ui/knowledge/FacetEditing.h"
#include "ui/knowledge/FigureTable.h"
#include "ui/look/TableLook.h"
#include "ui/look/Theme.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {
namespace {

constexpr int typingMilliseconds = 250;
constexpr std::size_t mostTexts = 500;
constexpr int alikeHeight = 120;

QString listOf(const std::vector<std::string>& texts)
{
    QStringList listed;
    for (const std::string& text : texts) {
        listed << QString::fromStdString(text);
    }
    return listed.join(QStringLiteral("; "));
}

} // namespace

VocabularyPane::VocabularyPane(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_query(session)
    , m_facet(new QComboBox)
    , m_search(new QLineEdit)
    , m_texts(new FigureTable(this))
    , m_table(quietTable(m_texts, QStringLiteral("vocabulary")))
    , m_count(new QLabel)
    , m_alikeTitle(new QLabel)
    , m_alike(new QListWidget)
    , m_mergeNote(new QLabel)
    , m_into(new QLineEdit)
    , m_merge(new QPushButton)
{
    build();
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingMilliseconds);
    connect(&m_typing, &QTimer::timeout, this, &VocabularyPane::ask);
    connect(m_search, &QLineEdit::textEdited, &m_typing, qOverload<>(&QTimer::start));
    connect(m_facet, &QComboBox::currentIndexChanged, this, &VocabularyPane::ask);
    connect(m_table->selectionModel(),
            &QItemSelectionModel::selectionChanged,
            this,
            &VocabularyPane::chooseSelected);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT textWanted(m_facet->currentData().toString(), index.siblingAtColumn(0).data().toString());
    });
    connect(m_alike, &QListWidget::itemSelectionChanged, this, &VocabularyPane::chooseAlike);
    connect(m_into, &QLineEdit::textChanged, this, &VocabularyPane::updateTexts);
    connect(m_into, &QLineEdit::returnPressed, this, &VocabularyPane::merge);
    connect(m_merge, &QPushButton::clicked, this, &VocabularyPane::merge);
}

void VocabularyPane::build()
{
    m_facet->setObjectName(QStringLiteral("vocabularyFacet"));
    m_search->setObjectName(QStringLiteral("vocabularySearch"));
    m_search->setClearButtonEnabled(true);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_alike->setObjectName(QStringLiteral("alikeTexts"));
    m_alike->setFrameShape(QFrame::NoFrame);
    m_alike->setMaximumHeight(alikeHeight);
    m_alike->setTextElideMode(Qt::ElideRight);
    m_into->setObjectName(QStringLiteral("mergeInto"));
    m_merge->setObjectName(QStringLiteral("mergeTexts"));
    m_mergeNote->setObjectName(QStringLiteral("mergeNote"));
    m_mergeNote->setWordWrap(true);
    m_mergeNote->setTextFormat(Qt::PlainText); // what a server said is no markup
    for (QLabel* label : {m_count, m_alikeTitle, m_mergeNote}) {
        label->setProperty(look::muted, true);
    }
    auto* choice = new QHBoxLayout;
    choice->addWidget(m_facet, 1);
    choice->addWidget(m_search, 1);
    auto* merging = new QHBoxLayout;
    merging->addWidget(m_into, 1);
    merging->addWidget(m_merge);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::one, space::one, space::one, space::one);
    column->addLayout(choice);
    column->addWidget(m_table, 1);
    column->addWidget(m_count);
    column->addWidget(m_alikeTitle);
    column->addWidget(m_alike);
    column->addWidget(m_mergeNote);
    column->addLayout(merging);
}

void VocabularyPane::showBase(std::optional<KnowledgeId> base, bool editable)
{
    const bool isOther = std::exchange(m_base, base) != base;
    m_editable = editable;
    if (isOther) {
        m_facet->clear();
        m_search->clear();
        readAgain();
    }
    updateTexts();
}

void VocabularyPane::setFacets(const std::vector<std::string>& names)
{
    const QVariant before = m_facet->currentData();
    {
        const QSignalBlocker quiet(m_facet);
        m_facet->clear();
        for (const std::string& name : names) {
            m_facet->addItem(sentences::facetTitle(name), QString::fromStdString(name));
        }
        m_facet->setCurrentIndex(std::max(0, m_facet->findData(before)));
    }
    if (m_facet->currentData() != before) {
        ask();
    }
}

void VocabularyPane::chooseFacet(const QString& name)
{
    if (const int at = m_facet->findData(name); at >= 0) {
        m_facet->setCurrentIndex(at);
    }
}

void VocabularyPane::readAgain()
{
    m_isStale = true;
    if (isVisible()) {
        ask();
    }
}

void VocabularyPane::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_isStale) {
        ask();
    }
}

void VocabularyPane::ask()
{
    m_typing.stop();
    if (!isVisible()) {
        m_isStale = true;
        return;
    }
    m_isStale = false;
    if (!m_base || m_facet->count() == 0) {
        m_query.cancel();
        take(FacetVocabulary());
        return;
    }
    m_query.ask<FacetVocabulary>(
        [base = *m_base,
         facet = m_facet->currentData().toString().toStdString(),
         part = m_search->text().trimmed().toStdString()](const Workspace& workspace,
                                                          const JobContext& context) {
            return facetVocabulary(workspace, base, facet, part, mostTexts, context);
        },
        [this](Result<FacetVocabulary> vocabulary) { take(std::move(vocabulary)); });
}

void VocabularyPane::take(Result<FacetVocabulary> vocabulary)
{
    if (!vocabulary) {
        Q_EMIT failed(vocabulary.error());
        return;
    }
    m_vocabulary = std::move(*vocabulary);
    showTexts();
    choose({});
}

void VocabularyPane::showTexts()
{
    FigureTable::Content content{.headers = {tr("Text"), tr("Items")}, .hints = {}, .figures = {1}};
    for (const VocabularyText& each : m_vocabulary.common) {
        content.rows.push_back({QString::fromStdString(each.text), numbers::count(each.items)});
    }
    m_texts->setContent(std::move(content));
    fitColumns(*m_table, 0);
    {
        const QSignalBlocker quiet(m_alike);
        m_alike->clear();
        for (const auto& group : m_vocabulary.alike) {
            QStringList texts;
            for (const VocabularyText& each : group) {
                texts << tr("%1 (%2)", "text of a facet, number of items")
                             .arg(QString::fromStdString(each.text), numbers::count(each.items));
            }
            m_alike->addItem(texts.join(QStringLiteral(", ")));
            m_alike->item(m_alike->count() - 1)->setToolTip(texts.join(QLatin1Char('\n')));
        }
    }
}

void VocabularyPane::chooseSelected()
{
    std::vector<VocabularyText> texts;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) {
        texts.push_back(m_vocabulary.common[static_cast<std::size_t>(index.row())]);
    }
    std::ranges::stable_sort(texts, std::greater<>(), &VocabularyText::items);
    if (!texts.empty()) {
        const QSignalBlocker quiet(m_alike);
        m_alike->clearSelection();
        choose(texts);
    }
}

void VocabularyPane::chooseAlike()
{
    const int row = m_alike->currentRow();
    if (row >= 0 && !m_alike->selectedItems().isEmpty()) {
        m_table->clearSelection();
        choose(m_vocabulary.alike[static_cast<std::size_t>(row)]);
    }
}

/// The first is the most frequent one: the others become it, unless somebody writes another.
void VocabularyPane::choose(const std::vector<VocabularyText>& texts)
{
    m_chosen.clear();
    std::ranges::transform(texts, std::back_inserter(m_chosen), &VocabularyText::text);
    m_into->setText(texts.empty() ? QString() : QString::fromStdString(texts.front().text));
    updateTexts();
}

void VocabularyPane::merge()
{
    const std::string into = m_into->text().trimmed().toStdString();
    if (!m_base || !m_merge->isEnabled()) {
        return;
    }
    editFacets(
        m_session,
        tr("merge texts"),
        *m_base,
        [base = *m_base, facet = m_facet->currentData().toString().toStdString(), texts = m_chosen, into](
            const Workspace& workspace) -> Result<std::int64_t> {
            const Result<MergedTexts> merged = mergeFacetTexts(workspace, base, facet, texts, into, {});
            return merged ? Result<std::int64_t>(merged->change) : passOn(merged);
        });
}

void VocabularyPane::updateTexts()
{
    const std::string into = m_into->text().trimmed().toStdString();
    const bool isAny = std::ranges::any_of(m_chosen, [&](const std::string& text) { return text != into; });
    m_into->setEnabled(m_editable && !m_chosen.empty());
    m_merge->setEnabled(m_editable && isAny && !into.empty());
    m_mergeNote->setText(!m_editable ? QString()
                         : m_chosen.empty()
                             ? tr("Select several texts, or a line of those alike, to make them one.")
                             : tr("%1 become:", "texts of a facet").arg(listOf(m_chosen)));
    m_mergeNote->setVisible(m_editable);
    m_alikeTitle->setVisible(!m_vocabulary.alike.empty());
    m_alike->setVisible(!m_vocabulary.alike.empty());
    m_count->setText(m_vocabulary.texts == 0
                         ? tr("No texts.")
                         : tr("%1 of %2 texts")
                               .arg(numbers::count(static_cast<std::int64_t>(m_vocabulary.common.size())),
                                    numbers::count(m_vocabulary.texts)));
}

void VocabularyPane::retranslate()
{
    m_facet->setAccessibleName(tr("Facet whose texts are listed"));
    m_search->setPlaceholderText(tr("Find a text"));
    m_into->setPlaceholderText(tr("One text for all that are chosen"));
    m_search->setAccessibleName(tr("Find a text"));
    m_table->setAccessibleName(tr("Texts of the facet"));
    m_table->setToolTip(tr("Enter shows the facets with this text"));
    m_alikeTitle->setText(tr("Alike but for case, punctuation or a plural"));
    m_alike->setAccessibleName(m_alikeTitle->text());
    m_into->setAccessibleName(tr("Text that the chosen ones become"));
    m_merge->setText(tr("Merge"));
    m_merge->setToolTip(tr("Give all facets with one of these texts the text at the left; can be undone"));
    for (int at = 0; at < m_facet->count(); ++at) {
        m_facet->setItemText(at, sentences::facetTitle(m_facet->itemData(at).toString().toStdString()));
    }
    showTexts();
    updateTexts();
}

} // namespace transept::ui
