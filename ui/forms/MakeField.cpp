#include "ui/forms/MakeField.h"

#include "ui/forms/FileField.h"
#include "ui/forms/TableField.h"
#include "ui/forms/WheelGuard.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QSlider>

#include <cmath>

namespace transept::ui {
namespace {

constexpr int sliderSteps = 200;
constexpr int numberWidth = 84;
constexpr double widestSlider = 1e5; // a slider over more (linear) values says nothing

/// A number: a slider where the range is small enough to be felt, and a line to type in.
class NumberField final : public Field
{
public:
    NumberField(const Parameter& parameter, QWidget* parent)
        : Field(parameter, parent)
        , m_line(new QLineEdit(this))
    {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins({});
        row->setSpacing(space::one);
        const bool isLog = parameter.scale == Parameter::Scale::Log && parameter.low > 0.0;
        if (isLog || parameter.high - parameter.low <= widestSlider) {
            m_slider = new QSlider(Qt::Horizontal, this);
            m_slider->setRange(0, steps());
            m_slider->setAccessibleName(sentences::translated("methods", parameter.label));
            new WheelGuard(m_slider);
            row->addWidget(m_slider, 1);
            connect(m_slider, &QSlider::valueChanged, this, [this](int step) { takeFromSlider(step); });
        } else {
            row->addStretch(1);
        }
        m_line->setFixedWidth(numberWidth);
        m_line->setAlignment(Qt::AlignRight);
        m_line->setFont(tabularFont(font()));
        row->addWidget(m_line);
        connect(m_line, &QLineEdit::textEdited, this, [this] { takeFromLine(); });
        NumberField::setValue(parameter.preset);
    }

    std::optional<Json> value() const override
    {
        const std::optional<double> number = numbers::parse(m_line->text());
        if (!number || *number < parameter().low || *number > parameter().high) {
            return std::nullopt;
        }
        if (!isInteger()) {
            return Json(*number);
        }
        return *number == std::floor(*number) ? std::optional<Json>(static_cast<std::int64_t>(*number))
                                              : std::nullopt;
    }

    void setValue(const Json& value) override
    {
        if (value.is_number()) {
            show(value.get<double>());
            moveSlider(value.get<double>());
        }
    }

    QString problem() const override
    {
        if (value()) {
            return {};
        }
        const QString low = numbers::real(parameter().low);
        const QString high = numbers::real(parameter().high);
        return isInteger() ? QObject::tr("A whole number between %1 and %2 is needed here.").arg(low, high)
                           : QObject::tr("A number between %1 and %2 is needed here.").arg(low, high);
    }

    QWidget* focusTarget() override { return m_line; }

private:
    bool isInteger() const { return parameter().type == Parameter::Type::Integer; }
    bool isLogarithmic() const { return parameter().scale == Parameter::Scale::Log && parameter().low > 0.0; }

    int steps() const
    {
        const double width = parameter().high - parameter().low;
        return isInteger() && !isLogarithmic() && width <= sliderSteps ? static_cast<int>(width)
                                                                       : sliderSteps;
    }

    double valueAt(int step) const
    {
        const double fraction = static_cast<double>(step) / steps();
        const double low = parameter().low;
        const double high = parameter().high;
        const double value =
            isLogarithmic() ? low * std::pow(high / low, fraction) : low + fraction * (high - low);
        if (isInteger()) {
            return std::round(value);
        }
        // Two significant digits: what a hand on a slider can mean.
        return std::clamp(QString::number(value, 'g', 2).toDouble(), low, high);
    }

    void show(double value)
    {
        m_line->setText(isInteger() ? locale().toString(static_cast<qlonglong>(value))
                                    : locale().toString(value, 'g', QLocale::FloatingPointShortest));
    }

    void moveSlider(double value)
    {
        if (m_slider == nullptr) {
            return;
        }
        const double low = parameter().low;
        const double high = parameter().high;
        const double bounded = std::clamp(value, low, high);
        const double fraction = isLogarithmic() ? std::log(bounded / low) / std::log(high / low)
                                                : (bounded - low) / std::max(high - low, 1e-300);
        const QSignalBlocker quiet(m_slider);
        m_slider->setValue(static_cast<int>(std::lround(fraction * steps())));
    }

    void takeFromSlider(int step)
    {
        show(valueAt(step));
        Q_EMIT changed();
    }

    void takeFromLine()
    {
        if (const auto typed = value()) {
            moveSlider(typed->get<double>());
        }
        Q_EMIT changed();
    }

    QLineEdit* m_line;
    QSlider* m_slider = nullptr;
};

class ChoiceField final : public Field
{
public:
    ChoiceField(const Parameter& parameter, QWidget* parent)
        : Field(parameter, parent)
        , m_choices(new QComboBox(this))
    {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins({});
        row->addWidget(m_choices);
        for (const std::string& choice : parameter.choices) {
            m_choices->addItem(QString(), QVariant(QString::fromStdString(choice)));
        }
        new WheelGuard(m_choices);
        retranslate();
        ChoiceField::setValue(parameter.preset);
        connect(m_choices, &QComboBox::currentIndexChanged, this, &Field::changed);
    }

    std::optional<Json> value() const override
    {
        return Json(m_choices->currentData().toString().toStdString());
    }

    void setValue(const Json& value) override
    {
        if (value.is_string()) {
            const QSignalBlocker quiet(m_choices);
            m_choices->setCurrentIndex(m_choices->findData(QString::fromStdString(value.get<std::string>())));
        }
    }

    void retranslate() override
    {
        for (int at = 0; at < m_choices->count(); ++at) {
            m_choices->setItemText(
                at, sentences::translated("choices", m_choices->itemData(at).toString().toStdString()));
        }
    }

    QWidget* focusTarget() override { return m_choices; }

private:
    QComboBox* m_choices;
};

class FlagField final : public Field
{
public:
    FlagField(const Parameter& parameter, QWidget* parent)
        : Field(parameter, parent)
        , m_box(new QCheckBox(this))
    {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins({});
        row->addWidget(m_box);
        row->addStretch(1);
        FlagField::setValue(parameter.preset);
        connect(m_box, &QCheckBox::toggled, this, &Field::changed);
    }

    std::optional<Json> value() const override { return Json(m_box->isChecked()); }

    void setValue(const Json& value) override
    {
        if (value.is_boolean()) {
            const QSignalBlocker quiet(m_box);
            m_box->setChecked(value.get<bool>());
        }
    }

    QWidget* focusTarget() override { return m_box; }

private:
    QCheckBox* m_box;
};

class TextField final : public Field
{
public:
    TextField(const Parameter& parameter, QWidget* parent) : Field(parameter, parent)
    {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins({});
        const bool isLong = parameter.preset.is_string() &&
                            parameter.preset.get<std::string>().find('\n') != std::string::npos;
        if (isLong) {
            m_long = new QPlainTextEdit(this);
            m_long->setTabChangesFocus(true);
            m_long->setMinimumHeight(fontMetrics().lineSpacing() * 6);
            row->addWidget(m_long);
            connect(m_long, &QPlainTextEdit::textChanged, this, &Field::changed);
        } else {
            m_line = new QLineEdit(this);
            row->addWidget(m_line);
            connect(m_line, &QLineEdit::textEdited, this, &Field::changed);
        }
        TextField::setValue(parameter.preset);
    }

    std::optional<Json> value() const override
    {
        return check() ? std::optional(Json(typed())) : std::nullopt;
    }

    QString problem() const override
    {
        const Status fits = check();
        return fits ? QString() : sentences::of(fits.error());
    }

    void setValue(const Json& value) override
    {
        if (!value.is_string()) {
            return;
        }
        const QString text = QString::fromStdString(value.get<std::string>());
        if (m_line != nullptr) {
            m_line->setText(text);
        } else if (m_long->toPlainText() != text) {
            const QSignalBlocker quiet(m_long);
            m_long->setPlainText(text);
        }
    }

    QWidget* focusTarget() override
    {
        return m_long != nullptr ? static_cast<QWidget*>(m_long) : static_cast<QWidget*>(m_line);
    }

private:
    std::string typed() const
    {
        return (m_long != nullptr ? m_long->toPlainText() : m_line->text()).toStdString();
    }
    Status check() const { return parameter().check == nullptr ? Status() : parameter().check(typed()); }

    QLineEdit* m_line = nullptr;
    QPlainTextEdit* m_long = nullptr;
};

} // namespace

Field* makeField(const Parameter& parameter, const FileDialogs& dialogs, QWidget* parent)
{
    switch (parameter.type) {
    case Parameter::Type::Integer:
    case Parameter::Type::Real:
        return new NumberField(parameter, parent);
    case Parameter::Type::Choice:
        return new ChoiceField(parameter, parent);
    case Parameter::Type::Flag:
        return new FlagField(parameter, parent);
    case Parameter::Type::Text:
    case Parameter::Type::Domain:
        return new TextField(parameter, parent);
    case Parameter::Type::File:
        return new FileField(parameter, dialogs, parent);
    case Parameter::Type::Table:
        return new TableField(parameter, parent);
    }
    Q_UNREACHABLE();
}

} // namespace transept::ui
