#include "ui/forms/ParameterForm.h"

#include <QtCore/QMimeData>
#include <QtGui/QDropEvent>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QToolButton>

using namespace transept;
using namespace transept::ui;

namespace {

Status checkIsShort(std::string_view text)
{
    return text.size() <= 5 ? Status() : fail(ErrorCode::InvalidInput, "Too long.");
}

std::vector<Parameter> parameters()
{
    using Type = Parameter::Type;
    return {{.name = "path",
             .type = Type::File,
             .preset = "",
             .choices = {"npy", "csv"},
             .label = "Vectors",
             .meaning = "A file."},
            {.name = "word",
             .type = Type::Text,
             .preset = "short",
             .label = "Word",
             .meaning = "Five letters.",
             .check = checkIsShort}};
}

} // namespace

/// Fields for the path of a file, and for a text that must fit; what stands below a field.
class FileFieldTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_form = std::make_unique<ParameterForm>();
        m_form->setFileDialogs({.openFile = [this](QWidget*, const FileQuestion& question) {
            m_question = question;
            return m_answer;
        }});
        m_form->setParameters(parameters());
        m_form->show();
    }
    void cleanup() { m_form.reset(); }

    void pathIsTyped()
    {
        QSignalSpy changed(m_form.get(), &ParameterForm::changed);
        QTest::keyClicks(path(), QStringLiteral(" /data/a.npy "));
        QCOMPARE(value(), std::string("/data/a.npy"));
        QVERIFY(!changed.isEmpty());
    }

    void pathIsChosenInADialogThatKnowsTheEndings()
    {
        m_answer = QStringLiteral("/data/b.csv");
        QTest::mouseClick(m_form->findChild<QToolButton*>(QStringLiteral("choose:path")), Qt::LeftButton);
        QCOMPARE(value(), std::string("/data/b.csv"));
        QVERIFY(m_question.filter.startsWith(QLatin1String("Vectors (*.npy *.csv);;")));
        m_answer.clear(); // nothing chosen: what was there stays
        QTest::mouseClick(m_form->findChild<QToolButton*>(QStringLiteral("choose:path")), Qt::LeftButton);
        QCOMPARE(value(), std::string("/data/b.csv"));
    }

    void fileThatIsDroppedTakesThePlaceOfTheText()
    {
        QTest::keyClicks(path(), QStringLiteral("before"));
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(QStringLiteral("/data/with blank.npy"))});
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(path(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(path(), &drop);
        QCOMPARE(value(), std::string("/data/with blank.npy"));
    }

    void textIsCheckedAtItsField()
    {
        auto* word = m_form->findChild<QLineEdit*>(QStringLiteral("input:word"));
        auto* help = m_form->findChild<QLabel*>(QStringLiteral("help:word"));
        QTest::keyClicks(word, QStringLiteral("er"));
        QVERIFY(!m_form->isValid());
        QCOMPARE(help->text(), QStringLiteral("Too long."));
        QTest::keyClick(word, Qt::Key_Backspace);
        QTest::keyClick(word, Qt::Key_Backspace);
        QVERIFY(m_form->isValid());
        QCOMPARE(help->text(), QStringLiteral("Five letters."));
        const Result<Parameters> refused = checkParameters(parameters(), {{"word", "longer"}}, "settings");
        QVERIFY(!refused && describe(refused.error()) == "Too long.");
        QVERIFY(!checkParameters(parameters(), {{"path", 7}}, "settings"));
    }

    void whatStandsBelowAFieldGoesWithIt()
    {
        QPointer<QLabel> below = new QLabel(QStringLiteral("below"));
        m_form->setAccessory("word", below);
        QVERIFY(below->isVisible());
        auto* word = m_form->findChild<QLineEdit*>(QStringLiteral("input:word"));
        QTRY_VERIFY(below->mapTo(m_form.get(), QPoint()).y() > word->mapTo(m_form.get(), QPoint()).y());
        m_form->setParameters({parameters().front()});
        QVERIFY(below.isNull());
    }

private:
    QLineEdit* path() { return m_form->findChild<QLineEdit*>(QStringLiteral("input:path")); }
    std::string value() const { return m_form->values().at("path").get<std::string>(); }

    std::unique_ptr<ParameterForm> m_form;
    FileQuestion m_question;
    QString m_answer;
};

QTEST_MAIN(FileFieldTest)
#include "FileFieldTest.moc"
