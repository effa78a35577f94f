#include "ui/experiments/SpecForm.h"

#include "core/base/Words.h"
#include "core/model/Registry.h"
#include "ui/experiments/MethodBox.h"
#include "ui/experiments/SplitFields.h"
#include "ui/forms/ParameterForm.h"
#include "ui/forms/WheelGuard.h"
#include "ui/forms/WholeNumber.h"
#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QEvent>
#include <QtCore/QLocale>
#include <QtCore/QScopedValueRollback>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {
namespace {

std::vector<Parameter> dataParameters()
{
    using Type = Parameter::Type;
    return {
        wholeNumber("min_user",
                    0,
                    0,
                    1000,
                    TRANSLATABLE("methods", "Interactions per user"),
                    TRANSLATABLE("methods", "Users with fewer in the target are left out.")),
        wholeNumber(
            "min_item",
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
        {.name = "drop_twins",
         .type = Type::Flag,
         .preset = false,
         .label = TRANSLATABLE("methods", "Leave twins out"),
         .meaning = TRANSLATABLE("methods",
                                 "Sources do not train on what is held out of the target under another id "
                                 "with the very same person.")},
        {.name = "stop_measure",
         .type = Type::Text,
         .preset = "",
         .label = TRANSLATABLE("methods", "Stop by"),
         .meaning =
             TRANSLATABLE("methods", "Validation measure that ends training early; empty: the fitting one.")},
        wholeNumber(
            "patience",
            5,
            0,
            100,
            TRANSLATABLE("methods", "Patience"),
            TRANSLATABLE("methods",
                         "Epochs in a row worse than the best before training ends; 0: never ends early.")),
        wholeNumber("seed",
                    1,
                    0,
                    4294967295.0,
                    TRANSLATABLE("methods", "Seed"),
                    TRANSLATABLE("methods", "Same spec, data and seed: the same numbers to the last bit."))};
}

Json optionalText(const Json& value)
{
    return value.is_number()
               ? Json(QString::number(value.get<double>(), 'g', QLocale::FloatingPointShortest).toStdString())
               : Json("");
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
    , m_method(new MethodBox(this))
    , m_meaning(new QLabel(this))
    , m_target(new QComboBox(this))
    , m_sourcesButton(new QPushButton(this))
    , m_sourcesMenu(new QMenu(m_sourcesButton))
    , m_knowledge(new QComboBox(this))
    , m_shuffled(new QCheckBox(this))
    , m_measures(new QLineEdit(this))
    , m_measuresHelp(new QLabel(this))
    , m_more(new QToolButton(this))
    , m_details(new QWidget(this))
    , m_split(new SplitFields(m_details))
    , m_dataForm(new ParameterForm(m_details))
    , m_parameters(new ParameterForm(this))
{
    build();
    buildLayout();
    m_dataForm->setParameters(dataParameters());
    retranslate();
    connectFields();
}

void SpecForm::build()
{
    m_method->setObjectName(QStringLiteral("method"));
    m_meaning->setObjectName(QStringLiteral("methodMeaning"));
    m_meaning->setWordWrap(true);
    m_meaning->setProperty(look::muted, true);
    m_target->setObjectName(QStringLiteral("target"));
    m_sourcesButton->setObjectName(QStringLiteral("sources"));
    m_sourcesMenu->setObjectName(QStringLiteral("sourcesMenu"));
    m_sourcesButton->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_knowledge->setObjectName(QStringLiteral("knowledge"));
    m_shuffled->setObjectName(QStringLiteral("shuffled"));
    m_measures->setObjectName(QStringLiteral("measures"));
    m_measuresHelp->setObjectName(QStringLiteral("measuresHelp"));
    m_measuresHelp->setProperty(look::small, true);
    m_measuresHelp->setWordWrap(true);
    m_more->setObjectName(QStringLiteral("moreSettings"));
    m_more->setProperty(look::quiet, true);
    m_more->setCheckable(true);
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_details->setVisible(false);
    for (QComboBox* choice : {m_target, m_knowledge}) {
        choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        choice->setMinimumContentsLength(8); // long names must not widen the form
        new WheelGuard(choice);
    }
}

void SpecForm::buildLayout()
{
    m_targetLabel = labelFor(m_target, this);
    m_sourcesLabel = labelFor(m_sourcesButton, this);
    m_knowledgeLabel = labelFor(m_knowledge, this);
    m_splitLabel = labelFor(m_split->kinds(), this);
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
                                                             {m_splitLabel, m_split->kinds()},
                                                             {m_measuresLabel, m_measures},
                                                             {nullptr, m_measuresHelp}}) {
        if (label != nullptr) {
            grid->addWidget(label, row, 0);
        }
        grid->addWidget(field, row++, 1);
    }
    auto* details = new QVBoxLayout(m_details);
    details->setContentsMargins({});
    details->addWidget(m_split->parameters());
    details->addWidget(m_dataForm);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(space::one);
    column->addWidget(m_method);
    column->addWidget(m_meaning);
    column->addLayout(grid);
    column->addWidget(m_more);
    column->addWidget(m_details);
    column->addSpacing(space::one);
    column->addWidget(m_parameters);
    column->addStretch(1);
}

void SpecForm::connectFields()
{
    connect(m_method, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_filling) {
            showMethod();
            edited();
        }
    });
    connect(m_target, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_filling) {
            std::erase(m_sources, target());
            fillSources();
            showParameters();
            showMeasuresHelp();
            edited();
        }
    });
    connect(m_split, &SplitFields::changed, this, [this] {
        showMethod();
        edited();
    });
    connect(m_sourcesButton, &QPushButton::clicked, this, [this] {
        m_sourcesMenu->popup(m_sourcesButton->mapToGlobal(QPoint(0, m_sourcesButton->height())));
    });
    connect(m_more, &QToolButton::toggled, this, [this](bool shown) {
        m_details->setVisible(shown);
        retranslate();
    });
    connect(m_method, &MethodBox::opened, this, &SpecForm::methodsListed);
    connect(m_dataForm, &ParameterForm::changed, this, &SpecForm::edited);
    connect(m_parameters, &ParameterForm::changed, this, [this] {
        showUses();
        edited();
    });
    connect(m_knowledge, &QComboBox::currentIndexChanged, this, &SpecForm::edited);
    connect(m_shuffled, &QCheckBox::toggled, this, &SpecForm::edited);
    connect(m_measures, &QLineEdit::textEdited, this, &SpecForm::edited);
}

void SpecForm::showMethod()
{
    const auto method = findMethod(m_method->currentData().toString().toStdString());
    if (!method) {
        return;
    }
    m_meaning->setText(sentences::translated("methods", (*method)->meaning));
    m_meaning->setToolTip(QString::fromStdString((*method)->source));
    showParameters();
    showUses();
}

/// The parameters of the method; where they name domains, those of the run are offered.
void SpecForm::showParameters()
{
    const auto method = findMethod(m_method->currentData().toString().toStdString());
    if (!method) {
        return;
    }
    std::vector<std::string> domains = m_sources;
    domains.insert(domains.begin(), target());
    std::vector<Parameter> parameters = (*method)->parameters;
    for (Parameter& parameter : parameters) {
        for (Parameter& column : parameter.columns) {
            if (column.type == Parameter::Type::Domain) {
                column.choices = domains;
            }
        }
    }
    m_parameters->setParameters(parameters);
}

/// Knowledge and sources can be chosen where the method, as it is set, has a use for them.
void SpecForm::showUses()
{
    const auto method = findMethod(m_method->currentData().toString().toStdString());
    const auto parameters =
        method ? checkParameters((*method)->parameters, m_parameters->values(), "method") : passOn(method);
    if (!parameters) {
        return;
    }
    const Traits traits = (*method)->traits(*parameters);
    m_knowledge->setEnabled(traits.usesKnowledge);
    m_knowledgeLabel->setEnabled(traits.usesKnowledge);
    m_knowledge->setToolTip(traits.usesKnowledge ? QString() : tr("This method uses no knowledge."));
    // Who is new in the target and known elsewhere, or acts in which source, only the sources tell.
    const std::string kind = m_split->kind();
    const bool usesSources = traits.usesSources || kind == "cold-user" ||
                             (kind == "cross-group" && m_split->split()["groups"] == "domain");
    m_sourcesButton->setEnabled(usesSources);
    m_sourcesLabel->setEnabled(usesSources);
    showSources();
    showShuffled();
}

void SpecForm::setMetNeeds(std::optional<Needs> met)
{
    m_method->setMetNeeds(met);
}

bool SpecForm::setChoices(const SpecChoices& choices)
{
    const auto isSameBase = [](const KnowledgeBase& a, const KnowledgeBase& b) {
        return a.name == b.name && a.dimension == b.dimension;
    };
    const auto isSameDomain = [](const Domain& a, const Domain& b) {
        return a.name == b.name && a.hasNegatives == b.hasNegatives;
    };
    if (std::ranges::equal(m_choices.domains, choices.domains, isSameDomain) &&
        std::ranges::equal(m_choices.knowledge, choices.knowledge, isSameBase)) {
        return false;
    }
    const QScopedValueRollback filling(m_filling, true);
    m_choices = choices;
    fillTargets(target());
    fillKnowledge(m_knowledge->currentData().toString());
    fillSources();
    showMeasuresHelp();
    return true;
}

void SpecForm::fillTargets(const std::string& chosen)
{
    const QScopedValueRollback filling(m_filling, true);
    m_target->clear();
    for (const Domain& domain : m_choices.domains) {
        m_target->addItem(QString::fromStdString(domain.name), QString::fromStdString(domain.name));
    }
    chooseOrAdd(m_target, QString::fromStdString(chosen));
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
    chooseOrAdd(m_knowledge, chosen);
}

/// What a spec names and the workspace lacks is shown as missing instead of being replaced.
void SpecForm::chooseOrAdd(QComboBox* choice, const QString& name)
{
    int place = choice->findData(name);
    if (place < 0 && !name.isEmpty()) {
        choice->addItem(tr("%1 (missing)", "a domain or a knowledge base").arg(name), name);
        place = choice->count() - 1;
    }
    choice->setCurrentIndex(std::max(place, 0));
}

std::string SpecForm::target() const
{
    return m_target->currentData().toString().toStdString();
}

void SpecForm::fillSources()
{
    m_sourcesMenu->clear();
    std::vector<std::string> names = m_sources; // also those that the workspace lacks: they can be taken out
    for (const Domain& domain : m_choices.domains) {
        if (std::ranges::find(names, domain.name) == names.end()) {
            names.push_back(domain.name);
        }
    }
    std::ranges::sort(names);
    for (const std::string& name : names) {
        if (name == target()) {
            continue;
        }
        QAction* action = m_sourcesMenu->addAction(QString::fromStdString(name));
        action->setCheckable(true);
        action->setChecked(std::ranges::find(m_sources, name) != m_sources.end());
        connect(action, &QAction::toggled, this, [this, name](bool used) { takeSource(name, used); });
    }
    showSources();
}

void SpecForm::takeSource(const std::string& name, bool used)
{
    std::erase(m_sources, name);
    if (used) {
        m_sources.push_back(name);
    }
    showSources();
    showParameters();
    edited();
}

void SpecForm::showSources()
{
    QStringList names;
    if (m_sourcesButton->isEnabled()) {
        for (const std::string& source : m_sources) {
            names << QString::fromStdString(source);
        }
    }
    const QString listed = names.isEmpty() ? tr("none", "source domains") : sentences::enumeration(names);
    m_sourcesButton->setText(listed);
    m_sourcesButton->setToolTip(m_sourcesButton->isEnabled() ? listed
                                                             : tr("This method uses the target alone."));
}

Json SpecForm::dataJson() const
{
    Json selection = m_document.value("data", Json::object());
    selection["target"] = target();
    selection["sources"] = m_sourcesButton->isEnabled() ? Json(m_sources) : Json::array();
    const Json values = m_dataForm->values();
    Json where = selection.value("where", Json::object());
    where["min_user"] = values["min_user"];
    where["min_item"] = values["min_item"];
    where["min_value"] = optionalNumber(values["min_value"]);
    selection["where"] = where;
    selection["positive"] = optionalNumber(values["positive"]);
    selection["drop_twins"] = values["drop_twins"];
    return selection;
}

Json SpecForm::document() const
{
    Json document = m_document.is_object() ? m_document : Json::object();
    document["data"] = dataJson();
    document["split"] = m_split->split();
    const std::string knowledge =
        m_knowledge->isEnabled() ? m_knowledge->currentData().toString().toStdString() : "";
    document["knowledge"] = knowledge.empty() ? Json() : Json(knowledge);
    if (knowledge.empty()) {
        document.erase("knowledge_terms");
    }
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
    fillTargets(selection.value("target", std::string()));
    showMeasuresHelp();
    m_sources = selection.value("sources", std::vector<std::string>());
    fillSources();
    const Json knowledge = document.value("knowledge", Json());
    fillKnowledge(knowledge.is_string() ? QString::fromStdString(knowledge.get<std::string>()) : QString());
    m_shuffled->setChecked(document.value("shuffle_knowledge", false));
    m_split->setSplit(document.value("split", Json::object()));
    showMethod();
    m_parameters->setValues(method);
    showUses();
    const Json where = selection.value("where", Json::object());
    const Json stop = document.value("stop", Json::object());
    const Json stopMeasure = stop.value("measure", Json(""));
    m_dataForm->setValues({{"min_user", where.value("min_user", Json(0))},
                           {"min_item", where.value("min_item", Json(0))},
                           {"min_value", optionalText(where.value("min_value", Json()))},
                           {"positive", optionalText(selection.value("positive", Json()))},
                           {"drop_twins", selection.value("drop_twins", false)},
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
    return m_parameters->isValid() && m_split->parameters()->isValid() && m_dataForm->isValid();
}

int SpecForm::changedCount() const
{
    return m_parameters->changedCount();
}

void SpecForm::resetParameters()
{
    m_parameters->resetAll();
}

/// How measures are written; among given negatives where the target has some.
void SpecForm::showMeasuresHelp()
{
    const auto domain = std::ranges::find(m_choices.domains, target(), &Domain::name);
    QString help = tr("Separated by commas: rmse, ndcg@10, recall@20. With ~99 behind, as in "
                      "ndcg@10~99, among 99 sampled items: for published tables only. With ~cold, items "
                      "without training interactions among each other.");
    if (domain != m_choices.domains.end() && domain->hasNegatives) {
        help = sentences::paragraph({help,
                                     tr("With ~given, among the negatives that were imported for %1.")
                                         .arg(QString::fromStdString(domain->name))});
    }
    m_measuresHelp->setText(help);
}

void SpecForm::showShuffled()
{
    m_shuffled->setVisible(m_knowledge->isEnabled() && !m_knowledge->currentData().toString().isEmpty());
}

void SpecForm::edited()
{
    if (m_filling) {
        return;
    }
    showShuffled();
    Q_EMIT changed();
}

void SpecForm::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        const QString knowledge = m_knowledge->currentData().toString();
        fillTargets(target());
        fillKnowledge(knowledge);
        retranslate();
    }
}

void SpecForm::retranslate()
{
    m_split->retranslate();
    m_method->retranslate();
    m_method->setAccessibleName(tr("Method"));
    m_targetLabel->setText(tr("Target"));
    m_sourcesLabel->setText(tr("Sources"));
    m_knowledgeLabel->setText(tr("Knowledge"));
    m_splitLabel->setText(tr("Split"));
    m_measuresLabel->setText(tr("Measures"));
    m_measures->setPlaceholderText(tr("those that fit the method"));
    showMeasuresHelp();
    m_shuffled->setText(tr("Shuffled among the items, as a control"));
    m_more->setText(m_more->isChecked() ? tr("Fewer settings") : tr("More settings"));
    m_more->setIcon(
        icon(m_more->isChecked() ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down")));
    showMethod();
}

} // namespace transept::ui
