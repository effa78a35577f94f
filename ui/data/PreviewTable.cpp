#include "ui/data/PreviewTable.h"

#include "ui/data/DataWords.h"
#include "ui/data/Tables.h"
#include "ui/look/TableLook.h"
#include "ui/look/Theme.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QComboBox>

#include <array>

namespace transept::ui {

namespace {

constexpr int kBoxHeight = 26;
constexpr int kNameHeight = 26;
constexpr int kRowHeight = 26;
constexpr int kNarrowest = 124;
constexpr int kWidest = 320;
constexpr qsizetype kLongestCell = 300; ///< characters; texts of reviews are longer than anybody reads here

QString typeWord(const std::string& type)
{
    if (type == "text") {
        return PreviewModel::tr("text");
    }
    if (type == "integer") {
        return PreviewModel::tr("whole numbers");
    }
    if (type == "real") {
        return PreviewModel::tr("numbers");
    }
    if (type == "time") {
        return PreviewModel::tr("times");
    }
    return type == "list" ? PreviewModel::tr("lists") : QString::fromStdString(type);
}

} // namespace

void PreviewModel::setInspection(Inspection inspection)
{
    beginResetModel();
    m_inspection = std::move(inspection);
    endResetModel();
}

int PreviewModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_inspection.rows.size());
}

int PreviewModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_inspection.columns.size());
}

QVariant PreviewModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto column = static_cast<std::size_t>(index.column());
    const ColumnGuess& guess = m_inspection.columns[column];
    const std::vector<std::string>& fields = m_inspection.rows[static_cast<std::size_t>(index.row())].fields;
    switch (role) {
    case Qt::DisplayRole:
        if (column >= fields.size()) {
            return numbers::missing();
        }
        return QString::fromStdString(fields[column]).left(kLongestCell).simplified();
    case Qt::ToolTipRole:
        return column < fields.size() && fields[column].size() > 40
                   ? QVariant(QString::fromStdString(fields[column]).left(kLongestCell * 4))
                   : QVariant();
    case Qt::ForegroundRole:
        return guess.role == Role::Ignore ? QVariant(currentTokens().disabledText) : QVariant();
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter |
                   (guess.type == "integer" || guess.type == "real" ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

QVariant PreviewModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical) {
        const auto row = static_cast<std::size_t>(section);
        return role == Qt::DisplayRole && row < m_inspection.rows.size()
                   ? QVariant(QLocale().toString(qlonglong(m_inspection.rows[row].line)))
                   : QVariant();
    }
    const auto column = static_cast<std::size_t>(section);
    if (column >= m_inspection.columns.size()) {
        return {};
    }
    const ColumnGuess& guess = m_inspection.columns[column];
    if (role == Qt::DisplayRole) {
        return QString::fromStdString(guess.name);
    }
    if (role == Qt::ToolTipRole) {
        return tr("%1: %2. %3")
            .arg(QString::fromStdString(guess.name),
                 typeWord(guess.type),
                 sentences::translated("inspect", guess.evidence, guess.evidenceArguments));
    }
    return {};
}

RoleHeader::RoleHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent)
{
    setObjectName(QStringLiteral("roleHeader"));
    setMinimumSectionSize(kNarrowest);
    setHighlightSections(false);
    setSectionsMovable(false);
    connect(this, &QHeaderView::sectionResized, this, &RoleHeader::place);
}

QSize RoleHeader::sizeHint() const
{
    QSize size = QHeaderView::sizeHint();
    size.setHeight(kNameHeight + kBoxHeight + space::one);
    return size;
}

void RoleHeader::fill(QComboBox* box, Role role) const
{
    const QSignalBlocker quiet(box);
    box->clear();
    for (const Role each : allRoles()) {
        box->addItem(words::role(each), static_cast<int>(each));
    }
    box->setCurrentIndex(box->findData(static_cast<int>(role)));
}

QComboBox* RoleHeader::makeBox(int section)
{
    auto* box = new QComboBox(viewport());
    box->setObjectName(QStringLiteral("role%1").arg(section + 1));
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    connect(box, &QComboBox::activated, this, &RoleHeader::roleChosen);
    box->show();
    return box;
}

void RoleHeader::setRoles(const std::vector<Role>& roles)
{
    while (m_boxes.size() > roles.size()) {
        m_boxes.back()->deleteLater();
        m_boxes.back()->hide();
        m_boxes.pop_back();
    }
    while (m_boxes.size() < roles.size()) {
        QComboBox* box = makeBox(static_cast<int>(m_boxes.size()));
        setTabOrder(m_boxes.empty() ? parentWidget() : m_boxes.back(), box);
        m_boxes.push_back(box);
    }
    for (std::size_t at = 0; at < roles.size(); ++at) {
        fill(m_boxes[at], roles[at]);
        const QString name = model() == nullptr
                                 ? QString()
                                 : model()->headerData(static_cast<int>(at), Qt::Horizontal).toString();
        m_boxes[at]->setAccessibleName(tr("Role of the column %1").arg(name));
    }
    place();
}

std::vector<Role> RoleHeader::roles() const
{
    std::vector<Role> roles;
    for (const QComboBox* box : m_boxes) {
        roles.push_back(static_cast<Role>(box->currentData().toInt()));
    }
    return roles;
}

void RoleHeader::place()
{
    for (std::size_t at = 0; at < m_boxes.size(); ++at) {
        const int section = static_cast<int>(at);
        if (section < count()) {
            m_boxes[at]->setGeometry(sectionViewportPosition(section) + space::half,
                                     kNameHeight,
                                     sectionSize(section) - space::one,
                                     kBoxHeight);
        }
    }
}

void RoleHeader::paintSection(QPainter* painter, const QRect& rect, int section) const
{
    const Tokens& tokens = tokensOf(this);
    painter->fillRect(rect, tokens.surface);
    painter->setPen(tokens.border);
    painter->drawLine(rect.bottomLeft(), rect.bottomRight());
    const QRect name = rect.adjusted(space::one, 0, -space::one, kNameHeight - rect.height());
    painter->setPen(tokens.text);
    const QString text = model()->headerData(section, Qt::Horizontal).toString();
    painter->drawText(name,
                      Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(text, Qt::ElideRight, name.width()));
}

void RoleHeader::updateGeometries()
{
    QHeaderView::updateGeometries();
    place();
}

bool RoleHeader::viewportEvent(QEvent* event)
{
    const bool handled = QHeaderView::viewportEvent(event);
    if (event->type() == QEvent::Paint || event->type() == QEvent::Resize) {
        place(); // follows scrolling, for which a header has no signal
    }
    return handled;
}

void RoleHeader::changeEvent(QEvent* event)
{
    QHeaderView::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        setRoles(roles());
    }
}

PreviewTable::PreviewTable(QWidget* parent)
    : QTableView(parent)
    , m_model(new PreviewModel(this))
    , m_header(new RoleHeader(this))
{
    setObjectName(QStringLiteral("previewTable"));
    setHorizontalHeader(m_header);
    setModel(m_model);
    setFont(tabularFont(font()));
    makeQuiet(*this);
    setSelectionMode(QAbstractItemView::NoSelection);
    setVerticalHeader(new RowNumbers(this, kRowHeight));
    connect(m_header, &RoleHeader::roleChosen, this, &PreviewTable::roleChosen);
}

void PreviewTable::setInspection(const Inspection& inspection)
{
    const bool sameColumns = m_model->columnCount() == static_cast<int>(inspection.columns.size());
    m_model->setInspection(inspection);
    std::vector<Role> roles;
    for (const ColumnGuess& column : inspection.columns) {
        roles.push_back(column.role);
    }
    m_header->setRoles(roles);
    if (!sameColumns) {
        resizeColumnsToContents();
        for (int at = 0; at < m_model->columnCount(); ++at) {
            setColumnWidth(at, std::clamp(columnWidth(at), kNarrowest, kWidest));
        }
    }
}

} // namespace transept::ui
