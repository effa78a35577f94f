#include "core/knowledge/PromptLibrary.h"
#include "tests/ui/knowledge/KnowledgeFixture.h"

#include <QtWidgets/QDialog>
#include <QtWidgets/QMenu>
#include <QtWidgets/QTextEdit>
#include <QtWidgets/QToolButton>

using namespace transept;
using namespace transept::test;

/// Prompts in the window: chosen, edited, previewed, saved and compared.
class PromptBarTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<KnowledgeFixture>();
        QVERIFY(m_fixture->openWith(6, 3));
        m_fixture->askServerAt("http://127.0.0.1:9/v1");
        m_fixture->type("input:model", "scripted");
        QTRY_COMPARE(versions()->currentText(), QStringLiteral("built-in"));
    }
    void cleanup() { m_fixture.reset(); }

    void editedPromptIsPreviewedAndSavedInVersions()
    {
        edit(QStringLiteral("Describe {title} briefly"));
        QCOMPARE(versions()->currentIndex(), -1);
        QTRY_VERIFY(preview()->toPlainText().contains(QLatin1String("briefly")));
        saveAs(QStringLiteral("short"));
        QTRY_COMPARE(versions()->currentText(), QStringLiteral("short, version 1"));
        QVERIFY(!button("save:prompt")->isEnabled());

        edit(QStringLiteral("Describe {title} very briefly"));
        saveAs(QString()); // under the name it had
        QTRY_COMPARE(versions()->currentText(), QStringLiteral("short, version 2"));
        QCOMPARE(versions()->count(), 3);
        take(QStringLiteral("short, version 1"));
        QCOMPARE(editor()->toPlainText(), QStringLiteral("Describe {title} briefly"));
        QTRY_VERIFY(preview()->toPlainText().contains(QLatin1String(" briefly")) &&
                    !preview()->toPlainText().contains(QLatin1String("very")));
        editor()->undo();
        QCOMPARE(versions()->currentText(), QStringLiteral("short, version 2"));
        const Workspace workspace = Workspace::open(m_fixture->file(), Access::ReadOnly).value();
        QCOMPARE(PromptTemplates(workspace).find("short@1")->text, std::string("Describe {title} briefly"));
    }

    void nameThatCannotBeIsExplainedInTheDialog()
    {
        edit(QStringLiteral("Describe {title} briefly"));
        button("save:prompt")->click();
        auto* name = dialogChild<QLineEdit>("promptName");
        QVERIFY(name != nullptr);
        name->setText(QStringLiteral("a@1"));
        dialogChild<QPushButton>("savePrompt")->click();
        QTRY_VERIFY(dialogChild<QLabel>("promptNote")->text().contains(QLatin1String("no @")));
        name->window()->close();
    }

    void wrongPlaceIsExplainedAtTheFieldAndNothingIsPreviewed()
    {
        edit(QStringLiteral("Describe {titel}"));
        QVERIFY(m_fixture->label("help:prompt").contains(QLatin1String("{titel}")));
        QVERIFY(!m_fixture->find<QPushButton>("startExtraction")->isEnabled());
        QTRY_VERIFY(m_fixture->label("previewProblem").contains(QLatin1String("marked in the form")));
        QVERIFY(preview()->toPlainText().isEmpty());
        edit(QStringLiteral("Describe "));
        const QList<QAction*> words = button("insert:prompt")->menu()->actions();
        QCOMPARE(words.size(), qsizetype(promptPlaces(PromptSubject::Items).size()));
        QVERIFY(words.front()->text().contains(QLatin1String("title")));
        editor()->moveCursor(QTextCursor::End);
        words.front()->trigger();
        QCOMPARE(editor()->toPlainText(), QStringLiteral("Describe {title}"));
        QTRY_VERIFY(preview()->toPlainText().contains(QLatin1String("Describe ")));
        QVERIFY(m_fixture->find<QLabel>("previewProblem")->text().isEmpty());
    }

    void changesSinceAVersionAreShown()
    {
        QString text = editor()->toPlainText();
        edit(text.replace(QLatin1String("at most eight words"), QLatin1String("at most three words")));
        button("changes:prompt")->click();
        auto* changes = dialogChild<QTextEdit>("promptChanges");
        QVERIFY(changes != nullptr);
        QVERIFY(changes->toPlainText().contains(QLatin1String("at most eightthree words")));
        QTextCursor cursor = changes->document()->find(QStringLiteral("eight"));
        QVERIFY(cursor.charFormat().fontStrikeOut());
        cursor = changes->document()->find(QStringLiteral("three"));
        QVERIFY(cursor.charFormat().fontUnderline());
        changes->window()->close();
    }

    void peopleAndPairsHavePromptsOfTheirOwn()
    {
        m_fixture->choose("extractor", "chat-users");
        auto* people = m_fixture->find<QComboBox>("version:prompt");
        auto* pairs = m_fixture->find<QComboBox>("version:pair-prompt");
        QTRY_COMPARE(people->currentText(), QStringLiteral("built-in"));
        QTRY_COMPARE(pairs->currentText(), QStringLiteral("built-in"));
        QVERIFY(editor()->toPlainText().contains(QLatin1String("{history}")));
        QVERIFY(m_fixture->find<QPlainTextEdit>("input:pair-prompt")
                    ->toPlainText()
                    .startsWith(QLatin1String("You explain")));
    }

private:
    QComboBox* versions() { return m_fixture->find<QComboBox>("version:prompt"); }
    QPlainTextEdit* editor() { return m_fixture->find<QPlainTextEdit>("input:prompt"); }
    QPlainTextEdit* preview() { return m_fixture->find<QPlainTextEdit>("previewRequest"); }
    QToolButton* button(const char* name) { return m_fixture->find<QToolButton>(name); }

    template<typename Widget>
    Widget* dialogChild(const char* name)
    {
        for (const auto* dialog : m_fixture->window().findChildren<QDialog*>()) {
            if (auto* child = dialog->findChild<Widget*>(QLatin1String(name)); dialog->isVisible() && child) {
                return child;
            }
        }
        return nullptr;
    }

    void edit(const QString& text)
    {
        editor()->selectAll();
        editor()->insertPlainText(text);
    }

    void saveAs(const QString& name)
    {
        button("save:prompt")->click();
        auto* line = dialogChild<QLineEdit>("promptName");
        QVERIFY(line != nullptr);
        if (!name.isEmpty()) {
            line->setText(name);
        }
        dialogChild<QPushButton>("savePrompt")->click();
    }

    void take(const QString& version)
    {
        versions()->setCurrentIndex(versions()->findText(version));
        Q_EMIT versions()->activated(versions()->currentIndex());
    }

    std::unique_ptr<KnowledgeFixture> m_fixture;
};

QTEST_MAIN(PromptBarTest)
#include "PromptBarTest.moc"
