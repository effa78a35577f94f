#include "ui/experiments/SpecEditor.h"

#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/text/Sentences.h"

#include <QtCore/QEvent>
#include <QtCore/QSignalBlocker>
#include <QtGui/QTextCursor>
#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace transept::ui {
namespace {

constexpr int typingMilliseconds = 250; // of rest before a text is read

} // namespace

SpecEditor::SpecEditor(QWidget* parent)
    : QFrame(parent)
    , m_name(new QLineEdit(this))
    , m_formButton(new QToolButton(this))
    , m_jsonButton(new QToolButton(this))
    , m_stack(new QStackedWidget(this))
    , m_form(new SpecForm)
    , m_text(new QPlainTextEdit)
    , m_problemLabel(new QLabel(this))
    , m_footer(new QLabel(this))
    , m_reset(new QPushButton(this))
{
    setProperty(look::card, true);
    build();
    m_textDelay.setSingleShot(true);
    m_textDelay.setInterval(typingMilliseconds);
    connect(&m_textDelay, &QTimer::timeout, this, &SpecEditor::takeText);
    connect(m_text, &QPlainTextEdit::textChanged, &m_textDelay, qOverload<>(&QTimer::start));
    connect(m_form, &SpecForm::changed, this, &SpecEditor::takeForm);
    connect(m_form, &SpecForm::methodsListed, this, &SpecEditor::methodsListed);
    connect(m_name, &QLineEdit::textEdited, this, &SpecEditor::takeForm);
    connect(m_reset, &QPushButton::clicked, m_form, &SpecForm::resetParameters);
    retranslate();
}

void SpecEditor::build()
{
    m_name->setObjectName(QStringLiteral("specName"));
    m_text->setObjectName(QStringLiteral("specJson"));
    m_text->setFont(monospaceFont());
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_problemLabel->setObjectName(QStringLiteral("specProblem"));
    m_problemLabel->setWordWrap(true);
    m_problemLabel->setProperty(look::small, true);
    m_problemLabel->setProperty(look::invalid, true);
    m_footer->setProperty(look::small, true);
    m_footer->setWordWrap(true);
    m_reset->setObjectName(QStringLiteral("resetParameters"));
    m_reset->setProperty(look::quiet, true);

    auto* modes = new QButtonGroup(this);
    auto* head = new QHBoxLayout;
    head->addWidget(m_name, 1);
    int page = 0;
    for (QToolButton* button : {m_formButton, m_jsonButton}) {
        button->setCheckable(true);
        button->setProperty(look::quiet, true);
        modes->addButton(button, page++);
        head->addWidget(button);
    }
    m_formButton->setObjectName(QStringLiteral("showForm"));
    m_jsonButton->setObjectName(QStringLiteral("showJson"));
    m_formButton->setChecked(true);
    connect(modes, &QButtonGroup::idClicked, m_stack, &QStackedWidget::setCurrentIndex);

    auto* scroll = new QScrollArea;
    scroll->setWidget(m_form);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    m_form->setAutoFillBackground(false);
    m_stack->addWidget(scroll);
    m_stack->addWidget(m_text);

    auto* line = new QFrame; // what scrolls ends there
    line->setObjectName(QStringLiteral("specLine"));
    line->setFixedHeight(1);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_footer, 1);
    foot->addWidget(m_reset);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::two, space::oneAndHalf, space::one, space::oneAndHalf);
    column->setSpacing(space::one);
    column->addLayout(head);
    column->addWidget(m_stack, 1);
    column->addWidget(line);
    column->addWidget(m_problemLabel);
    column->addLayout(foot);
}

void SpecEditor::setChoices(const SpecChoices& choices)
{
    if (!m_form->setChoices(choices)) {
        return; // nothing new: what is being typed stays as it is
    }
    if (specFrom(m_document)) {
        m_form->setDocument(m_document);
    }
    check();
}

void SpecEditor::setDocument(const Json& document)
{
    const Result<Spec> read = specFrom(document);
    m_document = read ? toJson(*read) : document;
    if (read) {
        m_form->setDocument(m_document); // what is no spec can only be mended as text
    }
    const QSignalBlocker quiet(m_name);
    m_name->setText(read ? QString::fromStdString(read->name) : QString());
    check();
    showText();
}

std::optional<Spec> SpecEditor::spec() const
{
    Result<Spec> read = specFrom(m_document);
    return read && !m_problem && m_form->isValid() ? std::optional(std::move(*read)) : std::nullopt;
}

void SpecEditor::takePending()
{
    if (m_textDelay.isActive()) {
        m_textDelay.stop();
        takeText();
    }
}

void SpecEditor::setUnmet(std::optional<Error> unmet)
{
    m_unmet = std::move(unmet);
    updateFooter();
}

void SpecEditor::setMetNeeds(std::optional<Needs> met)
{
    m_form->setMetNeeds(met);
}

void SpecEditor::takeForm()
{
    m_textDelay.stop(); // the text follows the form from here on; undo brings back what was typed
    m_document = m_form->document();
    m_document["name"] = m_name->text().trimmed().toStdString();
    check();
    showText();
    Q_EMIT changed();
}

void SpecEditor::takeText()
{
    Result<Json> parsed = parseJson(m_text->toPlainText().toStdString(), tr("The spec").toStdString());
    const Result<Spec> read = parsed ? specFrom(*parsed) : passOn(parsed);
    if (!read) {
        m_problem = read.error();
        updateFooter();
        Q_EMIT changed();
        return;
    }
    const Json document = toJson(*read);
    if (document == m_document && !m_problem) {
        return;
    }
    m_document = document;
    m_problem.reset();
    m_form->setDocument(m_document);
    const QSignalBlocker quiet(m_name);
    m_name->setText(QString::fromStdString(m_document.value("name", std::string())));
    updateFooter();
    Q_EMIT changed();
}

void SpecEditor::check()
{
    const Result<Spec> read = specFrom(m_document);
    m_problem = read ? std::nullopt : std::optional(read.error());
    updateFooter();
}

void SpecEditor::showText()
{
    const QString text = QString::fromStdString(m_document.dump(2));
    if (text == m_text->toPlainText()) {
        return;
    }
    const QSignalBlocker quiet(m_text);
    if (m_text->document()->isEmpty() && !m_text->document()->isUndoAvailable()) {
        m_text->setPlainText(text); // the first: undo must not end at nothing
        return;
    }
    QTextCursor cursor(m_text->document()); // unlike setPlainText() it can be undone
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    cursor.insertText(text);
    cursor.endEditBlock();
}

void SpecEditor::updateFooter()
{
    const std::optional<Error>& error = m_problem ? m_problem : m_unmet;
    const QString problem = error               ? sentences::of(*error)
                            : m_form->isValid() ? QString()
                                                : tr("A value does not fit; it is marked in the form.");
    m_problemLabel->setText(problem);
    m_problemLabel->setVisible(!problem.isEmpty());
    const int changed = m_form->changedCount();
    m_footer->setText(changed == 0 ? tr("All parameters are at their defaults.")
                                   : tr("%n parameter(s) differ from the default.", nullptr, changed));
    m_reset->setVisible(changed > 0);
}

void SpecEditor::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void SpecEditor::retranslate()
{
    m_name->setPlaceholderText(tr("Name of the run"));
    m_name->setAccessibleName(tr("Name of the run"));
    m_formButton->setText(tr("Form"));
    m_jsonButton->setText(tr("JSON"));
    m_text->setAccessibleName(tr("The spec as JSON"));
    m_reset->setText(tr("Reset"));
    updateFooter();
}

} // namespace transept::ui
