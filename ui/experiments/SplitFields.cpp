#include "ui/experiments/SplitFields.h"

#include "core/base/Words.h"
#include "ui/forms/ParameterForm.h"
#include "ui/forms/WheelGuard.h"
#include "ui/forms/WholeNumber.h"

#include <QtCore/QScopedValueRollback>
#include <QtWidgets/QComboBox>

#include <cmath>

namespace transept::ui {
namespace {

constexpr const char* splitKinds[] = {"warm",
                                      "leave-one-out",
                                      "temporal",
                                      "cross-time",
                                      "cold-user",
                                      "cold-item",
                                      "cross-group",
                                      "k-fold",
                                      "given"};

QString nameOf(const QString& kind)
{
    if (kind == QLatin1String("warm")) {
        return SplitFields::tr("per user, at random");
    }
    if (kind == QLatin1String("leave-one-out")) {
        return SplitFields::tr("the latest of every user");
    }
    if (kind == QLatin1String("temporal")) {
        return SplitFields::tr("by time, for all at once");
    }
    if (kind == QLatin1String("cross-time")) {
        return SplitFields::tr("one period, then a later one");
    }
    if (kind == QLatin1String("cross-group")) {
        return SplitFields::tr("other people than those trained on");
    }
    if (kind == QLatin1String("cold-user")) {
        return SplitFields::tr("users new in the target");
    }
    if (kind == QLatin1String("cold-item")) {
        return SplitFields::tr("new items");
    }
    if (kind == QLatin1String("k-fold")) {
        return SplitFields::tr("one of several folds");
    }
    return SplitFields::tr("as the files say");
}

bool hasRatios(const std::string& kind)
{
    return kind == "warm" || kind == "temporal";
}

Parameter share(const char* name, double preset, const char* label, const char* meaning)
{
    return {.name = name, .preset = preset, .low = 0.0, .high = 0.9, .label = label, .meaning = meaning};
}

Parameter validationShare()
{
    return share("validation",
                 0.1,
                 TRANSLATABLE("methods", "Share for validation"),
                 TRANSLATABLE("methods", "For stopping and choosing; never for the result."));
}

Parameter splitSeed()
{
    return wholeNumber("seed",
                       1,
                       0,
                       4294967295.0,
                       TRANSLATABLE("methods", "Seed of the split"),
                       TRANSLATABLE("methods", "The same seed splits the same data alike."));
}

std::vector<Parameter> foldParameters()
{
    return {wholeNumber("folds",
                        5,
                        2,
                        100,
                        TRANSLATABLE("methods", "Folds"),
                        TRANSLATABLE("methods", "Into how many parts the interactions are dealt.")),
            wholeNumber("fold",
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
            validationShare(),
            splitSeed()};
}

std::vector<Parameter> groupParameters()
{
    return {{.name = "groups",
             .type = Parameter::Type::Choice,
             .preset = "activity",
             .choices = {"activity", "domain", "field"},
             .label = TRANSLATABLE("methods", "People grouped by"),
             .meaning = TRANSLATABLE("methods",
                                     "How active they are (light, medium, heavy: thirds of the people), the "
                                     "first source in which they act, or a field of theirs.")},
            {.name = "field",
             .type = Parameter::Type::Text,
             .preset = "",
             .label = TRANSLATABLE("methods", "Field"),
             .meaning = TRANSLATABLE("methods", "Of what was imported about users, such as age."),
             .onlyWhen = "groups=field"},
            {.name = "tested",
             .type = Parameter::Type::Text,
             .preset = "light",
             .label = TRANSLATABLE("methods", "Groups tested"),
             .meaning = TRANSLATABLE("methods",
                                     "Separated by commas, such as light, heavy; the other groups train.")},
            share("history",
                  0.8,
                  TRANSLATABLE("methods", "Share that is told"),
                  TRANSLATABLE("methods",
                               "Of a tested person's interactions: training knows them; 0: none, as of "
                               "somebody new.")),
            validationShare(),
            splitSeed()};
}

std::vector<Parameter> periodParameters()
{
    return {wholeNumber("periods",
                        5,
                        2,
                        1000,
                        TRANSLATABLE("methods", "Periods"),
                        TRANSLATABLE("methods", "Into how many of equally many interactions time is cut.")),
            wholeNumber("fold",
                        0,
                        0,
                        998,
                        TRANSLATABLE("methods", "Last period trained"),
                        TRANSLATABLE("methods", "Counted from 0; the next one is tested.")),
            wholeNumber("window",
                        0,
                        0,
                        1000,
                        TRANSLATABLE("methods", "Periods trained"),
                        TRANSLATABLE("methods", "The latest so many train; 0: all up to the last one.")),
            wholeNumber("gap",
                        0,
                        0,
                        998,
                        TRANSLATABLE("methods", "Gap"),
                        TRANSLATABLE("methods", "Periods left out between training and test.")),
            validationShare()};
}

Parameter refit()
{
    return {.name = "refit",
            .type = Parameter::Type::Flag,
            .preset = false,
            .label = TRANSLATABLE("methods", "Train on validation too"),
            .meaning = TRANSLATABLE("methods",
                                    "For a last run of settings that validation has chosen: nothing stops it "
                                    "early.")};
}

/// Names between commas, and back.
Json namesIn(const Json& text)
{
    Json names = Json::array();
    for (const QString& name : QString::fromStdString(text.get<std::string>()).split(QLatin1Char(','))) {
        names.push_back(name.trimmed().toStdString());
    }
    return names == Json::array({""}) ? Json::array() : names;
}

Json textOf(const Json& names)
{
    QStringList texts;
    for (const Json& name : names) {
        texts << QString::fromStdString(name.get<std::string>());
    }
    return texts.join(QStringLiteral(", ")).toStdString();
}

std::vector<Parameter> ownParameters(const std::string& kind)
{
    const Parameter test = share("test",
                                 0.1,
                                 TRANSLATABLE("methods", "Share for the test"),
                                 TRANSLATABLE("methods", "Scored once, when the run has finished."));
    const Parameter cold =
        share("share",
              0.2,
              TRANSLATABLE("methods", "Share that is new"),
              TRANSLATABLE("methods", "These lose all target interactions and form the test set."));
    if (kind == "warm") {
        return {validationShare(), test, splitSeed()};
    }
    if (kind == "temporal") {
        return {validationShare(), test};
    }
    if (kind == "cold-user" || kind == "cold-item") {
        return {cold, validationShare(), splitSeed()};
    }
    if (kind == "cross-group") {
        return groupParameters();
    }
    if (kind == "cross-time") {
        return periodParameters();
    }
    return kind == "k-fold" ? foldParameters() : std::vector<Parameter>{};
}

std::vector<Parameter> parametersOf(const std::string& kind)
{
    std::vector<Parameter> parameters = ownParameters(kind);
    parameters.push_back(refit());
    return parameters;
}

} // namespace

SplitFields::SplitFields(QWidget* parent)
    : QObject(parent)
    , m_kinds(new QComboBox(parent))
    , m_parameters(new ParameterForm(parent))
{
    m_kinds->setObjectName(QStringLiteral("split"));
    new WheelGuard(m_kinds);
    connect(m_kinds, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_filling) {
            showKind();
            Q_EMIT changed();
        }
    });
    connect(m_parameters, &ParameterForm::changed, this, &SplitFields::changed);
}

std::string SplitFields::kind() const
{
    return m_kinds->currentData().toString().toStdString();
}

void SplitFields::fillKinds()
{
    const QScopedValueRollback filling(m_filling, true);
    const QString chosen = m_kinds->currentData().toString();
    m_kinds->clear();
    for (const char* kind : splitKinds) {
        m_kinds->addItem(nameOf(QLatin1String(kind)), QLatin1String(kind));
    }
    m_kinds->setCurrentIndex(std::max(0, m_kinds->findData(chosen)));
}

void SplitFields::showKind()
{
    m_parameters->setParameters(parametersOf(kind()));
}

void SplitFields::setSplit(const Json& document)
{
    const QScopedValueRollback filling(m_filling, true);
    m_document = document;
    m_kinds->setCurrentIndex(
        m_kinds->findData(QString::fromStdString(document.value("kind", std::string("warm")))));
    showKind();
    Json values = document;
    const auto ratios = document.find("ratios");
    if (hasRatios(kind()) && ratios != document.end() && ratios->size() == 3) {
        values["validation"] = (*ratios)[1];
        values["test"] = (*ratios)[2];
    }
    if (values.contains("tested")) {
        values["tested"] = textOf(values["tested"]);
    }
    m_parameters->setValues(values);
}

Json SplitFields::split() const
{
    Json split = m_document;
    Json values = m_parameters->values();
    split["kind"] = kind();
    if (hasRatios(kind())) {
        const double validation = values.value("validation", 0.1);
        const double test = values.value("test", 0.1);
        const Json before = split.value("ratios", Json::array());
        if (before.size() != 3 || before[1] != validation || before[2] != test) {
            constexpr double digits = 1e9; // 1 - 0.15 - 0.15 is a little more than 0.7
            const double training = std::round((1.0 - validation - test) * digits) / digits;
            split["ratios"] = {std::max(0.0, training), validation, test};
        }
        values.erase("validation");
        values.erase("test");
    }
    if (values.contains("tested")) {
        values["tested"] = namesIn(values["tested"]);
    }
    split.update(values);
    return split;
}

void SplitFields::retranslate()
{
    fillKinds();
    showKind();
    m_kinds->setAccessibleName(tr("Split"));
}

} // namespace transept::ui
