#include "ui/knowledge/PreviewPane.h"

#include "core/recommend/Recommend.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEvent>
#include <QtCore/QPointer>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {
namespace {

/// What an extractor makes of the item's text, step by step.
QString stepsText(const ExtractionPreview& shown)
{
    QStringList paragraphs;
    for (const TextStep& step : shown.steps) {
        QStringList parts;
        for (const std::string& part : step.parts) {
            parts << QString::fromStdString(part);
        }
        const QString between = step.areLines ? QStringLiteral("\n  ") : QStringLiteral(", ");
        paragraphs << sentences::translated("methods", step.name) + QStringLiteral("\n  ") +
                          parts.join(between);
    }
    return paragraphs.join(QStringLiteral("\n"));
}

} // namespace

PreviewPane::PreviewPane(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_query(session)
    , m_title(new QLabel)
    , m_ask(new QPushButton)
    , m_person(new QLineEdit)
    , m_domain(new QComboBox)
    , m_request(new QPlainTextEdit)
    , m_reply(new QPlainTextEdit)
    , m_cost(new QLabel)
    , m_problem(new QLabel)
{
    m_title->setObjectName(QStringLiteral("previewTitle"));
    m_title->setProperty(look::heading, true);
    m_ask->setObjectName(QStringLiteral("askForPreview"));
    m_request->setObjectName(QStringLiteral("previewRequest"));
    m_reply->setObjectName(QStringLiteral("previewReply"));
    for (QPlainTextEdit* text : {m_request, m_reply}) {
        text->setReadOnly(true);
        text->setFont(monospaceFont());
    }
    m_cost->setObjectName(QStringLiteral("previewCost"));
    m_cost->setProperty(look::muted, true);
    m_problem->setObjectName(QStringLiteral("previewProblem"));
    m_problem->setProperty(look::small, true);
    m_problem->setProperty(look::invalid, true);
    m_problem->hide();
    for (QLabel* label : {m_cost, m_problem}) {
        label->setWordWrap(true);
    }
    m_person->setObjectName(QStringLiteral("previewPerson"));
    m_person->setClearButtonEnabled(true);
    m_person->hide();
    m_domain->setObjectName(QStringLiteral("previewDomain"));
    m_domain->hide();
    auto* subject = new QHBoxLayout;
    subject->addWidget(m_person, 1);
    subject->addWidget(m_domain);
    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_ask);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::two, 0, 0, 0);
    column->addLayout(head);
    column->addLayout(subject);
    column->addWidget(m_request, 1);
    column->addWidget(m_cost);
    column->addWidget(m_reply, 1);
    column->addWidget(m_problem);
    connect(m_ask, &QPushButton::clicked, this, &PreviewPane::askWanted);
    connect(m_person, &QLineEdit::textChanged, this, &PreviewPane::subjectChanged);
    connect(m_domain, &QComboBox::activated, this, &PreviewPane::subjectChanged);
    retranslate();
}

void PreviewPane::setAsksServer(bool asks)
{
    m_asksServer = asks;
    m_ask->setVisible(asks);
    m_request->setVisible(asks);
    m_cost->setVisible(asks);
}

void PreviewPane::setObstacle(const QString& obstacle)
{
    m_obstacle = obstacle;
    showAsk();
}

void PreviewPane::showAsk()
{
    m_ask->setEnabled(m_obstacle.isEmpty());
    m_ask->setToolTip(m_obstacle.isEmpty() ? tr("Send this request and show the reply; nothing is stored")
                                           : m_obstacle);
}

void PreviewPane::setAboutUsers(bool about)
{
    if (std::exchange(m_aboutUsers, about) != about) {
        showNothing({}); // what is shown is about something else
    }
    m_person->setVisible(about);
    m_domain->setVisible(about);
}

void PreviewPane::setDomains(const std::vector<Domain>& domains)
{
    const QVariant chosen = m_domain->currentData();
    m_domain->clear();
    m_domain->addItem(tr("first domain"));
    for (const Domain& domain : domains) {
        m_domain->addItem(QString::fromStdString(domain.name), static_cast<qint64>(number(domain.id)));
    }
    m_domain->setCurrentIndex(std::max(0, chosen.isValid() ? m_domain->findData(chosen) : 0));
}

QString PreviewPane::titleFor(bool hasItem) const
{
    return m_aboutUsers ? tr("Preview for a person")
           : hasItem    ? tr("Preview for the chosen item")
                        : tr("Preview: choose an item in the list below");
}

void PreviewPane::show(const ExtractionRequest& request, bool ask)
{
    const std::optional<ItemId> item = m_session.selection().item();
    m_title->setText(titleFor(item.has_value()));
    if (!item && !m_aboutUsers) {
        showNothing({});
        return;
    }
    m_reply->setPlainText(ask ? tr("Asking…") : QString());
    m_wasAsked = ask;
    const int question = ++m_question;
    // Pieces come on the reading thread; the first takes the place of "Asking".
    const auto onText = [pane = QPointer(this), question, isFirst = true](std::string_view text) mutable {
        const QString piece = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
        QMetaObject::invokeMethod(
            QCoreApplication::instance(), // it outlives the thread; the pane may not
            [pane, question, piece, isFirst] {
                if (!pane || pane->m_question != question) {
                    return;
                }
                if (isFirst) {
                    pane->m_reply->clear();
                }
                pane->m_reply->moveCursor(QTextCursor::End);
                pane->m_reply->insertPlainText(piece);
            },
            Qt::QueuedConnection);
        isFirst = false;
    };
    PreviewOptions options{.ask = ask, .onText = onText, .person = m_session.selection().user()};
    if (m_domain->currentData().isValid()) {
        options.domain = DomainId{m_domain->currentData().toLongLong()};
    }
    m_query.ask<ExtractionPreview>(
        [request,
         item,
         options,
         key = m_aboutUsers ? m_person->text().trimmed().toStdString() : std::string()](
            const Workspace& workspace, const JobContext& context) -> Result<ExtractionPreview> {
            PreviewOptions shown = options;
            if (!key.empty()) {
                const Result<PersonId> person = findPerson(workspace, key, {});
                if (!person) {
                    return passOn(person);
                }
                shown.person = *person;
            }
            return preview(workspace, request, item.value_or(ItemId{}), shown, context);
        },
        [this](Result<ExtractionPreview> shown) { showPreview(std::move(shown)); });
}

void PreviewPane::showNothing(const QString& why)
{
    m_query.cancel();
    ++m_question;
    for (QPlainTextEdit* text : {m_request, m_reply}) {
        text->clear();
    }
    m_cost->clear();
    m_problem->setText(why);
    m_problem->setVisible(!why.isEmpty());
}

void PreviewPane::showPreview(Result<ExtractionPreview> shown)
{
    ++m_question;
    if (!shown) {
        showNothing(sentences::of(shown.error()));
        return;
    }
    m_request->setPlainText(m_asksServer ? QString::fromStdString(shown->request) : stepsText(*shown));
    m_request->setVisible(m_asksServer || !shown->steps.empty());
    QString text;
    for (const StoredFacet& facet : shown->facets) {
        text += tr("%1: %2", "facet, its text")
                    .arg(QString::fromStdString(facet.name), QString::fromStdString(facet.text)) +
                QLatin1Char('\n');
    }
    if (!shown->reply.empty()) {
        text += (text.isEmpty() ? QString() : QStringLiteral("\n")) + QString::fromStdString(shown->reply);
    }
    m_reply->setPlainText(text);
    showCost(*shown);
    const QString problem = shown->problem ? sentences::of(*shown->problem) : QString();
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void PreviewPane::showCost(const ExtractionPreview& shown)
{
    QStringList parts;
    parts << (m_wasAsked ? tr("%1 tokens in, %2 out") : tr("about %1 tokens in, %2 out"))
                 .arg(numbers::count(shown.tokensIn), numbers::count(shown.tokensOut));
    if (shown.money) {
        parts << tr("%1 %2", "amount of money, currency")
                     .arg(numbers::real(*shown.money, 2), QString::fromStdString(shown.currency));
    }
    if (shown.seconds > 0.0) {
        parts << tr("%1 s").arg(numbers::real(shown.seconds, 2));
    }
    if (const int redacted = shown.redactions.count(); redacted > 0) {
        parts << tr("%Ln piece(s) of personal data replaced", nullptr, redacted);
    }
    m_cost->setText(parts.join(tr("; ", "between parts of a sentence")));
}

void PreviewPane::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void PreviewPane::retranslate()
{
    m_title->setText(titleFor(m_session.selection().item().has_value()));
    m_person->setPlaceholderText(tr("Id of a person; empty: the one that is chosen on another page"));
    m_person->setAccessibleName(tr("Person that the preview is about"));
    m_domain->setAccessibleName(tr("Domain that the preview is about"));
    if (m_domain->count() > 0) {
        m_domain->setItemText(0, tr("first domain"));
    }
    m_ask->setText(tr("Ask now"));
    showAsk();
    m_request->setAccessibleName(tr("Request, or the steps from text to terms"));
    m_reply->setAccessibleName(tr("Reply"));
    m_reply->setPlaceholderText(tr("What would become of the chosen item is shown here."));
}

} // namespace transept::ui
