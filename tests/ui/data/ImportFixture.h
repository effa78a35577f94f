#pragma once

#include "tests/ui/data/DataFixture.h"
#include "ui/data/ImportPanel.h"

#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

namespace transept::test {

/// The data page with files on their way in, and what a person does with them.
class ImportFixture : public DataFixture
{
public:
    /// Chooses files as a person would, and waits until the first was looked at.
    bool offer(const QStringList& files)
    {
        chosenFiles = files;
        QSignalSpy examined(panel(), &ui::ImportPanel::examined);
        find<QAction>("importAction")->trigger();
        return waitFor([&] { return panel()->isVisible() && !examined.isEmpty(); });
    }
    QString write(const char* name, const char* bytes)
    {
        return QString::fromStdString(folder.write(name, bytes).string());
    }
    ui::ImportPanel* panel() { return find<ui::ImportPanel>("importPanel"); }
    bool becomesReady()
    {
        return waitFor([this] { return panel()->isReady(); });
    }
    bool becomesUnready()
    {
        return waitFor([this] { return find<QLabel>("importProblem")->isVisible(); });
    }
    void choose(const char* box, const QString& text)
    {
        auto* combo = find<QComboBox>(box);
        const int place = combo->findText(text);
        if (place < 0) {
            QFAIL(qPrintable(QStringLiteral("%1 does not offer %2").arg(QLatin1String(box), text)));
        }
        combo->setCurrentIndex(place);
        Q_EMIT combo->activated(place);
    }
    /// Into a line, or the line of a box.
    void type(const char* field, const QString& text)
    {
        auto* box = find<QComboBox>(field);
        QLineEdit* edit = box != nullptr ? box->lineEdit() : find<QLineEdit>(field);
        edit->setFocus();
        edit->selectAll();
        text.isEmpty() ? QTest::keyClick(edit, Qt::Key_Backspace) : QTest::keyClicks(edit, text);
    }
    void press(const char* name) { QTest::mouseClick(find<QPushButton>(name), Qt::LeftButton); }
    int previewColumns() { return table("previewTable")->model()->columnCount(); }
    bool says(const QString& text)
    {
        return waitFor([&] { return messages().contains(text); });
    }
};

} // namespace transept::test
