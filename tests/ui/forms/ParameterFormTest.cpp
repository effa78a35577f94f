#include "ui/forms/ParameterForm.h"
#include "core/base/Parameter.h"
#include "core/model/Registry.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QSlider>
#include <QtWidgets/QToolButton>

using namespace transept;
using namespace transept::ui;

namespace {

std::vector<Parameter> oneOfEach()
{
    using Type = Parameter::Type;
    return {
        {.name = "epochs",
         .type = Type::Integer,
         .preset = 20,
         .low = 1,
         .high = 500,
         .label = "Epochs",
         .meaning = "How often."},
        {.name = "rate",
         .type = Type::Real,
         .preset = 0.01,
         .low = 1e-5,
         .high = 1.0,
         .scale = Parameter::Scale::Log,
         .label = "Rate",
         .meaning = "How fast."},
        {.name = "fusion",
         .type = Type::Choice,
         .preset = "seed",
         .choices = {"seed", "gated", "concat"},
         .label = "Fusion",
         .meaning = "How knowledge enters."},
        {.name = "gate",
         .preset = 0.5,
         .label = "Gate",
         .meaning = "Of gated.",
         .onlyWhen = "fusion=gated,concat"},
        {.name = "biases", .type = Type::Flag, .preset = true, .label = "Biases", .meaning = "With biases."},
        {.name = "words", .type = Type::Text, .preset = "", .label = "Words", .meaning = "Of one's own."}};
}

/// A form on the screen.
struct OpenForm
{
    ParameterForm form;

    explicit OpenForm(const std::vector<Parameter>& parameters)
    {
        form.setParameters(parameters);
        form.resize(400, 600);
        form.show();
    }

    template<typename Widget>
    Widget* find(const char* name)
    {
        return form.findChild<Widget*>(QLatin1StringView(name));
    }

    void type(const char* field, const QString& text)
    {
        auto* line = find<QLineEdit>(field);
        line->selectAll();
        QTest::keyClicks(line, text);
    }
};

} // namespace

class ParameterFormTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void untouchedFormHoldsTheDefaults();
    void everyTypeIsEdited();
    void invalidInputIsExplainedAndNeverBlocked();
    void changedValueIsMarkedAndReset();
    void fieldThatDoesNotMatterIsHidden();
    void logarithmicSliderMovesByFactors();
    void equalValueKeepsWhatIsTyped();
    void sameParametersKeepWhatIsTyped();
    void valuesOfEveryMethodGoThereAndBack();
};

void ParameterFormTest::untouchedFormHoldsTheDefaults()
{
    OpenForm open(oneOfEach());
    for (const Parameter& parameter : oneOfEach()) {
        QVERIFY(open.form.values()[parameter.name] == parameter.preset);
    }
    QVERIFY(open.form.isValid());
    QCOMPARE(open.form.changedCount(), 0);
}

void ParameterFormTest::everyTypeIsEdited()
{
    OpenForm open(oneOfEach());
    QSignalSpy changed(&open.form, &ParameterForm::changed);
    open.type("input:epochs", QStringLiteral("7"));
    open.type("input:rate", QStringLiteral("0.5"));
    open.find<QComboBox>("input:fusion")->setCurrentIndex(1);
    open.find<QCheckBox>("input:biases")->click();
    open.type("input:words", QStringLiteral("abc"));
    const Json values = open.form.values();
    QVERIFY(values["epochs"] == Json(7));
    QVERIFY(values["rate"] == Json(0.5));
    QVERIFY(values["fusion"] == Json("gated"));
    QVERIFY(values["biases"] == Json(false));
    QVERIFY(values["words"] == Json("abc"));
    QVERIFY(changed.size() >= 5);
    QCOMPARE(open.form.changedCount(), 5);
}

void ParameterFormTest::invalidInputIsExplainedAndNeverBlocked()
{
    OpenForm open(oneOfEach());
    for (const char* wrong : {"", "abc", "501", "1.5"}) {
        auto* line = open.find<QLineEdit>("input:epochs");
        line->selectAll();
        QTest::keyClick(line, Qt::Key_Backspace);
        QTest::keyClicks(line, QLatin1StringView(wrong));
        QCOMPARE(line->text(), QLatin1StringView(wrong));
        QVERIFY(!open.form.isValid());
        QVERIFY(open.find<QLabel>("help:epochs")->text().contains(QStringLiteral("500")));
    }
    open.type("input:epochs", QStringLiteral("5"));
    QVERIFY(open.form.isValid());
    QCOMPARE(open.find<QLabel>("help:epochs")->text(), QStringLiteral("How often."));
}

void ParameterFormTest::changedValueIsMarkedAndReset()
{
    OpenForm open(oneOfEach());
    auto* reset = open.find<QToolButton>("reset:epochs");
    QVERIFY(!reset->isVisible());
    open.type("input:epochs", QStringLiteral("7"));
    QVERIFY(reset->isVisible());
    reset->click();
    QVERIFY(open.form.values()["epochs"] == Json(20));
    QVERIFY(!reset->isVisible());
    open.type("input:epochs", QStringLiteral("x"));
    open.form.resetAll();
    QVERIFY(open.form.isValid());
}

void ParameterFormTest::fieldThatDoesNotMatterIsHidden()
{
    OpenForm open(oneOfEach());
    auto* gate = open.find<QLineEdit>("input:gate");
    QVERIFY(!gate->isVisible());
    open.find<QComboBox>("input:fusion")->setCurrentIndex(2);
    QVERIFY(gate->isVisible());
    open.find<QComboBox>("input:fusion")->setCurrentIndex(0);
    QVERIFY(!gate->isVisible());
}

void ParameterFormTest::logarithmicSliderMovesByFactors()
{
    OpenForm open(oneOfEach());
    auto* slider = open.find<QWidget>("field:rate")->findChild<QSlider*>();
    slider->setValue(slider->maximum());
    QVERIFY(open.form.values()["rate"] == Json(1.0));
    slider->setValue(slider->minimum());
    QVERIFY(open.form.values()["rate"] == Json(1e-5));
    slider->setValue((slider->minimum() + slider->maximum()) / 2);
    const double middle = open.form.values()["rate"].get<double>();
    QVERIFY(middle > 0.002 && middle < 0.005); // the geometric mean, 0.00316
}

void ParameterFormTest::equalValueKeepsWhatIsTyped()
{
    OpenForm open(oneOfEach());
    open.type("input:rate", QStringLiteral("0.30"));
    open.form.setValues({{"rate", 0.3}});
    QCOMPARE(open.find<QLineEdit>("input:rate")->text(), QStringLiteral("0.30"));
}

void ParameterFormTest::sameParametersKeepWhatIsTyped()
{
    OpenForm open(oneOfEach());
    open.type("input:epochs", QStringLiteral("0."));
    open.form.setParameters(oneOfEach());
    QCOMPARE(open.find<QLineEdit>("input:epochs")->text(), QStringLiteral("0."));
}

void ParameterFormTest::valuesOfEveryMethodGoThereAndBack()
{
    for (const MethodDescription& method : methods()) {
        OpenForm open(method.parameters);
        Json other = Json::object();
        for (const Parameter& parameter : method.parameters) {
            switch (parameter.type) {
            case Parameter::Type::Integer:
                other[parameter.name] = static_cast<std::int64_t>(parameter.low);
                break;
            case Parameter::Type::Real:
                other[parameter.name] = parameter.high;
                break;
            case Parameter::Type::Choice:
                other[parameter.name] = parameter.choices.back();
                break;
            case Parameter::Type::Flag:
                other[parameter.name] = !parameter.preset.get<bool>();
                break;
            case Parameter::Type::Text:
                other[parameter.name] = "other";
                break;
            }
        }
        const Json presets = open.form.values();
        QVERIFY2(checkParameters(method.parameters, presets, ""), method.name.c_str());
        open.form.setValues(other);
        QVERIFY2(open.form.values() == other,
                 (method.name + open.form.values().dump() + other.dump()).c_str());
        open.form.resetAll();
        QVERIFY2(open.form.values() == presets, method.name.c_str());
    }
}

QTEST_MAIN(ParameterFormTest)
#include "ParameterFormTest.moc"
