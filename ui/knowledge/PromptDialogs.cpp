#include "ui/knowledge/PromptDialogs.h"

#include "core/knowledge/PromptLibrary.h"
#include "core/text/TextDiff.h"
#include "ui/knowledge/PromptBar.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/text/Sentences.h"

#include <QtCore/QEvent>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTextEdit>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {
namespace {

constexpr int dialogWidth = 420;
constexpr QSize changesSize(640, 420);

} // namespace

SavePromptDialog::SavePromptDialog(Session& session, PromptSubject about, std::string text, QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_about(about)
    , m_text(std::move(text))
    , m_name(new QLineEdit)
    , m_note(new QLabel)
    , m_save(nullptr)
{
    setWindowTitle(tr("Save prompt"));
    setMinimumWidth(dialogWidth);
    m_name->setObjectName(QStringLiteral("promptName"));
    m_note->setObjectName(QStringLiteral("promptNote"));
    m_note->setProperty(look::small, true);
    m_note->setWordWrap(true);
    auto* label = new QLabel(tr("Name"));
    label->setBuddy(m_name);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    m_save = buttons->button(QDialogButtonBox::Save);
    m_save->setObjectName(QStringLiteral("savePrompt"));
    auto* column = new QVBoxLayout(this);
    column->addWidget(label);
    column->addWidget(m_name);
    column->addWidget(m_note);
    column->addStretch(1);
    column->addWidget(buttons);
    connect(m_name, &QLineEdit::textChanged, this, &SavePromptDialog::tell);
    connect(buttons, &QDialogButtonBox::accepted, this, &SavePromptDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void SavePromptDialog::propose(const QString& name, const std::vector<PromptTemplate>& present)
{
    m_present = present;
    m_name->setText(name);
    m_name->selectAll();
    tell();
}

void SavePromptDialog::tell()
{
    const QString name = m_name->text().trimmed();
    const auto newest = std::ranges::find(m_present, name.toStdString(), &PromptTemplate::name);
    setLook(m_note, look::invalid, false);
    m_note->setText(name.isEmpty() ? tr("Extractions are told by this name where their prompt came from.")
                    : newest == m_present.end()
                        ? tr("A new prompt, version 1.")
                        : tr("Becomes version %1; those before it stay.").arg(newest->version + 1));
    m_save->setEnabled(!name.isEmpty());
}

void SavePromptDialog::save()
{
    m_save->setEnabled(false);
    m_session.writeAnd<PromptTemplate>(
        this,
        [name = m_name->text().trimmed().toStdString(), about = m_about, text = m_text](
            const Workspace& workspace) { return savePrompt(workspace, name, about, text); },
        [this](const Result<PromptTemplate>& prompt) {
            if (prompt) {
                Q_EMIT saved(*prompt);
                accept();
                return;
            }
            m_note->setText(sentences::of(prompt.error()));
            setLook(m_note, look::invalid, true);
            m_save->setEnabled(true);
        });
}

PromptChangesDialog::PromptChangesDialog(std::vector<PromptTemplate> prompts,
                                         const std::string& since,
                                         std::string text,
                                         QWidget* parent)
    : QDialog(parent)
    , m_prompts(std::move(prompts))
    , m_text(std::move(text))
    , m_since(new QComboBox)
    , m_changes(new QTextEdit)
{
    setWindowTitle(tr("Changes of the prompt"));
    resize(changesSize);
    m_since->setObjectName(QStringLiteral("changesSince"));
    m_since->setAccessibleName(tr("Since which saved prompt"));
    m_changes->setObjectName(QStringLiteral("promptChanges"));
    m_changes->setAccessibleName(tr("What was taken out and what was put in"));
    m_changes->setReadOnly(true);
    for (const PromptTemplate& prompt : m_prompts) {
        m_since->addItem(tr("Since %1", "a saved prompt").arg(promptTitle(prompt)));
    }
    const auto base = std::ranges::find(m_prompts, since, &PromptTemplate::reference);
    m_since->setCurrentIndex(base != m_prompts.end() ? static_cast<int>(base - m_prompts.begin()) : 0);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_since);
    column->addWidget(m_changes, 1);
    column->addWidget(buttons);
    connect(m_since, &QComboBox::currentIndexChanged, this, &PromptChangesDialog::show);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    show();
}

void PromptChangesDialog::show()
{
    const Tokens& tokens = tokensOf(this);
    const PromptTemplate& base = m_prompts[static_cast<std::size_t>(m_since->currentIndex())];
    m_changes->clear();
    QTextCursor cursor(m_changes->document());
    for (const TextChange& change : textDiff(base.text, m_text)) {
        QTextCharFormat look;
        look.setForeground(tokens.text);
        if (change.kind == TextChange::Kind::Removed) {
            look.setBackground(tokens.badSoft);
            look.setFontStrikeOut(true);
        } else if (change.kind == TextChange::Kind::Added) {
            look.setBackground(tokens.goodSoft);
            look.setFontUnderline(true);
        }
        cursor.insertText(QString::fromStdString(change.text), look);
    }
}

void PromptChangesDialog::changeEvent(QEvent* event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        show();
    }
}

} // namespace transept::ui
