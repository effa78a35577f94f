#include "ui/experiments/SpecForm.h"

#include "core/base/Words.h"
#include "core/evaluation/Measures.h"
#include "core/model/Registry.h"
#include "ui/forms/ParameterForm.h"
#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QEvent>
#include <QtCore/QScopedValueRollback>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {
namespace {

constexpr const char* splitKinds[] = {
    "warm", "leave-one-out", "temporal", "cold-user", "cold-item", "k-fold", "given"};

QString splitName(const QString& kind)
{
    if (kind == QLatin1String("warm")) {
        return SpecForm::tr("per user, at random");
    }
    if (kind == QLatin1String("leave-one-out")) {
        return SpecForm::tr("the latest of every user");
    }
    if (kind == QLatin1String("temporal")) {
        return SpecForm::tr("by time, for all at once");
    }
    if (kind == QLatin1String("cold-user")) {
        return SpecForm::tr("users new in the target");
    }
    if (kind == QLatin1String("cold-item")) {
        return SpecForm::tr("new items");
    }
    if (kind == QLatin1String("k-fold")) {
        return SpecForm::tr("one of several folds");
    }
    return SpecForm::tr("as the files say");
}

Parameter share(const char* name, double preset, const char* label, const char* meaning)
{
    return {.name = name, .preset = preset, .low = 0.0, .high = 0.9, .label = label, .meaning = meaning};
}

Parameter whole(const char* name, int preset, int low, int high, const char* label, const char* meaning)
{
    return {.name = name,
            .type = Parameter::Type::Integer,
            .preset = preset,
            .low = static_cast<double>(low),
            .high = static_cast<double>(high),
            .label = label,
            .meaning = meaning};
}

std::vector<Parameter> dataParameters()
{
    using Type = Parameter::Type;
    return {
        whole("min_user",
              0,
              0,
              1000,
              TRANSLATABLE("methods", "Interactions per user"),
              TRANSLATABLE("methods", "Users with fewer in the target are left out.")),
        whole("min_item",
              0,
              0,
              1000,
              TRANSLATABLE("methods", "Interactions per item"),
              TRANSLATABLE("methods", "Items with fewer are left out; both are repeated until they hold.")),
        {.name = "min_value",
         .type = Type::Text,
         .preset = "",
         .label = TRANSLATABLE("methods", "Lowest value kept"),
         .meaning = TRANSLATABLE("methods", "Target interactions below it are left out; empty keeps all.")},
        {.name = "positive",
         .type = Type::Text,
         .preset = "",
         .label = TRANSLATABLE("methods", "Relevant from"),
         .meaning =
             TRANSLATABLE("methods", "Test ratings from this value on count as relevant; empty: all do.")},
        {.name = "stop_measure",
         .type = Type::Text,
         .preset = "",
         .label = TRANSLATABLE("methods", "Stop by"),
         .meaning =
             TRANSLATABLE("methods", "Validation measure that ends training early; empty: the fitting one.")},
        whole("patience",
              5,
              0,
              100,
              TRANSLATABLE("methods", "Patience"),
              TRANSLATABLE("methods", "Epochs without gain before training ends; 0 never ends early.")),
        {.name = "seed",
         .type = Type::Integer,
         .preset = 1,
         .low = 0,
         .high = 4294967295.0,
         .label = TRANSLATABLE("methods", "Seed"),
         .meaning = TRANSLATABLE("methods", "Same spec, data and seed: the same numbers to the last bit.")}};
}

Json optionalText(const Json& value)
{
    return value.is_number() ? Json(QString::number(value.get<double>()).toStdString()) : Json("");
}

/// A number when it is one; null when nothing was typed; else the text, for the checker to complain about.
Json optionalNumber(const Json& text)
{
    const QString typed = QString::fromStdString(text.get<std::string>()).trimmed();
    if (typed.isEmpty()) {
        return nullptr;
    }
    const std::optional<double> value = numbers::parse(typed);
    return value ? Json(*value) : text;
}

QLabel* labelFor(QWidget* field, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setBuddy(field);
    return label;
}

} // namespace

SpecForm::SpecForm(QWidget* parent)
    : QWidget(parent)
    , m_method(new QComboBox(this))
    , m_meaning(new QLabel(this))
    , m_target(new QComboBox(this))
    , m_sourcesButton(new QToolButton(this))
    , m_sourcesMenu(new QMenu(m_sourcesButton))
    , m_knowledge(new QComboBox(this))
    , m_shuffled(new QCheckBox(this))
    , m_split(new QComboBox(this))
    , m_more(new QToolButton(this))
    , m_details(new QWidget(this))
    , m_splitForm(new ParameterForm(m_details))
    , m_dataForm(new ParameterForm(m_details))
    , m_parameters(new ParameterForm(this))
    , m_measures(new QLineEdit(this))
    , m_measuresHelp(new QLabel(this))
{
    buildMethod();
    buildData();
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->addSpacing(space::one);
    column->addWidget(m_parameters);
    column->addStretch(1);
    m_dataForm->setParameters(dataParameters());
    fillMethods();
    retranslate();
    for (ParameterForm* form : {m_splitForm, m_dataForm, m_parameters}) {
        connect(form, &ParameterForm::changed, this, &SpecForm::edited);
    }
}

void SpecForm::buildMethod()
{
    m_method->setObjectName(QStringLiteral("method"));
    m_meaning->setObjectName(QStringLiteral("methodMeaning"));
    m_meaning->setWordWrap(true);
    m_meaning->setProperty(look::muted, true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(space::one);
    column->addWidget(m_method);
    column->addWidget(m_meaning);
    connect(m_method, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_filling) {
            showMethod();
            edited();
        }
    });
}

void SpecForm::buildData()
{
    m_target->setObjectName(QStringLiteral("target"));
    m_sourcesButton->setObjectName(QStringLiteral("sources"));
    m_sourcesButton->setPopupMode(QToolButton::InstantPopup);
    m_sourcesButton->setMenu(m_sourcesMenu);
    m_sourcesButton->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_sourcesButton->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_knowledge->setObjectName(QStringLiteral("knowledge"));
    m_shuffled->setObjectName(QStringLiteral("shuffled"));
    m_split->setObjectName(QStringLiteral("split"));
    m_measures->setObjectName(QStringLiteral("measures"));
    m_measuresHelp->setProperty(look::small, true);
    m_measuresHelp->setWordWrap(true);
    m_more->setObjectName(QStringLiteral("moreSettings"));
    m_more->setProperty(look::quiet, true);
    m_more->setCheckable(true);
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_details->setVisible(false);

    m_targetLabel = labelFor(m_target, this);
    m_sourcesLabel = labelFor(m_sourcesButton, this);
    m_knowledgeLabel = labelFor(m_knowledge, this);
    m_splitLabel = labelFor(m_split, this);
    m_measuresLabel = labelFor(m_measures, this);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(space::two);
    grid->setVerticalSpacing(space::one);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const auto& [label, field] :
         std::initializer_list<std::pair<QLabel*, QWidget*>>{{m_targetLabel, m_target},
                                                             {m_sourcesLabel, m_sourcesButton},
                                                             {m_knowledgeLabel, m_knowledge},
                                                             {nullptr, m_shuffled},
                                                             {m_splitLabel, m_split},
                                                             {m_measuresLabel, m_measures},
                                                             {nullptr, m_measuresHelp}}) {
        if (label != nullptr) {
            grid->addWidget(label, row, 0);
        }
        grid->addWidget(field, row++, 1);
    }
    auto* details = new QVBoxLayout(m_details);
    details->setContentsMargins({});
    details->addWidget(m_splitForm);
    details->addWidget(m_dataForm);
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->addLayout(grid);
    column->addWidget(m_more);
    column->addWidget(m_details);

    connect(m_more, &QToolButton::toggled, this, [this](bool shown) {
        m_details->setVisible(shown);
        retranslate();
    });
    connect(m_target, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_filling) {
            std::erase(m_sources, m_target->currentText().toStdString());
            fillSources();
            edited();
        }
    });
    connect(m_split, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_filling) {
            showSplit();
            edited();
        }
    });
    connect(m_knowledge, &QComboBox::currentIndexChanged, this, &SpecForm::edited);
    connect(m_shuffled, &QCheckBox::toggled, this, &SpecForm::edited);
    connect(m_measures, &QLineEdit::textEdited, this, &SpecForm::edited);
}

void SpecForm::fillMethods()
{
    const QScopedValueRollback filling(m_filling, true);
    const QString chosen = m_method->currentData().toString();
    m_method->clear();
    for (const MethodDescription& method : methods()) {
        m_method->addItem(
            tr("%1 (%2)", "title of a method, its short name")
                .arg(sentences::translated("methods", method.title), QString::fromStdString(method.name)),
            QString::fromStdString(method.name));
    }
    m_method->setCurrentIndex(std::max(0, m_method->findData(chosen)));
}

void SpecForm::showMethod()
{
    const auto method = findMethod(m_method->currentData().toString().toStdString());
    if (!method) {
        return;
    }
    m_meaning->setText(sentences::translated("methods", (*method)->meaning));
    m_meaning->setToolTip(QString::fromStdString((*method)->source));
    m_parameters->setParameters((*method)->parameters);
    const bool usesKnowledge = (*method)->usesKnowledge;
    m_knowledge->setEnabled(usesKnowledge);
    m_knowledgeLabel->setEnabled(usesKnowledge);
    m_sourcesButton->setEnabled((*method)->usesSources);
    m_sourcesLabel->setEnabled((*method)->usesSources);
    m_knowledge->setToolTip(usesKnowledge ? QString() : tr("This method uses no knowledge."));
    m_sourcesButton->setToolTip((*method)->usesSources ? QString()
                                                       : tr("This method uses the target alone."));
    m_shuffled->setVisible(usesKnowledge && !m_knowledge->currentData().toString().isEmpty());
}

bool SpecForm::setChoices(const SpecChoices& choices)
{
    const auto isSameBase = [](const KnowledgeBase& a, const KnowledgeBase& b) {
        return a.name == b.name && a.dimension == b.dimension;
    };
    if (std::ranges::equal(m_choices.domains, choices.domains, {}, &Domain::name, &Domain::name) &&
        std::ranges::equal(m_choices.knowledge, choices.knowledge, isSameBase)) {
        return false;
    }
    const QScopedValueRollback filling(m_filling, true);
    m_choices = choices;
    const QString target = m_target->currentText();
    m_target->clear();
    for (const Domain& domain : m_choices.domains) {
        m_target->addItem(QString::fromStdString(domain.name));
    }
    m_target->setCurrentIndex(std::max(0, m_target->findText(target)));
    fillKnowledge(m_knowledge->currentData().toString());
    fillSources();
    return true;
}

void SpecForm::fillKnowledge(const QString& chosen)
{
    const QScopedValueRollback filling(m_filling, true);
    m_knowledge->clear();
    m_knowledge->addItem(tr("none", "knowledge base"), QString());
    for (const KnowledgeBase& base : m_choices.knowledge) {
        m_knowledge->addItem(tr("%1, %n dimension(s)", "name of a knowledge base", base.dimension)
                                 .arg(QString::fromStdString(base.name)),
                             QString::fromStdString(base.name));
    }
    m_knowledge->setCurrentIndex(std::max(0, m_knowledge->findData(chosen)));
}

void SpecForm::fillSources()
{
    m_sourcesMenu->clear();
    for (const Domain& domain : m_choices.domains) {
        const QString name = QString::fromStdString(domain.name);
        if (name == m_target->currentText()) {
            continue;
        }
        QAction* action = m_sourcesMenu->addAction(name);
        action->setCheckable(true);
        action->setChecked(std::ranges::find(m_sources, domain.name) != m_sources.end());
        connect(action, &QAction::toggled, this, [this, name](bool used) { takeSource(name, used); });
    }
    showSources();
}

void SpecForm::takeSource(const QString& name, bool used)
{
    std::erase(m_sources, name.toStdString());
    if (used) {
        m_sources.push_back(name.toStdString());
    }
    showSources();
    edited();
}

void SpecForm::showSources()
{
    QStringList names;
    for (const std::string& source : m_sources) {
        names << QString::fromStdString(source);
    }
    m_sourcesButton->setText(names.isEmpty() ? tr("none", "source domains") : sentences::enumeration(names));
}

void SpecForm::fillSplits()
{
    const QScopedValueRollback filling(m_filling, true);
    const QString chosen = m_split->currentData().toString();
    m_split->clear();
    for (const char* kind : splitKinds) {
        m_split->addItem(splitName(QLatin1String(kind)), QLatin1String(kind));
    }
    m_split->setCurrentIndex(std::max(0, m_split->findData(chosen)));
}

std::vector<Parameter> SpecForm::splitParameters(const std::string& kind)
{
    const Parameter validation =
        share("validation",
              0.1,
              TRANSLATABLE("methods", "Share for validation"),
              TRANSLATABLE("methods", "For stopping and choosing; never for the result."));
    const Parameter test = share("test",
                                 0.1,
                                 TRANSLATABLE("methods", "Share for the test"),
                                 TRANSLATABLE("methods", "Scored once, when the run has finished."));
    const Parameter cold =
        share("share",
              0.2,
              TRANSLATABLE("methods", "Share that is new"),
              TRANSLATABLE("methods", "These lose all target interactions and form the test set."));
    const Parameter seed = whole("seed",
                                 1,
                                 0,
                                 1'000'000,
                                 TRANSLATABLE("methods", "Seed of the split"),
                                 TRANSLATABLE("methods", "The same seed splits the same data alike."));
    if (kind == "warm") {
        return {validation, test, seed};
    }
    if (kind == "temporal") {
        return {validation, test};
    }
    if (kind == "cold-user" || kind == "cold-item") {
        return {cold, validation, seed};
    }
    if (kind == "k-fold") {
        return {whole("folds",
                      5,
                      2,
                      100,
                      TRANSLATABLE("methods", "Folds"),
                      TRANSLATABLE("methods", "Into how many parts the interactions are dealt.")),
                whole("fold",
                      0,
                      0,
                      99,
                      TRANSLATABLE("methods", "Fold tested"),
                      TRANSLATABLE("methods", "Counted from 0; the others train.")),
                {.name = "order",
                 .type = Parameter::Type::Choice,
                 .preset = "random",
                 .choices = {"random", "file"},
                 .label = TRANSLATABLE("methods", "Dealt"),
                 .meaning = TRANSLATABLE("methods", "In a shuffled order, or in the order of the file.")},
                validation,
                seed};
    }
    if (kind == "given") {
        return {validation, seed};
    }
    return {};
}

Json SpecForm::splitValues(const Json& split)
{
    Json values = split;
    if (const auto ratios = split.find("ratios"); ratios != split.end() && ratios->size() == 3) {
        values["test"] = (*ratios)[2];
        const std::string kind = split.value("kind", "warm");
        if (kind == "warm" || kind == "temporal") {
            values["validation"] = (*ratios)[1];
        }
    }
    return values;
}

void SpecForm::showSplit()
{
    m_splitForm->setParameters(splitParameters(m_split->currentData().toString().toStdString()));
}

Json SpecForm::splitJson() const
{
    const std::string kind = m_split->currentData().toString().toStdString();
    Json split = m_document.value("split", Json::object());
    Json values = m_splitForm->values();
    split["kind"] = kind;
    if (kind == "warm" || kind == "temporal") {
        const double validation = values.value("validation", 0.1);
        const double test = values.value("test", 0.1);
        split["ratios"] = {std::max(0.0, 1.0 - validation - test), validation, test};
        values.erase("validation");
        values.erase("test");
    }
    split.update(values);
    return split;
}

Json SpecForm::dataJson() const
{
    Json selection = m_document.value("data", Json::object());
    selection["target"] = m_target->currentText().toStdString();
    selection["sources"] = m_sourcesButton->isEnabled() ? Json(m_sources) : Json::array();
    const Json values = m_dataForm->values();
    Json where = {{"min_user", values["min_user"]}, {"min_item", values["min_item"]}};
    where["min_value"] = optionalNumber(values["min_value"]);
    selection["where"] = where;
    selection["positive"] = optionalNumber(values["positive"]);
    return selection;
}

Json SpecForm::document() const
{
    Json document = m_document.is_object() ? m_document : Json::object();
    document["data"] = dataJson();
    document["split"] = splitJson();
    const std::string knowledge =
        m_knowledge->isEnabled() ? m_knowledge->currentData().toString().toStdString() : "";
    document["knowledge"] = knowledge.empty() ? Json() : Json(knowledge);
    document["shuffle_knowledge"] = !knowledge.empty() && m_shuffled->isChecked();
    Json method = m_parameters->values();
    method["name"] = m_method->currentData().toString().toStdString();
    document["method"] = method;
    const Json values = m_dataForm->values();
    Json stop = document.value("stop", Json::object());
    stop["measure"] = values["stop_measure"];
    stop["patience"] = values["patience"];
    document["stop"] = stop;
    document["seed"] = values["seed"];
    Json measures = Json::array();
    for (const QString& name : m_measures->text().split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        if (!name.trimmed().isEmpty()) {
            measures.push_back(name.trimmed().toStdString());
        }
    }
    document["measures"] = measures;
    return document;
}

void SpecForm::setDocument(const Json& document)
{
    const QScopedValueRollback filling(m_filling, true);
    m_document = document;
    const Json method = document.value("method", Json::object());
    m_method->setCurrentIndex(
        m_method->findData(QString::fromStdString(method.value("name", std::string()))));
    const Json selection = document.value("data", Json::object());
    m_target->setCurrentIndex(
        m_target->findText(QString::fromStdString(selection.value("target", std::string()))));
    m_sources = selection.value("sources", std::vector<std::string>());
    fillSources();
    const Json knowledge = document.value("knowledge", Json());
    fillKnowledge(knowledge.is_string() ? QString::fromStdString(knowledge.get<std::string>()) : QString());
    m_shuffled->setChecked(document.value("shuffle_knowledge", false));
    showMethod();
    m_parameters->setValues(method);
    const Json split = document.value("split", Json::object());
    m_split->setCurrentIndex(
        m_split->findData(QString::fromStdString(split.value("kind", std::string("warm")))));
    showSplit();
    m_splitForm->setValues(splitValues(split));
    const Json where = selection.value("where", Json::object());
    const Json stop = document.value("stop", Json::object());
    const Json stopMeasure = stop.value("measure", Json(""));
    m_dataForm->setValues({{"min_user", where.value("min_user", Json(0))},
                           {"min_item", where.value("min_item", Json(0))},
                           {"min_value", optionalText(where.value("min_value", Json()))},
                           {"positive", optionalText(selection.value("positive", Json()))},
                           {"stop_measure", stopMeasure.is_string() ? stopMeasure : Json("")},
                           {"patience", stop.value("patience", Json(5))},
                           {"seed", document.value("seed", Json(1))}});
    QStringList measures;
    for (const Json& name : document.value("measures", Json::array())) {
        measures << QString::fromStdString(name.get<std::string>());
    }
    if (measures.join(QLatin1Char(',')) != m_measures->text().simplified().remove(QLatin1Char(' '))) {
        m_measures->setText(measures.join(QStringLiteral(", ")));
    }
}

bool SpecForm::isValid() const
{
    return m_parameters->isValid() && m_splitForm->isValid() && m_dataForm->isValid();
}

int SpecForm::changedCount() const
{
    return m_parameters->changedCount();
}

void SpecForm::resetParameters()
{
    m_parameters->resetAll();
}

void SpecForm::edited()
{
    if (m_filling) {
        return;
    }
    m_shuffled->setVisible(m_knowledge->isEnabled() && !m_knowledge->currentData().toString().isEmpty());
    Q_EMIT changed();
}

void SpecForm::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        const QString knowledge = m_knowledge->currentData().toString();
        fillMethods();
        fillKnowledge(knowledge);
        showSources();
        retranslate();
    }
}

void SpecForm::retranslate()
{
    fillSplits();
    m_method->setAccessibleName(tr("Method"));
    m_targetLabel->setText(tr("Target"));
    m_sourcesLabel->setText(tr("Sources"));
    m_knowledgeLabel->setText(tr("Knowledge"));
    m_splitLabel->setText(tr("Split"));
    m_measuresLabel->setText(tr("Measures"));
    m_measures->setPlaceholderText(tr("those that fit the method"));
    m_measuresHelp->setText(tr("Separated by commas: rmse, ndcg@10, recall@20."));
    m_shuffled->setText(tr("Shuffled among the items, as a control"));
    m_more->setText(m_more->isChecked() ? tr("Fewer settings") : tr("More settings"));
    m_more->setIcon(
        icon(m_more->isChecked() ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down")));
    const auto method = findMethod(m_method->currentData().toString().toStdString());
    if (method) {
        m_meaning->setText(sentences::translated("methods", (*method)->meaning));
    }
}

} // namespace transept::ui
