#include "ui/forms/TableField.h"

#include "core/model/Registry.h"
#include "ui/forms/ParameterForm.h"
#include "ui/forms/WheelGuard.h"
#include "ui/look/Icons.h"
#include "ui/look/TableLook.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QScopedValueRollback>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialog>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QTableWidget>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {
namespace {

constexpr int rowHeight = 34;
constexpr int mostRowsShown = 8;
constexpr int narrowest = 64; // a column that cannot be read is no column
constexpr int methodWidth = 156;

bool isNumber(const Parameter& column)
{
    return column.type == Parameter::Type::Integer || column.type == Parameter::Type::Real;
}

/// Values as a person reads them: what was typed and is no number stays as it is.
QString shown(const Json& value)
{
    if (value.is_string()) {
        return QString::fromStdString(value.get<std::string>());
    }
    return value.is_number() ? QLocale().toString(value.get<double>(), 'g', QLocale::FloatingPointShortest)
                             : QString::fromStdString(value.dump());
}

QTableWidgetItem* itemOf(const QString& text)
{
    auto* item = new QTableWidgetItem(text);
    item->setToolTip(text);
    return item;
}

/// Gives controls in cells the whole cell.
class CellDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void updateEditorGeometry(QWidget* editor,
                              const QStyleOptionViewItem& option,
                              const QModelIndex& /*index*/) const override
    {
        editor->setGeometry(option.rect.adjusted(0, 2, -2, -3)); // not over the line between rows
    }
};

/// The form of a method's parameters, over the window.
class ParametersDialog final : public QDialog
{
public:
    ParametersDialog(const MethodDescription& method, const Json& values, QWidget* parent)
        : QDialog(parent)
        , m_form(new ParameterForm)
    {
        constexpr QSize size(460, 520);
        setWindowTitle(sentences::translated("methods", method.title));
        setObjectName(QStringLiteral("memberParameters"));
        auto* meaning = new QLabel(sentences::translated("methods", method.meaning), this);
        meaning->setWordWrap(true);
        meaning->setProperty(look::muted, true);
        m_form->setParameters(method.parameters);
        m_form->setValues(values);
        auto* page = new QWidget;
        auto* rows = new QVBoxLayout(page);
        rows->setContentsMargins(0, 0, space::one, 0);
        rows->addWidget(m_form);
        rows->addStretch(1);
        auto* scroll = new QScrollArea(this);
        scroll->setWidget(page);
        scroll->setWidgetResizable(true);
        scroll->setFrameShape(QFrame::NoFrame);
        scroll->viewport()->setAutoFillBackground(false);
        page->setAutoFillBackground(false);
        auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
        connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
        connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
        connect(m_form, &ParameterForm::changed, this, [this, buttons] {
            buttons->button(QDialogButtonBox::Ok)->setEnabled(m_form->isValid());
        });
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(space::two, space::two, space::two, space::two);
        column->setSpacing(space::oneAndHalf);
        column->addWidget(meaning);
        column->addWidget(scroll, 1);
        column->addWidget(buttons);
        resize(size);
    }

    Json values() const { return m_form->values(); }

private:
    ParameterForm* m_form;
};

const MethodDescription* methodOf(const Json& row)
{
    return findMethod(row.value("name", std::string())).value_or(nullptr);
}

} // namespace

TableField::TableField(const Parameter& table, QWidget* parent)
    : Field(table, parent)
    , m_table(new QTableWidget(this))
    , m_add(new QToolButton(this))
    , m_remove(new QToolButton(this))
    , m_edit(new QToolButton(this))
{
    build();
    connect(m_table, &QTableWidget::cellChanged, this, &TableField::takeText);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &TableField::updateButtons);
    connect(m_table, &QTableWidget::cellDoubleClicked, this, [this](int row, int column) {
        if (holdsMethods() && column == summaryColumn()) {
            editParameters(row);
        }
    });
    connect(m_add, &QToolButton::clicked, this, &TableField::addRow);
    connect(m_remove, &QToolButton::clicked, this, &TableField::removeRow);
    connect(m_edit, &QToolButton::clicked, this, [this] { editParameters(m_table->currentRow()); });
    TableField::setValue(parameter().preset);
    retranslate();
}

void TableField::build()
{
    m_table->setColumnCount(summaryColumn() + (holdsMethods() ? 1 : 0));
    m_table->setItemDelegate(new CellDelegate(m_table));
    makeQuiet(*m_table);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                             QAbstractItemView::AnyKeyPressed | QAbstractItemView::SelectedClicked);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->setDefaultSectionSize(rowHeight);
    m_table->horizontalHeader()->setMinimumSectionSize(narrowest);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->installEventFilter(this);
    new WheelGuard(m_table->viewport());
    const QString name = QString::fromStdString(parameter().name);
    m_add->setObjectName(QStringLiteral("add:") + name);
    m_remove->setObjectName(QStringLiteral("remove:") + name);
    m_edit->setObjectName(QStringLiteral("edit:") + name);
    m_add->setIcon(icon(QStringLiteral("add")));
    m_remove->setIcon(icon(QStringLiteral("remove")));
    m_edit->setIcon(icon(QStringLiteral("edit")));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::half);
    for (QToolButton* button : {m_add, m_remove, m_edit}) {
        button->setProperty(look::quiet, true);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    m_add->setVisible(!isFixed());
    m_remove->setVisible(!isFixed());
    m_edit->setVisible(holdsMethods());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(space::half);
    column->addWidget(m_table);
    column->addLayout(buttons);
}

Result<Json> TableField::completed(const Json& row) const
{
    if (holdsMethods()) {
        return parameter().completeRow(parameter(), row, parameter().name);
    }
    return checkParameters(parameter().columns, row, parameter().name).map([](const Parameters& values) {
        return values.json();
    });
}

std::optional<Json> TableField::value() const
{
    const auto checked = checkParameters({parameter()}, {{parameter().name, m_rows}}, "");
    return checked ? std::optional(checked->table(parameter().name)) : std::nullopt;
}

void TableField::setValue(const Json& value)
{
    if (!value.is_array()) {
        return;
    }
    m_rows = value;
    for (Json& row : m_rows) {
        if (Result<Json> complete = completed(row)) {
            row = std::move(*complete);
        }
    }
    fill();
}

QString TableField::problem() const
{
    const auto checked = checkParameters({parameter()}, {{parameter().name, m_rows}}, "");
    return checked ? QString() : sentences::of(checked.error());
}

QWidget* TableField::focusTarget()
{
    return m_table;
}

void TableField::retranslate()
{
    QStringList titles;
    if (holdsMethods()) {
        titles << tr("Method");
    }
    for (const Parameter& column : parameter().columns) {
        titles << sentences::translated("methods", column.label);
    }
    if (holdsMethods()) {
        titles << tr("Parameters");
    }
    m_table->setHorizontalHeaderLabels(titles);
    for (std::size_t at = 0; at < parameter().columns.size(); ++at) {
        QTableWidgetItem* head = m_table->horizontalHeaderItem(firstColumn() + static_cast<int>(at));
        head->setToolTip(sentences::translated("methods", parameter().columns[at].meaning));
    }
    m_add->setText(tr("Add"));
    m_remove->setText(tr("Remove"));
    m_edit->setText(tr("Parameters …"));
    fill();
}

void TableField::fill()
{
    const int row = m_table->currentRow();
    {
        const QScopedValueRollback filling(m_filling, true);
        m_table->setRowCount(static_cast<int>(m_rows.size()));
        for (int at = 0; at < m_table->rowCount(); ++at) {
            fillRow(at);
        }
        m_table->selectRow(std::clamp(row, 0, std::max(0, m_table->rowCount() - 1)));
    }
    markCells();
    fit();
    updateButtons();
}

void TableField::fillRow(int row)
{
    const Json& values = m_rows[static_cast<std::size_t>(row)];
    if (holdsMethods()) {
        std::vector<std::string> names = parameter().choices;
        for (const MethodDescription& method : methods()) {
            if (parameter().choices.empty()) {
                names.push_back(method.name);
            }
        }
        putChoices(row, 0, names, "name");
        auto* summary = itemOf(summaryOf(values));
        summary->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        m_table->setItem(row, summaryColumn(), summary);
    }
    for (std::size_t at = 0; at < parameter().columns.size(); ++at) {
        fillCell(row, parameter().columns[at], firstColumn() + static_cast<int>(at));
    }
}

void TableField::fillCell(int row, const Parameter& column, int at)
{
    const bool isChosen = column.type == Parameter::Type::Choice ||
                          (column.type == Parameter::Type::Domain && !column.choices.empty());
    if (isChosen) {
        std::vector<std::string> choices = column.choices;
        if (column.type == Parameter::Type::Domain) {
            choices.insert(choices.begin(), ""); // any
        }
        putChoices(row, at, choices, column.name);
        return;
    }
    const Json value = m_rows[static_cast<std::size_t>(row)].value(column.name, Json());
    auto* item = itemOf(column.type == Parameter::Type::Flag ? QString() : shown(value));
    if (column.type == Parameter::Type::Flag) {
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(value == Json(true) ? Qt::Checked : Qt::Unchecked);
    } else if (isNumber(column)) {
        item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        item->setFont(tabularFont(font()));
    }
    m_table->setItem(row, at, item);
}

void TableField::putChoices(int row, int at, const std::vector<std::string>& choices, const std::string& key)
{
    const bool ofMethods = key == "name" && holdsMethods();
    auto* box = new QComboBox;
    box->setObjectName(QStringLiteral("cell:%1:%2").arg(row).arg(QString::fromStdString(key)));
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(4);
    new WheelGuard(box);
    const std::string present = m_rows[static_cast<std::size_t>(row)].value(key, std::string());
    for (const std::string& choice : choices) {
        const auto method = ofMethods ? findMethod(choice) : Result<const MethodDescription*>(nullptr);
        const QString text = choice.empty() ? tr("any", "domain")
                             : method && *method != nullptr
                                 ? sentences::translated("methods", (*method)->title)
                                 : sentences::translated("choices", choice);
        box->addItem(text, QString::fromStdString(choice));
    }
    if (box->findData(QString::fromStdString(present)) < 0) {
        box->addItem(QString::fromStdString(present), QString::fromStdString(present));
    }
    box->setCurrentIndex(box->findData(QString::fromStdString(present)));
    box->setToolTip(box->currentText());
    box->setAccessibleName(at < m_table->columnCount() && m_table->horizontalHeaderItem(at) != nullptr
                               ? m_table->horizontalHeaderItem(at)->text()
                               : QString::fromStdString(key));
    connect(box, &QComboBox::activated, this, [this, box, row, key, ofMethods] {
        const std::string chosen = box->currentData().toString().toStdString();
        ofMethods ? chooseMethod(row, chosen) : take(row, key, chosen);
    });
    if (QWidget* former = m_table->cellWidget(row, at)) {
        former->hide(); // the table deletes it when there is time
    }
    m_table->setCellWidget(row, at, box);
}

/// The cells whose value does not fit are marked.
void TableField::markCells()
{
    const QScopedValueRollback filling(m_filling, true);
    for (int row = 0; row < m_table->rowCount(); ++row) {
        for (std::size_t at = 0; at < parameter().columns.size(); ++at) {
            const Parameter& column = parameter().columns[at];
            QTableWidgetItem* item = m_table->item(row, firstColumn() + static_cast<int>(at));
            if (item == nullptr) {
                continue;
            }
            const Json value = m_rows[static_cast<std::size_t>(row)].value(column.name, Json());
            const bool fits = checkParameters({column}, {{column.name, value}}, "").has_value();
            item->setForeground(fits ? QBrush() : QBrush(tokensOf(this).bad));
        }
    }
}

void TableField::fit()
{
    QHeaderView* header = m_table->horizontalHeader();
    const int last = m_table->columnCount() - 1;
    header->setStretchLastSection(holdsMethods());
    m_table->resizeColumnsToContents();
    if (holdsMethods()) {
        header->resizeSection(0, methodWidth);
    }
    for (int column = firstColumn(); column <= last; ++column) {
        header->resizeSection(column, std::max(narrowest, header->sectionSize(column) + space::one));
    }
    const int rows = std::clamp(m_table->rowCount(), 1, mostRowsShown);
    const bool scrolls = !holdsMethods() && header->length() > m_table->viewport()->width();
    m_table->setFixedHeight(header->sizeHint().height() + rows * rowHeight + 2 * m_table->frameWidth() +
                            (scrolls ? m_table->style()->pixelMetric(QStyle::PM_ScrollBarExtent) : 0));
}

QString TableField::summaryOf(const Json& row) const
{
    const MethodDescription* method = methodOf(row);
    if (method == nullptr) {
        return {};
    }
    QStringList changed;
    for (const Parameter& each : method->parameters) {
        const auto value = row.find(each.name);
        if (value == row.end() || *value == each.preset) {
            continue;
        }
        const QString text = each.type == Parameter::Type::Table
                                 ? tr("%n row(s)", nullptr, static_cast<int>(value->size()))
                                 : shown(*value);
        changed << tr("%1 %2", "a parameter and its value")
                       .arg(sentences::translated("methods", each.label), text);
    }
    return changed.isEmpty() ? tr("defaults") : changed.join(QStringLiteral(" · "));
}

void TableField::takeText(int row, int at)
{
    const int place = at - firstColumn();
    if (m_filling || place < 0 || place >= static_cast<int>(parameter().columns.size())) {
        return;
    }
    const Parameter& column = parameter().columns[static_cast<std::size_t>(place)];
    const QTableWidgetItem* item = m_table->item(row, at);
    Json value = item->text().toStdString();
    if (column.type == Parameter::Type::Flag) {
        value = item->checkState() == Qt::Checked;
    } else if (const auto number = numbers::parse(item->text()); isNumber(column) && number) {
        value = *number;
    }
    take(row, column.name, value);
}

void TableField::take(int row, const std::string& key, const Json& value)
{
    Json& values = m_rows[static_cast<std::size_t>(row)];
    if (values.contains(key) && values[key] == value) {
        return;
    }
    values[key] = value;
    if (Result<Json> complete = completed(values)) {
        values = std::move(*complete);
    }
    markCells();
    Q_EMIT changed();
}

/// The values of the columns stay, the parameters are those of the new method.
void TableField::chooseMethod(int row, const std::string& name)
{
    Json values{{"name", name}};
    for (const Parameter& column : parameter().columns) {
        values[column.name] = m_rows[static_cast<std::size_t>(row)].value(column.name, column.preset);
    }
    Result<Json> complete = completed(values);
    m_rows[static_cast<std::size_t>(row)] = complete ? std::move(*complete) : std::move(values);
    m_table->selectRow(row);
    m_table->item(row, summaryColumn())->setText(summaryOf(m_rows[static_cast<std::size_t>(row)]));
    Q_EMIT changed();
}

void TableField::addRow()
{
    Json row = Json::object();
    if (holdsMethods()) {
        const auto isMember = [this](const std::string& name) {
            return std::ranges::any_of(m_rows,
                                       [&](const Json& each) { return each.value("name", "") == name; });
        };
        // The first method of the list that is not there yet.
        for (const MethodDescription& method : methods()) {
            const bool isAllowed =
                parameter().choices.empty() ||
                std::ranges::find(parameter().choices, method.name) != parameter().choices.end();
            if (isAllowed && method.family != "Controls" && !isMember(method.name)) {
                row["name"] = method.name;
                break;
            }
        }
    }
    if (Result<Json> complete = completed(row)) {
        m_rows.push_back(std::move(*complete));
        fill();
        m_table->selectRow(m_table->rowCount() - 1);
        m_table->scrollToBottom();
        Q_EMIT changed();
    }
}

void TableField::removeRow()
{
    const int row = m_table->currentRow();
    if (row >= 0 && m_remove->isEnabled()) {
        m_rows.erase(static_cast<std::size_t>(row));
        fill();
        Q_EMIT changed();
    }
}

void TableField::editParameters(int row)
{
    const MethodDescription* method = row < 0 ? nullptr : methodOf(m_rows[static_cast<std::size_t>(row)]);
    if (method == nullptr) {
        return;
    }
    auto* dialog = new ParametersDialog(*method, m_rows[static_cast<std::size_t>(row)], window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(this, &QObject::destroyed, dialog, &QDialog::reject);
    connect(dialog, &QDialog::accepted, this, [this, dialog, row, name = method->name] {
        takeParameters(row, name, dialog->values());
    });
    dialog->open();
}

/// The form may have been filled anew while the dialog was open: then the dialog has nothing to say.
void TableField::takeParameters(int row, const std::string& method, const Json& parameters)
{
    if (row >= std::ssize(m_rows) || m_rows[static_cast<std::size_t>(row)].value("name", "") != method) {
        return;
    }
    Json& values = m_rows[static_cast<std::size_t>(row)];
    values.update(parameters);
    const QScopedValueRollback filling(m_filling, true);
    auto* summary = m_table->item(row, summaryColumn());
    summary->setText(summaryOf(values));
    summary->setToolTip(summary->text());
    Q_EMIT changed();
}

void TableField::updateButtons()
{
    const auto count = static_cast<double>(m_rows.size());
    const bool isChosen = m_table->currentRow() >= 0 && !m_rows.empty();
    m_add->setEnabled(count < parameter().high);
    m_remove->setEnabled(isChosen && count > parameter().low);
    m_edit->setEnabled(isChosen);
}

bool TableField::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Delete && !isFixed()) {
            removeRow();
            return true;
        }
        const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (isEnter && holdsMethods()) {
            editParameters(m_table->currentRow());
            return true;
        }
    }
    return Field::eventFilter(watched, event);
}

} // namespace transept::ui
