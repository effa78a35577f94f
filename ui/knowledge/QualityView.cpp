#include "ui/knowledge/QualityView.h"

#include "ui/charts/BarChart.h"
#include "ui/charts/ChartCard.h"
#include "ui/knowledge/FacetReviewCard.h"
#include "ui/knowledge/QualityText.h"
#include "ui/look/Card.h"
#include "ui/look/TableLook.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"

#include <QtCore/QSettings>
#include <QtCore/QSignalBlocker>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFrame>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStyle>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {
namespace {

constexpr auto kColumns = "qualityColumns";
constexpr auto kLeft = "qualityLeft";
constexpr auto kTab = "qualityTab";
constexpr int leastColumn = 72; // shows what a facet is of, however wide the headings of the figures are

/// A table, or a sentence while it is empty.
QWidget* tablePage(QTableView* table, QLabel*& note)
{
    note = new QLabel;
    note->setObjectName(table->objectName() + QStringLiteral("Note"));
    note->setProperty(look::muted, true);
    note->setAlignment(Qt::AlignCenter);
    note->setWordWrap(true);
    note->setContentsMargins(space::two, space::two, space::two, space::two);
    return card({note, table}, space::half);
}

} // namespace

QualityView::QualityView(Session& session, const FileDialogs& dialogs, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_with(new QComboBox)
    , m_check(new QPushButton)
    , m_sentences(new QLabel)
    , m_chart(new BarChart)
    , m_chartCard(new ChartCard(m_chart))
    , m_basis(new QComboBox)
    , m_facets(new FigureTable(this))
    , m_facetTable(quietTable(m_facets, QStringLiteral("facetSignals")))
    , m_lookAlikes(new FigureTable(this))
    , m_lookAlikeTable(quietTable(m_lookAlikes, QStringLiteral("lookAlikes")))
    , m_agreement(new FigureTable(this))
    , m_agreementTable(quietTable(m_agreement, QStringLiteral("facetAgreement")))
    , m_review(new FacetReviewCard(session))
    , m_tabs(new QTabWidget)
    , m_columns(new QSplitter(Qt::Horizontal))
    , m_left(new QSplitter(Qt::Vertical))
{
    build(dialogs);
    for (QTableView* table : {m_facetTable, m_agreementTable}) {
        table->horizontalHeader()->setMinimumSectionSize(leastColumn);
    }
    connect(m_check, &QPushButton::clicked, this, &QualityView::check);
    connect(m_with, &QComboBox::activated, this, &QualityView::showChecks);
    connect(m_basis, &QComboBox::activated, this, &QualityView::showChecks);
    connect(m_lookAlikeTable, &QTableView::activated, this, [this](const QModelIndex& index) {
        m_session.selection().setItem(ItemId{index.data(FigureTable::IdRole).toLongLong()});
    });
    connect(m_review, &FacetReviewCard::failed, this, &QualityView::failed);
    connect(&m_session, &Session::dataChanged, this, &QualityView::forget);
    connect(&m_session, &Session::closed, this, &QualityView::forget);
}

void QualityView::build(const FileDialogs& dialogs)
{
    m_with->setObjectName(QStringLiteral("checkWith"));
    m_check->setObjectName(QStringLiteral("checkKnowledge"));
    m_sentences->setObjectName(QStringLiteral("qualitySentences"));
    m_sentences->setWordWrap(true);
    m_sentences->setTextFormat(Qt::PlainText); // names are no markup
    m_sentences->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_sentences->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_sentences->setContentsMargins(space::one, space::half, space::one, space::half);
    m_chart->setObjectName(QStringLiteral("liftChart"));
    m_chart->setFileDialogs(dialogs);
    m_basis->setObjectName(QStringLiteral("liftBasis"));
    m_basis->addItems({QString(), QString()}); // in the order of CheckBasis
    m_chartCard->addTool(m_basis);
    m_chart->setReference(1.0);
    auto* scroller = new QScrollArea;
    scroller->setWidget(m_sentences);
    scroller->setWidgetResizable(true);
    scroller->setFrameShape(QFrame::NoFrame);
    scroller->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* tools = new QHBoxLayout;
    tools->addWidget(m_check);
    tools->addWidget(m_with, 1);
    auto* said = new QFrame;
    said->setProperty(look::card, true);
    auto* column = new QVBoxLayout(said);
    column->setContentsMargins(space::one, space::one, space::one, space::one);
    column->addLayout(tools);
    column->addWidget(scroller, 1);
    m_left->addWidget(said);
    m_left->addWidget(m_chartCard);
    m_left->setChildrenCollapsible(false);
    m_left->setSizes({260, 240});
    m_review->setProperty(look::card, true);
    m_tabs->setObjectName(QStringLiteral("qualityTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(tablePage(m_facetTable, m_notes[0]), QString());
    m_tabs->addTab(tablePage(m_lookAlikeTable, m_notes[1]), QString());
    m_tabs->addTab(tablePage(m_agreementTable, m_notes[2]), QString());
    m_tabs->addTab(m_review, QString());
    m_columns->addWidget(m_left);
    m_columns->addWidget(m_tabs);
    m_columns->setChildrenCollapsible(false);
    m_columns->setSizes({480, 720});
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->addWidget(m_columns);
}

void QualityView::setBases(const std::vector<KnowledgeBase>& bases)
{
    for (const KnowledgeBase& before : m_bases) {
        const auto now = std::ranges::find(bases, before.id, &KnowledgeBase::id);
        if (now == bases.end() || now->items != before.items || now->finished != before.finished) {
            std::erase_if(m_found, [&](const auto& found) { // was said of another knowledge base
                return found.first.first == before.name || found.first.second == before.name;
            });
        }
    }
    m_bases = bases;
    fillOthers();
}

void QualityView::fillOthers()
{
    const QSignalBlocker quiet(m_with);
    const QVariant before = m_with->currentData();
    m_with->clear();
    m_with->addItem(tr("compare with no other"), QString());
    for (const KnowledgeBase& base : m_bases) {
        if (base.state == "finished" && (!m_base || base.id != m_base->id)) {
            const QString name = QString::fromStdString(base.name);
            m_with->addItem(tr("compare with %1", "name of a knowledge base").arg(name), name);
        }
    }
    m_with->setCurrentIndex(std::max(0, m_with->findData(before)));
}

void QualityView::showBase(const KnowledgeBase* base)
{
    m_base = base != nullptr ? std::optional(*base) : std::nullopt;
    const bool isFinished = m_base && m_base->state == "finished";
    m_review->showBase(isFinished ? std::optional(m_base->id) : std::nullopt);
    fillOthers();
    showChecks();
}

QualityView::Asked QualityView::asked() const
{
    return {m_base ? m_base->name : std::string(), m_with->currentData().toString().toStdString()};
}

void QualityView::check()
{
    const Asked wanted = asked();
    const QString name = QString::fromStdString(wanted.first);
    m_running.insert(wanted);
    showChecks();
    m_session.jobs().start<IntrinsicChecks>(
        this,
        {.name = [name] { return tr("Checking %1", "name of a knowledge base").arg(name); },
         .kind = JobKind::Statistics},
        [wanted](const Workspace& workspace, const JobContext& context) {
            return checkKnowledge(workspace, {.knowledge = wanted.first, .with = wanted.second}, context);
        },
        [this, wanted, age = m_age](Result<IntrinsicChecks> checks) {
            if (age == m_age) {
                take(wanted, std::move(checks));
            }
        });
}

void QualityView::take(const Asked& asked, Result<IntrinsicChecks> checks)
{
    m_running.erase(asked);
    if (checks) {
        m_found.insert_or_assign(asked, std::move(*checks));
    } else if (checks.error().code != ErrorCode::Cancelled) {
        Q_EMIT failed(checks.error());
    }
    showChecks();
}

void QualityView::forget()
{
    ++m_age;
    m_found.clear();
    m_running.clear();
    showChecks();
}

void QualityView::showChecks()
{
    const auto found = m_found.find(asked());
    const IntrinsicChecks* checks = found == m_found.end() ? nullptr : &found->second;
    const IntrinsicChecks none;
    const IntrinsicChecks& shown = checks != nullptr ? *checks : none;
    const bool isFinished = m_base && m_base->state == "finished";
    m_check->setEnabled(isFinished && !m_running.contains(asked()));
    m_with->setEnabled(isFinished);
    showSentences(checks);
    showChart(shown);
    m_facets->setContent(quality::facetTable(shown));
    m_lookAlikes->setContent(quality::lookAlikeTable(shown));
    m_agreement->setContent(quality::agreementTable(shown));
    const QString unasked = tr("Nothing is checked yet.");
    const QString sentences[] = {
        tr("The knowledge base has no facets, or nobody consumed the items that have some."),
        tr("Every item can be told apart from all others."),
        asked().second.empty() ? tr("Choose another knowledge base at the left to compare with.")
                               : tr("The two have no facet of the same name.")};
    QTableView* tables[] = {m_facetTable, m_lookAlikeTable, m_agreementTable};
    const int stretched[] = {1, 3, 1};
    for (std::size_t at = 0; at < std::size(tables); ++at) {
        const bool isAny = tables[at]->model()->rowCount() > 0;
        tables[at]->setVisible(isAny);
        m_notes[at]->setVisible(!isAny);
        m_notes[at]->setText(checks != nullptr ? sentences[at] : unasked);
        fitColumns(*tables[at], stretched[at]);
    }
}

void QualityView::showSentences(const IntrinsicChecks* checks)
{
    if (checks != nullptr) {
        m_sentences->setText(quality::sentences(*checks).join(QStringLiteral("\n\n")));
    } else if (!m_base) {
        m_sentences->setText(tr("Extract a knowledge base first; then it can be checked here."));
    } else if (m_base->state != "finished") {
        m_sentences->setText(
            tr("This knowledge base is not finished. Go on with its extraction to check it."));
    } else if (m_running.contains(asked())) {
        m_sentences->setText(tr("Checking…"));
    } else {
        m_sentences->setText(tr(
            "Whether the items that this knowledge calls near are consumed by the same people can be told "
            "before anything is trained, from training interactions alone. So can what each facet tells, and "
            "which items cannot be told apart."));
    }
    m_sentences->setProperty(look::muted, checks == nullptr);
    m_sentences->style()->unpolish(m_sentences);
    m_sentences->style()->polish(m_sentences);
}

void QualityView::showChart(const IntrinsicChecks& checks)
{
    const auto isBy = [](CheckBasis basis) {
        return [basis](const NeighbourCheck& check) { return check.basis == basis; };
    };
    const bool isByVectors = std::ranges::any_of(checks.neighbours, isBy(CheckBasis::Vectors));
    const bool isByTerms = std::ranges::any_of(checks.neighbours, isBy(CheckBasis::Terms));
    m_basis->setVisible(isByVectors && isByTerms);
    const auto basis = isByVectors && isByTerms ? static_cast<CheckBasis>(m_basis->currentIndex())
                       : isByTerms              ? CheckBasis::Terms
                                                : CheckBasis::Vectors;
    std::vector<BarChart::Bar> bars;
    for (const NeighbourCheck& check : checks.neighbours) {
        if (check.basis == basis) {
            bars.push_back({.id = QString::number(bars.size()),
                            .name = quality::domains(check.domain, check.other),
                            .colour = check.domain == check.other ? 0 : 1,
                            .value = check.lift.value,
                            .interval = Range{check.lift.low, check.lift.high}});
        }
    }
    m_chartCard->setNothing(bars.empty() ? tr("How often near items are consumed together, against chance.")
                                         : QString());
    m_chart->setBars(std::move(bars));
}

void QualityView::retranslate()
{
    m_check->setText(tr("Check"));
    m_check->setToolTip(tr("Check the chosen knowledge base by training interactions"));
    m_basis->setItemText(0, tr("by vectors"));
    m_basis->setItemText(1, tr("by words"));
    m_basis->setAccessibleName(tr("What tells which items are near"));
    m_with->setAccessibleName(tr("Another knowledge base to compare with"));
    m_sentences->setAccessibleName(tr("What the check found"));
    m_chartCard->setTitle(tr("Near items consumed together"));
    m_chart->setAxisTitles(tr("times as often; 1 is chance"), QString());
    m_facetTable->setAccessibleName(tr("What facets tell of what is consumed together"));
    m_lookAlikeTable->setAccessibleName(tr("Items that cannot be told apart"));
    m_agreementTable->setAccessibleName(tr("Facets in which the two knowledge bases agree"));
    const QString tabs[] = {tr("Facets"), tr("Look-alikes"), tr("Agreement"), tr("Blind review")};
    for (int at = 0; at < m_tabs->count(); ++at) {
        m_tabs->setTabText(at, tabs[at]);
    }
    m_review->retranslate();
    fillOthers();
    showChecks();
}

void QualityView::saveState(QSettings& settings) const
{
    settings.setValue(QLatin1String(kColumns), m_columns->saveState());
    settings.setValue(QLatin1String(kLeft), m_left->saveState());
    settings.setValue(QLatin1String(kTab), m_tabs->currentIndex());
}

void QualityView::restoreState(QSettings& settings)
{
    m_columns->restoreState(settings.value(QLatin1String(kColumns)).toByteArray());
    m_left->restoreState(settings.value(QLatin1String(kLeft)).toByteArray());
    m_tabs->setCurrentIndex(settings.value(QLatin1String(kTab)).toInt());
}

} // namespace transept::ui
