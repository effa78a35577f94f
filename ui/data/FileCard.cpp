#include "ui/data/FileCard.h"

#include "ui/data/DataWords.h"
#include "ui/data/FormatForm.h"
#include "ui/data/PreviewTable.h"
#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
#include "ui/shell/ElidedLabel.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {

namespace {

constexpr int kRoomForAll = 520; ///< pixels; in a lower card the format folds

/// The delimiter is an argument by its name for the command line, a count by its digits.
QString sentenceOf(const Evidence& evidence)
{
    std::vector<std::string> arguments = evidence.arguments;
    if (evidence.part == "delimiter" && !arguments.empty()) {
        const Result<Format> format = formatFrom({{"delimiter", arguments.front()}}, {}, "format");
        arguments.front() = format ? words::delimiter(format->delimiter).toStdString() : arguments.front();
    }
    for (std::string& argument : arguments) {
        bool isCount = false;
        const qlonglong count = QString::fromStdString(argument).toLongLong(&isCount);
        argument = isCount ? numbers::count(count).toStdString() : argument;
    }
    return sentences::translated("inspect", evidence.sentence, arguments);
}

} // namespace

FileCard::FileCard(QWidget* parent)
    : QFrame(parent)
    , m_file(new ElidedLabel(this))
    , m_size(new QLabel(this))
    , m_fold(new QToolButton(this))
    , m_summary(new ElidedLabel(this))
    , m_format(new FormatForm(this))
    , m_evidence(new QLabel(this))
    , m_preview(new PreviewTable(this))
    , m_rowsShown(new QLabel(this))
    , m_nothing(new QLabel(this))
{
    setProperty(look::card, true);
    buildLayout();
    connect(m_fold, &QToolButton::clicked, this, [this] {
        m_wantsFolded = !m_isFolded;
        fold(*m_wantsFolded);
    });
    retranslate();
    fold(false);
}

void FileCard::buildLayout()
{
    m_file->setObjectName(QStringLiteral("importFile"));
    m_file->setProperty(look::heading, true);
    m_size->setProperty(look::muted, true);
    m_fold->setObjectName(QStringLiteral("foldFormatButton"));
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_summary->setObjectName(QStringLiteral("formatSummary"));
    m_summary->setProperty(look::muted, true);
    m_evidence->setObjectName(QStringLiteral("importEvidence"));
    m_evidence->setProperty(look::small, true);
    m_evidence->setWordWrap(true);
    m_rowsShown->setProperty(look::muted, true);
    m_nothing->setProperty(look::muted, true);
    m_nothing->setAlignment(Qt::AlignCenter);

    auto* head = new QHBoxLayout;
    head->setSpacing(space::two);
    head->addWidget(m_file, 1);
    head->addWidget(m_size);
    head->addWidget(m_fold);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::two, space::oneAndHalf, space::two, space::one);
    column->setSpacing(space::one);
    column->addLayout(head);
    column->addWidget(m_summary);
    column->addWidget(m_format);
    column->addWidget(m_evidence);
    column->addWidget(m_preview, 1);
    column->addWidget(m_rowsShown);
    column->addWidget(m_nothing, 1);
}

void FileCard::setFile(const QString& name, const QString& path)
{
    m_preview->setInspection({});
    for (QLabel* label :
         std::initializer_list<QLabel*>{m_evidence, m_rowsShown, m_size, m_nothing, m_summary}) {
        label->clear();
    }
    m_file->setText(name);
    m_file->setToolTip(path);
}

void FileCard::show(const Examination& examination, const ImportDraft& draft)
{
    const Inspection& inspection = examination.inspection;
    m_isReadable = true;
    m_size->setText(numbers::bytes(static_cast<double>(inspection.bytes)));
    m_format->setFormat(inspection.format, draft.preset, examination.detectedPreset);
    QStringList reasons;
    for (const Evidence& each : inspection.evidence) {
        reasons.append(sentenceOf(each));
    }
    m_evidence->setText(sentences::paragraph(reasons));
    showSummary(inspection, draft.preset.empty() ? examination.detectedPreset : draft.preset);
    m_preview->setInspection(inspection);
    const int rows = static_cast<int>(inspection.rows.size());
    m_rowsShown->setText(inspection.wholeFile ? tr("All %n row(s) of the file", nullptr, rows)
                                              : tr("The first %n row(s) of the file", nullptr, rows));
    showParts();
}

void FileCard::showSummary(const Inspection& inspection, const std::string& preset)
{
    const Format& format = inspection.format;
    QStringList parts;
    if (!preset.empty()) {
        parts.append(QString::fromStdString(preset));
    }
    parts.append(words::layout(format.layout));
    if (format.layout == Format::Layout::Delimited) {
        parts.append(words::delimiter(format.delimiter));
    }
    parts.append(words::encoding(format.encoding));
    m_summary->setText(parts.join(QStringLiteral(" · ")));
}

void FileCard::showUnreadable()
{
    m_isReadable = false;
    m_nothing->setText(tr("Nothing of this file can be shown."));
    showParts();
}

void FileCard::showParts()
{
    for (QWidget* part : std::initializer_list<QWidget*>{m_size, m_fold, m_preview, m_rowsShown}) {
        part->setVisible(m_isReadable);
    }
    m_summary->setVisible(m_isReadable && m_isFolded);
    m_format->setVisible(m_isReadable && !m_isFolded);
    m_evidence->setVisible(m_isReadable && !m_isFolded);
    m_nothing->setVisible(!m_isReadable);
}

void FileCard::fold(bool folded)
{
    m_isFolded = folded;
    m_fold->setIcon(icon(folded ? QStringLiteral("chevron-down") : QStringLiteral("chevron-up")));
    m_fold->setAccessibleDescription(folded ? tr("folded") : tr("unfolded"));
    showParts();
}

void FileCard::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    const bool folded = m_wantsFolded.value_or(height() < kRoomForAll);
    if (folded != m_isFolded) {
        fold(folded);
    }
}

void FileCard::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void FileCard::retranslate()
{
    m_fold->setText(tr("Format"));
    m_fold->setToolTip(tr("Show or fold how the file is read"));
    m_fold->setAccessibleName(m_fold->toolTip());
    m_preview->setAccessibleName(tr("First rows of the file"));
    fold(m_isFolded);
}

} // namespace transept::ui
