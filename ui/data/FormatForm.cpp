#include "ui/data/FormatForm.h"

#include "ui/data/DataWords.h"
#include "ui/look/Theme.h"
#include "ui/text/Sentences.h"

#include <QtCore/QEvent>
#include <QtCore/QSignalBlocker>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>

#include <array>

namespace transept::ui {

namespace {

constexpr std::array<const char*, 6> kDelimiters{",", "\t", ";", "|", " ", "::"};
constexpr std::array<char, 3> kQuotes{'"', '\'', '\0'};
constexpr int kNarrow = 680; ///< pixels
constexpr int kColumns = 14; ///< of the grid

QComboBox* makeBox(const char* name, QLabel* label, QWidget* parent)
{
    auto* box = new QComboBox(parent);
    box->setObjectName(QLatin1String(name));
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(4);
    label->setBuddy(box);
    label->setProperty(look::muted, true);
    return box;
}

void choose(QComboBox* box, const QVariant& data)
{
    box->setCurrentIndex(box->findData(data));
}

} // namespace

FormatForm::FormatForm(QWidget* parent)
    : QWidget(parent)
    , m_presetLabel(new QLabel(this))
    , m_presets(makeBox("presetBox", m_presetLabel, this))
    , m_layoutLabel(new QLabel(this))
    , m_layouts(makeBox("layoutBox", m_layoutLabel, this))
    , m_encodingLabel(new QLabel(this))
    , m_encodings(makeBox("encodingBox", m_encodingLabel, this))
    , m_delimiterLabel(new QLabel(this))
    , m_delimiters(makeBox("delimiterBox", m_delimiterLabel, this))
    , m_quoteLabel(new QLabel(this))
    , m_quotes(makeBox("quoteBox", m_quoteLabel, this))
    , m_header(new QCheckBox(this))
    , m_compressed(new QCheckBox(this))
    , m_repair(new QCheckBox(this))
    , m_grid(new QGridLayout(this))
    , m_checks(new QGridLayout)
{
    setObjectName(QStringLiteral("formatForm"));
    m_header->setObjectName(QStringLiteral("headerCheck"));
    m_compressed->setObjectName(QStringLiteral("compressedCheck"));
    m_repair->setObjectName(QStringLiteral("repairCheck"));
    m_delimiters->setEditable(true);
    m_delimiters->setInsertPolicy(QComboBox::NoInsert);
    std::size_t longest = 0;
    for (const Preset& preset : presets()) {
        longest = std::max(longest, preset.name.size());
    }
    m_presets->setMinimumContentsLength(static_cast<int>(longest));
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(space::oneAndHalf);
    m_grid->setVerticalSpacing(space::half);
    m_checks->setHorizontalSpacing(space::two);
    m_checks->setVerticalSpacing(space::half);
    m_checks->setColumnStretch(3, 1);
    m_checks->addWidget(m_header, 0, 0);
    m_checks->addWidget(m_compressed, 0, 1);
    m_grid->addLayout(m_checks, 4, 0, 1, kColumns);
    arrange(false);
    connect(m_presets, &QComboBox::activated, this, &FormatForm::presetChosen);
    for (QComboBox* box : {m_layouts, m_encodings, m_delimiters, m_quotes}) {
        connect(box, &QComboBox::activated, this, &FormatForm::formatChosen);
    }
    connect(m_delimiters->lineEdit(), &QLineEdit::editingFinished, this, [this] {
        if (format() != m_format) {
            Q_EMIT formatChosen();
        }
    });
    for (QCheckBox* check : {m_header, m_compressed, m_repair}) {
        connect(check, &QCheckBox::clicked, this, &FormatForm::formatChosen);
    }
    retranslate();
}

/// Side by side, or in two rows where that would cut their texts.
void FormatForm::arrange(bool isNarrow)
{
    const std::array<std::pair<QLabel*, QComboBox*>, 5> fields{{{m_presetLabel, m_presets},
                                                                {m_layoutLabel, m_layouts},
                                                                {m_encodingLabel, m_encodings},
                                                                {m_delimiterLabel, m_delimiters},
                                                                {m_quoteLabel, m_quotes}}};
    // Row, column and how many of six columns: the two wide ones above the three small ones.
    constexpr std::array<std::array<int, 3>, 5> narrow{
        {{0, 0, 3}, {0, 3, 3}, {2, 0, 2}, {2, 2, 2}, {2, 4, 2}}};
    constexpr std::array<std::array<int, 3>, 5> wide{
        {{0, 0, 4}, {0, 4, 5}, {0, 9, 2}, {0, 11, 2}, {0, 13, 1}}};
    for (std::size_t at = 0; at < fields.size(); ++at) {
        const auto& [row, column, span] = isNarrow ? narrow[at] : wide[at];
        m_grid->addWidget(fields[at].first, row, column, 1, span);
        m_grid->addWidget(fields[at].second, row + 1, column, 1, span);
    }
    for (int column = 0; column < kColumns; ++column) {
        m_grid->setColumnStretch(column, isNarrow && column >= 6 ? 0 : 1);
    }
    m_checks->removeWidget(m_repair);
    m_checks->addWidget(m_repair, isNarrow ? 1 : 0, isNarrow ? 0 : 2, 1, isNarrow ? 2 : 1);
    m_isNarrow = isNarrow;
}

void FormatForm::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const bool isNarrow = width() < kNarrow;
    if (isNarrow != m_isNarrow) {
        arrange(isNarrow);
    }
}

void FormatForm::setFormat(const Format& format, const std::string& preset, const std::string& detected)
{
    m_format = format;
    m_preset = preset;
    m_detected = detected;
    fillBoxes();
}

void FormatForm::fillBoxes()
{
    const std::array<QSignalBlocker, 5> quiet{QSignalBlocker(m_presets),
                                              QSignalBlocker(m_layouts),
                                              QSignalBlocker(m_encodings),
                                              QSignalBlocker(m_delimiters),
                                              QSignalBlocker(m_quotes)};
    for (QComboBox* box : {m_presets, m_layouts, m_encodings, m_delimiters, m_quotes}) {
        box->clear();
    }
    m_presets->addItem(m_detected.empty() ? tr("none of the known") : QString::fromStdString(m_detected),
                       QString());
    showPresetLabel();
    for (const Preset& preset : presets()) {
        m_presets->addItem(QString::fromStdString(preset.name), QString::fromStdString(preset.name));
        m_presets->setItemData(
            m_presets->count() - 1, sentences::translated("inspect", preset.meaning), Qt::ToolTipRole);
    }
    for (const auto layout : {Format::Layout::Delimited,
                              Format::Layout::Events,
                              Format::Layout::ItemList,
                              Format::Layout::JsonMap,
                              Format::Layout::Negatives}) {
        m_layouts->addItem(words::layout(layout), static_cast<int>(layout));
    }
    for (const auto encoding : {Format::Encoding::Utf8,
                                Format::Encoding::Latin1,
                                Format::Encoding::Utf16Le,
                                Format::Encoding::Utf16Be}) {
        m_encodings->addItem(words::encoding(encoding), static_cast<int>(encoding));
    }
    for (const char* delimiter : kDelimiters) {
        m_delimiters->addItem(words::delimiter(delimiter), QString::fromLatin1(delimiter));
    }
    for (const char quote : kQuotes) {
        m_quotes->addItem(words::quote(quote), int(quote));
    }
    choose(m_presets, QString::fromStdString(m_preset));
    choose(m_layouts, static_cast<int>(m_format.layout));
    choose(m_encodings, static_cast<int>(m_format.encoding));
    choose(m_delimiters, QString::fromStdString(m_format.delimiter));
    m_delimiters->setEditText(words::delimiter(m_format.delimiter));
    choose(m_quotes, int(m_format.quote));
    m_header->setChecked(m_format.header);
    m_compressed->setChecked(m_format.compressed);
    m_repair->setChecked(m_format.repairEntities);
    m_presets->setToolTip(m_presets->currentData(Qt::ToolTipRole).toString());
    m_layouts->setToolTip(m_layouts->currentText()); // which may be cut
    enableParts();
}

void FormatForm::showPresetLabel()
{
    m_presetLabel->setText(m_preset.empty() ? tr("Kind of file (detected)") : tr("Kind of file"));
}

void FormatForm::enableParts()
{
    const bool isDelimited = m_format.layout == Format::Layout::Delimited;
    for (QWidget* part : std::initializer_list<QWidget*>{m_delimiters, m_quotes, m_header, m_repair}) {
        part->setEnabled(isDelimited);
    }
}

Format FormatForm::format() const
{
    Format format = m_format;
    format.layout = static_cast<Format::Layout>(m_layouts->currentData().toInt());
    format.encoding = static_cast<Format::Encoding>(m_encodings->currentData().toInt());
    const QString typed = m_delimiters->currentText();
    const int known = m_delimiters->findText(typed);
    if (known >= 0) {
        format.delimiter = m_delimiters->itemData(known).toString().toStdString();
    } else if (typed.size() == 1 && typed[0].unicode() < 128 && typed != QLatin1String("\"")) {
        format.delimiter = typed.toStdString();
    }
    format.quote = static_cast<char>(m_quotes->currentData().toInt());
    format.header = m_header->isChecked();
    format.compressed = m_compressed->isChecked();
    format.repairEntities = m_repair->isChecked();
    return format;
}

std::string FormatForm::preset() const
{
    return m_presets->currentData().toString().toStdString();
}

void FormatForm::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void FormatForm::retranslate()
{
    m_layoutLabel->setText(tr("Layout"));
    m_encodingLabel->setText(tr("Encoding"));
    m_delimiterLabel->setText(tr("Delimiter"));
    m_quoteLabel->setText(tr("Quote"));
    m_header->setText(tr("First line names the columns"));
    m_compressed->setText(tr("Compressed (gzip)"));
    m_repair->setText(tr("Repair rows cut at HTML entities"));
    m_delimiters->setToolTip(tr("Choose one, or type any other single character"));
    const std::array<std::pair<QLabel*, QComboBox*>, 5> fields{{{m_presetLabel, m_presets},
                                                                {m_layoutLabel, m_layouts},
                                                                {m_encodingLabel, m_encodings},
                                                                {m_delimiterLabel, m_delimiters},
                                                                {m_quoteLabel, m_quotes}}};
    fillBoxes();
    for (const auto& [label, box] : fields) {
        box->setAccessibleName(label->text());
    }
}

} // namespace transept::ui
