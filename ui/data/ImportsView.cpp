#include "ui/data/ImportsView.h"

#include "ui/data/Tables.h"
#include "ui/look/Theme.h"
#include "ui/shell/ActionButton.h"
#include "ui/shell/ElidedLabel.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QEvent>
#include <QtCore/QFileInfo>
#include <QtCore/QSettings>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {

namespace {

constexpr int kWidestColumn = 160;

} // namespace

ImportsView::ImportsView(Session& session, QAction* resume, QAction* exportRejects, QWidget* parent)
    : QFrame(parent)
    , m_imports(new ImportModel(this))
    , m_rejects(new RejectModel(session, this))
    , m_importTable(makeTable(m_imports, QStringLiteral("importTable"), this))
    , m_rejectTable(makeTable(m_rejects, QStringLiteral("rejectTable"), this))
    , m_heading(new ElidedLabel(this))
    , m_reason(new QLabel(this))
    , m_nothing(new QLabel(this))
    , m_below(new QWidget(this))
    , m_halves(new QSplitter(Qt::Vertical, this))
{
    setObjectName(QStringLiteral("importsView"));
    setProperty(look::card, true);
    buildLayout(resume, exportRejects);
    connect(m_rejects, &RejectModel::failed, this, &ImportsView::failed);
    connect(m_importTable->selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            [this](const QModelIndex& current) {
                const ImportRecord* record = m_imports->record(current.row());
                m_chosen = record != nullptr ? std::optional(record->id) : std::nullopt;
                showChosen();
            });
    retranslate();
    showChosen();
}

void ImportsView::buildLayout(QAction* resume, QAction* exportRejects)
{
    m_heading->setProperty(look::heading, true);
    m_reason->setProperty(look::muted, true);
    m_reason->setWordWrap(true);
    m_reason->setObjectName(QStringLiteral("importReason"));
    m_nothing->setProperty(look::muted, true);
    m_nothing->setObjectName(QStringLiteral("noRejects"));

    auto* head = new QHBoxLayout;
    head->setSpacing(space::one);
    head->addWidget(m_heading, 1);
    head->addWidget(new ActionButton(resume, m_below));
    head->addWidget(new ActionButton(exportRejects, m_below));
    auto* rejects = new QVBoxLayout(m_below);
    rejects->setContentsMargins(0, space::half, 0, 0);
    rejects->setSpacing(space::one);
    rejects->addLayout(head);
    rejects->addWidget(m_reason);
    rejects->addWidget(m_rejectTable, 1);
    rejects->addWidget(m_nothing);

    m_halves->setObjectName(QStringLiteral("importSplitter"));
    m_halves->addWidget(m_importTable);
    m_halves->addWidget(m_below);
    m_halves->setChildrenCollapsible(false);
    m_halves->setStretchFactor(0, 1);
    m_halves->setStretchFactor(1, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::oneAndHalf, space::oneAndHalf, space::oneAndHalf, space::half);
    column->addWidget(m_halves);

    constexpr std::array<int, ImportModel::ColumnCount> widths{200, 108, 140, 100, 88, 88, 88, 88, 140};
    for (int at = 0; at < ImportModel::ColumnCount; ++at) {
        m_importTable->setColumnWidth(at, widths[static_cast<std::size_t>(at)]);
    }
    m_rejectTable->setColumnWidth(RejectModel::LineColumn, 64);
    m_rejectTable->setColumnWidth(RejectModel::OffsetColumn, 104);
    m_rejectTable->setColumnWidth(RejectModel::ReasonColumn, 320);
    m_halves->setSizes({200, 200});
}

void ImportsView::setImports(std::vector<ImportRecord> imports, std::map<DomainId, QString> domainNames)
{
    const std::optional<ImportId> chosen = m_chosen;
    m_imports->setImports(std::move(imports), std::move(domainNames));
    widenToContents(m_importTable, kWidestColumn);
    m_chosen = chosen;
    const int row = chosen ? m_imports->rowOf(*chosen) : 0;
    if (row >= 0 && row < m_imports->rowCount()) {
        m_importTable->selectRow(row);
    }
    showChosen();
}

void ImportsView::choose(ImportId import)
{
    m_chosen = import;
    const int row = m_imports->rowOf(import);
    if (row >= 0) {
        m_importTable->selectRow(row);
        m_importTable->scrollTo(m_imports->index(row, 0));
    }
    showChosen();
}

const ImportRecord* ImportsView::chosen() const
{
    return m_chosen ? m_imports->record(m_imports->rowOf(*m_chosen)) : nullptr;
}

void ImportsView::showChosen()
{
    const ImportRecord* record = chosen();
    const bool hasRejects = record != nullptr && record->rejected > 0;
    m_rejects->show(hasRejects ? std::optional(record->id) : std::nullopt);
    m_rejectTable->setVisible(hasRejects);
    m_nothing->setVisible(!hasRejects);
    m_heading->setText(
        record == nullptr
            ? tr("Rejected rows")
            : tr("Rejected rows of %1").arg(QFileInfo(QString::fromStdString(record->file)).fileName()));
    m_nothing->setText(record == nullptr ? tr("Choose an import to see what it rejected.")
                                         : tr("No row of this file was rejected."));
    const bool hasReason = record != nullptr && !record->reason.empty();
    m_reason->setText(hasReason ? sentences::translated("errors", record->reason) : QString());
    m_reason->setVisible(hasReason);
    m_below->setMaximumHeight(hasRejects ? QWIDGETSIZE_MAX : m_below->sizeHint().height());
    Q_EMIT chosenChanged();
}

void ImportsView::saveState(QSettings& settings) const
{
    settings.setValue(QStringLiteral("importColumns"), m_importTable->horizontalHeader()->saveState());
    settings.setValue(QStringLiteral("rejectColumns"), m_rejectTable->horizontalHeader()->saveState());
    settings.setValue(QStringLiteral("importHalves"), m_halves->saveState());
}

void ImportsView::restoreState(QSettings& settings)
{
    m_importTable->horizontalHeader()->restoreState(
        settings.value(QStringLiteral("importColumns")).toByteArray());
    m_rejectTable->horizontalHeader()->restoreState(
        settings.value(QStringLiteral("rejectColumns")).toByteArray());
    m_halves->restoreState(settings.value(QStringLiteral("importHalves")).toByteArray());
}

void ImportsView::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        showChosen();
    }
}

void ImportsView::retranslate()
{
    m_importTable->setAccessibleName(tr("Imports"));
    m_rejectTable->setAccessibleName(tr("Rejected rows"));
}

} // namespace transept::ui
