#include "ui/knowledge/FacetReviewCard.h"

#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/text/Numbers.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {
namespace {

constexpr FacetVerdict verdicts[] = {FacetVerdict::True, FacetVerdict::False, FacetVerdict::Empty};
constexpr Qt::Key keys[] = {Qt::Key_T, Qt::Key_F, Qt::Key_E};

QLabel* label(const char* name)
{
    auto* made = new QLabel;
    made->setObjectName(QLatin1String(name));
    made->setTextFormat(Qt::PlainText); // what a server said is no markup
    made->setWordWrap(true);
    return made;
}

} // namespace

FacetReviewCard::FacetReviewCard(Session& session, QWidget* parent)
    : QFrame(parent)
    , m_session(session)
    , m_query(session)
    , m_note(label("reviewNote"))
    , m_body(new QWidget)
    , m_progress(label("reviewProgress"))
    , m_item(label("reviewItem"))
    , m_name(label("reviewFacet"))
    , m_text(label("reviewText"))
    , m_outcome(label("reviewOutcome"))
    , m_back(new QToolButton)
    , m_forth(new QToolButton)
    , m_undo(new QToolButton)
{
    setFocusPolicy(Qt::StrongFocus);
    build();
    connect(&m_session.undoStack(), &QUndoStack::indexChanged, this, &FacetReviewCard::readAgain);
    connect(&m_session, &Session::closed, this, [this] { showBase(std::nullopt); });
}

void FacetReviewCard::build()
{
    setObjectName(QStringLiteral("facetReview"));
    m_item->setProperty(look::heading, true);
    m_progress->setProperty(look::muted, true);
    m_name->setProperty(look::muted, true);
    m_note->setProperty(look::muted, true);
    QFont large = m_text->font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    m_text->setFont(large);
    auto* choices = new QHBoxLayout;
    for (std::size_t at = 0; at < std::size(verdicts); ++at) {
        m_buttons[at] = new QPushButton;
        m_buttons[at]->setObjectName(QStringLiteral("review:") +
                                     QString::fromUtf8(wordOf(verdicts[at]).data()));
        m_buttons[at]->setCheckable(true);
        connect(m_buttons[at], &QPushButton::clicked, this, [this, at] { mark(verdicts[at]); });
        choices->addWidget(m_buttons[at]);
    }
    choices->addStretch();
    const std::pair<QToolButton*, const char*> tools[] = {
        {m_back, "reviewBack"}, {m_forth, "reviewForth"}, {m_undo, "reviewUndo"}};
    for (const auto& [button, name] : tools) {
        button->setObjectName(QLatin1String(name));
        button->setAutoRaise(true);
        choices->addWidget(button);
    }
    m_undo->setIcon(icon(QStringLiteral("undo")));
    m_back->setArrowType(Qt::LeftArrow);
    m_forth->setArrowType(Qt::RightArrow);
    connect(m_back, &QToolButton::clicked, this, [this] { move(-1); });
    connect(m_forth, &QToolButton::clicked, this, [this] { move(1); });
    connect(m_undo, &QToolButton::clicked, &m_session.undoStack(), &QUndoStack::undo);
    auto* body = new QVBoxLayout(m_body);
    body->setContentsMargins({});
    body->setSpacing(space::one);
    for (QLabel* each : {m_progress, m_item, m_name, m_text}) {
        body->addWidget(each);
    }
    body->addLayout(choices);
    body->addWidget(m_outcome);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::two, space::oneAndHalf, space::two, space::oneAndHalf);
    column->addWidget(m_note);
    column->addWidget(m_body);
    column->addStretch();
    showPlace();
}

void FacetReviewCard::showBase(std::optional<KnowledgeId> base)
{
    if (base == m_base) {
        return;
    }
    m_base = base;
    m_query.cancel();
    m_facets.clear();
    m_isAsked = false;
    showPlace();
    if (isVisible()) {
        ask();
    }
}

void FacetReviewCard::showEvent(QShowEvent* event)
{
    QFrame::showEvent(event);
    ask();
}

void FacetReviewCard::ask()
{
    if (!m_base || m_isAsked) {
        return;
    }
    m_isAsked = true;
    m_query.ask<std::vector<ReviewedFacet>>(
        [base = *m_base](const Workspace& workspace, const JobContext& context) {
            return facetsToReview(workspace, base, {}, context);
        },
        [this](Result<std::vector<ReviewedFacet>> facets) {
            take(std::move(facets));
            goToNextOpen();
        });
}

void FacetReviewCard::take(Result<std::vector<ReviewedFacet>> facets)
{
    if (!facets) {
        Q_EMIT failed(facets.error());
        return;
    }
    m_facets = std::move(*facets);
    showPlace();
}

void FacetReviewCard::mark(FacetVerdict verdict)
{
    if (!m_base || m_place >= m_facets.size()) {
        return;
    }
    ReviewedFacet& facet = m_facets[m_place];
    const std::optional<FacetVerdict> before = std::exchange(facet.verdict, verdict);
    const auto to = [base = *m_base,
                     place = facet.place](std::optional<FacetVerdict> wanted) -> Session::Write {
        return [base, place, wanted](const Workspace& workspace) {
            return FacetReviews(workspace).mark(base, place, wanted);
        };
    };
    const std::size_t marked = m_place;
    m_session.edit(tr("judge facet"), {}, to(verdict), to(before));
    m_place = marked + 1;
    goToNextOpen();
}

/// After an edit was made, undone or made again: in the order of writing, so that it is seen.
void FacetReviewCard::readAgain()
{
    ++m_edits;
    showPlace();
    if (!m_base || m_facets.empty()) {
        return;
    }
    std::vector<FacetPlace> places;
    std::ranges::transform(m_facets, std::back_inserter(places), &ReviewedFacet::place);
    m_session.writeAnd<std::vector<ReviewedFacet>>(
        this,
        [base = *m_base, places](const Workspace& workspace) {
            return FacetReviews(workspace).at(base, places);
        },
        [this, base = m_base, edits = m_edits](Result<std::vector<ReviewedFacet>> facets) {
            if (base != m_base || edits != m_edits || !facets) {
                return;
            }
            // What was undone is shown.
            for (std::size_t at = 0; at < facets->size(); ++at) {
                if (m_facets[at].verdict != (*facets)[at].verdict) {
                    m_place = at;
                }
            }
            take(std::move(facets));
        });
}

void FacetReviewCard::move(int step)
{
    const auto last = static_cast<int>(m_facets.size());
    m_place = static_cast<std::size_t>(std::clamp(static_cast<int>(m_place) + step, 0, last));
    showPlace();
}

/// The next one without a verdict, from the present place on and then from the first; behind the last when
/// there is none.
void FacetReviewCard::goToNextOpen()
{
    const auto isOpen = [](const ReviewedFacet& facet) { return !facet.verdict; };
    const auto from = m_facets.begin() + static_cast<std::ptrdiff_t>(std::min(m_place, m_facets.size()));
    auto found = std::find_if(from, m_facets.end(), isOpen);
    if (found == m_facets.end()) {
        found = std::find_if(m_facets.begin(), m_facets.end(), isOpen);
    }
    m_place = static_cast<std::size_t>(found - m_facets.begin());
    showPlace();
}

void FacetReviewCard::keyPressEvent(QKeyEvent* event)
{
    for (std::size_t at = 0; at < std::size(keys); ++at) {
        if (event->key() == keys[at] && event->modifiers() == Qt::NoModifier) {
            mark(verdicts[at]);
            return;
        }
    }
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        move(event->key() == Qt::Key_Left ? -1 : 1);
        return;
    }
    QFrame::keyPressEvent(event);
}

QString FacetReviewCard::outcomeText() const
{
    const ReviewOutcome outcome = outcomeOf(m_facets);
    if (outcome.marked == 0) {
        return {};
    }
    const QString names[] = {tr("True", "verdict"), tr("False", "verdict"), tr("Empty", "verdict")};
    QStringList lines;
    for (std::size_t at = 0; at < std::size(verdicts); ++at) {
        const ReviewOutcome::Share& share = outcome.shares[at];
        const double part = static_cast<double>(share.count) / static_cast<double>(outcome.marked);
        lines << tr("%1: %2 of %3, %4 (95 % interval: %5 to %6)", "verdict, count, marked, share, interval")
                     .arg(names[at],
                          numbers::count(share.count),
                          numbers::count(outcome.marked),
                          numbers::percent(part, 2),
                          numbers::percent(share.low, 2),
                          numbers::percent(share.high, 2));
    }
    return lines.join(QLatin1Char('\n'));
}

void FacetReviewCard::showPlace()
{
    const bool isAny = !m_facets.empty();
    const bool isFacet = m_place < m_facets.size();
    const ReviewOutcome outcome = outcomeOf(m_facets);
    m_note->setVisible(!isAny);
    m_body->setVisible(isAny);
    m_note->setText(!m_base ? tr("Choose a finished knowledge base above to judge its facets.")
                    : !m_isAsked || m_query.isWaiting()
                        ? tr("Drawing facets…")
                        : tr("This knowledge base has no facets to judge; it holds vectors alone."));
    for (QWidget* each : std::initializer_list<QWidget*>{m_item, m_name, m_text}) {
        each->setVisible(isFacet);
    }
    if (isFacet) {
        const ReviewedFacet& facet = m_facets[m_place];
        m_item->setText(QString::fromStdString(facet.title));
        m_name->setText(QString::fromStdString(facet.name));
        m_text->setText(facet.text.empty() ? numbers::missing() : QString::fromStdString(facet.text));
    }
    m_progress->setText(isFacet ? tr("Facet %1 of %2; %3 judged")
                                      .arg(numbers::count(static_cast<std::int64_t>(m_place) + 1),
                                           numbers::count(static_cast<std::int64_t>(m_facets.size())),
                                           numbers::count(outcome.marked))
                                : tr("All %1 facets are judged.")
                                      .arg(numbers::count(static_cast<std::int64_t>(m_facets.size()))));
    if (isAny && !isFacet && outcome.marked < static_cast<std::int64_t>(m_facets.size())) {
        m_progress->setText(tr("%1 of %2 facets are judged.")
                                .arg(numbers::count(outcome.marked),
                                     numbers::count(static_cast<std::int64_t>(m_facets.size()))));
    }
    for (std::size_t at = 0; at < std::size(verdicts); ++at) {
        m_buttons[at]->setVisible(isFacet);
        m_buttons[at]->setChecked(isFacet && m_facets[m_place].verdict == verdicts[at]);
    }
    m_back->setEnabled(m_place > 0);
    m_forth->setEnabled(isFacet);
    m_undo->setEnabled(m_session.undoStack().canUndo() &&
                       m_session.undoStack().undoText() == tr("judge facet")); // and nothing else
    m_outcome->setText(outcomeText());
}

void FacetReviewCard::retranslate()
{
    setAccessibleName(tr("Blind review"));
    const QString texts[] = {tr("True (T)"), tr("False (F)"), tr("Empty (E)")};
    const QString tips[] = {tr("What the facet says is so of this item"),
                            tr("What the facet says is not so of this item"),
                            tr("The facet says nothing about this item")};
    for (std::size_t at = 0; at < std::size(verdicts); ++at) {
        m_buttons[at]->setText(texts[at]);
        m_buttons[at]->setToolTip(tips[at]);
        m_buttons[at]->setAccessibleName(tips[at]);
    }
    const std::pair<QToolButton*, QString> tools[] = {{m_back, tr("The facet before (Left)")},
                                                      {m_forth, tr("The next facet (Right)")},
                                                      {m_undo, tr("Undo the last verdict")}};
    for (const auto& [button, text] : tools) {
        button->setToolTip(text);
        button->setAccessibleName(text);
    }
    showPlace();
}

} // namespace transept::ui
