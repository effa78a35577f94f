#pragma once

#include <QtWidgets/QWidget>

class QAction;
class QHBoxLayout;
class QLabel;

namespace transept::ui {

/// What stands where nothing is yet: an icon, what belongs here, a sentence, and the button that brings it.
class EmptyState final : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(QWidget* parent = nullptr);

    void setTexts(const QString& iconName, const QString& title, const QString& sentence);
    /// The first is the primary one. Buttons show the actions' texts.
    void setActions(const QList<QAction*>& actions);

protected:
    void changeEvent(QEvent* event) override;

private:
    void updatePicture();

    QString m_iconName;
    QLabel* m_picture;
    QLabel* m_title;
    QLabel* m_sentence;
    QHBoxLayout* m_buttons;
};

} // namespace transept::ui
