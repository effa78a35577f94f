#include "ui/knowledge/ItemPageDialog.h"

#include "ui/knowledge/FacetTableModel.h"
#include "ui/knowledge/FigureTable.h"
#include "ui/knowledge/KnowledgeModel.h"
#include "ui/look/TableLook.h"
#include "ui/look/Theme.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QEvent>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {
namespace {

constexpr QSize startSize(860, 640);
constexpr int replyHeight = 120;
constexpr int fieldsHeight = 150;

QString vectorWord(FacetVectorOf vector)
{
    switch (vector) {
    case FacetVectorOf::Own:
        return ItemPageDialog::tr("its own");
    case FacetVectorOf::SameText:
        return ItemPageDialog::tr("of the same text");
    default:
        return numbers::missing();
    }
}

QString verdictWord(const std::optional<FacetVerdict>& verdict)
{
    if (!verdict) {
        return numbers::missing();
    }
    switch (*verdict) {
    case FacetVerdict::True:
        return ItemPageDialog::tr("true", "verdict");
    case FacetVerdict::False:
        return ItemPageDialog::tr("false", "verdict");
    default:
        return ItemPageDialog::tr("empty", "verdict");
    }
}

QLabel* plainLabel(const char* name)
{
    auto* label = new QLabel;
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText); // what a file or a server said is no markup
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

ItemPageDialog::ItemPageDialog(Session& session, QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_query(session)
    , m_title(plainLabel("itemPageTitle"))
    , m_source(plainLabel("itemPageSource"))
    , m_fields(new FigureTable(this))
    , m_fieldTable(quietTable(m_fields, QStringLiteral("itemFields")))
    , m_tabs(new QTabWidget)
    , m_nothing(plainLabel("itemPageNothing"))
{
    setObjectName(QStringLiteral("itemPage"));
    build();
    connect(m_tabs, &QTabWidget::currentChanged, this, &ItemPageDialog::askReply);
    connect(&session, &Session::closed, this, &QDialog::close);
    retranslate();
}

void ItemPageDialog::build()
{
    m_title->setProperty(look::heading, true);
    m_source->setProperty(look::muted, true);
    m_nothing->setProperty(look::muted, true);
    m_tabs->setObjectName(QStringLiteral("itemPageBases"));
    m_tabs->setDocumentMode(true);
    auto* known = new QWidget;
    auto* knownColumn = new QVBoxLayout(known);
    knownColumn->setContentsMargins({});
    knownColumn->addWidget(m_tabs, 1);
    knownColumn->addWidget(m_nothing);
    auto* parts = new QSplitter(Qt::Vertical);
    parts->addWidget(m_fieldTable);
    parts->addWidget(known);
    parts->setStretchFactor(1, 1);
    parts->setSizes({fieldsHeight, startSize.height()});
    parts->setChildrenCollapsible(false);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::two, space::two, space::two, space::two);
    column->addWidget(m_title);
    column->addWidget(m_source);
    column->addWidget(parts, 1);
    column->addWidget(buttons);
    resize(startSize);
}

/// An item that was asked for and comes later must not open what somebody has closed.
void ItemPageDialog::done(int result)
{
    m_query.cancel();
    for (Base& base : m_bases) {
        base.query.reset();
    }
    QDialog::done(result);
}

void ItemPageDialog::showItem(ItemId item)
{
    m_query.ask<ItemPage>([item](const Workspace& workspace,
                                 const JobContext& context) { return itemPage(workspace, item, context); },
                          [this](Result<ItemPage> page) { take(std::move(page)); });
}

void ItemPageDialog::take(Result<ItemPage> page)
{
    if (!page) {
        Q_EMIT failed(page.error());
        return;
    }
    m_page = std::move(*page);
    const QString chosen = m_tabs->tabText(m_tabs->currentIndex());
    {
        const QSignalBlocker quiet(m_tabs);
        while (m_tabs->count() > 0) {
            delete m_tabs->widget(0);
        }
        m_bases.clear();
        for (const SourcedFacts& facts : m_page.bases) {
            addBase(facts);
        }
        for (int tab = 0; tab < m_tabs->count(); ++tab) {
            if (m_tabs->tabText(tab) == chosen) {
                m_tabs->setCurrentIndex(tab);
            }
        }
    }
    retranslate();
    askReply(m_tabs->currentIndex());
    show();
    m_tabs->setFocus();
    raise();
    activateWindow();
}

void ItemPageDialog::addBase(const SourcedFacts& facts)
{
    auto* page = new QWidget;
    Base base{.sentence = plainLabel("itemBaseSentence"), .facets = new FigureTable(page)};
    base.table = quietTable(base.facets, QStringLiteral("itemBaseFacets"));
    base.replyNote = plainLabel("itemReplyNote");
    base.reply = new QPlainTextEdit;
    base.reply->setObjectName(QStringLiteral("itemReply"));
    base.reply->setReadOnly(true);
    base.reply->setFont(monospaceFont());
    base.reply->setMaximumHeight(replyHeight);
    base.reply->hide();
    base.replyNote->setProperty(look::muted, true);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(space::one, space::one, space::one, space::one);
    column->addWidget(base.sentence);
    column->addWidget(base.table, 1);
    column->addWidget(base.replyNote);
    column->addWidget(base.reply);
    m_bases.push_back(std::move(base));
    m_tabs->addTab(page, QString::fromStdString(facts.base.name));
}

void ItemPageDialog::fill(Base& base, const SourcedFacts& facts)
{
    const QString extractor = extractorText(facts.base);
    QStringList said{facts.model.empty() ? tr("By the extractor %1.").arg(extractor)
                                         : tr("By the extractor %1 from the model %2.")
                                               .arg(extractor, QString::fromStdString(facts.model))};
    said << (facts.hasVector ? tr("The item has a vector.") : tr("The item has no vector."));
    if (facts.terms > 0) {
        said << tr("%Ln weighted word(s).", nullptr, static_cast<int>(facts.terms));
    }
    if (facts.failure) {
        said << tr("It failed: %1", "an extraction; why")
                    .arg(sentences::translated("errors", facts.failure->reason, facts.failure->arguments));
    }
    base.sentence->setText(sentences::paragraph(said));
    FigureTable::Content content{
        .headers = {tr("Facet"), tr("Text"), tr("Source"), tr("Extracted"), tr("Vector"), tr("Verdict")}};
    content.hints = {
        {},
        {},
        {},
        tr("What was extracted, where a person changed it"),
        tr("An edited text that no other facet has gets a vector once the facets are embedded anew"),
        tr("Of the review of drawn facets")};
    for (const SourcedFacet& each : facts.facets) {
        const HeldFacet& facet = each.facet;
        content.rows.push_back({sentences::facetTitle(facet.name),
                                facet.text ? QString::fromStdString(*facet.text) : numbers::missing(),
                                sourceWord(facet),
                                facet.edited > 0 && facet.extracted ? QString::fromStdString(*facet.extracted)
                                                                    : numbers::missing(),
                                vectorWord(each.vector),
                                verdictWord(each.verdict)});
    }
    base.facets->setContent(std::move(content));
    fitColumns(*base.table, 1);
    base.table->setVisible(!facts.facets.empty());
    base.table->setAccessibleName(tr("Facets by %1").arg(QString::fromStdString(facts.base.name)));
    base.reply->setAccessibleName(tr("Reply of the model"));
    showReply(base);
}

void ItemPageDialog::askReply(int tab)
{
    if (tab < 0 || static_cast<std::size_t>(tab) >= m_bases.size()) {
        return;
    }
    Base& base = m_bases[static_cast<std::size_t>(tab)];
    const SourcedFacts& facts = m_page.bases[static_cast<std::size_t>(tab)];
    if (base.query || (facts.model.empty() && !facts.failure)) {
        return;
    }
    base.query = std::make_unique<Query>(m_session);
    base.query->ask<std::optional<std::string>>(
        [id = facts.base.id, item = m_page.item.id](const Workspace& workspace, const JobContext& context) {
            return keptReply(workspace, id, item, context);
        },
        [this, tab](Reply reply) {
            Base& asked = m_bases[static_cast<std::size_t>(tab)];
            asked.said = std::move(reply);
            showReply(asked);
        });
    showReply(base);
}

void ItemPageDialog::showReply(const Base& base)
{
    const bool isThere = base.said && *base.said && **base.said;
    base.reply->setVisible(isThere);
    base.reply->setPlainText(isThere ? QString::fromStdString(***base.said) : QString());
    base.replyNote->setVisible(base.query != nullptr);
    base.replyNote->setText(!base.said    ? tr("Looking for the reply…")
                            : !*base.said ? sentences::of(base.said->error())
                            : isThere     ? tr("Reply of the model")
                                          : tr("No reply of the model is kept."));
}

void ItemPageDialog::retranslate()
{
    const ItemRecord& item = m_page.item;
    setWindowTitle(item.title.empty() ? QString::fromStdString(item.key)
                                      : QString::fromStdString(item.title));
    m_title->setText(windowTitle());
    m_title->setAccessibleName(tr("Item"));
    m_source->setAccessibleName(tr("Source"));
    const QString source = m_page.file.empty()
                               ? tr("only seen in interactions", "where an item comes from")
                               : tr("described in %1, line %2")
                                     .arg(QString::fromStdString(m_page.file), numbers::count(m_page.line));
    m_source->setText(tr("%1, id %2, %3; %4 interactions", "domain, id, source, number")
                          .arg(QString::fromStdString(m_page.domain),
                               QString::fromStdString(item.key),
                               source,
                               numbers::count(item.interactions)));
    FigureTable::Content content{.headers = {tr("Field"), tr("Value")}, .hints = {}, .figures = {}};
    for (const auto& [name, value] : item.fields) {
        content.rows.push_back({QString::fromStdString(name), QString::fromStdString(value)});
    }
    m_fieldTable->setVisible(!content.rows.empty());
    m_fields->setContent(std::move(content));
    fitColumns(*m_fieldTable, 1);
    m_fieldTable->setAccessibleName(tr("Fields of the item"));
    m_tabs->setAccessibleName(tr("Knowledge bases"));
    m_tabs->setVisible(!m_bases.empty());
    m_nothing->setVisible(m_bases.empty());
    m_nothing->setText(tr("No knowledge base says anything of this item."));
    for (std::size_t at = 0; at < m_bases.size(); ++at) {
        fill(m_bases[at], m_page.bases[at]);
    }
}

void ItemPageDialog::changeEvent(QEvent* event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

} // namespace transept::ui
