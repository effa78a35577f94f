#include "ui/knowledge/PeopleView.h"

#include "core/knowledge/Extractor.h"
#include "core/store/Catalog.h"
#include "ui/knowledge/FigureTable.h"
#include "ui/knowledge/PeopleModel.h"
#include "ui/look/Card.h"
#include "ui/look/TableLook.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/shell/ElidedLabel.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QScopedValueRollback>
#include <QtCore/QSettings>
#include <QtWidgets/QFrame>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTableView>
#include <QtWidgets/QTextEdit>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {
namespace {

constexpr int typingMilliseconds = 200;
constexpr auto kColumns = "peopleColumns";
constexpr int lastColumn = 2; // of the tables, but for what a server said: the longest texts
constexpr int replyColumnWidth = 90;

QSplitter* splitter(Qt::Orientation orientation, std::initializer_list<QWidget*> parts)
{
    auto* made = new QSplitter(orientation);
    for (QWidget* part : parts) {
        made->addWidget(part);
    }
    made->setChildrenCollapsible(false);
    return made;
}

} // namespace

PeopleView::PeopleView(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_query(session)
    , m_factsQuery(session)
    , m_historyQuery(session)
    , m_people(new PeopleModel(session, this))
    , m_facets(new FigureTable(this))
    , m_history(new FigureTable(this))
    , m_failures(new FigureTable(this))
    , m_search(new QLineEdit)
    , m_peopleTable(quietTable(m_people, QStringLiteral("people")))
    , m_name(new ElidedLabel)
    , m_facetTable(quietTable(m_facets, QStringLiteral("personFacets")))
    , m_historyNote(new QLabel)
    , m_historyTable(quietTable(m_history, QStringLiteral("personHistory")))
    , m_pairsTitle(new QLabel)
    , m_pairs(new QTextEdit)
    , m_failureTable(quietTable(m_failures, QStringLiteral("peopleFailures")))
    , m_columns(nullptr)
{
    setObjectName(QStringLiteral("peopleView"));
    build();
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingMilliseconds);
    connect(m_search, &QLineEdit::textEdited, this, [this] {
        m_isWanted = false;
        m_typing.start();
    });
    connect(&m_typing, &QTimer::timeout, this, [this] {
        m_people->show(m_base ? std::optional(m_base->id) : std::nullopt, m_search->text());
    });
    connect(m_people, &PeopleModel::failed, this, &PeopleView::failed);
    connect(m_people, &PeopleModel::arrived, this, &PeopleView::followPeople);
    connect(m_peopleTable->selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            [this](const QModelIndex& current) {
                const QVariant person =
                    current.isValid() ? current.data(PeopleModel::PersonRole) : QVariant();
                if (person.isValid()) {
                    turnTo(PersonId{person.toLongLong()},
                           current.siblingAtColumn(PeopleModel::KeyColumn).data().toString());
                }
            });
    const auto choose = [this] { m_session.selection().setUser(m_person); }; // also who is shown already
    connect(m_peopleTable, &QTableView::clicked, this, choose);
    connect(m_peopleTable, &QTableView::activated, this, choose);
    connect(&session, &Session::dataChanged, this, [this] {
        m_historyQuery.cancel();
        m_histories.reset();
        m_isStale = true;
    });
    connect(m_failureTable, &QTableView::activated, this, &PeopleView::showFailed);
    retranslate();
}

void PeopleView::build()
{
    m_search->setObjectName(QStringLiteral("personSearch"));
    m_search->setClearButtonEnabled(true);
    m_name->setObjectName(QStringLiteral("personName"));
    m_historyNote->setObjectName(QStringLiteral("historyNote"));
    m_historyNote->setWordWrap(true);
    m_historyNote->setProperty(look::muted, true);
    m_pairs->setObjectName(QStringLiteral("pairTexts"));
    m_pairs->setReadOnly(true);
    m_pairs->setFrameShape(QFrame::NoFrame);
    for (QWidget* title : {static_cast<QWidget*>(m_name), static_cast<QWidget*>(m_pairsTitle)}) {
        title->setProperty(look::heading, true);
    }
    m_failureTable->hide();
    auto* person =
        splitter(Qt::Vertical, {card({m_name, m_facetTable}), card({m_historyNote, m_historyTable})});
    auto* whole = splitter(Qt::Vertical, {card({m_pairsTitle, m_pairs}), card({m_failureTable})});
    m_columns = splitter(Qt::Horizontal, {card({m_search, m_peopleTable}), person, whole});
    m_columns->setStretchFactor(0, 2);
    m_columns->setStretchFactor(1, 4);
    m_columns->setStretchFactor(2, 3);
    auto* row = new QVBoxLayout(this);
    row->setContentsMargins({});
    row->addWidget(m_columns);
}

void PeopleView::showBase(const KnowledgeBase* base)
{
    const auto extractor = findExtractor(base != nullptr ? base->extractor : std::string());
    const bool isOfPeople = base != nullptr && extractor && (*extractor)->isAboutUsers;
    if (!isOfPeople || !m_base || m_base->id != base->id) {
        forget();
    }
    m_base = isOfPeople ? std::optional(*base) : std::nullopt;
    m_isStale = true;
    if (isVisible() || !m_base) {
        ask();
    }
}

/// What was asked of another knowledge base is no answer for this one.
void PeopleView::forget()
{
    for (Query* query : {&m_query, &m_factsQuery, &m_historyQuery}) {
        query->cancel();
    }
    m_person.reset();
    m_isWanted = false;
    m_histories.reset();
    m_historyProblem.reset();
    m_known = {};
}

void PeopleView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_isStale) {
        ask();
    }
}

void PeopleView::ask()
{
    m_isStale = false;
    m_people->show(m_base ? std::optional(m_base->id) : std::nullopt, m_search->text());
    showPerson();
    if (!m_base) {
        showKnown();
        return;
    }
    askKnown();
    if (!m_histories) { // what was told does not change with what was learnt from it
        askHistories();
    }
}

void PeopleView::askKnown()
{
    m_query.ask<Known>(
        [id = m_base->id](const Workspace& workspace, const JobContext&) -> Result<Known> {
            const UserKnowledge knowledge(workspace);
            auto pairs = knowledge.pairs(id);
            auto failures = knowledge.failures(id);
            const auto domains = Catalog(workspace).domains();
            if (!pairs || !failures || !domains) {
                return !pairs ? passOn(pairs) : failures ? passOn(domains) : passOn(failures);
            }
            Known known{.pairs = std::move(*pairs), .failures = std::move(*failures)};
            for (const Domain& domain : *domains) {
                known.domains[domain.id] = QString::fromStdString(domain.name);
            }
            return known;
        },
        [this](Result<Known> known) {
            if (!known) {
                Q_EMIT failed(known.error());
                return;
            }
            m_known = std::move(*known);
            showKnown();
            showPerson();
        });
}

void PeopleView::askHistories()
{
    m_historyQuery.ask<Histories>(
        [base = *m_base](const Workspace& workspace, const JobContext& context) {
            return PeopleHistories::read(workspace, base, context);
        },
        [this](Result<Histories> histories) {
            m_historyProblem = histories ? std::nullopt : std::optional(histories.error());
            m_histories = histories ? std::move(*histories) : nullptr;
            showHistory();
        });
}

void PeopleView::showKnown()
{
    m_pairs->clear();
    QTextCursor cursor(m_pairs->document());
    for (const DomainPairText& pair : m_known.pairs) {
        QTextCharFormat heading;
        heading.setFontWeight(QFont::DemiBold);
        cursor.insertText(
            tr("From %1 to %2", "domains").arg(domainName(pair.source), domainName(pair.target)), heading);
        cursor.insertBlock();
        cursor.insertText(QString::fromStdString(pair.text), QTextCharFormat());
        cursor.insertBlock();
        cursor.insertBlock();
    }
    m_pairs->moveCursor(QTextCursor::Start);
    FigureTable::Content failures{.headers = {tr("Person"), tr("Domain"), tr("Why"), tr("Reply")}};
    for (const UserFailure& failure : m_known.failures) {
        failures.ids.push_back(number(failure.subject.person));
        failures.rows.push_back({QString::fromStdString(failure.keys),
                                 domainName(failure.subject.domain),
                                 sentences::translated("errors", failure.reason, failure.arguments),
                                 QString::fromStdString(failure.reply)});
    }
    m_failures->setContent(std::move(failures));
    m_failureTable->setVisible(hasFailures());
    m_failureTable->parentWidget()->setVisible(hasFailures());
    fitColumns(*m_failureTable, lastColumn);
    m_failureTable->horizontalHeader()->resizeSection(lastColumn + 1, replyColumnWidth);
    Q_EMIT failuresChanged();
}

/// The list begins anew: it leads to whom is shown or chosen on another page, else to its first one. Nobody
/// has chosen that one, so the other pages keep whom they show.
void PeopleView::followPeople()
{
    if (!m_peopleTable->currentIndex().isValid() && m_people->rowCount() > 0) {
        const QScopedValueRollback following(m_following, true);
        const std::optional<PersonId> person = m_person ? m_person : m_session.selection().user();
        const std::optional<int> row = person ? m_people->rowOf(*person) : std::nullopt;
        if (row || !m_isWanted) {
            m_peopleTable->setCurrentIndex(m_people->index(row.value_or(0), 0));
        }
    }
    fitColumns(*m_peopleTable, PeopleModel::KeyColumn);
}

void PeopleView::turnTo(PersonId person, const QString& name)
{
    m_person = person;
    m_name->setText(name);
    if (!m_following) {
        m_isWanted = false;
        m_session.selection().setUser(person);
    }
    showPerson();
}

/// Others may have an id that contains the one that is searched for.
void PeopleView::showFailed(const QModelIndex& index)
{
    const QString keys = index.siblingAtColumn(0).data().toString();
    turnTo(PersonId{index.data(FigureTable::IdRole).toLongLong()}, keys);
    m_isWanted = true;
    m_search->setText(keys.section(QStringLiteral(", "), 0, 0)); // of several accounts one is found
    m_typing.start();
}

void PeopleView::showPerson()
{
    showHistory();
    if (!m_base || !m_person) {
        m_factsQuery.cancel();
        m_name->setText(QString());
        showFacets({});
        return;
    }
    m_factsQuery.ask<std::vector<UserFacts>>(
        [id = m_base->id, person = *m_person](const Workspace& workspace, const JobContext&) {
            return UserKnowledge(workspace).of(id, person);
        },
        [this](const Result<std::vector<UserFacts>>& facts) {
            showFacets(facts ? *facts : std::vector<UserFacts>());
        });
}

void PeopleView::showFacets(const std::vector<UserFacts>& facts)
{
    FigureTable::Content content{.headers = {tr("Domain"), tr("Facet"), tr("What the person prefers")}};
    for (const UserFacts& each : facts) {
        for (const StoredFacet& facet : each.facets) {
            content.rows.push_back({domainName(each.subject.domain),
                                    QString::fromStdString(facet.name),
                                    QString::fromStdString(facet.text)});
        }
    }
    m_facets->setContent(std::move(content));
    fitColumns(*m_facetTable, lastColumn);
}

void PeopleView::showHistory()
{
    FigureTable::Content content{
        .headers = {tr("Domain"), tr("Feedback"), tr("What the person took, the latest last")}};
    const auto told =
        m_histories && m_person ? m_histories->of(*m_person) : std::vector<PeopleHistories::Told>();
    for (const PeopleHistories::Told& domain : told) {
        for (const auto& [title, words] : domain.lines) {
            content.rows.push_back({QString::fromStdString(domain.name),
                                    QString::fromStdString(words),
                                    QString::fromStdString(title)});
        }
    }
    m_historyNote->setText(m_historyProblem ? sentences::of(*m_historyProblem)
                           : m_histories    ? tr("The training history, as the prompts told it")
                                            : tr("Reading histories…"));
    m_historyNote->setVisible(m_base.has_value());
    m_history->setContent(std::move(content));
    fitColumns(*m_historyTable, lastColumn);
}

QString PeopleView::domainName(DomainId domain) const
{
    const auto found = m_known.domains.find(domain);
    return found == m_known.domains.end() ? numbers::missing() : found->second;
}

void PeopleView::retranslate()
{
    m_search->setPlaceholderText(tr("Find a person by id"));
    m_search->setAccessibleName(tr("Find a person by id"));
    m_peopleTable->setAccessibleName(tr("People"));
    m_facetTable->setAccessibleName(tr("What the chosen person prefers"));
    m_historyTable->setAccessibleName(tr("Training history of the chosen person"));
    m_pairsTitle->setText(tr("How tastes carry over"));
    m_pairs->setAccessibleName(tr("How tastes carry over"));
    m_pairs->setPlaceholderText(tr("Nothing was asked about pairs of domains."));
    m_failureTable->setAccessibleName(tr("People that failed"));
    showKnown();
    showPerson();
}

void PeopleView::saveState(QSettings& settings) const
{
    settings.setValue(QLatin1String(kColumns), m_columns->saveState());
}

void PeopleView::restoreState(QSettings& settings)
{
    m_columns->restoreState(settings.value(QLatin1String(kColumns)).toByteArray());
}

} // namespace transept::ui
