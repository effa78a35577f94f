#include "ui/data/TargetForm.h"

#include "ui/data/DataWords.h"
#include "ui/look/Theme.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QEvent>
#include <QtCore/QSignalBlocker>
#include <QtGui/QStandardItemModel>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QTableWidget>

#include <set>

namespace transept::ui {

namespace {

constexpr int kNameRowHeight = 28;
constexpr int kMostNamesShown = 6;
enum NameTableColumn { WordColumn, NameColumn, RowsColumn, NameTableColumns };

void choose(QComboBox* box, const QVariant& data)
{
    box->setCurrentIndex(std::max(0, box->findData(data)));
}

QString cell(const QTableWidget* table, int row, int column)
{
    const QTableWidgetItem* item = table->item(row, column);
    return item == nullptr ? QString() : item->text().trimmed();
}

/// Box with a text of one's own; its choices are replaced, its text stays.
void setChoices(QComboBox* box, const QStringList& choices)
{
    const QSignalBlocker quiet(box);
    const QString text = box->currentText();
    QStringList shown;
    for (int at = 0; at < box->count(); ++at) {
        shown.append(box->itemText(at));
    }
    if (shown == choices) {
        return; // somebody may be typing
    }
    box->clear();
    box->addItems(choices);
    box->setEditText(text);
}

} // namespace

TargetForm::TargetForm(QWidget* parent)
    : QWidget(parent)
    , m_rows(new QFormLayout(this))
    , m_target(new QComboBox(this))
    , m_domain(new QComboBox(this))
    , m_names(new QTableWidget(0, NameTableColumns, this))
    , m_domainHint(new QLabel(this))
    , m_platformHint(new QLabel(this))
    , m_platform(new QComboBox(this))
    , m_kind(new QComboBox(this))
    , m_part(new QComboBox(this))
    , m_partOf(new QComboBox(this))
    , m_duplicates(new QComboBox(this))
    , m_prefix(new QLineEdit(this))
    , m_implicit(new QLineEdit(this))
    , m_fromItems(new QCheckBox(this))
    , m_stop(new QCheckBox(this))
{
    setObjectName(QStringLiteral("targetForm"));
    buildLayout();
    retranslate();
    connectFields();
}

QLabel* TargetForm::addRow(const char* name, QWidget* field)
{
    field->setObjectName(QLatin1String(name));
    auto* label = new QLabel(this);
    label->setBuddy(field);
    label->setWordWrap(true);
    if (auto* box = qobject_cast<QComboBox*>(field)) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(10);
    }
    m_rows->addRow(label, field);
    m_labels.push_back(label);
    return label;
}

void TargetForm::buildLayout()
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setHorizontalSpacing(space::oneAndHalf);
    m_rows->setVerticalSpacing(space::one);
    m_rows->setLabelAlignment(Qt::AlignLeft);
    m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (QComboBox* box : {m_domain, m_platform}) {
        box->setEditable(true);
        box->setInsertPolicy(QComboBox::NoInsert);
    }
    m_names->verticalHeader()->hide();
    m_names->verticalHeader()->setDefaultSectionSize(kNameRowHeight);
    m_names->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_names->horizontalHeader()->setTextElideMode(Qt::ElideRight);
    m_names->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_names->setTabKeyNavigation(false);
    addRow("targetBox", m_target);
    for (QLabel* hint : {m_domainHint, m_platformHint}) {
        hint->setProperty(look::small, true);
        hint->setWordWrap(true);
    }
    addRow("domainBox", m_domain);
    m_rows->addRow(QString(), m_domainHint);
    addRow("domainNames", m_names);
    addRow("fromItemsCheck", m_fromItems);
    addRow("platformBox", m_platform);
    m_rows->addRow(QString(), m_platformHint);
    addRow("kindBox", m_kind);
    addRow("partBox", m_part);
    addRow("partOfBox", m_partOf);
    addRow("duplicatesBox", m_duplicates);
    addRow("prefixEdit", m_prefix);
    addRow("implicitEdit", m_implicit);
    m_stop->setObjectName(QStringLiteral("stopCheck"));
    m_rows->addRow(m_stop); // in both columns: the text is long
}

void TargetForm::connectFields()
{
    connect(m_target, &QComboBox::activated, this, &TargetForm::targetChosen);
    for (QComboBox* box : {m_domain, m_platform}) {
        connect(box, &QComboBox::editTextChanged, this, &TargetForm::changed);
    }
    for (QComboBox* box : {m_kind, m_part, m_partOf, m_duplicates}) {
        connect(box, &QComboBox::activated, this, [this] {
            showRows();
            Q_EMIT changed();
        });
    }
    for (QLineEdit* edit : {m_prefix, m_implicit}) {
        connect(edit, &QLineEdit::textEdited, this, &TargetForm::changed);
    }
    for (QCheckBox* check : {m_fromItems, m_stop}) {
        connect(check, &QCheckBox::clicked, this, [this] {
            showRows();
            Q_EMIT changed();
        });
    }
    connect(m_names, &QTableWidget::cellChanged, this, &TargetForm::changed);
}

void TargetForm::fillBoxes()
{
    const std::array<QSignalBlocker, 5> quiet{QSignalBlocker(m_target),
                                              QSignalBlocker(m_kind),
                                              QSignalBlocker(m_part),
                                              QSignalBlocker(m_partOf),
                                              QSignalBlocker(m_duplicates)};
    for (QComboBox* box : {m_target, m_kind, m_part, m_partOf, m_duplicates}) {
        box->clear();
    }
    for (const auto target : {ImportTarget::Interactions,
                              ImportTarget::Items,
                              ImportTarget::Users,
                              ImportTarget::Links,
                              ImportTarget::Negatives}) {
        m_target->addItem(words::target(target), static_cast<int>(target));
    }
    m_kind->addItem(tr("as the file suggests"), -1);
    for (const auto kind : {FeedbackKind::Explicit, FeedbackKind::Implicit}) {
        m_kind->addItem(sentences::of(kind), static_cast<int>(kind));
    }
    m_part->addItem(words::part(0), QString());
    m_part->addItem(words::part(1), QStringLiteral("train"));
    m_part->addItem(words::part(2), QStringLiteral("valid"));
    m_part->addItem(words::part(3), QStringLiteral("test"));
    m_partOf->addItem(tr("as usual for the layout"), -1);
    m_partOf->addItem(tr("the last of a line; those before it are train"), 1);
    m_partOf->addItem(tr("all of a line"), 0);
    for (const auto rule : {Duplicates::Last,
                            Duplicates::First,
                            Duplicates::Mean,
                            Duplicates::Sum,
                            Duplicates::Keep,
                            Duplicates::Reject}) {
        m_duplicates->addItem(words::duplicates(rule), static_cast<int>(rule));
    }
    const ImportOptions& options = m_draft.options;
    choose(m_target, static_cast<int>(m_examination.inspection.target));
    choose(m_kind, options.kind ? static_cast<int>(*options.kind) : -1);
    choose(m_part, QString::fromStdString(options.part));
    choose(m_partOf, options.partOfLastOnly ? int(*options.partOfLastOnly) : -1);
    choose(m_duplicates, static_cast<int>(options.duplicates));
}

void TargetForm::setDraft(const ImportDraft& draft)
{
    const QSignalBlocker quiet(this);
    m_draft = draft;
    m_names->setRowCount(0);
    const ImportOptions& options = draft.options;
    m_domain->setEditText(QString::fromStdString(options.domain));
    m_platform->setEditText(QString::fromStdString(options.platform));
    m_prefix->setText(QString::fromStdString(options.userPrefix));
    m_implicit->setText(options.implicitValue ? numbers::exactly(*options.implicitValue) : QString());
    m_fromItems->setChecked(options.domainFromItems);
    m_stop->setChecked(options.stopAtFirstReject);
    fillBoxes();
}

void TargetForm::setExamination(const Examination& examination)
{
    const QSignalBlocker quiet(this);
    m_examination = examination;
    QStringList domains;
    std::set<QString> platforms;
    for (const Domain& domain : examination.domains) {
        domains.append(QString::fromStdString(domain.name));
        platforms.insert(QString::fromStdString(domain.platformName));
    }
    setChoices(m_domain, domains);
    setChoices(m_platform, QStringList(platforms.begin(), platforms.end()));
    {
        const QSignalBlocker silent(m_target);
        choose(m_target, static_cast<int>(examination.inspection.target));
    }
    m_platform->lineEdit()->setPlaceholderText(examination.platform.empty()
                                                   ? tr("that of the domain")
                                                   : QString::fromStdString(examination.platform));
    showRows();
}

void TargetForm::setDomainWords(const std::vector<ColumnWord>& words)
{
    const QSignalBlocker quiet(m_names);
    std::map<std::string, std::string> given = m_draft.options.domainNames;
    for (int row = 0; row < m_names->rowCount(); ++row) {
        given[cell(m_names, row, WordColumn).toStdString()] = cell(m_names, row, NameColumn).toStdString();
    }
    m_names->setRowCount(static_cast<int>(words.size()));
    for (int row = 0; row < m_names->rowCount(); ++row) {
        const ColumnWord& each = words[static_cast<std::size_t>(row)];
        const auto named = given.find(each.word);
        const std::string& name = named == given.end() ? each.word : named->second;
        auto* word = new QTableWidgetItem(QString::fromStdString(each.word));
        auto* rows = new QTableWidgetItem(numbers::count(each.rows));
        rows->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        for (QTableWidgetItem* fixed : {word, rows}) {
            fixed->setFlags(Qt::ItemIsEnabled);
        }
        m_names->setItem(row, WordColumn, word);
        m_names->setItem(row, NameColumn, new QTableWidgetItem(QString::fromStdString(name)));
        m_names->setItem(row, RowsColumn, rows);
    }
    m_names->setFixedHeight(m_names->horizontalHeader()->sizeHint().height() +
                            kNameRowHeight * std::clamp(m_names->rowCount(), 1, kMostNamesShown) + 2);
}

void TargetForm::setRowShown(QWidget* field, bool shown)
{
    field->setVisible(shown);
    if (QWidget* label = m_rows->labelForField(field)) {
        label->setVisible(shown);
    }
}

void TargetForm::showRows()
{
    showRowsOf(target(), hasRole(m_examination.inspection, Role::Domain));
}

void TargetForm::showRowsOf(ImportTarget target, bool hasDomainColumn)
{
    const Format::Layout layout = m_examination.inspection.format.layout;
    const bool isSequence = layout == Format::Layout::Events || layout == Format::Layout::ItemList;
    const bool isInteractions = target == ImportTarget::Interactions;
    const bool isNegatives = target == ImportTarget::Negatives;
    const bool hasDomain = isInteractions || isNegatives || target == ImportTarget::Items;
    setRowShown(m_domain, hasDomain && !hasDomainColumn && !m_fromItems->isChecked());
    setRowShown(m_domainHint, target == ImportTarget::Items && !hasDomainColumn);
    setRowShown(m_names, hasDomain && hasDomainColumn);
    setRowShown(m_fromItems, isInteractions && !hasDomainColumn);
    setRowShown(m_kind, isInteractions);
    setRowShown(m_part, isInteractions && !hasRole(m_examination.inspection, Role::Part));
    setRowShown(m_partOf, isInteractions && isSequence && !m_part->currentData().toString().isEmpty());
    setRowShown(m_duplicates, isInteractions || isNegatives);
    nameDuplicates(isNegatives);
    setRowShown(m_platform, !isNegatives); // that of the domain, which is there
    setRowShown(m_platformHint, !isNegatives);
    setRowShown(m_prefix, target != ImportTarget::Items);
    setRowShown(m_implicit, isInteractions && hasRole(m_examination.inspection, Role::Value));
}

/// Of negatives it is what an earlier import gave that is repeated, and there are no values.
void TargetForm::nameDuplicates(bool ofNegatives)
{
    auto* label = qobject_cast<QLabel*>(m_rows->labelForField(m_duplicates));
    label->setText(ofNegatives ? tr("Given before") : tr("Repeated pairs"));
    m_duplicates->setAccessibleName(label->text());
    m_duplicates->setToolTip(ofNegatives
                                 ? tr("Which negatives stay where an interaction has some already")
                                 : tr("What becomes of a further interaction of the same user and item"));
    const auto* rules = qobject_cast<QStandardItemModel*>(m_duplicates->model());
    for (const auto rule : {Duplicates::Mean, Duplicates::Sum}) {
        rules->item(m_duplicates->findData(static_cast<int>(rule)))->setEnabled(!ofNegatives);
    }
}

ImportTarget TargetForm::target() const
{
    return static_cast<ImportTarget>(m_target->currentData().toInt());
}

void TargetForm::applyTo(ImportOptions& options) const
{
    options.domain = m_domain->currentText().trimmed().toStdString();
    options.platform = m_platform->currentText().trimmed().toStdString();
    options.domainFromItems = m_fromItems->isVisibleTo(this) && m_fromItems->isChecked();
    options.part = m_part->currentData().toString().toStdString();
    options.userPrefix = m_prefix->text().toStdString();
    options.stopAtFirstReject = m_stop->isChecked();
    options.duplicates = static_cast<Duplicates>(m_duplicates->currentData().toInt());
    options.implicitValue = numbers::parse(m_implicit->text());
    const int kind = m_kind->currentData().toInt();
    options.kind = kind < 0 ? std::nullopt : std::optional(static_cast<FeedbackKind>(kind));
    const int partOf = m_partOf->currentData().toInt();
    options.partOfLastOnly = partOf < 0 ? std::nullopt : std::optional(partOf == 1);
    options.domainNames.clear();
    for (int row = 0; row < m_names->rowCount(); ++row) {
        const QString word = cell(m_names, row, WordColumn);
        const QString name = cell(m_names, row, NameColumn);
        if (!word.isEmpty() && !name.isEmpty()) {
            options.domainNames[word.toStdString()] = name.toStdString();
        }
    }
}

void TargetForm::focusDomain()
{
    (m_domain->isHidden() ? m_target : m_domain)->setFocus();
}

void TargetForm::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void TargetForm::retranslate()
{
    if (m_kind->count() > 0) {
        applyTo(m_draft.options); // the boxes are filled anew
    }
    const std::array<QString, 11> texts{tr("Rows are"),
                                        tr("Domain"),
                                        tr("Domains"),
                                        QString(),
                                        tr("Platform"),
                                        tr("Feedback"),
                                        tr("Given part"),
                                        tr("Part is that of"),
                                        tr("Repeated pairs"),
                                        tr("User prefix"),
                                        tr("Not a rating")};
    for (std::size_t at = 0; at < texts.size(); ++at) {
        m_labels[at]->setText(texts[at]);
        m_labels[at]->buddy()->setAccessibleName(texts[at]);
    }
    m_fromItems->setText(tr("As in the table of items"));
    m_fromItems->setToolTip(tr("Each row goes to the domain of its item, which was imported before"));
    m_fromItems->setAccessibleName(m_fromItems->text());
    m_stop->setText(tr("Import nothing if a row is rejected"));
    m_stop->setAccessibleName(m_stop->text());
    m_domain->lineEdit()->setPlaceholderText(tr("Name of a new or existing domain"));
    m_platform->setToolTip(tr("Domains of one platform share accounts: the same id is the same person there. "
                              "For links between users name both platforms: shop, forum"));
    m_prefix->setPlaceholderText(tr("none"));
    m_prefix->setToolTip(tr("Put before every user id: for files that number their users anew"));
    m_implicit->setPlaceholderText(tr("none"));
    m_implicit->setToolTip(tr("Rows with this value mean \"seen, not rated\" and are skipped: often 0"));
    m_kind->setToolTip(
        tr("Explicit: people said how much they like it. Implicit: what they did. A file with values "
           "is taken for explicit."));
    m_names->setHorizontalHeaderLabels({tr("In the file"), tr("Domain"), tr("Rows")});
    m_domainHint->setText(tr("Texts that several domains share: name them all, with commas between."));
    m_platformHint->setText(tr("On one platform, one user id is one person in all domains."));
    fillBoxes();
    nameDuplicates(target() == ImportTarget::Negatives);
}

} // namespace transept::ui
