#include "ui/knowledge/ExtractionPanel.h"

#include "ui/forms/ParameterForm.h"
#include "ui/knowledge/BudgetFields.h"
#include "ui/knowledge/CheckList.h"
#include "ui/knowledge/ForecastText.h"
#include "ui/knowledge/PreviewPane.h"
#include "ui/knowledge/PromptBar.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/settings/KeyField.h"
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

namespace transept::ui {
namespace {

constexpr int restMilliseconds = 400;
constexpr int sampleCalls = 20;

} // namespace

ExtractionPanel::ExtractionPanel(Session& session, const FileDialogs& dialogs, QWidget* parent)
    : QFrame(parent)
    , m_session(session)
    , m_forecastQuery(session)
    , m_serverQuery(session)
    , m_priceQuery(session)
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
    , m_budget(new BudgetFields)
    , m_server(new QLabel)
    , m_probe(new QPushButton)
    , m_useLexical(new QPushButton)
    , m_key(new KeyField(Keychain::of(session)))
    , m_forecast(new QLabel)
    , m_sample(new QPushButton)
    , m_preview(new PreviewPane(session))
    , m_start(new QPushButton)
    , m_close(new QPushButton)
{
    setProperty(look::card, true);
    setObjectName(QStringLiteral("extractionPanel"));
    nameParts();
    m_settings->setFileDialogs(dialogs);
    auto* columns = new QSplitter(Qt::Horizontal);
    columns->addWidget(buildSide());
    columns->addWidget(m_preview);
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
        askPrice();
        preview();
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
    m_server->setObjectName(QStringLiteral("serverStatus"));
    m_probe->setObjectName(QStringLiteral("probeServer"));
    m_sample->setObjectName(QStringLiteral("sampleForecast"));
    m_useLexical->setObjectName(QStringLiteral("useLexical"));
    m_forecast->setObjectName(QStringLiteral("forecast"));
    m_start->setObjectName(QStringLiteral("startExtraction"));
    m_start->setProperty(look::primary, true);
    m_close->setObjectName(QStringLiteral("closeExtraction"));
    for (QLabel* label : {m_meaning, m_server, m_forecast}) {
        label->setWordWrap(true);
        label->setProperty(look::muted, true);
    }
    m_fieldsHelp->setProperty(look::small, true);
    m_nameLabel->setBuddy(m_name);
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
    answer->addWidget(m_probe);
    answer->addWidget(m_useLexical);
    auto* cost = new QHBoxLayout;
    cost->addWidget(m_forecast, 1);
    cost->addWidget(m_sample);
    auto* buttons = new QHBoxLayout;
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
    column->addLayout(cost);
    column->addWidget(m_budget);
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
    connect(m_name, &QLineEdit::textEdited, this, &ExtractionPanel::edited);
    connect(m_budget, &BudgetFields::changed, this, &ExtractionPanel::edited);
    connect(m_budget, &BudgetFields::priceEdited, this, &ExtractionPanel::storePrice);
    connect(m_budget, &BudgetFields::priceRemoved, this, &ExtractionPanel::removePrice);
    connect(m_probe, &QPushButton::clicked, this, &ExtractionPanel::probe);
    connect(m_sample, &QPushButton::clicked, this, &ExtractionPanel::trySample);
    connect(m_settings, &ParameterForm::changed, this, &ExtractionPanel::edited);
    connect(m_start, &QPushButton::clicked, this, &ExtractionPanel::startWanted);
    connect(m_close, &QPushButton::clicked, this, &ExtractionPanel::closeWanted);
    connect(m_key, &KeyField::keyChanged, this, &ExtractionPanel::askServerStatus);
    connect(m_useLexical, &QPushButton::clicked, this, [this] {
        m_extractor->setCurrentIndex(m_extractor->findData(QStringLiteral("lexical")));
    });
    connect(m_preview, &PreviewPane::askWanted, this, [this] {
        if (m_rest.isActive()) { // what it would ask later would take the place of this question
            m_rest.stop();
            askForecast();
            askServerStatus();
        }
        m_preview->show(request(), true);
    });
    const auto previewSoon = [this] {
        if (isVisible()) {
            m_rest.start();
        }
    };
    connect(m_preview, &PreviewPane::subjectChanged, this, previewSoon);
    connect(&m_session.selection(), &Selection::itemChanged, this, previewSoon);
    connect(&m_session.selection(), &Selection::userChanged, this, previewSoon);
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
    addPromptBars(**extractor);
    const bool server = (*extractor)->needsServer;
    m_serverAnswers = false;
    m_server->setVisible(server);
    m_key->setVisible(server);
    m_useLexical->hide();
    m_probe->setVisible(server);
    m_sample->setVisible(server);
    m_budget->setVisible(server);
    m_preview->setAsksServer(server);
    m_preview->setAboutUsers((*extractor)->isAboutUsers);
    for (QWidget* part : {static_cast<QWidget*>(m_fieldsLabel),
                          static_cast<QWidget*>(m_fields),
                          static_cast<QWidget*>(m_fieldsHelp)}) {
        part->setVisible(!(*extractor)->isAboutUsers); // people are told of by titles
    }
    m_name->setPlaceholderText(proposedName());
}

void ExtractionPanel::addPromptBars(const ExtractorDescription& extractor)
{
    for (const PromptSetting& setting : promptSettings(extractor)) {
        const std::string name(setting.name);
        auto* editor =
            m_settings->findChild<QPlainTextEdit*>(QStringLiteral("input:") + QString::fromStdString(name));
        m_settings->setAccessory(name, new PromptBar(m_session, setting, editor));
    }
}

/// What the settings make of the chosen item; of settings that do not fit nothing.
void ExtractionPanel::preview()
{
    if (m_settings->isValid()) {
        m_preview->show(request(), false);
    } else {
        m_preview->showNothing(obstacle());
    }
}

/// Why nothing can be asked of the server: where an entry does not fit, its default would be asked for.
QString ExtractionPanel::obstacle() const
{
    return !m_settings->isValid() ? tr("A setting does not fit: it is marked in the form.")
           : !fitsBudget()        ? tr("The budget does not fit: it is marked below the form.")
                                  : QString();
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
    m_preview->setDomains(domains);
    m_known = fields;
    fillFields();
    m_rest.start();
    updateStart();
}

void ExtractionPanel::fillFields()
{
    std::vector<CheckList::Choice> choices{{"title", tr("title")}};
    for (const auto& [name, count] : m_known) {
        choices.push_back({name,
                           tr("%1 (%Ln item(s))", "name of a field", static_cast<int>(count))
                               .arg(QString::fromStdString(name))});
    }
    m_fields->setChoices(choices, false);
}

ExtractionRequest ExtractionPanel::request() const
{
    const QString name = m_name->text().trimmed();
    const std::vector<std::string> domains = m_domains->checked();
    return {.extractor = m_extractor->currentData().toString().toStdString(),
            .name = (name.isEmpty() ? proposedName() : name).toStdString(),
            .domains = domains.size() == m_domains->size() ? std::vector<std::string>() : domains,
            .fields = m_fields->isHidden() ? std::vector<std::string>() : chosenFields(),
            .settings = m_settings->values(),
            .budget = needsServer() ? m_budget->budget().value_or(Budget{}) : Budget{}};
}

std::string ExtractionPanel::model() const
{
    return m_settings->values().value("model", std::string());
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
    updateStart();
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

bool ExtractionPanel::fitsBudget() const
{
    return !needsServer() || m_budget->budget();
}

bool ExtractionPanel::isReady() const
{
    return m_settings->isValid() && fitsBudget() && m_hasTexts && !m_domains->checked().empty() &&
           (!needsServer() || m_serverAnswers);
}

void ExtractionPanel::edited()
{
    if (!m_filling) {
        m_rest.start();
        updateStart();
    }
}

void ExtractionPanel::updateStart()
{
    m_start->setEnabled(isReady());
    m_sample->setEnabled(isReady());
    m_probe->setEnabled(m_serverAnswers && m_settings->isValid() && !model().empty());
    m_preview->setObstacle(obstacle());
}

void ExtractionPanel::askForecast()
{
    m_forecastQuery.ask<ExtractionForecast>(
        [asked = request()](const Workspace& workspace, const JobContext& context) {
            return forecast(workspace, asked, 0, context);
        },
        [this](const Result<ExtractionForecast>& cost) { showForecast(cost); });
}

/// A job, because the replies are kept: they answer their items when the extraction starts.
void ExtractionPanel::trySample()
{
    m_forecastQuery.cancel();
    m_sample->setEnabled(false);
    m_session.jobs().start<ExtractionForecast>(
        this,
        {.name = [] { return tr("Trying %1 calls").arg(sampleCalls); }, .kind = JobKind::Statistics},
        [asked = request()](Workspace& workspace, const JobContext& context) {
            return forecast(workspace, asked, sampleCalls, context);
        },
        [this](const Result<ExtractionForecast>& cost) { showForecast(cost); });
}

void ExtractionPanel::showForecast(const Result<ExtractionForecast>& cost)
{
    const auto extractor = findExtractor(m_extractor->currentData().toString().toStdString());
    m_hasTexts = !cost || cost->items > 0;
    m_forecast->setText(cost ? forecastText(*cost, **extractor) : sentences::of(cost.error()));
    updateStart();
}

void ExtractionPanel::askServerStatus()
{
    if (!needsServer()) {
        return;
    }
    const Json settings = m_settings->values();
    m_key->setServer(QString::fromStdString(settings.value("url", std::string())),
                     QString::fromStdString(settings.value("key_env", std::string())));
    m_serverQuery.ask<ServerStatus>(
        [asked = request()](const Workspace&, const JobContext& context) {
            return askServer(asked, context);
        },
        [this](const Result<ServerStatus>& status) { showStatus(status); });
}

void ExtractionPanel::probe()
{
    m_probe->setEnabled(false);
    m_server->setText(tr("Finding out what the server can do…"));
    m_serverQuery.ask<ServerStatus>(
        [asked = request()](const Workspace&, const JobContext& context) {
            return probeServer(asked, context);
        },
        [this](const Result<ServerStatus>& status) { showStatus(status); });
}

void ExtractionPanel::showStatus(const Result<ServerStatus>& status)
{
    m_serverAnswers = status && status->answers;
    m_useLexical->setVisible(!m_serverAnswers);
    if (!m_serverAnswers) {
        m_server->setText(sentences::of(status ? status->problem : status.error()));
        updateStart();
        return;
    }
    m_server->setText(serverText(*status));
    if (model().empty() && status->models.size() == 1) {
        m_settings->setValues({{"model", status->models.front()}});
        askForecast();
        askPrice();
        preview();
    }
    updateStart();
}

void ExtractionPanel::askPrice()
{
    if (!needsServer()) {
        return;
    }
    using Price = std::optional<ModelPrice>;
    m_priceQuery.ask<Price>(
        [name = model()](const Workspace& workspace, const JobContext&) {
            return PriceTable(workspace).of(name);
        },
        [this](const Result<Price>& price) { m_budget->setPrice(price.value_or(std::nullopt)); });
}

void ExtractionPanel::storePrice(double in, double out, const QString& currency)
{
    if (model().empty()) {
        return;
    }
    m_session.write(Change::Knowledge,
                    [price = ModelPrice{.model = model(),
                                        .perMillionIn = in,
                                        .perMillionOut = out,
                                        .currency = currency.toStdString()}](const Workspace& workspace) {
                        return PriceTable(workspace).set(price);
                    });
    m_rest.start();
}

void ExtractionPanel::removePrice()
{
    m_session.write(Change::Knowledge, [name = model()](const Workspace& workspace) {
        return PriceTable(workspace).remove(name);
    });
    m_rest.start();
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
        fillFields();
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
    m_useLexical->setText(tr("Use the lexical extractor, which needs no server"));
    m_probe->setText(tr("What can it do?"));
    m_probe->setToolTip(
        tr("Finds out with a few very short requests what the server can do with this model"));
    m_sample->setText(tr("Try %1 calls").arg(sampleCalls));
    m_sample->setToolTip(
        tr("Judges tokens, money and time by real calls; their replies are kept, so none is paid for twice"));
    m_start->setText(tr("Start"));
    m_close->setText(tr("Close"));
    updateStart();
}

} // namespace transept::ui
