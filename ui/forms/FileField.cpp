#include "ui/forms/FileField.h"

#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/text/Sentences.h"

#include <QtCore/QDir>
#include <QtCore/QMimeData>
#include <QtGui/QDropEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QToolButton>

namespace transept::ui {
namespace {

/// The first file of this machine that is being dragged; empty when there is none.
QString draggedFile(const QDropEvent& event)
{
    for (const QUrl& url : event.mimeData()->urls()) {
        if (url.isLocalFile()) {
            return QDir::toNativeSeparators(url.toLocalFile());
        }
    }
    return {};
}

/// A file that is dropped takes the place of the text; anything else is text.
class PathLine final : public QLineEdit
{
public:
    PathLine(std::function<void(const QString&)> take, QWidget* parent)
        : QLineEdit(parent)
        , m_take(std::move(take))
    {
    }

protected:
    void dragEnterEvent(QDragEnterEvent* event) override
    {
        draggedFile(*event).isEmpty() ? QLineEdit::dragEnterEvent(event) : event->acceptProposedAction();
    }
    void dragMoveEvent(QDragMoveEvent* event) override
    {
        draggedFile(*event).isEmpty() ? QLineEdit::dragMoveEvent(event) : event->acceptProposedAction();
    }
    void dropEvent(QDropEvent* event) override
    {
        const QString file = draggedFile(*event);
        if (file.isEmpty()) {
            QLineEdit::dropEvent(event);
            return;
        }
        event->acceptProposedAction();
        m_take(file);
    }

private:
    std::function<void(const QString&)> m_take;
};

} // namespace

FileField::FileField(const Parameter& parameter, FileDialogs dialogs, QWidget* parent)
    : Field(parameter, parent)
    , m_dialogs(std::move(dialogs))
    , m_path(new PathLine([this](const QString& path) { take(path); }, this))
    , m_choose(new QToolButton(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(space::half);
    row->addWidget(m_path, 1);
    row->addWidget(m_choose);
    m_choose->setObjectName(QStringLiteral("choose:") + QString::fromStdString(parameter.name));
    m_choose->setIcon(icon(QStringLiteral("open")));
    m_choose->setProperty(look::quiet, true);
    m_choose->setVisible(m_dialogs.openFile != nullptr);
    FileField::retranslate();
    FileField::setValue(parameter.preset);
    connect(m_path, &QLineEdit::textEdited, this, &Field::changed);
    connect(m_choose, &QToolButton::clicked, this, &FileField::choose);
}

std::optional<Json> FileField::value() const
{
    return Json(m_path->text().trimmed().toStdString());
}

void FileField::setValue(const Json& value)
{
    if (value.is_string()) {
        m_path->setText(QString::fromStdString(value.get<std::string>()));
    }
}

void FileField::choose()
{
    QStringList patterns;
    for (const std::string& ending : parameter().choices) {
        patterns << QStringLiteral("*.") + QString::fromStdString(ending);
    }
    const QString all = tr("All files (*)");
    const QString label = sentences::translated("methods", parameter().label);
    const QString file = m_dialogs.openFile(
        this,
        {.title = label,
         .filter = patterns.isEmpty()
                       ? all
                       : QStringLiteral("%1 (%2);;%3").arg(label, patterns.join(QLatin1Char(' ')), all)});
    if (!file.isEmpty()) {
        take(file);
    }
}

void FileField::take(const QString& path)
{
    m_path->setText(path);
    Q_EMIT changed();
}

void FileField::retranslate()
{
    m_path->setPlaceholderText(tr("Path of a file; it can be dropped here"));
    m_choose->setToolTip(tr("Choose a file…"));
    m_choose->setAccessibleName(m_choose->toolTip());
}

QWidget* FileField::focusTarget()
{
    return m_path;
}

} // namespace transept::ui
