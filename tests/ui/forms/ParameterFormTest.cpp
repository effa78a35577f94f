#include "ui/forms/ParameterForm.h"
#include "core/base/Parameter.h"
#include "core/model/Registry.h"

#include <QtGui/QWheelEvent>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialog>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSlider>
#include <QtWidgets/QTableWidget>
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

Parameter rules()
{
    using Type = Parameter::Type;
    return {.name = "rules",
            .type = Type::Table,
            .preset = {{{"from", ""}, {"how", "strict"}, {"tau", 0.8}, {"on", true}}},
            .low = 0,
            .high = 3,
            .label = "Rules",
            .meaning = "What joins what.",
            .columns = {{.name = "from", .type = Type::Text, .preset = "", .label = "From"},
                        {.name = "how",
                         .type = Type::Choice,
                         .preset = "strict",
                         .choices = {"strict", "loose"},
                         .label = "How"},
                        {.name = "tau", .preset = 0.8, .label = "Above"},
                        {.name = "on", .type = Type::Flag, .preset = true, .label = "On"}}};
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

    /// Over a row's method.
    QDialog* dialog() { return find<QDialog>("memberParameters"); }

    /// Types 321 into the dialog's field lambda and presses the button.
    void answer(QDialogButtonBox::StandardButton button)
    {
        QVERIFY(dialog() != nullptr && dialog()->isVisible());
        auto* line = dialog()->findChild<QLineEdit*>(QStringLiteral("input:lambda"));
        line->selectAll();
        QTest::keyClicks(line, QStringLiteral("321"));
        dialog()->findChild<QDialogButtonBox*>()->button(button)->click();
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
    void everyMethodHasTheControlsOfItsParameters();
    void everyNumberIsTakenWithinItsRangeOnly();
    void everyConditionHidesAndShowsItsField();
    void wheelOverAFieldScrollsTheFormInstead();
    void cellsOfATableAreTyped();
    void rowsAreAddedAndTakenOut();
    void wrongCellIsExplainedAndNeverBlocked();
    void memberKeepsItsWeightWithAnotherMethod();
    void parametersOfAMemberAreEditedInTheirOwnForm();
    void formOfAMemberThatIsGoneChangesNothing();
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
    const int without = open.form.sizeHint().height();
    open.find<QComboBox>("input:fusion")->setCurrentIndex(2);
    QVERIFY(gate->isVisible());
    QVERIFY(open.form.sizeHint().height() >= without + gate->height() + 10); // the hidden field took no room
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

void ParameterFormTest::everyMethodHasTheControlsOfItsParameters()
{
    for (const MethodDescription& method : methods()) {
        OpenForm open(method.parameters);
        QVERIFY2(open.form.isValid() && open.form.changedCount() == 0, method.name.c_str());
        for (const Parameter& parameter : method.parameters) {
            const std::string where = method.name + "." + parameter.name;
            const std::string input = "input:" + parameter.name;
            auto* control = open.find<QWidget>(input.c_str());
            QVERIFY2(control != nullptr, where.c_str());
            QVERIFY2(!control->accessibleName().isEmpty(), where.c_str());
            QCOMPARE(open.find<QLabel>(("help:" + parameter.name).c_str())->text(),
                     QString::fromStdString(parameter.meaning));
            switch (parameter.type) {
            case Parameter::Type::Integer:
            case Parameter::Type::Real:
                QVERIFY2(qobject_cast<QLineEdit*>(control) != nullptr, where.c_str());
                break;
            case Parameter::Type::Choice:
                QVERIFY2(qobject_cast<QComboBox*>(control) != nullptr, where.c_str());
                QCOMPARE(static_cast<QComboBox*>(control)->count(),
                         static_cast<int>(parameter.choices.size()));
                break;
            case Parameter::Type::Flag:
                QVERIFY2(qobject_cast<QCheckBox*>(control) != nullptr, where.c_str());
                break;
            case Parameter::Type::Table:
                QVERIFY2(qobject_cast<QTableWidget*>(control) != nullptr, where.c_str());
                break;
            case Parameter::Type::Domain:
            case Parameter::Type::Text:
            case Parameter::Type::File:
                QVERIFY2(control->inherits("QLineEdit") || control->inherits("QPlainTextEdit"),
                         where.c_str());
                break;
            }
        }
    }
}

void ParameterFormTest::everyNumberIsTakenWithinItsRangeOnly()
{
    for (const MethodDescription& method : methods()) {
        OpenForm open(method.parameters);
        for (const Parameter& parameter : method.parameters) {
            if (parameter.type != Parameter::Type::Integer && parameter.type != Parameter::Type::Real) {
                continue;
            }
            const std::string where = method.name + "." + parameter.name;
            auto* line = open.find<QLineEdit>(("input:" + parameter.name).c_str());
            const auto take = [&](double value) {
                line->setText(QLocale().toString(value, 'g', QLocale::FloatingPointShortest));
                Q_EMIT line->textEdited(line->text());
                return open.form.isValid();
            };
            QVERIFY2(take(parameter.low) && take(parameter.high), where.c_str());
            QVERIFY2(!take(parameter.low - 1.0) && !take(parameter.high + 1.0), where.c_str());
            open.find<QToolButton>(("reset:" + parameter.name).c_str())->click();
            QVERIFY2(open.form.values()[parameter.name] == parameter.preset, where.c_str());
        }
    }
}

void ParameterFormTest::everyConditionHidesAndShowsItsField()
{
    int conditions = 0;
    for (const MethodDescription& method : methods()) {
        OpenForm open(method.parameters);
        for (const Parameter& parameter : method.parameters) {
            const std::size_t equals = parameter.onlyWhen.find('=');
            if (equals == std::string::npos) {
                continue;
            }
            ++conditions;
            const std::string where = method.name + "." + parameter.name;
            const std::string governor = "input:" + parameter.onlyWhen.substr(0, equals);
            const QStringList words =
                QString::fromStdString(parameter.onlyWhen.substr(equals + 1)).split(QLatin1Char(','));
            auto* field = open.find<QWidget>(("field:" + parameter.name).c_str());
            auto* control = open.find<QWidget>(governor.c_str());
            QVERIFY2(control != nullptr, where.c_str());
            if (auto* choice = qobject_cast<QComboBox*>(control)) {
                for (int at = 0; at < choice->count(); ++at) {
                    choice->setCurrentIndex(at);
                    const bool isNeeded = words.contains(choice->itemData(at).toString());
                    QVERIFY2(field->isVisible() == isNeeded, where.c_str());
                }
            } else {
                auto* flag = qobject_cast<QCheckBox*>(control);
                QVERIFY2(flag != nullptr, where.c_str());
                for (const bool on : {false, true}) {
                    flag->setChecked(on);
                    const QString word = on ? QStringLiteral("true") : QStringLiteral("false");
                    QVERIFY2(field->isVisible() == words.contains(word), where.c_str());
                }
            }
        }
    }
    QVERIFY(conditions > 5);
}

void ParameterFormTest::wheelOverAFieldScrollsTheFormInstead()
{
    OpenForm open(oneOfEach());
    auto* choice = open.find<QComboBox>("input:fusion");
    auto* slider = open.find<QWidget>("field:rate")->findChild<QSlider*>();
    const Json before = open.form.values();
    for (QWidget* over : {static_cast<QWidget*>(choice), static_cast<QWidget*>(slider)}) {
        QWheelEvent event(
            {4, 4}, {4, 4}, {}, {0, -120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(over, &event);
        QVERIFY(!event.isAccepted());
    }
    QVERIFY(open.form.values() == before);
}

void ParameterFormTest::cellsOfATableAreTyped()
{
    OpenForm open({rules()});
    auto* table = open.find<QTableWidget>("input:rules");
    QSignalSpy changed(&open.form, &ParameterForm::changed);
    QCOMPARE(table->rowCount(), 1);
    QCOMPARE(table->item(0, 2)->text(), QLocale().toString(0.8));
    table->item(0, 0)->setText(QStringLiteral("books"));
    auto* how = open.find<QComboBox>("cell:0:how");
    how->setCurrentIndex(how->findData(QStringLiteral("loose")));
    Q_EMIT how->activated(how->currentIndex());
    table->item(0, 2)->setText(QLocale().toString(0.25));
    table->item(0, 3)->setCheckState(Qt::Unchecked);
    QCOMPARE(changed.count(), 4);
    const Json expected{{{"from", "books"}, {"how", "loose"}, {"tau", 0.25}, {"on", false}}};
    QVERIFY2(open.form.values()["rules"] == expected, open.form.values().dump().c_str());
    QCOMPARE(open.form.changedCount(), 1);
    open.find<QToolButton>("reset:rules")->click();
    QVERIFY(open.form.values()["rules"] == rules().preset);
}

void ParameterFormTest::rowsAreAddedAndTakenOut()
{
    OpenForm open({rules()});
    auto* table = open.find<QTableWidget>("input:rules");
    auto* add = open.find<QToolButton>("add:rules");
    auto* remove = open.find<QToolButton>("remove:rules");
    add->click();
    add->click();
    QCOMPARE(table->rowCount(), 3);
    QVERIFY(!add->isEnabled()); // as many as there may be
    QCOMPARE(table->currentRow(), 2);
    table->item(1, 0)->setText(QStringLiteral("middle"));
    table->selectRow(0);
    remove->click();
    QCOMPARE(table->item(0, 0)->text(), QStringLiteral("middle"));
    table->selectRow(1);
    QTest::keyClick(table, Qt::Key_Delete);
    QCOMPARE(open.form.values()["rules"].size(), std::size_t{1});
    remove->click();
    QCOMPARE(table->rowCount(), 0);
    QVERIFY(!remove->isEnabled());
    QVERIFY(open.form.isValid());
}

void ParameterFormTest::wrongCellIsExplainedAndNeverBlocked()
{
    OpenForm open({rules()});
    auto* table = open.find<QTableWidget>("input:rules");
    table->item(0, 2)->setText(QStringLiteral("much"));
    QCOMPARE(table->item(0, 2)->text(), QStringLiteral("much"));
    QVERIFY(!open.form.isValid());
    QVERIFY(
        open.find<QLabel>("help:rules")->text().contains(QStringLiteral("rules[0].tau must be a number")));
    table->item(0, 2)->setText(QStringLiteral("7"));
    QVERIFY(open.find<QLabel>("help:rules")->text().contains(QStringLiteral("between 0 and 1")));
    table->item(0, 2)->setText(QStringLiteral("1"));
    QVERIFY(open.form.isValid());
}

void ParameterFormTest::memberKeepsItsWeightWithAnotherMethod()
{
    OpenForm open(findMethod("ensemble").value()->parameters);
    auto* table = open.find<QTableWidget>("input:members");
    table->item(1, 1)->setText(QStringLiteral("3"));
    auto* method = open.find<QComboBox>("cell:1:name");
    method->setCurrentIndex(method->findData(QStringLiteral("ials")));
    Q_EMIT method->activated(method->currentIndex());
    const Json row = open.form.values()["members"][1];
    QVERIFY(row["name"] == Json("ials") && row["member-weight"] == Json(3));
    QVERIFY(row.contains("factors") && !row.contains("neighbours"));
    open.find<QToolButton>("add:members")->click(); // some method that is not there yet
    const Json rows = open.form.values()["members"];
    QVERIFY(rows[2]["name"] != rows[0]["name"] && rows[2]["name"] != rows[1]["name"]);
    QVERIFY(
        !OpenForm(findMethod("hybrid").value()->parameters).find<QToolButton>("add:content")->isVisible());
}

void ParameterFormTest::parametersOfAMemberAreEditedInTheirOwnForm()
{
    OpenForm open(findMethod("ensemble").value()->parameters);
    auto* table = open.find<QTableWidget>("input:members");
    table->selectRow(0);
    open.find<QToolButton>("edit:members")->click();
    open.answer(QDialogButtonBox::Cancel);
    QVERIFY(open.form.values()["members"][0]["lambda"] != Json(321.0));
    QTRY_COMPARE(open.dialog(), nullptr);
    QTest::keyClick(table, Qt::Key_Return);
    open.answer(QDialogButtonBox::Ok);
    QVERIFY(open.form.values()["members"][0]["lambda"] == Json(321.0));
    QVERIFY(table->item(0, 2)->text().contains(QStringLiteral("321")));
    QVERIFY(open.form.isValid());
}

void ParameterFormTest::formOfAMemberThatIsGoneChangesNothing()
{
    OpenForm open(findMethod("ensemble").value()->parameters);
    open.find<QTableWidget>("input:members")->selectRow(0);
    open.find<QToolButton>("edit:members")->click();
    open.form.setValues({{"members", {{{"name", "mf"}}, {{"name", "item-knn"}}}}}); // as its text was edited
    const Json members = open.form.values()["members"];
    open.answer(QDialogButtonBox::Ok);
    QVERIFY(open.form.values()["members"] == members);
    QTRY_COMPARE(open.dialog(), nullptr);

    open.find<QToolButton>("edit:members")->click();
    QVERIFY(open.dialog() != nullptr);
    open.form.setParameters(findMethod("mf").value()->parameters);
    QTRY_COMPARE(open.dialog(), nullptr);
}

QTEST_MAIN(ParameterFormTest)
#include "ParameterFormTest.moc"
