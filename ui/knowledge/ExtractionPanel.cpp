#include "ui/knowledge/ExtractionPanel.h"

#include "ui/forms/ParameterForm.h"
#include "ui/knowledge/CheckList.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/settings/KeyField.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QEvent>
#include <QtCore/QScopedValueRollback>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QVBoxLayout>

#include <cmath>

namespace transept::ui {
namespace {

constexpr int restMilliseconds = 400;
constexpr int budgetWidth = 140;

} // namespace

ExtractionPanel::ExtractionPanel(Session& session, QWidget* parent)
    : QFrame(parent)
    , m_session(session)
    , m_forecastQuery(session)
    , m_serverQuery(session)
    , m_previewQuery(session)
    , m_title(new QLabel)
    , m_extractor(new QComboBox)
    , m_meaning(new QLabel)
    , m_nameLabel(new QLabel)
    , m_name(new QLineEdit)
    , m_domainsLabel(new QLabel)
    , m_domains(new CheckList)
    , m_fieldsLabel(new QLabel)
    , m_fields(new CheckList)
    , m_fieldsHelp(new QLabel)
    , m_settings(new ParameterForm)
    , m_budgetLabel(new QLabel)
    , m_budget(new QLineEdit)
    , m_budgetProblem(new QLabel)
    , m_server(new QLabel)
    , m_useLexical(new QPushButton)
    , m_key(new KeyField(Keychain::of(session)))
    , m_forecast(new QLabel)
    , m_previewTitle(new QLabel)
    , m_ask(new QPushButton)
    , m_requestText(new QPlainTextEdit)
    , m_replyText(new QPlainTextEdit)
    , m_previewProblem(new QLabel)
    , m_start(new QPushButton)
    , m_close(new QPushButton)
{
    setProperty(look::card, true);
    setObjectName(QStringLiteral("extractionPanel"));
    nameParts();
    auto* columns = new QSplitter(Qt::Horizontal);
    columns->addWidget(buildSide());
    columns->addWidget(buildPreview());
    columns->setStretchFactor(0, 1);
    columns->setStretchFactor(1, 1);
    columns->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::two, space::oneAndHalf, space::two, space::oneAndHalf);
    column->addWidget(columns);
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMilliseconds);
    connect(&m_rest, &QTimer::timeout, this, [this] {
        askForecast();
        askServerStatus();
        askPreview(false);
    });
    connectParts();
    fillExtractors();
    retranslate();
}

void ExtractionPanel::nameParts()
{
    m_title->setProperty(look::heading, true);
    m_extractor->setObjectName(QStringLiteral("extractor"));
    m_name->setObjectName(QStringLiteral("knowledgeName"));
    m_domains->setObjectName(QStringLiteral("extractionDomains"));
    m_fields->setObjectName(QStringLiteral("extractionFields"));
    m_budget->setObjectName(QStringLiteral("tokenBudget"));
    m_server->setObjectName(QStringLiteral("serverStatus"));
    m_useLexical->setObjectName(QStringLiteral("useLexical"));
    m_forecast->setObjectName(QStringLiteral("forecast"));
    m_start->setObjectName(QStringLiteral("startExtraction"));
    m_start->setProperty(look::primary, true);
    m_close->setObjectName(QStringLiteral("closeExtraction"));
    m_ask->setObjectName(QStringLiteral("askForPreview"));
    m_requestText->setObjectName(QStringLiteral("previewRequest"));
    m_replyText->setObjectName(QStringLiteral("previewReply"));
    m_previewTitle->setObjectName(QStringLiteral("previewTitle"));
    m_previewProblem->setObjectName(QStringLiteral("previewProblem"));
    for (QLabel* label : {m_meaning, m_server, m_forecast}) {
        label->setWordWrap(true);
        label->setProperty(look::muted, true);
    }
    m_fieldsHelp->setProperty(look::small, true);
    m_budgetProblem->setObjectName(QStringLiteral("budgetProblem"));
    m_budgetProblem->setWordWrap(true);
    m_budgetProblem->setProperty(look::small, true);
    m_budgetProblem->setProperty(look::invalid, true);
    m_budgetProblem->hide();
    m_budget->setMaximumWidth(budgetWidth);
    m_nameLabel->setBuddy(m_name);
    m_budgetLabel->setBuddy(m_budget);
}

QWidget* ExtractionPanel::buildForm()
{
    auto* form = new QWidget;
    form->setAutoFillBackground(false);
    auto* grid = new QGridLayout(form);
    grid->setContentsMargins(0, 0, space::one, 0);
    grid->setHorizontalSpacing(space::two);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (QWidget* whole : {static_cast<QWidget*>(m_extractor), static_cast<QWidget*>(m_meaning)}) {
        grid->addWidget(whole, row++, 0, 1, 2);
    }
    grid->addWidget(m_key, row++, 0, 1, 2);
    for (const auto& [label, field] : std::initializer_list<std::pair<QLabel*, QWidget*>>{
             {m_nameLabel, m_name}, {m_domainsLabel, m_domains}, {m_fieldsLabel, m_fields}}) {
        grid->addWidget(label, row, 0, field == m_name ? Qt::AlignVCenter : Qt::AlignTop);
        grid->addWidget(field, row++, 1);
    }
    grid->addWidget(m_fieldsHelp, row++, 1);
    grid->addWidget(m_settings, row++, 0, 1, 2);
    grid->setRowStretch(row, 1);
    return form;
}

QWidget* ExtractionPanel::buildSide()
{
    auto* scroll = new QScrollArea;
    scroll->setWidget(buildForm());
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    // Whether it can start and what it costs stand below the form, always in sight.
    auto* answer = new QHBoxLayout;
    answer->addWidget(m_server, 1);
    answer->addWidget(m_useLexical);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_budgetLabel);
    buttons->addWidget(m_budget);
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    buttons->addWidget(m_start);
    auto* side = new QWidget;
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins({});
    column->addWidget(m_title);
    column->addWidget(scroll, 1);
    column->addSpacing(space::half);
    column->addLayout(answer);
    column->addWidget(m_forecast);
    column->addWidget(m_budgetProblem);
    column->addLayout(buttons);
    return side;
}

void ExtractionPanel::connectParts()
{
    connect(m_extractor, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_filling) {
            showExtractor();
            edited();
        }
    });
    for (const CheckList* list : {m_domains, m_fields}) {
        connect(list, &CheckList::changed, this, &ExtractionPanel::edited);
    }
    for (const QLineEdit* field : {m_name, m_budget}) {
        connect(field, &QLineEdit::textEdited, this, &ExtractionPanel::edited);
    }
    connect(m_settings, &ParameterForm::changed, this, &ExtractionPanel::edited);
    connect(m_start, &QPushButton::clicked, this, &ExtractionPanel::startWanted);
    connect(m_close, &QPushButton::clicked, this, &ExtractionPanel::closeWanted);
    connect(m_key, &KeyField::keyChanged, this, &ExtractionPanel::askServerStatus);
    connect(m_useLexical, &QPushButton::clicked, this, [this] {
        m_extractor->setCurrentIndex(m_extractor->findData(QStringLiteral("lexical")));
    });
    connect(m_ask, &QPushButton::clicked, this, [this] {
        if (m_rest.isActive()) { // what it would ask later would take the place of this question
            m_rest.stop();
            askForecast();
            askServerStatus();
        }
        askPreview(true);
    });
    connect(&m_session.selection(), &Selection::itemChanged, this, [this] {
        if (isVisible()) {
            m_rest.start();
        }
    });
}

QWidget* ExtractionPanel::buildPreview()
{
    m_previewTitle->setProperty(look::heading, true);
    for (QPlainTextEdit* text : {m_requestText, m_replyText}) {
        text->setReadOnly(true);
        text->setFont(monospaceFont());
    }
    m_previewProblem->setWordWrap(true);
    m_previewProblem->setProperty(look::small, true);
    m_previewProblem->setProperty(look::invalid, true);
    m_previewProblem->hide();
    auto* head = new QHBoxLayout;
    head->addWidget(m_previewTitle, 1);
    head->addWidget(m_ask);
    auto* side = new QWidget;
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(space::two, 0, 0, 0);
    column->addLayout(head);
    column->addWidget(m_requestText, 1);
    column->addWidget(m_replyText, 1);
    column->addWidget(m_previewProblem);
    return side;
}

void ExtractionPanel::fillExtractors()
{
    const QScopedValueRollback filling(m_filling, true);
    const QString chosen = m_extractor->currentData().toString();
    m_extractor->clear();
    for (const ExtractorDescription& extractor : extractors()) {
        m_extractor->addItem(tr("%1 (%2)", "title of an extractor, its short name")
                                 .arg(sentences::translated("methods", extractor.title),
                                      QString::fromStdString(extractor.name)),
                             QString::fromStdString(extractor.name));
    }
    m_extractor->setCurrentIndex(std::max(0, m_extractor->findData(chosen)));
    showExtractor();
}

bool ExtractionPanel::needsServer() const
{
    const auto extractor = findExtractor(m_extractor->currentData().toString().toStdString());
    return extractor && (*extractor)->needsServer;
}

void ExtractionPanel::showExtractor()
{
    const auto extractor = findExtractor(m_extractor->currentData().toString().toStdString());
    if (!extractor) {
        return;
    }
    m_meaning->setText(sentences::translated("methods", (*extractor)->meaning));
    m_settings->setParameters((*extractor)->parameters);
    const bool server = (*extractor)->needsServer;
    m_serverAnswers = false;
    m_server->setVisible(server);
    m_key->setVisible(server);
    m_useLexical->hide();
    m_budget->setVisible(server);
    m_budgetLabel->setVisible(server);
    showBudget();
    m_ask->setVisible(server);
    m_requestText->setVisible(server);
    m_name->setPlaceholderText(proposedName());
}

QString ExtractionPanel::proposedName() const
{
    const QString base = m_extractor->currentData().toString();
    QString name = base;
    for (int number = 2; std::ranges::find(m_takenNames, name.toStdString()) != m_takenNames.end();
         ++number) {
        name = QStringLiteral("%1-%2").arg(base).arg(number);
    }
    return name;
}

void ExtractionPanel::setChoices(const std::vector<Domain>& domains, const Fields& fields)
{
    const QScopedValueRollback filling(m_filling, true);
    std::vector<CheckList::Choice> choices;
    for (const Domain& domain : domains) {
        choices.push_back({domain.name, QString::fromStdString(domain.name)});
    }
    m_domains->setChoices(choices, true);
    choices = {{"title", tr("title")}};
    for (const auto& [name, count] : fields) {
        choices.push_back({name,
                           tr("%1 (%Ln item(s))", "name of a field", static_cast<int>(count))
                               .arg(QString::fromStdString(name))});
    }
    m_fields->setChoices(choices, false);
    m_rest.start();
    updateStart();
}

ExtractionRequest ExtractionPanel::request() const
{
    const QString name = m_name->text().trimmed();
    const std::vector<std::string> domains = m_domains->checked();
    return {.extractor = m_extractor->currentData().toString().toStdString(),
            .name = (name.isEmpty() ? proposedName() : name).toStdString(),
            .domains = domains.size() == m_domains->size() ? std::vector<std::string>() : domains,
            .fields = chosenFields(),
            .settings = m_settings->values(),
            .tokenBudget = budget().value_or(0)};
}

/// 0 without a limit; nothing when what was typed is no number of tokens.
std::optional<std::int64_t> ExtractionPanel::budget() const
{
    const QString typed = m_budget->text().trimmed();
    if (typed.isEmpty() || !needsServer()) {
        return 0;
    }
    constexpr double most = 1e15;
    const std::optional<double> tokens = numbers::parse(typed);
    const bool fits = tokens && *tokens >= 1.0 && *tokens <= most && *tokens == std::floor(*tokens);
    return fits ? std::optional(static_cast<std::int64_t>(*tokens)) : std::nullopt;
}

void ExtractionPanel::setRequest(const ExtractionRequest& request)
{
    const QScopedValueRollback filling(m_filling, true);
    m_extractor->setCurrentIndex(m_extractor->findData(QString::fromStdString(request.extractor)));
    showExtractor();
    m_name->setText(QString::fromStdString(request.name));
    m_settings->setValues(request.settings);
    m_domains->setChecked(request.domains);
    m_fields->setChecked(request.fields);
    m_givenFields = request.fields;
    m_rest.start();
}

void ExtractionPanel::startAnew()
{
    m_name->clear();
    if (!m_givenFields.empty()) {
        m_givenFields.clear();
        m_fields->setChecked({});
    }
}

std::vector<std::string> ExtractionPanel::chosenFields() const
{
    std::vector<std::string> chosen = m_fields->checked();
    const bool isGiven = std::ranges::is_permutation(chosen, m_givenFields);
    return isGiven ? m_givenFields : chosen; // to go on, the order must be the one it was begun with
}

bool ExtractionPanel::isReady() const
{
    return m_settings->isValid() && budget() && m_hasTexts && !m_domains->checked().empty() &&
           (!needsServer() || m_serverAnswers);
}

void ExtractionPanel::edited()
{
    if (!m_filling) {
        m_rest.start();
        updateStart();
        showBudget();
    }
}

void ExtractionPanel::showBudget()
{
    const bool fits = budget().has_value();
    setLook(m_budget, look::invalid, !fits);
    m_budgetProblem->setVisible(!fits);
}

void ExtractionPanel::updateStart()
{
    m_start->setEnabled(isReady());
}

void ExtractionPanel::askForecast()
{
    m_forecastQuery.ask<ExtractionForecast>(
        [asked = request()](const Workspace& workspace, const JobContext& context) {
            return forecast(workspace, asked, context);
        },
        [this](const Result<ExtractionForecast>& cost) { showForecast(cost); });
}

void ExtractionPanel::showForecast(const Result<ExtractionForecast>& cost)
{
    m_hasTexts = !cost || cost->items > 0;
    if (!cost) {
        m_forecast->setText(sentences::of(cost.error()));
    } else if (!m_hasTexts) {
        m_forecast->setText(
            tr("No item has a text in these fields. Choose others, or import item texts first."));
    } else if (!needsServer()) {
        m_forecast->setText(
            tr("%Ln item(s) with text; costs nothing.", nullptr, static_cast<int>(cost->items)));
    } else {
        m_forecast->setText(tr("%1 items, %2 requests, about %3 tokens in and %4 out")
                                .arg(numbers::count(cost->items),
                                     numbers::count(cost->calls),
                                     numbers::count(cost->tokensIn),
                                     numbers::count(cost->tokensOut)));
    }
    updateStart();
}

void ExtractionPanel::askServerStatus()
{
    if (!needsServer()) {
        return;
    }
    const Json settings = m_settings->values();
    const std::string url = settings.value("url", std::string());
    const std::string keyVariable = settings.value("key_env", std::string());
    const std::string model = settings.value("model", std::string());
    m_key->setServer(QString::fromStdString(url), QString::fromStdString(keyVariable));
    m_serverQuery.ask<ServerStatus>(
        [url, keyVariable](const Workspace&, const JobContext& context) {
            return askServer(url, keyVariable, context);
        },
        [this, model](Result<ServerStatus> status) {
            m_serverAnswers = status && status->answers;
            m_useLexical->setVisible(!m_serverAnswers);
            if (!status || !status->answers) {
                m_server->setText(sentences::of(status ? status->problem : status.error()));
            } else {
                QStringList names;
                for (const std::string& name : status->models) {
                    names << QString::fromStdString(name);
                }
                m_server->setText(tr("The server answers. Models: %1").arg(names.join(QStringLiteral(", "))));
                if (model.empty() && names.size() == 1) {
                    m_settings->setValues({{"model", status->models.front()}});
                    askForecast();
                    askPreview(false);
                }
            }
            updateStart();
        });
}

void ExtractionPanel::askPreview(bool ask)
{
    const std::optional<ItemId> item = m_session.selection().item();
    if (!item) {
        m_previewTitle->setText(tr("Preview: choose an item in the list below"));
        return;
    }
    m_previewTitle->setText(tr("Preview for the chosen item"));
    m_replyText->setPlainText(ask ? tr("Asking…") : QString());
    m_previewQuery.ask<ExtractionPreview>(
        [asked = request(), item, ask](const Workspace& workspace, const JobContext& context) {
            return preview(workspace, asked, *item, ask, context);
        },
        [this](Result<ExtractionPreview> shown) { showPreview(std::move(shown)); });
}

void ExtractionPanel::showPreview(Result<ExtractionPreview> shown)
{
    QString problem;
    if (!shown) {
        problem = sentences::of(shown.error());
        m_replyText->clear();
    } else {
        m_requestText->setPlainText(QString::fromStdString(shown->request));
        QString text;
        for (const StoredFacet& facet : shown->facets) {
            text += tr("%1: %2", "facet, its text")
                        .arg(QString::fromStdString(facet.name), QString::fromStdString(facet.text)) +
                    QLatin1Char('\n');
        }
        if (!shown->reply.empty()) {
            text +=
                (text.isEmpty() ? QString() : QStringLiteral("\n")) + QString::fromStdString(shown->reply);
        }
        m_replyText->setPlainText(text);
        problem = shown->problem ? sentences::of(*shown->problem) : QString();
    }
    m_previewProblem->setText(problem);
    m_previewProblem->setVisible(!problem.isEmpty());
}

void ExtractionPanel::setTakenNames(std::vector<std::string> names)
{
    m_takenNames = std::move(names);
    m_name->setPlaceholderText(proposedName());
}

void ExtractionPanel::showEvent(QShowEvent* event)
{
    QFrame::showEvent(event);
    m_rest.start(); // another item may be chosen, and the server may answer by now
}

void ExtractionPanel::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        fillExtractors();
        retranslate();
        m_rest.start();
    }
}

void ExtractionPanel::retranslate()
{
    m_title->setText(tr("Extract knowledge"));
    m_extractor->setAccessibleName(tr("Extractor"));
    m_nameLabel->setText(tr("Name"));
    m_domainsLabel->setText(tr("Domains"));
    m_fieldsLabel->setText(tr("Fields"));
    m_fieldsHelp->setText(tr("None chosen: the title and all fields that are texts."));
    m_domains->setAccessibleName(tr("Domains"));
    m_fields->setAccessibleName(tr("Fields"));
    m_fields->setToolTip(tr("None chosen: the title and every field that is no popularity figure."));
    m_budgetLabel->setText(tr("Token budget"));
    m_budget->setPlaceholderText(tr("no limit"));
    m_budgetProblem->setText(tr("The budget is a whole number of tokens; empty: no limit."));
    m_useLexical->setText(tr("Use the lexical extractor, which needs no server"));
    m_ask->setText(tr("Ask now"));
    m_ask->setToolTip(tr("Send this request and show the reply; nothing is stored"));
    m_requestText->setAccessibleName(tr("Request"));
    m_replyText->setAccessibleName(tr("Reply"));
    m_replyText->setPlaceholderText(tr("What would become of the chosen item is shown here."));
    m_start->setText(tr("Start"));
    m_close->setText(tr("Close"));
    m_previewTitle->setText(tr("Preview for the chosen item"));
}

} // namespace transept::ui
