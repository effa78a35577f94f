#include "ui/look/CellDelegate.h"
#include "tests/ui/PaintingTime.h"
#include "tests/ui/Patience.h"
#include "ui/look/Icons.h"
#include "ui/look/SeriesColours.h"
#include "ui/look/TableLook.h"
#include "ui/look/Theme.h"

#include <QtGui/QStandardItemModel>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTableView>

using namespace transept;
using namespace transept::ui;

namespace {

constexpr int rows = 300;
constexpr int columns = 6;

/// One row for every way in which a cell of ours is drawn, then many of plain text and figures.
std::unique_ptr<QStandardItemModel> manyCells()
{
    auto model = std::make_unique<QStandardItemModel>(rows, columns);
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            auto* item = new QStandardItem(QStringLiteral("Cell %1 of %2").arg(column).arg(row));
            item->setTextAlignment(Qt::AlignVCenter | (column == 4 ? Qt::AlignRight : Qt::AlignLeft));
            model->setItem(row, column, item);
        }
    }
    QFont bold = QApplication::font();
    bold.setBold(true);
    bold.setStrikeOut(true);
    const QString han = QString::fromUtf8("词元 1,234 个，方面很多很多很多很多很多很多很多");
    const QString arabic = QString::fromUtf8("مرحبا 12");
    const QString longer = QStringLiteral("A title that is longer than the column it stands in");
    for (int column = 0; column < columns; ++column) {
        model->item(0, column)->setText(han);
        model->item(1, column)->setText(arabic);
        model->item(2, column)->setText(longer);
        model->item(3, column)->setFont(bold);
        model->item(4, column)->setForeground(QColor(200, 30, 40));
        model->item(5, column)->setIcon(seriesIcon(column));
        model->item(6, column)->setIcon(icon(QStringLiteral("star")));
        model->item(6, column)->setText({});
        model->item(7, column)->setText({});
        model->item(8, column)->setText(QStringLiteral("first\nsecond"));
        model->item(9, column)->setBackground(QColor(250, 240, 200));
        model->item(10, column)->setCheckState(Qt::Checked);
        model->item(11, column)->setEnabled(false);
        model->item(12, column)->setIcon(icon(QStringLiteral("warning")));
        model->item(12, column)->setText(longer);
        model->item(13, column)->setFont(tabularFont(smallFont(QApplication::font())));
    }
    return model;
}

/// Counts what is painted.
class CountingDelegate final : public CellDelegate
{
public:
    using CellDelegate::CellDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        ++cells;
        CellDelegate::paint(painter, option, index);
    }

    mutable int cells = 0;
};

} // namespace

class CellDelegateTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void cleanupTestCase() { m_theme.reset(); }
    void init()
    {
        m_model = manyCells();
        m_table.reset(quietTable(m_model.get(), QStringLiteral("cells")));
        m_table->resize(900, 700);
        m_table->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_table.get()));
    }
    void cleanup()
    {
        m_table.reset();
        m_theme->choose(ThemeChoice::Light);
    }

    void cellsLookAsTheStyleDrawsThem_data();
    void cellsLookAsTheStyleDrawsThem();
    void textIsCutAnewForAnotherWidth();
    void paintingTakesAPartOfTheStylesTime();
    void scrollingDrawsOnlyTheRowsThatAreNew();

private:
    QImage picture(double ratio);

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<QStandardItemModel> m_model;
    std::unique_ptr<QTableView> m_table;
};

QImage CellDelegateTest::picture(double ratio)
{
    QImage image(m_table->size() * ratio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    m_table->render(&image);
    return image;
}

void CellDelegateTest::cellsLookAsTheStyleDrawsThem_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<double>("ratio");
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::addColumn<int>("width");

    for (const bool dark : {false, true}) {
        for (const double ratio : {1.0, 1.5, 2.0}) {
            for (const Qt::LayoutDirection direction : {Qt::LeftToRight, Qt::RightToLeft}) {
                for (const int width : {140, 22}) {
                    QTest::addRow("%s %.1f %s %d",
                                  dark ? "dark" : "light",
                                  ratio,
                                  direction == Qt::LeftToRight ? "from the left" : "from the right",
                                  width)
                        << dark << ratio << direction << width;
                }
            }
        }
    }
}

void CellDelegateTest::cellsLookAsTheStyleDrawsThem()
{
    QFETCH(bool, dark);
    QFETCH(double, ratio);
    QFETCH(Qt::LayoutDirection, direction);
    QFETCH(int, width);
    m_theme->choose(dark ? ThemeChoice::Dark : ThemeChoice::Light);
    m_table->setLayoutDirection(direction);
    m_table->setSelectionMode(QAbstractItemView::MultiSelection);
    for (int column = 0; column < columns; ++column) {
        m_table->setColumnWidth(column, width + column);
    }
    m_table->activateWindow();
    m_table->setFocus();
    QTRY_VERIFY(m_table->hasFocus());
    m_table->setCurrentIndex(m_model->index(2, 1));
    for (const int row : {0, 3, 4, 5, 12}) {
        m_table->selectRow(row);
    }
    QStyledItemDelegate ofTheStyle;
    QAbstractItemDelegate* ours = m_table->itemDelegate();

    for (const bool enabled : {true, false}) {
        m_table->setEnabled(enabled);
        const QImage drawn = picture(ratio);
        const QImage again = picture(ratio); // from what is kept
        m_table->setItemDelegate(&ofTheStyle);
        const QImage expected = picture(ratio);
        m_table->setItemDelegate(ours);

        QCOMPARE(drawn, expected);
        QCOMPARE(again, expected);
    }
}

void CellDelegateTest::textIsCutAnewForAnotherWidth()
{
    const QImage before = picture(1.0);
    m_table->setColumnWidth(0, 30);
    const QImage narrow = picture(1.0);
    m_model->item(20, 0)->setText(QStringLiteral("Other"));
    m_table->setColumnWidth(0, 100);
    const QImage changed = picture(1.0);
    m_model->item(20, 0)->setText(QStringLiteral("Cell 0 of 20"));

    QVERIFY(narrow != before);
    QVERIFY(changed != before);
    QCOMPARE(picture(1.0), before);
}

void CellDelegateTest::paintingTakesAPartOfTheStylesTime()
{
    m_table->scrollTo(m_model->index(100, 0), QAbstractItemView::PositionAtTop);
    for (int column = 0; column < columns; ++column) {
        m_table->setColumnWidth(column, 140);
    }
    QStyledItemDelegate ofTheStyle;
    QAbstractItemDelegate* ours = m_table->itemDelegate();

    const double time = test::paintingTime(*m_table->viewport());
    m_table->setItemDelegate(&ofTheStyle);
    const double timeOfTheStyle = test::paintingTime(*m_table->viewport());
    m_table->setItemDelegate(ours);

    const auto said = QStringLiteral("%1 ms against %2 ms").arg(time).arg(timeOfTheStyle).toUtf8();
    qInfo("%s", said.constData());
    QVERIFY2(2.0 * time < timeOfTheStyle, said.constData());
}

void CellDelegateTest::scrollingDrawsOnlyTheRowsThatAreNew()
{
    auto* counting = new CountingDelegate(m_table.get());
    m_table->setItemDelegate(counting);
    m_table->scrollTo(m_model->index(100, 0), QAbstractItemView::PositionAtTop);
    QTRY_VERIFY(counting->cells > 0);
    QCoreApplication::processEvents();
    counting->cells = 0;

    m_table->verticalScrollBar()->setValue(m_table->verticalScrollBar()->value() + 1);
    QTRY_VERIFY(counting->cells > 0);

    QVERIFY2(counting->cells <= 3 * columns, std::to_string(counting->cells).c_str());
}

QTEST_MAIN(CellDelegateTest)
#include "CellDelegateTest.moc"
