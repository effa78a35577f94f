#pragma once

#include <QtWidgets/QWidget>

class QAction;
class QLabel;
class QListWidget;
class QListWidgetItem;

namespace transept::ui {

class Settings;

/// What the window shows while no workspace is open: what the program is, the ways to begin, and the
/// workspaces that were open before, the last one first.
class WelcomePage final : public QWidget
{
    Q_OBJECT

public:
    /// `ways` are shown as buttons, the first as the primary one.
    WelcomePage(Settings& settings, const QList<QAction*>& ways, QWidget* parent = nullptr);

    void refresh(); ///< the list of recent workspaces

Q_SIGNALS:
    void workspaceChosen(const QString& file);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QLayout* buildLeft(const QList<QAction*>& ways);
    QWidget* buildRight();
    void choose(const QListWidgetItem* item);
    void forget();
    void markMissing();
    void retranslate();
    void updatePicture();

    Settings& m_settings;
    QLabel* m_picture;
    QLabel* m_name;
    QLabel* m_sentence;
    QLabel* m_recentTitle;
    QLabel* m_noneYet;
    QListWidget* m_recent;
    QAction* m_forget;
    QWidget* m_firstWay = nullptr;
};

} // namespace transept::ui
