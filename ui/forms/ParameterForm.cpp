#include "ui/forms/ParameterForm.h"

#include "ui/forms/MakeField.h"
#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/text/Sentences.h"

#include <QtCore/QEvent>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QToolButton>

#include <algorithm>

namespace transept::ui {
namespace {

enum Column { LabelColumn, FieldColumn, ResetColumn };

enum Line { FieldLine, WideLine, AccessoryLine, HelpLine, LineCount }; // of the grid, for each parameter

constexpr int resetSize = 20;

bool isSame(const Parameter& a, const Parameter& b)
{
    return a.name == b.name && a.type == b.type && a.preset == b.preset && a.low == b.low &&
           a.high == b.high && a.scale == b.scale && a.choices == b.choices && a.label == b.label &&
           a.meaning == b.meaning && a.unit == b.unit && a.onlyWhen == b.onlyWhen && a.check == b.check &&
           a.completeRow == b.completeRow && std::ranges::equal(a.columns, b.columns, isSame);
}

} // namespace

ParameterForm::ParameterForm(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins({});
    m_grid->setHorizontalSpacing(space::one);
    m_grid->setVerticalSpacing(space::half);
    m_grid->setColumnStretch(LabelColumn, 2);
    m_grid->setColumnStretch(FieldColumn, 3);
}

void ParameterForm::setParameters(const std::vector<Parameter>& parameters)
{
    const auto parameterOf = [](const Row& row) -> const Parameter& { return row.field->parameter(); };
    if (std::ranges::equal(m_rows, parameters, isSame, parameterOf)) {
        return; // the fields, and what is being typed into them, stay
    }
    const Json kept = values();
    for (const Row& row : m_rows) {
        delete row.field;
        delete row.label;
        delete row.help;
        delete row.reset;
        delete row.accessory;
    }
    m_rows.clear();
    for (const Parameter& parameter : parameters) {
        addRow(parameter);
        const auto old = kept.find(parameter.name);
        if (old != kept.end() && checkParameters({parameter}, {{parameter.name, *old}}, "")) {
            m_rows.back().field->setValue(*old);
        }
    }
    updateAll();
}

void ParameterForm::addRow(const Parameter& parameter)
{
    const Row row{.field = makeField(parameter, m_dialogs, this),
                  .label = new QLabel(this),
                  .help = new QLabel(this),
                  .reset = new QToolButton(this)};
    const QString name = QString::fromStdString(parameter.name);
    row.field->setObjectName(QStringLiteral("field:") + name);
    row.field->focusTarget()->setObjectName(QStringLiteral("input:") + name);
    row.label->setBuddy(row.field->focusTarget());
    row.label->setWordWrap(true);
    row.help->setWordWrap(true);
    row.help->setContentsMargins(0, 0, 0, space::half); // nearer to its field than to the next
    row.help->setProperty(look::small, true);
    row.help->setObjectName(QStringLiteral("help:") + name);
    row.reset->setProperty(look::quiet, true);
    row.reset->setObjectName(QStringLiteral("reset:") + name);
    row.reset->setIcon(icon(QStringLiteral("undo")));
    row.reset->setFixedSize(resetSize, resetSize); // no higher than a line of help

    const int at = LineCount * static_cast<int>(m_rows.size());
    m_grid->addWidget(row.label, at + FieldLine, LabelColumn, Qt::AlignLeft | Qt::AlignVCenter);
    if (row.field->isWide()) {
        m_grid->addWidget(row.field, at + WideLine, LabelColumn, 1, 3);
    } else {
        m_grid->addWidget(
            row.field, at + FieldLine, FieldColumn, 1, 2); // as wide as the fields of other forms around it
    }
    m_grid->addWidget(row.help, at + HelpLine, LabelColumn, 1, 2);
    m_grid->addWidget(row.reset, at + HelpLine, ResetColumn, Qt::AlignRight | Qt::AlignTop);
    connect(row.field, &Field::changed, this, [this] {
        updateAll();
        Q_EMIT changed();
    });
    connect(row.reset, &QToolButton::clicked, this, [this, field = row.field] {
        field->setValue(field->parameter().preset);
        updateAll();
        Q_EMIT changed();
    });
    m_rows.push_back(row);
}

void ParameterForm::setAccessory(std::string_view parameter, QWidget* accessory)
{
    accessory->setParent(this);
    for (std::size_t at = 0; at < m_rows.size(); ++at) {
        Row& row = m_rows[at];
        if (row.field->parameter().name == parameter) {
            delete std::exchange(row.accessory, accessory);
            m_grid->addWidget(accessory, LineCount * static_cast<int>(at) + AccessoryLine, LabelColumn, 1, 3);
            updateRow(row);
        }
    }
}

bool ParameterForm::isChanged(const Field& field)
{
    const std::optional<Json> value = field.value();
    return !value || *value != field.parameter().preset;
}

bool ParameterForm::matters(const Parameter& parameter) const
{
    const std::string& condition = parameter.onlyWhen; // "fusion=gated,concat"
    const std::size_t equals = condition.find('=');
    if (equals == std::string::npos) {
        return true;
    }
    const std::string name = condition.substr(0, equals);
    for (const Row& row : m_rows) {
        if (row.field->parameter().name != name) {
            continue;
        }
        const Json value = row.field->value().value_or(row.field->parameter().preset);
        const std::string word = value.is_string() ? value.get<std::string>() : value.dump();
        return ("," + condition.substr(equals + 1) + ",").find("," + word + ",") != std::string::npos;
    }
    return true;
}

void ParameterForm::updateRow(const Row& row)
{
    const Parameter& parameter = row.field->parameter();
    const bool shown = matters(parameter);
    const bool differs = isChanged(*row.field);
    const QString label = sentences::translated("methods", parameter.label);
    const QString unit =
        parameter.unit.empty() ? QString() : sentences::translated("methods", parameter.unit);
    const QString named = unit.isEmpty() ? label : tr("%1, %2", "label, unit").arg(label, unit);
    row.label->setText(differs ? tr("%1 •", "a value that differs from its default").arg(named) : named);
    QFont font = this->font();
    font.setBold(differs);
    row.label->setFont(font);
    row.field->focusTarget()->setAccessibleName(named);
    const QString problem = row.field->problem();
    row.help->setText(problem.isEmpty() ? sentences::translated("methods", parameter.meaning) : problem);
    setLook(row.help, look::invalid, !problem.isEmpty());
    setLook(row.field->focusTarget(), look::invalid, !problem.isEmpty());
    row.reset->setToolTip(tr("Back to the default"));
    row.reset->setAccessibleName(tr("%1: back to the default").arg(label));
    QSizePolicy place = row.reset->sizePolicy();
    place.setRetainSizeWhenHidden(shown); // of a row that is shown; a hidden one takes no room
    row.reset->setSizePolicy(place);
    row.label->setVisible(shown);
    row.field->setVisible(shown);
    row.help->setVisible(shown);
    if (row.accessory != nullptr) {
        row.accessory->setVisible(shown);
    }
    row.reset->setVisible(shown && differs);
}

void ParameterForm::updateAll()
{
    for (const Row& row : m_rows) {
        updateRow(row);
    }
}

Json ParameterForm::values() const
{
    Json values = Json::object();
    for (const Row& row : m_rows) {
        values[row.field->parameter().name] = row.field->value().value_or(row.field->parameter().preset);
    }
    return values;
}

void ParameterForm::setValues(const Json& values)
{
    for (const Row& row : m_rows) {
        if (const auto value = values.find(row.field->parameter().name); value != values.end()) {
            // Typing "0.30" must not be overwritten by the equal 0.3.
            if (row.field->value() != std::optional<Json>(*value)) {
                row.field->setValue(*value);
            }
        }
    }
    updateAll();
}

bool ParameterForm::isValid() const
{
    return std::all_of(
        m_rows.begin(), m_rows.end(), [](const Row& row) { return row.field->value().has_value(); });
}

int ParameterForm::changedCount() const
{
    return static_cast<int>(
        std::count_if(m_rows.begin(), m_rows.end(), [](const Row& row) { return isChanged(*row.field); }));
}

void ParameterForm::resetAll()
{
    for (const Row& row : m_rows) {
        row.field->setValue(row.field->parameter().preset);
    }
    updateAll();
    Q_EMIT changed();
}

void ParameterForm::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        for (const Row& row : m_rows) {
            row.field->retranslate();
            row.field->setValue(row.field->value().value_or(row.field->parameter().preset));
        }
        updateAll();
    }
}

} // namespace transept::ui
