#include "ui/look/StyleSheet.h"

#include <QtCore/QHash>

namespace transept::ui {

namespace {

// @name stands for a colour of the tokens, @theme for "light" or "dark".
constexpr const char* kFrame = R"(
QMainWindow, QDialog { background: @window; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QMenuBar { background: @window; border: none; padding: 2px 8px; }
QMenuBar::item { padding: 5px 9px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @surface; border: 1px solid @border; padding: 5px; }
QMenu::item { padding: 5px 28px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: @selection; color: @text; }
QMenu::item:disabled { color: @disabledText; }
QMenu::separator { height: 1px; background: @line; margin: 5px 8px; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 16px; height: 16px; padding-left: 8px; }
QMenu::indicator:checked { image: url(:/controls/menucheck-@theme.svg); }
QMenu::right-arrow { image: url(:/controls/right-@theme.svg); width: 14px; height: 14px; padding-right: 8px; }
QToolTip { background: @surface; color: @text; border: 1px solid @border; padding: 4px 6px; }
QFrame[card="true"] { background: @surface; border: 1px solid @border; border-radius: 7px; }
QSplitter::handle { background: transparent; }
QSplitter::handle:horizontal { width: 12px; }
QSplitter::handle:vertical { height: 12px; }
QSplitter::handle:hover { background: @hover; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QLabel { background: transparent; }
QLabel[muted="true"] { color: @mutedText; }
QLabel[small="true"] { color: @mutedText; }
QLabel[invalid="true"] { color: @bad; }
QLabel[heading="true"] { font-weight: 600; }
QPlainTextEdit[quiet="true"] { border: none; border-radius: 0; background: transparent; }
QGroupBox { border: none; font-weight: 600; margin-top: 20px; }
QGroupBox::title { subcontrol-origin: margin; left: 0px; }
)";

constexpr const char* kButtons = R"(
QPushButton { background: @surface; border: 1px solid @border; border-radius: 6px; padding: 5px 13px; min-height: 18px; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @border; }
QPushButton:focus { border-color: @accent; outline: none; }
QPushButton:checked { background: @selection; border-color: @accent; }
QPushButton:disabled { color: @disabledText; background: @window; }
QPushButton::menu-indicator { image: url(:/controls/down-@theme.svg); width: 12px; height: 12px; right: 8px;
    subcontrol-position: center right; subcontrol-origin: padding; }
QPushButton[primary="true"] { background: @accent; color: @accentText; border-color: @accent; font-weight: 600; padding: 5px 15px; }
QPushButton[primary="true"]:hover { background: @accentHover; border-color: @accentHover; }
QPushButton[primary="true"]:pressed { background: @accentPressed; }
QPushButton[primary="true"]:focus { border: 2px solid @text; padding: 4px 14px; }
QPushButton[primary="true"]:disabled { background: @hover; border-color: @border; color: @disabledText; }
QPushButton[quiet="true"] { background: transparent; border-color: transparent; padding: 4px 8px; }
QPushButton[quiet="true"]:hover { background: @hover; }
QPushButton[quiet="true"]:focus { border-color: @accent; }
#sources { background: @field url(:/controls/down-@theme.svg) no-repeat; background-origin: content;
    background-position: center right; text-align: left; padding: 4px 8px; }
#sources:disabled { background-color: @window; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 5px; padding: 3px; }
QToolButton:hover { background: @hover; }
QToolButton:pressed { background: @border; }
QToolButton:focus { border-color: @accent; }
QToolButton:checked { background: @selection; color: @accent; }
QToolButton:disabled { color: @disabledText; }
QToolButton::menu-indicator { image: none; }
transept--ui--Legend QToolButton { padding: 1px 4px; color: @mutedText; text-decoration: line-through; }
transept--ui--Legend QToolButton:checked { background: transparent; color: @text; text-decoration: none; }
transept--ui--Legend QToolButton:hover { background: @hover; }
QCheckBox, QRadioButton { spacing: 8px; background: transparent; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator { width: 15px; height: 15px; border: 1px solid @control;
    background: @field; border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover, QCheckBox::indicator:focus, QRadioButton::indicator:focus {
    border-color: @accent; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: @accent; border-color: @accent;
    image: url(:/controls/check-@theme.svg); }
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate { background: @accent; border-color: @accent;
    image: url(:/controls/partial-@theme.svg); }
QRadioButton::indicator:checked { background: @accent; border-color: @accent; image: url(:/controls/dot-@theme.svg); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: @window; border-color: @border; }
QCheckBox:focus, QRadioButton:focus { color: @accent; }
)";

constexpr const char* kFields = R"(
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox, QDateTimeEdit { background: @field; border: 1px solid @border;
    border-radius: 6px; padding: 4px 8px; selection-background-color: @accent; selection-color: @accentText; min-height: 18px; }
QLineEdit { padding: 4px 6px; }
QLineEdit:hover, QSpinBox:hover, QDoubleSpinBox:hover, QComboBox:hover { border-color: @control; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QComboBox:on {
    border-color: @accent; }
QLineEdit:disabled, QPlainTextEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {
    background: @window; color: @disabledText; }
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"], QSpinBox[invalid="true"], QDoubleSpinBox[invalid="true"],
QComboBox[invalid="true"] { border-color: @bad; background: @badSoft; }
QSpinBox, QDoubleSpinBox { padding-right: 18px; }
QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right; width: 18px; height: 12px;
    border: none; background: transparent; margin: 2px 2px 0 0; }
QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right; width: 18px;
    height: 12px; border: none; background: transparent; margin: 0 2px 2px 0; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url(:/controls/up-@theme.svg); width: 10px; height: 10px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url(:/controls/down-@theme.svg); width: 10px; height: 10px; }
QSpinBox::up-button:hover, QDoubleSpinBox::up-button:hover, QSpinBox::down-button:hover, QDoubleSpinBox::down-button:hover {
    background: @hover; border-radius: 3px; }
QComboBox { padding-right: 22px; combobox-popup: 0; }
QComboBox[heading="true"] { background: transparent; border-color: transparent; font-weight: 600; padding: 2px 22px 2px 0px; }
QComboBox[heading="true"]:hover { background: @hover; }
QComboBox[heading="true"]:focus { border-color: @accent; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url(:/controls/down-@theme.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @border; padding: 4px; outline: none;
    selection-background-color: @selection; selection-color: @text; }
QSlider { background: transparent; min-height: 22px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @border; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: @accent; }
QSlider::handle:horizontal { background: @surface; border: 2px solid @accent; width: 11px; height: 11px; margin: -6px 0;
    border-radius: 7px; }
QSlider::handle:horizontal:hover { background: @selection; }
QSlider::handle:horizontal:focus { background: @accent; }
QSlider::sub-page:horizontal:disabled { background: @border; }
QSlider::handle:horizontal:disabled { border-color: @border; }
QProgressBar { background: @border; border: none; border-radius: 2px; min-height: 4px; max-height: 4px; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }
)";

constexpr const char* kViews = R"(
QAbstractItemView { background: @surface; border: none; alternate-background-color: @surface; gridline-color: @line; outline: none;
    selection-background-color: @selection; selection-color: @text; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QTableView::item, QTreeView::item { padding: 4px 8px; border: 1px solid transparent; border-bottom-color: @line; }
QListView::item { padding: 4px 8px; border: 1px solid transparent; }
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected { background: @selection; color: @text; }
QTableView::item:focus, QTreeView::item:focus, QListView::item:focus { border: 1px solid @accent; }
QTreeView::item:hover, QListView::item:hover { background: @hover; }
QHeaderView { background: @surface; border: none; }
QHeaderView::section { background: @surface; color: @mutedText; border: none; border-bottom: 1px solid @border;
    padding: 6px 3px 6px 12px; }
QHeaderView::section:hover { color: @text; }
QHeaderView::down-arrow { image: url(:/controls/down-@theme.svg); width: 10px; height: 10px; subcontrol-position: center right;
    right: 4px; }
QHeaderView::up-arrow { image: url(:/controls/up-@theme.svg); width: 10px; height: 10px; subcontrol-position: center right;
    right: 4px; }
QTableCornerButton::section { background: @surface; border: none; border-bottom: 1px solid @border; }
QTabWidget::pane { border: none; }
QTabBar { background: transparent; qproperty-drawBase: 0; outline: none; }
QTabBar::tab { background: transparent; color: @mutedText; padding: 6px 4px; margin-right: 16px; border: none;
    border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::tab:focus { color: @accent; background: @hover; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: @scroll; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: @mutedText; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)";

constexpr const char* kShell = R"(
#modeBar { background: @window; border: none; border-right: 1px solid @border; }
#modeBar QToolButton { color: @mutedText; border-radius: 6px; padding: 6px 2px 5px 2px; }
#modeBar QToolButton:hover { color: @text; }
#modeBar QToolButton:checked { background: @accentSoft; color: @accent; font-weight: 600; }
#modeBar QToolButton:disabled { color: @disabledText; }
#jobStrip { background: @window; border: none; border-top: 1px solid @border; }
#jobPanel { background: @surface; border: none; border-top: 1px solid @border; }
#specLine { background: @line; }
#fileName { color: @mutedText; padding: 7px 14px 0 14px; }
#messageStrip[kind="info"] { background: @accentSoft; border-left: 3px solid @accent; }
#messageStrip[kind="good"] { background: @goodSoft; border-left: 3px solid @good; }
#messageStrip[kind="warning"] { background: @warningSoft; border-left: 3px solid @warning; }
#messageStrip[kind="bad"] { background: @badSoft; border-left: 3px solid @bad; }
#messageStrip { border: none; border-radius: 5px; }
#busyLine { background: transparent; min-height: 2px; max-height: 2px; border-radius: 0; }
#methodPanel { background: @surface; border: 1px solid @control; }
#methodPanel QTreeView { background: transparent; border: none; }
#methodPanel QTreeView::item { border-bottom-color: transparent; }
#commandPalette { background: @surface; border: 1px solid @control; border-radius: 8px; }
#commandPalette QLineEdit { border: none; border-bottom: 1px solid @line; border-radius: 0; padding: 8px 4px; background: transparent; }
#commandPalette QListView { background: transparent; }
#commandPalette QListView::item { border-radius: 5px; }
#recentList { background: transparent; }
#recentList::item { border-radius: 6px; padding: 8px; }
)";

} // namespace

QString styleSheet(const Tokens& tokens)
{
    const QColor control = tokens.dark ? tokens.mutedText.darker(140) : tokens.mutedText.lighter(160);
    const QColor scroll = tokens.dark ? tokens.border.lighter(130) : tokens.border.darker(108);
    const QHash<QString, QString> values{
        {QStringLiteral("window"), tokens.window.name()},
        {QStringLiteral("surface"), tokens.surface.name()},
        {QStringLiteral("field"), tokens.field.name()},
        {QStringLiteral("hover"), tokens.hover.name()},
        {QStringLiteral("border"), tokens.border.name()},
        {QStringLiteral("line"), tokens.line.name()},
        {QStringLiteral("text"), tokens.text.name()},
        {QStringLiteral("mutedText"), tokens.mutedText.name()},
        {QStringLiteral("disabledText"), tokens.disabledText.name()},
        {QStringLiteral("accent"), tokens.accent.name()},
        {QStringLiteral("accentHover"), tokens.accent.lighter(112).name()},
        {QStringLiteral("accentPressed"), tokens.accent.darker(112).name()},
        {QStringLiteral("accentText"), tokens.accentText.name()},
        {QStringLiteral("accentSoft"), tokens.accentSoft.name()},
        {QStringLiteral("selection"), tokens.selection.name()},
        {QStringLiteral("good"), tokens.good.name()},
        {QStringLiteral("warning"), tokens.warning.name()},
        {QStringLiteral("bad"), tokens.bad.name()},
        {QStringLiteral("goodSoft"), tokens.goodSoft.name()},
        {QStringLiteral("warningSoft"), tokens.warningSoft.name()},
        {QStringLiteral("badSoft"), tokens.badSoft.name()},
        {QStringLiteral("control"), control.name()},
        {QStringLiteral("scroll"), scroll.name()},
        {QStringLiteral("theme"), tokens.dark ? QStringLiteral("dark") : QStringLiteral("light")},
    };
    QString sheet;
    for (const char* part : {kFrame, kButtons, kFields, kViews, kShell}) {
        sheet += QLatin1StringView(part);
    }
    QString filled;
    filled.reserve(sheet.size());
    for (qsizetype at = 0; at < sheet.size();) {
        if (sheet[at] != QLatin1Char('@')) {
            filled += sheet[at++];
            continue;
        }
        qsizetype end = at + 1;
        while (end < sheet.size() && sheet[end].isLetter()) {
            ++end;
        }
        filled += values.value(sheet.mid(at + 1, end - at - 1));
        at = end;
    }
    return filled;
}

} // namespace transept::ui
