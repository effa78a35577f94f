#pragma once

#include "tests/ui/data/DataFixture.h"
#include "ui/data/ImportPanel.h"

#include <QtCore/QProcess>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

namespace transept::test {

/// Four rows, one of them to be rejected.
inline constexpr const char* ratings = "user,item,rating,timestamp\n"
                                       "ann,dune,5,1000000000\n"
                                       "ann,emma,3,1000000100\n"
                                       "bob,dune,good,1000000200\n"
                                       "bob,emma,2,1000000300\n";

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
    /// A gzip file of ratings whose end is missing; its head can be read. An empty name when gzip failed.
    QString writeCutArchive(const char* name)
    {
        std::string rows = "user,item,rating\n";
        std::uint32_t noise = 1;
        for (int row = 0; row < 60000; ++row) {
            noise = noise * 1664525U + 1013904223U;
            rows += 'u' + std::to_string(row) + ",i" + std::to_string(noise >> 8U) + ",3\n";
        }
        const QString plain = write(name, rows.c_str());
        if (QProcess::execute(QStringLiteral("gzip"), {plain}) != 0) {
            return {};
        }
        const std::filesystem::path file = folder.path(std::string(name) + ".gz");
        std::filesystem::resize_file(file, std::filesystem::file_size(file) * 3 / 4);
        return QString::fromStdString(file.string());
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
