#include "ui/knowledge/PromptBar.h"

#include "ui/knowledge/PromptDialogs.h"
#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/text/Sentences.h"

#include <QtCore/QEvent>
#include <QtCore/QSignalBlocker>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QToolButton>

namespace transept::ui {
namespace {

QToolButton* quietButton(const QString& name, const QString& iconName)
{
    auto* button = new QToolButton;
    button->setObjectName(name);
    button->setProperty(look::quiet, true);
    button->setIcon(icon(iconName));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    return button;
}

} // namespace

QString promptTitle(const PromptTemplate& prompt)
{
    return prompt.version == 0 ? PromptBar::tr("built-in", "prompt")
                               : PromptBar::tr("%1, version %2", "name of a prompt, number")
                                     .arg(QString::fromStdString(prompt.name))
                                     .arg(prompt.version);
}

PromptBar::PromptBar(Session& session, PromptSetting setting, QPlainTextEdit* editor, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_query(session)
    , m_setting(setting)
    , m_editor(editor)
    , m_base(builtInName)
    , m_versions(new QComboBox)
    , m_insert(nullptr)
    , m_save(nullptr)
    , m_changes(nullptr)
{
    const auto named = [&](const char* part) {
        return QLatin1String(part) + QString::fromUtf8(setting.name.data(), qsizetype(setting.name.size()));
    };
    m_insert = quietButton(named("insert:"), QStringLiteral("add"));
    m_save = quietButton(named("save:"), QStringLiteral("save"));
    m_changes = quietButton(named("changes:"), QStringLiteral("compare"));
    m_versions->setObjectName(named("version:"));
    m_insert->setPopupMode(QToolButton::InstantPopup);
    m_insert->setMenu(new QMenu(this));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(space::half);
    row->addWidget(m_versions, 1);
    row->addWidget(m_insert);
    row->addWidget(m_save);
    row->addWidget(m_changes);
    connect(m_versions, &QComboBox::activated, this, &PromptBar::take);
    connect(m_save, &QToolButton::clicked, this, &PromptBar::save);
    connect(m_changes, &QToolButton::clicked, this, &PromptBar::compare);
    // The form sets the editor's text without its signals.
    connect(m_editor->document(), &QTextDocument::contentsChanged, this, &PromptBar::follow);
    connect(&m_session, &Session::opened, this, &PromptBar::ask);
    connect(&m_session, &Session::knowledgeChanged, this, &PromptBar::ask);
    retranslate();
    ask();
}

void PromptBar::ask()
{
    m_query.ask<std::vector<PromptTemplate>>(
        [about = m_setting.about](const Workspace& workspace, const JobContext&) {
            return promptsAbout(workspace, about);
        },
        [this](Result<std::vector<PromptTemplate>> prompts) {
            show(prompts ? std::move(*prompts) : std::vector<PromptTemplate>());
        });
}

void PromptBar::show(std::vector<PromptTemplate> prompts)
{
    m_prompts = std::move(prompts);
    const QSignalBlocker quiet(m_versions);
    m_versions->clear();
    for (const PromptTemplate& prompt : m_prompts) {
        m_versions->addItem(promptTitle(prompt));
    }
    follow();
}

std::string PromptBar::text() const
{
    return m_editor->toPlainText().toStdString();
}

const PromptTemplate* PromptBar::base() const
{
    const auto found = std::ranges::find(m_prompts, m_base, &PromptTemplate::reference);
    return found != m_prompts.end() ? &*found : nullptr;
}

/// Names the version that the text is now; of several with one text the one that it was.
void PromptBar::follow()
{
    const std::string now = text();
    const auto has = [&](const PromptTemplate& prompt) { return prompt.text == now; };
    const PromptTemplate* before = base();
    const auto found = before != nullptr && has(*before) ? m_prompts.begin() + (before - m_prompts.data())
                                                         : std::ranges::find_if(m_prompts, has);
    const bool isSaved = found != m_prompts.end();
    if (isSaved) {
        m_base = found->reference();
    }
    const QSignalBlocker quiet(m_versions);
    m_versions->setCurrentIndex(isSaved ? static_cast<int>(found - m_prompts.begin()) : -1);
    m_save->setEnabled(!isSaved);
    m_changes->setEnabled(!m_prompts.empty() && (!isSaved || m_prompts.size() > 1));
}

/// As something typed, so that it can be taken back.
void PromptBar::take(int version)
{
    const PromptTemplate& prompt = m_prompts[static_cast<std::size_t>(version)];
    m_base = prompt.reference();
    QTextCursor cursor(m_editor->document());
    cursor.select(QTextCursor::Document);
    cursor.insertText(QString::fromStdString(prompt.text));
}

void PromptBar::insert(const QString& word)
{
    m_editor->insertPlainText(word);
    m_editor->setFocus();
}

void PromptBar::save()
{
    const PromptTemplate* before = base();
    const QString name =
        before != nullptr && before->version > 0 ? QString::fromStdString(before->name) : QString();
    auto* dialog = new SavePromptDialog(m_session, m_setting.about, text(), window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->propose(name, m_prompts);
    connect(dialog, &SavePromptDialog::saved, this, [this](const PromptTemplate& prompt) {
        m_base = prompt.reference();
        m_session.announce(Change::Knowledge);
    });
    dialog->open();
}

void PromptBar::compare()
{
    auto* dialog = new PromptChangesDialog(m_prompts, m_base, text(), window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void PromptBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void PromptBar::retranslate()
{
    m_versions->setAccessibleName(tr("Saved prompts"));
    m_versions->setToolTip(tr("The saved prompt that the text is; choosing another one takes its text"));
    m_versions->setPlaceholderText(tr("A text of your own"));
    for (int at = 0; at < m_versions->count(); ++at) {
        m_versions->setItemText(at, promptTitle(m_prompts[static_cast<std::size_t>(at)]));
    }
    m_insert->setText(tr("Insert"));
    m_insert->setToolTip(tr("Put in a word that is filled in for every request"));
    m_insert->menu()->clear();
    for (const PromptPlace& place : promptPlaces(m_setting.about)) {
        const QString word = QString::fromUtf8(place.word.data(), qsizetype(place.word.size()));
        const QString meaning = sentences::translated("methods", place.meaning);
        m_insert->menu()->addAction(tr("%1: %2", "word in a prompt, its meaning").arg(word, meaning),
                                    this,
                                    [this, word] { insert(word); });
    }
    m_save->setText(tr("Save as…"));
    m_save->setToolTip(tr("Save the text under a name, as a new version"));
    m_changes->setText(tr("Changes"));
    m_changes->setToolTip(tr("What makes the text of a saved prompt"));
}

} // namespace transept::ui
